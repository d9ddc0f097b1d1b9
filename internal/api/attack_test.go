package api

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"parley"
	"parley/internal/office"
)

// talk is a conversation amy has accepted.
type talk struct {
	amy, vera    *client
	interaction  string
	conversation string
}

// served lets amy accept a visitor's conversation.
func (h *here) served(clientID string) talk {
	h.t.Helper()
	amy := h.as("amy")
	if a := amy.call("PUT", "/api/agents/me/presence", map[string]any{"status": "available"}); a.status >= 300 {
		h.t.Fatalf("%d %s", a.status, a.body)
	}
	conn := amy.socket(peopleLive, "?after=0")
	vera := h.visitor(clientID)
	id := event(h.t, conn, "offer_made")
	h.accept(amy, id)
	var page struct {
		Interaction struct {
			Conversation string `json:"conversation_id"`
		}
	}
	amy.call("GET", "/api/interactions/"+id, nil).into(h.t, &page)
	return talk{amy, vera, id, page.Interaction.Conversation}
}

// accept accepts the first offer of an interaction.
func (h *here) accept(c *client, id string) {
	h.t.Helper()
	if a := c.call("PUT", "/api/interactions/"+id+"/offers/1/acceptance", map[string]any{}); a.status >= 300 {
		h.t.Fatalf("accept: %d %s", a.status, a.body)
	}
}

// TestObjects: what is not yours does not exist, and
// the answer is the one for an id that was never given.
func TestObjects(t *testing.T) { eachDatabase(t, objects) }

func objects(t *testing.T, h *here) {
	t.Helper()
	it := h.served("c1")
	bob, other := h.as("bob"), h.visitor("c2")
	unknown := bob.call("GET", "/api/interactions/int_00000000000000000000000000000000", nil)
	bare := regexp.MustCompile(`req_[0-9a-f]+`)
	paths := []struct{ method, path string }{
		{"GET", ""}, {"POST", "/messages"}, {"POST", "/typing"}, {"POST", "/notes"}, {"PUT", "/end"}, {"PUT", "/draft"},
		{"PUT", "/view"}, {"PUT", "/wrap-up"}, {"PUT", "/dispositions"}, {"POST", "/transfers"}, {"PUT", "/offers/1/acceptance"},
		{"DELETE", "/row"},
	}
	bodies := map[string]any{
		"/messages": words{ClientID: uid("x1"), Text: "mine now"}, "/notes": words{ClientID: uid("x2"), Text: "mine now"},
		"/typing": keystroke{true}, "/draft": map[string]any{"text": "x"}, "/dispositions": map[string]any{"ids": []string{}},
		"/transfers": map[string]any{"client_id": uid("x3"), "queue": h.id(h.as("ada"), "queues", "name", "Sales")},
	}
	for _, p := range paths {
		a := bob.call(p.method, "/api/interactions/"+it.interaction+p.path, bodies[p.path])
		if a.status != http.StatusNotFound || bare.ReplaceAllString(a.body, "") != bare.ReplaceAllString(unknown.body, "") {
			t.Errorf("A-022: %s %s by another agent: %d %s", p.method, p.path, a.status, a.body)
		}
	}
	for _, path := range []string{"/messages", "/interactions"} {
		if a := bob.call("GET", "/api/conversations/"+it.conversation+path, nil); a.status != http.StatusNotFound {
			t.Errorf("A-022: %s of another agent's conversation: %d %s", path, a.status, a.body)
		}
	}
	if a := other.call("GET", "/api/public/conversation", nil); strings.Contains(a.body, it.conversation) {
		t.Errorf("A-028: a visitor sees another's conversation: %s", a.body)
	}
	other.call("POST", "/api/public/conversation/messages", words{ClientID: uid("x4"), Text: "forged"})
	if a := it.amy.call("GET", "/api/conversations/"+it.conversation+"/messages", nil); strings.Contains(a.body, "forged") || strings.Contains(a.body, "mine now") {
		t.Errorf("A-028: %s", a.body)
	}
	if a := it.amy.call("PUT", "/api/interactions/"+it.interaction+"/customer", map[string]any{"customer_id": "cus_none"}); a.status != http.StatusUnprocessableEntity && a.status != http.StatusNotFound {
		t.Errorf("A-018: an unknown customer is linked: %d %s", a.status, a.body)
	}
}

