package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"parley"
	"parley/internal/channel"
	"parley/internal/files"
	"parley/internal/seal"
	"parley/internal/store/storetest"
	"parley/internal/tenant"
)

// here is a whole server over a real database, for one test.
type here struct {
	t       *testing.T
	tenant  *tenant.Tenant
	doors   *Server
	url     string
	log     *journal
	metrics *prometheus.Registry
	probe   *probe
}

// journal keeps what was logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

var testSeal, _ = seal.New(make([]byte, seal.KeyBytes))

// open starts a server on SQLite with the demo center's people.
func open(t *testing.T, change ...func(*Options)) *here {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "parley.db"), change...)
}

// openAt starts it on a database.
func openAt(t *testing.T, dsn string, change ...func(*Options)) *here {
	t.Helper()
	h := &here{t: t, log: &journal{}, metrics: prometheus.NewRegistry(), probe: &probe{}}
	clock := parley.NewSystemClock()
	log := slog.New(slog.NewJSONHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	desk := t.TempDir()
	disk, err := files.NewDisk(desk)
	if err != nil {
		t.Fatal(err)
	}
	h.tenant, err = tenant.Open(t.Context(), tenant.Options{
		DSN: dsn, Clock: clock, Log: log, Files: &files.Cabinet{Files: disk, Desk: desk}, Channels: map[string]channel.Channel{"probe": h.probe}, Seal: testSeal, Client: http.DefaultClient,
	})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Tenant: h.tenant, Clock: clock, Log: log, Metrics: h.metrics, Limits: DefaultLimits(), Build: "test", Demo: true}
	for _, f := range change {
		f(&o)
	}
	h.doors = New(o)
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := h.tenant.Run(ctx); err != nil {
			t.Errorf("the center: %v", err)
		}
	})
	running.Go(func() { _ = h.doors.Run(ctx) })
	web := httptest.NewServer(h.doors)
	h.url = web.URL
	t.Cleanup(func() {
		h.doors.Drain(0)
		web.CloseClientConnections()
		web.Close()
		stop()
		running.Wait()
		if err := h.tenant.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := h.tenant.SeedDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// eachDatabase runs a test on SQLite and on a fresh PostgreSQL schema.
func eachDatabase(t *testing.T, test func(t *testing.T, h *here)) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, openAt(t, dsn)) })
}

// client is somebody's browser or program.
type client struct {
	h      *here
	cookie string
	bearer string
	header http.Header // more, for one test
}

func (h *here) nobody() *client { return &client{h: h, header: http.Header{}} }

// as signs somebody of the demo center in.
func (h *here) as(name string) *client {
	h.t.Helper()
	c := h.nobody()
	a := c.call("POST", "/api/session", map[string]any{"login": name, "password": "demo", "take_over": true})
	if a.status != http.StatusOK {
		h.t.Fatalf("%s cannot sign in: %d %s", name, a.status, a.body)
	}
	for _, cookie := range a.cookies {
		if cookie.Value != "" {
			c.cookie = cookie.Name + "=" + cookie.Value
		}
	}
	return c
}

// visitor begins a conversation and returns its owner.
func (h *here) visitor(word string) *client {
	h.t.Helper()
	a := h.nobody().call("POST", "/api/public/entry-points/ent_demo/conversations", map[string]any{
		"client_id": uid(word), "name": "Vera", "email": "vera@example.com", "question": "Hello?",
	})
	if a.status != http.StatusCreated {
		h.t.Fatalf("a visitor cannot begin: %d %s", a.status, a.body)
	}
	return &client{h: h, bearer: a.text("token"), header: http.Header{}}
}

// answer is what came back.
type answer struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    string
}

// text returns a field of a JSON answer.
func (a answer) text(field string) string {
	var fields map[string]any
	_ = json.Unmarshal([]byte(a.body), &fields)
	s, _ := fields[field].(string)
	return s
}

// code is the code of a refusal.
func (a answer) code() string { return a.text("code") }

// into decodes the answer.
func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
}

// call asks, with a JSON body unless it is nil; a string body is sent as it is.
func (c *client) call(method, path string, body any) answer {
	c.h.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			c.h.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(c.h.t.Context(), method, c.h.url+path, in)
	if err != nil {
		c.h.t.Fatal(err)
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	if c.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	for name, values := range c.header {
		r.Header[name] = values
		if name == "Host" {
			r.Host = values[0]
		}
	}
	got, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	if err != nil {
		c.h.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = got.Body.Close() }()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		c.h.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{got.StatusCode, got.Header, got.Cookies(), string(text)}
}

// trustLoopback makes the test's own machine a proxy of ours.
func trustLoopback(o *Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} }

// person adds an agent who is no demo account.
func (h *here) person(login string) {
	h.t.Helper()
	ada := h.as("ada")
	var groups struct{ Items []struct{ ID string } }
	ada.call("GET", "/api/admin/groups", nil).into(h.t, &groups)
	a := ada.call("POST", "/api/admin/agents", map[string]any{
		"login": login, "display_name": login, "role": "agent", "enabled": true,
		"group_id": groups.Items[0].ID, "password": "a long password",
	})
	if a.status != http.StatusCreated {
		h.t.Fatalf("no %s: %d %s", login, a.status, a.body)
	}
}

// configured returns a thing of the configuration as an administrator would send
// it back; id finds its id.
func (h *here) configured(ada *client, noun, field, value string) map[string]any {
	h.t.Helper()
	var all struct{ Items []map[string]any }
	ada.call("GET", "/api/admin/"+noun+"?limit=100", nil).into(h.t, &all)
	for _, thing := range all.Items {
		if thing[field] == value {
			for _, shown := range []string{"id", "created_at", "default", "agents", "uses"} {
				delete(thing, shown)
			}
			return thing
		}
	}
	h.t.Fatalf("no %s with %s %q", noun, field, value)
	return nil
}

func (h *here) id(ada *client, noun, field, value string) string {
	h.t.Helper()
	var all struct{ Items []map[string]any }
	ada.call("GET", "/api/admin/"+noun+"?limit=100", nil).into(h.t, &all)
	for _, thing := range all.Items {
		if thing[field] == value {
			return thing["id"].(string)
		}
	}
	h.t.Fatalf("no %s with %s %q", noun, field, value)
	return ""
}

func newRecord() *httptest.ResponseRecorder { return httptest.NewRecorder() }

func newGet(path string) *http.Request { return httptest.NewRequest(http.MethodGet, path, nil) }
