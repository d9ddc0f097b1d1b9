package all_test

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/channel"
	channels "parley/internal/channel/all"
	"parley/internal/simulator"
	"parley/internal/simulator/all"
	"parley/internal/simulator/simtest"
)

// sms is one provider of SMS that speaks HTTP, of both houses.
type sms struct {
	network  string
	settings map[string]string // the simulator's
	ours     map[string]string // what only the product is told
	parts    bool              // a long text comes in parts
	states   string            // what statuses say of a message that arrived
	auth     channel.Code      // of a key that is no longer good
}

var carriers = []sms{
	{network: "twilio", settings: map[string]string{"account_sid": "AC0123456789abcdef0123456789abcdef", "auth_token": "0123456789abcdef0123456789abcdef"}, states: "sent delivered", auth: channel.Auth},
	{network: "eightbyeight", settings: map[string]string{"subaccount_id": "tea_hq", "api_key": "api-key-of-8x8", "webhook_header": "Authorization: Bearer k-0123456789abcdef"}, ours: map[string]string{"webhook_key": "k-0123456789abcdef"}, states: "sent delivered", auth: channel.Auth},
	{network: "vonage", settings: map[string]string{"api_key": "abcd1234", "api_secret": "secret-of-vonage", "signature_secret": "sign-0123456789", "signature_method": "sha256"}, parts: true, states: "sent delivered", auth: channel.Auth},
	{network: "vonage", settings: map[string]string{"api_key": "abcd1234", "api_secret": "secret-of-vonage", "signature_secret": "sign-0123456789", "signature_method": "md5hash", "http_method": "POST"}, parts: true, states: "sent delivered", auth: channel.Auth},
	{network: "vonage", settings: map[string]string{"api_key": "abcd1234", "api_secret": "secret-of-vonage", "signature_secret": "sign-0123456789", "signature_method": "sha512", "http_method": "GET"}, parts: true, states: "sent delivered", auth: channel.Auth},
}

const (
	smsOurs = "+15145550100"
	smsSam  = "+15145550134"
)

// table opens the account, with settings of its own, the channel and its entry point.
func (m sms) table(t *testing.T, own ...map[string]string) (*simtest.Rig, channel.Channel, parley.EntryPoint) {
	t.Helper()
	c := channels.New(&http.Client{}, nil)[m.network]
	at := slices.IndexFunc(all.Providers(), func(p simulator.Provider) bool { return p.Name == m.network })
	if c == nil || at < 0 {
		t.Fatalf("%s is not in both houses", m.network)
	}
	m.settings["address"] = smsOurs
	theirs := maps.Clone(m.settings)
	for _, list := range own {
		maps.Copy(theirs, list)
	}
	r := simtest.New(t, all.Providers()[at], theirs)
	in := parley.EntryPoint{ID: "ent_1", Channel: parley.SMS, Provider: m.network, Address: smsOurs, Settings: map[string]string{"base_url": r.Account.BaseURL, "status_callback": r.Account.Webhook}, Secrets: map[string]string{}}
	for _, list := range []map[string]string{m.settings, m.ours} {
		maps.Copy(in.Secrets, list)
	}
	return r, c, in
}

