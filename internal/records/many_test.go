package records

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
)

// codes are why records stayed as they are, in their order.
func codes(of Edits) string {
	var out []string
	for _, r := range of.Refused {
		out = append(out, r.Code)
	}
	return strings.Join(out, " ")
}

// later lets ten minutes and a bit go by.
func (w *town) later() {
	w.t.Helper()
	w.do(func(r *store.Rows) {
		late := int64(undoWithin/time.Millisecond) + 1
		r.Exec(`UPDATE record_changes SET at = at - $1`, late)
		r.Exec(`UPDATE retired_customers SET at = at - $1`, late)
	})
}

func TestEditCustomers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.do(func(r *store.Rows) {
			r.SaveField(parley.CustomField{ID: "fld_tier", Object: parley.OfCustomer, Name: "tier", Label: "Tier", Type: parley.FieldPickList, Options: []string{"Gold", "Tin"}, Active: true, Rev: 1})
		})
		var ids []string
		for n := range editPiece + 2 { // more than one commit
			ids = append(ids, string(w.add("Marie", fmt.Sprintf("No%03d", n), "", phone(fmt.Sprintf("514 555 %04d", n)))))
		}
		had := []string{w.kept(parley.CustomerID(ids[0])), w.kept(parley.CustomerID(ids[editPiece]))}
		get(w.EditCustomers(ctx, w.bob, CustomerEdit{Customers: ids[:1], Do: "set", Field: "fld_tier", Value: "Gold"}))(t)
		had[0] = w.kept(parley.CustomerID(ids[0]))
		did := get(w.EditCustomers(ctx, w.amy, CustomerEdit{Customers: append(slices.Clone(ids), "cus_none", ids[1]), Do: "set", Field: "fld_tier", Value: "Gold"}))(t)
		if len(did.Changed) != len(ids)-1 || codes(did) != "unchanged not_found" || did.Changed[0] != (Edited{ids[1], 2}) {
			t.Errorf("CRM-02: what can be changed is changed, each once, and what cannot is told: %+v", did)
		}
		c := get(w.Customer(ctx, w.amy, parley.CustomerID(ids[editPiece])))(t)
		if c.Fields["fld_tier"] != "Gold" || c.Phones[0] != "+15145550050" {
			t.Errorf("CRM-02: set, and nothing else changed: %+v", c)
		}
		if h := get(w.CustomerHistory(ctx, w.amy, c.ID, "", 10))(t).Items; len(h) != 1 || h[0].After != "Gold" || h[0].By == "" {
			t.Errorf("CRM-02: it is in the customer's history: %+v", h)
		}
		get(w.EditCustomers(ctx, w.bob, CustomerEdit{Customers: ids[1:2], Do: "set", Field: "language", Value: "fr-CA"}))(t)
		if back := get(w.UndoCustomers(ctx, w.bob, EditsUndo{did.Changed[1:2]}))(t); codes(back) != "too_late" {
			t.Errorf("issue 4: only who did it takes it back: %+v", back)
		}
		back := get(w.UndoCustomers(ctx, w.amy, EditsUndo{did.Changed}))(t)
		if len(back.Changed) != len(ids)-2 || codes(back) != "changed_since" || w.kept(parley.CustomerID(ids[editPiece])) != had[1] || w.kept(parley.CustomerID(ids[0])) != had[0] {
			t.Errorf("issue 4: undo restores each that nobody saved since: %+v", back)
		}
		if ids, err := w.store.View().CustomersWithPhone(ctx, "15145550050", 5); err != nil || len(ids) != 1 {
			t.Errorf("CRM-02: they are found by their phone as before: %v %v", ids, err)
		}
		audits := get(w.store.View().AuditPage(ctx, 0, 10))(t)
		if audits[0].Action != "undo_edit_customers" || audits[1].Action != "undo_edit_customers" || !strings.Contains(audits[1].After, ids[editPiece]) || strings.Contains(audits[2].After+audits[3].After, "Gold") {
			t.Errorf("A-117, CFG-04: each commit is in the audit log, with ids and without words: %+v", audits[:4])
		}
		again := get(w.EditCustomers(ctx, w.amy, CustomerEdit{Customers: ids[2:3], Do: "set", Field: "zone", Value: "America/Toronto"}))(t)
		w.later()
		if late := get(w.UndoCustomers(ctx, w.amy, EditsUndo{again.Changed}))(t); codes(late) != "too_late" {
			t.Errorf("issue 4: after ten minutes it stays: %+v", late)
		}
	})
}

