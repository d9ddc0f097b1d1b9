package main

import (
	"context"

	"parley/internal/store/storetest"
)

// ids are whom the rows name, and a queue and an agent that have none.
type ids struct {
	storetest.Fill
	never string // a queue
	sam   string // an agent
}

// records fills every table behind a list from `from` rows up to `to`.
func records(ctx context.Context, dsn string, x ids, from, to int) error {
	s, err := lead(ctx, dsn)
	if err != nil {
		return err
	}
	defer s.Close()
	const piece = 20_000 // rows of each table in one commit
	for first := from; first < to; first += piece {
		tx, err := s.Begin(ctx)
		if err != nil {
			return err
		}
		x.Rows(tx.Rows(storetest.Filled), first, min(first+piece, to))
		if _, err := tx.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}
