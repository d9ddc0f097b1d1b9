package center

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
)

// asks is a flow that asks what it is about, and forwards.
func asks() parley.Flow {
	en := func(text string) parley.Text { return parley.Text{EN: text} }
	return parley.Flow{Start: "What", Objects: []parley.FlowObject{
		{
			Label: "What", Kind: parley.ObjectMenu, Text: en("What is it about?"), Wait: 60, Tries: 1,
			Options: []parley.Option{{Text: en("Billing")}, {Text: en("Else")}},
			Exits:   map[string]string{"1": "First", "2": "Rest", "invalid": "Rest", "no_answer": "Bye"},
		},
		{Label: "First", Kind: parley.ObjectSet, Priority: 90, Exits: map[string]string{"next": "Bill"}},
		{
			Label: "Bill", Kind: parley.ObjectForward, Queue: "que_billing", Exits: map[string]string{"skip": "Leave"},
			Messages: parley.Waiting{Every: 30, Times: 2, Texts: []parley.Text{en("Soon"), en("Write {skip} to leave")}},
		},
		{Label: "Rest", Kind: parley.ObjectForward, Queue: "que_support"},
		{Label: "Leave", Kind: parley.ObjectSkip, Text: en("We will write"), Form: true},
		{Label: "Bye", Kind: parley.ObjectEnd, Text: en("Bye")},
	}}
}

// draws publishes a flow and lets entry points run it.
func (x *town) draws(f parley.Flow, run ...parley.EntryPointID) {
	x.t.Helper()
	x.do("draw", func(r *store.Rows) {
		r.SaveScript(parley.FlowScript{ID: "scr_asks", Name: "Asks", Kind: parley.ScriptChat, Draft: f, Published: 1, Rev: 1})
		r.AddScriptVersion(parley.FlowVersion{Script: "scr_asks", Version: 1, Flow: f, By: ada.Agent, Why: "first", At: r.Now()})
		for _, e := range run {
			r.RunScript(e, "scr_asks")
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(e)})
		}
	})
	x.news(0)
}

// answers lets a visitor say something.
func (x *town) answers(v parley.Actor, text string) {
	x.t.Helper()
	_, err := x.VisitorSend(x.t.Context(), v, x.words(text))
	x.must(err)
	x.news(0)
}

const menuAsked = "system: What is it about?\n1. Billing\n2. Else"

func (x *town) is(v parley.Actor, state parley.InteractionState, q parley.QueueID) {
	x.t.Helper()
	if i := x.latest(v); i.State != state || i.Queue != q {
		x.t.Fatalf("it is %s in %q, want %s in %q", i.State, i.Queue, state, q)
	}
}

// endsUp waits until the outbox has seen to it that a conversation is over.
func (x *town) endsUp(v parley.Actor, state parley.InteractionState) {
	x.t.Helper()
	for range 2000 {
		if x.latest(v).State == state {
			x.news(0)
			return
		}
		x.nudge()
	}
	x.t.Fatalf("it is %s, never %s", x.latest(v).State, state)
}

// TestScriptOnTheWeb: SCR-02, I1, I2: a menu is asked before anybody waits; the
// answer decides where, and what is heard there.
func TestScriptOnTheWeb(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.draws(asks(), "ent_support")
		v := x.visits("ent_support", bea)
		x.is(v, parley.Created, "")
		x.answers(v, "hm?")
		x.is(v, parley.Created, "")
		line := func() string {
			window, err := x.VisitorSnapshot(t.Context(), v)
			x.must(err)
			return window.Conversation.QueueName
		}
		if got := line(); got != "" {
			t.Errorf("SCR-02: whom a menu asks is told of the line of %s", got)
		}
		x.reopen()
		x.must(x.VisitorBack(t.Context(), v.Visitor))
		x.answers(v, "billing")
		x.is(v, parley.Queued, "que_billing")
		if line() == "" {
			t.Error("SCR-02: who waits is not told for whom")
		}
		if i := x.latest(v); i.Priority != 90 {
			t.Errorf("SCR-02: priority %d", i.Priority)
		}
		want := []string{"customer: Where is my parcel?", menuAsked, "customer: hm?", menuAsked, "customer: billing"}
		if got := x.said(v); !slices.Equal(got, want) {
			t.Fatalf("SCR-02: said is %q", got)
		}
		x.later(30*time.Second + time.Millisecond)
		x.later(30*time.Second + time.Millisecond)
		x.later(time.Hour)
		want = append(want, "system: Soon", "system: Write SKIP to leave")
		if got := x.said(v); !slices.Equal(got, want) {
			t.Fatalf("SCR-02: in the line they hear %q", got)
		}
		x.answers(v, "Skip")
		x.is(v, parley.Skipped, "que_billing")
		if got := x.said(v); !slices.Contains(got, "system: We will write") {
			t.Errorf("I8: said is %q", got)
		}
		window, err := x.VisitorSnapshot(t.Context(), v)
		x.must(err)
		if !window.Conversation.FormAfterEnd {
			t.Errorf("I8: who skips is asked for a message: %+v", window.Conversation)
		}
	})
}

