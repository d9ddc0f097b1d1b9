package store

import (
	"context"
	"database/sql"

	"parley"
)

const noteColumns = `
		SELECT id, interaction_id, agent_id, client_id, text, at
		FROM notes`

// Notes returns an interaction's, the oldest first.
func (v View) Notes(ctx context.Context, i parley.InteractionID) ([]parley.Note, error) {
	return list(ctx, v, scanNote, noteColumns+`
		WHERE interaction_id = $1
		ORDER BY at, id`, string(i))
}

// Note returns one. Errors: parley.ErrNotFound.
func (v View) Note(ctx context.Context, id string) (parley.Note, error) {
	return one(ctx, v, scanNote, noteColumns+`
		WHERE id = $1`, id)
}

// NoteAdded returns the note a client made with its client id.
// Errors: parley.ErrNotFound.
func (v View) NoteAdded(ctx context.Context, i parley.InteractionID, client string) (parley.Note, error) {
	return one(ctx, v, scanNote, noteColumns+`
		WHERE client_id = $1
			AND interaction_id = $2`, client, string(i))
}

func scanNote(rows *sql.Rows) (parley.Note, error) {
	var n parley.Note
	var at int64
	err := rows.Scan(&n.ID, &n.Interaction, &n.Agent, &n.ClientID, &n.Text, &at)
	n.At = parley.FromMillis(at)
	return n, err
}

// AddNote adds a note; the caller adds its log row.
func (r *Rows) AddNote(n parley.Note) {
	r.Exec(`
		INSERT INTO notes (id, interaction_id, agent_id, client_id, text, at)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		n.ID, string(n.Interaction), string(n.Agent), n.ClientID, n.Text, ms(n.At))
}
