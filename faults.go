package parley

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Faults collects what is wrong with an input, so that all is said at once.
type Faults []FieldError

// Add notes that a field is wrong.
func (f *Faults) Add(field, code string) { *f = append(*f, FieldError{Field: field, Code: code}) }

// Text notes if a text is missing, too long or no text at all: of the control
// characters it may hold those that part words and lines.
//
// Unit: code points.
func (f *Faults) Text(field, value string, least, most int) {
	switch n := utf8.RuneCountInString(value); {
	case !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }):
		f.Add(field, "invalid_text")
	case n < least:
		f.Add(field, "required")
	case n > most:
		f.Add(field, "too_long")
	}
}

// Name notes if a name is missing, too long or no name: it is read in one line
// beside others, so it breaks no line and turns no letters round.
//
// Unit: code points.
func (f *Faults) Name(field, value string, least, most int) {
	if strings.ContainsFunc(value, unlined) {
		f.Add(field, "invalid_text")
		return
	}
	f.Text(field, value, least, most)
}

// OneLine returns what others say of themselves as a name: blanks for control
// characters, nothing for what turns letters round. What is no text
// stays: whoever checks it refuses it.
func OneLine(text string) string {
	if !utf8.ValidString(text) {
		return text
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == 0:
			return r
		case unicode.IsControl(r):
			return ' '
		case unlined(r):
			return -1
		}
		return r
	}, text))
}

// unlined reports whether a character leaves its line: a control, a separator of
// lines, or a direction that reaches beyond it. Marks (U+200E, U+200F) do not.
func unlined(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// Between notes if a number is below least or above most.
func (f *Faults) Between(field string, n, least, most int64) {
	if n < least || n > most {
		f.Add(field, "out_of_range")
	}
}

// Level notes if n is no level of a skill or a membership.
//
// Source: RTE-01.
func (f *Faults) Level(field string, n int) {
	if n < LevelMin || n > LevelMax || n%LevelStep != 0 {
		f.Add(field, "out_of_range")
	}
}

// Err returns the faults as one refusal, nil if there are none.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return ErrInvalid(f...)
}

// OneOf notes if a value is none of those allowed.
func OneOf[T ~string](f *Faults, field string, value T, allowed ...T) {
	if !slices.Contains(allowed, value) {
		f.Add(field, "unknown")
	}
}

// Index names a field of an item of a list: members[2].level.
func Index(list string, i int, field string) string {
	if field == "" {
		return fmt.Sprintf("%s[%d]", list, i)
	}
	return fmt.Sprintf("%s[%d].%s", list, i, field)
}
