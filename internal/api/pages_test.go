package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestHeaders: what every answer carries.
func TestHeaders(t *testing.T) {
	h := open(t)
	amy := h.as("amy")
	tests := []struct {
		path   string
		page   bool
		framed bool
		status int
	}{
		{"/", true, false, 200},
		{"/interactions/int_1", true, false, 200},
		{"/supervisor/offers/int_1.1", true, false, 200},
		{"/admin/fields/customer.account_number", true, false, 200},
		{"/widget/ent_demo", true, true, 200},
		{"/widget/ent_none", false, false, 404},
		{"/demo/shop", true, false, 200},
		{"/api/docs", true, false, 200},
		{"/api/live/snapshot", false, false, 200},
		{"/api/none", false, false, 404},
		{"/none.js", false, false, 404},
		{"/none/Accounts/AC1.json", false, false, 404},
		{"/healthz", false, false, 200},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			a := amy.call("GET", test.path, nil)
			if a.status != test.status {
				t.Errorf("got %d %s", a.status, a.body)
			}
			csp := a.header.Get("Content-Security-Policy")
			for _, forbidden := range []string{"unsafe-inline", "unsafe-eval", "*"} {
				if strings.Contains(csp, forbidden) || csp == "" {
					t.Errorf("A-120: the policy has %s: %q", forbidden, csp)
				}
			}
			if !strings.Contains(csp, "default-src 'none'") {
				t.Errorf("A-120: the policy does not begin with nothing: %q", csp)
			}
			if test.page && (!strings.Contains(csp, "'nonce-") || !strings.Contains(csp, "require-trusted-types-for 'script'")) {
				t.Errorf("A-120: a page without nonce or Trusted Types: %q", csp)
			}
			if none := strings.Contains(csp, "frame-ancestors 'none'"); none == test.framed {
				t.Errorf("A-110: framed %v: %q", test.framed, csp)
			}
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
			} {
				if got := a.header.Get(name); got != want {
					t.Errorf("A-120, A-116: %s: %q, want %q", name, got, want)
				}
			}
			if !test.framed && (a.header.Get("X-Frame-Options") != "DENY" || a.header.Get("Cross-Origin-Opener-Policy") != "same-origin") {
				t.Errorf("A-110: %v", a.header)
			}
			if a.header.Get("X-Request-Id") == "" || a.header.Get("Strict-Transport-Security") != "" {
				t.Errorf("a request without id, or HSTS over plain HTTP: %v", a.header)
			}
		})
	}
}

// TestNonce: a page's nonce is in its policy, and never twice the same.
func TestNonce(t *testing.T) {
	h := open(t)
	var seen []string
	for range 3 {
		csp := h.nobody().call("GET", "/", nil).header.Get("Content-Security-Policy")
		_, rest, _ := strings.Cut(csp, "'nonce-")
		nonce, _, _ := strings.Cut(rest, "'")
		if len(nonce) < 20 || slices.Contains(seen, nonce) {
			t.Errorf("A-120: nonce %q after %v", nonce, seen)
		}
		seen = append(seen, nonce)
	}
}

// TestHTTPS: behind a trusted proxy that speaks HTTPS the cookie is
// bound to the host and the browser is told to stay.
func TestHTTPS(t *testing.T) {
	h := open(t, trustLoopback)
	secure := h.nobody()
	secure.header.Set("X-Forwarded-Proto", "https")
	secure.header.Set("X-Forwarded-For", "203.0.113.9")
	if got := secure.call("GET", "/", nil).header.Get("Strict-Transport-Security"); got == "" {
		t.Error("A-120: no HSTS over HTTPS")
	}
	h.person("grace")
	a := secure.call("POST", "/api/session", map[string]any{"login": "grace", "password": "a long password"})
	if a.status != http.StatusOK || len(a.cookies) != 1 {
		t.Fatalf("sign-in over HTTPS: %d %s", a.status, a.body)
	}
	c := a.cookies[0]
	if c.Name != "__Host-parley" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("A-084: %+v", c)
	}
	secure.cookie = c.Name + "=" + c.Value
	if a := secure.call("GET", "/api/session", nil); a.status != http.StatusOK {
		t.Errorf("A-084: the cookie opens nothing: %d", a.status)
	}
	out := secure.call("DELETE", "/api/session", nil)
	if out.status >= 300 || len(out.cookies) != 1 || out.cookies[0].MaxAge >= 0 || out.header.Get("Clear-Site-Data") == "" {
		t.Errorf("A-116: sign-out leaves something: %d %v", out.status, out.header)
	}
	if a := secure.call("GET", "/api/session", nil); a.status != http.StatusUnauthorized {
		t.Errorf("A-083: the old cookie still opens: %d", a.status)
	}
}