// TestSender A-052: who wrote is taken from the session; a body that says
// otherwise is refused.
func TestSender(t *testing.T) {
	h := open(t)
	it := h.served("c1")
	for _, body := range []string{
		`{"client_id":"` + uid("f1") + `","text":"x","from":"agent"}`, `{"client_id":"` + uid("f2") + `","text":"x","type":"system"}`,
		`{"client_id":"` + uid("f3") + `","text":"x","seq":1}`, `{"client_id":"` + uid("f4") + `","text":"x","sender":"system","at":1}`,
	} {
		if a := it.vera.call("POST", "/api/public/conversation/messages", body); a.status != http.StatusUnprocessableEntity {
			t.Errorf("A-052: %s: %d %s", body, a.status, a.body)
		}
	}
}

// TestMarkup: whatever people
// write is text: kept as it is, told as JSON, and never part of a statement.
func TestMarkup(t *testing.T) { eachDatabase(t, markup) }

func markup(t *testing.T, h *here) {
	t.Helper()
	it := h.served("c1")
	for i, text := range []string{
		`<img src=x onerror=fetch('//c2')>`, `"><script>alert(1)</script>`, `<svg onload=alert(1)>`,
		`{{constructor.constructor('alert(1)')()}}`, `${7*7} <%=7*7%> #{7*7}`, `javascript:alert(1)`,
		`'; DROP TABLE messages; --`, `' OR '1'='1`, "%_%_%", "\u202egnp.exe", strings.Repeat("e\u0301", 50),
	} {
		if a := it.vera.call("POST", "/api/public/conversation/messages", words{ClientID: uid(fmt.Sprint("m", i)), Text: text}); a.status != http.StatusCreated {
			t.Errorf("A-001: %q: %d %s", text, a.status, a.body)
		}
	}
	a := it.amy.call("GET", "/api/conversations/"+it.conversation+"/messages?limit=100", nil)
	var page struct{ Items []struct{ Text string } }
	a.into(t, &page)
	found := 0
	for _, m := range page.Items {
		if strings.Contains(m.Text, "onerror=fetch('//c2')") || strings.Contains(m.Text, "${7*7}") || m.Text == "'; DROP TABLE messages; --" {
			found++
		}
	}
	if found != 3 || a.header.Get("Content-Type") != "application/json" || a.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("A-001, A-004: %d found in %s", found, a.body)
	}
	for _, q := range []string{"'", "' OR 1=1 --", "%", "_", `\`, "a' UNION SELECT password_hash FROM agents --", `" NEAR( * col:`} {
		c := *it.amy
		a := c.call("GET", "/api/customers?q="+strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(q, "%", "%25"), " ", "+"), "#", ""), nil)
		if a.status != http.StatusOK || strings.Contains(a.body, "argon2") {
			t.Errorf("A-099, A-100: %q: %d %s", q, a.status, a.body)
		}
	}
	named := h.nobody()
	named.header.Set("User-Agent", "<script>x</script>")
	if a := named.call("POST", "/api/public/entry-points/ent_demo/conversations", map[string]any{
		"client_id": uid("named"), "name": "Vera\r\nBcc: all\u202e", "email": "vera@example.com", "question": "Hi", "page": "javascript:alert(1)",
	}); a.status != http.StatusCreated {
		t.Errorf("A-002, A-003, A-012: %d %s", a.status, a.body)
	}
	if a := named.call("POST", "/api/public/entry-points/ent_demo/conversations", map[string]any{
		"client_id": uid("long"), "name": strings.Repeat("x", 10_000), "email": "vera@example.com", "question": "Hi",
	}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("A-002: a name of 10,000: %d", a.status)
	}
}

// TestParallelAccepts: of 100 accepts at once the offer's agent gets
// one answer, and another agent's offer is nobody else's.
func TestParallelAccepts(t *testing.T) {
	h := open(t)
	amy, bob := h.as("amy"), h.as("bob")
	conn := amy.socket(peopleLive, "?after=0")
	if a := amy.call("PUT", "/api/agents/me/presence", map[string]any{"status": "available"}); a.status >= 300 {
		t.Fatal(a.body)
	}
	h.visitor("c1")
	path := "/api/interactions/" + event(t, conn, "offer_made") + "/offers/1/acceptance"
	if a := bob.call("PUT", path, map[string]any{}); a.status != http.StatusNotFound {
		t.Errorf("A-097: another's offer: %d %s", a.status, a.body)
	}
	var all sync.WaitGroup
	answers := make([]answer, 100)
	for i := range answers {
		all.Go(func() { answers[i] = amy.call("PUT", path, map[string]any{}) })
	}
	all.Wait()
	for _, a := range answers {
		if a.status >= 300 && a.status != http.StatusTooManyRequests {
			t.Errorf("A-097: a repeat: %d %s", a.status, a.body)
		}
	}
	if a := amy.call("PUT", strings.Replace(path, "/1/", "/2/", 1), map[string]any{}); a.status != http.StatusNotFound && a.status != http.StatusConflict {
		t.Errorf("A-097: an offer that never was: %d", a.status)
	}
}

