package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// ticket asks for a pass to the live connection.
func (c *client) ticket(path string) string {
	c.h.t.Helper()
	a := c.call("POST", path+"/ticket", nil)
	if a.status != http.StatusOK {
		c.h.t.Fatalf("no ticket: %d %s", a.status, a.body)
	}
	return a.text("ticket")
}

// patience is when a test gives up instead of waiting for ever.
const patience = time.Minute

const (
	peopleLive  = "/api/live"
	visitorLive = "/api/public/live"
)

// dial opens a socket with a ticket; header adds to the handshake.
func (h *here) dial(path, ticket string, header http.Header) (*websocket.Conn, *http.Response, error) {
	if header == nil {
		header = http.Header{}
	}
	header.Set("User-Agent", "Go-http-client/1.1") // as the ticket was asked for
	return websocket.Dial(h.t.Context(), strings.Replace(h.url, "http", "ws", 1)+path, &websocket.DialOptions{
		Subprotocols: []string{socketProtocol, ticket}, HTTPHeader: header,
	})
}

// socket opens one that must open.
func (c *client) socket(path, query string) *websocket.Conn {
	c.h.t.Helper()
	conn, _, err := c.h.dial(path+query, c.ticket(path), nil)
	if err != nil {
		c.h.t.Fatal(err)
	}
	c.h.t.Cleanup(func() { _ = conn.CloseNow() })
	return conn
}

// message is one thing the server said.
type message struct {
	Hello *struct{ Build string }
	Frame *struct {
		From, To int64
		Events   []struct {
			N           int64
			Type        string
			Message     *struct{ Text, Sender string }
			Interaction *struct {
				ID, State string
				Offer     *struct{ ID string }
			}
		}
	}
	Gauges  *json.RawMessage
	EndedBy string `json:"ended_by"`
	Typing  *struct {
		Conversation, By, Name string
		Until                  int64 `json:"until_ms"`
	}
	Drain, Close *json.RawMessage
}

// next reads one message.
func next(t *testing.T, conn *websocket.Conn) message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	_, raw, err := conn.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return m
}

// event reads until an event of a type comes, and fails on a gap.
func event(t *testing.T, conn *websocket.Conn, kind string) string {
	t.Helper()
	last := int64(-1)
	for {
		m := next(t, conn)
		if m.Frame == nil {
			continue
		}
		if last >= 0 && m.Frame.From != last {
			t.Fatalf("a frame from %d after one to %d", m.Frame.From, last)
		}
		last = m.Frame.To
		for _, e := range m.Frame.Events {
			if e.Type == kind {
				if e.Interaction != nil {
					return e.Interaction.ID
				}
				return ""
			}
		}
	}
}

// closed reads until the socket is closed and returns the code.
func closed(t *testing.T, conn *websocket.Conn) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		_, _, err := conn.Read(ctx)
		var end websocket.CloseError
		if errors.As(err, &end) {
			return int(end.Code)
		}
		if err != nil {
			t.Fatalf("closed without a code: %v", err)
		}
	}
}

// TestLive: an agent is told of an offer, a visitor of the agent, each what they
// may see, and typing both ways.
func TestLive(t *testing.T) { eachDatabase(t, live) }

func live(t *testing.T, h *here) {
	t.Helper()
	amy := h.as("amy")
	news := amy.socket(peopleLive, "?after=0")
	if m := next(t, news); m.Hello == nil || m.Hello.Build != "test" {
		t.Fatalf("the first message is no hello: %+v", m)
	}
	if a := amy.call("PUT", "/api/agents/me/presence", map[string]any{"status": "available"}); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	vera := h.visitor("c1")
	window := vera.socket(visitorLive, "?after=0")
	id := event(t, news, "offer_made")
	if a := amy.call("PUT", "/api/interactions/"+id+"/offers/1/acceptance", map[string]any{}); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	event(t, window, "accepted")
	if a := amy.call("POST", "/api/interactions/"+id+"/typing", map[string]any{"typing": true}); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for m := next(t, window); ; m = next(t, window) {
		if m.Typing != nil {
			if m.Typing.By != "agent" {
				t.Errorf("CNV-06: typing by %q", m.Typing.By)
			}
			break
		}
	}
	if a := vera.call("POST", "/api/public/conversation/messages", map[string]any{"client_id": uid("m1"), "text": "There you are"}); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := vera.call("POST", "/api/public/conversation/messages", map[string]any{"client_id": uid("m1"), "text": "There you are"}); a.status != http.StatusOK {
		t.Errorf("CNV-02: a repeat: %d %s", a.status, a.body)
	}
	event(t, news, "message_added")
}

