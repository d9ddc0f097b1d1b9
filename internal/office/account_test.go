package office

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// pigeons is a network that carries what it is told to, and remembers what it
// was asked.
type pigeons struct {
	channel.Channel // what it does not have
	asked           []parley.EntryPoint
	webhook         string
	sent            []parley.Outbound
	says            error
	until           time.Time
}

func (*pigeons) Spec() channel.Spec {
	return channel.Spec{
		Provider: "pigeons", Channels: []parley.Channel{parley.SMS}, Name: "Pigeons", Key: parley.KeyPhone, BaseURL: "https://loft.example",
		Fields: []channel.Field{
			{Name: "loft", Required: true, Pattern: "^[a-z]{3,8}$"},
			{Name: "breed", Options: []string{"homer", "tumbler"}, Default: "homer"},
			{Name: "ring", Secret: true, Required: true, Pattern: "^[0-9a-f]{8}$"},
			{Name: "whistle", Secret: true, Ours: true},
			{Name: "status_callback", Max: 1024},
			{Name: "somersault", Required: true, When: "breed=tumbler"},
		},
		Address: channel.Field{Name: "phone_number", Required: true, Pattern: `^\+[0-9]+$`},
		Webhook: true, Segments: true,
	}
}

func (p *pigeons) Check(_ context.Context, in parley.EntryPoint) (channel.Health, error) {
	p.asked = append(p.asked, in)
	return channel.Health{Account: "Loft", TokenExpires: p.until, Subscribed: true}, p.says
}

func (p *pigeons) Register(_ context.Context, in parley.EntryPoint, webhook string) error {
	p.asked, p.webhook = append(p.asked, in), webhook
	return p.says
}

func (p *pigeons) Send(_ context.Context, in parley.EntryPoint, m parley.Outbound) (string, error) {
	p.asked, p.sent = append(p.asked, in), append(p.sent, m)
	return "feather-1", p.says
}

// loft opens an office that knows pigeons, with a queue.
func loft(t *testing.T, f func(t *testing.T, p *place, birds *pigeons, in EntryPointInput)) {
	each(t, func(t *testing.T, p *place) {
		birds := &pigeons{}
		p.Connect(map[string]channel.Channel{"pigeons": birds})
		q := get(p.CreateQueue(t.Context(), p.ada, QueueInput{Name: "Support", Enabled: true}))(t)
		f(t, p, birds, EntryPointInput{
			Provider: "pigeons", Name: "Birds", Enabled: true, Queue: q, Address: "+1 (514) 555-0100",
			Settings: map[string]string{"loft": "north"}, Secrets: map[string]string{"ring": "0123abcd"},
		})
	})
}

func TestAccount(t *testing.T) {
	loft(t, func(t *testing.T, p *place, _ *pigeons, in EntryPointInput) {
		ctx := t.Context()
		id := get(p.CreateEntryPoint(ctx, p.ada, in))(t)
		kept := get(p.store.View().EntryPoint(ctx, id))(t)
		if kept.Channel != parley.SMS || kept.Address != "+15145550100" || kept.Settings["breed"] != "homer" {
			t.Errorf("SMS-01, SMS-08: as the network's form says: %+v", kept)
		}
		if strings.Contains(string(kept.Sealed), "0123abcd") || get(testSeal.OpenSecrets(string(id), kept.Sealed))(t)["ring"] != "0123abcd" {
			t.Errorf("A-095: sealed on the disk: %s", kept.Sealed)
		}
		shown := get(p.EntryPoints(ctx, p.ada))(t)[0]
		wire, _ := json.Marshal(shown)
		if strings.Contains(string(wire), "0123abcd") || !slices.Equal(shown.SecretsSet, []string{"ring"}) {
			t.Errorf("A-095: never shown again, only that it is set: %s", wire)
		}
		in.Secrets, in.Rev, in.Settings = map[string]string{"ring": "", "whistle": "loud"}, kept.Rev, map[string]string{"loft": "south", "base_url": "https://loft.test/"}
		if err := p.SaveEntryPoint(ctx, p.ada, id, in); err != nil {
			t.Fatal(err)
		}
		kept = get(p.store.View().EntryPoint(ctx, id))(t)
		open := get(testSeal.OpenSecrets(string(id), kept.Sealed))(t)
		if open["ring"] != "0123abcd" || open["whistle"] != "loud" || kept.Settings["base_url"] != "https://loft.test" {
			t.Errorf("an empty secret stays as it is: %v %v", open, kept.Settings)
		}
		page := get(p.Audit(ctx, p.ada, "", 100))(t)
		told, _ := json.Marshal(page)
		for _, secret := range []string{"0123abcd", "loud"} {
			if strings.Contains(string(told), secret) {
				t.Errorf("A-095, CFG-04: the audit log has no secret: %s", told)
			}
		}
		if !strings.Contains(string(told), "secrets_renewed") || !strings.Contains(string(told), "whistle") {
			t.Errorf("CFG-04: the audit log tells which secret was replaced: %s", told)
		}
	})
}

