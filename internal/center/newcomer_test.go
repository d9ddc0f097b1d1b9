package center

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
)

// TestWhoWrites: a known phone is its customer, whichever number of ours it writes
// to; a phone that two have is nobody's yet.
func TestWhoWrites(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.do("customers", func(r *store.Rows) {
			for id, number := range map[parley.CustomerID]string{"cus_bea": "2065551234", "cus_dan": "12065559999", "cus_eve": "12065559999"} {
				r.SaveCustomer(parley.Customer{
					ID: id, FirstName: string(id), LastName: "L", AccountNumber: string(id), Phones: []string{number}, Emails: []string{}, Rev: 1,
				}, store.CustomerKeys{Folded: string(id), FoldedLast: string(id), Digits: []string{number}})
			}
		})
		x.brings("ent_sms", says("(206) 555-1234", "m1", "Hi"), says("+12065559999", "m2", "Hi"))
		bea, two := x.talkOf("ent_sms", phone("+12065551234")), x.talkOf("ent_sms", phone("+12065559999"))
		whose := func(v parley.Actor) parley.CustomerID {
			c, err := x.s.View().Conversation(t.Context(), v.Visitor)
			x.must(err)
			return c.Customer
		}
		if whose(bea) != "cus_bea" || whose(two) != "" {
			t.Errorf("SMS-08: they are %q and %q", whose(bea), whose(two))
		}
		x.brings("ent_sms2", says("+1 206 555 1234", "m1", "Hi again"))
		other := x.talkOf("ent_sms2", phone("+12065551234"))
		if other.Visitor == bea.Visitor || whose(other) != "cus_bea" {
			t.Errorf("networks.md 11: at the other number it is %q", whose(other))
		}
		x.works(amy, bob, carol)
		offer, who := x.ringing(two), map[parley.AgentID]parley.Actor{amy.Agent: amy, bob.Agent: bob, carol.Agent: carol}
		if got := x.latest(two).Match; got.Count != 2 || got.Rule != "phone" {
			t.Errorf("POP-04: they may pick from %+v", got)
		}
		x.must(x.AcceptOffer(t.Context(), who[x.latest(two).Offer.Agent], offer))
		x.must(x.records.LinkCustomer(t.Context(), ada, offer.Interaction, "cus_eve"))
		x.news(0)
		if whose(two) != "cus_eve" {
			t.Fatalf("CRM-10: linked it is %q", whose(two))
		}
		x.brings("ent_sms2", says("+12065559999", "m2", "Me again"))
		if got := whose(x.talkOf("ent_sms2", phone("+12065559999"))); got != "cus_eve" {
			t.Errorf("SMS-08: known by the link it is %q", got)
		}
		page, err := x.records.Customer(t.Context(), ada, "cus_eve")
		x.must(err)
		if len(page.Keys) != 1 || page.Keys[0].Value != "+12065559999" || page.Keys[0].Kind != parley.KeyPhone {
			t.Errorf("SOC-05: the page lists %+v", page.Keys)
		}
	})
}

// TestNewcomers: SOC-05: somebody unknown on a social network becomes a customer,
// with the name the network tells; on SMS it is the agent who makes one.
func TestNewcomers(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		named, nameless := says("", "m1", "Hi"), says("", "m2", "Hi")
		named.From, named.Name, named.Handle = psid("z1"), "Zoe\u0000 Leger", "zoe"
		nameless.From = psid("z2")
		x.brings("ent_page", named, nameless)
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		customer := func(v parley.Actor) (store.Linked, parley.Visitor) {
			c, err := x.s.View().Conversation(t.Context(), v.Visitor)
			x.must(err)
			if c.Customer == "" {
				return store.Linked{}, c.Visitor
			}
			who, err := x.s.View().Linked(t.Context(), c.Customer)
			x.must(err)
			return who, c.Visitor
		}
		if who, visitor := customer(x.talkOf("ent_page", psid("z1"))); who.Name != "Zoe Leger" || visitor.Handle != "zoe" {
			t.Errorf("SOC-05, SOC-04: z1 is %+v, %+v", who, visitor)
		}
		if who, _ := customer(x.talkOf("ent_sms", phone("+12065551234"))); who.ID != "" {
			t.Errorf("POP-03: a phone became %+v", who)
		}
		v := x.talkOf("ent_page", psid("z2"))
		// The outbox asks too, and twice is once.
		x.must(x.profile(t.Context(), store.Outbox{Data: `{"conversation":"` + string(v.Visitor) + `"}`}))
		x.news(0)
		who, visitor := customer(v)
		if who.Name != "Zoe Leger" || visitor.Handle != "zoe_z2" {
			t.Errorf("SOC-04: asked, z2 is %+v, %+v", who, visitor)
		}
		if id, err := x.s.View().CustomerKeyed(t.Context(), psid("z2")[0], "page1"); err != nil || id != who.ID {
			t.Errorf("SOC-05: its key is %q's, %v", id, err)
		}
		x.do("choose", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeEntryPoint, ScopeID: "ent_page", Key: "crm.new_customer_mode", Value: `"none"`})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
		})
		named.From, named.ExternalID = psid("z3"), "m3"
		x.brings("ent_page", named)
		if who, _ := customer(x.talkOf("ent_page", psid("z3"))); who.ID != "" {
			t.Errorf("POP-03: though somebody chose none, z3 is %+v", who)
		}
	})
}

