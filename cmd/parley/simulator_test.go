package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/drill/people"
	"parley/internal/simulator"
)

// until asks again until ok, and gives up after patience.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// phone is one simulated phone of the demo center.
type phone struct{ account, from string }

func (p phone) shows(h *house) []simulator.Message {
	thread, _ := h.sandbox.Thread(p.account + "/" + p.from)
	return thread.Messages
}

var phones = []phone{
	{"ent_sms", "+15145550134"}, {"ent_whatsapp", "15145550134"}, {"ent_messenger", "6328923457821345"},
	{"ent_instagram", "7328923457821345"}, {"ent_x", "1830218901527773184"}, {"ent_telegram", "5001002003"},
}

// ready waits until the demo's networks and its CRM are at the simulator.
func ready(t *testing.T, h *house) {
	t.Helper()
	until(t, "the demo is ready", func() bool { return len(h.sandbox.Accounts()) == len(phones)+1 })
}

// TestDemoNetworks: in the demo center a customer writes by every network, the
// agent answers, and the phone shows it (F001 to F007).
func TestDemoNetworks(t *testing.T) {
	h := running(t, command(t))
	ready(t, h)
	amy, err := people.SignIn(t.Context(), h.address(), "amy", "demo")
	if err == nil {
		err = amy.Ready(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	for n, p := range phones {
		t.Run(p.account, func(t *testing.T) {
			in := simulator.In{Account: p.account, From: p.from, Name: "Marie Tremblay", Kind: "text", Text: "Bonjour ?"}
			if _, err := h.sandbox.Say(t.Context(), in); err != nil {
				t.Fatal(err)
			}
			id := accept(t, amy)
			if _, err := amy.Send(t.Context(), id, fmt.Sprintf("00000000-0000-4000-8000-%012d", n), "On it!"); err != nil {
				t.Fatal(err)
			}
			until(t, "the phone shows the answer", func() bool {
				return slices.ContainsFunc(p.shows(h), func(m simulator.Message) bool { return m.From == simulator.FromCenter && m.Text == "On it!" })
			})
			if err := amy.End(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// accept takes what is offered next and returns its interaction.
func accept(t *testing.T, agent *people.Agent) (id string) {
	t.Helper()
	until(t, "an offer", func() bool {
		now, err := agent.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range now.Interactions {
			if i.State == "offered" && i.Offer != nil && agent.Accept(t.Context(), i.Offer.ID) == nil {
				id = i.ID
			}
		}
		return id != ""
	})
	return id
}

// TestForgetfulPhones: phones forget with the process, and what they say then is
// nothing the center has heard before (E23).
func TestForgetfulPhones(t *testing.T) {
	c := command(t)
	seen := map[string]bool{}
	for n := range 2 {
		t.Run("start", func(t *testing.T) {
			h := running(t, c)
			ready(t, h)
			for _, p := range phones {
				id, err := h.sandbox.Say(t.Context(), simulator.In{Account: p.account, From: p.from, Kind: "text", Text: "Hello?"})
				if err != nil {
					t.Fatal(err)
				}
				if seen[p.account+id] {
					t.Errorf("%s says %s again", p.account, id)
				}
				seen[p.account+id] = true
			}
			sam, err := people.SignIn(t.Context(), h.address(), "sam", "demo")
			if err != nil {
				t.Fatal(err)
			}
			var waiting people.Snapshot
			until(t, "all messages are there", func() bool {
				if waiting, err = sam.Snapshot(t.Context()); err != nil {
					t.Fatal(err)
				}
				return len(waiting.Interactions) == len(phones)
			})
			for _, i := range waiting.Interactions {
				var page struct{ Messages []people.Message }
				if err := sam.Do(t.Context(), "GET", "/api/interactions/"+i.ID, nil, &page); err != nil {
					t.Fatal(err)
				}
				if len(page.Messages) != n+1 {
					t.Errorf("%d messages after %d starts", len(page.Messages), n+1)
				}
			}
		})
	}
}

// TestMovedDemo: the demo's networks are found again where it listens this time,
// with the secrets they had.
func TestMovedDemo(t *testing.T) {
	c := command(t)
	var secrets []string
	for range 2 {
		t.Run("start", func(t *testing.T) {
			h := running(t, c)
			ready(t, h)
			for _, a := range h.sandbox.Accounts() {
				secrets = append(secrets, a.ID+a.Settings["app_secret"])
				if !strings.HasPrefix(a.BaseURL, h.address()+"/sim/api/") || a.Network != "dataverse" && a.Settings["base_url"] != a.BaseURL {
					t.Errorf("%s is at %s, the entry point calls %s", a.ID, a.BaseURL, a.Settings["base_url"])
				}
			}
		})
	}
	half := len(secrets) / 2
	if !slices.Equal(secrets[:half], secrets[half:]) || !slices.ContainsFunc(secrets, func(s string) bool { return len(s) > 32 }) {
		t.Error("A-095: the secrets did not last")
	}
}

// A demo that was restored without its key draws its networks' secrets anew.
func TestLostKey(t *testing.T) {
	c := command(t)
	for range 2 {
		t.Run("start", func(t *testing.T) {
			h := running(t, c)
			ready(t, h)
		})
		if err := os.Remove(c.keyFile()); err != nil {
			t.Fatal(err)
		}
	}
}