// TestWrongSignIn: an unknown name and a wrong password are
// one answer, nobody is locked out, and a session is new each time.
func TestWrongSignIn(t *testing.T) {
	h := open(t)
	bare := regexp.MustCompile(`req_[0-9a-f]+`)
	wrong := h.nobody().call("POST", "/api/session", map[string]any{"login": "amy", "password": "not it"})
	unknown := h.nobody().call("POST", "/api/session", map[string]any{"login": "nobody", "password": "not it"})
	if wrong.status != http.StatusUnauthorized || bare.ReplaceAllString(wrong.body, "") != bare.ReplaceAllString(unknown.body, "") {
		t.Errorf("A-081: %d %s, %d %s", wrong.status, wrong.body, unknown.status, unknown.body)
	}
	fixed := h.nobody()
	fixed.cookie = cookiePlain + "=ses_" + strings.Repeat("f", 43)
	in := fixed.call("POST", "/api/session", map[string]any{"login": "amy", "password": "demo"})
	if in.status != http.StatusOK {
		t.Fatalf("A-082: the right password after a wrong one: %d %s", in.status, in.body)
	}
	if strings.Contains(in.cookies[0].Value, "ffff") {
		t.Error("A-083: the session is the one that was brought")
	}
	if a := h.nobody().call("POST", "/api/session", map[string]any{"login": "amy", "password": "demo"}); a.status != http.StatusConflict || a.code() != "session_elsewhere" {
		t.Errorf("SEC-08: a second sign-in: %d %s", a.status, a.body)
	}
}

// TestTooManyTries A-082: who is told that there were too many is told when to
// come back.
func TestTooManyTries(t *testing.T) {
	p := asProblem(office.ErrTooManyTries.With(map[string]any{"retry_after": 8}))
	if after := p.GetHeaders().Get("Retry-After"); p.Status != http.StatusTooManyRequests || after != "8" {
		t.Errorf("A-082: %d, to come back after %q", p.Status, after)
	}
	if after := asProblem(parley.ErrRateLimited).GetHeaders().Get("Retry-After"); after != "1" {
		t.Errorf("A-105: to come back after %q", after)
	}
}

// TestSetupOnce A-093: there is no second beginning.
func TestSetupOnce(t *testing.T) {
	h := open(t)
	body := map[string]any{
		"token": "setup_x", "center": "Mine", "zone": "America/Toronto", "login": "eve", "display_name": "Eve",
		"password": "a long password", "language": "en",
	}
	if a := h.nobody().call("POST", "/api/setup", body); a.status != http.StatusNotFound {
		t.Errorf("A-093: %d %s", a.status, a.body)
	}
	if a := h.nobody().call("GET", "/api/setup", nil); !strings.Contains(a.body, `"needed":false`) {
		t.Errorf("A-093: %s", a.body)
	}
}

