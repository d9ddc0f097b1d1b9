package records

import (
	"context"
	"time"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// Task is what somebody has to do by a day, for one who reads it.
type Task struct {
	ID        string          `json:"id"`
	Kind      parley.TaskKind `json:"kind" enum:"call,email,meeting,chat,other"`
	Subject   string          `json:"subject"`
	Notes     string          `json:"notes"`
	Case      *Numbered       `json:"case"`
	Customer  *Named          `json:"customer"`
	Owner     *Person         `json:"owner"`
	DueAt     int64           `json:"due_at"`
	DoneAt    int64           `json:"done_at"` // 0 = to do
	Overdue   bool            `json:"overdue"`
	CreatedAt int64           `json:"created_at"`
	Rev       int64           `json:"rev"`
}

// TaskInput is what a person fills in.
type TaskInput struct {
	Kind     parley.TaskKind   `json:"kind" enum:"call,email,meeting,chat,other"`
	Subject  string            `json:"subject"`
	Notes    string            `json:"notes,omitempty"`
	Case     parley.CaseID     `json:"case_id,omitempty"`
	Customer parley.CustomerID `json:"customer_id,omitempty"` // of a task of a case: the case's
	Owner    parley.AgentID    `json:"owner_id,omitempty" doc:"empty = who makes it"`
	DueAt    int64             `json:"due_at" minimum:"1" maximum:"253402300799999" doc:"Unix milliseconds, to the end of the year 9999"`
	Done     bool              `json:"done,omitempty"`
	Rev      int64             `json:"rev,omitempty"`
}

// TaskQuery narrows a list of tasks; zero fields do not.
type TaskQuery struct {
	Mine     bool
	Done     bool
	Case     parley.CaseID
	Customer parley.CustomerID
	After    string
	Limit    int
}

// taskPlace is where a list of tasks goes on.
type taskPlace struct {
	At int64  `json:"t"`
	ID string `json:"i"`
}

// Tasks returns a page of tasks: to do, what is due first at the top; or done,
// the latest first. Tasks of a case are seen by who may see the case; without a
// case or customer an agent sees their own, a supervisor everybody's.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrBadRequest for a wrong place.
// Source: CRM-04.
func (r *Records) Tasks(ctx context.Context, me parley.Actor, q TaskQuery) (Page[Task], error) {
	page := Page[Task]{Items: []Task{}}
	if err := may(me, parley.MayRecords); err != nil {
		return page, err
	}
	v := r.store.View()
	stretch := store.TaskRange{Case: q.Case, Customer: q.Customer, Done: q.Done, Limit: bounded(q.Limit) + 1}
	if q.Case != "" {
		if _, err := seen(ctx, v, me, q.Case); err != nil {
			return page, err
		}
	}
	if q.Mine || q.Case == "" && !me.Has(parley.MaySupervise) {
		if me.Agent == "" {
			return page, parley.ErrForbidden
		}
		stretch.Owner = me.Agent
	}
	if q.After != "" {
		var from taskPlace
		if err := at(q.After, &from); err != nil {
			return page, err
		}
		stretch.AfterAt, stretch.AfterID = parley.FromMillis(from.At), from.ID
	}
	kept, err := v.TaskRange(ctx, stretch)
	if err != nil {
		return page, err
	}
	if limit := stretch.Limit - 1; len(kept) > limit {
		kept = kept[:limit]
		last := kept[limit-1]
		place := last.DueAt
		if q.Done {
			place = last.DoneAt
		}
		page.Next = cursor(taskPlace{parley.Millis(place), last.ID})
	}
	page.Items, err = r.tasks(ctx, v, kept...)
	return page, err
}

// tasks returns tasks as people see them.
func (r *Records) tasks(ctx context.Context, v store.View, kept ...parley.Task) ([]Task, error) {
	names, now := map[string]string{}, r.clock.Now()
	out := make([]Task, len(kept))
	for i, t := range kept {
		for _, one := range [][2]string{{"assignee", string(t.Owner)}, {"customer", string(t.Customer)}, {"follows", string(t.Case)}} {
			if err := nameIn(ctx, v, names, one[0], one[1]); err != nil {
				return nil, err
			}
		}
		out[i] = Task{
			ID: t.ID, Kind: t.Kind, Subject: t.Subject, Notes: t.Notes, Owner: person(t.Owner, names[string(t.Owner)]),
			Case: numbered(t.Case, names[string(t.Case)]), Customer: named(string(t.Customer), names[string(t.Customer)]),
			DueAt: parley.Millis(t.DueAt), DoneAt: parley.Millis(t.DoneAt), Overdue: t.DoneAt.IsZero() && t.DueAt.Before(now),
			CreatedAt: parley.Millis(t.CreatedAt), Rev: t.Rev,
		}
	}
	return out, nil
}

// Task returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (r *Records) Task(ctx context.Context, me parley.Actor, id string) (Task, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Task{}, err
	}
	v := r.store.View()
	t, err := taskSeen(ctx, v, me, id)
	if err != nil {
		return Task{}, err
	}
	shown, err := r.tasks(ctx, v, t)
	if err != nil {
		return Task{}, err
	}
	return shown[0], nil
}

// taskSeen returns a task that somebody may see: their own, one they made, one of
// a case they may see, all for a supervisor.
//
// Errors: parley.ErrNotFound.
func taskSeen(ctx context.Context, v store.View, me parley.Actor, id string) (parley.Task, error) {
	t, err := v.Task(ctx, id)
	if err != nil {
		return t, err
	}
	return t, seesTask(ctx, v, me, t)
}

