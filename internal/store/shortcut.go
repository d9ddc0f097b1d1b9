package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"parley"
)

// Shortcuts returns the keys somebody chose, and whether single letters do
// anything for them; who has chosen nothing has the usual ones.
func (v View) Shortcuts(ctx context.Context, who parley.AgentID) (parley.Shortcuts, error) {
	chosen, err := one(ctx, v, func(rows *sql.Rows) (s parley.Shortcuts, err error) {
		var keys string
		if err = rows.Scan(&s.Letters, &keys); err != nil {
			return s, err
		}
		return s, json.Unmarshal([]byte(keys), &s.Keys)
	}, `
		SELECT letters, keys
		FROM shortcuts
		WHERE agent_id = $1`, string(who))
	if errors.Is(err, parley.ErrNotFound) {
		return parley.Shortcuts{Letters: true, Keys: map[string]string{}}, nil
	}
	return chosen, err
}

// SaveShortcuts keeps the keys somebody chose.
func (r *Rows) SaveShortcuts(who parley.AgentID, s parley.Shortcuts) {
	r.Exec(`
		INSERT INTO shortcuts (agent_id, letters, keys)
		VALUES ($1, $2, $3)
		ON CONFLICT (agent_id) DO UPDATE
		SET letters = excluded.letters, keys = excluded.keys`, string(who), s.Letters, string(mustJSON(s.Keys)))
}
