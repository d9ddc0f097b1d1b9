package center

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
)

// set sets a value of an entry point.
func (x *town) set(e parley.EntryPointID, key, value string) {
	x.t.Helper()
	x.do("set", func(r *store.Rows) {
		r.SaveSetting(parley.Setting{Scope: parley.ScopeEntryPoint, ScopeID: string(e), Key: key, Value: value})
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
	})
}

// TestNight is SCR-07: out of hours a network's customer hears so, once, and is
// kept, or logged as missed.
func TestNight(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		const bea, dan = "+12065551234", "+12065559999"
		x.brings("ent_night", says(bea, "m1", "Hi"))
		x.brings("ent_night", says(bea, "m2", "Hello?"))
		v := x.talkOf("ent_night", phone(bea))
		if got, want := x.said(v), []string{"customer: Hi", "system: We are closed", "customer: Hello?"}; !slices.Equal(got, want) {
			t.Errorf("SCR-07: said is %q", got)
		}
		if m := x.messages(v)[1]; m.Delivery == nil || m.Content == nil || m.Content.Note != noteAutoReply {
			t.Errorf("SCR-07: the answer is %+v", m)
		}
		if i := x.latest(v); i.State != parley.Created {
			t.Errorf("SCR-07: it is %s", i.State)
		}
		x.set("ent_night", "closed_policy", `"log_missed"`)
		x.brings("ent_night", says(dan, "m3", "Hi"))
		x.clock.pass(time.Hour)
		x.brings("ent_night", says(dan, "m4", "Hello?"))
		w := x.talkOf("ent_night", phone(dan))
		if got, want := x.said(w), []string{"customer: Hi", "system: We are closed", "customer: Hello?"}; !slices.Equal(got, want) {
			t.Errorf("SCR-07: said is %q", got)
		}
		rows, err := x.s.View().InteractionsOf(t.Context(), w.Visitor, 9)
		x.must(err)
		missed, err := x.s.View().MissedOf(t.Context(), rows[0].ID)
		x.must(err)
		if len(rows) != 1 || rows[0].State != parley.Offline || missed.Text != "Hi" {
			t.Errorf("SCR-07: %d interactions, %s, missed %+v", len(rows), rows[0].State, missed)
		}
		for me, opens := range map[*parley.Actor]parley.InteractionID{&amy: "", &sam: rows[0].ID} {
			one, err := x.MissedContact(t.Context(), *me, missed.ID)
			x.must(err)
			if one.Name != dan || one.Text != "Hi\nHello?" || one.Interaction != opens {
				t.Errorf("SCR-07, A-022: %s reads %q of %q in %q", me.Agent, one.Text, one.Name, one.Interaction)
			}
		}
		x.clock.pass(missedJoins)
		x.brings("ent_night", says(dan, "m5", "Next night"))
		if next := x.latest(w); next.ID == rows[0].ID || next.State != parley.Offline {
			t.Errorf("SCR-07: the next night it is %s", next.ID)
		}
	})
}

// TestOpening is SCR-07: who was kept out of hours waits in the line from when the
// hours begin, also after a restart.
func TestOpening(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.works(amy)
		x.brings("ent_night", says("+12065551234", "m1", "Hi"))
		v := x.talkOf("ent_night", phone("+12065551234"))
		x.is(v, parley.Created, "")
		x.reopen()
		opening := time.Date(2026, time.March, 8, 1, 0, 0, 0, time.UTC)
		x.later(opening.Sub(x.clock.Now()) - time.Second)
		x.is(v, parley.Created, "")
		x.later(2 * time.Second)
		x.endsUp(v, parley.Queued)
		x.is(v, parley.Queued, "que_support")
	})
}

// TestOpensEarlier is SCR-07: who was kept, and writes again when the hours were
// changed and have begun, waits in the line.
func TestOpensEarlier(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.brings("ent_night", says("+12065551234", "m1", "Hi"))
		v := x.talkOf("ent_night", phone("+12065551234"))
		x.brings("ent_night", says("+12065551234", "m2", "Still closed?"))
		x.is(v, parley.Created, "")
		x.do("opens", func(r *store.Rows) {
			e, err := x.s.View().EntryPoint(t.Context(), "ent_night")
			x.must(err)
			e.Script.Schedule = parley.Schedule{Zone: "UTC"}
			r.SaveEntryPoint(e)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(e.ID)})
		})
		x.news(0)
		x.brings("ent_night", says("+12065551234", "m3", "And now?"))
		x.is(v, parley.Queued, "que_support")
	})
}

