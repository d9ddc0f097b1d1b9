package records

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func number64(n int64) string { return strconv.FormatInt(n, 10) }

func TestTasks(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		c := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen}))(t)
		day := func(n int) int64 { return storetest.Day.Add(time.Duration(n) * 24 * time.Hour).UnixMilli() }
		var ids []string
		for _, n := range []int{2, -1, 1} {
			in := TaskInput{Kind: parley.TaskCall, Subject: fmt.Sprint("day ", n), Case: c, DueAt: day(n)}
			ids = append(ids, get(w.CreateTask(ctx, w.amy, in))(t))
		}
		first := get(w.Tasks(ctx, w.amy, TaskQuery{Mine: true, Limit: 2}))(t)
		rest := get(w.Tasks(ctx, w.amy, TaskQuery{Mine: true, Limit: 2, After: first.Next}))(t)
		if len(first.Items) != 2 || !first.Items[0].Overdue || first.Items[0].Subject != "day -1" || first.Items[1].Subject != "day 1" ||
			len(rest.Items) != 1 || rest.Items[0].Subject != "day 2" || rest.Next != "" {
			t.Errorf("CRM-04: what is due first at the top, what is late marked: %+v %+v", first, rest)
		}
		one := first.Items[0]
		if one.Case.Number == 0 || one.Customer.Name != "Marie Tremblay" || one.Owner.ID != "agt_amy" {
			t.Errorf("CRM-04: a task of a case is about its customer: %+v", one)
		}
		if err := w.SaveTask(ctx, w.amy, ids[1], TaskInput{Kind: parley.TaskCall, Subject: "called", Case: c, DueAt: day(-1), Done: true, Rev: 1}); err != nil {
			t.Fatal(err)
		}
		refused(t, "UX-43", w.SaveTask(ctx, w.amy, ids[1], TaskInput{Kind: parley.TaskCall, Subject: "x", DueAt: 1, Rev: 1}), parley.ErrConflict)
		done := get(w.Tasks(ctx, w.amy, TaskQuery{Mine: true, Done: true}))(t)
		if len(done.Items) != 1 || done.Items[0].DoneAt == 0 || done.Items[0].Subject != "called" {
			t.Errorf("CRM-04: what is done: %+v", done)
		}
		if got := get(w.Tasks(ctx, w.bob, TaskQuery{Case: c}))(t); len(got.Items) != 2 {
			t.Errorf("CRM-04: who sees the case sees what is to do: %+v", got)
		}
		if got := get(w.Tasks(ctx, w.bob, TaskQuery{}))(t); len(got.Items) != 0 {
			t.Errorf("A-022: an agent's list is their own: %+v", got)
		}
		if err := w.RemoveTask(ctx, w.amy, ids[0]); err != nil {
			t.Fatal(err)
		}
		_, err := w.Task(ctx, w.amy, ids[0])
		refused(t, "CRM-04: gone", err, parley.ErrNotFound)
		refused(t, "CRM-04: nor saved", w.SaveTask(ctx, w.amy, ids[0], TaskInput{Kind: parley.TaskCall, Subject: "x", DueAt: 1, Rev: 1}), parley.ErrNotFound)
		if got := get(w.Tasks(ctx, w.amy, TaskQuery{Case: c}))(t); len(got.Items) != 1 {
			t.Errorf("CRM-04: off the list: %+v", got)
		}
		before := get(w.store.View().RemovedTask(ctx, ids[0]))(t)
		for range 2 { // a second click changes nothing
			if err := w.RestoreTask(ctx, w.amy, ids[0]); err != nil {
				t.Fatal(err)
			}
		}
		if back := get(w.store.View().Task(ctx, ids[0]))(t); back != before {
			t.Errorf("CRM-04: it comes back as it was: %+v, not %+v", back, before)
		}
		if err := w.RemoveTask(ctx, w.amy, ids[0]); err != nil {
			t.Fatal(err)
		}
		if err := w.sweep(ctx); err != nil {
			t.Fatal(err)
		}
		get(w.store.View().RemovedTask(ctx, ids[0]))(t)
		w.do(func(r *store.Rows) { r.Exec(`UPDATE tasks SET removed_at = 1 WHERE id = $1`, ids[0]) })
		if err := w.sweep(ctx); err != nil {
			t.Fatal(err)
		}
		refused(t, "CRM-04: a day later it is gone", w.RestoreTask(ctx, w.amy, ids[0]), parley.ErrNotFound)
	})
}

func TestTaskRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		_, err := w.CreateTask(ctx, w.amy, TaskInput{Kind: "dance", Owner: "agt_x", Case: "cas_x"})
		faulty(t, "CRM-04: all that is wrong", err,
			parley.FieldError{Field: "kind", Code: "unknown"}, parley.FieldError{Field: "subject", Code: "required"},
			parley.FieldError{Field: "due_at", Code: "required"}, parley.FieldError{Field: "owner_id", Code: "unknown"},
			parley.FieldError{Field: "case_id", Code: "unknown"})
		id := get(w.CreateTask(ctx, w.amy, TaskInput{Kind: parley.TaskOther, Subject: "mine", DueAt: 1}))(t)
		_, err = w.Task(ctx, w.bob, id)
		refused(t, "A-022: another agent's", err, parley.ErrNotFound)
		refused(t, "A-022: another agent's", w.RemoveTask(ctx, w.bob, id), parley.ErrNotFound)
		if err := w.RemoveTask(ctx, w.amy, id); err != nil {
			t.Fatal(err)
		}
		refused(t, "A-022: nor brought back", w.RestoreTask(ctx, w.bob, id), parley.ErrNotFound)
		if err := w.RestoreTask(ctx, w.amy, id); err != nil {
			t.Fatal(err)
		}
		get(w.Task(ctx, w.sam, id))(t)
	})
}
