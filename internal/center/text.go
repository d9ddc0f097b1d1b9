package center

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley"
)

// The limits of what is said beside messages, whose limits are settings.
//
// Unit: code points after NFC.
// Source: A-002; a visitor's words are stored to 200.
const (
	NameMax     = 200
	EmailMax    = 254
	PhoneMax    = 40
	NumberMax   = 64 // of an account or a case
	PageMax     = 2000
	BrowserMax  = 400
	NoteMax     = 5000
	QuestionMax = 5000
	ClientIDMax = 64
)

// clean returns a text as it is kept: valid, in NFC. An empty one is refused,
// and one over limit with both numbers; nothing is ever cut.
//
// Errors: parley.ErrTextTooLong, parley.ErrInvalid.
// Source: CNV-03, E37.
func clean(field, text string, limit int) (string, error) {
	text, err := normal(field, text)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(text) == "" {
		return "", parley.ErrInvalid(parley.FieldError{Field: field, Code: "required"})
	}
	if n := utf8.RuneCountInString(text); n > limit {
		return "", parley.ErrTextTooLong.With(map[string]any{"limit": limit, "count": n})
	}
	return text, nil
}

// normal returns a text in NFC. Errors: parley.ErrInvalid for one that is not
// text: broken UTF-8, or a NUL.
func normal(field, text string) (string, error) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", parley.ErrInvalid(parley.FieldError{Field: field, Code: "invalid_text"})
	}
	return norm.NFC.String(text), nil
}

// line is a field of one line that a visitor filled in: in NFC, on one
// line, and not longer than limit.
func line(field, text string, limit int, faults *[]parley.FieldError) string {
	text, err := normal(field, text)
	if err != nil {
		*faults = append(*faults, parley.FieldError{Field: field, Code: "invalid_text"})
		return ""
	}
	text = parley.OneLine(text)
	if utf8.RuneCountInString(text) > limit {
		*faults = append(*faults, parley.FieldError{Field: field, Code: "too_long"})
	}
	return text
}

// cut returns the first n code points of what a browser says of itself, which
// no visitor typed.
func cut(text string, n int) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n])
}

// checkClientID refuses what cannot be a client's id: it makes retries safe, so
// it must be there. Errors: parley.ErrInvalid.
func checkClientID(id string) error {
	switch {
	case id == "":
		return parley.ErrInvalid(parley.FieldError{Field: "client_id", Code: "required"})
	case len(id) > ClientIDMax || strings.ContainsFunc(id, notIDRune):
		return parley.ErrInvalid(parley.FieldError{Field: "client_id", Code: "invalid_text"})
	}
	return nil
}

func notIDRune(r rune) bool {
	return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

// How much of a list one request gets, and one that does not say.
//
// Unit: rows.
const (
	rowsMax     = 100
	rowsDefault = 50
)

func bounded(limit int) int {
	if limit <= 0 {
		return rowsDefault
	}
	return min(limit, rowsMax)
}
