package center

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
)

func TestBegin(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		t.Run("WEB-02: the question is the first message, and the queue has it", func(t *testing.T) {
			v := x.visits("ent_support", bea)
			if got := x.said(v); !slices.Equal(got, []string{"customer: Where is my parcel?"}) {
				t.Errorf("said %q", got)
			}
			if i := x.latest(v); i.State != parley.Offering || i.Queue != "que_support" {
				t.Errorf("the interaction is %s in %s", i.State, i.Queue)
			}
		})
		t.Run("WEB-02: a repeat is the same conversation with a fresh token, and the old one opens nothing", func(t *testing.T) {
			who := Contact{EntryPoint: "ent_support", ClientID: x.client(), Visitor: bea}
			first, err := x.Begin(ctx, who)
			x.must(err)
			again, err := x.Begin(ctx, who)
			x.must(err)
			if first.Conversation != again.Conversation || first.Token == again.Token {
				t.Errorf("begun %+v, then %+v", first, again)
			}
			_, err = x.ResolveVisitor(ctx, first.Token)
			x.refuses(err, parley.ErrUnauthenticated)
			me, err := x.ResolveVisitor(ctx, again.Token)
			x.must(err)
			if got := x.said(me); len(got) != 1 {
				t.Errorf("said %q", got)
			}
		})
		t.Run("SCR-07: out of hours it is refused with the text and the hour", func(t *testing.T) {
			_, err := x.Begin(ctx, Contact{EntryPoint: "ent_closed", ClientID: x.client(), Visitor: bea})
			x.refuses(err, parley.ErrClosed)
			var e *parley.Error
			if errors.As(err, &e); e.Data["closed_text"] != "We are closed" || e.Data["opens_at"] == int64(0) {
				t.Errorf("data = %v", e.Data)
			}
		})
		t.Run("SCR-05: every field at fault is named at once", func(t *testing.T) {
			_, err := x.Begin(ctx, Contact{EntryPoint: "ent_form", ClientID: x.client(), Visitor: parley.Visitor{}})
			if got := faultsOf(err); !slices.Equal(got, []string{"name required", "email required"}) {
				t.Errorf("faults = %q", got)
			}
			_, err = x.Begin(ctx, Contact{EntryPoint: "ent_form", ClientID: x.client(), Visitor: parley.Visitor{
				Name: strings.Repeat("x", NameMax+1), Email: "nobody",
			}})
			if got := faultsOf(err); !slices.Equal(got, []string{"name too_long", "email invalid_email"}) {
				t.Errorf("faults = %q", got)
			}
		})
		t.Run("A-018: an unknown entry point is not found, and no client id is refused", func(t *testing.T) {
			_, err := x.Begin(ctx, Contact{EntryPoint: "ent_other", ClientID: x.client(), Visitor: bea})
			x.refuses(err, parley.ErrNotFound)
			_, err = x.Begin(ctx, Contact{EntryPoint: "ent_support", Visitor: bea})
			x.refuses(err, parley.ErrInvalid())
		})
		t.Run("A-012: a name keeps no line break", func(t *testing.T) {
			v := x.visits("ent_support", parley.Visitor{Name: "Bea\r\nadmin"})
			row, err := x.s.View().Conversation(ctx, v.Visitor)
			x.must(err)
			if row.Visitor.Name != "Bea  admin" {
				t.Errorf("name = %q", row.Visitor.Name)
			}
		})
	})
}

// faultsOf returns the fields a refusal names.
func faultsOf(err error) []string {
	var e *parley.Error
	var out []string
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			out = append(out, f.Field+" "+f.Code)
		}
	}
	return out
}