// TestNothingLeaks: no answer holds what looks like a secret,
// and the log holds no words, names, addresses or tokens.
func TestNothingLeaks(t *testing.T) {
	h := open(t)
	it := h.served("c1")
	it.vera.call("POST", "/api/public/conversation/messages", words{ClientID: uid("m1"), Text: "my card is plum-4111\u001b[31m\nlevel=ERROR"})
	it.amy.call("POST", "/api/interactions/"+it.interaction+"/messages", words{ClientID: uid("m2"), Text: "thank you for the card"})
	it.vera.call("GET", "/api/public/conversation?token="+it.vera.bearer, nil)
	ada := h.as("ada")
	secret := regexp.MustCompile(`argon2|"(password|password_hash|token|token_hash|secret|key_hash|refresh)":"[^"]`)
	for path := range h.paths() {
		if strings.Contains(path, "{") || path == "/api/session" {
			continue
		}
		for _, c := range []*client{ada, it.amy, it.vera} {
			if a := c.call("GET", path, nil); secret.MatchString(a.body) {
				t.Errorf("A-040: GET %s: %s", path, secret.FindString(a.body))
			}
		}
	}
	log := h.log.String()
	for _, word := range []string{"plum-4111", "thank you", "Vera", "vera@example.com", "127.0.0.1", it.vera.bearer, "ses_", "\x1b"} {
		if strings.Contains(log, word) && (word != "ses_" || regexp.MustCompile(`ses_[A-Za-z0-9_-]{43}`).MatchString(log)) {
			at := strings.Index(log, word)
			t.Errorf("A-034, A-108: the log holds %q: %s", word, log[max(0, at-200):min(len(log), at+100)])
		}
	}
	if !strings.Contains(log, `"route":"POST /api/public/conversation/messages"`) {
		t.Error("A-108: the log has no routes: this test would prove nothing")
	}
}

// TestAuditIsReadOnly A-117: nobody changes the audit log, and changes are in it.
func TestAuditIsReadOnly(t *testing.T) {
	h := open(t)
	ada := h.as("ada")
	if a := ada.call("POST", "/api/admin/skills", map[string]any{"name": "Knitting"}); a.status != http.StatusCreated {
		t.Fatal(a.body)
	}
	var page struct {
		Items []struct {
			Action, Actor, IP string
			Request           string `json:"request_id"`
		}
	}
	ada.call("GET", "/api/admin/audit?limit=1", nil).into(t, &page)
	if len(page.Items) != 1 || page.Items[0].Action != "create_skill" || page.Items[0].IP != "127.0.0.1" || page.Items[0].Request == "" {
		t.Errorf("A-117: %+v", page.Items)
	}
	for _, method := range []string{"PUT", "POST", "DELETE", "PATCH"} {
		for _, path := range []string{"/api/admin/audit", "/api/admin/audit/1"} {
			if a := ada.call(method, path, map[string]any{}); a.status != http.StatusNotFound {
				t.Errorf("A-117: %s %s: %d", method, path, a.status)
			}
		}
	}
}

// TestClaims: whoever claims a known customer's address is matched
// for the agent, unverified, and is shown nothing of theirs.
func TestClaims(t *testing.T) {
	h := open(t)
	ada := h.as("ada")
	made := ada.call("POST", "/api/customers", map[string]any{"first_name": "Quentin", "last_name": "Victim", "emails": []string{"victim@example.com"}})
	if made.status != http.StatusCreated {
		t.Fatalf("%d %s", made.status, made.body)
	}
	a := h.nobody().call("POST", "/api/public/entry-points/ent_demo/conversations", map[string]any{
		"client_id": uid("claim"), "name": "Mallory", "email": "victim@example.com", "question": "What is my address?",
	})
	claimer := &client{h: h, bearer: a.text("token"), header: http.Header{}}
	for _, path := range []string{"", "/messages", "/transcript"} {
		if a := claimer.call("GET", "/api/public/conversation"+path, nil); a.status != http.StatusOK || strings.Contains(a.body, "Quentin") || strings.Contains(a.body, "cus_") {
			t.Errorf("A-036, A-107: %s shows %d %s", path, a.status, a.body)
		}
	}
}

// TestVisitorTokens: tokens are long, unlike each other, and one that
// was replaced opens nothing.
func TestVisitorTokens(t *testing.T) {
	h := open(t)
	first := h.visitor("same")
	second := h.visitor("same")
	if len(first.bearer) < len("vt_")+43 || first.bearer == second.bearer {
		t.Errorf("A-033: %q", first.bearer)
	}
	if a := first.call("GET", "/api/public/conversation", nil); a.status != http.StatusUnauthorized {
		t.Errorf("A-042: the token before still opens: %d", a.status)
	}
	if a := second.call("GET", "/api/public/conversation", nil); a.status != http.StatusOK {
		t.Errorf("A-042: the fresh one: %d %s", a.status, a.body)
	}
	inQuery := h.nobody().call("GET", "/api/public/conversation?token="+second.bearer, nil)
	if inQuery.status != http.StatusBadRequest || strings.Contains(inQuery.body, second.bearer) {
		t.Errorf("A-034: a token in an address: %d %s", inQuery.status, inQuery.body)
	}
}
