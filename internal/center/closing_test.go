package center

import (
	"slices"
	"testing"
	"time"

	"parley"
)

// TestWindowCloses is I23: where the entry point says so, the agent is warned
// before the network lets them answer no more, and then the system ends the talk;
// the customer is told nothing. Everywhere else it goes on.
func TestWindowCloses(t *testing.T) {
	for _, ends := range []bool{true, false} {
		each(t, func(t *testing.T, x *town) {
			x.connect()
			if ends {
				x.set("ent_page", "window.on_close", `"end_talk"`)
			}
			x.set("ent_page", "window.warn_s", "600")
			x.works(amy)
			writes := func(id string) {
				m := says("", id, "Hi")
				m.From, m.Name = psid("z1"), "Zoe"
				x.brings("ent_page", m)
			}
			writes("m1")
			zoe := x.talkOf("ent_page", psid("z1"))
			x.must(x.AcceptOffer(t.Context(), amy, x.ringing(zoe)))
			x.later(23 * time.Hour)
			writes("m2")
			x.later(23*time.Hour + 50*time.Minute)
			if slices.Contains(x.said(zoe), "system: "+lineWindowNears) {
				t.Fatalf("I23: a message opens the time anew, and it is told too soon: %q", x.said(zoe))
			}
			x.later(time.Millisecond)
			if got := slices.Contains(x.said(zoe), "system: "+lineWindowNears); got != ends {
				t.Errorf("I23: said is %q", x.said(zoe))
			}
			x.later(10 * time.Minute)
			i, said := x.latest(zoe), x.said(zoe)
			if !ends {
				if i.State != parley.Active {
					t.Errorf("I23: kept, it is %s", i.State)
				}
				return
			}
			if i.State != parley.WrapUp || i.EndedBy != parley.EndedBySystem || i.EndedWhy != whyWindow {
				t.Errorf("I23: it is %s, ended by %s because of %q", i.State, i.EndedBy, i.EndedWhy)
			}
			if said[len(said)-1] != "system: "+lineWindowClosed {
				t.Errorf("I23: said is %q", said)
			}
			for _, m := range x.messages(zoe) {
				if m.Sender == parley.FromSystem && m.Delivery != nil {
					t.Errorf("I23: %q is sent to a customer who cannot be written to", m.Text)
				}
			}
		})
	}
}
