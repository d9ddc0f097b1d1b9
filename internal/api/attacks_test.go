package api

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ids returns every id docs/attacks.md must have a row for.
func ids() []string {
	var out []string
	for i := range 135 {
		out = append(out, fmt.Sprintf("A-%03d", i+1))
	}
	for _, f := range [][2]int{{1, 13}, {20, 33}, {40, 58}, {60, 74}} { // the families of faults
		for i := f[0]; i <= f[1]; i++ {
			out = append(out, fmt.Sprintf("R-%02d", i))
		}
	}
	for i := range 16 {
		out = append(out, fmt.Sprintf("M%d", i+1))
	}
	return out
}

var (
	rowLine   = regexp.MustCompile(`(?m)^\| ([ARM]-?\d+) \| (.+) \|$`)
	testName  = regexp.MustCompile(`^(Test[A-Z]\w*|\w+\.(test|walk)\.ts)$`)
	testFound = regexp.MustCompile(`(?m)^func (Test\w+)\(`)
)

// tests returns the name of every test of the project.
func tests(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch name := d.Name(); {
		case d.IsDir() && (name == "node_modules" || name == ".git" || name == "dist" || name == "tmp"):
			return fs.SkipDir
		case strings.HasSuffix(name, ".test.ts"), strings.HasSuffix(name, ".walk.ts"):
			found[name] = true
		case strings.HasSuffix(name, "_test.go"):
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range testFound.FindAllSubmatch(text, -1) {
				found[string(m[1])] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestAttacks: every attack, fault and mutant has a test that exists, or one
// sentence why there is none yet.
func TestAttacks(t *testing.T) {
	text, err := os.ReadFile("../../docs/attacks.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for _, m := range rowLine.FindAllStringSubmatch(string(text), -1) {
		if rows[m[1]] != "" {
			t.Errorf("%s has two rows", m[1])
		}
		rows[m[1]] = m[2]
	}
	known := tests(t)
	for _, id := range ids() {
		cell := rows[id]
		delete(rows, id)
		if strings.HasSuffix(cell, ".") && strings.Count(cell, " ") > 3 {
			continue // a sentence
		}
		for _, name := range strings.Split(cell, ", ") {
			if !testName.MatchString(name) || !known[name] {
				t.Errorf("%s: %q is neither a test nor a sentence", id, name)
			}
		}
	}
	for id := range rows {
		t.Errorf("%s is no id of ours", id)
	}
}
