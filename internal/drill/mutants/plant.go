package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// fits fails if an edit's old text is not in its file exactly once.
func (m *Mutant) fits(root string) error {
	for _, e := range m.Edits {
		text, err := os.ReadFile(filepath.Join(root, e.File))
		if err != nil {
			return fmt.Errorf("%s: %w", m.ID, err)
		}
		if n := strings.Count(string(text), e.Old); n != 1 {
			return fmt.Errorf("%s: %s holds %q %d times, not once", m.ID, e.File, e.Old, n)
		}
	}
	return nil
}

// plant makes the mistake, runs its killers and takes it back.
func (m *Mutant) plant(ctx context.Context, dir string) (v verdict, err error) {
	for _, e := range m.Edits {
		file := filepath.Join(dir, e.File)
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		changed := strings.Replace(string(text), e.Old, e.New, 1)
		if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, os.WriteFile(file, text, 0o600)) }()
	}
	for _, k := range m.Killers {
		failed, err := k.run(ctx, dir)
		if err != nil {
			return nil, err
		}
		v = append(v, struct {
			killer Killer
			failed string
		}{k, failed})
	}
	return v, nil
}

var (
	goFailed  = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)
	goSkipped = regexp.MustCompile(`(?m)^--- SKIP: (\S+)`)
	goRan     = regexp.MustCompile(`(?m)^=== RUN`)
	webFailed = regexp.MustCompile(`(?m)FAIL\s+\S+ > (.+)$`)
)

// run runs the tests and returns the innermost that failed, "" if all passed.
// Errors: the tests could not be run, ran nothing, or were skipped.
func (k Killer) run(ctx context.Context, dir string) (failed string, err error) {
	web := strings.HasPrefix(k.In, "web/")
	c := exec.CommandContext(ctx, "go", "test", "-trimpath", "-count=1", "-v", "-timeout", "10m", "-run", k.Run, k.In)
	c.Dir = dir
	if web {
		c = exec.CommandContext(ctx, "node", filepath.Join(dir, "web/node_modules/vitest/vitest.mjs"), "run", k.Run)
		c.Dir = filepath.Join(dir, k.In)
	}
	c.Env = slices.DeleteFunc(append(os.Environ(), "NO_COLOR=1", "PARLEY_ROUNDS=6"), func(s string) bool { return strings.HasPrefix(s, "PARLEY_BIN=") })
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err = c.Run()
	text := out.String()
	var code *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil && !errors.As(err, &code):
		return "", err
	case goSkipped.MatchString(text):
		return "", fmt.Errorf("%s was skipped:\n%s", k.Run, text)
	case err == nil && !web && !goRan.MatchString(text):
		return "", fmt.Errorf("%s names no test in %s", k.Run, k.In)
	case err == nil:
		return "", nil
	}
	pattern := goFailed
	if web {
		pattern = webFailed
	}
	if all := pattern.FindAllStringSubmatch(text, -1); len(all) > 0 {
		return innermost(all), nil
	}
	if strings.Contains(text, "\npanic: ") {
		return strings.Trim(k.Run, "^$") + " (panic)", nil
	}
	return "", fmt.Errorf("%s in %s did not run:\n%s", k.Run, k.In, text)
}

// innermost returns the first of the longest names: a subtest, not its parent.
func innermost(all [][]string) string {
	name := ""
	for _, m := range all {
		if strings.Count(m[1], "/") > strings.Count(name, "/") || name == "" {
			name = m[1]
		}
	}
	return name
}

// copyTree copies what git knows, as it is now, and the built front end; what
// the front end is built with is linked.
func copyTree(ctx context.Context, root string) (dir string, err error) {
	list := exec.CommandContext(ctx, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = root
	names, err := list.Output()
	if err != nil {
		return "", fmt.Errorf("git ls-files: %w", err)
	}
	if dir, err = os.MkdirTemp("", "parley-mutants-"); err != nil {
		return "", err
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(names), "\x00"), "\x00") {
		if err := copyFile(filepath.Join(root, name), filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	dist := filepath.Join(dir, "web", "dist")
	if err := errors.Join(os.RemoveAll(dist), os.CopyFS(dist, os.DirFS(filepath.Join(root, "web", "dist")))); err != nil {
		return "", err
	}
	return dir, os.Symlink(filepath.Join(root, "web", "node_modules"), filepath.Join(dir, "web", "node_modules"))
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o600)
}
