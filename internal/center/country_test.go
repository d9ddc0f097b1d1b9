package center

import (
	"errors"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
)

// lists says where texts go.
func (x *town) lists(all ...store.Country) {
	x.t.Helper()
	x.do("countries", func(r *store.Rows) {
		r.SaveCountries(all)
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "sms_countries"})
	})
}

// TestCountries: SMS-01, F049: nothing is sent to a country that is off, what comes from
// one is kept for administrators alone, and what was sent is counted with its price.
func TestCountries(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.does(func(s *channel.Spec) { s.Segments = true })
		spent := func() store.Spend {
			t.Helper()
			got, err := x.s.View().SpendBetween(t.Context(), time.UnixMilli(0), x.clock.Now().Add(time.Hour))
			x.must(err)
			if len(got) != 1 {
				t.Fatalf("spent: %+v", got)
			}
			return got[0]
		}
		x.stands(x.writes(id, "Hello there"), parley.DeliverySent, "")
		if got := spent(); got != (store.Spend{Country: "US", Messages: 1, Segments: 1}) {
			t.Errorf("SMS-01: while no country is listed, texts go everywhere: %+v", got)
		}
		x.lists(store.Country{Country: "US", Receive: true, Send: true, Price: 7500})
		x.stands(x.writes(id, "The first sentence. The second one."), parley.DeliverySent, "")
		if got := spent(); got != (store.Spend{Country: "US", Messages: 2, Segments: 3, Cost: 15_000}) {
			t.Errorf("SMS-01: each part is a segment or more, at its price: %+v", got)
		}

		kept := x.rawCount()
		x.brings("ent_wire", says("+33612345678", "fr1", "Bonjour"))
		if found, err := x.s.View().KeyedBy(t.Context(), "ent_wire", phone("+33612345678")); err != nil || len(found) > 0 {
			t.Errorf("SMS-01: nobody is bothered: %v %v", found, err)
		}
		odd, err := x.s.View().RawOdd(t.Context(), "ent_wire", 10)
		if err != nil || len(odd) != 1 || odd[0].Odd != "country_not_allowed FR" || x.rawCount() != kept+1 {
			t.Errorf("SMS-01: it is kept raw and shown: %+v %v", odd, err)
		}

		x.lists(store.Country{Country: "US", Receive: true})
		_, err = x.Send(t.Context(), amy, id, Words{ClientID: x.client(), Text: "Still there?"})
		if !errors.Is(err, parley.ErrCountryOff) {
			t.Errorf("SMS-01: nothing is sent to a country that is off: %v", err)
		}
		x.brings("ent_wire", says(zoes, "us2", "Hi again"))
		if got := len(w.read()); got != 3 {
			t.Errorf("the phone shows %d texts", got)
		}
	})
}
