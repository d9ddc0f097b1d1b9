package telegram

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"parley/internal/simulator"
)

// values are a call's parameters. Telegram takes them in the query, as a form, as
// a form with files, or as JSON; an object inside a form is JSON text.
type values struct {
	raw   map[string]json.RawMessage
	files map[string]simulator.Media
}

func params(r *http.Request) (values, error) {
	v := values{raw: map[string]json.RawMessage{}, files: map[string]simulator.Media{}}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		err := json.NewDecoder(r.Body).Decode(&v.raw)
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return v, err
	}
	if kind == "multipart/form-data" {
		if err := r.ParseMultipartForm(simulator.CallBytesMax); err != nil {
			return v, err
		}
		for name, headers := range r.MultipartForm.File {
			file, err := headers[0].Open()
			if err != nil {
				return v, err
			}
			data, err := io.ReadAll(file)
			file.Close()
			if err != nil {
				return v, err
			}
			v.files[name] = simulator.Media{MIME: headers[0].Header.Get("Content-Type"), Filename: headers[0].Filename, Data: data}
		}
	}
	if err := r.ParseForm(); err != nil {
		return v, err
	}
	for name, all := range r.Form {
		text := []byte(all[0])
		if !json.Valid(text) {
			var err error
			if text, err = json.Marshal(all[0]); err != nil {
				return v, err
			}
		}
		v.raw[name] = text
	}
	return v, nil
}

// text returns a parameter as text; a number is its digits.
func (v values) text(name string) string {
	raw := v.raw[name]
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if text := strings.TrimSpace(string(raw)); text != "null" {
		return text
	}
	return ""
}

func (v values) list(name string) []string {
	var out []string
	if json.Unmarshal(v.raw[name], &out) != nil {
		return nil
	}
	return out
}

// into decodes a parameter that is an object; absent, it changes nothing.
func (v values) into(name string, target any) bool {
	raw, ok := v.raw[name]
	return ok && json.Unmarshal(raw, target) == nil
}