// TestReplyRoute is RPL-02, RPL-03: who comes again goes where they were, to whom
// they had if the center says so.
func TestReplyRoute(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.works(bob)
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		v := x.talkOf("ent_sms", phone("+12065551234"))
		offer := x.ringing(v)
		x.must(x.AcceptOffer(t.Context(), bob, offer))
		x.must(x.Transfer(t.Context(), bob, offer.Interaction, Handover{Queue: "que_quick", ClientID: x.client()}))
		x.must(x.Finish(t.Context(), bob, offer.Interaction))
		x.must(x.SetStatus(t.Context(), bob, parley.Available, ""))
		moved := x.ringing(v)
		x.must(x.AcceptOffer(t.Context(), bob, moved))
		x.must(x.End(t.Context(), bob, moved.Interaction))
		x.works(amy)
		x.set("ent_sms", "reply.prefer_last_agent", `60`)
		x.brings("ent_sms", says("+12065551234", "m2", "Again"))
		if i := x.latest(v); i.Queue != "que_quick" || i.Offer == nil || i.Offer.Agent != bob.Agent {
			t.Errorf("RPL-02, RPL-03: it waits in %s, offered %+v", i.Queue, i.Offer)
		}
		again := x.ringing(v)
		x.must(x.AcceptOffer(t.Context(), bob, again))
		x.must(x.End(t.Context(), bob, again.Interaction))
		x.set("ent_sms", "reply.route", `"script"`)
		x.brings("ent_sms", says("+12065551234", "m3", "Again"))
		if i := x.latest(v); i.Queue != "que_support" {
			t.Errorf("RPL-02: by the script it waits in %s", i.Queue)
		}
	})
}

// TestStop is SMS-09: STOP is kept and told, and begins nothing; START takes it
// back.
func TestStop(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		const bea = "+12065551234"
		word := func(id, text string, out bool) parley.Inbound {
			m := says(bea, id, text)
			m.OptOut = &out
			return m
		}
		x.brings("ent_sms", word("m1", "STOP", true))
		v := x.talkOf("ent_sms", phone(bea))
		if rows, err := x.s.View().InteractionsOf(t.Context(), v.Visitor, 9); err != nil || len(rows) != 0 {
			t.Errorf("SMS-09: STOP began %d interactions, %v", len(rows), err)
		}
		x.brings("ent_sms", says(bea, "m2", "But one thing"))
		x.brings("ent_sms", word("m3", "Stop", true), word("m4", "START", false))
		want := []string{"customer: STOP", "system: opted_out", "customer: But one thing", "customer: Stop", "customer: START", "system: opted_in"}
		if got := x.said(v); !slices.Equal(got, want) {
			t.Errorf("SMS-09: said is %q", got)
		}
		if out, err := x.s.View().OptedOut(t.Context(), "ent_sms", bea); err != nil || out {
			t.Errorf("SMS-09: after START they are out: %v, %v", out, err)
		}
		x.brings("ent_sms", word("m6", "STOP", true), word("m7", "START", false))
		if out, err := x.s.View().OptedOut(t.Context(), "ent_sms", bea); err != nil || out {
			t.Errorf("SMS-09: after STOP and START in one request they are out: %v, %v", out, err)
		}
		x.brings("ent_sms", word("m5", "STOP", true))
		if out, err := x.s.View().OptedOut(t.Context(), "ent_sms", bea); err != nil || !out {
			t.Errorf("SMS-09: after STOP they are in: %v, %v", out, err)
		}
	})
}

