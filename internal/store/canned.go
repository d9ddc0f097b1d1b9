package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"parley"
)

const cannedColumns = `
		SELECT id, owner_id, name, shortcut, text_en, text_fr, dispositions, note, uses, rev
		FROM canned_replies`

// Canned returns one canned reply. Errors: parley.ErrNotFound.
func (v View) Canned(ctx context.Context, id string) (parley.Canned, error) {
	return one(ctx, v, scanCanned, cannedColumns+`
		WHERE id = $1`, id)
}

// AllCanned returns all canned replies, by owner and name.
func (v View) AllCanned(ctx context.Context) ([]parley.Canned, error) {
	return list(ctx, v, scanCanned, cannedColumns+`
		ORDER BY owner_id, name, id`)
}

// CannedFor returns those an agent may use: their own, their group's and
// everybody's.
func (v View) CannedFor(ctx context.Context, agent parley.AgentID, group parley.GroupID) ([]parley.Canned, error) {
	return list(ctx, v, scanCanned, cannedColumns+`
		WHERE owner_id IN ('', $1, $2)
		ORDER BY owner_id, name, id`, agent, group)
}

func scanCanned(rows *sql.Rows) (p parley.Canned, err error) {
	var codes string
	if err := rows.Scan(&p.ID, &p.Owner, &p.Name, &p.Shortcut, &p.Text.EN, &p.Text.FR, &codes, &p.Note, &p.Uses, &p.Rev); err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(codes), &p.Dispositions); err != nil {
		return p, fmt.Errorf("codes of %s: %w", p.ID, err)
	}
	return p, nil
}

// SaveCanned adds a canned reply or replaces it; its uses stay.
func (r *Rows) SaveCanned(p parley.Canned) {
	r.Exec(`
		INSERT INTO canned_replies (id, owner_id, name, shortcut, text_en, text_fr, dispositions, note, uses, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)
		ON CONFLICT (id) DO UPDATE
		SET owner_id = excluded.owner_id, name = excluded.name, shortcut = excluded.shortcut, text_en = excluded.text_en,
			text_fr = excluded.text_fr, dispositions = excluded.dispositions, note = excluded.note, rev = excluded.rev`,
		p.ID, p.Owner, p.Name, p.Shortcut, p.Text.EN, p.Text.FR, jsonList(p.Dispositions), p.Note, p.Rev)
}

// RemoveCanned removes one.
func (r *Rows) RemoveCanned(id string) {
	r.Exec(`
		DELETE FROM canned_replies
		WHERE id = $1`, id)
}

// UseCanned counts a use.
func (r *Rows) UseCanned(id string) {
	r.Exec(`
		UPDATE canned_replies
		SET uses = uses + 1
		WHERE id = $1`, id)
}