func TestVisitorTokens(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		seen := map[string]bool{}
		for range 100 {
			token, hash := newToken()
			if len(token) != len("vt_")+43 || seen[token] || strings.Contains(hash, token) {
				t.Fatalf("A-033: token %q", token)
			}
			seen[token] = true
		}
		who := Contact{EntryPoint: "ent_support", ClientID: x.client(), Visitor: bea}
		b, err := x.Begin(ctx, who)
		x.must(err)
		me, err := x.ResolveVisitor(ctx, b.Token)
		x.must(err)
		for _, token := range []string{"", "vt_", b.Token + "x", b.Token[:len(b.Token)-1], "pk_" + b.Token[3:]} {
			_, err := x.ResolveVisitor(ctx, token)
			x.refuses(err, parley.ErrUnauthenticated)
		}
		x.answer(me)
		x.must(x.VisitorEnd(ctx, me))
		x.clock.pass(tokenAfterEnd)
		if _, err = x.ResolveVisitor(ctx, b.Token); err != nil {
			t.Errorf("A-042: half an hour after the end the token is refused too early: %v", err)
		}
		x.clock.pass(time.Millisecond)
		_, err = x.ResolveVisitor(ctx, b.Token)
		x.refuses(err, parley.ErrUnauthenticated) // and later it is
		_, err = x.Begin(ctx, who)
		x.refuses(err, parley.ErrConflict) // neither does a repeat open it
		waiting, err := x.Begin(ctx, Contact{EntryPoint: "ent_support", ClientID: x.client(), Visitor: bea})
		x.must(err)
		x.clock.pass(tokenIdle + time.Millisecond)
		_, err = x.ResolveVisitor(ctx, waiting.Token)
		x.refuses(err, parley.ErrUnauthenticated) // 30 days without a word
		coming, err := x.Begin(ctx, Contact{EntryPoint: "ent_support", ClientID: x.client(), Visitor: bea})
		x.must(err)
		for range 40 { // but whoever comes back every day stays
			x.clock.pass(25 * time.Hour)
			_, err := x.ResolveVisitor(ctx, coming.Token)
			x.must(err)
		}
	})
}

func TestVisitorSend(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		t.Run("INV-15: a repeat gets the first answer and adds nothing", func(t *testing.T) {
			say := x.words("Hello")
			first, err := x.VisitorSend(ctx, v, say)
			x.must(err)
			again, err := x.VisitorSend(ctx, v, say)
			x.must(err)
			if again.ID != first.ID || again.Seq != first.Seq || again.At != first.At || !again.Repeated || first.Repeated {
				t.Errorf("sent %+v, then %+v", first, again)
			}
		})
		t.Run("CNV-03: at the limit it is kept, one over it is refused with both numbers", func(t *testing.T) {
			_, err := x.VisitorSend(ctx, v, x.words(strings.Repeat("\u00e9", 5000)))
			x.must(err)
			_, err = x.VisitorSend(ctx, v, x.words(strings.Repeat("x", 5001)))
			x.refuses(err, parley.ErrTextTooLong)
			var e *parley.Error
			if errors.As(err, &e); e.Data["limit"] != 5000 || e.Data["count"] != 5001 {
				t.Errorf("data = %v", e.Data)
			}
		})
		t.Run("CNV-03: what two code points make one counts as one after NFC", func(t *testing.T) {
			_, err := x.VisitorSend(ctx, v, x.words(strings.Repeat("e\u0301", 5000)))
			x.must(err)
		})
		t.Run("CNV-03: an empty text, a NUL and broken UTF-8 are refused", func(t *testing.T) {
			for _, text := range []string{"", " \n\t", "a\x00b", "a\xff"} {
				_, err := x.VisitorSend(ctx, v, x.words(text))
				x.refuses(err, parley.ErrInvalid())
			}
		})
		t.Run("CNV-04: from the Support Center 500 is the limit", func(t *testing.T) {
			s := x.visits("ent_center", bea)
			_, err := x.VisitorSend(ctx, s, x.words(strings.Repeat("x", 500)))
			x.must(err)
			_, err = x.VisitorSend(ctx, s, x.words(strings.Repeat("x", 501)))
			x.refuses(err, parley.ErrTextTooLong)
		})
		t.Run("A-052: the sender is who the token says", func(t *testing.T) {
			all := x.said(v)
			if got := all[len(all)-1]; !strings.HasPrefix(got, "customer: ") {
				t.Errorf("said %q", got)
			}
		})
		t.Run("E20: after the end it is refused, and nothing is lost before it (E22)", func(t *testing.T) {
			_, err := x.VisitorSend(ctx, v, x.words("last words"))
			x.must(err)
			x.must(x.End(ctx, amy, id))
			_, err = x.VisitorSend(ctx, v, x.words("too late"))
			x.refuses(err, parley.ErrInteractionEnded)
			all := x.said(v)
			if got := all[len(all)-2:]; !slices.Equal(got, []string{"customer: last words", "system: conversation_ended"}) {
				t.Errorf("said %q", got)
			}
		})
	})
}

