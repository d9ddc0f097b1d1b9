package store

import (
	"context"
	"database/sql"

	"parley"
)

// Imported returns which lines of a file have become customers.
func (v View) Imported(ctx context.Context, file string, from, to int) (map[int]parley.CustomerID, error) {
	out := map[int]parley.CustomerID{}
	_, err := list(ctx, v, func(rows *sql.Rows) (struct{}, error) {
		var line int
		var id parley.CustomerID
		err := rows.Scan(&line, &id)
		out[line] = id
		return struct{}{}, err
	}, `
		SELECT line, customer_id
		FROM import_rows
		WHERE import_id = $1 AND line BETWEEN $2 AND $3`, file, from, to)
	return out, err
}

// AddImported notes that a line of a file has become a customer.
func (r *Rows) AddImported(file string, line int, id parley.CustomerID) {
	r.Exec(`
		INSERT INTO import_rows (import_id, line, customer_id)
		VALUES ($1, $2, $3)`, file, line, string(id))
}
