package center

import "testing"

// TestRepeatedSend is E22, I15: a repeat gets the first answer, whatever is still
// remembered of the conversation.
func TestRepeatedSend(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, _ := x.served(amy, "ent_support")
		say := x.words("Hello")
		first, err := x.VisitorSend(ctx, v, say)
		x.must(err)
		repeats := func(when string) {
			again, err := x.VisitorSend(ctx, v, say)
			x.must(err)
			if again.ID != first.ID || again.Seq != first.Seq {
				t.Errorf("I15: %s a repeat is %+v, not %+v", when, again, first)
			}
		}
		repeats("at once")
		x.lately.Forget()
		repeats("from before the last time something was forgotten")
		x.lately.Forget()
		x.lately.Forget()
		repeats("when all was forgotten")
		x.reopen()
		repeats("after a restart")
		if n := len(x.said(v)); n != 3 {
			t.Errorf("I15: %d lines: %q", n, x.said(v))
		}
	})
}

// TestSendWithALinesID is E22: what a client takes of a line of the system is a
// repeat of that line, and harms nobody else's.
func TestSendWithALinesID(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		_, err := x.VisitorSend(ctx, v, x.words("Hello"))
		x.must(err)
		_, err = x.Send(ctx, amy, id, x.words("Here."))
		x.must(err)
		x.must(x.End(ctx, amy, id)) // the system says so after the last look
		lines, err := x.s.View().Messages(ctx, v.Visitor, 1<<40, 1000)
		x.must(err)
		for _, line := range lines {
			if got, err := x.VisitorSend(ctx, v, Words{ClientID: line.ClientID, Text: "mine"}); err != nil || got.ID != line.ID {
				t.Errorf("E22: a line's id gives %+v, %v", got, err)
			}
		}
		if now := x.said(v); len(now) != len(lines) {
			t.Errorf("E22: %q", now)
		}
	})
}
