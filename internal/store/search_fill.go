package store

import (
	"context"
	"errors"
	"fmt"

	"parley"
)

// piece is how many records are indexed in one commit.
const piece = 2000

// fillIndexes indexes what a database held before it could be searched, piece by
// piece: one that was stopped in between goes on where it was. Afterwards each
// record is indexed in the commit that saves it.
func (s *Store) fillIndexes(ctx context.Context) error {
	for _, kind := range []struct {
		name string
		next func(ctx context.Context, t *Tx, after string) (last string, n int, err error)
	}{{"customers", nextCustomers}, {"cases", nextSubjects}, {"spoken", nextSpoken}} {
		for total, done := 0, false; !done; {
			var n int
			var err error
			if n, done, err = s.fillPiece(ctx, kind.name, kind.next); err != nil {
				return fmt.Errorf("index %s for the search: %w", kind.name, err)
			}
			if total += n; n > 0 && s.o.Indexed != nil {
				s.o.Indexed(kind.name, total, done)
			}
		}
	}
	return nil
}

func (s *Store) fillPiece(ctx context.Context, kind string, next func(context.Context, *Tx, string) (string, int, error)) (n int, done bool, err error) {
	t, err := s.Begin(ctx)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, t.Rollback()) }() // after the commit it does nothing
	if s.d == postgres {                                    // two processes may start together
		if _, err := t.tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtext(current_schema()))`); err != nil {
			return 0, false, err
		}
	}
	last, err := one(ctx, t.View(), scalar[string], `SELECT CASE WHEN done THEN '.' ELSE last END FROM indexed WHERE kind = $1`, kind)
	if err != nil && !errors.Is(err, parley.ErrNotFound) {
		return 0, false, err
	}
	if last == "." {
		return 0, true, nil
	}
	if last, n, err = next(ctx, t, last); err != nil {
		return 0, false, err
	}
	done = n < piece
	err = t.exec(ctx, op{query: `
		INSERT INTO indexed (kind, last, done)
		VALUES ($1, $2, $3)
		ON CONFLICT (kind) DO UPDATE
		SET last = excluded.last, done = excluded.done`, args: []any{kind, last, done}})
	if err == nil {
		err = t.tx.Commit()
	}
	t.saved = err == nil
	return n, done, err
}

func nextCustomers(ctx context.Context, t *Tx, after string) (string, int, error) {
	ids, err := list(ctx, t.View(), scalar[parley.CustomerID], `
		SELECT id
		FROM customers
		WHERE id > $1
		ORDER BY id`+atMost(piece), after)
	if err != nil || len(ids) == 0 {
		return after, 0, err
	}
	bodies := map[parley.CustomerID]string{}
	for rest := ids; len(rest) > 0; {
		size := min(len(rest), 500)
		rows, err := t.View().Customers(ctx, rest[:size]...)
		if err != nil {
			return "", 0, err
		}
		for _, c := range rows {
			bodies[c.ID] = c.Record().Body()
		}
		rest = rest[size:]
	}
	return string(ids[len(ids)-1]), len(ids), t.addTexts(ctx, bodies)
}

func nextSpoken(ctx context.Context, t *Tx, after string) (string, int, error) {
	ids, err := list(ctx, t.View(), scalar[parley.InteractionID], `
		SELECT id
		FROM interactions
		WHERE id > $1 AND transcript_hash <> '' AND last_seq > 0
		ORDER BY id`+atMost(piece), after)
	if err != nil || len(ids) == 0 {
		return after, 0, err
	}
	return string(ids[len(ids)-1]), len(ids), t.addSpoken(ctx, ids)
}
