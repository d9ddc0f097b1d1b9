package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"parley/internal/simulator"
)

// caller speaks to the API, as a script does.
type caller struct {
	t      *testing.T
	client *http.Client
	url    string
	key    string
}

// call makes a request and reads its answer into out, if that is not nil.
func (c *caller) call(method, path string, in, out any) string {
	c.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		c.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.key != "" {
		r.Header.Set("Authorization", "Bearer "+c.key)
	}
	answer, err := c.client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= http.StatusMultipleChoices {
		c.t.Fatalf("%s %s: %d %s %v", method, path, answer.StatusCode, said, err)
	}
	if out != nil {
		if err := json.Unmarshal(said, out); err != nil {
			c.t.Fatalf("%s %s: %v in %s", method, path, err, said)
		}
	}
	return string(said)
}

// TestChannelByKey: SMS-01, SOC-01, A-095: a script with nothing but an API key
// sets a number up, tries it out, pauses it and takes it away; it never sees the
// secret again.
func TestChannelByKey(t *testing.T) {
	h := running(t, command(t))
	ready(t, h)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	ada := &caller{t, &http.Client{Jar: jar}, h.address(), ""}
	ada.call("POST", "/api/session", map[string]any{"login": "ada", "password": "demo"}, nil)
	var made struct{ Key string }
	ada.call("POST", "/api/admin/api-keys", map[string]any{"name": "Set-up", "scopes": []string{"administer"}}, &made)

	script := &caller{t, &http.Client{}, h.address(), made.Key}
	var providers struct {
		Items []struct {
			Provider string
			Fields   []struct {
				Name             string
				Secret, Required bool
			}
		}
	}
	script.call("GET", "/api/admin/providers", nil, &providers)
	secret := ""
	for _, p := range providers.Items {
		for _, f := range p.Fields {
			if p.Provider == "twilio" && f.Secret && f.Required {
				secret = f.Name
			}
		}
	}
	var queues struct{ Items []struct{ ID string } }
	script.call("GET", "/api/admin/queues", nil, &queues)
	const token = "0123456789abcdef0123456789abcdef"
	settings := map[string]string{"account_sid": "AC" + strings.Repeat("5", 32), "base_url": h.address() + "/sim/api/twilio/script"}
	point := map[string]any{
		"provider": "twilio", "name": "Texts", "enabled": true, "queue_id": queues.Items[0].ID, "address": "+15145550166",
		"settings": settings, "secrets": map[string]string{secret: token},
		"script": map[string]any{
			"schedule": map[string]any{"zone": "UTC", "hours": []any{}}, "form": []any{}, "skip_queue": false, "offline_form": false,
			"position": false, "customer_end": false, "language": "en", "accent": "#0c6577",
			"greeting": map[string]string{"en": "", "fr": ""}, "closed": map[string]string{"en": "", "fr": ""}, "title": map[string]string{"en": "", "fr": ""},
		},
	}
	var id struct{ ID string }
	script.call("POST", "/api/admin/entry-points", point, &id)
	one := "/api/admin/entry-points/" + id.ID
	if shown := script.call("GET", one, nil, nil); strings.Contains(shown, token) || !strings.Contains(shown, `"secrets_set":["`+secret+`"]`) {
		t.Errorf("A-095: %s", shown)
	}

	type health struct {
		Webhook, Paused string
		Received, Sent  int64
		SignedAt        int64 `json:"signed_at"`
	}
	now := func() (got health) {
		script.call("GET", one+"/health", nil, &got)
		return got
	}
	until(t, "the simulator has its account", func() bool { return h.sandbox.Line("script") != nil })
	script.call("POST", "/sim/control/say", simulator.In{Account: "script", From: "+15145550134", Kind: "text", Text: "Hello"}, nil)
	until(t, "a signed message came in", func() bool { got := now(); return got.Received == 1 && got.SignedAt > 0 })
	var answer struct {
		OK     bool
		Detail string
	}
	script.call("POST", one+"/test", map[string]string{"to": "+15145550134"}, &answer)
	if !answer.OK || now().Sent != 1 {
		t.Errorf("the network took no test: %+v %+v", answer, now())
	}
	for _, paused := range []bool{true, false} {
		script.call("PUT", one+"/pause", map[string]bool{"paused": paused}, nil)
		if got := now().Paused; (got == "admin") != paused {
			t.Errorf("R-48: paused is %q", got)
		}
	}
	if audit := ada.call("GET", "/api/admin/audit?limit=50", nil, nil); strings.Contains(audit, token) {
		t.Errorf("A-095: the audit log has a secret")
	}
}
