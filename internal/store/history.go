package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// RecordChange is what one save changed of one field of a customer or a case.
//
// Source: CRM-02.
type RecordChange struct {
	Record string
	Rev    int64  // the one that came of it
	Field  string // a name, or the id of a field
	Before string
	After  string
	By     string // an agent or API key, "" = the system
	ByName string // what the agent is called, "" if it is none
	At     time.Time
}

// RecordChanges returns what was changed of a record before a rev, the newest
// first. before 0 = from the last on.
func (v View) RecordChanges(ctx context.Context, record string, before int64, limit int) ([]RecordChange, error) {
	if before <= 0 {
		before = 1<<63 - 1
	}
	return list(ctx, v, func(rows *sql.Rows) (c RecordChange, err error) {
		var at int64
		err = rows.Scan(&c.Record, &c.Rev, &c.Field, &c.Before, &c.After, &c.By, &c.ByName, &at)
		c.At = parley.FromMillis(at)
		return c, err
	}, `
		SELECT h.record_id, h.rev, h.field, h.before, h.after, h.by_id, COALESCE(a.display_name, ''), h.at
		FROM record_changes h
		LEFT JOIN agents a ON a.id = h.by_id
		WHERE h.record_id = $1 AND h.rev < $2
		ORDER BY h.record_id, h.rev DESC, h.field DESC`+atMost(limit), record, before)
}

// AddRecordChange lists what a save changed of one field.
func (r *Rows) AddRecordChange(c RecordChange) {
	r.Exec(`
		INSERT INTO record_changes (record_id, rev, field, before, after, by_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (record_id, rev, field) DO NOTHING`,
		c.Record, c.Rev, c.Field, c.Before, c.After, c.By, ms(r.now))
}
