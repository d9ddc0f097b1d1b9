package ledger

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parley"
	"parley/internal/reserve"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestReserve R-05: on a full disk the reserve is given up for what must be kept;
// everybody else is refused until there is room for it again.
func TestReserve(t *testing.T) {
	const size = 1 << 40 // more than is free: it cannot be made again, and this one has holes
	path := storetest.SQLite(t)
	room := path + ".reserve"
	keep := func() {
		t.Helper()
		if err := errors.Join(os.WriteFile(room, nil, 0o600), os.Truncate(room, size)); err != nil {
			t.Skipf("no file here can have %d bytes: %v", int64(size), err)
		}
	}
	keep()
	var full atomic.Bool
	x := newTown(t, storetest.Open(t, path, store.Options{Inject: func(point string) error {
		if _, err := os.Stat(room); full.Load() && point == "commit" && err == nil {
			return syscall.ENOSPC
		}
		return nil
	}}))
	x.reserve = reserve.New(room, size)
	x.run().found()
	say := func(spare bool) error {
		return x.Do(t.Context(), Command{Name: "say", Spare: spare, Plan: func(_ context.Context, v View) (Plan, error) {
			return Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.Exec(`INSERT INTO setup_tokens (token_hash, created_at, used_at) VALUES ($1, 0, 0)`, parley.NewID("tok", v.Now))
			}}, nil
		}})
	}
	if err := say(false); err != nil {
		t.Fatal(err)
	}
	full.Store(true)
	for range 2 {
		if err := say(false); !errors.Is(err, parley.ErrStorageFull) {
			t.Fatalf("R-05: a full disk: %v, want %v", err, parley.ErrStorageFull)
		}
	}
	if err := say(true); err != nil {
		t.Errorf("R-05: a draft is not kept: %v", err)
	}
	if err := say(false); !errors.Is(err, parley.ErrStorageFull) || x.Down() == nil {
		t.Errorf("R-05: the reserve serves everybody: %v", err)
	}
	full.Store(false)
	keep() // there is room again
	for x.Down() != nil {
		time.Sleep(10 * time.Millisecond)
	}
	for _, spare := range []bool{false, true} {
		if err := say(spare); err != nil {
			t.Errorf("R-05: with room again: %v", err)
		}
	}
}
