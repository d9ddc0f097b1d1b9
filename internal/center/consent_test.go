package center

import (
	"errors"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
)

// asks makes an entry point ask visitors to agree to a text.
func (x *town) asks(id parley.EntryPointID, text parley.Text) {
	x.t.Helper()
	e, err := x.s.View().EntryPoint(x.t.Context(), id)
	x.must(err)
	e.Script.Consent, e.Rev = text, e.Rev+1
	x.do("save_entry_point", func(r *store.Rows) {
		r.SaveEntryPoint(e)
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(id)})
	})
}

func TestConsent(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		words := parley.Text{EN: "I agree to be served.", FR: "J'accepte d'\u00eatre servi."}
		x.asks("ent_support", words)
		begin := func(consent string) (parley.Actor, error) {
			b, err := x.Begin(ctx, Contact{EntryPoint: "ent_support", ClientID: x.client(), Visitor: bea, Consent: consent})
			return parley.Actor{Visitor: b.Conversation}, err
		}
		x.works(amy)
		t.Run("SCR-05: the door shows the words in the visitor's language, each with its version", func(t *testing.T) {
			en, err := x.Door(ctx, "ent_support", "en")
			x.must(err)
			fr, err := x.Door(ctx, "ent_support", "fr-CA")
			x.must(err)
			if en.Consent.Text != words.EN || fr.Consent.Text != words.FR || en.Consent.Version == fr.Consent.Version {
				t.Errorf("the door asks %+v and %+v", en.Consent, fr.Consent)
			}
			if last := en.Form[len(en.Form)-1]; last != (parley.Field{Name: "consent", Required: true}) {
				t.Errorf("the form ends with %+v", last)
			}
			if other, err := x.Door(ctx, "ent_quick", "en"); err != nil || other.Consent != nil {
				t.Errorf("where nothing is asked the door has %+v %v", other.Consent, err)
			}
		})
		t.Run("A-018: no chat begins without the consent, nor with that to other words", func(t *testing.T) {
			for _, version := range []string{"", "yes", parley.ConsentVersion("I agree to anything.")} {
				_, err := begin(version)
				x.refuses(err, parley.ErrConsentRequired)
				var e *parley.Error
				if errors.As(err, &e); e.Data["text"] != words.EN || e.Data["version"] != parley.ConsentVersion(words.EN) {
					t.Errorf("the refusal says %v", e.Data)
				}
			}
		})
		t.Run("SCR-07: no message is left without it either, and it is kept which words, and when", func(t *testing.T) {
			x.asks("ent_closed", words)
			left := Left{ClientID: x.client(), Name: "Bea", Email: "bea@example.com", Text: "Call me"}
			x.refuses(x.Leave(ctx, "ent_closed", left), parley.ErrConsentRequired)
			left.Consent = parley.ConsentVersion(words.EN)
			for range 2 {
				x.must(x.Leave(ctx, "ent_closed", left))
			}
			all, err := x.MissedContacts(ctx, bob, MissedRange{Kind: kindForm, State: missedNew, Limit: 100})
			x.must(err)
			if len(all.Items) != 1 || all.Items[0].Consent != left.Consent || all.Items[0].ConsentAt != parley.Millis(x.clock.Now()) {
				t.Errorf("left %+v", all.Items)
			}
		})
		v, err := begin(parley.ConsentVersion(words.FR)) // they may read either
		x.must(err)
		agreedAt := x.clock.Now()
		t.Run("CNV-09: the agent sees when they agreed and to which words", func(t *testing.T) {
			x.answer(v)
			i := x.shown(amy, x.latest(v).ID)
			if i == nil || i.Visitor.Consent != parley.ConsentVersion(words.FR) || i.Visitor.ConsentAt != parley.Millis(agreedAt) {
				t.Errorf("amy sees %+v", i)
			}
		})
		t.Run("I27: who comes back agreed already, until the words change", func(t *testing.T) {
			x.must(x.VisitorEnd(ctx, v))
			x.clock.pass(time.Minute)
			x.must(x.Again(ctx, v, x.words("One more thing"), ""))
			if got := x.latest(v).Consent; got.Version != parley.ConsentVersion(words.FR) || !got.At.Equal(agreedAt) {
				t.Errorf("the new interaction has %+v", got)
			}
			x.must(x.VisitorEnd(ctx, v))
			changed := parley.Text{EN: "I agree to more.", FR: "J'accepte plus."}
			x.asks("ent_support", changed)
			x.refuses(x.Again(ctx, v, x.words("And another"), ""), parley.ErrConsentRequired)
			x.clock.pass(time.Minute)
			agreedAt = x.clock.Now()
			x.must(x.Again(ctx, v, x.words("And another"), parley.ConsentVersion(changed.EN)))
			all, err := x.s.View().Consents(ctx, v.Visitor)
			x.must(err)
			if len(all) != 3 || all[0].Text != words.FR || all[2].Text != changed.EN || !all[2].At.Equal(agreedAt) {
				t.Errorf("kept %+v", all)
			}
		})
	})
}