// TestLineOfAChoice: SOC-01: what only one choice needs is required of it alone.
func TestLineOfAChoice(t *testing.T) {
	loft(t, func(t *testing.T, p *place, _ *pigeons, in EntryPointInput) {
		in.Settings["breed"] = "tumbler"
		_, err := p.CreateEntryPoint(t.Context(), p.ada, in)
		faulty(t, "SOC-01: a tumbler needs it", err, parley.FieldError{Field: "settings.somersault", Code: "required"})
		in.Settings["breed"] = "homer"
		get(p.CreateEntryPoint(t.Context(), p.ada, in))(t)
	})
}

// TestNumberOfACountry: SMS-01, F048: a number is of one of the countries listed,
// thirty at first, and may be written as people write it there.
func TestNumberOfACountry(t *testing.T) {
	loft(t, func(t *testing.T, p *place, _ *pigeons, in EntryPointInput) {
		ctx := t.Context()
		if listed := get(p.Providers(ctx, p.ada, ""))(t)[0].Countries; len(listed) != 30 {
			t.Errorf("SMS-01: %d countries: %v", len(listed), listed)
		}
		at := func(country, number string) (parley.EntryPointID, error) {
			in.Country, in.Address = country, parley.Address(number)
			return p.CreateEntryPoint(ctx, p.ada, in)
		}
		paris := get(at("FR", "06 12 34 56 78"))(t)
		if shown := get(p.EntryPoints(ctx, p.ada))(t)[0]; shown.Address != "+33612345678" || shown.Country != "FR" {
			t.Errorf("SMS-01, SMS-08: as people write it there: %s, %s", shown.Address, shown.Country)
		}
		get(at("CA", "1 800 555 0199"))(t) // SMS-04: a toll-free number is of all who share a code
		_, err := at("FR", "+44 7400 123456")
		faulty(t, "SMS-01: one country chosen, another written", err, parley.FieldError{Field: "address", Code: "other_country"})
		_, err = at("JP", "090-1234-5678")
		faulty(t, "SMS-01: not listed", err, parley.FieldError{Field: "country", Code: "not_listed"})
		_, err = at("", "+81 90 1234 5678")
		faulty(t, "SMS-01: not listed, written whole", err, parley.FieldError{Field: "country", Code: "not_listed"})
		if err := p.SaveSettings(ctx, p.ada, []Value{{Scope: parley.ScopeTenant, Key: "sms.number_countries", Value: []string{"JP"}}}); err != nil {
			t.Fatal(err)
		}
		get(at("JP", "090-1234-5678"))(t)
		kept := get(p.store.View().EntryPoint(ctx, paris))(t)
		in.Country, in.Address, in.Rev, in.Name = "FR", "+33612345678", kept.Rev, "Paris"
		if err := p.SaveEntryPoint(ctx, p.ada, paris, in); err != nil {
			t.Errorf("SMS-01: a number that is there stays: %v", err)
		}
	})
}

// TestNewCredentialsLiftAPause: R-48: what a network did not know us with is
// replaced, and what waited is tried again; a pause by a person stands.
func TestNewCredentialsLiftAPause(t *testing.T) {
	loft(t, func(t *testing.T, p *place, _ *pigeons, in EntryPointInput) {
		ctx := t.Context()
		id := get(p.CreateEntryPoint(ctx, p.ada, in))(t)
		for _, c := range []struct {
			why, ring, want string
		}{{"auth", "", "auth"}, {"auth", "89abcdef", ""}, {"admin", "0123abcd", "admin"}} {
			err := p.ledger.Do(ctx, ledger.Command{Name: "pause", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
				return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
					r.SavePaused(id, c.why)
					r.SaveTrouble(id, c.why, "401")
				}}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			in.Rev = get(p.store.View().EntryPoint(ctx, id))(t).Rev
			in.Secrets = map[string]string{"ring": c.ring}
			if err := p.SaveEntryPoint(ctx, p.ada, id, in); err != nil {
				t.Fatal(err)
			}
			if e := get(p.store.View().EntryPoint(ctx, id))(t); e.Paused != c.want {
				t.Errorf("R-48: paused by %s and given %q, it is paused %q", c.why, c.ring, e.Paused)
			}
			if h := get(p.store.View().Health(ctx, id))(t); (h.ErrorCode == "") != (c.ring != "") {
				t.Errorf("R-48: paused by %s and given %q, the old credentials' trouble is told as %q", c.why, c.ring, h.ErrorCode)
			}
		}
	})
}