func TestDeleteManyCustomers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		served := w.add("Marie", "Tremblay", "")
		if err := w.LinkCustomer(ctx, w.amy, w.talk("marie", parley.Visitor{}), served); err != nil {
			t.Fatal(err)
		}
		one, two := w.add("John", "Smith", "", email("john@example.com")), w.add("Ann", "Smith", "")
		was := []string{w.kept(one), w.kept(two)}
		all := []string{string(served), string(one), string(two)}
		_, err := w.EditCustomers(ctx, w.amy, CustomerEdit{Customers: all, Do: "delete"})
		refused(t, "SEC-07: an agent does not delete", err, parley.ErrForbidden)
		did := get(w.EditCustomers(ctx, w.sam, CustomerEdit{Customers: all, Do: "delete"}))(t)
		if len(did.Changed) != 2 || codes(did) != "conversation_open" {
			t.Errorf("CRM-02: who is being served stays: %+v", did)
		}
		if gone := get(w.DeletedCustomers(ctx, w.sam, "", 10))(t); len(gone.Items) != 2 {
			t.Errorf("CRM-02: the others are deleted: %+v", gone)
		}
		_, err = w.UndoCustomers(ctx, w.amy, EditsUndo{did.Changed})
		refused(t, "SEC-07: nor brings back", err, parley.ErrForbidden)
		if of := get(w.UndoCustomers(ctx, w.ada, EditsUndo{did.Changed}))(t); codes(of) != "too_late too_late" {
			t.Errorf("issue 4: only who did it takes it back: %+v", of)
		}
		w.add("Other", "Smith", "", email("john@example.com"))
		back := get(w.UndoCustomers(ctx, w.sam, EditsUndo{did.Changed}))(t)
		if len(back.Changed) != 1 || codes(back) != "taken" || w.kept(two) != was[1] {
			t.Errorf("issue 4: who comes back is as they were, unless somebody has their e-mail by now: %+v\n%s\n%s", back, w.kept(two), was[1])
		}
		audits := get(w.store.View().AuditPage(ctx, 0, 10))(t)
		if audits[0].Action != "undo_edit_customers" || audits[1].Action != "edit_customers" || !strings.Contains(audits[1].After, `"delete"`) {
			t.Errorf("A-117: both are audited: %+v", audits[:2])
		}
	})
}

func TestEditCustomersRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		id := []string{string(w.add("Marie", "Tremblay", ""))}
		for want, in := range map[parley.FieldError]CustomerEdit{
			{Field: "do", Code: "unknown"}:    {Customers: id, Do: "burn"},
			{Field: "field", Code: "unknown"}: {Customers: id, Do: "set", Field: "emails", Value: "x@example.com"},
			{Field: "value", Code: "unknown"}: {Customers: id, Do: "set", Field: "zone", Value: "Mars"},
			{Field: "ids", Code: "too_many"}:  {Customers: make([]string, editMax+1), Do: "delete"},
		} {
			_, err := w.EditCustomers(ctx, w.sam, in)
			faulty(t, "CRM-02: not to be set for many", err, want)
		}
		w.set("customers.edit", `"admin"`)
		_, err := w.EditCustomers(ctx, w.amy, CustomerEdit{Customers: id, Do: "set", Field: "language", Value: "fr"})
		refused(t, "SEC-07: who may not edit one may not edit many", err, parley.ErrForbidden)
	})
}

