package people

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"
)

// Refusal is an answer that is not 2xx.
type Refusal struct {
	Status int             `json:"-"`
	Code   string          `json:"code"`
	Errors json.RawMessage `json:"errors"` // which fields are wrong, null if none
}

// Error says the status, the code and the fields.
func (r *Refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s %s", r.Status, r.Code, r.Errors))
}

// Door speaks JSON to one server as one person.
type Door struct {
	Base   string // http://127.0.0.1:8080
	Bearer string // a visitor's token or an API key, "" for a cookie
	HTTP   *http.Client

	Skim func(text []byte) (Frame, bool) // reads a frame for less than decoding it; false: not this one
}

// NewDoor returns a door with its own cookies and kept-alive connections.
func NewDoor(base string) *Door {
	jar, _ := cookiejar.New(nil) // fails only for a bad option
	return &Door{Base: base, HTTP: &http.Client{
		Jar:       jar,
		Timeout:   30 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute},
	}}
}

// Do sends in as JSON (nil: no body) and reads the answer into out (nil: drops
// it). Errors: *Refusal for an answer that is not 2xx; anything else means that
// the outcome is unknown.
func (d *Door) Do(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(ctx, method, d.Base+path, body)
	if err != nil {
		return err
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if d.Bearer != "" {
		r.Header.Set("Authorization", "Bearer "+d.Bearer)
	}
	answer, err := d.HTTP.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		refusal := &Refusal{Status: answer.StatusCode}
		_ = json.Unmarshal(text, refusal) // a page of a proxy has no code
		return refusal
	}
	if out == nil || len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, out)
}