// TestScriptOfAPhone: SMS-02, SCR-02: a text is answered with the menu; two
// answers in one request are one.
func TestScriptOfAPhone(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.draws(asks(), "ent_sms")
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		v := x.talkOf("ent_sms", phone("+12065551234"))
		x.is(v, parley.Created, "")
		x.brings("ent_sms", says("+12065551234", "m2", "2"), says("+12065551234", "m3", "1"))
		x.is(v, parley.Queued, "que_support")
		x.brings("ent_sms", says("+12065551234", "m2", "2"))
		said := x.said(v)
		if !slices.Equal(said, []string{"customer: Hi", menuAsked, "customer: 2", "customer: 1"}) {
			t.Errorf("SMS-02: said is %q", said)
		}
		all, err := x.s.View().Messages(t.Context(), v.Visitor, 1<<40, 10)
		x.must(err)
		if all[1].Delivery == nil || all[1].Content == nil || len(all[1].Content.Options) > 0 {
			t.Errorf("SCR-02: the menu goes out as %+v", all[1])
		}
	})
}

// TestNobodyAnswersAScript: SCR-02, SCR-04: silence leaves by its exit, also after
// a restart; one who answers in time is not cut off.
func TestNobodyAnswersAScript(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.draws(asks(), "ent_support")
		v := x.visits("ent_support", bea)
		w := x.visits("ent_support", bea)
		x.reopen()
		x.must(x.VisitorBack(t.Context(), v.Visitor))
		x.must(x.VisitorBack(t.Context(), w.Visitor))
		x.later(59 * time.Second)
		x.answers(w, "what?")
		x.later(2 * time.Second)
		x.endsUp(v, parley.Cancelled)
		x.is(w, parley.Created, "")
		if got := x.said(v); !slices.Equal(got[2:], []string{"system: Bye", "system: conversation_ended"}) {
			t.Errorf("SCR-04: said is %q", got)
		}
	})
}

// TestLeavingAScript: I4, WEB-02: who leaves midway ends quietly: no queue's
// abandon, no missed contact.
func TestLeavingAScript(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.draws(asks(), "ent_support")
		v := x.visits("ent_support", bea)
		x.must(x.VisitorEnd(t.Context(), v))
		x.is(v, parley.Abandoned, "")
		if _, err := x.s.View().MissedOf(t.Context(), x.latest(v).ID); err == nil {
			t.Error("I4: it is a missed contact")
		}
	})
}

// TestARunKeepsItsVersion: SCR-01: who is in a script goes on in the version they
// began with.
func TestARunKeepsItsVersion(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.draws(asks(), "ent_support")
		v := x.visits("ent_support", bea)
		x.do("publish", func(r *store.Rows) {
			f := parley.Flow{Start: "Bye", Objects: []parley.FlowObject{{Label: "Bye", Kind: parley.ObjectEnd}}}
			r.SaveScript(parley.FlowScript{ID: "scr_asks", Name: "Asks", Kind: parley.ScriptChat, Draft: f, Published: 2, Rev: 2})
			r.AddScriptVersion(parley.FlowVersion{Script: "scr_asks", Version: 2, Flow: f, By: ada.Agent, Why: "shorter", At: r.Now()})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "scr_asks"})
		})
		x.news(0)
		x.answers(v, "2")
		x.is(v, parley.Queued, "que_support")
		w := x.visits("ent_support", bea)
		x.is(w, parley.Cancelled, "")
	})
}

// TestARemovedScript: SCR-01, SCR-02, XFR-06: a script that went while people were in
// it stops nobody: who waits hears no more of it and can be handed on, whom it asked
// something waits where the entry point leads.
func TestARemovedScript(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.draws(asks(), "ent_support")
		waits, answers, silent := x.visits("ent_support", bea), x.visits("ent_support", bea), x.visits("ent_support", bea)
		x.answers(waits, "1")
		x.do("remove", func(r *store.Rows) {
			r.RunScript("ent_support", "")
			r.RemoveScript("scr_asks")
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "scr_asks"})
		})
		x.later(31 * time.Second)
		x.reopen()
		for _, v := range []parley.Actor{waits, answers, silent} {
			x.must(x.VisitorBack(t.Context(), v.Visitor))
		}
		x.answers(waits, "Skip")
		x.is(waits, parley.Queued, "que_billing")
		x.answers(answers, "1")
		x.is(answers, parley.Queued, "que_support")
		x.later(30 * time.Second)
		x.endsUp(silent, parley.Queued)
		x.is(silent, parley.Queued, "que_support")
		if got := x.said(waits); slices.Contains(got, "system: Soon") {
			t.Errorf("SCR-02: in the line they hear %q", got)
		}
		x.works(amy)
		x.answer(waits)
		to := Handover{Queue: "que_support", ClientID: x.client()}
		x.must(x.Transfer(t.Context(), amy, x.latest(waits).ID, to))
		x.is(waits, parley.Queued, "que_support")
	})
}

