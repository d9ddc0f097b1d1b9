package store

import (
	"context"
	"database/sql"

	"parley"
)

const followUpColumns = `
		SELECT id, case_id, kind, at, text, log_id, letter_id, agent_id, created_at
		FROM case_followups`

// FollowUps returns what was done about a case, the oldest first.
func (v View) FollowUps(ctx context.Context, id parley.CaseID, limit int) ([]parley.FollowUp, error) {
	return list(ctx, v, scanFollowUp, followUpColumns+`
		WHERE case_id = $1
		ORDER BY at, id`+atMost(limit), id)
}

func scanFollowUp(rows *sql.Rows) (f parley.FollowUp, err error) {
	var at, created int64
	err = rows.Scan(&f.ID, &f.Case, &f.Kind, &at, &f.Text, &f.Log, &f.Letter, &f.Agent, &created)
	f.At, f.CreatedAt = parley.FromMillis(at), parley.FromMillis(created)
	return f, err
}

// AddFollowUp adds one.
func (r *Rows) AddFollowUp(f parley.FollowUp) {
	r.Exec(`
		INSERT INTO case_followups (id, case_id, kind, at, text, log_id, letter_id, agent_id, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		f.ID, f.Case, string(f.Kind), ms(f.At), f.Text, string(f.Log), f.Letter, string(f.Agent), ms(f.CreatedAt))
}
