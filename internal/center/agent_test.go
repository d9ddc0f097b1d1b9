package center

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
)

func TestSend(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		t.Run("CNV-03: the limit is the surface's", func(t *testing.T) {
			_, err := x.Send(ctx, amy, id, x.words(strings.Repeat("x", 1940)))
			x.must(err)
			_, err = x.Send(ctx, amy, id, x.words(strings.Repeat("x", 1941)))
			x.refuses(err, parley.ErrTextTooLong)
			x.works(carol)
			w := x.visits("ent_support", bea) // amy is nearer to the top, but busier
			x.answer(w)
			if me := x.owner(w); me.Agent == carol.Agent {
				_, err = x.Send(ctx, carol, x.latest(w).ID, x.words(strings.Repeat("x", 5000)))
				x.must(err)
			}
		})
		t.Run("A-022: an interaction of somebody else is not found, whatever is done to it", func(t *testing.T) {
			for name, err := range map[string]error{
				"send":     second(x.Send(ctx, bob, id, x.words("hi"))),
				"note":     second(x.Note(ctx, bob, id, x.words("hi"))),
				"type":     x.Type(ctx, bob, id, true),
				"draft":    x.Draft(ctx, bob, id, "hi"),
				"end":      x.End(ctx, bob, id),
				"view":     x.View(ctx, bob, id),
				"dismiss":  x.Dismiss(ctx, bob, id),
				"finish":   x.Finish(ctx, bob, id),
				"extend":   x.Extend(ctx, bob, id),
				"choose":   x.Choose(ctx, bob, id, nil),
				"transfer": x.Transfer(ctx, bob, id, Handover{Queue: "que_quick", ClientID: x.client()}),
				"targets":  second(x.TransferTargets(ctx, bob, id)),
				"open":     second(x.Interaction(ctx, bob, id)),
				"messages": second(x.Messages(ctx, bob, v.Visitor, 1<<40, 50)),
				"earlier":  second(x.Earlier(ctx, bob, v.Visitor)),
				"unknown":  x.End(ctx, amy, "int_none"),
				"visitor":  second(x.Interaction(ctx, v, id)),
			} {
				if !errors.Is(err, parley.ErrNotFound) && name != "extend" {
					t.Errorf("A-022: %s gives %v", name, err)
				}
			}
			for name, err := range map[string]error{
				"watch": x.Watch(ctx, bob, id), "close": x.Close(ctx, bob, id),
				"status": x.SetAgentStatus(ctx, bob, amy.Agent, parley.OnBreak),
				"why":    second(x.WhyOffered(ctx, bob, parley.OfferID{Interaction: id, Attempt: 1})),
				"offers": second(x.Offers(ctx, bob, OfferRange{})),
			} {
				if !errors.Is(err, parley.ErrForbidden) {
					t.Errorf("A-023: %s gives %v", name, err)
				}
			}
		})
		t.Run("INV-15: a hundred at once with one client id are one message", func(t *testing.T) {
			before := len(x.said(v))
			say := x.words("only once")
			for _, err := range x.together(100, func(int) error { return second(x.Send(ctx, amy, id, say)) }) {
				x.must(err)
			}
			if got := x.said(v); len(got) != before+1 {
				t.Errorf("said %q", got[before:])
			}
		})
		t.Run("CNV-12, INV-14: a hundred at once are numbered without a gap", func(t *testing.T) {
			before := len(x.said(v))
			for _, err := range x.together(100, func(i int) error {
				if i%2 == 0 {
					return second(x.Send(ctx, amy, id, x.words("agent")))
				}
				return second(x.VisitorSend(ctx, v, x.words("customer")))
			}) {
				x.must(err)
			}
			if got := x.said(v); len(got) != before+100 {
				t.Errorf("%d messages", len(got)-before)
			}
		})
		t.Run("I16: after the end it is refused", func(t *testing.T) {
			x.must(x.End(ctx, amy, id))
			_, err := x.Send(ctx, amy, id, x.words("late"))
			x.refuses(err, parley.ErrInteractionEnded)
			x.refuses(x.Type(ctx, amy, id, true), parley.ErrInteractionEnded)
			x.refuses(x.End(ctx, amy, id), parley.ErrInteractionEnded)
		})
	})
}

// second returns the error of two answers.
func second[T any](_ T, err error) error { return err }