// scripted walks through a script for the mirrors: a menu, silence, a word in the
// line.
func (d *walk) scripted() {
	d.draws(asks(), "ent_quick")
	v := d.comes("ent_quick")
	d.answers(v, "1")
	d.later(31 * time.Second)
	silent := d.comes("ent_quick")
	d.later(61 * time.Second)
	d.endsUp(silent, parley.Cancelled)
	if !strings.Contains(strings.Join(d.said(v), " "), "Soon") {
		d.t.Fatalf("in the line they hear %q", d.said(v))
	}
}

// TestTextsOfTheirOwn: SCR-02, OFR-12, I16, I20: what an entry point says by itself
// is said in the customer's language, goes out on a network, and is not said
// where nobody wrote it or to whoever ended the conversation.
func TestTextsOfTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.do("write texts", func(r *store.Rows) {
			for _, e := range []parley.EntryPointID{"ent_support", "ent_sms"} {
				point, err := x.s.View().EntryPoint(t.Context(), e)
				x.must(err)
				point.Script.Texts.Joined = parley.Text{EN: "{agent} is here", FR: "{agent} est l\u00e0"}
				point.Script.Texts.Ended = parley.Text{EN: "Goodbye"}
				point.Script.CustomerEnd, point.Script.Greeting = true, parley.Text{EN: "Welcome"}
				r.SaveEntryPoint(point)
				r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(e)})
			}
		})
		x.works(amy, bob)
		french := bea
		french.Language = "fr-CA"
		v := x.visits("ent_support", french)
		x.answer(v)
		x.must(x.VisitorEnd(t.Context(), v))
		if got := x.said(v)[1:]; !slices.Equal(got, []string{"system: agent_joined", "system: Amy est l\u00e0", "system: customer_left"}) {
			t.Errorf("SCR-02: a visitor reads %q", got)
		}
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		w := x.talkOf("ent_sms", phone("+12065551234"))
		x.answer(w)
		x.must(x.End(t.Context(), bob, x.latest(w).ID))
		want := []string{"customer: Hi", "system: Welcome", "system: agent_joined", "system: Bob is here", "system: conversation_ended", "system: Goodbye"}
		if got := x.said(w); !slices.Equal(got, want) {
			t.Errorf("SCR-02: a phone reads %q", got)
		}
		all, err := x.s.View().Messages(t.Context(), w.Visitor, 1<<40, 10)
		x.must(err)
		for _, m := range all {
			if out := m.Delivery != nil; out != (m.Content != nil) {
				t.Errorf("SCR-02: %q goes out: %t", m.Text, out)
			}
		}
	})
}

// TestTheLanguageOfAPhone: LOC-02, SCR-02: whom their record or a script says to be
// French is spoken to in French, also when they come back.
func TestTheLanguageOfAPhone(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.do("write texts", func(r *store.Rows) {
			point, err := x.s.View().EntryPoint(t.Context(), "ent_sms")
			x.must(err)
			point.Script.Texts.Joined = parley.Text{EN: "{agent} is here", FR: "{agent} est l\u00e0"}
			r.SaveEntryPoint(point)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_sms"})
			r.SaveCustomer(parley.Customer{ID: "cus_zoe", LastName: "Zoe", Phones: []string{"+12065550001"}, Language: "fr", Rev: 1}, store.CustomerKeys{Digits: []string{"12065550001"}})
		})
		x.news(0)
		x.works(amy, bob)
		joined := func(v parley.Actor) string {
			x.answer(v)
			said := x.said(v)
			return strings.Replace(said[len(said)-1], "Amy", "Bob", 1)
		}
		x.brings("ent_sms", says("+12065550001", "m1", "Bonjour"))
		if got := joined(x.talkOf("ent_sms", phone("+12065550001"))); got != "system: Bob est l\u00e0" {
			t.Errorf("LOC-02: one whose record says French reads %q", got)
		}
		f := asks()
		f.Objects[3] = parley.FlowObject{Label: "Rest", Kind: parley.ObjectLanguage, Language: "fr-CA", Exits: map[string]string{"next": "Else"}}
		x.draws(parley.Flow{Start: f.Start, Objects: append(f.Objects, parley.FlowObject{Label: "Else", Kind: parley.ObjectForward, Queue: "que_support"})}, "ent_sms")
		x.brings("ent_sms", says("+12065550002", "m2", "Hi"))
		x.brings("ent_sms", says("+12065550002", "m3", "2"))
		v := x.talkOf("ent_sms", phone("+12065550002"))
		if got := joined(v); got != "system: Bob est l\u00e0" {
			t.Errorf("SCR-02: one whom the script took to French reads %q", got)
		}
		x.must(x.End(t.Context(), actor(x.latest(v).Agent), x.latest(v).ID))
		x.brings("ent_sms", says("+12065550002", "m4", "Encore"))
		if got := joined(v); got != "system: Bob est l\u00e0" {
			t.Errorf("LOC-02: come back, they read %q", got)
		}
		if w, err := x.s.View().Conversation(t.Context(), v.Visitor); err != nil || w.Visitor.Language != "fr-CA" {
			t.Errorf("LOC-02: the conversation is in %q, %v", w.Visitor.Language, err)
		}
	})
}
