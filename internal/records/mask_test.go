package records

import (
	"testing"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestMask types the number of a card into every text of a record: only its last
// digits are kept, unless the center wants them.
func TestMask(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.do(func(r *store.Rows) {
			r.SaveCenter(store.Center{ID: "cen_1", Name: "Acme", Zone: "UTC", CreatedAt: r.Now()})
		})
		w.cardsTyped("marie@example.com", "paid with **** **** **** 1111")
		w.set("privacy.mask_cards", "false")
		w.cardsTyped("m.tremblay@example.com", "paid with 4111 1111 1111 1111")
	})
}

// cardsTyped types a card's number everywhere, and checks what is kept.
func (w *town) cardsTyped(address, want string) {
	w.t.Helper()
	ctx, v, card := w.t.Context(), w.store.View(), "paid with 4111 1111 1111 1111"
	id := w.add("Marie", "Tremblay", "", email(address), func(in *CustomerInput) {
		in.Notes, in.Fields = card, map[string]string{"fld_company": card}
	})
	c := get(w.Customer(ctx, w.amy, id))(w.t)
	kept := map[string]string{"customer.notes": c.Notes, "customer.field": c.Fields["fld_company"]}
	if err := w.VerifyEmail(ctx, w.amy, id, address, true); err != nil {
		w.t.Fatal(err)
	}
	in := CaseInput{Customer: id, Status: parley.CaseOpen, Subject: card, Notes: card, Description: &card}
	made := get(w.CreateCase(ctx, w.amy, in))(w.t)
	in.Rev = 1
	if err := w.SaveCase(ctx, w.amy, made, in); err != nil {
		w.t.Fatal(err)
	}
	of := get(v.Case(ctx, made))(w.t)
	kept["case.subject"], kept["case.notes"], kept["case.description"] = of.Subject, of.Notes, of.Description
	get(w.AddFollowUp(ctx, w.amy, made, FollowUpInput{Kind: parley.FollowUpNote, Text: card}))(w.t)
	if err := w.Notify(ctx, w.amy, made, NotifyInput{Text: card}); err != nil {
		w.t.Fatal(err)
	}
	for _, f := range get(v.FollowUps(ctx, made, 10))(w.t) {
		kept["follow_up."+string(f.Kind)] = f.Text
	}
	for _, l := range get(v.LettersOfCase(ctx, made, 10))(w.t) {
		kept["letter"] = l.Text
	}
	due := parley.Millis(storetest.Day)
	task := get(v.Task(ctx, get(w.CreateTask(ctx, w.amy, TaskInput{Kind: parley.TaskCall, Subject: card, Notes: card, DueAt: due}))(w.t)))(w.t)
	kept["task.subject"], kept["task.notes"] = task.Subject, task.Notes
	if len(kept) != 10 {
		w.t.Errorf("CRM-03: kept are %v", kept)
	}
	for place, text := range kept {
		if text != want {
			w.t.Errorf("CRM-03: %s keeps %q, want %q", place, text, want)
		}
	}
}
