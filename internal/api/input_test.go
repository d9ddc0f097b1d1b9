package api

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestBodies: a body is limited before it is
// read, and taken only if it is what the operation asks for.
func TestBodies(t *testing.T) {
	h := open(t)
	amy := h.as("amy")
	const signIn, presence, profile = "/api/session", "/api/agents/me/presence", "/api/agents/me/profile"
	tests := []struct {
		name, method, path, body string
		status                   int
		field                    string // named at fault
	}{
		{"A-091: a password that is an object", "POST", signIn, `{"login":"amy","password":{"$ne":null}}`, 422, "password"},
		{"A-091: a password that is a list", "POST", signIn, `{"login":"amy","password":[]}`, 422, "password"},
		{"A-091: a password that is true", "POST", signIn, `{"login":"amy","password":true}`, 422, "password"},
		{"A-091: a password of 257", "POST", signIn, `{"login":"amy","password":"` + strings.Repeat("x", 257) + `"}`, 422, "password"},
		{"A-091: a password of 1 MiB", "POST", signIn, `{"login":"amy","password":"` + strings.Repeat("x", 1<<20) + `"}`, 413, ""},
		{"A-096: a role for oneself", "PUT", profile, `{"display_name":"Amy","role":"admin"}`, 422, "role"},
		{"A-096: capacity, skills and more", "PUT", profile, `{"capacity":20,"skills":[],"password_hash":"x","id":"agt_1","created_at":1}`, 422, "capacity"},
		{"an unknown status", "PUT", presence, `{"status":"asleep"}`, 422, "status"},
		{"a missing field", "PUT", presence, `{}`, 422, "status"},
		{"A-104: a list for a text", "PUT", presence, `{"status":["available"]}`, 422, "status"},
		{"A-059: no JSON at all", "PUT", presence, `status=available`, 400, ""},
		{"A-059: a number too large", "PUT", presence, `{"status":1e400}`, 400, ""},
		{"A-059: a byte order mark", "PUT", presence, "\ufeff{\"status\":\"available\"}", 400, ""},
		{"A-045: 100,000 deep", "PUT", presence, strings.Repeat("[", 100_000), 400, ""},
		{"nothing", "PUT", presence, ``, 400, ""},
		{"A-104: a parameter nobody knows", "GET", "/api/customers?_method=DELETE", "", 422, "_method"},
		{"A-099: a sort that is none", "GET", "/api/customers?sort=name%3B+DROP+TABLE", "", 422, "sort"},
		{"a limit beyond 100", "GET", "/api/customers?limit=101", "", 422, "limit"},
		{"a cursor that is none", "GET", "/api/customers?after=%00", "", 400, ""},
		{"a day no calendar shows", "POST", "/api/tasks", `{"kind":"call","subject":"x","due_at":9223372036854775807}`, 422, "due_at"},
		{"words that are none", "GET", "/api/customers?q=%00", "", 422, "q"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var body any
			if test.method != "GET" {
				body = test.body
			}
			a := amy.call(test.method, test.path, body)
			var p Problem
			a.into(t, &p)
			if a.status != test.status || p.Status != test.status || p.RequestID == "" || a.header.Get("Content-Type") != "application/problem+json" {
				t.Fatalf("got %d %s, want %d", a.status, a.body, test.status)
			}
			if test.field != "" && !strings.Contains(a.body, `"field":"`+test.field+`"`) {
				t.Errorf("%s is not named: %s", test.field, a.body)
			}
			if len(test.body) > 100 && strings.Contains(a.body, "xxxx") {
				t.Errorf("the answer repeats the input: %s", a.body)
			}
		})
	}
	if a := amy.call("GET", "/api/session", nil); a.text("role") != "agent" {
		t.Errorf("A-096: %s", a.body)
	}
	for _, list := range []string{"customers", "cases"} { // a table is refused as its list is, before its first byte
		a := h.as("sam").call("GET", "/api/"+list+"/export?q=%00", nil)
		if a.status != http.StatusUnprocessableEntity || a.code() != "invalid" || a.header.Get("Content-Disposition") != "" {
			t.Errorf("words that are none: %d %s %v", a.status, a.body, a.header)
		}
	}
}

