package records

import (
	"fmt"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
)

// told writes a timeline as a line a test can compare.
func told(items []Happening) string {
	out := ""
	for _, h := range items {
		switch {
		case h.Interaction != nil:
			out += "talk " + string(h.Channel)
		case h.Case != nil:
			out += "case " + h.Case.Subject
		case h.FollowUp != nil:
			out += fmt.Sprintf("note %s of %d", h.FollowUp.Text, h.About.Number)
		case h.Task != nil:
			out += "task " + h.Task.Subject
		default:
			out += "nothing"
		}
		out += "; "
	}
	return out
}

func TestTimeline(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		w.add("John", "Smith", "1002")
		i := w.talk("marie", parley.Visitor{Name: "Marie", AccountNumber: "1001"})
		if err := w.LinkCustomer(ctx, w.amy, i, marie); err != nil {
			t.Fatal(err)
		}
		w.end(i)
		logged := w.log(i)
		id := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen, Subject: "Blanket", Visibility: parley.VisibleToOwner}))(t)
		number := get(w.Case(ctx, w.amy, id))(t).Number
		day := func(n int) int64 { return parley.Millis(w.clock.Now()) + int64(n)*24*3600*1000 }
		get(w.AddFollowUp(ctx, w.amy, id, FollowUpInput{Kind: parley.FollowUpNote, Text: "Called", At: day(1)}))(t)
		get(w.CreateTask(ctx, w.amy, TaskInput{Kind: "call", Subject: "Ring", Case: id, DueAt: day(2)}))(t)
		get(w.CreateTask(ctx, w.bob, TaskInput{Kind: "call", Subject: "Own", Customer: marie, DueAt: day(3)}))(t)
		w.do(func(r *store.Rows) { // the case comes after the talk, whatever the clock of the test says
			r.Exec(`UPDATE cases SET created_at = created_at + 1000 WHERE id = $1`, id)
		})
		whole := fmt.Sprintf("task Ring; note Called of %d; case Blanket; talk webchat; ", number)
		of := func(me parley.Actor, q TimelineQuery) Timeline {
			t.Helper()
			return get(w.Timeline(ctx, me, marie, q))(t)
		}
		if got := told(of(w.sam, TimelineQuery{}).Items); got != "task Own; "+whole {
			t.Errorf("CRM-14: all of one customer on one line, the newest first, a log told once with its talk: %s", got)
		}
		if got := of(w.sam, TimelineQuery{}).Items; got[4].Interaction.Case != logged.ID {
			t.Errorf("CRM-14: the interaction leads to its log: %+v", got[4].Interaction)
		}
		if got := told(of(w.amy, TimelineQuery{}).Items); got != whole {
			t.Errorf("CRM-04: no task of somebody else: %s", got)
		}
		if got := told(of(w.bob, TimelineQuery{}).Items); got != "task Own; talk webchat; " {
			t.Errorf("CRM-03: no case of its owner alone, nor what belongs to it: %s", got)
		}
		paged := ""
		for q := (TimelineQuery{Limit: 2}); ; {
			page := of(w.sam, q)
			paged += told(page.Items)
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		if paged != "task Own; "+whole {
			t.Errorf("CRM-14: page by page, nothing twice and nothing lost: %s", paged)
		}
	})
}

func TestTimelinePerChannel(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		for n, name := range []string{"site", "phone"} {
			i := w.talk(name, parley.Visitor{Name: "Marie"})
			if err := w.LinkCustomer(ctx, w.amy, i, marie); err != nil {
				t.Fatal(err)
			}
			w.end(i)
			w.do(func(r *store.Rows) {
				r.Exec(`UPDATE interactions SET created_at = created_at + $2 WHERE id = $1`, i, int64(n)*int64(time.Minute/time.Millisecond))
				if name == "phone" {
					r.Exec(`UPDATE conversations SET channel = 'sms' WHERE id = 'con_phone'`)
				}
			})
		}
		get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen, Subject: "By hand"}))(t)
		of := func(c parley.Channel) Timeline {
			t.Helper()
			return get(w.Timeline(ctx, w.amy, marie, TimelineQuery{Channel: c}))(t)
		}
		if all := of(""); all.PerChannel || all.Channel != "" || len(all.Items) != 3 || fmt.Sprint(all.Channels) != "[sms webchat]" {
			t.Errorf("CRM-14: every channel unless the center says otherwise: %+v", all)
		}
		w.set("crm.timeline_per_channel", "true")
		last := of("")
		if !last.PerChannel || last.Channel != "sms" || told(last.Items) != "talk sms; case By hand; " {
			t.Errorf("CRM-14: one channel at a time, the last one first: %s %+v", told(last.Items), last)
		}
		if beside := get(w.Timeline(ctx, w.amy, marie, TimelineQuery{Prefer: parley.WebChat}))(t); told(beside.Items) != "case By hand; talk webchat; " && told(beside.Items) != "talk webchat; case By hand; " {
			t.Errorf("CRM-14: beside a conversation, its own channel: %s", told(beside.Items))
		}
		if site := of(parley.WebChat); len(site.Items) != 2 || site.Channel != parley.WebChat {
			t.Errorf("CRM-14: the channel that is asked for: %+v", site)
		}
	})
}