// TestAddresses: all addresses of somebody lead to one conversation; one that
// leads elsewhere is never repointed, and a new number keeps the old as a former.
func TestAddresses(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		const bea, fresh = "+12065551234", "+12065550000"
		user := parley.Key{Kind: parley.KeyWhatsApp, Value: "US.1349"}
		both := says(bea, "m1", "Hi")
		both.From = append(parley.Keys{user}, phone(bea)...)
		x.brings("ent_sms", both)
		v := x.talkOf("ent_sms", phone(bea))
		alone := says("", "m2", "No number today")
		alone.From = parley.Keys{user}
		x.brings("ent_sms", alone, says("+12065557777", "m3", "Somebody else"))
		if got := len(x.said(v)); got != 2 || x.talkOf("ent_sms", parley.Keys{user}).Visitor != v.Visitor {
			t.Errorf("networks.md 0.3: %d messages in the one conversation", got)
		}
		mixed := says("+12065557777", "m4", "With her user id")
		mixed.From = append(parley.Keys{user}, mixed.From...)
		x.brings("ent_sms", mixed)
		other := x.talkOf("ent_sms", phone("+12065557777"))
		if got := len(x.said(other)); got != 2 || x.talkOf("ent_sms", parley.Keys{user}).Visitor != v.Visitor {
			t.Errorf("networks.md 11: by phone: %d messages there, and the user id moved", got)
		}
		moved := parley.Inbound{Kind: parley.InboundIdentity, ExternalID: "i1", From: append(phone(fresh), phone(bea)...)}
		x.brings("ent_sms", moved, moved)
		x.brings("ent_sms", says(fresh, "m5", "From my new phone"))
		if x.talkOf("ent_sms", phone(fresh)).Visitor != v.Visitor {
			t.Error("networks.md 11: the new number begins a conversation of its own")
		}
		want := []string{"customer: Hi", "customer: No number today", "system: number_changed", "customer: From my new phone"}
		if got := x.said(v); !slices.Equal(got, want) {
			t.Errorf("networks.md 11: said is %q", got)
		}
		kept, err := x.s.View().KeysOf(t.Context(), v.Visitor)
		x.must(err)
		var former []parley.Address
		for _, k := range kept {
			if k.Former {
				former = append(former, k.Value)
			}
		}
		if len(kept) != 3 || !slices.Equal(former, []parley.Address{bea}) {
			t.Errorf("networks.md 11: it is reached by %+v", kept)
		}
		onto := parley.Inbound{Kind: parley.InboundIdentity, ExternalID: "i2", From: append(phone("+12065557777"), phone(fresh)...)}
		x.brings("ent_sms", onto)
		if x.talkOf("ent_sms", phone("+12065557777")).Visitor != other.Visitor {
			t.Error("networks.md 11: an address was repointed")
		}
	})
}

// TestWindow is WAP-05, SOC-07: each message opens the window anew, an
// advertisement a longer one, and it never closes sooner.
func TestWindow(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		until := func() time.Duration {
			c, err := x.s.View().Conversation(t.Context(), x.talkOf("ent_page", psid("z1")).Visitor)
			x.must(err)
			return c.WindowUntil.Sub(x.clock.Now())
		}
		hi := func(id string, w parley.Window) parley.Inbound {
			m := says("", id, "Hi")
			m.From, m.Name, m.Window = psid("z1"), "Zoe", w
			return m
		}
		x.brings("ent_page", hi("m1", parley.WindowAd))
		x.clock.pass(time.Hour)
		x.brings("ent_page", hi("m2", parley.WindowOpens))
		if got := until(); got != 71*time.Hour {
			t.Errorf("WAP-05: after an advertisement %s are left", got)
		}
		x.clock.pass(60 * time.Hour)
		x.brings("ent_page", hi("m3", parley.WindowNone))
		if got := until(); got != 11*time.Hour {
			t.Errorf("WAP-05: what opens nothing leaves %s", got)
		}
		action := hi("a1", parley.WindowOpens)
		action.Kind = parley.InboundAction
		x.brings("ent_page", action)
		if got := until(); got != 24*time.Hour || len(x.said(x.talkOf("ent_page", psid("z1")))) != 3 {
			t.Errorf("SOC-07: an action leaves %s", got)
		}
	})
}

// TestWindowOfALateMessage is WAP-05, R-40: what reached us late leaves as much time
// as the network counts, and a clock that is wrong changes nothing.
func TestWindowOfALateMessage(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		for n, c := range []struct {
			who  string
			late time.Duration
			want time.Duration
		}{
			{"z1", 0, 24 * time.Hour},
			{"z2", 5 * time.Hour, 19 * time.Hour},
			{"z3", 30 * time.Hour, -6 * time.Hour}, // over before we heard of it
			{"z4", -2 * time.Hour, 24 * time.Hour}, // from the future
			{"z5", 9 * 24 * time.Hour, 24 * time.Hour},
			{"z2", 7 * time.Hour, 19 * time.Hour}, // an older one came even later
		} {
			m := says("", fmt.Sprintf("late%d", n), "Hi")
			m.From, m.Window, m.SentAt = psid(c.who), parley.WindowOpens, x.clock.Now().Add(-c.late)
			x.brings("ent_page", m)
			kept, err := x.s.View().Conversation(t.Context(), x.talkOf("ent_page", psid(c.who)).Visitor)
			x.must(err)
			if got := kept.WindowUntil.Sub(x.clock.Now()); got != c.want {
				t.Errorf("WAP-05: %s late leaves %s, not %s", c.late, got, c.want)
			}
		}
	})
}
