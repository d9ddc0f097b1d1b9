package ledger

import (
	"context"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestTimeInTheLog says that a command that waited while the alarm came past the
// queue is not logged before it (INV-14).
func TestTimeInTheLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := newTown(t, s)
		row := func(subject string) Command {
			return Command{Name: subject, Plan: func(context.Context, View) (Plan, error) {
				return Plan{Rows: func(r *store.Rows, _ []routing.Event) {
					r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: subject})
				}}, nil
			}}
		}
		waits, err := x.enter(row("came first"))
		if err != nil {
			t.Fatal(err)
		}
		x.clock.set(storetest.Day.Add(time.Second))
		past := x.stamp(&call{Command: row("came past"), done: make(chan struct{})})
		for _, c := range []*call{past, waits} {
			if err := x.serve(t.Context(), []*call{c}); err != nil {
				t.Fatal(err)
			}
		}
		log, err := s.View().Entries(t.Context(), 0, BatchMax)
		if err != nil || len(log) != 2 {
			t.Fatalf("%d rows, %v", len(log), err)
		}
		if log[1].At.Before(log[0].At) {
			t.Errorf("%q at %s follows %q at %s", log[1].Subject, log[1].At, log[0].Subject, log[0].At)
		}
	})
}
