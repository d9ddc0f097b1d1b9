package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestWebhooks API-02, A-040, A-071: through the doors, a secret is shown once,
// and who is told is told what a program of the channel API brings.
func TestWebhooks(t *testing.T) {
	told := make(chan string, 100)
	outside := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		told <- string(body)
	}))
	t.Cleanup(outside.Close)
	eachDatabase(t, func(t *testing.T, h *here) {
		ada := h.as("ada")
		made := ada.call("POST", "/api/admin/webhooks", map[string]any{
			"name": "Bot", "url": outside.URL, "events": []string{"message"}, "enabled": true,
		})
		secret := made.text("secret")
		if made.status != http.StatusCreated || !strings.HasPrefix(secret, "whs_") {
			t.Fatalf("API-02: made is %d %s", made.status, made.body)
		}
		one := "/api/admin/webhooks/" + made.text("id")
		for _, path := range []string{"/api/admin/webhooks", one, one + "/events", "/api/admin/audit"} {
			if a := ada.call("GET", path, nil); a.status != http.StatusOK || strings.Contains(a.body, secret) {
				t.Errorf("A-040: %s is %d %s", path, a.status, a.body)
			}
		}
		for name, body := range map[string]map[string]any{
			"no address": {"name": "x", "url": "", "events": []string{"message"}, "enabled": true},
			"no events":  {"name": "x", "url": outside.URL, "events": []string{}, "enabled": true},
			"a file":     {"name": "x", "url": "file:///etc/passwd", "events": []string{"message"}, "enabled": true},
		} {
			if a := ada.call("POST", "/api/admin/webhooks", body); a.status != http.StatusUnprocessableEntity {
				t.Errorf("A-069: %s is %d %s", name, a.status, a.body)
			}
		}
		if a := ada.call("POST", one+"/replays", map[string]any{}); a.status != http.StatusUnprocessableEntity {
			t.Errorf("API-02: replaying nothing is %d %s", a.status, a.body)
		}
		h.visitor("c1").call("POST", "/api/public/conversation/messages", map[string]any{
			"client_id": "4b6c1f0e-6d0e-4d6c-9a51-8a2f6f0d8a12", "text": "Is it you?",
		})
		for !strings.Contains(<-told, "Is it you?") { // the question the visitor began with comes first
			continue
		}
		if a := ada.call("POST", one+"/secret", map[string]any{}); a.status != http.StatusOK || a.text("secret") == secret {
			t.Errorf("A-071: the next secret is %d %s", a.status, a.body)
		}
		if a := ada.call("DELETE", one, nil); a.status != http.StatusNoContent {
			t.Errorf("API-02: removing it is %d %s", a.status, a.body)
		}
	})
}
