package center

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/replay"
	"parley/internal/routing"
)

func TestRestart(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy, bob)
		// one rings, one is served, one is wrapped up, when the server ends.
		talking, _ := x.served(amy, "ent_support")
		wrapping, wrapped := x.served(amy, "ent_support")
		if me := x.owner(wrapping); me.Agent != amy.Agent && me.Agent != bob.Agent {
			t.Fatal("nobody serves")
		}
		x.must(x.End(ctx, x.owner(wrapping), wrapped))
		ringing := x.visits("ent_support", bea)
		before := x.latest(ringing)
		until := x.latest(wrapping).WrapUpUntil
		say := x.words("kept?")
		first, err := x.VisitorSend(ctx, talking, say)
		x.must(err)
		x.reopen()
		again, err := x.VisitorSend(ctx, talking, say)
		x.must(err)
		if again.ID != first.ID || again.Seq != first.Seq {
			t.Errorf("R-68: a repeat after the restart gets %+v, not %+v", again, first)
		}
		i := x.latest(ringing)
		if i.State != parley.Queued || i.Offer != nil || !i.EntryAt.Equal(before.EntryAt) {
			t.Errorf("P17b, E39: what rang is %s since %s", i.State, i.EntryAt)
		}
		if got := x.latest(wrapping); got.State != parley.WrapUp || !got.WrapUpUntil.Equal(until) {
			t.Errorf("RES-05: the wrap-up is %s until %s", got.State, got.WrapUpUntil)
		}
		for _, me := range []parley.Actor{amy, bob} {
			if p, err := x.s.View().Person(ctx, me.Agent); err != nil || p.Conn != parley.ConnGrace || p.Base != parley.Available {
				t.Errorf("P17b: %s is %s, link %s, %v", me.Agent, p.Base, p.Conn, err)
			}
			x.must(x.LinkUp(ctx, me.Agent))
		}
		for _, v := range []parley.Actor{talking, ringing} {
			x.must(x.VisitorBack(ctx, v.Visitor))
		}
		x.answer(ringing)
		x.later(61 * time.Second)
		if got := x.latest(wrapping); got.State != parley.Logged {
			t.Errorf("R-68: the wrap-up ended as %s", got.State)
		}
		cases := 0
		for _, e := range x.news(0) {
			if e.Kind == parley.KindRecordChanged && e.Interaction == wrapped && e.Subject[:4] == "cas_" {
				cases++
			}
		}
		if cases != 1 {
			t.Errorf("R-68: logged %d times", cases)
		}
	})
}

func TestReplay(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		from := x.l.Head()
		v, id := x.served(amy, "ent_support")
		_, err := x.Send(ctx, amy, id, x.words("hello"))
		x.must(err)
		x.must(x.End(ctx, amy, id))
		head := int64(len(x.news(0)))
		t.Run("RES-04: whoever returns with a cursor is told what they missed", func(t *testing.T) {
			for _, me := range []parley.Actor{amy, sam} {
				m := x.mirror(me)
				events, to, ok, err := x.Replay(ctx, me, from)
				x.must(err)
				if !ok || to != head || len(events) == 0 {
					t.Errorf("%s: ok %v, to %d of %d, %d events", me.Agent, ok, to, head, len(events))
				}
				for _, e := range events {
					m.take(e)
				}
				m.check("a replay")
			}
		})
		t.Run("A-022: bob, whom none of it concerns, is told nothing and moves on", func(t *testing.T) {
			events, to, ok, err := x.Replay(ctx, bob, from)
			x.must(err)
			if !ok || to != head || len(events) != 0 {
				t.Errorf("ok %v, to %d, %+v", ok, to, events)
			}
		})
		t.Run("A-028: another visitor is told nothing", func(t *testing.T) {
			w := x.visits("ent_support", bea)
			events, _, ok, err := x.VisitorReplay(ctx, w, from)
			x.must(err)
			for _, e := range events {
				if e.Message != nil && e.Message.Text == "hello" {
					t.Error("the other's message is told")
				}
			}
			mine, _, ok2, err := x.VisitorReplay(ctx, v, from)
			x.must(err)
			if !ok || !ok2 || !slices.ContainsFunc(mine, func(e VisitorEvent) bool { return e.Message != nil && e.Message.Text == "hello" }) {
				t.Errorf("the visitor's own are %+v", mine)
			}
		})
		t.Run("RES-04: a cursor from nowhere, or across a change of the configuration, needs a snapshot", func(t *testing.T) {
			for name, after := range map[string]int64{"the future": x.l.Head() + 1, "before the beginning": -1, "before the office's changes": 0} {
				if _, _, ok, err := x.Replay(ctx, amy, after); ok || err != nil {
					t.Errorf("%s: ok %v, %v", name, ok, err)
				}
			}
		})
	})
}