// take lets the channel read the webhooks that came.
func (m sms) take(t *testing.T, r *simtest.Rig, c channel.Channel, in parley.EntryPoint) (out channel.Received) {
	t.Helper()
	base, err := url.Parse(r.Account.Webhook)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range r.Heard() {
		u, err := url.Parse(base.Scheme + "://" + base.Host + h.Path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Receive(in, channel.Request{Method: h.Method, URL: u.String(), Query: u.Query(), Header: h.Header, Body: h.Body, Now: simtest.Morning})
		if err != nil || got.Odd != "" {
			t.Errorf("%s: %v %s", h.Body, err, got.Odd)
		}
		out.Messages = append(out.Messages, got.Messages...)
		out.Statuses = append(out.Statuses, got.Statuses...)
	}
	return out
}

func (m sms) out(text string) parley.Outbound {
	return parley.Outbound{ID: "msg_0199aaaa000070008000000000000001", Parts: 1, To: parley.Keys{{Kind: parley.KeyPhone, Value: smsSam}}, Text: text, Human: true}
}

// TestSMSBothWays is a conversation with every provider of SMS (SMS-02, CNV-02).
func TestSMSBothWays(t *testing.T) {
	for _, m := range carriers {
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			for _, text := range []string{"D\u00e9j\u00e0 l\u00e0 ? @ \u00a3 \u20ac", "\U0001f600 \u4f60\u597d & = <b>"} {
				id := r.Said(simulator.In{From: smsSam, Kind: "text", Text: text})
				came := m.take(t, r, c, in)
				if len(came.Messages) != 1 {
					t.Fatalf("%q: %+v came", text, came)
				}
				got := came.Messages[0]
				if got.Text != text || got.ExternalID != id || got.From.Of(parley.KeyPhone) != smsSam || got.OptOut != nil {
					t.Errorf("%q came as %+v", text, got)
				}
				sent, err := c.Send(t.Context(), in, m.out(text))
				if err != nil {
					t.Fatal(err)
				}
				phone := r.Phone(smsSam)
				if last := phone[len(phone)-1]; last.Text != text || last.ID != sent {
					t.Errorf("sent as %s, the phone shows %+v", sent, last)
				}
				var states []string
				for _, s := range m.take(t, r, c, in).Statuses {
					if states = append(states, string(s.State)); s.ExternalID != sent || s.Ref != "msg_0199aaaa000070008000000000000001" {
						t.Errorf("a status of %+v", s)
					}
				}
				if got := strings.Join(slices.Compact(states), " "); got != m.states {
					t.Errorf("statuses %q, want %q", got, m.states)
				}
			}
		})
	}
}

// TestSMSLong: a long text goes in one call and arrives whole (CNV-05).
func TestSMSLong(t *testing.T) {
	for _, m := range carriers {
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			text := strings.Repeat("It is a long one, \u00e7a va? ", 12)
			if _, err := c.Send(t.Context(), in, m.out(text)); err != nil {
				t.Fatal(err)
			}
			phone := r.Phone(smsSam)
			if last := phone[len(phone)-1]; last.Text != text {
				t.Errorf("the phone shows %q", last.Text)
			}
			_ = r.Heard()
			r.Said(simulator.In{From: smsSam, Kind: "text", Text: text})
			came := m.take(t, r, c, in)
			whole := ""
			for _, got := range came.Messages {
				whole += got.Text
			}
			if whole != text || (len(came.Messages) > 1) != m.parts {
				t.Errorf("it came in %d messages: %q", len(came.Messages), whole)
			}
		})
	}
}

// TestSMSStop: STOP is an opt-out, and whoever said it is not written to (SMS-09).
func TestSMSStop(t *testing.T) {
	for _, m := range carriers {
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			r.Said(simulator.In{From: smsSam, Kind: "text", Text: "STOP"})
			came := m.take(t, r, c, in)
			if len(came.Messages) != 1 || came.Messages[0].OptOut == nil || !*came.Messages[0].OptOut {
				t.Fatalf("SMS-09: %+v", came.Messages)
			}
			r.Said(simulator.In{From: smsSam, Kind: "text", Text: "start"})
			came = m.take(t, r, c, in)
			if len(came.Messages) != 1 || came.Messages[0].OptOut == nil || *came.Messages[0].OptOut {
				t.Errorf("SMS-09: %+v", came.Messages)
			}
		})
	}
}

