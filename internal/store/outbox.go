package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Outbox is something that must happen after a commit.
type Outbox struct {
	ID        string // out_; filled in if empty
	Kind      string // who handles it: mail, webhook ...
	Subject   string // in order within one subject; "" = no order
	Data      string // JSON of ids
	State     string // ready, done or dead
	RunAt     time.Time
	Attempt   int // so far
	Error     string
	CreatedAt time.Time
}

// Outbox lists an outbox row. Without RunAt it is due at once.
func (r *Rows) Outbox(o Outbox) {
	if o.ID == "" {
		o.ID = parley.NewID("out", r.now)
	}
	if o.RunAt.IsZero() {
		o.RunAt = r.now
	}
	r.wake = true
	r.Exec(`
		INSERT INTO outbox (id, position, kind, subject_id, data, state, run_at, attempt, error, created_at)
		SELECT $1, COALESCE(MAX(position), 0) + 1, $2, $3, $4, 'ready', $5, 0, '', $6
		FROM outbox`,
		o.ID, o.Kind, o.Subject, o.Data, ms(o.RunAt), ms(r.now))
}

// OutboxDone lists that a row's effect took place.
func (r *Rows) OutboxDone(id string) {
	r.Exec(`
		UPDATE outbox
		SET state = 'done', error = ''
		WHERE id = $1 AND state = 'ready'`,
		id)
}

// OutboxRetry lists that a row is tried again at a time.
func (r *Rows) OutboxRetry(id string, at time.Time, why string) {
	r.wake = true
	r.Exec(`
		UPDATE outbox
		SET attempt = attempt + 1, run_at = $2, error = $3
		WHERE id = $1 AND state = 'ready'`,
		id, ms(at), why)
}

// OutboxDead lists that a row is given up; it stays visible.
func (r *Rows) OutboxDead(id, why string) {
	r.Exec(`
		UPDATE outbox
		SET state = 'dead', attempt = attempt + 1, error = $2
		WHERE id = $1 AND state = 'ready'`,
		id, why)
}

func scanOutbox(rows *sql.Rows) (o Outbox, err error) {
	var run, made int64
	err = rows.Scan(&o.ID, &o.Kind, &o.Subject, &o.Data, &o.State, &run, &o.Attempt, &o.Error, &made)
	o.RunAt, o.CreatedAt = parley.FromMillis(run), parley.FromMillis(made)
	return o, err
}

// OutboxDue returns rows that may run at now, the oldest first. A row waits
// while an older one of its subject is not done.
func (v View) OutboxDue(ctx context.Context, now time.Time, limit int) ([]Outbox, error) {
	return list(ctx, v, scanOutbox, `
		SELECT o.id, o.kind, o.subject_id, o.data, o.state, o.run_at, o.attempt, o.error, o.created_at
		FROM outbox o
		WHERE o.state = 'ready' AND o.run_at <= $1
			AND NOT EXISTS (
				SELECT 1
				FROM outbox earlier
				WHERE earlier.state = 'ready' AND earlier.kind = o.kind AND earlier.subject_id = o.subject_id
					AND o.subject_id <> '' AND earlier.position < o.position)
		ORDER BY o.run_at, o.position
		LIMIT $2`,
		ms(now), limit)
}

// OutboxNext returns when the next row is due, zero if none is.
func (v View) OutboxNext(ctx context.Context) (time.Time, error) {
	at, err := one(ctx, v, scalar[int64], `
		SELECT COALESCE(MIN(run_at), 0)
		FROM outbox
		WHERE state = 'ready'`)
	return parley.FromMillis(at), err
}

// OutboxDead returns the rows that were given up, the newest first.
func (v View) OutboxDead(ctx context.Context, limit int) ([]Outbox, error) {
	return list(ctx, v, scanOutbox, `
		SELECT id, kind, subject_id, data, state, run_at, attempt, error, created_at
		FROM outbox
		WHERE state = 'dead'
		ORDER BY position DESC
		LIMIT $1`,
		limit)
}
