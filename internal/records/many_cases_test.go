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

// open adds open cases with these subjects.
func (w *town) open(subjects ...string) []parley.CaseID {
	w.t.Helper()
	marie := w.add("Marie", "Tremblay", "")
	var ids []parley.CaseID
	for _, s := range subjects {
		ids = append(ids, get(w.CreateCase(w.t.Context(), w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen, Subject: s}))(w.t))
	}
	return ids
}

// stored returns a case as it is stored.
func (w *town) stored(id parley.CaseID) parley.Case {
	w.t.Helper()
	return get(w.store.View().Case(w.t.Context(), id))(w.t)
}

// same reports whether two cases differ in nothing but their version.
func same(a, b parley.Case) bool {
	return a.Status == b.Status && a.Assignee == b.Assignee && a.Group == b.Group && a.ClosedAt.Equal(b.ClosedAt)
}

func TestEditCases(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		ids := w.open("one", "two", "three")
		hidden := get(w.CreateCase(ctx, w.sam, CaseInput{Customer: w.add("John", "Smith", ""), Status: parley.CaseOpen, Visibility: parley.VisibleToOwner}))(t)
		w.do(func(r *store.Rows) { r.Exec(`UPDATE cases SET status = 'closed', closed_at = 5 WHERE id = $1`, ids[2]) })
		before := []parley.Case{w.stored(ids[0]), w.stored(ids[1])}
		asked := append(slices.Clone(ids), hidden, "cas_none", ids[0])
		did := get(w.EditCases(ctx, w.amy, CaseEdit{Cases: asked, Do: "close"}))(t)
		if len(did.Changed) != 2 || did.Changed[0] != (EditedCase{ids[0], 2}) {
			t.Errorf("CRM-03: what can be changed is changed, each once: %+v", did)
		}
		codes := ""
		for _, r := range did.Refused {
			codes += fmt.Sprintf("%s %d; ", r.Code, min(r.Number, 1))
		}
		if codes != "unchanged 1; not_found 0; not_found 0; " || w.stored(hidden).Rev != 1 {
			t.Errorf("CRM-03: what cannot is told case by case, and nothing of a case that is not seen: %s", codes)
		}
		if c := w.stored(ids[1]); c.Status != parley.CaseClosed || c.ClosedAt.IsZero() {
			t.Errorf("CRM-03: closed, and since when: %+v", c)
		}
		back := get(w.UndoCases(ctx, w.amy, CaseUndo{Changed: did.Changed}))(t)
		if len(back.Changed) != 2 || !same(w.stored(ids[0]), before[0]) || !same(w.stored(ids[1]), before[1]) {
			t.Errorf("issue 4: undo restores each: %+v %+v", back, w.stored(ids[0]))
		}
		audits := get(w.store.View().AuditPage(ctx, 0, 10))(t)
		if len(audits) < 2 || audits[0].Action != "undo_edit_cases" || audits[1].Action != "edit_cases" || audits[1].Actor != "agt_amy" || !strings.Contains(audits[1].Before, string(ids[0])) {
			t.Errorf("CFG-04: both are in the audit log, with what was before: %+v", audits)
		}
		if h := get(w.CaseHistory(ctx, w.bob, ids[0], "", 10))(t).Items; len(h) != 2 || h[0].After != "open" || h[0].By == "" {
			t.Errorf("CRM-02: and in the case's history: %+v", h)
		}
	})
}

func TestUndoCases(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		ids := w.open("one", "two")
		get(w.EditCases(ctx, w.amy, CaseEdit{Cases: ids, Do: "close"}))(t)
		w.do(func(r *store.Rows) { // it was closed an hour ago
			hour := int64(time.Hour / time.Millisecond)
			r.Exec(`UPDATE record_changes SET at = at - $1`, hour)
			r.Exec(`UPDATE cases SET closed_at = closed_at - $1`, hour)
		})
		closed := w.stored(ids[0])
		did := get(w.EditCases(ctx, w.amy, CaseEdit{Cases: ids, Do: "reopen"}))(t)
		if of := get(w.UndoCases(ctx, w.bob, CaseUndo{Changed: did.Changed}))(t); len(of.Changed) != 0 || of.Refused[0].Code != "too_late" {
			t.Errorf("issue 4: only who did it takes it back: %+v", of)
		}
		get(w.EditCases(ctx, w.bob, CaseEdit{Cases: ids[1:], Do: "assign", Assignee: "agt_bob"}))(t)
		back := get(w.UndoCases(ctx, w.amy, CaseUndo{Changed: did.Changed}))(t)
		if len(back.Changed) != 1 || len(back.Refused) != 1 || back.Refused[0].Code != "changed_since" || w.stored(ids[1]).Assignee != "agt_bob" {
			t.Errorf("issue 4: what somebody saved since stays: %+v", back)
		}
		if !same(w.stored(ids[0]), closed) {
			t.Errorf("CRM-06: closed since when it was: %v, want %v", w.stored(ids[0]).ClosedAt, closed.ClosedAt)
		}
		given := get(w.EditCases(ctx, w.amy, CaseEdit{Cases: ids[:1], Do: "assign", Assignee: "agt_sam"}))(t)
		w.do(func(r *store.Rows) {
			r.Exec(`UPDATE record_changes SET at = at - $1`, int64(undoWithin/time.Millisecond)+1)
		})
		if late := get(w.UndoCases(ctx, w.amy, CaseUndo{Changed: given.Changed}))(t); len(late.Changed) != 0 || late.Refused[0].Code != "too_late" {
			t.Errorf("issue 4: after ten minutes it stays: %+v", late)
		}
	})
}

func TestEditCasesRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		ids := w.open("one")
		_, err := w.EditCases(ctx, w.amy, CaseEdit{Cases: ids, Do: "assign", Assignee: "agt_none"})
		faulty(t, "CRM-03: nobody of that id", err, parley.FieldError{Field: "assignee_id", Code: "unknown"})
		_, err = w.EditCases(ctx, w.amy, CaseEdit{Cases: ids, Do: "burn"})
		faulty(t, "CRM-03: no such edit", err, parley.FieldError{Field: "do", Code: "unknown"})
		_, err = w.EditCases(ctx, w.amy, CaseEdit{Cases: make([]parley.CaseID, editMax+1), Do: "close"})
		faulty(t, "issue 4: at most 500", err, parley.FieldError{Field: "cases", Code: "too_many"})
		_, err = w.EditCases(ctx, parley.Actor{Visitor: "con_marie"}, CaseEdit{Cases: ids, Do: "close"})
		refused(t, "SEC-07: no visitor", err, parley.ErrForbidden)
	})
}
