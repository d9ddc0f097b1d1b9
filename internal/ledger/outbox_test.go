package ledger

import (
	"context"
	"errors"
	"slices"
	"testing"

	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestOutboxAfterCommit says that an effect takes place only after its row is
// saved: whoever makes it take place reads the row on another connection (M13,
// INV-18).
func TestOutboxAfterCommit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newTown(t, s)
		told := make(chan error, 8) // a mistake tells twice
		x.Handle("mail", func(ctx context.Context, o store.Outbox) error {
			due, err := s.View().OutboxDue(ctx, "mail", storetest.Day, 10)
			if err == nil && !slices.ContainsFunc(due, func(d store.Outbox) bool { return d.ID == o.ID }) {
				err = errors.New("it is not saved yet")
			}
			told <- err
			return nil
		})
		x.run().found()
		x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			r.Outbox(store.Outbox{Kind: "mail", Subject: "amy", Data: "hello"})
		}})
		if err := <-told; err != nil {
			t.Errorf("an effect took place too early: %v", err)
		}
	})
}
