package center

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestAcceptOffer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v := x.visits("ent_support", bea)
		offer := x.ringing(v)
		t.Run("A-022: another agent's offer is not found", func(t *testing.T) {
			x.refuses(x.AcceptOffer(ctx, bob, offer), parley.ErrNotFound)
			x.refuses(x.AcceptOffer(ctx, v, offer), parley.ErrNotFound)
			x.refuses(x.AcceptOffer(ctx, key, offer), parley.ErrForbidden)
			x.refuses(x.AcceptOffer(ctx, amy, parley.OfferID{Interaction: offer.Interaction, Attempt: 2}), parley.ErrNotFound)
		})
		t.Run("R-64: of a hundred clicks at once each gets the same answer, and amy joins once", func(t *testing.T) {
			for _, err := range x.together(100, func(int) error { return x.AcceptOffer(ctx, amy, offer) }) {
				if err != nil {
					t.Errorf("E4: %v", err)
				}
			}
			if got := x.said(v); !slices.Equal(got, []string{"customer: Where is my parcel?", "system: agent_joined"}) {
				t.Errorf("OFR-12: said %q", got)
			}
			if i := x.latest(v); i.State != parley.Active || i.Agent != amy.Agent {
				t.Errorf("the interaction is %s with %s", i.State, i.Agent)
			}
		})
		t.Run("E3: at the deadline it is accepted, a millisecond later it is expired", func(t *testing.T) {
			w := x.visits("ent_support", bea)
			x.clock.pass(30 * time.Second)
			x.must(x.AcceptOffer(ctx, amy, x.ringing(w)))
			late := x.visits("ent_support", bea)
			offer := x.ringing(late)
			x.clock.pass(30*time.Second + time.Millisecond)
			x.refuses(x.AcceptOffer(ctx, amy, offer), parley.ErrOfferExpired)
		})
	})
}

func TestAcceptAgainstEverything(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		// accept, reject and the customer's end at once: one of them wins,
		// and each of the others hears the true reason.
		for range 10 {
			v := x.visits("ent_quick", bea)
			offer := x.ringing(v)
			errs := x.together(3, func(i int) error {
				switch i {
				case 0:
					return x.AcceptOffer(ctx, amy, offer)
				case 1:
					return x.RejectOffer(ctx, amy, offer, "")
				}
				return x.VisitorEnd(ctx, v)
			})
			accepted, rejected := errs[0] == nil, errs[1] == nil
			if accepted && rejected || errs[2] != nil {
				t.Fatalf("R-64: accept %v, reject %v, leave %v", errs[0], errs[1], errs[2])
			}
			for _, err := range errs {
				if err != nil && !errors.Is(err, parley.ErrOfferExpired) && !errors.Is(err, parley.ErrCustomerLeft) {
					t.Errorf("R-64: refused as %v", err)
				}
			}
			want := parley.ShortAbandoned // left after the reject, within the first seconds
			switch {
			case accepted:
				want = parley.Logged
			case !rejected:
				want = parley.Abandoned // left while it rang
			}
			if i := x.latest(v); i.State != want {
				t.Errorf("R-66: the interaction is %s, want %s (%v)", i.State, want, errs)
			}
			for _, row := range x.held(amy) { // what was accepted and ended is to be looked at
				x.must(x.View(ctx, amy, row.ID))
				x.must(x.Dismiss(ctx, amy, row.ID))
			}
			if rejected {
				x.must(x.SetStatus(ctx, amy, parley.Available, ""))
			}
		}
	})
}

func TestAcceptAndLeave(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		// R-66, E5: first the leave.
		v := x.visits("ent_support", bea)
		offer := x.ringing(v)
		x.must(x.VisitorEnd(ctx, v))
		x.refuses(x.AcceptOffer(ctx, amy, offer), parley.ErrCustomerLeft)
		if p, err := x.s.View().Person(ctx, amy.Agent); err != nil || p.Base != parley.Available {
			t.Errorf("OFR-10: amy is %s, %v", p.Base, err)
		}
		if rows := x.held(amy); len(rows) != 0 {
			t.Errorf("R-66: a ghost is left in amy's list: %+v", rows)
		}
		// R-66, E5: first the accept.
		w, id := x.served(amy, "ent_support")
		x.must(x.VisitorEnd(ctx, w))
		if rows := x.held(amy); len(rows) != 1 || rows[0].ID != id || !rows[0].AwaitAck {
			t.Errorf("R-66: amy's list has %+v", rows)
		}
	})
}

func TestRejectOffer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(bob)
		v := x.visits("ent_support", bea)
		offer := x.ringing(v)
		x.refuses(x.RejectOffer(ctx, bob, offer, ""), parley.ErrRejectNotPermitted) // OFR-05, A-023
		x.works(amy)
		x.later(31 * time.Second)
		offer = x.ringing(v)
		x.refuses(x.RejectOffer(ctx, amy, offer, "stc_lunch"), parley.ErrInvalid()) // PRE-13: a code of breaks
		x.must(x.RejectOffer(ctx, amy, offer, ""))
		x.must(x.RejectOffer(ctx, amy, offer, ""))
		i := x.latest(v)
		if i.State == parley.Active || !i.EntryAt.Equal(storetest.Day) {
			t.Errorf("OFR-07: it is %s since %s", i.State, i.EntryAt)
		}
		if got := x.said(v); len(got) != 1 {
			t.Errorf("OFR-09: the customer reads %q", got)
		}
		var told []string
		events, err := x.VisitorEvents(ctx, v, x.news(0))
		x.must(err)
		for _, e := range events {
			if e.N > 0 && e.Type != parley.KindMessageAdded && e.Type != "link_changed" {
				told = append(told, e.Type)
			}
		}
		if !slices.Equal(told, []string{"interaction_created", "queued"}) {
			t.Errorf("OFR-09: the customer is told %q", told)
		}
	})
}

