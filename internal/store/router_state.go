package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"parley"
	"parley/internal/routing"
)

// RouterState is the router as it was right after a row of the log.
type RouterState struct {
	N        int64 // the row; 0 = before the first
	Snapshot routing.Snapshot
}

// RouterState returns the last that is kept at or before a row, the empty one if
// none is.
//
// Source: RTE-10.
func (v View) RouterState(ctx context.Context, n int64) (RouterState, error) {
	s, err := one(ctx, v, scanRouterState, `
		SELECT n, state
		FROM router_states
		WHERE n <= $1
		ORDER BY n DESC
		LIMIT 1`, n)
	if errors.Is(err, parley.ErrNotFound) {
		return RouterState{Snapshot: routing.New().Snapshot()}, nil
	}
	return s, err
}

// RouterStatesAt returns the rows for which one is kept, in order.
func (v View) RouterStatesAt(ctx context.Context) ([]int64, error) {
	return list(ctx, v, scalar[int64], `
		SELECT n
		FROM router_states
		ORDER BY n`)
}

func scanRouterState(rows *sql.Rows) (s RouterState, err error) {
	var state string
	if err = rows.Scan(&s.N, &state); err != nil {
		return s, err
	}
	if err = json.Unmarshal([]byte(state), &s.Snapshot); err != nil {
		return s, fmt.Errorf("router after row %d: %w", s.N, err)
	}
	return s, nil
}

// KeepRouter keeps the router as it was after a row; it is the same whoever
// makes it.
func (r *Rows) KeepRouter(s RouterState) {
	r.Exec(`
		INSERT INTO router_states (n, state)
		VALUES ($1, $2)
		ON CONFLICT (n) DO NOTHING`,
		s.N, string(mustJSON(s.Snapshot)))
}
