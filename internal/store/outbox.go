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

// Outbox lists an outbox row. Without RunAt it is due at once, or when those of
// its subject that came before are through.
func (r *Rows) Outbox(o Outbox) {
	if o.ID == "" {
		o.ID = parley.NewID("out", r.now)
	}
	if o.RunAt.IsZero() {
		o.RunAt = r.now
	}
	r.wake = true
	r.Exec(`
		INSERT INTO outbox (id, position, kind, subject_id, data, state, run_at, attempt, error, created_at, behind)
		SELECT $1, (SELECT COALESCE(MAX(position), 0) + 1 FROM outbox), $2, $3, $4, 'ready', $5, 0, '', $6, EXISTS (
			SELECT 1
			FROM outbox
			WHERE state = 'ready' AND kind = $2 AND subject_id = $3 AND subject_id <> '')`,
		o.ID, o.Kind, o.Subject, o.Data, ms(o.RunAt), ms(r.now))
}

// OutboxDone lists that a row's effect took place.
func (r *Rows) OutboxDone(o Outbox) {
	r.Exec(`
		UPDATE outbox
		SET state = 'done', error = ''
		WHERE id = $1 AND state = 'ready'`, o.ID)
	r.outboxNext(o)
}

// OutboxDead lists that a row is given up; it stays visible.
func (r *Rows) OutboxDead(o Outbox, why string) {
	r.Exec(`
		UPDATE outbox
		SET state = 'dead', attempt = attempt + 1, error = $2
		WHERE id = $1 AND state = 'ready'`, o.ID, why)
	r.outboxNext(o)
}

// outboxNext lets the row behind one that is through come forward.
func (r *Rows) outboxNext(o Outbox) {
	if o.Subject == "" {
		return
	}
	r.wake = true
	r.Exec(`
		UPDATE outbox
		SET behind = FALSE
		WHERE position = (
			SELECT MIN(position)
			FROM outbox
			WHERE state = 'ready' AND kind = $1 AND subject_id = $2)`,
		o.Kind, o.Subject)
}

// OutboxRetry lists that a row was tried and is tried again at a time.
func (r *Rows) OutboxRetry(o Outbox, at time.Time, why string) {
	r.wake = true
	r.Exec(`
		UPDATE outbox
		SET attempt = attempt + 1, run_at = $2, error = $3
		WHERE id = $1 AND state = 'ready'`, o.ID, ms(at), why)
}

// OutboxWait lists that a row was not tried and waits for a time.
func (r *Rows) OutboxWait(o Outbox, at time.Time) {
	r.wake = true
	r.Exec(`
		UPDATE outbox
		SET run_at = $2
		WHERE id = $1 AND state = 'ready'`, o.ID, ms(at))
}

// OutboxSoon lists that rows of a kind whose subject is a conversation of an
// entry point wait no longer.
func (r *Rows) OutboxSoon(kind string, e parley.EntryPointID) {
	r.wake = true
	r.Exec(`
		UPDATE outbox
		SET run_at = $3
		WHERE state = 'ready' AND kind = $1 AND run_at > $3 AND EXISTS (
			SELECT 1
			FROM conversations
			WHERE conversations.id = outbox.subject_id AND conversations.entry_point_id = $2)`,
		kind, string(e), ms(r.now))
}

func scanOutbox(rows *sql.Rows) (o Outbox, err error) {
	var run, made int64
	err = rows.Scan(&o.ID, &o.Kind, &o.Subject, &o.Data, &o.State, &run, &o.Attempt, &o.Error, &made)
	o.RunAt, o.CreatedAt = parley.FromMillis(run), parley.FromMillis(made)
	return o, err
}

// OutboxDue returns rows of a kind that may run at now, the oldest first: of one
// subject only the first. It reads no more rows than it returns, however many
// wait.
func (v View) OutboxDue(ctx context.Context, kind string, now time.Time, limit int) ([]Outbox, error) {
	return list(ctx, v, scanOutbox, `
		SELECT id, kind, subject_id, data, state, run_at, attempt, error, created_at
		FROM outbox
		WHERE kind = $1
			AND run_at <= $2
			AND state = 'ready' AND NOT behind
		ORDER BY run_at, position
		LIMIT $3`, kind, ms(now), limit)
}

// OutboxNext returns when the next row of a kind is due after a time, zero if
// none is.
func (v View) OutboxNext(ctx context.Context, kind string, after time.Time) (time.Time, error) {
	at, err := one(ctx, v, scalar[int64], `
		SELECT COALESCE(MIN(run_at), 0)
		FROM outbox
		WHERE kind = $1
			AND run_at > $2
			AND state = 'ready' AND NOT behind`, kind, ms(after))
	return parley.FromMillis(at), err
}

// OutboxWaiting counts the rows that still have to run, up to most.
func (v View) OutboxWaiting(ctx context.Context, most int) (int, error) {
	return one(ctx, v, scalar[int], `
		SELECT COUNT(*)
		FROM (
			SELECT 1
			FROM outbox
			WHERE state = 'ready'
			LIMIT $1) waiting`, most)
}

// OutboxDead returns the rows of a kind, "" for all, that were given up, the newest
// first.
func (v View) OutboxDead(ctx context.Context, kind string, limit int) ([]Outbox, error) {
	return list(ctx, v, scanOutbox, `
		SELECT id, kind, subject_id, data, state, run_at, attempt, error, created_at
		FROM outbox
		WHERE state = 'dead' AND $2 IN ('', kind)
		ORDER BY position DESC
		LIMIT $1`, limit, kind)
}