func TestTyping(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		var told []Typing
		x.OnTyping(func(t Typing) { told = append(told, t) })
		v := x.visits("ent_support", bea)
		x.must(x.VisitorType(ctx, v, true))
		if len(told) != 0 {
			t.Errorf("CNV-06: nobody serves them, yet %+v", told)
		}
		x.works(amy)
		x.answer(v)
		head := x.l.Head()
		x.must(x.VisitorType(ctx, v, true))
		x.must(x.Type(ctx, amy, x.latest(v).ID, true))
		x.must(x.Type(ctx, amy, x.latest(v).ID, false))
		if len(told) != 3 || told[0].By != parley.FromCustomer || told[0].Name != "Bea" || !slices.Equal(told[0].To.Agents, []parley.AgentID{amy.Agent}) ||
			told[1].By != parley.FromAgent || told[1].Name != "Amy" || !slices.Equal(told[1].To.Visitors, []parley.ConversationID{v.Visitor}) {
			t.Errorf("CNV-06: told %+v", told)
		}
		if got := told[1].Until.Sub(x.clock.Now()); got != 6*time.Second || told[2].Until.After(x.clock.Now()) {
			t.Errorf("T_typing: %s", got)
		}
		if x.l.Head() != head {
			t.Error("CNV-06: typing is stored")
		}
	})
}

// TestStatusSince is PRE-15 and MON-01: the time beside a status is that of the
// status that is shown, and not of the base status below it.
func TestStatusSince(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		shows := func(want parley.Presence, since time.Time) {
			t.Helper()
			s, err := x.Snapshot(ctx, amy)
			x.must(err)
			if a := s.Agents[0]; a.Displayed != want || a.Since != parley.Millis(since) {
				t.Errorf("PRE-15: amy shows %s since %s, want %s since %s", a.Displayed, parley.FromMillis(a.Since), want, since)
			}
		}
		x.works(amy)
		shows(parley.Available, x.clock.Now())
		x.later(time.Hour)
		v := x.visits("ent_support", bea)
		rang := x.clock.Now()
		x.later(5 * time.Second)
		shows(parley.Offered, rang)
		offer := x.ringing(v)
		x.must(x.AcceptOffer(ctx, amy, offer))
		accepted := x.clock.Now()
		x.later(10 * time.Minute)
		shows(parley.Busy, accepted)
		x.must(x.End(ctx, amy, offer.Interaction))
		ended := x.clock.Now()
		x.later(7 * time.Second)
		shows(parley.PostProcessing, ended)
		x.must(x.Choose(ctx, amy, offer.Interaction, []parley.DispositionID{"dsp_a"}))
		x.must(x.Finish(ctx, amy, offer.Interaction))
		finished := x.clock.Now()
		x.later(time.Minute)
		shows(parley.Available, finished)
	})
}

func TestStatus(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		x.refuses(x.SetStatus(ctx, amy, parley.OnBreak, ""), parley.ErrStatusCodeRequired) // PRE-13
		x.refuses(x.SetStatus(ctx, amy, parley.OnBreak, "stc_none"), parley.ErrInvalid())
		x.refuses(x.SetStatus(ctx, amy, parley.LoggedOut, ""), parley.ErrInvalid())
		x.must(x.SetStatus(ctx, amy, parley.OnBreak, "stc_lunch"))
		s, err := x.Snapshot(ctx, amy)
		x.must(err)
		if a := s.Agents[0]; a.Displayed != parley.OnBreak || a.CodeName != "Lunch" {
			t.Errorf("PRE-13: amy shows %+v", a)
		}
		x.must(x.SetStatus(ctx, amy, parley.Available, ""))
		x.served(amy, "ent_support")
		x.refuses(x.SetStatus(ctx, amy, parley.WorkOffline, ""), parley.ErrBusy) // P3c
		x.must(x.SetAgentStatus(ctx, sam, amy.Agent, parley.OnBreak))            // P15: next
		p, err := x.s.View().Person(ctx, amy.Agent)
		x.must(err)
		if p.Next != parley.OnBreak || p.Base != parley.Available {
			t.Errorf("P15: base %s, next %s", p.Base, p.Next)
		}
		x.refuses(x.SetAgentStatus(ctx, sam, "agt_nobody", parley.OnBreak), parley.ErrNotFound)
		t.Run("QUE-01, QUE-02: the queues are confirmed all or none", func(t *testing.T) {
			x.refuses(x.ConfirmQueues(ctx, amy, []parley.QueueID{"que_quick", "que_none"}), parley.ErrInvalid())
			s, err := x.Snapshot(ctx, amy)
			x.must(err)
			for _, q := range s.Me.Queues {
				if !q.Enabled {
					t.Errorf("%s was switched off", q.ID)
				}
			}
			x.must(x.ConfirmQueues(ctx, amy, []parley.QueueID{"que_quick"}))
			s, err = x.Snapshot(ctx, amy)
			x.must(err)
			for _, q := range s.Me.Queues {
				if q.Enabled != (q.ID == "que_quick") {
					t.Errorf("%s is %v", q.ID, q.Enabled)
				}
			}
		})
	})
}

