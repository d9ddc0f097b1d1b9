package center

import (
	"strings"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// signs gives amy a signature.
func (x *town) signs(signature string) {
	x.t.Helper()
	x.do("sign", func(r *store.Rows) {
		r.SaveAgent(parley.Agent{
			ID: amy.Agent, Group: "grp_desk", Login: "amy", DisplayName: "Amy", Role: parley.RoleAgent, Enabled: true,
			Capacity: parley.DefaultCapacity, Language: "en", Signature: signature, CreatedAt: storetest.Day, Rev: 2,
		})
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(amy.Agent)})
	})
}

// TestSignature: SCR-02: an agent's signature goes below what they write where the
// entry point asks for it, counts in the limit, and is never below a note.
func TestSignature(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		x.signs("Amy, Parley")
		x.stands(x.writes(id, "Hello"), parley.DeliverySent, "")
		x.set("ent_wire", "text.signature", "true")
		m := x.stands(x.writes(id, "Good morning"), parley.DeliverySent, "")
		if m.Text != "Good morning\nAmy, Parley" {
			t.Errorf("SCR-02: it was said as %q", m.Text)
		}
		if read := strings.Join(w.read(), "|"); !strings.HasPrefix(read, "Hello|") || !strings.HasSuffix(read, "Amy, Parley") {
			t.Errorf("SCR-02: the customer reads %q", read)
		}
		seen := x.shown(amy, id).Composer
		limit := x.agentLimit(t)
		if seen.Signature != "Amy, Parley" || seen.Limit != limit-len("\nAmy, Parley") {
			t.Errorf("SCR-02: the composer shows %q and leaves %d of %d", seen.Signature, seen.Limit, limit)
		}
		_, err := x.Send(t.Context(), amy, id, x.words(strings.Repeat("a", seen.Limit+1)))
		x.refuses(err, parley.ErrTextTooLong)
		note, err := x.Note(t.Context(), amy, id, x.words("Ask the store"))
		x.must(err)
		if note.Text != "Ask the store" {
			t.Errorf("SCR-02: the note is %q", note.Text)
		}
		x.signs("Amy \U0001f600")
		w.does(func(s *channel.Spec) { s.PlainText = true })
		if got := x.stands(x.writes(id, "Bye"), parley.DeliverySent, "").Text; got != "Bye" {
			t.Errorf("CNV-07: where only letters go, a signature with others stays away: %q", got)
		}
	})
}

func (x *town) agentLimit(t *testing.T) int {
	t.Helper()
	b, err := x.memory.book(t.Context())
	x.must(err)
	return b.agentLimit(amy, parley.WhatsApp)
}

// TestPriceInComposer: SMS-01: who writes sees what a segment to that country costs.
func TestPriceInComposer(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.does(func(s *channel.Spec) { s.Segments = true })
		if c := x.shown(amy, id).Composer; c.Price != 0 || c.Currency != "" {
			t.Errorf("SMS-01: nobody set a price, and it is %d %s", c.Price, c.Currency)
		}
		x.lists(store.Country{Country: "US", Receive: true, Send: true, Price: 7500})
		x.do("currency", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "sms.currency", Value: `"CAD"`})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "settings"})
		})
		if c := x.shown(amy, id).Composer; c.Price != 7500 || c.Currency != "CAD" {
			t.Errorf("SMS-01: a segment is %d millionths of %s", c.Price, c.Currency)
		}
	})
}