// TestSMSHelp: HELP asks for help, whoever carries it; the answer is left to who
// has answered (SMS-09).
func TestSMSHelp(t *testing.T) {
	for _, m := range carriers {
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			for _, word := range []string{"help", "AIDE"} {
				want := parley.HelpAsked
				if m.network == "twilio" && word == "help" {
					want = parley.HelpGiven // Advanced Opt-Out knows the English words
				}
				r.Said(simulator.In{From: smsSam, Kind: "text", Text: word})
				came := m.take(t, r, c, in)
				if len(came.Messages) != 1 || came.Messages[0].Help != want || came.Messages[0].OptOut != nil {
					t.Errorf("SMS-09: %s came as %+v", word, came.Messages)
				}
			}
		})
	}
}

// TestSMSNobody: a short code and a name of letters are no person (SMS-04).
func TestSMSNobody(t *testing.T) {
	for _, m := range carriers {
		t.Run(m.network, func(t *testing.T) {
			r, c, in := m.table(t)
			for _, from := range []string{"32665", "TeaHouse"} {
				r.Said(simulator.In{From: from, Kind: "text", Text: "Your code is 1"})
				came := m.take(t, r, c, in)
				if len(came.Messages) != 1 || len(came.Messages[0].From) != 0 || came.Messages[0].ExternalID == "" {
					t.Errorf("SMS-04: %s came as %+v", from, came.Messages)
				}
			}
		})
	}
}

// TestSMSWeather: each channel reads its provider's bad weather rightly.
func TestSMSWeather(t *testing.T) {
	for _, m := range carriers {
		for name, test := range map[string]struct {
			weather func(*simulator.Weather)
			want    channel.Code
		}{
			"throttled":            {func(w *simulator.Weather) { w.Throttle = 1 }, channel.Throttled},
			"5xx":                  {func(w *simulator.Weather) { w.Fail = 1 }, channel.Transient},
			"taken, not answered":  {func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 }, channel.UnknownOutcome},
			"the key has expired":  {func(w *simulator.Weather) { w.TokenExpired = true }, m.auth},
			"yes, but no (inside)": {func(w *simulator.Weather) { w.OKWithError = 1 }, ""},
		} {
			t.Run(m.network+": "+name, func(t *testing.T) {
				r, c, in := m.table(t)
				r.Said(simulator.In{From: smsSam, Kind: "text", Text: "Hello"})
				_ = r.Heard()
				r.Set(test.weather)
				_, err := c.Send(t.Context(), in, m.out("On it!"))
				var refused *channel.SendError
				if !errors.As(err, &refused) || (test.want != "" && refused.Code != test.want) || refused.Code == channel.UnknownOutcome && test.want == "" {
					t.Fatalf("R-46: read as %v, want %s", err, test.want)
				}
				if arrived := len(r.Phone(smsSam)) == 2; arrived != (test.want == channel.UnknownOutcome) {
					t.Errorf("R-46: arrived: %t", arrived)
				}
				if test.want != channel.UnknownOutcome {
					return
				}
				for _, s := range m.take(t, r, c, in).Statuses {
					if s.Ref != "msg_0199aaaa000070008000000000000001" || s.ExternalID == "" {
						t.Errorf("R-46: what became of it is not known by our id: %+v", s)
					}
				}
			})
		}
	}
}

// TestSMSSetUp: the live checklist tells a good set-up from a bad one.
func TestSMSSetUp(t *testing.T) {
	for _, m := range carriers {
		r, c, in := m.table(t)
		checker, ok := c.(channel.Checker)
		if !ok {
			continue // the provider has no call that sends nothing
		}
		t.Run(m.network, func(t *testing.T) {
			if _, err := checker.Check(t.Context(), in); err != nil {
				t.Error(err)
			}
			r.Set(func(w *simulator.Weather) { w.TokenExpired = true })
			var refused *channel.SendError
			if _, err := checker.Check(t.Context(), in); !errors.As(err, &refused) || refused.Code != channel.Auth {
				t.Errorf("R-48: with an expired key it says %v", err)
			}
		})
	}
}