// TestCrossOrigin: a write that another site made a browser send is
// refused, whatever it looks like, and no other site is ever told more.
func TestCrossOrigin(t *testing.T) {
	h := open(t)
	amy := h.as("amy")
	write := func(header http.Header, body string) answer {
		c := *amy
		c.header = header
		return c.call("POST", "/api/live/ticket", body)
	}
	for name, header := range map[string]http.Header{
		"A-085: a form":              {"Origin": {"https://evil.example"}, "Content-Type": {"application/x-www-form-urlencoded"}},
		"A-085: text/plain as JSON":  {"Origin": {"https://evil.example"}, "Content-Type": {"text/plain"}},
		"A-085: a beacon":            {"Sec-Fetch-Site": {"cross-site"}, "Content-Type": {"application/json"}},
		"A-119: Origin null":         {"Origin": {"null"}},
		"A-119: a sub-domain of us":  {"Sec-Fetch-Site": {"same-site"}},
		"A-085: an address like our": {"Origin": {h.url + ".evil.example"}},
	} {
		if a := write(header, `{}`); a.status != http.StatusForbidden || a.code() != "cross_origin" {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := write(http.Header{"Origin": {h.url}}, `{}`); a.status >= 300 {
		t.Errorf("our own page: %d %s", a.status, a.body)
	}
	signIn := h.nobody()
	signIn.header.Set("Content-Type", "text/plain")
	if a := signIn.call("POST", "/api/session", `{"login":"amy","password":"demo"}`); a.status != http.StatusUnsupportedMediaType {
		t.Errorf("A-085: JSON as text/plain: %d %s", a.status, a.body)
	}
	for _, origin := range []string{"https://evil.example", "null", "https://x.parley.example"} {
		for _, method := range []string{"OPTIONS", "GET"} {
			c := *amy
			c.header = http.Header{"Origin": {origin}, "Access-Control-Request-Method": {"PUT"}}
			a := c.call(method, "/api/session", nil)
			for name := range a.header {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("A-119: %s %s is told %s", method, origin, name)
				}
			}
		}
	}
	override := *amy
	override.header = http.Header{"X-Http-Method-Override": {"DELETE"}}
	if a := override.call("GET", "/api/session?_method=DELETE", nil); a.status == http.StatusNoContent {
		t.Error("A-085: a method override is obeyed")
	}
	if a := amy.call("GET", "/api/session", nil); a.status != http.StatusOK {
		t.Errorf("A-085: a GET had an effect: %d", a.status)
	}
}

// raw sends bytes as they are and returns the first answer's status line.
func (h *here) raw(request string) string {
	h.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://")) //nolint:noctx // loopback, in a test
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(patience))
	if _, err := io.WriteString(conn, request); err != nil {
		h.t.Fatal(err)
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		h.t.Fatalf("no answer: %v", err)
	}
	return strings.TrimSpace(line)
}

