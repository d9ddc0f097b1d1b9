package integration_test

import (
	"errors"
	"testing"
	"time"

	"parley"
	"parley/internal/center"
	"parley/internal/crm"
	"parley/internal/integration"
	"parley/internal/settings"
	"parley/internal/store"
)

// DYN-02, C9: at the offer the CRM is asked by the channel's identity, and the
// agent sees how many fit before accepting.
func TestLookupAtOffer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com"), person("2", "Zoe too", "zoe@example.com"), person("3", "Yan", "yan@example.com")}
		o := x.rings(" Zoe@Example.com ")
		k := x.until(o.Interaction, "two are found", found)
		if len(k.Records) != 2 || k.Regarding.ID != "1" || k.Chosen || k.Log != nil {
			t.Errorf("DYN-02: amy sees %+v", k)
		}
		if !k.Records[0].Claimed || !k.Records[1].Claimed {
			t.Errorf("A-107: an address they typed is taken for proof: %+v", k.Records)
		}
		if k.Pop != "https://tin.example/contact/1" {
			t.Errorf("DYN-04: the first pops: %q", k.Pop)
		}
		briefs, err := x.s.View().CRMBriefs(t.Context(), o.Interaction)
		if err != nil || len(briefs) != 1 || briefs[0].Count != 2 || briefs[0].State != store.CRMFound {
			t.Errorf("DYN-02: the card says %+v, %v", briefs, err)
		}
		if _, err := x.Knows(t.Context(), bob, o.Interaction); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("DYN-02: who is not offered it sees it: %v", err)
		}
		x.must(x.center.AcceptOffer(t.Context(), amy, o))
		if k := x.answered("yan@example.com", found); k.Pop != "https://tin.example/contact/3" {
			t.Errorf("DYN-03: exactly one pops: %+v", k)
		}
		if k := x.answered("nobody@example.com", found); k.Pop != k.New || k.New != "https://tin.example/new?email=nobody@example.com&phone=" || k.Prefill.LastName != "Day" {
			t.Errorf("DYN-03: the form for a new contact pops, filled: %+v", k)
		}
	})
}

// DYN-02: who was found is not asked for again for five minutes; that nobody was
// found is not remembered.
func TestCache(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com")}
		asks := func(email string, want int) {
			t.Helper()
			x.answered(email, found)
			x.tin.mu.Lock()
			defer x.tin.mu.Unlock()
			if len(x.tin.asked) != want {
				t.Errorf("DYN-02: the CRM was asked %d times, want %d", len(x.tin.asked), want)
			}
		}
		asks("zoe@example.com", 1)
		asks("zoe@example.com", 1)
		asks("new@example.com", 2)
		asks("new@example.com", 3)
		x.clock.pass(5 * time.Minute)
		asks("zoe@example.com", 4)
	})
}

// DYN-08: a CRM that does not answer holds up nothing; the agent sees that it is
// unavailable, and can have it asked again. After a few failures it is left in
// peace.
func TestUnavailable(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com")}
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Transient, Detail: "503"} })
		o := x.rings("zoe@example.com")
		x.must(x.center.AcceptOffer(t.Context(), amy, o))
		k := x.until(o.Interaction, "it is unavailable", missing)
		if k.Pop != "" {
			t.Errorf("DYN-08: nothing pops: %+v", k)
		}
		for range 4 {
			x.answered("zoe@example.com", missing)
		}
		asked := len(x.tin.asked)
		x.answered("zoe@example.com", missing)
		if len(x.tin.asked) != asked {
			t.Error("DYN-08: a CRM that does not answer is asked all the time")
		}
		x.tin.set(func(c *tin) { c.down = nil })
		x.clock.pass(time.Minute)
		a := x.asked()
		a.Interaction = o.Interaction
		x.must(x.LookUp(t.Context(), amy, a))
		if k := x.until(o.Interaction, "it is found", found); len(k.Records) != 1 {
			t.Errorf("DYN-08: asked again it says %+v", k)
		}
	})
}

// DYN-02: an offer does not wait for the CRM: it rings and is accepted while the
// CRM is being asked.
func TestOfferDoesNotWait(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.set(func(c *tin) { c.searches = make(chan struct{}) })
		o := x.rings("zoe@example.com")
		x.must(x.center.AcceptOffer(t.Context(), amy, o))
		if k := x.knows(o.Interaction); k.State != store.CRMSearching {
			t.Errorf("DYN-02: it is %s", k.State)
		}
		close(x.tin.searches)
		x.until(o.Interaction, "an answer", found)
	})
}