// TestHandshake: who may open a socket at all.
func TestHandshake(t *testing.T) {
	h := open(t)
	amy, vera := h.as("amy"), h.visitor("c1")
	fresh := func() string { return amy.ticket(peopleLive) }
	used := fresh()
	if conn, _, err := h.dial(peopleLive, used, nil); err != nil {
		t.Fatal(err)
	} else {
		_ = conn.CloseNow()
	}
	tests := []struct {
		name, path, ticket string
		header             http.Header
		status             int
	}{
		{"A-043: from another site", peopleLive, fresh(), http.Header{"Origin": {"https://evil.example"}}, 403},
		{"A-043: from another site with the cookie and no ticket", peopleLive, "", http.Header{"Origin": {"https://evil.example"}, "Cookie": {amy.cookie}}, 403},
		{"A-043: the cookie alone opens nothing", peopleLive, "", http.Header{"Cookie": {amy.cookie}}, 401},
		{"A-041: Origin null", peopleLive, fresh(), http.Header{"Origin": {"null"}}, 403},
		{"A-041: a browser that names no origin", peopleLive, fresh(), http.Header{"Sec-Fetch-Site": {"same-origin"}}, 403},
		{"A-043: a browser that says cross-site", peopleLive, fresh(), http.Header{"Sec-Fetch-Site": {"cross-site"}}, 403},
		{"A-051: a ticket a second time", peopleLive, used, nil, 401},
		{"A-051: a made-up ticket", peopleLive, "tk_" + strings.Repeat("x", 43), nil, 401},
		{"A-019: an agent's ticket at the visitors' door", visitorLive, fresh(), nil, 401},
		{"A-019: a visitor's ticket at the people's door", peopleLive, vera.ticket(visitorLive), nil, 401},
		{"a cursor that is none", peopleLive + "?after=x", fresh(), nil, 400},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			conn, answer, err := h.dial(test.path, test.ticket, test.header)
			if err == nil {
				_ = conn.CloseNow()
				t.Fatal("it opened")
			}
			if answer == nil || answer.StatusCode != test.status {
				t.Errorf("got %v, want %d", answer, test.status)
			}
		})
	}
	conn, _, err := h.dial(peopleLive, fresh(), http.Header{"Origin": {h.url}})
	if err != nil {
		t.Fatalf("from our own page: %v", err)
	}
	_ = conn.CloseNow()
}

// TestStrangers A-049: who has no ticket takes the turn of nobody who has one, and
// those who have one take turns.
func TestStrangers(t *testing.T) {
	h := open(t, func(o *Options) { o.Limits.Handshakes = Pace{PerSecond: 0.001, Burst: 2} })
	amy := h.as("amy")
	refused := func(path, ticket string, want int) {
		t.Helper()
		conn, answer, err := h.dial(path, ticket, nil)
		if err == nil {
			_ = conn.CloseNow()
			t.Fatal("A-049: it opened")
		}
		if answer == nil || answer.StatusCode != want {
			t.Fatalf("A-049: got %v, want %d", answer, want)
		}
	}
	for range 5 {
		refused(peopleLive, "", http.StatusUnauthorized)
		refused(visitorLive, "tk_"+strings.Repeat("x", 43), http.StatusUnauthorized)
		refused(visitorLive, amy.ticket(peopleLive), http.StatusUnauthorized)
		refused(peopleLive+"?after=x", amy.ticket(peopleLive), http.StatusBadRequest)
	}
	amy.socket(peopleLive, "")
	amy.socket(peopleLive, "")
	refused(peopleLive, amy.ticket(peopleLive), http.StatusServiceUnavailable)
}

// TestFrames: the socket takes nothing. Whatever comes
// ends it, and nobody else notices.
func TestFrames(t *testing.T) {
	h := open(t)
	amy := h.as("amy")
	neighbor := h.as("sam").socket(peopleLive, "")
	frames := map[string]struct {
		kind websocket.MessageType
		text string
	}{
		"A-045: not JSON":             {websocket.MessageText, "hello"},
		"A-045: an event":             {websocket.MessageText, `{"event":"base"}`},
		"A-045: binary":               {websocket.MessageBinary, "\x00\x01\xff"},
		"A-045: deep":                 {websocket.MessageText, strings.Repeat("[", 10_000)},
		"A-045: 2 MiB":                {websocket.MessageText, strings.Repeat("x", 2<<20)},
		"A-052: a message as another": {websocket.MessageText, `{"from":"agent","type":"system","seq":1}`},
		"A-048: empty":                {websocket.MessageText, ""},
	}
	for name, f := range frames {
		t.Run(name, func(t *testing.T) {
			conn := amy.socket(peopleLive, "")
			next(t, conn)
			_ = conn.Write(t.Context(), f.kind, []byte(f.text)) // may fail half way: it is being closed
			if code := closed(t, conn); code != closePolicy {
				t.Errorf("closed with %d, want 1008", code)
			}
		})
	}
	if m := next(t, neighbor); m.Hello == nil {
		t.Errorf("the neighbor: %+v", m)
	}
	if a := amy.call("GET", "/api/session", nil); a.status != http.StatusOK {
		t.Errorf("the process: %d", a.status)
	}
}