// TestHelp is SMS-09: HELP is answered once for each time it came, also after STOP,
// in the language of the word; it begins nothing, and an agent reads that it happened.
func TestHelp(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		const bea = "+12065551234"
		word := func(id, text string, help parley.Help) parley.Inbound {
			m := says(bea, id, text)
			if m.Help = help; text == "AIDE" {
				m.Language = "fr-CA"
			}
			return m
		}
		x.brings("ent_sms", word("m1", "HELP", parley.HelpAsked))
		x.brings("ent_sms", word("m1", "HELP", parley.HelpAsked))
		v := x.talkOf("ent_sms", phone(bea))
		if rows, err := x.s.View().InteractionsOf(t.Context(), v.Visitor, 9); err != nil || len(rows) != 0 {
			t.Errorf("SMS-09: HELP began %d interactions, %v", len(rows), err)
		}
		answer := "system: Town. Write to us here and a person will answer. Reply STOP to end messages."
		want := []string{"customer: HELP", "system: help_answered", answer}
		if got := x.said(v); !slices.Equal(got, want) {
			t.Errorf("SMS-09: said is %q", got)
		}
		x.brings("ent_sms", word("m2", "AIDE", parley.HelpAsked), word("m3", "HELP", parley.HelpGiven))
		got := x.said(v)[len(want):]
		if len(got) != 5 || got[1] != "system: help_answered" || !strings.Contains(got[2], "\u00c9crivez-nous") || got[4] != "system: help_given" {
			t.Errorf("SMS-09: then said is %q", got)
		}
	})
}

// TestHelpForAnAgent is SMS-09: with an agent HELP is answered all the same, and where
// nothing answers by itself it is a message like any other.
func TestHelpForAnAgent(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		const bea = "+12065551234"
		help := says(bea, "m2", "Info")
		help.Help = parley.HelpAsked
		x.works(amy)
		x.brings("ent_sms", says(bea, "m1", "Hi"))
		v := x.talkOf("ent_sms", phone(bea))
		x.must(x.AcceptOffer(t.Context(), amy, x.ringing(v)))
		x.brings("ent_sms", help)
		m := x.messages(v)
		if got := m[len(m)-2]; got.Text != "help_answered" || got.Interaction != x.latest(v).ID || x.latest(v).State != parley.Active {
			t.Errorf("SMS-09: the agent reads %q in %s", x.said(v), got.Interaction)
		}
		x.do("empty the answer", func(r *store.Rows) {
			e, err := x.s.View().EntryPoint(t.Context(), "ent_sms2")
			x.must(err)
			e.Script.Texts.Help = &parley.Text{}
			r.SaveEntryPoint(e)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_sms2"})
		})
		help.ExternalID = "m3"
		x.brings("ent_sms2", help)
		w := x.talkOf("ent_sms2", phone(bea))
		if got := x.said(w); x.latest(w).State != parley.Queued && x.latest(w).State != parley.Offering || !slices.Equal(got, []string{"customer: Info"}) {
			t.Errorf("SMS-09: without an answer it is %s, %q", x.latest(w).State, got)
		}
	})
}

// TestYes is SMS-09: a word for "again" of somebody who never said STOP is a
// message as any other: it answers a question, and somebody must read it.
func TestYes(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		yes, again := says("+12065551234", "m1", "YES"), false
		yes.OptOut = &again
		x.brings("ent_sms", yes)
		v := x.talkOf("ent_sms", phone("+12065551234"))
		if i := x.latest(v); i.State != parley.Queued || i.Queue != "que_support" {
			t.Errorf("SMS-09: YES waits as %s in %s", i.State, i.Queue)
		}
		if got := x.said(v); !slices.Equal(got, []string{"customer: YES"}) {
			t.Errorf("SMS-09: said is %q", got)
		}
	})
}