func TestAccountFaults(t *testing.T) {
	loft(t, func(t *testing.T, p *place, _ *pigeons, in EntryPointInput) {
		ctx := t.Context()
		get(p.CreateEntryPoint(ctx, p.ada, in))(t)
		bad := in
		bad.Channel, bad.Settings = parley.WebChat, map[string]string{"loft": "N", "breed": "crow", "colour": "grey", "base_url": "http://loft.test", "api_version": "v1 x"}
		bad.Secrets = map[string]string{"ring": "xyz", "key": "1"}
		_, err := p.CreateEntryPoint(ctx, p.ada, bad)
		faulty(t, "SMS-01, A-096: every fault of a form at once", err,
			parley.FieldError{Field: "channel", Code: "unknown"},
			parley.FieldError{Field: "address", Code: "taken"},
			parley.FieldError{Field: "settings.loft", Code: "wrong_form"},
			parley.FieldError{Field: "settings.breed", Code: "unknown"},
			parley.FieldError{Field: "settings.colour", Code: "unknown"},
			parley.FieldError{Field: "settings.base_url", Code: "not_a_url"},
			parley.FieldError{Field: "settings.api_version", Code: "wrong_form"},
			parley.FieldError{Field: "secrets.ring", Code: "wrong_form"},
			parley.FieldError{Field: "secrets.key", Code: "unknown"},
		)
		for address, code := range map[parley.Address]string{"12345": "short_code", "+447": "short_code", "Acme": "not_a_phone", "": "required"} {
			bad = in
			bad.Address = address
			_, err = p.CreateEntryPoint(ctx, p.ada, bad)
			faulty(t, "SMS-04: "+code, err, parley.FieldError{Field: "address", Code: code})
		}
		bad = in
		bad.Address, bad.Secrets, bad.Provider = "+15145550101", nil, "pigeons"
		_, err = p.CreateEntryPoint(ctx, p.ada, bad)
		faulty(t, "a required secret", err, parley.FieldError{Field: "secrets.ring", Code: "required"})
		bad.Provider = "owls"
		_, err = p.CreateEntryPoint(ctx, p.ada, bad)
		faulty(t, "a network nobody knows", err, parley.FieldError{Field: "provider", Code: "unknown"})
	})
}

func TestProviders(t *testing.T) {
	loft(t, func(t *testing.T, p *place, _ *pigeons, _ EntryPointInput) {
		list := get(p.Providers(t.Context(), p.ada, "http://127.0.0.1:8080"))(t)
		if len(list) != 1 || !list[0].Register || !list[0].Check || !list[0].Webhook || len(list[0].Fields) != 6 || list[0].Fields[3].Max != fieldMax || !list[0].Fields[3].Ours || list[0].Fields[5].When != "breed=tumbler" {
			t.Errorf("SMS-01: the form is the network's own: %+v", list)
		}
		_, err := p.Providers(t.Context(), parley.Actor{Agent: "agt_1", Role: parley.RoleAgent}, "")
		refused(t, "SEC-01: for administrators", err, parley.ErrForbidden)
	})
}