// DYN-04, DYN-07, F095: the switch is the agent's own unless an administrator
// decides; then what the agent chose does not count.
func TestMultiMatchSwitch(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.tin.people = []crm.Record{person("1", "Zoe", "zoe@example.com"), person("2", "Zoe too", "zoe@example.com")}
		o := x.rings("zoe@example.com")
		x.until(o.Interaction, "found", found)
		mine, err := x.Mine(t.Context(), amy)
		if err != nil || !mine.AutoMultiMatchPop || mine.Locked || !mine.Connected {
			t.Errorf("DYN-07: at first it is %+v, %v", mine, err)
		}
		x.must(x.SaveMine(t.Context(), amy, false))
		if k := x.knows(o.Interaction); k.Pop != "" || k.Regarding.ID != "1" {
			t.Errorf("DYN-04, C23: nothing pops, and the first is the link: %+v", k)
		}
		x.do(func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeGroup, ScopeID: "grp_desk", Key: "dyn.may_change", Value: "false"})
		})
		if mine, err := x.Mine(t.Context(), amy); err != nil || !mine.Locked || !mine.AutoMultiMatchPop {
			t.Errorf("DYN-07: locked it is %+v, %v", mine, err)
		}
		if err := x.SaveMine(t.Context(), amy, false); !errors.Is(err, parley.ErrForbidden) {
			t.Errorf("DYN-07: a locked one is changed: %v", err)
		}
		if settings.Check(parley.Setting{Scope: parley.ScopeGroup, ScopeID: "grp_desk", Key: "dyn.auto_multi_match_pop", Value: "false"}) != "" {
			t.Error("DYN-07: a group cannot have it set")
		}
	})
}

// DYN-03, E35: a new contact is made from here, and the interaction is filed under
// it; what the CRM's own rules know is said.
func TestCreateContact(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		o := x.rings("zoe@example.com")
		x.must(x.center.AcceptOffer(t.Context(), amy, o))
		x.until(o.Interaction, "nobody is found", found)
		a := integration.Asked{Interaction: o.Interaction, Connection: x.crm}
		if _, err := x.Create(t.Context(), amy, a, integration.CRMNewRecord{FirstName: "Zoe", Email: "no address"}); err == nil {
			t.Error("DYN-03: a contact without a last name is made")
		}
		made, err := x.Create(t.Context(), amy, a, integration.CRMNewRecord{FirstName: "Zoe", LastName: "Day", Email: "zoe@example.com", Phone: "514-555-0123"})
		x.must(err)
		if k := x.knows(o.Interaction); k.Regarding != made.CRMRef || !k.Chosen || made.Phones[0] != "+15145550123" {
			t.Errorf("E35: it is filed under %+v, made %+v", k.Regarding, made)
		}
		var refused *parley.Error
		if _, err := x.Create(t.Context(), amy, a, integration.CRMNewRecord{LastName: "Day", Email: "zoe@example.com"}); !errors.As(err, &refused) || refused.Code != "crm_duplicate" {
			t.Errorf("DYN-03: the CRM knows her: %v", err)
		}
		x.tin.set(func(c *tin) { c.down = &crm.Error{Code: crm.Transient} })
		if _, err := x.Create(t.Context(), amy, a, integration.CRMNewRecord{LastName: "Night"}); !errors.As(err, &refused) || refused.Code != "crm_unavailable" {
			t.Errorf("DYN-08: it is down: %v", err)
		}
		if _, err := x.Create(t.Context(), bob, a, integration.CRMNewRecord{LastName: "Night"}); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("DYN-03: somebody else's customer: %v", err)
		}
		x.tin.set(func(c *tin) { c.down = nil })
		x.ends(o.Interaction)
		if k := x.until(o.Interaction, "it is logged", posted); k.Log.Regarding != made.CRMRef {
			t.Errorf("E35: the log is under %+v", k.Log.Regarding)
		}
	})
}

// DYN-03: whom a supervisor added and chose while somebody waits is still chosen
// when it rings for the first time.
func TestChosenBeforeTheOffer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.must(x.center.SetStatus(t.Context(), amy, parley.OnBreak, ""))
		b, err := x.center.Begin(t.Context(), center.Contact{
			EntryPoint: "ent_site", ClientID: "waits", Visitor: parley.Visitor{Name: "Zoe Day", Email: "zoe@example.com"},
		})
		x.must(err)
		me, err := x.center.ResolveVisitor(t.Context(), b.Token)
		x.must(err)
		all, err := x.s.View().InteractionsOf(t.Context(), me.Visitor, 1)
		x.must(err)
		a := x.asked()
		a.Interaction = all[0].ID
		made, err := x.Create(t.Context(), ada, a, integration.CRMNewRecord{LastName: "Day", Email: "other@example.com"})
		x.must(err)
		x.tin.mu.Lock()
		x.tin.people = append([]crm.Record{person("9", "Zoe", "zoe@example.com")}, x.tin.people...)
		x.tin.mu.Unlock()
		x.must(x.center.SetStatus(t.Context(), amy, parley.Available, ""))
		k := x.until(a.Interaction, "who fits is found too", func(k integration.CRMKnown) bool { return len(k.Records) > 0 && k.Records[0].ID == "9" })
		if !k.Chosen || k.Regarding != made.CRMRef {
			t.Errorf("DYN-03: %+v was chosen, amy sees %+v", made.CRMRef, k)
		}
	})
}