func TestWhoIsTold(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		from := x.l.Head()
		_, err := x.VisitorSend(ctx, v, x.words("secret"))
		x.must(err)
		_, err = x.Note(ctx, amy, id, x.words("private"))
		x.must(err)
		for _, e := range x.news(from) {
			a := x.Recipients(e)
			if !slices.Equal(a.Agents, []parley.AgentID{amy.Agent}) || a.Supervisors || a.Everyone || len(a.Watchers) != 0 {
				t.Errorf("%s is told to %+v", e.Kind, a)
			}
			if seen := len(a.Visitors) > 0; seen != (e.Kind == parley.KindMessageAdded) {
				t.Errorf("XFR-08: %s is told to visitors %v", e.Kind, a.Visitors)
			}
			for _, me := range []parley.Actor{bob, sam, key} { // even if the hub asked by mistake
				events, err := x.Events(ctx, me, []parley.Entry{e})
				x.must(err)
				if len(events) != 0 {
					t.Errorf("A-019: %s%s reads %+v", me.Agent, me.Key, events)
				}
			}
		}
		x.must(x.Watch(ctx, sam, id))
		from = x.l.Head()
		_, err = x.VisitorSend(ctx, v, x.words("watched"))
		x.must(err)
		for _, e := range x.news(from) {
			if a := x.Recipients(e); !slices.Equal(a.Watchers, []string{sam.Session}) {
				t.Errorf("XFR-09: watchers %v", a.Watchers)
			}
			events, err := x.Events(ctx, sam, []parley.Entry{e})
			x.must(err)
			if len(events) != 1 || events[0].Message == nil || events[0].Message.Text != "watched" {
				t.Errorf("XFR-09: sam reads %+v", events)
			}
		}
		x.must(x.Unwatch(ctx, sam, id))
		if a := x.Recipients(x.news(from)[0]); len(a.Watchers) != 0 {
			t.Errorf("XFR-09: watchers %v after looking away", a.Watchers)
		}
		x.refuses(x.Watch(ctx, sam, "int_none"), parley.ErrNotFound)
		if _, err := x.Events(ctx, sam, []parley.Entry{{N: 1, Kind: "unheard_of"}}); err == nil {
			t.Error("R-52: a kind nobody knows is passed over")
		}
	})
}

func TestGauges(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy, bob)
		v, id := x.served(amy, "ent_support")
		_ = v
		x.must(x.End(ctx, amy, id))
		x.must(x.Finish(ctx, amy, id))
		rings := x.visits("ent_support", bea)
		w := x.visits("ent_support", bea)
		x.answer(rings)
		gone := x.visits("ent_support", bea)
		x.clock.pass(10 * time.Second)
		x.must(x.VisitorEnd(ctx, gone))
		check := func(when string) {
			t.Helper()
			x.news(0) // the board follows what is announced
			x.clock.pass(2 * time.Second)
			g, err := x.Gauges(ctx, sam)
			x.must(err)
			at := slices.IndexFunc(g.Queues, func(q QueueGauge) bool { return q.ID == "que_support" })
			if at < 0 {
				t.Fatalf("%s: %+v", when, g)
			}
			q := g.Queues[at]
			if q.EnteredToday != 4 || q.AcceptedToday != 2 || q.AbandonedToday != 1 || q.SLAPct != 66 {
				t.Errorf("MON-03 %s: entered %d, accepted %d, abandoned %d, %d %%", when, q.EnteredToday, q.AcceptedToday, q.AbandonedToday, q.SLAPct)
			}
			if q.Active != 1 || q.MembersOn != 2 || q.Waiting+q.Offered != 1 {
				t.Errorf("MON-02 %s: %+v", when, q)
			}
			if q.Available != 1 {
				t.Errorf("MON-02 %s: %d free, but one is busy with room", when, q.Available)
			}
			mine, err := x.Gauges(ctx, amy)
			x.must(err)
			if mine.MyToday.Handled != 1 {
				t.Errorf("%s: amy sees %+v", when, mine)
			}
		}
		check("as it goes")
		_ = w
		x.reopen()
		x.clock.pass(2 * time.Second)
		away, err := x.Gauges(ctx, sam)
		x.must(err)
		for _, q := range away.Queues {
			if q.Available != 0 {
				t.Errorf("MON-02: %s has %d free while nobody's link is up", q.ID, q.Available)
			}
		}
		for _, me := range []parley.Actor{amy, bob} {
			x.must(x.LinkUp(ctx, me.Agent))
		}
		check("after a restart")
		x.clock.pass(time.Hour)
		late, err := x.Gauges(ctx, sam)
		x.must(err)
		for _, q := range late.Queues {
			if q.ID == "que_support" && q.SLAPct != 50 {
				t.Errorf("MON-03: who waits for an hour counts as late: %d %%", q.SLAPct)
			}
		}
		none, err := x.Gauges(ctx, parley.Actor{Agent: "agt_new", Group: "grp_other", Role: parley.RoleAgent})
		x.must(err)
		if len(none.Queues) != 0 {
			t.Errorf("A-022: somebody of no queue sees %+v", none)
		}
	})
}

