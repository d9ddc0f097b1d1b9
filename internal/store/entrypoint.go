package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"parley"
)

const entryPointColumns = `
		SELECT id, channel, name, enabled, queue_id, allowed_origins, script, rev
		FROM entry_points`

// EntryPoint returns one. Errors: parley.ErrNotFound.
func (v View) EntryPoint(ctx context.Context, id parley.EntryPointID) (parley.EntryPoint, error) {
	return one(ctx, v, scanEntryPoint, entryPointColumns+`
		WHERE id = $1`, string(id))
}

// EntryPoints returns all, by name.
func (v View) EntryPoints(ctx context.Context) ([]parley.EntryPoint, error) {
	return list(ctx, v, scanEntryPoint, entryPointColumns+`
		ORDER BY name, id`)
}

func scanEntryPoint(rows *sql.Rows) (parley.EntryPoint, error) {
	var e parley.EntryPoint
	var origins, script string
	err := rows.Scan(&e.ID, &e.Channel, &e.Name, &e.Enabled, &e.Queue, &origins, &script, &e.Rev)
	if err != nil {
		return e, err
	}
	if err := json.Unmarshal([]byte(origins), &e.AllowedOrigins); err != nil {
		return e, fmt.Errorf("origins of %s: %w", e.ID, err)
	}
	if err := json.Unmarshal([]byte(script), &e.Script); err != nil {
		return e, fmt.Errorf("script of %s: %w", e.ID, err)
	}
	return e, nil
}

// SaveEntryPoint adds an entry point or replaces it; Rev is what it becomes.
func (r *Rows) SaveEntryPoint(e parley.EntryPoint) {
	if e.AllowedOrigins == nil {
		e.AllowedOrigins = []string{}
	}
	origins, _ := json.Marshal(e.AllowedOrigins) // strings always can
	script, _ := json.Marshal(e.Script)          // and so can a Script
	r.Exec(`
		INSERT INTO entry_points (id, channel, name, enabled, queue_id, allowed_origins, script, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, enabled = excluded.enabled, queue_id = excluded.queue_id,
			allowed_origins = excluded.allowed_origins, script = excluded.script, rev = excluded.rev`,
		string(e.ID), string(e.Channel), e.Name, e.Enabled, string(e.Queue), string(origins), string(script), e.Rev)
}
