package ledger

import (
	"context"
	"errors"
	"syscall"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
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