func TestWhyOffered(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy, bob)
		v := x.visits("ent_support", bea)
		offer := x.ringing(v)
		why, err := x.WhyOffered(ctx, sam, offer)
		x.must(err)
		if why.Chosen.Agent != amy.Agent || why.Rule != "level" || why.Next == nil || why.Next.Agent != bob.Agent || why.Names[amy.Agent] != "Amy" {
			t.Errorf("why %+v", why)
		}
		x.must(replay.Keep(ctx, x.store.View(), x.ledger, 3))
		kept, err := x.store.View().RouterState(ctx, x.ledger.Head())
		x.must(err)
		if again, err := x.WhyOffered(ctx, sam, offer); err != nil || kept.N == 0 || !reflect.DeepEqual(again, why) {
			t.Errorf("RTE-10: told from row %d on: %+v, %v", kept.N, again, err)
		}
		if why.Path != nil {
			t.Errorf("RTE-10: no script led there: %+v", why.Path)
		}
		if at := slices.IndexFunc(why.Agents, func(k routing.Kept) bool { return k.Agent == carol.Agent }); at < 0 || why.Names[carol.Agent] != "Carol" {
			t.Errorf("carol is not among those kept out: %+v", why.Agents)
		}
		if _, err := x.WhyOffered(ctx, sam, parley.OfferID{Interaction: offer.Interaction, Attempt: 9}); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("an offer that was never made: %v", err)
		}
		x.must(x.AcceptOffer(ctx, amy, offer))
		all, err := x.Offers(ctx, sam, OfferRange{Agent: amy.Agent, Limit: 10})
		x.must(err)
		if len(all) != 1 || all[0].State != parley.OfferAccepted || all[0].Agent.DisplayName != "Amy" || all[0].Queue.Name != "Queue support" {
			t.Errorf("offers %+v", all)
		}
		before := OfferRange{Queue: "que_support", Interaction: offer.Interaction, Before: all[0].MadeAt, BeforeID: all[0].Interaction, Limit: 10}
		if rest, err := x.Offers(ctx, sam, before); err != nil || len(rest) != 0 {
			t.Errorf("after the last one come %+v %v", rest, err)
		}
	})
}

func TestSupervisor(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		waiting := x.visits("ent_support", bea)
		x.must(x.Close(ctx, sam, id))
		if i := x.latest(v); i.State != parley.WrapUp || i.EndedBy != parley.EndedBySystem {
			t.Errorf("I28: active became %s by %s", i.State, i.EndedBy)
		}
		if got := x.said(v); got[len(got)-1] != "system: closed_by_supervisor" {
			t.Errorf("I28: said %q", got)
		}
		x.refuses(x.Close(ctx, sam, id), parley.ErrInteractionEnded)
		x.must(x.Close(ctx, sam, x.latest(waiting).ID))
		if i := x.latest(waiting); i.State != parley.Cancelled {
			t.Errorf("I28: waiting became %s", i.State)
		}
		x.refuses(x.Close(ctx, sam, "int_none"), parley.ErrNotFound)
		s, err := x.Snapshot(ctx, sam)
		x.must(err)
		if len(s.Agents) != 5 || s.Agents[0].ID != sam.Agent || len(s.Interactions) != 1 || len(s.Messages) != 0 {
			t.Errorf("PRE-15: sam sees %d agents, %d interactions, words of %d", len(s.Agents), len(s.Interactions), len(s.Messages))
		}
		if _, err := x.Snapshot(ctx, v); !errors.Is(err, parley.ErrForbidden) {
			t.Errorf("A-029: a visitor gets the snapshot: %v", err)
		}
		page, err := x.Interaction(ctx, sam, id)
		x.must(err)
		if len(page.Messages) != 3 {
			t.Errorf("MON-06: sam reads %d messages", len(page.Messages))
		}
	})
}

func TestAgentLost(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		entry := x.latest(v).EntryAt
		x.must(x.LinkLost(ctx, amy.Agent))
		_, err := x.VisitorSend(ctx, v, x.words("Amy?"))
		x.must(err)
		x.later(121 * time.Second)
		i := x.latest(v)
		if i.ID != id || i.State != parley.Queued || i.Agent != "" || !i.EntryAt.Equal(entry) || i.Priority != 100 {
			t.Errorf("RES-02, I21, E16: %+v", i.Interaction)
		}
		x.works(bob)
		x.answer(v)
		page, err := x.Interaction(ctx, bob, id)
		x.must(err)
		var texts []string
		for _, m := range page.Messages {
			texts = append(texts, m.Text)
		}
		if !slices.Equal(texts, []string{bea.Question, "agent_joined", "Amy?", "agent_lost", "agent_joined"}) {
			t.Errorf("E16: bob reads %q", texts)
		}
		if _, err := x.Send(ctx, amy, id, x.words("I am back")); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("E17: amy, back again, writes: %v", err)
		}
	})
}
