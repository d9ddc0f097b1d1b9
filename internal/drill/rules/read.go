package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Rule is a line of docs/rules.md or docs/features.md and what holds it.
type Rule struct {
	ID     string
	Reason string   // why it has no test, "" if it must have one
	Tests  []string // files, with what they are
}

// ident matches the ids of rules, transitions, edge cases and features.
var ident = regexp.MustCompile(`\b(?:[A-Z]{3}-\d{2}|[PIE]\d{1,2}[a-e]?|F\d{3})\b`)

// Read returns the rules and the features below root with the test files that name them.
func Read(root string) ([]Rule, error) {
	rules, err := list(filepath.Join(root, "docs", "rules.md"), 200)
	if err != nil {
		return nil, err
	}
	features, err := list(filepath.Join(root, "docs", "features.md"), 114)
	if err != nil {
		return nil, err
	}
	rules = append(rules, features...)
	named, err := names(root)
	if err != nil {
		return nil, err
	}
	for i, r := range rules {
		rules[i].Tests = named[r.ID]
	}
	return rules, nil
}

// list reads the table of a file, which has at least so many lines: fewer are a mistake of the reading.
func list(file string, least int) ([]Rule, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var rules []Rule
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || !ident.MatchString(cells[1]) {
			continue
		}
		rules = append(rules, Rule{ID: strings.TrimSpace(cells[1]), Reason: strings.TrimSpace(cells[3])})
	}
	if len(rules) < least {
		return nil, fmt.Errorf("%s lists only %d of at least %d", file, len(rules), least)
	}
	return rules, nil
}

// names returns, for each id, the tests, stories and walks that name it.
func names(root string) (map[string][]string, error) {
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{"node_modules", ".git", "dist", "tmp", "bin", "data"}, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !isTest(filepath.ToSlash(p)) {
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, id := range ident.FindAllString(string(text), -1) {
			if !seen[id] {
				seen[id] = true
				found[id] = append(found[id], filepath.ToSlash(p))
			}
		}
		return nil
	})
	return found, err
}

func isTest(p string) bool {
	for _, end := range []string{"_test.go", ".story", ".test.ts", ".test.tsx", ".walk.ts", ".walk.mjs"} {
		if strings.HasSuffix(p, end) {
			return true
		}
	}
	return strings.Contains(p, "web/walks/") && (strings.HasSuffix(p, ".mjs") || strings.HasSuffix(p, ".ts"))
}