// TestLoopbackOnly A-129: demo accounts work on this machine only, and nobody
// signs in over plain HTTP from elsewhere.
func TestLoopbackOnly(t *testing.T) {
	in := map[string]any{"login": "amy", "password": "demo", "take_over": true}
	tests := []struct {
		name   string
		header http.Header
		status int
		code   string
	}{
		{"A-129: on this machine", http.Header{}, 200, ""},
		{"A-129: a Host that is not loopback", http.Header{"Host": {"parley.example"}}, 403, "demo_only_on_loopback"},
		{"A-129: a forwarding header over HTTP", http.Header{"X-Forwarded-For": {"203.0.113.9"}}, 403, "demo_only_on_loopback"},
		{"A-129: a forwarding header over HTTPS", http.Header{"X-Forwarded-For": {"203.0.113.9"}, "X-Forwarded-Proto": {"https"}}, 403, "demo_only_on_loopback"},
		{"A-129: HTTPS and a Host that is not loopback", http.Header{"X-Forwarded-Proto": {"https"}, "Host": {"parley.example"}}, 403, "demo_only_on_loopback"},
	}
	h := open(t, trustLoopback)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := h.nobody()
			c.header = test.header
			if a := c.call("POST", "/api/session", in); a.status != test.status || a.code() != test.code {
				t.Errorf("got %d %s", a.status, a.body)
			}
		})
	}
	stranger := open(t, func(o *Options) { o.Demo = false }).nobody()
	stranger.header = http.Header{"Host": {"parley.example"}}
	if a := stranger.call("POST", "/api/session", in); a.status != 403 || a.code() != "insecure_connection" {
		t.Errorf("A-129: a center that serves people, over plain HTTP: %d %s", a.status, a.body)
	}
}

// TestWidgetFrame A-041: the widget may be framed by ourselves and the sites its
// entry point allows.
func TestWidgetFrame(t *testing.T) {
	h := open(t)
	ada := h.as("ada")
	var all struct{ Items []map[string]any }
	ada.call("GET", "/api/admin/entry-points", nil).into(t, &all)
	i := slices.IndexFunc(all.Items, func(e map[string]any) bool { return e["id"] == "ent_demo" })
	entry := all.Items[i]
	for _, read := range []string{"id", "secrets_set", "paused"} {
		delete(entry, read)
	}
	entry["allowed_origins"] = []string{"https://shop.example"}
	if a := ada.call("PUT", "/api/admin/entry-points/ent_demo", entry); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	csp := h.nobody().call("GET", "/widget/ent_demo", nil).header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "frame-ancestors 'self' https://shop.example") {
		t.Errorf("A-041: %q", csp)
	}
	entry["allowed_origins"] = []string{"https://shop.example; script-src *"}
	if a := ada.call("PUT", "/api/admin/entry-points/ent_demo", entry); a.status != http.StatusUnprocessableEntity && a.status != http.StatusConflict {
		t.Errorf("A-041: an origin with a directive in it: %d %s", a.status, a.body)
	}
}

// TestHidden: what must not be there is not there, always the same way.
func TestHidden(t *testing.T) {
	h := open(t)
	nobody := h.nobody()
	same := nobody.call("GET", "/api/nothing/here", nil)
	for _, path := range []string{
		"/api/debug/pprof", "/api/sim/x", "/api/admin/none",
		"/.git/HEAD", "/app.js.map", "/assets/index.js.map", "/assets/", "/assets/..%2f..%2fembed.go", "/widget/assets/.keep",
		"/demo/..%2fapp/index.html",
	} {
		a := nobody.call("GET", path, nil)
		if a.status != http.StatusNotFound || a.code() != same.code() {
			t.Errorf("A-112: %s: %d %s", path, a.status, a.body)
		}
	}
	for _, path := range []string{"/metrics", "/debug/pprof/"} {
		if a := nobody.call("GET", path, nil); strings.Contains(a.body, "parley_") || strings.Contains(a.body, "goroutine") {
			t.Errorf("A-112: %s tells: %s", path, a.body)
		}
	}
	for _, path := range []string{"/api/docs", "/api/openapi.json"} {
		if a := nobody.call("GET", path, nil); a.status != http.StatusUnauthorized {
			t.Errorf("A-112: %s without a sign-in: %d", path, a.status)
		}
	}
	if a := nobody.call("TRACE", "/", nil); a.status != http.StatusNotFound {
		t.Errorf("A-112: TRACE: %d", a.status)
	}
}

// TestDemoPages: only a demo center has them.
func TestDemoPages(t *testing.T) {
	h := open(t, func(o *Options) { o.Demo = false })
	if a := h.nobody().call("GET", "/demo/shop", nil); a.status != http.StatusNotFound {
		t.Errorf("got %d", a.status)
	}
}
