package store

import (
	"context"
	"database/sql"

	"parley"
)

// StatusCodes returns all status codes, in their order.
func (v View) StatusCodes(ctx context.Context) ([]parley.StatusCode, error) {
	return list(ctx, v, scanStatusCode, `
		SELECT id, applies, name, name_fr, short, active, sort_order, rev
		FROM status_codes
		ORDER BY applies, sort_order, name, id`)
}

// StatusCode returns one. Errors: parley.ErrNotFound.
func (v View) StatusCode(ctx context.Context, id parley.StatusCodeID) (parley.StatusCode, error) {
	return one(ctx, v, scanStatusCode, `
		SELECT id, applies, name, name_fr, short, active, sort_order, rev
		FROM status_codes
		WHERE id = $1`, id)
}

func scanStatusCode(rows *sql.Rows) (parley.StatusCode, error) {
	var c parley.StatusCode
	err := rows.Scan(&c.ID, &c.Applies, &c.Name, &c.NameFR, &c.Short, &c.Active, &c.Order, &c.Rev)
	return c, err
}

// SaveStatusCode adds a code or replaces it.
func (r *Rows) SaveStatusCode(c parley.StatusCode) {
	r.Exec(`
		INSERT INTO status_codes (id, applies, name, name_fr, short, active, sort_order, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE
		SET applies = excluded.applies, name = excluded.name, name_fr = excluded.name_fr, short = excluded.short,
			active = excluded.active, sort_order = excluded.sort_order, rev = excluded.rev`,
		c.ID, c.Applies, c.Name, c.NameFR, c.Short, c.Active, c.Order, c.Rev)
}

// RemoveStatusCode removes a code; what was recorded with it keeps its id.
func (r *Rows) RemoveStatusCode(id parley.StatusCodeID) {
	r.Exec(`
		DELETE FROM status_codes
		WHERE id = $1`, id)
}
