package ledger

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

// saved is what a commit leaves to do: answer, announce, wake the outbox.
type saved struct {
	entries []parley.Entry
	wake    bool
}

// step runs one batch: decide all, save all in one commit. After an error
// nobody has been answered and memory is ahead of the disk.
func (l *Ledger) step(ctx context.Context, batch []*call) (done saved, err error) {
	if !l.store.Alone() { // a server may be gone without a word; a file answers, however slowly
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, stepMax)
		defer cancel()
	}
	tx, err := l.store.Begin(ctx)
	if err != nil {
		return done, err
	}
	l.stale, l.late = true, false
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("panic: %v\n%s", broken, debug.Stack())
		}
		_ = tx.Rollback() // after Commit it does nothing; after an error it is the error that counts
	}()
	for _, c := range batch {
		c.err = nil
		if err := l.decide(ctx, tx, c); err != nil {
			return done, fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	if err := l.tell(ctx, tx); err != nil {
		return done, fmt.Errorf("what follows from the log: %w", err)
	}
	hit("before_commit")
	drag()
	done.entries, err = tx.Commit(ctx)
	done.wake = tx.Wake()
	l.stale = err != nil
	return done, err
}

// tell lets those who want add to what the batch saves.
func (l *Ledger) tell(ctx context.Context, tx *store.Tx) error {
	for _, t := range l.taps {
		if !t.wanted() {
			continue
		}
		if err := tx.Flush(ctx); err != nil {
			return err
		}
		if es := tx.Written(); len(es) > 0 {
			t.list(es, tx.Rows(l.reached))
		}
	}
	return nil
}

// decide adds what follows from c to tx. A refusal adds nothing.
func (l *Ledger) decide(ctx context.Context, tx *store.Tx, c *call) error {
	if c.at.Before(l.reached) { // it waited while something came past the queue
		c.at = l.reached
	}
	l.reached = c.at
	if !c.first {
		if err := l.passTime(ctx, tx, c); err != nil {
			return err
		}
	}
	if tx.Touched(c.Touch) {
		if err := tx.Flush(ctx); err != nil {
			return err
		}
	}
	plan, err := c.Plan(ctx, View{View: tx.View(), Router: l.state, Now: c.at})
	if refusal(err) {
		c.err = err
		return nil
	}
	if err != nil {
		return err
	}
	events, err := l.apply(c.at, plan)
	if refusal(err) {
		c.err = err
		return nil
	}
	if err != nil {
		return err
	}
	return l.list(ctx, tx, c.at, events, plan.Rows)
}

// passTime lets routing handle the deadlines before c, but no more of them in one
// batch than a commit can bear: after a restart all who wait and stay away are due
// at once, and whoever asks for something else must not wait for them all. The
// alarm rings again at once for those that are left. While nothing can be saved no
// time passes, though the reserve saves this and that: who is back cannot say so.
func (l *Ledger) passTime(ctx context.Context, tx *store.Tx, c *call) error {
	if l.late || l.down.Load() != nil || !l.due(c.at) {
		return nil
	}
	most := dueMax
	if c.one {
		most = 1
	}
	events, err := l.state.Apply(c.at, routing.Tick{Most: most, Deaf: l.deaf})
	if err != nil {
		return fmt.Errorf("tick: %w", errors.Join(parley.ErrInternal, err))
	}
	l.late = l.due(c.at)
	return l.list(ctx, tx, c.at, events, nil)
}

// due reports whether a deadline lies before at.
func (l *Ledger) due(at time.Time) bool {
	next := l.state.Next()
	return !next.IsZero() && next.Before(at)
}

// apply asks routing. Only its first command may refuse: a later refusal would
// leave half of the plan behind.
func (l *Ledger) apply(at time.Time, plan Plan) ([]routing.Event, error) {
	routes := plan.Routes
	if plan.Route != nil {
		routes = append([]routing.Command{plan.Route}, routes...)
	}
	var all []routing.Event
	for i, route := range routes {
		events, err := l.state.Apply(at, route)
		if err != nil && i > 0 {
			return nil, fmt.Errorf("%T refused after others were obeyed: %s", route, err.Error())
		}
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, nil
}

// list lists what is saved of a command, or of the passing of time.
func (l *Ledger) list(ctx context.Context, tx *store.Tx, at time.Time, es []routing.Event,
	rows func(*store.Rows, []routing.Event)) error {
	r := tx.Rows(at)
	r.Events(es)
	if rows != nil {
		rows(r, es)
	}
	if len(es) == 0 {
		return nil
	}
	v := View{View: tx.Fresh(), Router: l.state, Now: at}
	for _, hook := range l.hooks {
		if err := hook(ctx, v, es, r); err != nil {
			return err
		}
	}
	return nil
}
