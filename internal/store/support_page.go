package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"parley"
)

// SupportPage returns the public page's settings; a zero one if it was never
// set up.
func (v View) SupportPage(ctx context.Context) (parley.SupportPage, error) {
	page, err := one(ctx, v, func(rows *sql.Rows) (c parley.SupportPage, err error) {
		var page string
		var rev int64
		if err := rows.Scan(&page, &rev); err != nil {
			return c, err
		}
		if err := json.Unmarshal([]byte(page), &c); err != nil {
			return c, fmt.Errorf("support center: %w", err)
		}
		c.Rev = rev
		return c, nil
	}, `
		SELECT page, rev
		FROM support_center
		WHERE id = 1`)
	if errors.Is(err, parley.ErrNotFound) {
		return parley.SupportPage{}, nil
	}
	return page, err
}

// SaveSupportPage replaces the public page's settings.
func (r *Rows) SaveSupportPage(c parley.SupportPage) {
	r.Exec(`
		INSERT INTO support_center (id, page, rev)
		VALUES (1, $1, $2)
		ON CONFLICT (id) DO UPDATE
		SET page = excluded.page, rev = excluded.rev`,
		string(mustJSON(c)), c.Rev)
}
