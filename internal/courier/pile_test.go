package courier

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestPile: P4: of a hundred thousand rows that wait, most of them behind a
// paused customer's first, the due ones are found without looking at the rest.
func TestPile(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand rows")
	}
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s, err := store.Open(t.Context(), dsn, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		l, err := ledger.Open(t.Context(), s, ledger.Options{Clock: &still{storetest.Day}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- l.Run(ctx) }()
		for piece := range 100 {
			err := l.Do(t.Context(), ledger.Command{Name: "pile", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
				return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
					for i := range 1000 {
						r.Outbox(store.Outbox{Kind: DeliverKind, Subject: fmt.Sprintf("con_%d", i%50), Data: fmt.Sprint(piece)})
					}
				}}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		due, err := s.View().OutboxDue(t.Context(), DeliverKind, storetest.Day.Add(time.Hour), 1000)
		if err != nil || len(due) != 50 {
			t.Errorf("%d are due, %v; want the first of each of 50", len(due), err)
		}
		for _, o := range due {
			if o.Data != "0" {
				t.Errorf("%s goes before the first of its conversation", o.Data)
			}
		}
		cancel()
		<-ended
	})
}
