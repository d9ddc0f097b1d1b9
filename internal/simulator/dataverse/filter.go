package dataverse

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// test reports whether a row is among those asked for.
type test func(row map[string]any) bool

// parser reads a $filter of OData: comparisons, contains, startswith, endswith,
// and, or, not, parentheses.
//
// Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
type parser struct {
	e    *entity
	rest []rune
}

// parse returns what a filter asks.
func parse(e *entity, filter string) (t test, err error) {
	p := &parser{e: e, rest: []rune(filter)}
	if t, err = p.or(); err != nil {
		return nil, err
	}
	if p.space(); len(p.rest) > 0 {
		return nil, p.wrong()
	}
	return t, nil
}

func (p *parser) wrong() error {
	return fmt.Errorf("Syntax error at position %d in the filter", len(p.rest)) //nolint:staticcheck // the platform's own words
}

func (p *parser) space() {
	for len(p.rest) > 0 && unicode.IsSpace(p.rest[0]) {
		p.rest = p.rest[1:]
	}
}

// take reads a word or a sign if it is next.
func (p *parser) take(s string) bool {
	p.space()
	if len(p.rest) < len(s) || string(p.rest[:len(s)]) != s {
		return false
	}
	if letter(rune(s[0])) && len(p.rest) > len(s) && letter(p.rest[len(s)]) {
		return false
	}
	p.rest = p.rest[len(s):]
	return true
}

