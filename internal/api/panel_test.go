package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// set changes settings of the center.
func (h *here) set(ada *client, values map[string]any) {
	h.t.Helper()
	var list []map[string]any
	for key, value := range values {
		list = append(list, map[string]any{"scope": "tenant", "scope_id": "", "key": key, "value": value})
	}
	if a := ada.call("PUT", "/api/admin/settings", map[string]any{"values": list}); a.status != http.StatusNoContent {
		h.t.Fatalf("settings: %d %s", a.status, a.body)
	}
}

func TestPanel(t *testing.T) {
	h := open(t)
	ada := h.as("ada")
	if csp := h.nobody().call("GET", "/panel", nil).header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Errorf("A-110: framed by whom? %q", csp)
	}
	for _, bad := range []string{"https://a;script-src *", "https://*", "https://crm.example/x", "javascript:alert(1)", "http://crm.example", "https://crm.example http://localhost.crm.example"} {
		value := map[string]any{"values": []any{map[string]any{"scope": "tenant", "scope_id": "", "key": "panel.origins", "value": bad}}}
		if a := ada.call("PUT", "/api/admin/settings", value); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "not_an_origin") {
			t.Errorf("A-110: %q: %d %s", bad, a.status, a.body)
		}
	}
	h.set(ada, map[string]any{"panel.origins": "https://CRM.example https://other.example"})
	for path, want := range map[string]string{
		"/panel": "frame-ancestors https://crm.example https://other.example", "/panel/agent": "frame-ancestors https://crm.example https://other.example",
		"/": "frame-ancestors 'none'", "/agent": "frame-ancestors 'none'",
	} {
		if csp := h.nobody().call("GET", path, nil).header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, want) {
			t.Errorf("A-110: %s: %q", path, csp)
		}
	}

	signed := h.nobody().call("POST", "/panel/api/session", map[string]any{"login": "sam", "password": "demo"})
	if signed.status != http.StatusOK || len(signed.cookies) != 1 {
		t.Fatalf("sign in: %d %s", signed.status, signed.body)
	}
	c := signed.cookies[0]
	if c.Name != cookiePanel || c.Path != "/panel" || !c.Secure || !c.HttpOnly || !c.Partitioned || c.SameSite != http.SameSiteNoneMode {
		t.Errorf("A-110: %v", c)
	}
	sam, elsewhere, bob := h.nobody(), h.nobody(), h.as("bob")
	sam.cookie, elsewhere.cookie = c.Name+"="+c.Value, cookiePlain+"="+c.Value
	bobs := strings.TrimPrefix(bob.cookie, cookiePlain+"=")
	bobInPanel := h.nobody()
	bobInPanel.cookie = cookiePanel + "=" + bobs
	for _, test := range []struct {
		name string
		who  *client
		path string
		want int
	}{
		{"the panel's own", sam, "/panel/api/live/snapshot", http.StatusOK},
		{"customers", sam, "/panel/api/customers", http.StatusOK},
		{"the same cookie at the app's door", sam, "/api/session", http.StatusUnauthorized},
		{"the same token as the app's cookie", elsewhere, "/api/session", http.StatusUnauthorized},
		{"the app's cookie at the panel's door", bob, "/panel/api/session", http.StatusUnauthorized},
		{"the app's token as the panel's cookie", bobInPanel, "/panel/api/session", http.StatusUnauthorized},
		{"a supervisor's right", sam, "/panel/api/offers", http.StatusForbidden},
		{"an administrator's", sam, "/panel/api/admin/agents", http.StatusForbidden},
	} {
		if a := test.who.call("GET", test.path, nil); a.status != test.want {
			t.Errorf("A-110: %s: %d %s", test.name, a.status, a.body)
		}
	}
	if body := sam.call("GET", "/panel/api/live/snapshot", nil).body; !strings.Contains(body, `"webchat":5000`) {
		t.Errorf("CFG-05: the preset of the panel does not count: %.600s", body)
	}
}

