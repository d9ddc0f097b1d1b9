package simulator_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"parley/internal/simulator"
)

// TestControl walks the control API as the pages and scripts use it.
func TestControl(t *testing.T) {
	r := bot(t)
	root, _, _ := strings.Cut(r.Account.BaseURL, "/sim/")
	at := root + "/sim/control"
	steps := []struct {
		name, method, path string
		body               any
		status             int
		says               string // part of the answer
	}{
		{"accounts are listed without secrets", "GET", "/accounts", nil, 200, `"bot_token":"(hidden)"`},
		{"a second account", "POST", "/accounts", map[string]any{"network": "telegram", "settings": map[string]string{"bot_token": "1:a"}}, 201, `"base_url":"http`},
		{"an account of nothing", "POST", "/accounts", map[string]any{"network": "pigeon"}, 422, "no such network"},
		{"an account without its settings", "POST", "/accounts", map[string]any{"network": "telegram"}, 422, "bot_token"},
		{"a field that is not there", "POST", "/accounts", map[string]any{"colour": "red"}, 400, "colour"},
		{"a phone says something", "POST", "/say", simulator.In{Account: "acc", From: "5001", Kind: "text", Text: "Hello"}, 200, `"id":"`},
		{"a phone sends a file of 25 MB", "POST", "/say", simulator.In{Account: "acc", From: "5001", Kind: "document", Media: &simulator.Media{MIME: "application/pdf", Filename: "big.pdf", Data: make([]byte, 25<<20)}}, 200, `"id":"`},
		{"a phone says more than a phone can", "POST", "/say", simulator.In{Account: "acc", From: "5001", Kind: "text", Text: strings.Repeat("a", simulator.SayBytesMax)}, 400, "too large"},
		{"a phone of nobody", "POST", "/say", simulator.In{Account: "none", From: "5001", Kind: "text"}, 404, "no such account"},
		{"what it cannot do", "POST", "/say", simulator.In{Account: "acc", From: "5001", Kind: "fly"}, 422, "cannot do that"},
		{"networks", "GET", "/networks", nil, 200, `"needs":["bot_token"]`},
		{"threads", "GET", "/threads", nil, 200, `"id":"acc/5001"`},
		{"some threads", "GET", "/threads?limit=0", nil, 200, `"threads":[],"total":1`},
		{"no file", "GET", "/media/acc/none", nil, 404, "no such file"},
		{"a thread", "GET", "/threads/acc/5001", nil, 200, `"text":"Hello"`},
		{"no thread", "GET", "/threads/acc/5002", nil, 404, "no such thread"},
		{"what changed", "GET", "/events?after=0", nil, 200, `"text":"Hello"`},
		{"weather", "PUT", "/weather/acc", map[string]any{"fail": 0.5}, 200, `"receipts":true`},
		{"weather is kept", "GET", "/weather/acc", nil, 200, `"fail":0.5`},
		{"impossible weather", "PUT", "/weather/acc", map[string]any{"fail": 1.5}, 422, "0 to 1"},
		{"statuses come in four ways", "PUT", "/weather/acc", map[string]any{"statuses": "never"}, 422, "late"},
		{"weather nowhere", "PUT", "/weather/none", map[string]any{}, 404, "no such account"},
		{"scenarios", "GET", "/scenarios", nil, 200, "hundred_in_queue"},
		{"a scenario", "POST", "/scenarios/five_at_once", map[string]any{"accounts": []string{"acc"}, "count": 2}, 202, `"phones":2`},
		{"no scenario", "POST", "/scenarios/flood", nil, 404, "no such scenario"},
		{"stop", "DELETE", "/scenarios", nil, 204, ""},
		{"requests", "GET", "/requests?account=acc&after=0", nil, 200, `"direction":"webhook"`},
		{"no request again", "POST", "/requests/9999/again", nil, 404, "no such webhook"},
		{"the clock goes forward", "POST", "/clock", map[string]any{"advance_ms": 60_000}, 200, `"now":1772442060000`},
		{"the clock does not go back", "POST", "/clock", map[string]any{"advance_ms": -1}, 422, "forward"},
		{"an account is closed", "DELETE", "/accounts/acc", nil, 204, ""},
		{"and gone", "DELETE", "/accounts/acc", nil, 404, "no such account"},
		{"reset", "POST", "/reset", nil, 204, ""},
	}
	for _, step := range steps {
		status, body, _ := r.Raw(step.method, at+step.path, nil, step.body)
		if status != step.status || !strings.Contains(string(body), step.says) {
			t.Errorf("%s: %d %s, want %d with %s", step.name, status, body, step.status, step.says)
		}
	}
}

// TestMedia holds that the pages can show a picture, and that nothing in a file runs.
func TestMedia(t *testing.T) {
	r := bot(t)
	root, _, _ := strings.Cut(r.Account.BaseURL, "/sim/")
	for name, test := range map[string]struct{ mime, disposition string }{"photo.png": {"image/png", ""}, "page.html": {"text/html", "attachment"}, "logo.svg": {"image/svg+xml", "attachment"}} {
		r.Line.Keep(simulator.Media{ID: name, MIME: test.mime, Data: []byte("bytes")})
		status, body, header := r.Raw("GET", root+"/sim/control/media/acc/"+name, nil, nil)
		if status != 200 || string(body) != "bytes" || header.Get("Content-Disposition") != test.disposition || !strings.HasPrefix(header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: %d %q %v", name, status, body, header)
		}
	}
}

// TestEvents holds that who listens is told what changes, once and in order.
func TestEvents(t *testing.T) {
	r := bot(t)
	root, _, _ := strings.Cut(r.Account.BaseURL, "/sim/")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "GET", root+"/sim/control/events?after=0", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	write(r, "one")
	response, err := (&http.Client{}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	next := func() string {
		for lines.Scan() {
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			var c simulator.Change
			if ok && json.Unmarshal([]byte(data), &c) == nil && c.Message.ID != "" {
				return c.Message.Text
			}
		}
		return "the end"
	}
	if got := next(); got != "one" {
		t.Errorf("first %q", got)
	}
	write(r, "two")
	write(r, "three")
	if a, b := next(), next(); a != "two" || b != "three" {
		t.Errorf("then %q, %q", a, b)
	}
}