func TestVisitorsWindow(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		window := func(me parley.Actor) VisitorView {
			t.Helper()
			s, err := x.VisitorSnapshot(ctx, me)
			x.must(err)
			return s.Conversation
		}
		v := x.visits("ent_support", parley.Visitor{Name: "Bea", Language: "fr", Question: "Allo?"})
		if w := window(v); w.State != windowWaiting || w.WaitText != "Un moment" || !w.MaySkip || w.Language != "fr-CA" {
			t.Errorf("WEB-09: waiting shows %+v", w)
		}
		if p, err := x.VisitorGauges(ctx, v); err != nil || p.Position != 1 || p.Ahead != 0 {
			t.Errorf("WEB-09: place %+v %v", p, err)
		}
		x.works(amy)
		if w := window(v); w.State != windowWaiting || w.Agent != nil {
			t.Errorf("OFR-09: while it rings the customer sees %+v", w)
		}
		x.answer(v)
		if w := window(v); w.State != windowChatting || w.Agent == nil || w.Agent.DisplayName != "Amy" || w.AgentAway {
			t.Errorf("OFR-12: on accept the customer sees %+v", w)
		}
		x.must(x.LinkLost(ctx, amy.Agent))
		if w := window(v); !w.AgentAway {
			t.Error("RES-01: the customer does not see that amy reconnects")
		}
		x.must(x.LinkUp(ctx, amy.Agent))
		x.must(x.Transfer(ctx, amy, x.latest(v).ID, Handover{Queue: "que_support", ClientID: x.client()}))
		if w := window(v); w.State != windowWaiting || !w.Transferring {
			t.Errorf("XFR-04: during a transfer the customer sees %+v", w)
		}
		x.must(x.VisitorEnd(ctx, v))
		x.must(x.VisitorEnd(ctx, v)) // twice is once
		if w := window(v); w.State != windowEnded || w.CustomerEnd {
			t.Errorf("WEB-06: after the end the customer sees %+v", w)
		}
	})
}

func TestVisitorEnd(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		x.must(x.VisitorEnd(ctx, v))
		i := x.latest(v)
		if i.State != parley.WrapUp || i.EndedBy != parley.EndedByCustomer || !i.AwaitAck {
			t.Errorf("WEB-06, WRP-12: %s by %s, to be opened %v", i.State, i.EndedBy, i.AwaitAck)
		}
		if got := x.said(v); got[len(got)-1] != "system: customer_left" {
			t.Errorf("RES-03: said %q", got)
		}
		x.later(61 * time.Second)
		held := x.held(amy)
		if len(held) != 1 || held[0].State != parley.Logged || !held[0].Unviewed {
			t.Errorf("RES-03, E19: amy's list has %+v", held)
		}
		if err := x.Dismiss(ctx, amy, id); !errors.Is(err, parley.ErrConflict) {
			t.Errorf("I25e: dismissed before it was opened: %v", err)
		}
		x.must(x.View(ctx, amy, id))
		_, err := x.Note(ctx, amy, id, x.words("late note")) // RES-03: late notes, codes
		x.must(err)
		x.must(x.Choose(ctx, amy, id, []parley.DispositionID{"dsp_a"}))
		x.must(x.Dismiss(ctx, amy, id))
		x.must(x.Dismiss(ctx, amy, id))
		if held := x.held(amy); len(held) != 0 {
			t.Errorf("I25e: amy's list has %+v", held)
		}
		x.must(x.SetStatus(ctx, amy, parley.Available, ""))
		w := x.visits("ent_form", parley.Visitor{Name: "Al", Email: "al@example.com"})
		x.answer(w)
		x.refuses(x.VisitorEnd(ctx, w), parley.ErrNotCustomerEndable)
	})
}

func TestAgain(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_quick")
		x.refuses(x.Again(ctx, v, x.words("More?"), ""), parley.ErrConversationOpen)
		x.must(x.End(ctx, amy, id))
		// three at once after the end, with three ids and one question each:
		// one interaction begins, the others are told that it is open.
		won, open := 0, 0
		for _, err := range x.together(3, func(int) error { return x.Again(ctx, v, x.words("More?"), "") }) {
			switch {
			case err == nil:
				won++
			case errors.Is(err, parley.ErrConversationOpen):
				open++
			default:
				t.Error(err)
			}
		}
		if won != 1 || open != 2 {
			t.Errorf("R-45: %d began, %d were told it is open", won, open)
		}
		i := x.latest(v)
		if i.ID == id || i.Journey != i.ID || i.Queue != "que_quick" || i.Conversation != v.Visitor {
			t.Errorf("RPL-02: the new one is %+v", i)
		}
		say := x.words("Once")
		x.must(x.VisitorEnd(ctx, v))
		x.must(x.Again(ctx, v, say, ""))
		x.must(x.Again(ctx, v, say, "")) // a repeat adds nothing
		rows, err := x.s.View().InteractionsOf(ctx, v.Visitor, 10)
		x.must(err)
		if len(rows) != 3 {
			t.Errorf("I27: %d interactions", len(rows))
		}
	})
}