func TestWrapUp(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_billing")
		x.refuses(x.Finish(ctx, amy, id), parley.ErrConflict) // the chat goes on
		x.must(x.End(ctx, amy, id))
		x.refuses(x.Finish(ctx, amy, id), parley.ErrDispositionRequired)                                       // WRP-07
		x.refuses(x.Choose(ctx, amy, id, []parley.DispositionID{"dsp_none"}), parley.ErrInvalid())
		x.refuses(x.Choose(ctx, amy, id, []parley.DispositionID{"dsp_paid", "dsp_late"}), parley.ErrInvalid()) // WRP-06: one only
		x.refuses(x.Choose(ctx, amy, id, []parley.DispositionID{"dsp_old"}), parley.ErrInvalid())              // switched off
		x.must(x.Choose(ctx, amy, id, []parley.DispositionID{"dsp_a", "dsp_b"}))                               // many of the other list
		x.refuses(x.Finish(ctx, amy, id), parley.ErrDispositionRequired)                                       // the required one is open
		x.refuses(x.Extend(ctx, amy, id), parley.ErrForbidden)                                                 // WRP-11: off
		x.must(x.Choose(ctx, amy, id, []parley.DispositionID{"dsp_paid", "dsp_b", "dsp_b"}))
		page, err := x.Interaction(ctx, amy, id)
		x.must(err)
		if got := page.Interaction; !got.Complete || !slices.Equal(got.Chosen, []parley.DispositionID{"dsp_b", "dsp_paid"}) || len(got.Lists) != 2 {
			t.Errorf("WRP-06: %v chosen, complete %v, of %d lists", got.Chosen, got.Complete, len(got.Lists))
		}
		x.must(x.Finish(ctx, amy, id))
		x.must(x.Finish(ctx, amy, id)) // twice is once
		i := x.latest(v)
		hash, err := x.s.View().TranscriptHash(ctx, id)
		x.must(err)
		if i.State != parley.Logged || i.Log == nil || i.Hash != hash || hash == "" {
			t.Errorf("CRM-07, CRM-08, INV-13: %s, case %q, hash %q", i.State, i.Case, i.Hash)
		}
		if p, err := x.s.View().Person(ctx, amy.Agent); err != nil || p.Base != parley.Available || p.Wrapping != 0 {
			t.Errorf("PRE-08: amy is %s %v", p.Base, err)
		}
	})
}

func TestTransfer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		to := func(h Handover) error {
			h.ClientID = x.client()
			return x.Transfer(ctx, amy, id, h)
		}
		x.refuses(to(Handover{}), parley.ErrInvalid())
		x.refuses(to(Handover{Queue: "que_quick", To: bob.Agent}), parley.ErrInvalid())
		x.refuses(to(Handover{Queue: "que_none"}), parley.ErrNotFound)
		x.refuses(to(Handover{To: "agt_none"}), parley.ErrNotFound)
		x.refuses(to(Handover{To: bob.Agent}), parley.ErrAgentUnavailable) // bob is not there
		x.refuses(to(Handover{To: carol.Agent}), parley.ErrNotFound)       // SEC-03: of another group
		x.refuses(to(Handover{Queue: "que_quick", Note: strings.Repeat("x", NoteMax+1)}), parley.ErrTextTooLong)
		targets, err := x.TransferTargets(ctx, amy, id)
		x.must(err)
		if q := targets.Queues; len(q) != 3 || q[0].Name != "Queue billing" || !q[0].Staffed || q[0].Available != 1 {
			t.Errorf("XFR-01: queues %+v", q)
		}
		if a := targets.Agents; len(a) != 3 || a[1].ID != bob.Agent || a[1].May || a[1].Why != "logged_out" {
			t.Errorf("XFR-01: agents %+v", a)
		}
		about, err := x.TransferTargets(ctx, amy, "")
		x.must(err)
		if !slices.Equal(about.Agents, targets.Agents) {
			t.Errorf("F108: amy's colleagues are %+v", about.Agents)
		}
		h := Handover{Queue: "que_quick", Note: "She is angry", ClientID: x.client()}
		x.must(x.Transfer(ctx, amy, id, h))
		x.must(x.Transfer(ctx, amy, id, h)) // twice is once
		next := x.latest(v)
		if next.ID == id || next.Origin != id || next.Journey != id || next.From != amy.Agent || next.Queue != "que_quick" {
			t.Errorf("XFR-03: the new one is %+v", next)
		}
		if got := x.said(v); !slices.Equal(got[1:], []string{"system: agent_joined", "system: transferred"}) {
			t.Errorf("XFR-03: said %q", got)
		}
		x.works(bob)
		x.must(x.AcceptOffer(ctx, bob, x.ringing(v)))
		page, err := x.Interaction(ctx, bob, next.ID)
		x.must(err)
		if len(page.Messages) != 4 || len(page.Notes) != 1 || page.Notes[0].Text != "She is angry" ||
			page.Interaction.Transfer.From == nil || page.Interaction.Transfer.From.DisplayName != "Amy" {
			t.Errorf("XFR-02: bob gets %+v", page)
		}
		old, err := x.Interaction(ctx, amy, id)
		x.must(err)
		if _, err := x.VisitorSend(ctx, v, x.words("Thanks, Bob")); err != nil {
			t.Error(err)
		}
		again, err := x.Interaction(ctx, amy, id)
		x.must(err)
		if len(again.Messages) != len(old.Messages) {
			t.Errorf("A-022: amy, whose part is over, reads %+v", again.Messages)
		}
		for me, want := range map[*parley.Actor][]parley.InteractionID{&amy: {id}, &bob: {next.ID, id}, &sam: {next.ID, id}} {
			parts, err := x.Earlier(ctx, *me, v.Visitor)
			x.must(err)
			var got []parley.InteractionID
			for _, p := range parts {
				got = append(got, p.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("A-022: %s lists %v, should %v", me.Agent, got, want)
			}
		}
	})
}