// TestSSO is A-086: what is begun by one browser is ended by it, once, and its
// session is for the page that began.
func TestSSO(t *testing.T) {
	h := open(t)
	begin := func(c *client, query string) answer {
		return c.call("GET", "/sso/start?"+query, nil)
	}
	verifier := strings.Repeat("v", 43)
	sum := sha256.Sum256([]byte(verifier))
	challenge := "challenge=" + base64.RawURLEncoding.EncodeToString(sum[:])
	page := h.nobody()
	page.header.Set("Sec-Fetch-Site", "same-origin")
	if a := begin(page, challenge); a.status != http.StatusSeeOther || a.header.Get("Location") != "/login#not_found" {
		t.Errorf("without a provider: %d %s", a.status, a.header)
	}
	idp := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		base := "http://" + r.Host
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"issuer": base, "authorization_endpoint": base + "/auth", "token_endpoint": base + "/none", "jwks_uri": base + "/keys",
		})
	}))
	defer idp.Close()
	h.set(h.as("ada"), map[string]any{"oidc.issuer": idp.URL, "oidc.client_id": "parley", "oidc.client_secret": "s"})

	link := h.nobody()
	link.header.Set("Sec-Fetch-Site", "cross-site")
	if a := begin(link, challenge); a.status != http.StatusForbidden {
		t.Errorf("A-086: begun by a link on another site: %d %s", a.status, a.body)
	}
	if a := begin(page, "challenge=short"); a.header.Get("Location") != "/login#bad_request" {
		t.Errorf("A-086: a challenge that is none: %d %v", a.status, a.header)
	}
	a := begin(page, challenge)
	to, err := url.Parse(a.header.Get("Location"))
	if err != nil || a.status != http.StatusSeeOther {
		t.Fatalf("%d %v", a.status, a.header)
	}
	q := to.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || len(q.Get("state")) < 43 || q.Get("scope") != "openid profile email" {
		t.Errorf("A-086: %v", q)
	}
	mine, other, none := h.nobody(), h.nobody(), h.nobody()
	mine.cookie = cookieSSOPlain + "=" + q.Get("state")
	other.cookie = cookieSSOPlain + "=st_" + strings.Repeat("x", 43)
	back := func(c *client, state string) string {
		return c.call("GET", "/sso/callback?code=c&state="+state, nil).header.Get("Location")
	}
	for name, got := range map[string]string{
		"without the cookie":  back(none, q.Get("state")),
		"in another browser":  back(other, q.Get("state")),
		"without a state":     back(mine, ""),
		"with a state of old": back(other, "st_"+strings.Repeat("x", 43)),
	} {
		if got != "/login#sso_failed" {
			t.Errorf("A-086: %s: %s", name, got)
		}
	}
	finish := func(v string) answer {
		return h.nobody().call("POST", "/api/session/sso", map[string]any{"verifier": v})
	}
	if a := finish(verifier); a.status != http.StatusConflict || !strings.Contains(a.body, "sso_pending") {
		t.Errorf("before anybody is back: %d %s", a.status, a.body)
	}
	code, _ := strings.CutPrefix(back(mine, q.Get("state")), "/login#")
	if code != "sso_unavailable" && code != "sso_failed" {
		t.Errorf("a provider that refuses the code: %s", code)
	}
	if got := back(mine, q.Get("state")); got != "/login#sso_failed" {
		t.Errorf("A-086: the same state again: %s", got)
	}
	if a := finish(verifier); a.status < http.StatusBadRequest || !strings.Contains(a.body, code) {
		t.Errorf("A-086: the page that began says %s as its window does: %d %s", code, a.status, a.body)
	}
	if a := finish(strings.Repeat("w", 43)); a.status != http.StatusUnauthorized {
		t.Errorf("A-086: another page's sign-in: %d %s", a.status, a.body)
	}
	h.set(h.as("ada"), map[string]any{"oidc.issuer": idp.URL + "/nowhere"})
	if a := begin(page, challenge+"&window="); a.header.Get("Location") != "/sso/done#sso_unavailable" {
		t.Errorf("a provider that does not answer: %d %v", a.status, a.header)
	}
	if a := finish(verifier); !strings.Contains(a.body, "sso_unavailable") {
		t.Errorf("the page that began says so too: %d %s", a.status, a.body)
	}
}
