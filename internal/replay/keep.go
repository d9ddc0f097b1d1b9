package replay

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// Every is how many log rows are between two routers that are kept: as many as
// are told again within a fifth of a second.
const Every = 20_000

// rowsEach is how many log rows there are for each interaction a router that is
// kept remembers: what is kept stays a small part of the log.
const rowsEach = 10

// lookEvery is how often it is looked whether the log is long enough for another.
const lookEvery = time.Hour

// settled is how long a start is left alone: the router that is kept may be large,
// and who waits comes first.
const settled = time.Minute

// Run keeps the router now and then, until ctx ends.
func Run(ctx context.Context, v store.View, l *ledger.Ledger, log *slog.Logger) error {
	look := time.NewTimer(settled)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
		if err := Keep(ctx, v, l, Every); err != nil && ctx.Err() == nil {
			log.Error("the router as it was is not kept", slog.Any("error", err))
		}
		look.Reset(lookEvery)
	}
}

// Keep keeps the router as it was at every so many rows of the log, at least, as
// far as the log is long by now, so that Before need not begin at the first row.
//
// Source: RTE-10.
func Keep(ctx context.Context, v store.View, l *ledger.Ledger, every int64) error {
	head := l.Head()
	last, state, err := recall(ctx, v, head)
	if err != nil {
		return err
	}
	for told := last.N; ; {
		next := last.N + max(every, int64(rowsEach*len(last.Snapshot.Interactions)))
		for ; next <= head; next++ { // to the end of a command: half of what it does cannot be loaded again
			if err := tell(ctx, v, state, told, next); err != nil {
				return err
			}
			told = next
			last = store.RouterState{N: next, Snapshot: state.Snapshot()}
			if _, err := routing.Load(last.Snapshot); err == nil {
				break
			}
		}
		if next > head {
			return nil
		}
		err = l.Bulk(ctx, func(context.Context, ledger.View) (ledger.Plan, bool, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.KeepRouter(last) }}, false, nil
		})
		if err != nil {
			return fmt.Errorf("keep the router after row %d: %w", next, err)
		}
	}
}