// seesTask reports whether somebody may see a task. Errors: parley.ErrNotFound.
func seesTask(ctx context.Context, v store.View, me parley.Actor, t parley.Task) error {
	if me.Has(parley.MaySupervise) || me.Agent != "" && (t.Owner == me.Agent || t.CreatedBy == me.Agent) {
		return nil
	}
	if t.Case == "" {
		return parley.ErrNotFound
	}
	_, err := seen(ctx, v, me, t.Case)
	return err
}

// CreateTask adds a task. Errors: parley.ErrForbidden, an Invalid one naming
// every field at fault.
func (r *Records) CreateTask(ctx context.Context, me parley.Actor, in TaskInput) (string, error) {
	id := parley.NewID("tsk", r.clock.Now())
	return id, r.putTask(ctx, me, in, func(_ context.Context, v ledger.View) (parley.Task, error) {
		return parley.Task{ID: id, CreatedBy: me.Agent, CreatedAt: v.Now}, nil
	})
}

// SaveTask replaces a task. Errors: parley.ErrForbidden, ErrNotFound, ErrConflict
// if somebody else saved meanwhile, an Invalid one.
func (r *Records) SaveTask(ctx context.Context, me parley.Actor, id string, in TaskInput) error {
	return r.putTask(ctx, me, in, func(ctx context.Context, v ledger.View) (parley.Task, error) {
		t, err := taskSeen(ctx, v.View, me, id)
		if err == nil && t.Rev != in.Rev {
			err = parley.ErrConflict
		}
		return t, err
	})
}

func (r *Records) putTask(ctx context.Context, me parley.Actor, in TaskInput, old func(context.Context, ledger.View) (parley.Task, error)) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "save_task",
		Touch: []string{string(in.Case), string(in.Customer)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			t, err := old(ctx, v)
			if err != nil {
				return ledger.Plan{}, err
			}
			t, err = in.into(ctx, v, me, t)
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.SaveTask(t)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: t.ID, Agent: me.Agent})
			}), nil
		},
	})
}

// into returns t with the input in it, or all that is wrong with it.
func (in TaskInput) into(ctx context.Context, v ledger.View, me parley.Actor, t parley.Task) (parley.Task, error) {
	var f parley.Faults
	t.Kind, t.Subject, t.Notes = in.Kind, parley.OneLine(identity.Text(in.Subject)), identity.Text(in.Notes)
	t.Case, t.Customer, t.Owner, t.DueAt = in.Case, in.Customer, in.Owner, parley.FromMillis(in.DueAt)
	t.UpdatedAt, t.Rev = v.Now, t.Rev+1
	switch {
	case !in.Done:
		t.DoneAt = parley.FromMillis(0)
	case t.DoneAt.IsZero():
		t.DoneAt = v.Now
	}
	if t.Owner == "" {
		t.Owner = me.Agent
	}
	parley.OneOf(&f, "kind", t.Kind, parley.TaskCall, parley.TaskEmail, parley.TaskMeeting, parley.TaskChat, parley.TaskOther)
	f.Text("subject", t.Subject, 1, subjectMax)
	f.Text("notes", t.Notes, 0, notesMax)
	if in.DueAt <= 0 {
		f.Add("due_at", "required")
	}
	if t.Owner == "" {
		f.Add("owner_id", "required")
	} else if _, err := v.Person(ctx, t.Owner); absent(err) {
		f.Add("owner_id", "unknown")
	} else if err != nil {
		return t, err
	}
	if t.Case != "" {
		c, err := seen(ctx, v.View, me, t.Case)
		if err != nil && !absent(err) {
			return t, err
		}
		if absent(err) {
			f.Add("case_id", "unknown")
		}
		t.Customer = c.Customer
	} else if t.Customer != "" {
		if _, err := v.Linked(ctx, t.Customer); absent(err) {
			f.Add("customer_id", "unknown")
		} else if err != nil {
			return t, err
		}
	}
	if err := f.Err(); err != nil {
		return t, err
	}
	return t, mask(ctx, v.View, &t.Subject, &t.Notes)
}

// removedFor is how long a deleted task can come back.
const removedFor = 24 * time.Hour

// RestoreTask brings a deleted task back, as it was. One that is there stays.
//
// Errors: parley.ErrForbidden, ErrNotFound, also when it is too late.
func (r *Records) RestoreTask(ctx context.Context, me parley.Actor, id string) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name: "restore_task",
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			t, err := v.RemovedTask(ctx, id)
			if absent(err) {
				_, err := taskSeen(ctx, v.View, me, id)
				return ledger.Plan{}, err
			}
			if err == nil {
				err = seesTask(ctx, v.View, me, t)
			}
			return rows(func(r *store.Rows) {
				r.RestoreTask(id)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: id, Agent: me.Agent})
			}), err
		},
	})
}

// RemoveTask deletes one; for a day it can come back. Errors: parley.ErrForbidden,
// ErrNotFound.
func (r *Records) RemoveTask(ctx context.Context, me parley.Actor, id string) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name: "remove_task",
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if _, err := taskSeen(ctx, v.View, me, id); err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.RemoveTask(id)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: id, Agent: me.Agent})
			}), nil
		},
	})
}