func TestTrials(t *testing.T) {
	loft(t, func(t *testing.T, p *place, birds *pigeons, in EntryPointInput) {
		ctx := t.Context()
		id := get(p.CreateEntryPoint(ctx, p.ada, in))(t)
		birds.until = p.clock.Now().Add(41 * 24 * time.Hour)
		if a := get(p.Check(ctx, p.ada, id))(t); !a.OK || a.Account != "Loft" || a.TokenUntil != parley.Millis(birds.until) {
			t.Errorf("SOC-01, R-48: what the network says: %+v", a)
		}
		if birds.asked[0].Secrets["ring"] != "0123abcd" {
			t.Error("secrets are open for the network alone")
		}
		if a := get(p.Register(ctx, p.ada, id, "https://parley.example/in"))(t); !a.OK || birds.webhook != "https://parley.example/in" {
			t.Errorf("the network is told our address: %+v %q", a, birds.webhook)
		}
		if pulse := get(p.Pulse(ctx, p.ada, id))(t); pulse.HandshakeAt != parley.Millis(p.clock.Now()) {
			t.Errorf("R-48: the checklist knows that it took our address: %+v", pulse)
		}
		birds.says = &channel.SendError{Code: channel.Config, Detail: "no such loft"}
		if a := get(p.Register(ctx, p.ada, id, "https://parley.example/in"))(t); a.OK || get(p.Pulse(ctx, p.ada, id))(t).ErrorCode != "config" {
			t.Errorf("R-48: that it did not take it is a trouble of the set-up: %+v", a)
		}
		birds.says = nil
		if a := get(p.Register(ctx, p.ada, id, "https://parley.example/in"))(t); !a.OK || get(p.Pulse(ctx, p.ada, id))(t).ErrorCode != "" {
			t.Errorf("R-48: which is over once it did: %+v", a)
		}
		if a := get(p.SendTest(ctx, p.ada, id, "(514) 555-0199", "https://parley.example/in"))(t); !a.OK || birds.sent[0].To[0] != (parley.Key{Kind: parley.KeyPhone, Value: "+15145550199"}) {
			t.Errorf("a test goes to a phone: %+v %+v", a, birds.sent)
		}
		for at, want := range map[parley.EntryPointID]*parley.Error{id: parley.ErrSMSCustomerFirst, "ent_none": parley.ErrNotFound} {
			refused(t, "SMS-03, F051: an agent does not write first", p.Begin(ctx, p.ada, at), want)
		}
		if reports := birds.asked[len(birds.asked)-1].Settings["status_callback"]; reports != "https://parley.example/in" {
			t.Errorf("R-48: what becomes of a test is reported to us: %q", reports)
		}
		_, err := p.SendTest(ctx, p.ada, id, "12345", "https://parley.example/in")
		refused(t, "SMS-04: not to short codes", err, parley.ErrShortCode)
		pulse := get(p.Pulse(ctx, p.ada, id))(t)
		if pulse.Sent != 1 || pulse.TokenUntil != parley.Millis(birds.until) || pulse.ErrorCode != "" {
			t.Errorf("the checklist fills by itself: %+v", pulse)
		}
		if known := get(p.store.View().Externals(ctx, id, []string{"feather-1"}))(t); len(known) != 1 {
			t.Errorf("the echo of a test is nobody's message: %+v", known)
		}
		get(p.SendTest(ctx, p.ada, id, "(514) 555-0199", "https://parley.example/in"))(t) // even if the network repeats an id
		birds.says = &channel.SendError{Code: channel.BadNumber, Detail: "no such pigeon loft"}
		if a := get(p.SendTest(ctx, p.ada, id, "(514) 555-0199", "https://parley.example/in"))(t); a.OK || a.Code != "bad_number" || get(p.Pulse(ctx, p.ada, id))(t).ErrorCode != "" {
			t.Errorf("a wrong number is no trouble of the set-up: %+v", a)
		}
		if err := p.SaveCountries(ctx, p.ada, Countries{Countries: []Country{{"US", true, true, 0}}}); err != nil {
			t.Fatal(err)
		}
		_, err = p.SendTest(ctx, p.ada, id, "(514) 555-0199", "https://parley.example/in")
		refused(t, "SMS-01: not to a country that is off", err, parley.ErrCountryOff)
		birds.says = &channel.SendError{Code: channel.Auth, Detail: "401 ring unknown"}
		if a := get(p.Check(ctx, p.ada, id))(t); a.OK || a.Code != "auth" {
			t.Errorf("R-48: a refusal has its class: %+v", a)
		}
		if got := get(p.Pulses(ctx, p.ada))(t); len(got) != 1 || got[0].ErrorCode != "auth" || got[0].ErrorDetail != "401 ring unknown" {
			t.Errorf("R-48: and is shown: %+v", got)
		}
		birds.says = &channel.SendError{Code: channel.Transient, Detail: "not connected"}
		if a := get(p.Check(ctx, p.ada, id))(t); a.OK || a.Code != "auth" || a.Detail != "401 ring unknown" {
			t.Errorf("R-48: what is behind a network that cannot be reached is named: %+v", a)
		}
		if list := get(p.Health(ctx, p.ada))(t); !slices.ContainsFunc(list, func(a Ailment) bool { return a.Code == "channel_trouble" }) {
			t.Errorf("SOC-01: the home page tells: %v", list)
		}
		if err := p.RemoveEntryPoint(ctx, p.ada, id); err != nil {
			t.Errorf("an entry point nobody came in by can go: %v", err)
		}
	})
}

func TestOddEvents(t *testing.T) {
	loft(t, func(t *testing.T, p *place, _ *pigeons, in EntryPointInput) {
		ctx := t.Context()
		id := get(p.CreateEntryPoint(ctx, p.ada, in))(t)
		err := p.ledger.Do(ctx, ledger.Command{Name: "odd", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.AddRaw(store.Raw{ID: "raw_1", EntryPoint: id, Body: []byte("<script>"), Odd: "unknown type"})
				r.AddRaw(store.Raw{ID: "raw_2", EntryPoint: id, Body: []byte{0xff, 0}, Odd: "unknown type"})
				r.AddRaw(store.Raw{ID: "raw_3", EntryPoint: id, Body: []byte("read")})
			}}, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		list := get(p.OddEvents(ctx, p.ada, id))(t)
		if len(list) != 2 || list[0].Body != "/wA=" || !list[0].Binary || list[1].Body != "<script>" {
			t.Errorf("R-47: what could not be read is shown as it came: %+v", list)
		}
	})
}
