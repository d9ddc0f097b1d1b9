package store

import (
	"context"
	"database/sql"

	"parley"
)

const groupColumns = `
		SELECT id, name, preset, is_default, rev
		FROM groups`

// Groups returns all groups, by name.
func (v View) Groups(ctx context.Context) ([]parley.Group, error) {
	return list(ctx, v, scanGroup, groupColumns+`
		ORDER BY name`)
}

// Group returns one. Errors: parley.ErrNotFound.
func (v View) Group(ctx context.Context, id parley.GroupID) (parley.Group, error) {
	return one(ctx, v, scanGroup, groupColumns+`
		WHERE id = $1`, id)
}

func scanGroup(rows *sql.Rows) (parley.Group, error) {
	var g parley.Group
	err := rows.Scan(&g.ID, &g.Name, &g.Preset, &g.Default, &g.Rev)
	return g, err
}

// SaveGroup adds a group or replaces it.
func (r *Rows) SaveGroup(g parley.Group) {
	r.Exec(`
		INSERT INTO groups (id, name, preset, is_default, rev)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, preset = excluded.preset, rev = excluded.rev`,
		g.ID, g.Name, g.Preset, g.Default, g.Rev)
}

// RemoveGroup removes a group that nobody belongs to, and its settings.
func (r *Rows) RemoveGroup(id parley.GroupID) {
	r.Exec(`
		DELETE FROM settings
		WHERE scope = 'group' AND scope_id = $1`, id)
	r.Exec(`
		DELETE FROM groups
		WHERE id = $1`, id)
}