func letter(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func (p *parser) or() (test, error) {
	left, err := p.and()
	for err == nil && p.take("or") {
		var right test
		a := left
		if right, err = p.and(); err == nil {
			left = func(row map[string]any) bool { return a(row) || right(row) }
		}
	}
	return left, err
}

func (p *parser) and() (test, error) {
	left, err := p.not()
	for err == nil && p.take("and") {
		var right test
		a := left
		if right, err = p.not(); err == nil {
			left = func(row map[string]any) bool { return a(row) && right(row) }
		}
	}
	return left, err
}

func (p *parser) not() (test, error) {
	if p.take("not") {
		inner, err := p.not()
		return func(row map[string]any) bool { return !inner(row) }, err
	}
	if p.take("(") {
		inner, err := p.or()
		if err == nil && !p.take(")") {
			err = p.wrong()
		}
		return inner, err
	}
	return p.one()
}

// one reads a function or a comparison.
func (p *parser) one() (test, error) {
	word := p.word()
	if p.take("(") {
		return p.function(word)
	}
	if _, err := p.column(word); err != nil {
		return nil, err
	}
	for _, op := range []string{"eq", "ne", "gt", "ge", "lt", "le"} {
		if p.take(op) {
			value, err := p.value()
			return compare(word, op, value), err
		}
	}
	return nil, p.wrong()
}

func (p *parser) word() string {
	p.space()
	n := 0
	for n < len(p.rest) && letter(p.rest[n]) {
		n++
	}
	word := string(p.rest[:n])
	p.rest = p.rest[n:]
	return word
}

func (p *parser) column(name string) (column, error) {
	c, ok := p.e.columns[name]
	if !ok {
		return c, unknownProperty(p.e, name)
	}
	return c, nil
}

func unknownProperty(e *entity, name string) error {
	return fmt.Errorf("Could not find a property named '%s' on type 'Microsoft.Dynamics.CRM.%s'.", name, e.name) //nolint:staticcheck // the platform's own words
}

// function is contains and its like. They are a LIKE: wildcards in the value work.
func (p *parser) function(name string) (test, error) {
	first, last := map[string]string{"contains": "%", "endswith": "%"}, map[string]string{"contains": "%", "startswith": "%"}
	if name != "contains" && name != "startswith" && name != "endswith" {
		return nil, fmt.Errorf("An unknown function with name '%s' was found.", name) //nolint:staticcheck // the platform's own words
	}
	of := p.word()
	if _, err := p.column(of); err != nil {
		return nil, err
	}
	if !p.take(",") {
		return nil, p.wrong()
	}
	value, err := p.value()
	s, ok := value.(string)
	if err != nil || !ok || !p.take(")") {
		return nil, p.wrong()
	}
	pattern := []rune(fold(first[name] + s + last[name]))
	return func(row map[string]any) bool {
		have, ok := row[of].(string)
		return ok && like([]rune(fold(have)), pattern)
	}, nil
}

// value reads a literal; a GUID or a time is text here.
func (p *parser) value() (any, error) {
	if p.take("'") {
		var out []rune
		for i := 0; i < len(p.rest); i++ {
			if p.rest[i] != '\'' {
				out = append(out, p.rest[i])
			} else if i+1 < len(p.rest) && p.rest[i+1] == '\'' {
				out = append(out, '\'')
				i++
			} else {
				p.rest = p.rest[i+1:]
				return string(out), nil
			}
		}
		return nil, p.wrong()
	}
	p.space()
	n := 0
	for n < len(p.rest) && (letter(p.rest[n]) || strings.ContainsRune("-.:+", p.rest[n])) {
		n++
	}
	literal := string(p.rest[:n])
	p.rest = p.rest[n:]
	switch literal {
	case "":
		return nil, p.wrong()
	case "null":
		return nil, nil
	case "true", "false":
		return literal == "true", nil
	}
	if f, err := strconv.ParseFloat(literal, 64); err == nil {
		return f, nil
	}
	return strings.ToLower(literal), nil
}

// fold is how the platform compares texts: without case and without accents.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

func compare(name string, op string, want any) test {
	return func(row map[string]any) bool {
		have := row[name]
		if have == nil || want == nil {
			return op == "eq" && have == nil && want == nil || op == "ne" && (have == nil) != (want == nil)
		}
		order, same := 0, false
		switch h := have.(type) {
		case string:
			w, ok := want.(string)
			same = ok
			order = strings.Compare(fold(h), fold(w))
		case float64:
			w, ok := want.(float64)
			same = ok
			order = int(min(1, max(-1, h-w)))
		case bool:
			w, ok := want.(bool)
			same = ok
			if h != w {
				order = 1
			}
		}
		if !same {
			return false
		}
		switch op {
		case "eq":
			return order == 0
		case "ne":
			return order != 0
		case "gt":
			return order > 0
		case "ge":
			return order >= 0
		case "lt":
			return order < 0
		}
		return order <= 0
	}
}

// like is SQL Server's: % any run, _ one character, [a-z] and [^a-z] one of a set.
func like(s, pattern []rune) bool {
	for len(pattern) > 0 {
		switch pattern[0] {
		case '%':
			for len(pattern) > 0 && pattern[0] == '%' {
				pattern = pattern[1:]
			}
			for i := 0; i <= len(s); i++ {
				if like(s[i:], pattern) {
					return true
				}
			}
			return false
		case '[':
			end := 1
			for end < len(pattern) && pattern[end] != ']' {
				end++
			}
			if end == len(pattern) || len(s) == 0 || !in(s[0], pattern[1:end]) {
				return false
			}
			s, pattern = s[1:], pattern[end+1:]
		default:
			if len(s) == 0 || pattern[0] != '_' && pattern[0] != s[0] {
				return false
			}
			s, pattern = s[1:], pattern[1:]
		}
	}
	return len(s) == 0
}

// in reports whether r is in a set as it stands between brackets.
func in(r rune, set []rune) bool {
	not := len(set) > 0 && set[0] == '^'
	if not {
		set = set[1:]
	}
	for i := 0; i < len(set); i++ {
		if i+2 < len(set) && set[i+1] == '-' {
			if r >= set[i] && r <= set[i+2] {
				return !not
			}
			i += 2
		} else if set[i] == r {
			return !not
		}
	}
	return not
}
