package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
)

// settingsFile is parley.toml: one `name = value` a line, where name is a flag
// of the command and value a string, a number, true, false or a list of strings.
type settingsFile struct {
	name   string
	values map[string]any
}

// read reads the file. Only the one nobody named may be missing.
func (s *settingsFile) read(name string) error {
	s.name = name
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && name == defaultSettings {
		return nil
	}
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	values, err := parseSettings(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s.values = values
	return nil
}

// parseSettings reads all lines and reports every one at fault.
func parseSettings(text string) (map[string]any, error) {
	values := map[string]any{}
	var faults []error
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, raw, ok := strings.Cut(line, "=")
		value, err := parseValue(strings.TrimSpace(raw))
		name = strings.TrimSpace(name)
		switch _, twice := values[name]; {
		case !ok:
			faults = append(faults, fmt.Errorf("line %d: expected name = value", i+1))
		case err != nil:
			faults = append(faults, fmt.Errorf("line %d: %s: %w", i+1, name, err))
		case twice:
			faults = append(faults, fmt.Errorf("line %d: %s is set twice", i+1, name))
		}
		values[name] = value
	}
	return values, errors.Join(faults...)
}

func parseValue(raw string) (any, error) {
	switch {
	case raw == "true" || raw == "false":
		return raw == "true", nil
	case strings.HasPrefix(raw, "["):
		return parseList(raw)
	case strings.HasPrefix(raw, `"`):
		prefix, err := strconv.QuotedPrefix(raw)
		if err != nil || !comment(raw[len(prefix):]) {
			return nil, errors.New("a string needs its closing quotation mark")
		}
		return strconv.Unquote(prefix)
	}
	number, _, _ := strings.Cut(raw, "#")
	number = strings.TrimSpace(number)
	if _, err := strconv.ParseFloat(number, 64); err != nil {
		return nil, errors.New(`expected "text", a number, true, false or ["a", "b"]`)
	}
	return number, nil
}

// parseList reads ["a", "b"] as a,b: what the flag itself would be given.
func parseList(raw string) (any, error) {
	rest := strings.TrimSpace(raw[1:])
	var items []string
	for !strings.HasPrefix(rest, "]") {
		prefix, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return nil, errors.New(`a list looks like ["a", "b"] and stands on one line`)
		}
		item, _ := strconv.Unquote(prefix) // QuotedPrefix found it whole
		items = append(items, item)
		rest = strings.TrimSpace(rest[len(prefix):])
		rest = strings.TrimSpace(strings.TrimPrefix(rest, ","))
	}
	if !comment(rest[1:]) {
		return nil, errors.New("unexpected text after the list")
	}
	return strings.Join(items, ","), nil
}

func comment(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest == "" || strings.HasPrefix(rest, "#")
}

// Validate refuses names that are no flags of the command, so that a slip is
// seen.
func (s *settingsFile) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, node := range app.Leaves(false) {
		for _, group := range node.AllFlags(false) {
			for _, f := range group {
				known[f.Name] = true
			}
		}
	}
	var faults []error
	for name := range s.values {
		if !known[name] {
			faults = append(faults, fmt.Errorf("%s: unknown setting %q", s.name, name))
		}
	}
	return errors.Join(faults...)
}

// Resolve gives a flag its value of the file, unless the environment has one.
func (s *settingsFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return nil, nil
		}
	}
	return s.values[flag.Name], nil
}
