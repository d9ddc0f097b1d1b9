package center

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/store/storetest"
)

// TestTalk follows one contact from the first line to after its end.
func TestTalk(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		v := x.visits("ent_support", parley.Visitor{
			Name: "Bea", Email: "bea@example.com", Question: "Where is it?", Page: "https://shop.example/cart", IP: "203.0.113.9",
		})
		for _, text := range []string{"Hello?", "Anybody?"} { // I6: before anybody accepts
			_, err := x.VisitorSend(ctx, v, x.words(text))
			x.must(err)
		}
		if rows, err := x.s.View().InteractionsOf(ctx, v.Visitor, 10); err != nil || len(rows) != 1 || rows[0].State != parley.Queued {
			t.Fatalf("E34, I6: three lines make %+v, %v", rows, err)
		}
		x.clock.pass(time.Minute)
		x.works(amy)
		id := x.latest(v).ID
		page, err := x.Interaction(ctx, amy, id)
		x.must(err)
		got := page.Interaction
		if got.Offer == nil || got.Queue.ID != "que_support" || got.EntryAt != parley.Millis(storetest.Day) || got.Channel != parley.WebChat {
			t.Errorf("OFR-02: the offer shows %+v", got)
		}
		if w := got.Visitor; w.Name != "Bea" || w.Email != "bea@example.com" || w.IP != "203.0.113.9" || w.Page != "https://shop.example/cart" {
			t.Errorf("CNV-09, WEB-05: amy sees %+v", w)
		}
		x.answer(v)
		x.talks(v, id)
		x.wrapsUp(v, id)
		x.must(x.SetStatus(ctx, amy, parley.Available, ""))
		x.must(x.Again(ctx, v, x.words("One more thing"), ""))
		x.answer(v)
		earlier, err := x.Earlier(ctx, amy, v.Visitor)
		x.must(err)
		if len(earlier) != 2 || earlier[1].ID != id {
			t.Errorf("CNV-11: above the second talk are %+v", earlier)
		}
	})
}

// talks has amy and the customer write, and both read it.
func (x *town) talks(v parley.Actor, id parley.InteractionID) {
	x.t.Helper()
	ctx := x.t.Context()
	_, err := x.Send(ctx, amy, id, x.words("Here."))
	x.must(err)
	_, err = x.VisitorSend(ctx, v, x.words("Thank you"))
	x.must(err)
	want := []string{"Where is it?", "Hello?", "Anybody?", "agent_joined", "Here.", "Thank you"}
	page, err := x.Interaction(ctx, amy, id)
	x.must(err)
	var read []string
	for _, m := range page.Messages {
		read = append(read, m.Text)
	}
	if !slices.Equal(read, want) {
		x.t.Errorf("CNV-01, I15: amy reads %q", read)
	}
	window, err := x.VisitorSnapshot(ctx, v)
	x.must(err)
	read = nil
	for _, m := range window.Messages {
		read = append(read, m.Text)
	}
	if !slices.Equal(read, want) {
		x.t.Errorf("CNV-01, I15: the customer reads %q", read)
	}
	kept := x.takes(v)
	for _, line := range []string{"Bea: Where is it?", "Amy: Here.", "Bea: Thank you"} {
		if !strings.Contains(kept, line) {
			x.t.Errorf("WEB-08: the customer keeps %q", kept)
		}
	}
}

// wrapsUp has amy end, and do what may be done then.
func (x *town) wrapsUp(v parley.Actor, id parley.InteractionID) {
	x.t.Helper()
	ctx := x.t.Context()
	x.must(x.End(ctx, amy, id))
	_, err := x.VisitorSend(ctx, v, x.words("One more"))
	x.refuses(err, parley.ErrInteractionEnded) // WRP-01: it ended for both
	window, err := x.VisitorSnapshot(ctx, v)
	x.must(err)
	if window.Conversation.State != windowEnded {
		x.t.Errorf("WRP-01: the customer sees %s", window.Conversation.State)
	}
	_, err = x.Send(ctx, amy, id, x.words("One more"))
	x.refuses(err, parley.ErrInteractionEnded) // WRP-03: no message
	_, err = x.Note(ctx, amy, id, x.words("She is glad"))
	x.must(err) // WRP-03: but notes and codes
	x.must(x.Choose(ctx, amy, id, []parley.DispositionID{"dsp_a"}))
	x.must(x.Finish(ctx, amy, id))
	if i := x.latest(v); i.ID != id || i.State != parley.Logged {
		x.t.Errorf("WRP-03: after it %s is %s", i.ID, i.State)
	}
}

// TestFlap is R-63: who may reject goes on break while it rings, over and over,
// and the contact keeps its place; who may not is told to answer first.
func TestFlap(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		v := x.visits("ent_support", bea)
		x.works(amy, bob)
		for k := range 10 {
			x.clock.pass(100 * time.Millisecond)
			offer := x.ringing(v)
			if x.latest(v).Offer.Agent != amy.Agent { // everybody was asked once: it is bob's turn
				x.refuses(x.SetStatus(ctx, bob, parley.OnBreak, "stc_lunch"), parley.ErrAnswerOfferFirst)
				if got := x.ringing(v); got != offer {
					t.Fatalf("R-63: refused, it moved from %s to %s", offer, got)
				}
				x.later(31 * time.Second) // bob misses it, and is on break
				x.must(x.SetStatus(ctx, bob, parley.Available, ""))
				continue
			}
			x.must(x.SetStatus(ctx, amy, parley.OnBreak, "stc_lunch"))
			if err := x.AcceptOffer(ctx, amy, offer); err == nil {
				t.Errorf("R-63: at flap %d amy takes an offer she gave up", k)
			}
			if i := x.latest(v); !i.EntryAt.Equal(storetest.Day) {
				t.Errorf("R-63, INV-09: it waits since %s", i.EntryAt)
			}
			x.must(x.SetStatus(ctx, amy, parley.Available, ""))
		}
	})
}
