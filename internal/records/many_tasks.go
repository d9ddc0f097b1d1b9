package records

import (
	"context"
	"strconv"
	"time"

	"parley"
	"parley/internal/store"
)

// TaskEdit is one thing done to many tasks at once.
type TaskEdit struct {
	Tasks []string       `json:"tasks" minItems:"1" maxItems:"500"`
	Do    string         `json:"do" enum:"assign,due,finish,reopen"`
	Owner parley.AgentID `json:"owner_id,omitempty" maxLength:"64" doc:"of assign"`
	DueAt int64          `json:"due_at,omitempty" minimum:"0" maximum:"253402300799999" doc:"of due, Unix milliseconds, to the end of the year 9999"`
}

// EditTasks gives tasks to somebody, sets when they are due, finishes or reopens
// them, at most 500.
//
// Errors: parley.ErrForbidden, an Invalid one.
// Source: CRM-04; issue 4, section 1.
func (r *Records) EditTasks(ctx context.Context, me parley.Actor, in TaskEdit) (Edits, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Edits{}, err
	}
	var f parley.Faults
	parley.OneOf(&f, "do", in.Do, "assign", "due", "finish", "reopen")
	if in.Do == "assign" {
		if _, err := r.store.View().Person(ctx, in.Owner); absent(err) {
			f.Add("owner_id", "unknown")
		} else if err != nil {
			return Edits{}, err
		}
	}
	if in.Do == "due" && in.DueAt <= 0 {
		f.Add("due_at", "required")
	}
	if err := f.Err(); err != nil {
		return Edits{}, err
	}
	return r.editEach(ctx, me, manyOf{action: "edit_tasks", did: in.Do, ids: in.Tasks, each: func(ctx context.Context, m *many, id string) error {
		old, err := taskSeen(ctx, m.v.View, me, id)
		if absent(err) {
			return m.refuse(id, "not_found")
		}
		if err != nil {
			return err
		}
		return m.saveTask(old, in.applied(old, m.v.Now), "unchanged")
	}})
}

// applied returns a task with the edit done to it.
func (in TaskEdit) applied(t parley.Task, now time.Time) parley.Task {
	switch {
	case in.Do == "assign":
		t.Owner = in.Owner
	case in.Do == "due":
		t.DueAt = parley.FromMillis(in.DueAt)
	case in.Do == "finish" && t.DoneAt.IsZero():
		t.DoneAt = now
	case in.Do == "reopen":
		t.DoneAt = parley.FromMillis(0)
	}
	return t
}

// saveTask saves a task that differs from what is kept, with what was before, so
// that it can be taken back; code is said of one that does not.
func (m *many) saveTask(old, t parley.Task, code string) error {
	if t.Owner == old.Owner && t.DueAt.Equal(old.DueAt) && t.DoneAt.Equal(old.DoneAt) {
		return m.refuse(t.ID, code)
	}
	t.Rev, t.UpdatedAt = old.Rev+1, m.v.Now
	return m.change(parley.Entry{Subject: t.ID}, t.Rev, func(r *store.Rows) {
		r.SaveTask(t)
		recordEach(r, store.RecordChange{Record: t.ID, Rev: t.Rev, By: m.me.By()}, saidTask(old), saidTask(t))
	})
}

// saidTask is what an edit of many can change of a task: ids and times, no words.
func saidTask(t parley.Task) map[string]string {
	return map[string]string{
		"owner_id": string(t.Owner), "due_at": strconv.FormatInt(parley.Millis(t.DueAt), 10), "done_at": strconv.FormatInt(parley.Millis(t.DoneAt), 10),
	}
}

// UndoTasks takes back what EditTasks did, for ten minutes, to who did it: each
// task that nobody saved since is what it was.
//
// Errors: parley.ErrForbidden.
func (r *Records) UndoTasks(ctx context.Context, me parley.Actor, in EditsUndo) (Edits, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Edits{}, err
	}
	ids, rev := in.ids()
	return r.editEach(ctx, me, manyOf{action: "undo_edit_tasks", did: "undo", ids: ids, each: func(ctx context.Context, m *many, id string) error {
		t, err := m.v.Task(ctx, id) // given away, it may be seen no longer: who gave it may take it back
		if absent(err) {
			return m.refuse(id, "not_found")
		}
		if err != nil {
			return err
		}
		changes, err := m.mine(ctx, id, rev[id])
		switch {
		case err != nil:
			return err
		case t.Rev != rev[id]:
			return m.refuse(id, "changed_since")
		}
		before := t
		for _, h := range changes {
			at, err := strconv.ParseInt(h.Before, 10, 64)
			switch {
			case h.Field == "owner_id":
				before.Owner = parley.AgentID(h.Before)
			case err != nil:
				return err
			case h.Field == "due_at":
				before.DueAt = parley.FromMillis(at)
			case h.Field == "done_at":
				before.DoneAt = parley.FromMillis(at)
			}
		}
		return m.saveTask(t, before, "too_late")
	}})
}
