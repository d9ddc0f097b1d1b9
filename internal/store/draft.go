package store

import (
	"context"
	"time"

	"parley"
)

// Draft returns what an agent has typed but not sent, "" if nothing.
func (v View) Draft(ctx context.Context, i parley.InteractionID, a parley.AgentID) (string, error) {
	all, err := list(ctx, v, scalar[string], `
		SELECT text
		FROM drafts
		WHERE interaction_id = $1
			AND agent_id = $2`, string(i), string(a))
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// SaveDraft keeps unsent text; "" takes it away.
func (r *Rows) SaveDraft(i parley.InteractionID, a parley.AgentID, text string, at time.Time) {
	if text == "" {
		r.Exec(`
			DELETE FROM drafts
			WHERE interaction_id = $1
				AND agent_id = $2`, string(i), string(a))
		return
	}
	r.Exec(`
		INSERT INTO drafts (interaction_id, agent_id, text, at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (interaction_id, agent_id) DO UPDATE
		SET text = excluded.text, at = excluded.at`,
		string(i), string(a), text, ms(at))
}
