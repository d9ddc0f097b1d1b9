package main

import (
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"testing"

	"parley/internal/simulator"
)

// point is an entry point as a script saves it.
type point map[string]any

// pointOf is one at a network, whose account at the simulator has a name.
func pointOf(provider, address string, queue string, settings, secrets map[string]string) point {
	return point{
		"provider": provider, "name": provider + " by hand", "enabled": true, "queue_id": queue, "address": address, "settings": settings, "secrets": secrets,
		"script": map[string]any{
			"schedule": map[string]any{"zone": "UTC", "hours": []any{}}, "form": []any{}, "skip_queue": false, "offline_form": false,
			"position": false, "customer_end": false, "language": "en", "accent": "#0c6577",
			"greeting": map[string]string{"en": "", "fr": ""}, "closed": map[string]string{"en": "", "fr": ""}, "title": map[string]string{"en": "", "fr": ""},
		},
	}
}

// administrator signs ada in.
func administrator(t *testing.T, h *house) *caller {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	ada := &caller{t, &http.Client{Jar: jar}, h.address(), ""}
	ada.call("POST", "/api/session", map[string]any{"login": "ada", "password": "demo"}, nil)
	return ada
}

// TestAccountsByThemselves: an entry point that is saved has its phones at once; the
// network asks for the webhook by itself, hears what is changed there, keeps its
// own credentials and forgets whom nobody has any more (SOC-01, R-48, A-132).
func TestAccountsByThemselves(t *testing.T) {
	h := running(t, command(t))
	ready(t, h)
	ada := administrator(t, h)
	var queues struct{ Items []struct{ ID string } }
	ada.call("GET", "/api/admin/queues", nil, &queues)
	settings := map[string]string{
		"phone_number_id": "111111111111111", "business_account_id": "222222222222222", "app_id": "333333333333333",
		"base_url": h.address() + "/sim/api/whatsapp/by-hand",
	}
	given := map[string]string{"access_token": "given-by-the-network", "app_secret": "0123456789abcdef0123456789abcdef", "verify_token": "word-of-ours-1"}
	p := pointOf("whatsapp", "+15145550177", queues.Items[0].ID, settings, given)
	var made struct{ ID string }
	ada.call("POST", "/api/admin/entry-points", p, &made)
	one := "/api/admin/entry-points/" + made.ID
	type health struct {
		Handshake int64 `json:"handshake_at"`
		Received  int64
	}
	now := func() (got health) {
		ada.call("GET", one+"/health", nil, &got)
		return got
	}
	until(t, "the network has asked who is behind the address", func() bool { return now().Handshake > 0 })
	say := func() {
		t.Helper()
		if _, err := h.sandbox.Say(t.Context(), simulator.In{Account: "by-hand", From: "15145550134", Kind: "text", Text: "Hello"}); err != nil {
			t.Fatal(err)
		}
	}
	say()
	until(t, "what a phone says comes in", func() bool { return now().Received == 1 })

	test := func() (answer struct{ OK bool }) {
		ada.call("POST", one+"/test", map[string]string{"to": "+15145550134"}, &answer)
		return answer
	}
	if !test().OK {
		t.Error("with the credentials that were saved first it sends")
	}
	change := func(rev int, secrets map[string]string) {
		t.Helper()
		p["rev"], p["secrets"] = rev, secrets
		ada.call("PUT", one, p, nil)
	}
	change(1, map[string]string{"access_token": "of-somebody-else", "verify_token": "word-of-ours-2"})
	until(t, "a word of ours is told", func() bool { return h.sandbox.Line("by-hand").Setting("verify_token") == "word-of-ours-2" })
	if test().OK {
		t.Error("R-48: credentials that are not the network's are refused")
	}
	change(2, given)
	if !test().OK {
		t.Error("R-48: with the right ones it sends again")
	}
	say() // the network has forgotten nothing, its window least of all

	moved := maps.Clone(settings)
	moved["base_url"] = h.address() + "/sim/api/whatsapp/elsewhere"
	p["settings"] = moved
	change(3, nil)
	until(t, "the account has another name", func() bool { return h.sandbox.Line("by-hand") == nil && h.sandbox.Line("elsewhere") != nil })
}

// TestMessageCenterByItself: an operator's message center on this machine is the
// simulator's, at the port that was filled in (SMS-01).
func TestMessageCenterByItself(t *testing.T) {
	h := running(t, command(t))
	ready(t, h)
	ada := administrator(t, h)
	var queues struct{ Items []struct{ ID string } }
	ada.call("GET", "/api/admin/queues", nil, &queues)
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var made struct{ ID string }
	ada.call("POST", "/api/admin/entry-points", pointOf("smpp", "+15145550178", queues.Items[0].ID,
		map[string]string{"host": "127.0.0.1", "port": port, "system_id": "parley"}, map[string]string{"password": "secret"}), &made)
	account := "smpp-" + port
	until(t, "the message center is there", func() bool { return h.sandbox.Line(account) != nil })
	until(t, "what a phone says comes in", func() bool {
		_, err := h.sandbox.Say(t.Context(), simulator.In{Account: account, From: "+15145550134", Kind: "text", Text: "Hello"})
		var got struct{ Received int64 }
		ada.call("GET", "/api/admin/entry-points/"+made.ID+"/health", nil, &got)
		return err == nil && got.Received > 0
	})
}
