package parley

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Faults collects what is wrong with an input, so that all is said at once.
type Faults []FieldError

// Add notes that a field is wrong.
func (f *Faults) Add(field, code string) { *f = append(*f, FieldError{Field: field, Code: code}) }

// Text notes if a text is missing, too long or no text at all.
//
// Unit: code points.
func (f *Faults) Text(field, value string, least, most int) {
	switch n := utf8.RuneCountInString(value); {
	case !utf8.ValidString(value) || strings.ContainsRune(value, 0):
		f.Add(field, "invalid_text")
	case n < least:
		f.Add(field, "required")
	case n > most:
		f.Add(field, "too_long")
	}
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
