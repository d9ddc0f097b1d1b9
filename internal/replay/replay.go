// Package replay makes the router as it was at any row of the log, by telling it
// the log again.
package replay

import (
	"context"
	"fmt"

	"parley/internal/routing"
	"parley/internal/store"
)

// Before returns the router as it was before a log row.
//
// Source: RTE-10.
func Before(ctx context.Context, v store.View, n int64) (*routing.State, error) {
	kept, state, err := recall(ctx, v, n-1)
	if err != nil {
		return nil, err
	}
	return state, tell(ctx, v, state, kept.N, n-1)
}

// recall returns the last router that is kept at or before a row and can be loaded:
// one that was kept between two rows of one command cannot, and the one before it
// tells the same.
func recall(ctx context.Context, v store.View, n int64) (store.RouterState, *routing.State, error) {
	for {
		kept, err := v.RouterState(ctx, n)
		if err != nil {
			return kept, nil, err
		}
		state, err := routing.Load(kept.Snapshot)
		if err == nil {
			return kept, state, nil
		}
		if kept.N == 0 {
			return kept, nil, fmt.Errorf("router before the first row: %w", err)
		}
		n = kept.N - 1
	}
}

// page is how much of the log is read at once.
//
// Unit: log rows.
const page = 10_000

// tell tells a router the log behind a row, until after another.
func tell(ctx context.Context, v store.View, state *routing.State, after, through int64) error {
	for after < through {
		es, err := v.Entries(ctx, after, int(min(page, through-after)))
		if err != nil {
			return err
		}
		for _, e := range es {
			after = e.N
			if !routes[e.Kind] {
				continue
			}
			event, err := routing.DecodeEvent(e.Kind, e.Data)
			if err != nil {
				return fmt.Errorf("log row %d: %w", e.N, err)
			}
			state.Evolve(event)
		}
		if len(es) == 0 {
			break
		}
	}
	return nil
}

// routes are the kinds of log rows that are routing's.
var routes = func() map[string]bool {
	out := map[string]bool{}
	for _, kind := range routing.Kinds() {
		out[kind] = true
	}
	return out
}()
