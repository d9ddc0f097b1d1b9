package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"parley"
)

// misread begins the sentence with which a body is refused that encoding/json
// would read as something else; the code follows, and the field.
const misread = "misread: "

// formats reads bodies as huma does, but for what is no text, and what is said
// twice: encoding/json would put a mark in the place of the one and take the last
// of the other, and somebody's words would change unnoticed.
//
// Source: CNV-03, A-104.
func formats() map[string]huma.Format {
	out := map[string]huma.Format{}
	for name, f := range huma.DefaultFormats {
		read := f.Unmarshal
		f.Unmarshal = func(data []byte, v any) error {
			if _, first := v.(*any); first { // a body is read twice; once is enough
				if field, ok := brokenText(data); ok {
					return errors.New(misread + "invalid_text " + field)
				}
				if field, ok := saidTwice(data); ok {
					return errors.New(misread + "wrong " + field)
				}
			}
			return read(data, v)
		}
		out[name] = f
	}
	return out
}

// untold returns the field that was refused because it would be misread.
func untold(errs []error) (parley.FieldError, bool) {
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			if said, ok := strings.CutPrefix(detail.Message, misread); ok {
				code, field, _ := strings.Cut(said, " ")
				return parley.FieldError{Field: field, Code: code}, true
			}
		}
	}
	return parley.FieldError{}, false
}

// saidTwice returns the first field that is in its JSON object more than once,
// however deep. Capitals make no other field: encoding/json looks past them.
func saidTwice(data []byte) (string, bool) {
	d := json.NewDecoder(bytes.NewReader(data))
	type level struct {
		said   map[string]bool // of an object, nil for a list
		naming bool
	}
	var open []level
	for {
		token, err := d.Token()
		if err != nil {
			return "", false // the end, or no JSON: whoever reads it says so
		}
		at := len(open) - 1
		switch {
		case token == json.Delim('}') || token == json.Delim(']'):
			open = open[:at]
			continue
		case at >= 0 && open[at].naming:
			name, _ := token.(string)
			if folded := strings.ToLower(name); open[at].said[folded] {
				return name, true
			} else {
				open[at].said[folded], open[at].naming = true, false
			}
			continue
		case at >= 0:
			open[at].naming = open[at].said != nil
		}
		if token == json.Delim('{') {
			open = append(open, level{map[string]bool{}, true})
		} else if token == json.Delim('[') {
			open = append(open, level{})
		}
	}
}

// brokenText returns the first field of a JSON object that holds what is no
// text: bytes that are not UTF-8, or half of a surrogate pair.
func brokenText(data []byte) (string, bool) {
	if utf8.Valid(data) && !bytes.Contains(data, []byte(`\u`)) {
		return "", false
	}
	d := json.NewDecoder(bytes.NewReader(data))
	field, depth, naming := "", 0, false
	for from := int64(0); ; {
		token, err := d.Token()
		if err != nil {
			return "", false // the end, or no JSON at all: whoever reads it says so
		}
		raw := data[from:d.InputOffset()]
		from = d.InputOffset()
		switch v := token.(type) {
		case json.Delim:
			if v == '{' || v == '[' {
				depth++
			} else {
				depth--
			}
			naming = depth == 1
			continue
		case string:
			if !utf8.Valid(raw) || halved(raw) {
				return field, true
			}
			if depth == 1 && naming {
				field, naming = v, false
				continue
			}
		}
		naming = depth == 1
	}
}

// halved reports whether a JSON string escapes half of a surrogate pair.
func halved(raw []byte) bool {
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		r, ok := unit(raw[i:])
		i++
		if !ok || !utf16.IsSurrogate(r) {
			continue
		}
		low, _ := unit(raw[i+5:])
		if utf16.DecodeRune(r, low) == utf8.RuneError {
			return true
		}
		i += 10 // both halves have been read
	}
	return false
}

// unit reads one escaped UTF-16 unit: a backslash, u and four hexadecimal digits.
func unit(raw []byte) (rune, bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(raw[2:6]), 16, 16)
	return rune(n), err == nil
}
