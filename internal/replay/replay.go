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
	kept, err := v.RouterState(ctx, n-1)
	if err != nil {
		return nil, err
	}
	return tell(ctx, v, kept, n-1)
}

// page is how much of the log is read at once.
//
// Unit: log rows.
const page = 10_000

// tell tells the log to a router that was kept, until after a row.
func tell(ctx context.Context, v store.View, from store.RouterState, through int64) (*routing.State, error) {
	state, err := routing.Load(from.Snapshot)
	if err != nil {
		return nil, fmt.Errorf("router after row %d: %w", from.N, err)
	}
	for after := from.N; after < through; {
		es, err := v.Entries(ctx, after, int(min(page, through-after)))
		if err != nil {
			return nil, err
		}
		for _, e := range es {
			after = e.N
			if !routes[e.Kind] {
				continue
			}
			event, err := routing.DecodeEvent(e.Kind, e.Data)
			if err != nil {
				return nil, fmt.Errorf("log row %d: %w", e.N, err)
			}
			state.Evolve(event)
		}
		if len(es) == 0 {
			break
		}
	}
	return state, nil
}

// routes are the kinds of log rows that are routing's.
var routes = func() map[string]bool {
	out := map[string]bool{}
	for _, kind := range routing.Kinds() {
		out[kind] = true
	}
	return out
}()