func TestEditTasks(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		due := parley.Millis(w.clock.Now().Add(time.Hour))
		task := func(me parley.Actor, subject string) string {
			return get(w.CreateTask(ctx, me, TaskInput{Kind: parley.TaskCall, Subject: subject, DueAt: due}))(t)
		}
		ids := []string{task(w.amy, "one"), task(w.amy, "two")}
		hidden := task(w.sam, "of sam")
		did := get(w.EditTasks(ctx, w.amy, TaskEdit{Tasks: append(slices.Clone(ids), hidden, "tsk_none", ids[0]), Do: "assign", Owner: "agt_bob"}))(t)
		if len(did.Changed) != 2 || codes(did) != "not_found not_found" {
			t.Errorf("CRM-04: given to a colleague, each once; what is not seen is not told: %+v", did)
		}
		if mine := get(w.Tasks(ctx, w.bob, TaskQuery{Mine: true}))(t); len(mine.Items) != 2 {
			t.Errorf("CRM-04: bob has them: %+v", mine)
		}
		if of := get(w.UndoTasks(ctx, w.bob, EditsUndo{did.Changed}))(t); codes(of) != "too_late too_late" {
			t.Errorf("issue 4: only who did it takes it back: %+v", of)
		}
		get(w.EditTasks(ctx, w.bob, TaskEdit{Tasks: ids[:1], Do: "finish"}))(t)
		back := get(w.UndoTasks(ctx, w.amy, EditsUndo{did.Changed}))(t)
		if len(back.Changed) != 1 || codes(back) != "changed_since" || get(w.Task(ctx, w.amy, ids[1]))(t).Owner.ID != "agt_amy" {
			t.Errorf("issue 4: what somebody saved since stays: %+v", back)
		}
		moved := get(w.EditTasks(ctx, w.amy, TaskEdit{Tasks: ids, Do: "due", DueAt: due + 1000}))(t)
		done := get(w.EditTasks(ctx, w.amy, TaskEdit{Tasks: ids, Do: "finish"}))(t)
		if len(moved.Changed) != 2 || len(done.Changed) != 1 || codes(done) != "unchanged" {
			t.Errorf("CRM-04: moved and done: %+v %+v", moved, done)
		}
		get(w.UndoTasks(ctx, w.amy, EditsUndo{done.Changed}))(t)
		if one := get(w.Task(ctx, w.amy, ids[1]))(t); one.DoneAt != 0 || one.DueAt != due+1000 || one.Subject != "two" {
			t.Errorf("issue 4: undone is to do again, and as it was moved: %+v", one)
		}
		opened := get(w.EditTasks(ctx, w.amy, TaskEdit{Tasks: ids[:1], Do: "reopen"}))(t)
		if one := get(w.Task(ctx, w.amy, ids[0]))(t); one.DoneAt != 0 {
			t.Errorf("CRM-04: to do after all: %+v", one)
		}
		w.later()
		if late := get(w.UndoTasks(ctx, w.amy, EditsUndo{opened.Changed}))(t); codes(late) != "too_late" {
			t.Errorf("issue 4: after ten minutes it stays: %+v", late)
		}
		audits := get(w.store.View().AuditPage(ctx, 0, 10))(t)
		if audits[0].Action != "edit_tasks" || audits[1].Action != "undo_edit_tasks" || !strings.Contains(audits[1].After, ids[1]) {
			t.Errorf("CFG-04: all of it is in the audit log: %+v", audits[:2])
		}
		for want, in := range map[parley.FieldError]TaskEdit{
			{Field: "do", Code: "unknown"}:       {Tasks: ids, Do: "burn"},
			{Field: "owner_id", Code: "unknown"}: {Tasks: ids, Do: "assign", Owner: "agt_none"},
			{Field: "due_at", Code: "required"}:  {Tasks: ids, Do: "due"},
		} {
			_, err := w.EditTasks(ctx, w.amy, in)
			faulty(t, "CRM-04: no such edit", err, want)
		}
		_, err := w.EditTasks(ctx, parley.Actor{Visitor: "con_marie"}, TaskEdit{Tasks: ids, Do: "finish"})
		refused(t, "SEC-07: no visitor", err, parley.ErrForbidden)
	})
}
