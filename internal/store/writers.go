package store

import (
	"context"
	"database/sql"

	"parley"
)

// writersAmong is how many of the newest conversations are looked through.
const writersAmong = 5000

// WritersOf returns the newest conversations of an entry point on a network: id,
// address, name and when each began.
func (v View) WritersOf(ctx context.Context, e parley.EntryPointID, limit int) ([]parley.Conversation, error) {
	return list(ctx, v, scanWriter, `
		SELECT id, address, name, created_at
		FROM (
			SELECT id, entry_point_id, address, name, created_at
			FROM conversations
			ORDER BY id DESC
			LIMIT $3) AS newest
		WHERE entry_point_id = $1 AND address <> ''
		ORDER BY id DESC
		LIMIT $2`, string(e), limit, writersAmong)
}

func scanWriter(rows *sql.Rows) (c parley.Conversation, err error) {
	var at int64
	err = rows.Scan(&c.ID, &c.Address, &c.Visitor.Name, &at)
	c.CreatedAt = parley.FromMillis(at)
	return c, err
}
