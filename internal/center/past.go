package center

import (
	"context"
	"fmt"

	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// keepEvery is how many log rows are between two routers that are kept, at
// least: as many as are told again within a fifth of a second.
const keepEvery = 20_000

// keepPer is how many log rows there are for each interaction a router that is
// kept remembers: what is kept stays a small part of the log.
const keepPer = 10

// keepRouter keeps the router as it was at every so many rows of the log, as far
// as the log is long by now, so that Why need not begin at the first row.
//
// Source: RTE-10.
func (c *Center) keepRouter(ctx context.Context, every int64) error {
	head := c.ledger.Head()
	last, err := c.store.View().RouterState(ctx, head)
	if err != nil {
		return err
	}
	for {
		next := last.N + max(every, int64(keepPer*len(last.Snapshot.Interactions)))
		if next > head {
			return nil
		}
		state, err := c.retell(ctx, last, next)
		if err != nil {
			return err
		}
		last = store.RouterState{N: next, Snapshot: state.Snapshot()}
		err = c.ledger.Bulk(ctx, func(context.Context, ledger.View) (ledger.Plan, bool, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.KeepRouter(last) }}, false, nil
		})
		if err != nil {
			return fmt.Errorf("keep the router after row %d: %w", next, err)
		}
	}
}
