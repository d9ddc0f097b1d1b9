// Package simtest is what tests of simulated networks share: a simulator with one
// account and a clock that stands still, the product's end of its webhooks, and
// recordings.
package simtest

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/simulator"
)

// Morning is when every test begins.
var Morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Rig is a simulator with one account, and its webhook's end.
type Rig struct {
	*simulator.Simulator
	Account simulator.Account
	Line    *simulator.Line

	t      *testing.T
	base   string // of the simulator
	hooks  string // of the webhook
	client *http.Client

	mu     sync.Mutex // all below
	heard  []Hook
	answer func(Hook) (status int, body string)
}

// Hook is one webhook as the product got it.
type Hook struct {
	Method string
	Path   string // with the query
	Header http.Header
	Body   []byte
}

// New opens an account of the provider's network; its id is "acc". Seed is 1.
func New(t *testing.T, p simulator.Provider, settings map[string]string) *Rig {
	t.Helper()
	r := &Rig{t: t}
	end := httptest.NewServer(http.HandlerFunc(r.hear))
	t.Cleanup(end.Close)
	door := httptest.NewUnstartedServer(nil)
	door.Start()
	t.Cleanup(door.Close)
	r.base, r.hooks, r.client = door.URL, end.URL, door.Client()
	r.Simulator = simulator.New(simulator.Options{
		Providers: []simulator.Provider{p}, Client: end.Client(), Now: func() time.Time { return Morning }, Seed: 1, URL: door.URL, Hurry: 1,
	})
	door.Config.Handler = r.Handler()
	var err error
	if r.Account, err = r.Open(simulator.Account{ID: "acc", Network: p.Name, Settings: settings, Webhook: end.URL + "/in/acc"}); err != nil {
		t.Fatal(err)
	}
	r.Line = r.Simulator.Line("acc")
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func (r *Rig) hear(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	h := Hook{Method: request.Method, Path: request.URL.RequestURI(), Header: request.Header, Body: body}
	r.mu.Lock()
	r.heard = append(r.heard, h)
	answer := r.answer
	r.mu.Unlock()
	if answer == nil {
		return
	}
	status, text := answer(h)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

// Answer sets what the product answers to webhooks; nil is 200.
func (r *Rig) Answer(answer func(Hook) (status int, body string)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

// Heard returns the webhooks that came since it was last asked. What is due is
// done first.
func (r *Rig) Heard() []Hook {
	r.Flush(r.t.Context())
	r.mu.Lock()
	defer r.mu.Unlock()
	heard := r.heard
	r.heard = nil
	return heard
}

// Said lets a phone do something that must succeed.
func (r *Rig) Said(in simulator.In) (id string) {
	r.t.Helper()
	in.Account = "acc"
	id, err := r.Say(r.t.Context(), in)
	if err != nil {
		r.t.Fatalf("%s: %v", in.Kind, err)
	}
	return id
}

// Set changes the weather.
func (r *Rig) Set(change func(*simulator.Weather)) {
	w := simulator.Fine()
	change(&w)
	if err := r.SetWeather("acc", w); err != nil {
		r.t.Fatal(err)
	}
}

// Phone returns what a phone shows.
func (r *Rig) Phone(who string) []simulator.Message {
	r.t.Helper()
	thread, ok := r.Line.Thread(who)
	if !ok {
		r.t.Fatalf("nothing is on the phone of %s", who)
	}
	return thread.Messages
}

// Call is a call of the product: body is sent as JSON unless it is bytes, of which
// a header says what they are. The answer's JSON is decoded.
func (r *Rig) Call(method, path string, header http.Header, body any) (status int, answer map[string]any) {
	r.t.Helper()
	status, raw, _ := r.Raw(method, path, header, body)
	if len(raw) > 0 && json.Unmarshal(raw, &answer) != nil {
		r.t.Fatalf("%s %s answered %q", method, path, raw)
	}
	return status, answer
}

// Raw is Call with the answer as it came. path may be a whole address.
func (r *Rig) Raw(method, path string, header http.Header, body any) (status int, raw []byte, answered http.Header) {
	r.t.Helper()
	data, isBytes := body.([]byte)
	if header = header.Clone(); header == nil {
		header = http.Header{}
	}
	if !isBytes && body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			r.t.Fatal(err)
		}
		header.Set("Content-Type", "application/json")
	}
	if !strings.HasPrefix(path, "http") {
		path = r.Account.BaseURL + path
	}
	request, err := http.NewRequestWithContext(context.Background(), method, path, bytes.NewReader(data))
	if err != nil {
		r.t.Fatal(err)
	}
	request.Header = header
	response, err := r.client.Do(request)
	if err != nil {
		return 0, nil, nil // cut off
	}
	defer response.Body.Close()
	raw, err = io.ReadAll(response.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return response.StatusCode, raw, response.Header
}

var update = flag.Bool("update", false, "write the recordings anew")

// Recorded compares a webhook's JSON with testdata/name.json, whose first line
// names the page of the documentation that every field comes from.
func (r *Rig) Recorded(name string, body []byte) {
	r.t.Helper()
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, body, "", "  "); err != nil {
		r.t.Fatal(err)
	}
	got := strings.NewReplacer(r.base, "https://simulator.example", r.hooks, "https://parley.example").Replace(strings.ReplaceAll(pretty.String(), `\/`, "/"))
	file := filepath.Join("testdata", name+".json")
	kept, err := os.ReadFile(file)
	if err != nil {
		r.t.Fatal(err)
	}
	source, want, _ := strings.Cut(string(kept), "\n")
	if !strings.HasPrefix(source, "Source: https://") {
		r.t.Fatalf("%s does not name the page its fields come from", file)
	}
	if *update {
		if err := os.WriteFile(file, []byte(source+"\n"+got+"\n"), 0o600); err != nil {
			r.t.Fatal(err)
		}
		return
	}
	if strings.TrimSpace(want) != strings.TrimSpace(got) {
		r.t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}
