package ledger

import (
	"context"
	"errors"
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
	disk := storetest.NewDisk(t)
	x := newTown(t, storetest.Open(t, storetest.SQLite(t), store.Options{Inject: disk.Inject}))
	x.reserve = reserve.New(disk.Room, storetest.RoomBytes)
	x.run().found()
	x.available("agt_amy")
	x.route(routing.LinkLost{Agent: "agt_amy"})
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
	disk.Fill()
	for range 2 {
		if err := say(false); !errors.Is(err, parley.ErrStorageFull) {
			t.Fatalf("R-05: a full disk: %v, want %v", err, parley.ErrStorageFull)
		}
	}
	x.clock.set(storetest.Day.Add(time.Hour))
	if err := say(true); err != nil {
		t.Errorf("R-05: a draft is not kept: %v", err)
	}
	if a := x.agent("agt_amy"); a.Conn != parley.ConnGrace {
		t.Errorf("P19: amy cannot say that she is back, and is %s", a.Base)
	}
	if err := say(false); !errors.Is(err, parley.ErrStorageFull) || x.Down() == nil {
		t.Errorf("R-05: the reserve serves everybody: %v", err)
	}
	disk.Clear(t)
	for x.Down() != nil {
		time.Sleep(10 * time.Millisecond)
	}
	for _, spare := range []bool{false, true} {
		if err := say(spare); err != nil {
			t.Errorf("R-05: with room again: %v", err)
		}
	}
}
