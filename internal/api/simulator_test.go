package api

import (
	"net/http"
	"strings"
	"testing"

	"parley"
)

// stage stands in for a simulator: it says that somebody came through to it.
var stage = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })

func staged(o *Options) { o.Simulator = stage }

func serious(o *Options) { o.Simulator, o.Demo = stage, false }

// TestSimulator A-132: simulated networks are nowhere but in a sandbox, and
// whoever can be any customer there is an administrator or on the demo's machine.
func TestSimulator(t *testing.T) {
	const control, call = "/sim/control/say", "/sim/api/whatsapp/a/v25.0/1/messages"
	t.Run("A-132: a center that serves people has none", func(t *testing.T) {
		nobody := open(t).as("ada")
		same := nobody.call("GET", "/api/nothing/here", nil)
		for _, path := range []string{"/sim", "/sim/", "/sim/phones", "/sim/assets/x.js", control, call, "/sim/control/accounts"} {
			if a := nobody.call("GET", path, nil); a.status != http.StatusNotFound || a.code() != same.code() {
				t.Errorf("%s: %d %s", path, a.status, a.body)
			}
		}
	})
	t.Run("A-132: in a sandbox it is for administrators", func(t *testing.T) {
		h := open(t, serious)
		for who, want := range map[*client]int{h.nobody(): 401, h.visitor("v"): 401, h.as("amy"): 403, h.as("sam"): 403, h.as("ada"): http.StatusTeapot} {
			if a := who.call("POST", control, map[string]string{}); a.status != want {
				t.Errorf("got %d %s, want %d", a.status, a.body, want)
			}
		}
		if a := h.nobody().call("POST", call+"?access_token=EAAG", strings.Repeat("x", bodyBytesMax+1)); a.status != http.StatusTeapot {
			t.Errorf("a network's API asks for its own credentials: %d %s", a.status, a.body)
		}
	})
	t.Run("A-129: in the demo it is for this machine", func(t *testing.T) {
		h := open(t, staged)
		if a := h.nobody().call("POST", control, map[string]string{}); a.status != http.StatusTeapot {
			t.Errorf("from this machine: %d %s", a.status, a.body)
		}
		for name, header := range map[string]http.Header{
			"a site of another name": {"Host": {"evil.example"}}, "a proxy": {"X-Forwarded-For": {"203.0.113.9"}},
		} {
			c := h.nobody()
			c.header = header
			if a := c.call("POST", control, map[string]string{}); a.status != http.StatusUnauthorized {
				t.Errorf("%s: %d %s", name, a.status, a.body)
			}
		}
		c := h.nobody()
		c.header = http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example"}}
		if a := c.call("POST", control, map[string]string{}); a.status != http.StatusForbidden || a.code() != errCrossOrigin.Code {
			t.Errorf("A-036: another site's page: %d %s", a.status, a.body)
		}
	})
	t.Run("A-041: beside the demo's phones the workspace may be framed, nowhere else", func(t *testing.T) {
		for name, change := range map[string]func(*Options){"frame-ancestors 'self'": staged, "frame-ancestors 'none'": serious} {
			csp := open(t, change).nobody().call("GET", "/agent", nil).header.Get("Content-Security-Policy")
			if !strings.Contains(csp, name) || !strings.Contains(csp, "trusted-types default") {
				t.Errorf("%s: %q", name, csp)
			}
		}
	})
	t.Run("its page is there", func(t *testing.T) {
		a := open(t, staged).nobody().call("GET", "/sim", nil)
		if a.status != http.StatusOK || !strings.Contains(a.header.Get("Content-Security-Policy"), "nonce-") {
			t.Errorf("%d %s", a.status, a.header.Get("Content-Security-Policy"))
		}
		if a := open(t, staged).nobody().call("GET", "/sim/nothing.js", nil); a.code() != parley.ErrNotFound.Code {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}
