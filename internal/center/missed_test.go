package center

import (
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
)

func TestMissedContacts(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		left := func() Left {
			return Left{ClientID: x.client(), Name: "Bea", Email: "bea@example.com", Text: "Call me"}
		}
		list := func(kind string) []Missed {
			t.Helper()
			all, err := x.MissedContacts(ctx, bob, MissedRange{Kind: kind, State: missedNew, Limit: 100})
			x.must(err)
			return all.Items
		}
		t.Run("SCR-07: an offline form is kept once", func(t *testing.T) {
			form := left()
			x.must(x.Leave(ctx, "ent_closed", form))
			x.must(x.Leave(ctx, "ent_closed", form))
			if got := list(kindForm); len(got) != 1 || got[0].Text != "Call me" || got[0].EntryPoint.ID != "ent_closed" {
				t.Errorf("missed %+v", got)
			}
			x.refuses(x.Leave(ctx, "ent_form", left()), parley.ErrForbidden)
			form = left()
			form.Email, form.Text = "", " "
			if got := faultsOf(x.Leave(ctx, "ent_closed", form)); !slices.Equal(got, []string{"email required", "text required"}) {
				t.Errorf("faults = %q", got)
			}
		})
		t.Run("I8: who skips the line is one missed contact with their words", func(t *testing.T) {
			v := x.visits("ent_support", bea)
			form := left()
			x.must(x.Skip(ctx, v, form))
			x.must(x.Skip(ctx, v, form))
			got := list(kindSkipped)
			if len(got) != 1 || got[0].Text != "Call me" || got[0].Email != "bea@example.com" || got[0].Queue.Name != "Queue support" {
				t.Errorf("missed %+v", got)
			}
			if i := x.latest(v); i.State != parley.Skipped {
				t.Errorf("the interaction is %s", i.State)
			}
		})
		t.Run("I7: who leaves at once is one only if they left an e-mail or a word", func(t *testing.T) {
			for _, left := range []struct {
				who  parley.Visitor
				says string
				want int
			}{
				{parley.Visitor{Name: "Bea"}, "", 0},
				{parley.Visitor{Name: "Bea", Email: "bea@example.com"}, "", 1},
				{parley.Visitor{Name: "Bea", Question: "Where is my order?"}, "", 1},
				{parley.Visitor{Name: "Bea"}, "Hello?", 1},
			} {
				before := len(list(kindAbandoned))
				v := x.visits("ent_support", left.who)
				if left.says != "" {
					_, err := x.VisitorSend(ctx, v, Words{ClientID: x.client(), Text: left.says})
					x.must(err)
				}
				x.must(x.VisitorEnd(ctx, v))
				if i := x.latest(v); i.State != parley.ShortAbandoned {
					t.Errorf("the interaction is %s", i.State)
				}
				got := list(kindAbandoned)
				if len(got)-before != left.want {
					t.Errorf("%+v, %q: %d missed, want %d", left.who, left.says, len(got)-before, left.want)
				}
				if left.want == 1 && (got[0].Email != left.who.Email || got[0].Text != left.who.Question+left.says) {
					t.Errorf("missed %+v", got[0])
				}
				for _, m := range got {
					x.must(x.ChangeMissed(ctx, bob, m.ID, MissedChange{State: missedDone, Rev: m.Rev}))
				}
			}
		})
		t.Run("I7: who leaves while waiting is one with their question", func(t *testing.T) {
			w := x.visits("ent_support", bea)
			x.clock.pass(6 * time.Second)
			x.must(x.VisitorEnd(ctx, w))
			if got := list(kindAbandoned); len(got) != 1 || got[0].Text != bea.Question {
				t.Errorf("missed %+v", got)
			}
		})
		t.Run("I18: who loses the link for good is one too", func(t *testing.T) {
			v := x.visits("ent_support", bea)
			x.must(x.VisitorLost(ctx, v.Visitor))
			x.later(121 * time.Second)
			if i := x.latest(v); i.State != parley.Abandoned {
				t.Errorf("T_queue_grace: the interaction is %s", i.State)
			}
		})
		t.Run("I9: whom the queue gave up on is asked for a message, until they have left one", func(t *testing.T) {
			v := x.gaveUp()
			window := func() VisitorView {
				t.Helper()
				s, err := x.VisitorSnapshot(ctx, v)
				x.must(err)
				return s.Conversation
			}
			if w := window(); !w.FormAfterEnd || w.State != windowEnded {
				t.Errorf("the window is %+v", w)
			}
			m := x.mirror(v)
			x.must(x.Skip(ctx, v, left()))
			m.check("the form")
			if window().FormAfterEnd {
				t.Error("the form is asked for again")
			}
			got := list(kindTimeout)
			if len(got) != 1 || got[0].Text != "Call me" || got[0].Email != "bea@example.com" {
				t.Errorf("missed %+v", got)
			}
			w, id := x.served(x.onDuty(), "ent_quick")
			x.must(x.End(ctx, x.owner(w), id))
			x.refuses(x.Skip(ctx, w, left()), parley.ErrInteractionEnded)
		})
		t.Run("taking over, and what changed meanwhile", func(t *testing.T) {
			m := list(kindForm)[0]
			x.must(x.ChangeMissed(ctx, bob, m.ID, MissedChange{State: missedTaken, Owner: bob.Agent, Rev: m.Rev}))
			x.refuses(x.ChangeMissed(ctx, amy, m.ID, MissedChange{State: missedDone, Rev: m.Rev}), parley.ErrConflict)
			x.refuses(x.ChangeMissed(ctx, amy, "mis_none", MissedChange{State: missedDone}), parley.ErrNotFound)
			x.refuses(x.ChangeMissed(ctx, amy, m.ID, MissedChange{State: "lost", Rev: m.Rev + 1}), parley.ErrInvalid())
			x.refuses(x.ChangeMissed(ctx, amy, m.ID, MissedChange{State: missedTaken, Owner: "agt_nobody", Rev: m.Rev + 1}), parley.ErrInvalid())
			x.refuses(x.ChangeMissed(ctx, key, m.ID, MissedChange{State: missedDone, Rev: m.Rev + 1}), parley.ErrForbidden)
			dear := x.words("Dear Bea")
			for range 2 { // I15: the answer was lost on the way
				x.must(x.ReplyMissed(ctx, bob, m.ID, dear))
			}
			got, err := x.MissedContact(ctx, bob, m.ID)
			x.must(err)
			if got.State != missedReplied || got.Owner.ID != bob.Agent || len(got.Replies) != 1 || got.Replies[0].State != "queued" {
				t.Errorf("after the reply %+v", got)
			}
		})
		t.Run("the list pages without a gap", func(t *testing.T) {
			var all []string
			r := MissedRange{Limit: 2}
			for {
				page, err := x.MissedContacts(ctx, bob, r)
				x.must(err)
				for _, m := range page.Items {
					all = append(all, m.ID)
				}
				if r.After = page.Next; r.After == "" {
					break
				}
			}
			whole, err := x.MissedContacts(ctx, bob, MissedRange{Limit: 100})
			x.must(err)
			if len(all) != len(whole.Items) || len(slices.Compact(slices.Sorted(slices.Values(all)))) != len(all) {
				t.Errorf("%d in pages, %d at once", len(all), len(whole.Items))
			}
			_, err = x.MissedContacts(ctx, bob, MissedRange{After: "?"})
			x.refuses(err, parley.ErrBadRequest)
		})
	})
}

// gaveUp begins a conversation that its queue ends, because it has waited for
// too long (QUE-09).
func (x *town) gaveUp() parley.Actor {
	x.t.Helper()
	x.do("no longer than a minute", nil, routing.SaveQueue{Queue: routing.QueueConfig{
		ID: "que_quick", Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle, AcceptInterval: 30 * time.Second,
		MaxWait: time.Minute, OnMaxWait: parley.QueueMessageEnd, OnFull: parley.QueueWait, NoAgents: parley.QueueWait,
		OnClose: parley.QueueDrain,
	}})
	v := x.visits("ent_quick", bea)
	x.later(61 * time.Second)
	if i := x.latest(v); i.State != parley.QueueTimeout {
		x.t.Fatalf("QUE-09: the interaction is %s", i.State)
	}
	return v
}

// onDuty signs amy in.
func (x *town) onDuty() parley.Actor {
	x.works(amy)
	return amy
}