// TestBlocked: what somebody blocked writes is kept, counted and makes nothing;
// its network hears 2xx.
func TestBlocked(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		block := func(id, value, kind string, until time.Time) {
			x.do("block", func(r *store.Rows) {
				r.AddBlock(store.Block{
					ID: id, By: "agt_sam", Until: until,
					Keys: parley.Keys{{Kind: parley.KeyKind(kind), Value: parley.Address(value)}},
				})
			})
		}
		block("blk_1", "+12065551234", "phone", time.Time{})
		block("blk_2", "+12065559999", "phone", x.clock.Now().Add(time.Hour))
		x.brings("ent_sms", says("+12065551234", "m1", "Buy!"), says("+12065551234", "m1", "Buy!"), says("+12065559999", "m2", "Buy!"))
		x.clock.pass(2 * time.Hour)
		x.brings("ent_sms", says("+12065551234", "m3", "Buy!"), says("+12065559999", "m4", "Sorry"))
		if found, err := x.s.View().KeyedBy(t.Context(), "ent_sms", phone("+12065551234")); err != nil || len(found) != 0 {
			t.Errorf("blocked they have %+v, %v", found, err)
		}
		if got, want := x.said(x.talkOf("ent_sms", phone("+12065559999"))), []string{"customer: Sorry"}; !slices.Equal(got, want) {
			t.Errorf("after its end said is %q", got)
		}
		dropped, err := x.s.View().BlockDrops(t.Context(), "blk_1")
		x.must(err)
		if dropped != 2 || x.rawCount() != 2 {
			t.Errorf("%d are counted, %d requests kept", dropped, x.rawCount())
		}
	})
}

// TestNobodys: what comes from a short code is kept and makes nothing (SMS-04).
func TestNobodys(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.brings("ent_sms", says("72345", "m1", "Your code is 1"), says("PARLEY", "m2", "Sale"))
		found, err := x.s.View().KeyedBy(t.Context(), "ent_sms", append(phone("72345"), phone("PARLEY")...))
		x.must(err)
		kept, err := x.s.View().RawOdd(t.Context(), "ent_sms", 9)
		x.must(err)
		if len(found) != 0 || len(kept) != 1 || kept[0].Odd != "no_sender" {
			t.Errorf("SMS-04: %+v, kept %+v", found, kept)
		}
	})
}

// TestOpeningByScript is SCR-07: who was kept until the hours began goes where the
// published script leads then, by what they wrote when they came, as urgent and
// with the words it says.
func TestOpeningByScript(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		to := func(label string) map[string]string { return map[string]string{parley.ExitNext: label} }
		x.draws(parley.Flow{Start: "Hours", Objects: []parley.FlowObject{
			{
				Label: "Hours", Kind: parley.ObjectSchedule, Exits: map[string]string{parley.ExitOpen: "Bill?", parley.ExitClosed: "Night"},
				Calendar: &parley.Calendar{Schedule: parley.Schedule{Zone: "UTC", Hours: []parley.Interval{{Day: time.Sunday, From: 60, To: 120}}}},
			},
			{Label: "Night", Kind: parley.ObjectOffline, Text: parley.Text{EN: "We are closed"}},
			{
				Label: "Bill?", Kind: parley.ObjectTest, Exits: map[string]string{parley.ExitYes: "Urgent", parley.ExitNo: "Rest"},
				Tests: []parley.Condition{{Field: "text", Op: "contains", Value: "bill"}},
			},
			{Label: "Urgent", Kind: parley.ObjectSet, Priority: 90, Exits: to("Bill")},
			{
				Label: "Bill", Kind: parley.ObjectForward, Queue: "que_billing",
				Messages: parley.Waiting{Every: 30, Times: 1, Texts: []parley.Text{{EN: "Soon"}}},
			},
			{Label: "Rest", Kind: parley.ObjectForward, Queue: "que_quick"},
		}}, "ent_sms")
		x.brings("ent_sms", says("+12065550001", "m1", "My bill"), says("+12065550002", "m2", "Hi"))
		bill, other := x.talkOf("ent_sms", phone("+12065550001")), x.talkOf("ent_sms", phone("+12065550002"))
		x.is(bill, parley.Created, "")
		opening := time.Date(2026, time.March, 8, 1, 0, 0, 0, time.UTC)
		x.later(opening.Sub(x.clock.Now()) + time.Second)
		x.endsUp(bill, parley.Queued)
		x.endsUp(other, parley.Queued)
		x.is(bill, parley.Queued, "que_billing")
		x.is(other, parley.Queued, "que_quick")
		if i := x.latest(bill); i.Priority != 90 {
			t.Errorf("SCR-07: its priority is %d", i.Priority)
		}
		x.later(31 * time.Second)
		x.news(0)
		if said := x.said(bill); said[len(said)-1] != "system: Soon" {
			t.Errorf("SCR-07: who waits since the opening reads %q", said)
		}
	})
}