// TestSmuggling A-113: a request two readers could read differently is refused.
func TestSmuggling(t *testing.T) {
	h := open(t)
	host := strings.TrimPrefix(h.url, "http://")
	head := "POST /api/session HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
	for name, rest := range map[string]string{
		"A-113: two lengths":                    "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
		"A-113: a length that is none":          "Content-Length: +2\r\n\r\n{}",
		"A-113: an unknown transfer coding":     "Transfer-Encoding: xchunked\r\n\r\n{}",
		"A-113: two transfer codings":           "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
		"A-113: a folded header":                "X-A: b\r\n c: d\r\nContent-Length : 2\r\n\r\n{}",
		"A-115: a header of 100,000 characters": "X-Long: " + strings.Repeat("x", 2_000_000) + "\r\n\r\n",
	} {
		if got := h.raw(head + rest); !strings.HasPrefix(got, "HTTP/1.1 4") && !strings.HasPrefix(got, "HTTP/1.1 501") {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := h.raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n"); got != "HTTP/1.1 200 OK" {
		t.Errorf("A-115: others: %s", got)
	}
}

// TestPanic A-111: a fault of ours answers with a request id and nothing else, is
// logged whole, and harms nobody.
func TestPanic(t *testing.T) {
	h := open(t)
	faulty := h.doors.receive(h.doors.guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic("secret of /srv/parley")
	})))
	w := newRecord()
	faulty.ServeHTTP(w, newGet("/api/x"))
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `"code":"internal"`) {
		t.Errorf("A-111: %d %s", w.Code, w.Body)
	}
	if !strings.Contains(h.log.String(), "secret of /srv/parley") {
		t.Error("A-111: the fault is not in the log")
	}
	if a := h.nobody().call("GET", "/healthz", nil); a.status != http.StatusOK {
		t.Errorf("A-111: others: %d", a.status)
	}
}

// TestFlood A-105: one address that begins too many conversations is turned away
// with a time to come back; everybody else is served.
func TestFlood(t *testing.T) {
	h := open(t, trustLoopback)
	begin := func(ip string, i int) answer {
		c := h.nobody()
		c.header.Set("X-Forwarded-For", ip)
		return c.call("POST", "/api/public/entry-points/ent_demo/conversations", map[string]any{
			"client_id": uid(fmt.Sprintf("%s-%d", ip, i)), "name": "Vera", "email": "vera@example.com", "question": "Hello?",
		})
	}
	var refused answer
	for i := range DefaultLimits().Contacts.Burst + 20 {
		if a := begin("203.0.113.9", i); a.status == http.StatusTooManyRequests {
			refused = a
		}
	}
	if refused.code() != "rate_limited" || refused.header.Get("Retry-After") == "" {
		t.Errorf("A-105: %d %s", refused.status, refused.body)
	}
	if a := begin("203.0.113.10", 0); a.status != http.StatusCreated {
		t.Errorf("A-105: a neighbor: %d %s", a.status, a.body)
	}
	vera := h.visitor("flood")
	codes := map[int]int{}
	for i := range DefaultLimits().Visitor.Burst * 2 {
		codes[vera.call("POST", "/api/public/conversation/messages", map[string]any{
			"client_id": uid(fmt.Sprint("m", i)), "text": "again",
		}).status]++
	}
	if codes[http.StatusTooManyRequests] == 0 || codes[http.StatusCreated] < DefaultLimits().Visitor.Burst/2 {
		t.Errorf("A-105: messages 50/s: %v", codes)
	}
	if a := h.visitor("calm").call("GET", "/api/public/conversation", nil); a.status != http.StatusOK {
		t.Errorf("A-105: another visitor: %d", a.status)
	}
}

// TestTakenAlong A-105, WEB-08: a visitor takes the talk along as a text, and one
// address only so often.
func TestTakenAlong(t *testing.T) {
	h := open(t)
	vera := h.visitor("along")
	a := vera.call("GET", "/api/public/conversation/transcript", nil)
	if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") || !strings.Contains(a.body, "Vera: Hello?") {
		t.Errorf("WEB-08: %d %v %q", a.status, a.header, a.body)
	}
	codes := map[int]int{}
	for range DefaultLimits().Copies.Burst + 5 {
		codes[vera.call("GET", "/api/public/conversation/transcript", nil).status]++
	}
	if codes[http.StatusTooManyRequests] == 0 || codes[http.StatusOK] < DefaultLimits().Copies.Burst-1 {
		t.Errorf("A-105: %v", codes)
	}
	if a := vera.call("GET", "/api/public/conversation", nil); a.status != http.StatusOK {
		t.Errorf("A-105: the talk itself: %d", a.status)
	}
}
