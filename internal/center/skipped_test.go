package center

import (
	"strings"
	"testing"

	"parley"
)

// toColleagues are the letters to colleagues that wait to be sent.
func (x *town) toColleagues() (all []string) {
	x.t.Helper()
	rows, err := x.s.View().OutboxDue(x.t.Context(), MailKind, x.clock.Now(), 10)
	x.must(err)
	for _, row := range rows {
		all = append(all, row.Data)
	}
	return all
}

// TestSkipByMail: SCR-02: where the script says so, colleagues are written to about
// who leaves the line: at once on a phone, and on the web when the form is filled in.
func TestSkipByMail(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		f := asks()
		for n := range f.Objects {
			if f.Objects[n].Kind == parley.ObjectSkip {
				f.Objects[n].Mail = "team@example.com"
			}
		}
		x.connect()
		x.draws(f, "ent_support", "ent_sms")
		v := x.visits("ent_support", bea)
		x.answers(v, "billing")
		x.answers(v, "SKIP")
		x.is(v, parley.Skipped, "que_billing")
		if got := x.toColleagues(); len(got) != 0 {
			t.Fatalf("SCR-02: the form is not filled in yet: %q", got)
		}
		left := Left{ClientID: x.client(), Name: "Bea", Email: "bea@example.com", Text: "Call me"}
		x.must(x.Skip(t.Context(), v, left))
		x.must(x.Skip(t.Context(), v, left))
		if got := x.toColleagues(); len(got) != 1 || !strings.Contains(got[0], "team@example.com") || strings.Contains(got[0], "Call me") {
			t.Fatalf("SCR-02: one letter, which names whom it is about and holds no words: %q", got)
		}
		x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
		x.brings("ent_sms", says("+12065551234", "m2", "1"))
		x.brings("ent_sms", says("+12065551234", "m3", "skip"))
		if got := x.toColleagues(); len(got) != 2 {
			t.Errorf("SCR-02: a phone has no form: %q", got)
		}
	})
}

// TestSkipOnArrival: SCR-02: a script that gives up on somebody as they arrive writes
// to colleagues too: at once on a phone and where it asks for no form, or else when
// the form is filled in.
func TestSkipOnArrival(t *testing.T) {
	for form, letters := range map[bool]int{false: 1, true: 0} {
		each(t, func(t *testing.T, x *town) {
			leave := parley.FlowObject{Label: "Leave", Kind: parley.ObjectSkip, Form: form, Mail: "team@example.com"}
			x.connect()
			x.draws(parley.Flow{Start: "Leave", Objects: []parley.FlowObject{leave}}, "ent_support", "ent_sms")
			v := x.visits("ent_support", bea)
			x.is(v, parley.Skipped, "")
			window, err := x.VisitorSnapshot(t.Context(), v)
			x.must(err)
			if window.Conversation.FormAfterEnd != form {
				t.Errorf("SCR-02: the script asks for a form: %t, the window: %t", form, !form)
			}
			wrote := func(want int) {
				t.Helper()
				if got := x.toColleagues(); len(got) != want {
					t.Fatalf("SCR-02: %d letters, want %d: %q", len(got), want, got)
				}
			}
			wrote(letters)
			if form {
				x.must(x.Skip(t.Context(), v, Left{ClientID: x.client(), Name: "Bea", Email: "bea@example.com", Text: "Call me"}))
			}
			wrote(1)
			x.brings("ent_sms", says("+12065551234", "m1", "Hi"))
			wrote(2)
		})
	}
}
