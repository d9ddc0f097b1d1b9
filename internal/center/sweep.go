package center

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// How often requests as they came are swept, and how many at once.
const (
	sweepEvery = time.Hour
	sweepPiece = 200
)

// Sweep drops what is older than it may be kept, until ctx ends.
func (c *Center) Sweep(ctx context.Context) error {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := c.sweep(ctx); err != nil && ctx.Err() == nil {
			c.log.Error("old requests are not swept", slog.Any("error", err))
		}
		if err := c.sweepFiles(ctx); err != nil && ctx.Err() == nil {
			c.log.Error("files nobody sent are not swept", slog.Any("error", err))
		}
		if err := c.sweepBlocks(ctx); err != nil && ctx.Err() == nil {
			c.log.Error("blocks that are over are not swept", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// sweep drops the requests of networks that are older than raw.keep_days. What
// they said stays.
func (c *Center) sweep(ctx context.Context) error {
	b, err := c.config(ctx)
	if err != nil {
		return err
	}
	keep := time.Duration(b.values.Int("raw.keep_days", settings.At{})) * 24 * time.Hour
	before := c.clock.Now().Add(-keep)
	err = c.ledger.Bulk(ctx, func(ctx context.Context, v ledger.View) (ledger.Plan, bool, error) {
		old, err := v.RawBefore(ctx, before, sweepPiece)
		if err != nil || len(old) == 0 {
			return ledger.Plan{}, false, err
		}
		rows := func(r *store.Rows, _ []routing.Event) { r.DropRaw(old) }
		return ledger.Plan{Rows: rows}, len(old) == sweepPiece, nil
	})
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	return nil
}
