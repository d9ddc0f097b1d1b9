package records

import (
	"context"
	"log/slog"
	"time"

	"parley"
	"parley/internal/store"
)

// sweepEvery is how often customers whose time to come back is over are erased.
const sweepEvery = time.Hour

// Run ends erasures that a crash cut short, erases customers that were deleted
// long enough ago and drops such tasks, until ctx ends.
//
// Source: A-118.
func (r *Records) Run(ctx context.Context, log *slog.Logger) error {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := r.sweep(ctx); err != nil && ctx.Err() == nil {
			log.Error("an erasure did not end", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (r *Records) sweep(ctx context.Context) error {
	open, err := r.store.View().ErasuresOpen(ctx)
	if err != nil {
		return err
	}
	for _, e := range open {
		if err := r.finishErasure(ctx, e); err != nil {
			return err
		}
	}
	if err := r.bulk(ctx, func(rows *store.Rows) { rows.SweepTasks(rows.Now().Add(-removedFor)) }); err != nil {
		return err
	}
	for {
		id, err := r.store.View().Overdue(ctx, r.clock.Now())
		if err != nil || id == "" {
			return err
		}
		e, err := r.beginErasure(ctx, parley.Actor{}, id)
		if err != nil {
			return err
		}
		if err := r.finishErasure(ctx, e); err != nil {
			return err
		}
	}
}
