package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"parley"
)

const entryPointColumns = `
		SELECT id, channel, name, enabled, queue_id, allowed_origins, script, rev, provider, address, settings, sealed, paused,
			script_id
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
	var origins, script, settings, sealed string
	err := rows.Scan(&e.ID, &e.Channel, &e.Name, &e.Enabled, &e.Queue, &origins, &script, &e.Rev,
		&e.Provider, &e.Address, &settings, &sealed, &e.Paused, &e.ScriptID)
	if err != nil {
		return e, err
	}
	if e.Sealed, err = base64.StdEncoding.DecodeString(sealed); err != nil {
		return e, fmt.Errorf("secrets of %s: %w", e.ID, err)
	}
	err = errors.Join(json.Unmarshal([]byte(settings), &e.Settings), json.Unmarshal([]byte(origins), &e.AllowedOrigins), json.Unmarshal([]byte(script), &e.Script))
	if err != nil {
		return e, fmt.Errorf("settings, origins or script of %s: %w", e.ID, err)
	}
	return e, nil
}

// SaveEntryPoint adds an entry point or replaces it; Rev is what it becomes. Its
// channel and provider never change, and why it is paused is not an
// administrator's to save.
func (r *Rows) SaveEntryPoint(e parley.EntryPoint) {
	if e.AllowedOrigins == nil {
		e.AllowedOrigins = []string{}
	}
	if e.Settings == nil {
		e.Settings = map[string]string{}
	}
	if e.Provider == "" {
		e.Provider = string(parley.WebChat)
	}
	r.Exec(`
		INSERT INTO entry_points (id, channel, name, enabled, queue_id, allowed_origins, script, rev, provider, address,
			settings, sealed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, enabled = excluded.enabled, queue_id = excluded.queue_id,
			allowed_origins = excluded.allowed_origins, script = excluded.script, rev = excluded.rev,
			address = excluded.address, settings = excluded.settings, sealed = excluded.sealed`,
		string(e.ID), string(e.Channel), e.Name, e.Enabled, string(e.Queue), string(mustJSON(e.AllowedOrigins)),
		string(mustJSON(e.Script)), e.Rev, e.Provider, string(e.Address), string(mustJSON(e.Settings)),
		base64.StdEncoding.EncodeToString(e.Sealed))
}

// SaveSealed replaces an entry point's secrets alone: a token was refreshed.
func (r *Rows) SaveSealed(id parley.EntryPointID, sealed []byte) {
	r.Exec(`
		UPDATE entry_points
		SET sealed = $2
		WHERE id = $1`, string(id), base64.StdEncoding.EncodeToString(sealed))
}
