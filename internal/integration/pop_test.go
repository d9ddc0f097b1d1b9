package integration_test

import (
	"testing"

	"parley"
	"parley/internal/crm"
	"parley/internal/store"
)

// POP-01, DYN-03: a record outside pops with the beginning of a conversation, or
// when it has ended, or never, as the three events are set.
func TestWhenItPops(t *testing.T) {
	for _, test := range []struct {
		name             string
		on               []string
		offer, mid, over bool
	}{
		{"at the offer it waits as a link", []string{"pop.on_offer"}, true, true, true},
		{"with the accept click", []string{"pop.on_accept"}, true, true, true},
		{"when it has ended", []string{"pop.on_end"}, false, false, true},
		{"any of them", []string{"pop.on_accept", "pop.on_end"}, true, true, true},
		{"never", nil, false, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			each(t, func(t *testing.T, x *town) {
				x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com")}
				x.do(func(r *store.Rows) {
					r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "pop.on_offer", Value: "false"})
					for _, key := range test.on {
						r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: key, Value: "true"})
					}
				})
				pops := func(id parley.InteractionID, when string, want bool) {
					t.Helper()
					if got := x.knows(id).Pop != ""; got != want {
						t.Errorf("POP-01: %s it pops: %v, want %v", when, got, want)
					}
				}
				o := x.rings("zoe@example.com")
				x.until(o.Interaction, "one is found", found)
				pops(o.Interaction, "at the offer", test.offer)
				x.must(x.center.AcceptOffer(t.Context(), amy, o))
				pops(o.Interaction, "while it goes on", test.mid)
				x.ends(o.Interaction)
				pops(o.Interaction, "when it has ended", test.over)
			})
		})
	}
}

// DYN-04: what waits to be opened is who was chosen, not the first any more.
func TestPopFollowsTheChoice(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com"), person("2", "Zoe Ann", "zoe@example.com")}
		o := x.rings("zoe@example.com")
		k := x.until(o.Interaction, "two are found", found)
		a := x.asked()
		a.Interaction = o.Interaction
		x.must(x.Choose(t.Context(), amy, a, k.Records[1].CRMRef))
		if now := x.knows(o.Interaction); k.Pop != k.Records[0].URL || now.Pop != k.Records[1].URL {
			t.Errorf("DYN-04: first %q waits, then %q", k.Pop, now.Pop)
		}
	})
}