func TestMatchAtTheOffer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		customer := func(id parley.CustomerID, account, email string) {
			x.do("customer", func(r *store.Rows) {
				r.SaveCustomer(parley.Customer{
					ID: id, AccountNumber: account, FirstName: "Bea", LastName: account, Emails: []string{email},
					CreatedAt: storetest.Day, UpdatedAt: storetest.Day, Rev: 1,
				}, store.CustomerKeys{})
			})
		}
		customer("cus_1", "1001", "bea@example.com")
		customer("cus_2", "1002", "bea2@example.com")
		x.works(amy)
		v := x.visits("ent_support", parley.Visitor{Name: "B.", AccountNumber: "1002", Email: "bea@example.com"})
		page, err := x.Interaction(ctx, amy, x.latest(v).ID)
		x.must(err)
		if m := page.Interaction.Match; m.Count != 1 || m.Rule != "account" || !slices.Equal(m.Customers, []parley.CustomerID{"cus_2"}) {
			t.Errorf("POP-04, WEB-10: the account wins over the e-mail: %+v", m)
		}
		if c := page.Interaction.Customer; c.ID != "" || c.Name != "B." {
			t.Errorf("A-107: before the accept nobody is linked: %+v", c)
		}
		x.answer(v)
		_, err = x.VisitorSend(ctx, v, x.words("It is me"))
		x.must(err)
		page, err = x.Interaction(ctx, amy, x.latest(v).ID)
		x.must(err)
		if c := page.Interaction.Customer; c.ID != "cus_2" || c.Name != "Bea 1002" {
			t.Errorf("CRM-10: the one who fits is linked: %+v", c)
		}
		if text := x.takes(v); strings.Contains(text, "1002") || !strings.Contains(text, "  B.: It is me") {
			t.Errorf("A-036: who claims an account reads of its customer: %q", text)
		}
		seen, err := x.VisitorSnapshot(ctx, v)
		x.must(err)
		if text := fmt.Sprintf("%+v", seen); strings.Contains(text, "1002") || strings.Contains(text, "agt_") {
			t.Errorf("A-036, A-040: the visitor gets %s", text)
		}
		w := x.visits("ent_support", bea)
		page, err = x.Interaction(ctx, amy, x.latest(w).ID)
		x.must(err)
		if m := page.Interaction.Match; m.Count != 0 || m.Rule != "" {
			t.Errorf("POP-03: nobody fits, yet %+v", m)
		}
		x.answer(w)
		x.must(x.records.LinkCustomer(ctx, amy, x.latest(w).ID, "cus_1"))
		x.works(bob)
		x.must(x.Transfer(ctx, amy, x.latest(w).ID, Handover{Queue: "que_quick", ClientID: x.client()}))
		page, err = x.Interaction(ctx, x.offered(w), x.latest(w).ID)
		x.must(err)
		if m := page.Interaction.Match; m.Count != 1 || page.Interaction.Customer.ID != "cus_1" {
			t.Errorf("E35: who was linked is offered as %+v", m)
		}
	})
}

func TestNewCustomerMode(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		customer := func(who parley.Visitor) Customer {
			t.Helper()
			v := x.visits("ent_quick", who)
			x.answer(v)
			page, err := x.Interaction(ctx, amy, x.latest(v).ID)
			x.must(err)
			return page.Interaction.Customer
		}
		if c := customer(parley.Visitor{Name: "Bea Smith", Email: "bea@example.com"}); c.ID != "" {
			t.Errorf("POP-03: without being asked a record is made: %+v", c)
		}
		x.do("auto_create", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeEntryPoint, ScopeID: "ent_quick", Key: "crm.new_customer_mode", Value: `"auto_create"`})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "crm.new_customer_mode"})
		})
		made := customer(parley.Visitor{Name: "Bea Smith", Email: "bea@example.com", Phone: "none"})
		if made.ID == "" || made.Name != "Bea Smith" || made.AccountNumber == "" {
			t.Errorf("POP-03: made %+v", made)
		}
		if again := customer(parley.Visitor{Name: "B.", Email: "Bea@Example.com"}); again.ID != made.ID {
			t.Errorf("POP-04: who comes again is %+v", again)
		}
		if number := customer(parley.Visitor{Phone: "+15145550142"}); number.ID == "" || number.Name == "" {
			t.Errorf("POP-03: a record without a name says who writes, until somebody fills it in: %+v", number)
		}
		if nobody := customer(parley.Visitor{Question: "Hello"}); nobody.ID != "" {
			t.Errorf("POP-03: a record of nobody is made: %+v", nobody)
		}
	})
}

// offered returns whom a visitor's interaction is offered to.
func (x *town) offered(visitor parley.Actor) parley.Actor {
	x.t.Helper()
	x.ringing(visitor)
	return actor(x.latest(visitor).Offer.Agent)
}
