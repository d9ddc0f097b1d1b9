package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"parley"
)

const taskColumns = `
		SELECT id, kind, subject, notes, case_id, customer_id, owner_id, due_at, done_at, created_by, created_at,
			updated_at, rev
		FROM tasks`

// Task returns one. Errors: parley.ErrNotFound.
func (v View) Task(ctx context.Context, id string) (parley.Task, error) {
	return one(ctx, v, scanTask, taskColumns+`
		WHERE id = $1 AND removed_at = 0`, id)
}

// RemovedTask returns one that was deleted and can come back. Errors:
// parley.ErrNotFound.
func (v View) RemovedTask(ctx context.Context, id string) (parley.Task, error) {
	return one(ctx, v, scanTask, taskColumns+`
		WHERE id = $1 AND removed_at > 0`, id)
}

func scanTask(rows *sql.Rows) (t parley.Task, err error) {
	var due, done, created, updated int64
	err = rows.Scan(&t.ID, &t.Kind, &t.Subject, &t.Notes, &t.Case, &t.Customer, &t.Owner, &due, &done, &t.CreatedBy,
		&created, &updated, &t.Rev)
	t.DueAt, t.DoneAt = parley.FromMillis(due), parley.FromMillis(done)
	t.CreatedAt, t.UpdatedAt = parley.FromMillis(created), parley.FromMillis(updated)
	return t, err
}

// TaskRange is a stretch of the list of tasks: what is to do, what is due first
// at the top; or what is done, the latest first. Zero fields do not narrow it.
type TaskRange struct {
	Owner    parley.AgentID
	Case     parley.CaseID
	Customer parley.CustomerID
	Done     bool
	AfterAt  time.Time
	AfterID  string // "" = from the start
	Limit    int
}

// TaskRange returns the tasks of a stretch.
func (v View) TaskRange(ctx context.Context, r TaskRange) ([]parley.Task, error) {
	at, direction, where := "due_at", "", "done_at = 0"
	if r.Done {
		at, direction, where = "done_at", " DESC", "done_at > 0"
	}
	var args []any
	add := func(column, value string) {
		args = append(args, value)
		where += " AND " + column + " = $" + strconv.Itoa(len(args)) + " AND " + column + " <> ''"
	}
	switch {
	case r.Case != "":
		add("case_id", string(r.Case))
	case r.Customer != "":
		add("customer_id", string(r.Customer))
	}
	if r.Owner != "" {
		add("owner_id", string(r.Owner))
	}
	if r.AfterID != "" {
		sign := ">"
		if r.Done {
			sign = "<"
		}
		args = append(args, ms(r.AfterAt), r.AfterID)
		where += " AND (" + at + ", id) " + sign + " ($" + strconv.Itoa(len(args)-1) + ", $" + strconv.Itoa(len(args)) + ")"
	}
	return list(ctx, v, scanTask, taskColumns+`
		WHERE removed_at = 0 AND `+where+`
		ORDER BY `+at+direction+`, id`+direction+atMost(r.Limit), args...)
}

// SaveTask adds a task or replaces one.
func (r *Rows) SaveTask(t parley.Task) {
	r.Exec(`
		INSERT INTO tasks (id, kind, subject, notes, case_id, customer_id, owner_id, due_at, done_at, created_by,
			created_at, updated_at, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE
		SET kind = excluded.kind, subject = excluded.subject, notes = excluded.notes, case_id = excluded.case_id,
			customer_id = excluded.customer_id, owner_id = excluded.owner_id, due_at = excluded.due_at,
			done_at = excluded.done_at, updated_at = excluded.updated_at, rev = excluded.rev`,
		t.ID, string(t.Kind), t.Subject, t.Notes, string(t.Case), string(t.Customer), string(t.Owner), ms(t.DueAt),
		ms(t.DoneAt), string(t.CreatedBy), ms(t.CreatedAt), ms(t.UpdatedAt), t.Rev)
}

// RemoveTask deletes one; RestoreTask brings it back until SweepTasks drops it.
func (r *Rows) RemoveTask(id string) {
	r.Exec(`
		UPDATE tasks
		SET removed_at = $2
		WHERE id = $1`, id, ms(r.now))
}

// RestoreTask brings a deleted task back, as it was.
func (r *Rows) RestoreTask(id string) {
	r.Exec(`
		UPDATE tasks
		SET removed_at = 0
		WHERE id = $1`, id)
}

// SweepTasks drops what was deleted before a moment.
func (r *Rows) SweepTasks(before time.Time) {
	r.Exec(`
		DELETE FROM record_changes
		WHERE record_id IN (SELECT id FROM tasks WHERE removed_at > 0 AND removed_at < $1)`, ms(before))
	r.Exec(`
		DELETE FROM tasks
		WHERE removed_at > 0 AND removed_at < $1`, ms(before))
}
