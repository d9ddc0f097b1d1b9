package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/drill/people"
	"parley/internal/simulator"
)

// carrier is a provider of SMS as an administrator sets it up, and as its
// simulator is told of it.
type carrier struct {
	provider string
	settings map[string]string
	secrets  map[string]string
	theirs   map[string]string // what only the simulator is told
}

var carriers = []carrier{
	{"eightbyeight", map[string]string{"subaccount_id": "tea_hq"}, map[string]string{"api_key": "api-key-of-8x8", "webhook_key": "k-0123456789abcdef"},
		map[string]string{"webhook_header": "Authorization: Bearer k-0123456789abcdef"}},
	{"vonage", map[string]string{"api_key": "abcd1234", "signature_method": "sha512"}, map[string]string{"api_secret": "secret-of-vonage", "signature_secret": "sign-0123456789"}, nil},
	{"smpp", map[string]string{"system_id": "parley"}, map[string]string{"password": "secret"}, map[string]string{"careless": "yes"}},
}

// TestCarriers: an administrator sets up each provider of SMS; a customer writes a
// long text by it, the agent answers with one, and both arrive whole (SMS-01,
// SMS-02, CNV-02, CNV-05).
func TestCarriers(t *testing.T) {
	quick := command(t)
	quick.LimitScale = 100 // the test asks more often than people do
	h := running(t, quick)
	ready(t, h)
	ada, err := people.SignIn(t.Context(), h.address(), "ada", "demo")
	if err != nil {
		t.Fatal(err)
	}
	amy, err := people.SignIn(t.Context(), h.address(), "amy", "demo")
	if err == nil {
		err = amy.Ready(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	for n, c := range carriers {
		t.Run(c.provider, func(t *testing.T) {
			account := c.setUp(t, h, ada, n)
			const sam = "+15145550134"
			long := strings.Repeat("\u00c7a va? \U0001f600 ", 14)
			if _, err := h.sandbox.Say(t.Context(), simulator.In{Account: account, From: sam, Name: "Sam Okafor", Kind: "text", Text: long}); err != nil {
				t.Fatal(err)
			}
			id := accept(t, amy)
			answer := strings.TrimSpace(strings.ReplaceAll(long, "\U0001f600", "m\u00eame!")) // plain text, in UCS-2 all the same
			if _, err := amy.Send(t.Context(), id, fmt.Sprintf("00000000-0000-4000-8000-%012d", n), answer); err != nil {
				t.Fatal(err)
			}
			p := phone{account, sam}
			until(t, "the phone shows the answer", func() bool {
				return slices.ContainsFunc(p.shows(h), func(m simulator.Message) bool {
					return m.From == simulator.FromCenter && m.Text == answer
				})
			})
			until(t, "the agent sees that it was delivered, and what the customer wrote", func() bool { return c.arrived(t, amy, id, strings.TrimSpace(long)) })
			if err := amy.End(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// setUp opens the account and lets the administrator fill in its form.
func (c carrier) setUp(t *testing.T, h *house, ada *people.Agent, n int) (account string) {
	t.Helper()
	address := fmt.Sprintf("+1514555020%d", n)
	account = "acc-" + c.provider
	theirs := map[string]string{"address": address}
	for _, list := range []map[string]string{c.settings, c.secrets, c.theirs} {
		for name, value := range list {
			theirs[name] = value
		}
	}
	open := func(webhook string) simulator.Account {
		a, err := h.sandbox.Open(simulator.Account{ID: account, Network: c.provider, Settings: theirs, Webhook: webhook})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	ours := map[string]string{"base_url": h.public() + "/sim/api/" + c.provider + "/" + account}
	for name, value := range c.settings {
		ours[name] = value
	}
	if c.provider == "smpp" {
		a := open("")
		ours["host"], ours["port"] = a.Settings["host"], a.Settings["port"]
		delete(ours, "base_url")
	}
	in := map[string]any{
		"provider": c.provider, "name": c.provider, "enabled": true, "queue_id": queueOf(t, ada), "address": address, "settings": ours, "secrets": c.secrets,
		"script": parley.Script{Schedule: parley.Schedule{Zone: "UTC", Hours: []parley.Interval{}}, Form: []parley.Field{}, Language: "en", Accent: "#1a5fb4"},
	}
	var made struct{ ID string }
	if err := ada.Do(t.Context(), "POST", "/api/admin/entry-points", in, &made); err != nil {
		t.Fatal(err)
	}
	if c.provider == "smpp" {
		return account
	}
	open(h.public() + "/in/" + c.provider + "/" + made.ID)
	return account
}

// arrived reports whether the agent sees the customer's text whole, in however
// many messages it came, and the answer as delivered.
func (c carrier) arrived(t *testing.T, amy *people.Agent, id, long string) bool {
	t.Helper()
	var page struct {
		Messages []struct {
			Sender   string
			Text     string
			Delivery *struct{ State string }
		}
	}
	if err := amy.Do(t.Context(), "GET", "/api/interactions/"+id, nil, &page); err != nil {
		t.Fatal(err)
	}
	came, state := "", ""
	for _, m := range page.Messages {
		switch m.Sender {
		case "customer":
			came += m.Text
		case "agent":
			if m.Delivery != nil {
				state = m.Delivery.State
			}
		}
	}
	packed := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return packed(came) == packed(long) && state == "delivered"
}

// queueOf returns the queue that amy works in.
func queueOf(t *testing.T, ada *people.Agent) string {
	t.Helper()
	var list struct{ Items []struct{ ID, Name string } }
	if err := ada.Do(t.Context(), "GET", "/api/admin/queues", nil, &list); err != nil {
		t.Fatal(err)
	}
	for _, q := range list.Items {
		if q.Name == "Support" {
			return q.ID
		}
	}
	t.Fatalf("the demo has no queue for it: %v", list)
	return ""
}
