package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley"
)

// Connection is one organisation in an outside CRM, as an administrator set it up.
type Connection struct {
	ID        string // crm_
	Kind      string // which CRM
	Name      string
	Settings  map[string]string // what is not secret
	Objects   []string          // what is searched, in order
	Sealed    []byte            // its secrets
	Paused    string            // why nothing is asked of it: admin or the code of a refusal; "" = it works
	CreatedAt time.Time
	RemovedAt time.Time // zero: it is there
	Rev       int64
}

const connectionColumns = `
		SELECT id, kind, name, settings, objects, sealed, paused, created_at, removed_at, rev
		FROM crm_connections`

// Connections returns those that are there, by name.
func (v View) Connections(ctx context.Context) ([]Connection, error) {
	return list(ctx, v, scanConnection, connectionColumns+`
		WHERE removed_at = 0
		ORDER BY name, id`)
}

// Connection returns one, also if it was removed. Errors: parley.ErrNotFound.
func (v View) Connection(ctx context.Context, id string) (Connection, error) {
	return one(ctx, v, scanConnection, connectionColumns+`
		WHERE id = $1`, id)
}

func scanConnection(rows *sql.Rows) (Connection, error) {
	var c Connection
	var settings, objects, sealed string
	var created, removed int64
	if err := rows.Scan(&c.ID, &c.Kind, &c.Name, &settings, &objects, &sealed, &c.Paused, &created, &removed, &c.Rev); err != nil {
		return c, err
	}
	c.Sealed, c.CreatedAt, c.RemovedAt = []byte(sealed), parley.FromMillis(created), parley.FromMillis(removed)
	if err := errors.Join(json.Unmarshal([]byte(settings), &c.Settings), json.Unmarshal([]byte(objects), &c.Objects)); err != nil {
		return c, fmt.Errorf("settings or objects of %s: %w", c.ID, err)
	}
	return c, nil
}

// SaveConnection adds or replaces one.
func (r *Rows) SaveConnection(c Connection) {
	r.Exec(`
		INSERT INTO crm_connections (id, kind, name, settings, objects, sealed, paused, created_at, removed_at, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, settings = excluded.settings, objects = excluded.objects, sealed = excluded.sealed,
			paused = excluded.paused, removed_at = excluded.removed_at, rev = excluded.rev`,
		c.ID, c.Kind, c.Name, string(mustJSON(c.Settings)), string(mustJSON(c.Objects)), string(c.Sealed), c.Paused,
		ms(c.CreatedAt), ms(c.RemovedAt), c.Rev)
}

// OutboxNow lists that the rows of a kind about a subject wait no longer.
func (r *Rows) OutboxNow(kind, subject string) {
	r.wake = true
	r.Exec(`
		UPDATE outbox
		SET run_at = $3
		WHERE state = 'ready' AND kind = $1 AND subject_id = $2 AND run_at > $3`,
		kind, subject, ms(r.now))
}

// OutboxAnew lists that the rows of a kind about a subject begin anew: what they
// could not do so far does not count.
func (r *Rows) OutboxAnew(kind, subject string) {
	r.wake = true
	r.Exec(`
		UPDATE outbox
		SET run_at = $3, attempt = 0, created_at = $3
		WHERE state = 'ready' AND kind = $1 AND subject_id = $2`,
		kind, subject, ms(r.now))
}
