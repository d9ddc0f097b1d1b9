package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Settings returns every value somebody set.
func (v View) Settings(ctx context.Context) ([]parley.Setting, error) {
	return list(ctx, v, scanSetting, `
		SELECT scope, scope_id, key, value
		FROM settings
		ORDER BY scope, scope_id, key`)
}

func scanSetting(rows *sql.Rows) (parley.Setting, error) {
	var s parley.Setting
	err := rows.Scan(&s.Scope, &s.ScopeID, &s.Key, &s.Value)
	return s, err
}

// SaveSetting sets a value; an empty one unsets it.
func (r *Rows) SaveSetting(s parley.Setting) {
	if s.Value == "" {
		r.Exec(`
			DELETE FROM settings
			WHERE scope = $1 AND scope_id = $2 AND key = $3`,
			s.Scope, s.ScopeID, s.Key)
		return
	}
	r.Exec(`
		INSERT INTO settings (scope, scope_id, key, value)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (scope, scope_id, key) DO UPDATE
		SET value = excluded.value`,
		s.Scope, s.ScopeID, s.Key, s.Value)
}

// Center is the center itself.
type Center struct {
	ID        string // ctr_
	Name      string
	Demo      bool
	Zone      string // IANA
	CreatedAt time.Time
}

// Center returns the center. Errors: parley.ErrNotFound before it is set up.
func (v View) Center(ctx context.Context) (Center, error) {
	return one(ctx, v, scanCenter, `
		SELECT id, name, demo, zone, created_at
		FROM center`)
}

func scanCenter(rows *sql.Rows) (Center, error) {
	var c Center
	var created int64
	err := rows.Scan(&c.ID, &c.Name, &c.Demo, &c.Zone, &created)
	c.CreatedAt = parley.FromMillis(created)
	return c, err
}

// SaveCenter adds the center or renames it.
func (r *Rows) SaveCenter(c Center) {
	r.Exec(`
		INSERT INTO center (id, name, demo, zone, created_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, zone = excluded.zone`,
		c.ID, c.Name, c.Demo, c.Zone, ms(c.CreatedAt))
}
