package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// bubble runs a test in a time of its own, in which waiting costs nothing.
func bubble(t *testing.T, f func(t *testing.T, x *town)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		x := newTown(t, storetest.Open(t, storetest.SQLite(t), store.Options{}))
		x.Ledger.clock = parley.NewSystemClock()
		f(t, x)
	})
}

// TestAlarm says that a deadline is handled one millisecond after it, though
// nobody asks for anything (5.6, INV-22).
func TestAlarm(t *testing.T) {
	bubble(t, func(t *testing.T, x *town) {
		x.run().found()
		x.available("agt_amy")
		x.arrive("int_1", "con_1")
		time.Sleep(31 * time.Second)
		synctest.Wait()
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		var made, ended time.Time
		for _, e := range x.told.entries() {
			switch e.Kind {
			case "offer_made":
				made = e.At
			case "offer_ended":
				ended = e.At
			}
		}
		if got, want := ended.Sub(made), 30*time.Second+time.Millisecond; got != want {
			t.Errorf("the offer ended after %s, want %s", got, want)
		}
	})
}

// TestAllAtOnce has everybody in a long line stay away after a restart: all are due
// in the same millisecond, and no commit ends more of them than it can bear: what
// else is asked for is done in between (R-06, P17b).
func TestAllAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const waiting = 2*dueMax + 1
		x := newTown(t, s).run()
		hire(x, 1)
		queue(x, waiting)
		x.route(routing.Restart{})
		x.clock.set(storetest.Day.Add(time.Hour))
		for range 3 { // each is a batch of its own
			x.must(Plan{})
		}
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		gone := 0
		for _, batch := range x.told.batches {
			n := 0
			for _, e := range batch {
				if e.Kind == "interaction_closed" {
					n++
				}
			}
			if gone += n; n > dueMax {
				t.Errorf("one commit ended %d", n)
			}
		}
		if gone != waiting {
			t.Errorf("%d of %d have gone", gone, waiting)
		}
	})
}

// TestOutbox says that an effect is tried until it takes place, in the order of
// its subject, and backed off (INV-18).
func TestOutbox(t *testing.T) {
	bubble(t, func(t *testing.T, x *town) {
		var mu sync.Mutex // guards done and tried
		var done []string
		tried := 0
		x.Handle("mail", func(_ context.Context, o store.Outbox) error {
			mu.Lock()
			defer mu.Unlock()
			if o.Data == "1" && tried < 3 {
				tried++
				return errors.New("the server is away")
			}
			done = append(done, o.Subject+o.Data)
			return nil
		})
		x.run().found()
		x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			for i := range 3 {
				r.Outbox(store.Outbox{Kind: "mail", Subject: "amy", Data: fmt.Sprint(i)})
			}
			r.Outbox(store.Outbox{Kind: "mail", Subject: "bob", Data: "0"})
		}})
		time.Sleep(time.Minute)
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		mine := slices.DeleteFunc(slices.Clone(done), func(s string) bool { return s == "bob0" })
		if want := []string{"amy0", "amy1", "amy2"}; !slices.Equal(mine, want) || len(done) != 4 {
			t.Errorf("done: %v, want %v and bob0", done, want)
		}
		if next, err := x.s.View().OutboxNext(context.Background(), "mail", time.Time{}); err != nil || !next.IsZero() {
			t.Errorf("still due at %s, %v", next, err)
		}
	})
}

// TestOutboxDead says that what cannot be done is given up after a day, and
// visible.
func TestOutboxDead(t *testing.T) {
	bubble(t, func(t *testing.T, x *town) {
		tried := 0 // the handler's goroutine, read after stop
		x.Handle("mail", func(context.Context, store.Outbox) error {
			tried++
			return errors.New("the server is away")
		})
		x.Handle("webhook", func(context.Context, store.Outbox) error {
			return fmt.Errorf("the address is not one: %w", ErrGiveUp)
		})
		x.run().found()
		x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			r.Outbox(store.Outbox{Kind: "mail", Data: "1"})
			r.Outbox(store.Outbox{Kind: "webhook", Data: "2"})
		}})
		time.Sleep(25 * time.Hour)
		if err := x.stop(); err != nil {
			t.Fatal(err)
		}
		dead, err := x.s.View().OutboxDead(context.Background(), "", 10)
		if err != nil || len(dead) != 2 {
			t.Fatalf("%d dead, %v; want 2", len(dead), err)
		}
		if webhook := dead[0]; webhook.Attempt != 1 || !strings.Contains(webhook.Error, "not one") {
			t.Errorf("the webhook was tried %d times: %s", webhook.Attempt, webhook.Error)
		}
		if mail := dead[1]; mail.Attempt != tried || tried < 96 {
			t.Errorf("the mail was tried %d times, %d kept; 15 minutes apart at most", tried, mail.Attempt)
		}
	})
}

// TestLease has a leader on PostgreSQL go away without a word: the next one waits
// until the lease stands still, and only then leads.
func TestLease(t *testing.T) {
	dsn := storetest.Postgres(t)
	first := newTown(t, storetest.Open(t, dsn, store.Options{})) // it never runs, so it never moves
	if err := first.s.Renew(t.Context(), storetest.Day); err != nil {
		t.Fatal(err)
	}
	second, err := Open(t.Context(), storetest.Open(t, dsn, store.Options{}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := first.s.Renew(t.Context(), storetest.Day); !errors.Is(err, store.ErrFenced) {
		t.Errorf("the first still leads: %v", err)
	}
	over, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- second.Run(over) }()
	if err := second.Ask(t.Context(), func(*routing.State) {}); err != nil {
		t.Error(err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the second ends with %v", err)
	}
	third, err := second.store.Watch(t.Context())
	if err != nil || !third.Free() {
		t.Errorf("a leader that ends well leaves the lease behind: %v, %v", third, err)
	}
}