// TestEndings A-044: a sign-in that ends takes its sockets with it, with the code
// that says whether to come back.
func TestEndings(t *testing.T) {
	h := open(t)
	ada := h.as("ada")
	tests := []struct {
		name string
		end  func(bob *client) answer
		code int
	}{
		{"A-044: signed out", func(bob *client) answer { return bob.call("DELETE", "/api/session", nil) }, closeSignedOut},
		{"SEC-08: taken over", func(*client) answer {
			h.as("bob")
			return answer{}
		}, closeTakenOver},
		{"A-044: revoked by an administrator", func(*client) answer {
			var all struct {
				Items []struct {
					ID  string
					Own bool
				}
			}
			ada.call("GET", "/api/sessions", nil).into(t, &all)
			for _, s := range all.Items {
				if !s.Own {
					return ada.call("DELETE", "/api/sessions/"+s.ID, nil)
				}
			}
			return answer{status: 404}
		}, closeRevoked},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			bob := h.as("bob")
			conn := bob.socket(peopleLive, "")
			ticket := bob.ticket(peopleLive)
			if a := test.end(bob); a.status >= 300 {
				t.Fatalf("%d %s", a.status, a.body)
			}
			if code := closed(t, conn); code != test.code {
				t.Errorf("closed with %d, want %d", code, test.code)
			}
			if a := bob.call("GET", "/api/session", nil); a.status != http.StatusUnauthorized {
				t.Errorf("the session still opens: %d", a.status)
			}
			if conn, _, err := h.dial(peopleLive, ticket, nil); err == nil {
				_ = conn.CloseNow()
				t.Error("a ticket outlived its sign-in")
			}
		})
	}
}

// TestKeyRevoked A-044: a key that is revoked takes its sockets and its tickets with
// it; another one's stay.
func TestKeyRevoked(t *testing.T) {
	h := open(t)
	ada := h.as("ada")
	till, other := h.key(ada, "supervise"), h.key(ada, "supervise", "records")
	conn, stays := till.socket(peopleLive, ""), other.socket(peopleLive, "")
	ticket := till.ticket(peopleLive)
	next(t, conn)
	if a := ada.call("DELETE", "/api/admin/api-keys/"+h.id(ada, "api-keys", "name", "key of supervise"), nil); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if code := closed(t, conn); code != closeRevoked {
		t.Errorf("closed with %d, want 4502", code)
	}
	if conn, _, err := h.dial(peopleLive, ticket, nil); err == nil {
		_ = conn.CloseNow()
		t.Error("a ticket outlived its key")
	}
	h.as("amy")
	event(t, stays, "presence_changed")
}

// TestToldWho PRE-16: whom a supervisor logs out is told who did it, before the end.
func TestToldWho(t *testing.T) {
	h := open(t)
	sam, bob := h.as("sam"), h.as("bob")
	conn := bob.socket(peopleLive, "")
	id := h.id(h.as("ada"), "agents", "login", "bob")
	if a := sam.call("DELETE", "/api/agents/"+id+"/session", map[string]bool{"confirm": true}); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	m := next(t, conn)
	for m.EndedBy == "" {
		m = next(t, conn)
	}
	if code := closed(t, conn); m.EndedBy != "Sam Patel" || code != closeRevoked {
		t.Errorf("told %q and closed with %d", m.EndedBy, code)
	}
}

// TestRescoped A-044: a new role closes the socket, and what comes back has the
// new rights.
func TestRescoped(t *testing.T) {
	h := open(t)
	ada, bob := h.as("ada"), h.as("bob")
	conn := bob.socket(peopleLive, "")
	if a := bob.call("GET", "/api/offers", nil); a.status != http.StatusForbidden {
		t.Fatalf("an agent sees offers: %d", a.status)
	}
	agent := h.configured(ada, "agents", "login", "bob")
	agent["role"] = "supervisor"
	if a := ada.call("PUT", "/api/admin/agents/"+h.id(ada, "agents", "login", "bob"), agent); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if code := closed(t, conn); code != closeAgain {
		t.Errorf("closed with %d, want 4000", code)
	}
	if a := bob.call("GET", "/api/offers", nil); a.status != http.StatusOK {
		t.Errorf("the new right does not count: %d", a.status)
	}
}

// TestDrain R-53: a server that goes tells everybody when to come back.
func TestDrain(t *testing.T) {
	h := open(t)
	conn := h.as("amy").socket(peopleLive, "")
	next(t, conn)
	done := make(chan struct{})
	go func() { defer close(done); h.doors.Drain(0) }()
	for m := next(t, conn); m.Drain == nil; m = next(t, conn) {
	}
	if code := closed(t, conn); code != closeRestart {
		t.Errorf("R-53: closed with %d", code)
	}
	<-done
}
