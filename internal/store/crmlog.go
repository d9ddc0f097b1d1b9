package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// CRMLog is a served interaction as an outside CRM gets it.
//
// Source: DYN-06.
type CRMLog struct {
	ID          string // a UUID: what the CRM knows a repeat by
	Connection  string
	Interaction parley.InteractionID
	State       string // pending, posted or failed
	Regarding   CRMRef // the record it was filed under
	Ref         CRMRef // the activity there
	Owner       string // the user there whose it is; "" = the one we act as
	Error       string // code of the last refusal
	Detail      string // the CRM's words
	Attempt     int    // tries so far
	TriedAt     time.Time
	PostedAt    time.Time
	CreatedAt   time.Time
	Rev         int64
}

// The states of a log.
const (
	CRMPending = "pending"
	CRMPosted  = "posted"
	CRMFailed  = "failed"
)

// CRMErased is the error of a log that never arrived and whose customer was
// erased: there is nothing left to push.
//
// Source: A-118.
const CRMErased = "erased"

const crmLogColumns = `
		SELECT id, connection_id, interaction_id, state, regarding_object, regarding_id, ref_object, ref_id, owner_id, error, detail,
			attempt, tried_at, posted_at, created_at, rev
		FROM crm_logs`

// CRMLog returns one. Errors: parley.ErrNotFound.
func (v View) CRMLog(ctx context.Context, id string) (CRMLog, error) {
	return one(ctx, v, scanCRMLog, crmLogColumns+`
		WHERE id = $1`, id)
}

// CRMLogOf returns the one of an interaction. Errors: parley.ErrNotFound.
func (v View) CRMLogOf(ctx context.Context, i parley.InteractionID, connection string) (CRMLog, error) {
	return one(ctx, v, scanCRMLog, crmLogColumns+`
		WHERE interaction_id = $1
			AND connection_id = $2`, string(i), connection)
}

// CRMLogs returns those of a connection in one state after a log, the oldest
// first; one without an id begins with the first.
func (v View) CRMLogs(ctx context.Context, connection, state string, after CRMLog, limit int) ([]CRMLog, error) {
	return list(ctx, v, scanCRMLog, crmLogColumns+`
		WHERE connection_id = $1
			AND state = $2
			AND error <> 'erased'
			AND (created_at, id) > ($3, $4)
		ORDER BY created_at, id
		LIMIT $5`, connection, state, ms(after.CreatedAt), after.ID, limit)
}

// CRMLogCount is how many logs of a connection are in a state.
type CRMLogCount struct {
	Connection string
	State      string
	Count      int
	Oldest     time.Time // when the oldest was made
}

// CRMLogsOpen counts the logs that wait or were refused.
func (v View) CRMLogsOpen(ctx context.Context) ([]CRMLogCount, error) {
	return list(ctx, v, func(rows *sql.Rows) (c CRMLogCount, err error) {
		var oldest int64
		err = rows.Scan(&c.Connection, &c.State, &c.Count, &oldest)
		c.Oldest = parley.FromMillis(oldest)
		return c, err
	}, `
		SELECT connection_id, state, COUNT(*), MIN(created_at)
		FROM crm_logs
		WHERE state IN ('pending', 'failed')
			AND error <> 'erased'
			AND connection_id IN (SELECT id FROM crm_connections)
		GROUP BY connection_id, state
		ORDER BY connection_id, state`)
}

func scanCRMLog(rows *sql.Rows) (l CRMLog, err error) {
	var tried, posted, created int64
	err = rows.Scan(&l.ID, &l.Connection, &l.Interaction, &l.State, &l.Regarding.Object, &l.Regarding.ID, &l.Ref.Object, &l.Ref.ID,
		&l.Owner, &l.Error, &l.Detail, &l.Attempt, &tried, &posted, &created, &l.Rev)
	l.TriedAt, l.PostedAt, l.CreatedAt = parley.FromMillis(tried), parley.FromMillis(posted), parley.FromMillis(created)
	return l, err
}

// SaveCRMLog adds or replaces one, and tells of it.
func (r *Rows) SaveCRMLog(l CRMLog) {
	r.Exec(`
		INSERT INTO crm_logs (id, connection_id, interaction_id, state, regarding_object, regarding_id, ref_object, ref_id, error,
			detail, attempt, tried_at, posted_at, created_at, rev, owner_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE
		SET state = excluded.state, regarding_object = excluded.regarding_object, regarding_id = excluded.regarding_id,
			ref_object = excluded.ref_object, ref_id = excluded.ref_id, error = excluded.error, detail = excluded.detail,
			attempt = excluded.attempt, tried_at = excluded.tried_at, posted_at = excluded.posted_at, rev = excluded.rev,
			owner_id = excluded.owner_id`,
		l.ID, l.Connection, string(l.Interaction), l.State, l.Regarding.Object, l.Regarding.ID, l.Ref.Object, l.Ref.ID, l.Error,
		l.Detail, l.Attempt, ms(l.TriedAt), ms(l.PostedAt), ms(l.CreatedAt), l.Rev, l.Owner)
	r.crmChanged(l.Interaction, l.Connection)
}

// unlogged are served interactions that closed while a CRM was connected and have
// no log there. What closed in the very millisecond in which the connection came
// or went may have one.
const unlogged = `
		SELECT i.id
		FROM crm_connections c
		JOIN interactions i
			ON i.agent_id <> '' AND i.closed_at > c.created_at AND (c.removed_at = 0 OR i.closed_at < c.removed_at)
		LEFT JOIN crm_logs l
			ON l.interaction_id = i.id AND l.connection_id = c.id
		WHERE l.id IS NULL`
