package ledger

import (
	"context"
	"time"

	"parley/internal/routing"
	"parley/internal/store"
)

// asideMax is how many deadlines are put aside at once: with more, it is not them.
//
// Unit: deadlines.
const asideMax = 20

// asideFor is how long they are, until they are tried again.
const asideFor = time.Minute

// aside are deadlines that show a fault of ours when they are handled. All who ask
// for something come behind what is due, and so does what is due later: one deadline
// that cannot be handled must stop neither.
type aside struct {
	which map[routing.Deadline]bool
	until time.Time
}

// blame looks whether it is a deadline before c that has a fault, not c itself. It
// returns true if c is to be served again: the deadline is put aside, or handled.
func (l *Ledger) blame(ctx context.Context, c *call, fault error) (bool, error) {
	if store.TroubleOf(fault) != store.Bug || c.first || l.down.Load() != nil || len(l.aside.which) >= asideMax || !l.due(c.at) {
		return false, nil
	}
	if c.one {
		l.putAside(fault)
		return true, nil
	}
	had := len(l.aside.which)
	for n := 0; n < dueMax && l.due(c.at) && len(l.aside.which) == had; n++ {
		one := l.stamp(tick())
		one.one = true
		if err := l.serve(ctx, []*call{one}); err != nil || one.err != nil {
			return l.down.Load() != nil, err
		}
	}
	return len(l.aside.which) > had || !l.due(c.at), nil
}

// putAside leaves the next deadline alone for a while.
func (l *Ledger) putAside(fault error) {
	d := l.state.Earliest()
	l.log.Error("what is due has a fault, and is put aside", "of", d.Who, "error", fault)
	if len(l.aside.which) == 0 {
		l.aside = aside{map[routing.Deadline]bool{}, l.clock.Now().Add(asideFor)}
	}
	l.aside.which[d] = true
	l.state.Forget(l.aside.which)
}

// again has what was put aside tried again, once it is time.
func (l *Ledger) again(ctx context.Context) error {
	if len(l.aside.which) == 0 || l.clock.Now().Before(l.aside.until) {
		return nil
	}
	l.aside, l.stale = aside{}, true
	return l.reload(ctx)
}
