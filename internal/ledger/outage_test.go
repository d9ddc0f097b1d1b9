package ledger

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// What happens around a time in which nothing can be saved, other than to who asks.

// agent returns an agent as the router knows them.
func (x *town) agent(id parley.AgentID) (a routing.AgentView) {
	x.t.Helper()
	if err := x.Ask(context.Background(), func(s *routing.State) { a, _ = s.Agent(id) }); err != nil {
		x.t.Fatal(err)
	}
	return a
}

// works waits until saving goes on.
func (x *town) works() {
	for x.Down() != nil {
		time.Sleep(10 * time.Millisecond)
	}
}

// commits answers err to the commits of these numbers, from 1.
func (x *trouble) commits(err error, numbers ...int64) {
	var n atomic.Int64
	x.set(func(point string) error {
		if point == "commit" && slices.Contains(numbers, n.Add(1)) {
			return err
		}
		return nil
	})
}

// TestRestartRefused cannot save at its start that it started: that is saved before
// anything else as soon as it can be, so an offer that rang is taken back, not timed
// out, and a link that is up afterwards has no grace (P17b, E39).
func TestRestartRefused(t *testing.T) {
	faults := map[string]struct {
		err     error
		commits []int64
	}{
		"the disk is full":   {syscall.ENOSPC, []int64{1, 2}}, // the restart, and a try whether there is room
		"it takes too long":  {context.DeadlineExceeded, []int64{1, 2}},
		"too long once more": {context.DeadlineExceeded, []int64{1, 2, 4, 5}},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			troubled(t, func(t *testing.T, x *town, bad *trouble) {
				x.available("agt_amy")
				x.arrive("int_1", "con_1")
				if err := x.stop(); err != nil {
					t.Fatal(err)
				}
				bad.commits(fault.err, fault.commits...)
				y := newTown(t, x.s)
				y.clock.set(storetest.Day.Add(time.Hour))
				y.run()
				back := Command{Name: "back", Plan: func(context.Context, View) (Plan, error) {
					return Plan{Route: routing.LinkUp{Agent: "agt_amy"}}, nil
				}}
				for err := y.Do(t.Context(), back); err != nil; err = y.Do(t.Context(), back) {
					if !errors.Is(err, parley.ErrStorageFull) && !errors.Is(err, parley.ErrStorageUnavailable) {
						t.Fatal(err)
					}
					time.Sleep(10 * time.Millisecond)
				}
				if a := y.agent("agt_amy"); a.Conn != parley.ConnUp {
					t.Errorf("P18: amy's link is %s", a.Conn)
				}
				if err := y.stop(); err != nil {
					t.Fatal(err)
				}
				told := y.told.entries()
				if len(told) == 0 || told[0].Kind != "restarted" || y.told.kinds()["restarted"] != 1 {
					t.Fatalf("P17b: after the start: %v", y.told.kinds())
				}
				for _, e := range told {
					if e.Kind == "offer_ended" && !strings.Contains(string(e.Data), "withdrawn") {
						t.Errorf("E39: %s", e.Data)
					}
				}
			})
		})
	}
}

// TestGraceInOutage loses amy's link, and then the disk until long after her grace:
// she could not say that she is back, so she gets her grace again; but not for ever
// (P18, P19, RES-02).
func TestGraceInOutage(t *testing.T) {
	troubled(t, func(t *testing.T, x *town, bad *trouble) {
		x.available("agt_amy")
		x.route(routing.LinkLost{Agent: "agt_amy"})
		bad.set(func(point string) error {
			if point == "commit" {
				return syscall.ENOSPC
			}
			return nil
		})
		if err := x.do(Plan{Route: routing.LinkUp{Agent: "agt_amy"}}); !errors.Is(err, parley.ErrStorageFull) {
			t.Fatalf("a full disk: %v", err)
		}
		x.clock.set(storetest.Day.Add(time.Hour))
		bad.set(func(string) error { return nil })
		x.works()
		x.must(Plan{})
		if a := x.agent("agt_amy"); a.Base != parley.Available || a.Conn != parley.ConnGrace {
			t.Errorf("P18: amy is %s, her link %s", a.Base, a.Conn)
		}
		x.clock.set(storetest.Day.Add(time.Hour + 3*time.Minute))
		x.must(Plan{})
		if a := x.agent("agt_amy"); a.Base != parley.LoggedOut {
			t.Errorf("P19: amy is %s, her link %s", a.Base, a.Conn)
		}
	})
}

// TestNotedOnce has a fault when an effect that took place is to be noted: it is noted
// a little later, and does not take place again (INV-18).
func TestNotedOnce(t *testing.T) {
	faults := map[string]struct {
		err     error
		commits []int64
	}{
		"too long":        {context.DeadlineExceeded, []int64{1, 2}},
		"a fault of ours": {errors.New("a bug"), []int64{1}},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			storetest.EachDSN(t, func(t *testing.T, dsn string) {
				bad := &trouble{}
				x := newTown(t, storetest.Open(t, dsn, store.Options{Inject: bad.inject}))
				var took atomic.Int64
				x.Handle("mail", func(context.Context, store.Outbox) error {
					if took.Add(1) == 1 {
						bad.commits(fault.err, fault.commits...)
					}
					return nil
				})
				x.run().found()
				x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
					r.Outbox(store.Outbox{Kind: "mail", Subject: "amy", Data: "hello"})
				}})
				for {
					due, err := x.s.View().OutboxDue(t.Context(), "mail", storetest.Day, 10)
					if err != nil {
						t.Fatal(err)
					}
					if len(due) == 0 {
						break
					}
					time.Sleep(10 * time.Millisecond)
				}
				if n := took.Load(); n != 1 {
					t.Errorf("INV-18: it took place %d times", n)
				}
			})
		})
	}
}