// TestProgramLogsOut PRE-16: also a program says its name where somebody is logged out.
func TestProgramLogsOut(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.works(amy)
		x.must(x.LogOut(t.Context(), key, amy.Agent, true))
		if p, err := x.s.View().Person(t.Context(), amy.Agent); err != nil || p.Base != parley.LoggedOut || string(p.By) != key.Key {
			t.Errorf("PRE-16: %s by %q, %v", p.Base, p.By, err)
		}
	})
}

func TestTransferRaces(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy, bob, carol)
		// a transfer against messages, an end, a customer's end and a second
		// transfer: one owner, one open interaction at most, no message lost.
		for range 5 {
			v := x.visits("ent_quick", bea)
			x.answer(v)
			me, id := x.owner(v), x.latest(v).ID
			other := bob
			if me.Agent == bob.Agent {
				other = amy
			}
			sent := 0
			errs := x.together(8, func(i int) error {
				switch i {
				case 0:
					return x.Transfer(ctx, me, id, Handover{Queue: "que_quick", ClientID: x.client()})
				case 1:
					return x.Transfer(ctx, me, id, Handover{To: other.Agent, ClientID: x.client()})
				case 2:
					return x.Close(ctx, sam, id)
				}
				return second(x.VisitorSend(ctx, v, x.words("still here")))
			})
			for _, err := range errs[3:] {
				if err == nil {
					sent++
				} else if !errors.Is(err, parley.ErrInteractionEnded) {
					t.Errorf("R-67: a message is refused as %v", err)
				}
			}
			got := 0
			for _, line := range x.said(v) {
				if line == "customer: still here" {
					got++
				}
			}
			if got != sent {
				t.Errorf("R-67: %d acknowledged, %d in the transcript", sent, got)
			}
			rows, err := x.s.View().InteractionsOf(ctx, v.Visitor, 10)
			x.must(err)
			open := 0
			for _, row := range rows {
				if row.State.Open() && !row.Addressed {
					open++
				}
			}
			if open > 1 {
				t.Errorf("R-67: %d open interactions", open)
			}
			x.must(x.l.Ask(ctx, func(s *routing.State) { err = s.Check() }))
			x.must(err)
			x.must(x.VisitorEnd(ctx, v))
			x.tidy()
		}
	})
}

// tidy takes every row away and makes everybody available again.
func (x *town) tidy() {
	x.t.Helper()
	ctx := x.t.Context()
	for _, me := range []parley.Actor{amy, bob, carol} {
		for _, row := range x.held(me) {
			if row.State == parley.WrapUp {
				x.must(x.Finish(ctx, me, row.ID))
			}
			if row.Unviewed || row.AwaitAck {
				x.must(x.View(ctx, me, row.ID))
				x.must(x.Dismiss(ctx, me, row.ID))
			}
		}
		if err := x.SetStatus(ctx, me, parley.Available, ""); err != nil && !errors.Is(err, parley.ErrPresenceNotAllowed) {
			x.t.Fatal(err)
		}
	}
}