// TestSMSRegisters: one click tells Twilio our address, wherever it keeps that, and
// what is filled in wrong is said in words.
func TestSMSRegisters(t *testing.T) {
	const service = "MG0123456789abcdef0123456789abcdef"
	for name, test := range map[string]struct {
		theirs, ours map[string]string // settings of one house that the other does not have
		want         channel.Code      // "" = it works
		detail       string
	}{
		"the number":                   {},
		"an application is in between": {theirs: map[string]string{"application": "AP0123456789abcdef0123456789abcdef"}},
		"a messaging service":          {theirs: map[string]string{"messaging_service_sid": service}, ours: map[string]string{"messaging_service_sid": service}},
		"a service that defers":        {theirs: map[string]string{"messaging_service_sid": service, "service_defers": "on"}, ours: map[string]string{"messaging_service_sid": service}},
		"a wrong token":                {ours: map[string]string{"auth_token": "ffffffffffffffffffffffffffffffff"}, want: channel.Auth, detail: "20003"},
		"another account's number":     {theirs: map[string]string{"address": "+15145550199"}, want: channel.Config, detail: "not_ours"},
		"another account's service":    {ours: map[string]string{"messaging_service_sid": service}, want: channel.Config, detail: "messaging_service_sid"},
		"a service without the number": {theirs: map[string]string{"messaging_service_sid": service, "service_numbers": "none"}, ours: map[string]string{"messaging_service_sid": service}, want: channel.Config, detail: "not in the messaging service"},
	} {
		t.Run(name, func(t *testing.T) {
			m := carriers[0]
			m.settings, m.ours = maps.Clone(m.settings), test.ours
			r, c, in := m.table(t, test.theirs)
			there := strings.Replace(r.Account.Webhook, "/in/acc", "/in/twilio/ent_1", 1)
			r.Line.SetWebhook("https://old.example/sms")
			var refused *channel.SendError
			if err := c.(channel.Registrar).Register(t.Context(), in, there); errors.As(err, &refused) != (test.want != "") || err != nil && (refused.Code != test.want || !strings.Contains(refused.Detail, test.detail)) {
				t.Fatalf("R-48: it says %v, not %s", err, test.want)
			}
			health, err := c.(channel.Checker).Check(t.Context(), in)
			if (err != nil) != (test.want != "") || health.Subscribed != (test.want == "") {
				t.Errorf("R-48: the checklist says %+v, %v", health, err)
			}
			if test.want != "" {
				return
			}
			r.Said(simulator.In{From: smsSam, Kind: "text", Text: "Hello"})
			if heard := r.Heard(); len(heard) != 1 || heard[0].Path != "/in/twilio/ent_1" {
				t.Errorf("what sam wrote came as %+v", heard)
			}
		})
	}
}

// TestSMSLooksUp: what became of a message whose answer was lost can be asked.
func TestSMSLooksUp(t *testing.T) {
	for _, m := range carriers {
		r, c, in := m.table(t)
		resolver, ok := c.(channel.Resolver)
		if !ok {
			continue // its statuses name our id
		}
		t.Run(m.network, func(t *testing.T) {
			out := m.out("On it!")
			out.ID = parley.MessageID(parley.NewID("msg", simtest.Morning))
			if _, found, err := resolver.Resolve(t.Context(), in, out); err != nil || found {
				t.Errorf("R-46: found before it went, %v", err)
			}
			r.Set(func(w *simulator.Weather) { w.TimeoutAfterAccept = 1 })
			if _, err := c.Send(t.Context(), in, out); err == nil {
				t.Fatal("it was answered")
			}
			r.Set(func(*simulator.Weather) {})
			s, found, err := resolver.Resolve(t.Context(), in, out)
			phone := r.Phone(smsSam)
			if err != nil || !found || s.ExternalID != phone[len(phone)-1].ID {
				t.Errorf("R-46: %+v, %t, %v", s, found, err)
			}
		})
	}
}
