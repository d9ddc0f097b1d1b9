package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

// The lease and the retries.
//
// Source: docs/house.md, "When saving fails".
const (
	leaseTTL   = 3 * time.Second        // a leader that has not moved for so long is gone
	leaseRenew = time.Second            // how often it moves
	leasePoll  = 250 * time.Millisecond // how often the others look
	retryEvery = time.Second            // how often we try when nothing can be saved
	stepMax    = 5 * time.Second        // how long a server may take over a batch
	lostMax    = 3 * time.Second        // how long a batch waits for a lost database
	busyMax    = 5                      // how often a batch is tried again
	backWithin = 3 * time.Second        // how long after an outage somebody's return may take to be told
	bulkEvery  = time.Second            // how long bulk work waits at most
)

// Run is the one writer. It ends when ctx does, after what waits is answered,
// or with an error that must end the process: *Exit or store.ErrFenced.
func (l *Ledger) Run(ctx context.Context) error {
	var helpers sync.WaitGroup
	work, stop := context.WithCancel(ctx)
	writing, finish := context.WithCancel(context.WithoutCancel(ctx))
	helpers.Go(l.news.run)
	helpers.Go(func() {
		l.runOutbox(work)
		finish() // what was on its way is noted, so none of it is in doubt
	})
	helpers.Go(func() { l.checkpoint(work) })
	err := l.write(writing)
	close(l.ended)
	stop()
	l.news.close()
	helpers.Wait()
	return err
}

// write is the writer's loop. The database is never interrupted in the middle
// of a batch, so it gets a context that does not end.
func (l *Ledger) write(ctx context.Context) error {
	db := context.WithoutCancel(ctx)
	if err := l.restart(db); err != nil {
		return err
	}
	if err := l.reserve.Keep(); err != nil {
		l.log.Warn("no room is kept for when the disk is full", "error", err)
	}
	beat := time.NewTicker(leaseRenew)
	defer beat.Stop()
	for {
		if err := l.turn(ctx, db, beat.C); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return l.finish(db)
		}
	}
}

// restart has routing take back what rang, and give every link its grace. Nothing
// else is saved before that is: a link that is told as up must not be given one.
func (l *Ledger) restart(ctx context.Context) error {
	c := &call{first: true, done: make(chan struct{})}
	c.Name = "restart"
	c.Plan = func(context.Context, View) (Plan, error) { return Plan{Route: routing.Restart{}}, nil }
	if err := l.serve(ctx, []*call{l.stamp(c)}); err != nil {
		return err
	}
	l.restarted = c.err == nil || errors.Is(c.err, parley.ErrInternal) // which another try would not change
	if !l.restarted && l.down.Load() == nil {
		l.down.Store(parley.ErrStorageUnavailable)
	}
	return nil
}

// turn waits for the next thing to do, and does it.
func (l *Ledger) turn(ctx, db context.Context, beat <-chan time.Time) error {
	alarm := l.alarm()
	defer alarm.Stop()
	bulk, rings := l.bulk, alarm.C
	if len(l.queue) > 0 {
		rings = nil // time passes before each batch: nobody waits for deadlines alone
		if l.clock.Now().Sub(l.lastBulk) < bulkEvery {
			bulk = nil
		}
	}
	select {
	case <-ctx.Done():
		return nil
	case c := <-l.queue:
		return l.serve(db, l.gather(c))
	case c := <-bulk:
		l.lastBulk = l.clock.Now()
		return l.serve(db, []*call{l.stamp(c)})
	case a := <-l.asks:
		l.reply(db, a)
		return nil
	case <-rings:
		return l.serve(db, []*call{l.stamp(tick())})
	case err := <-l.broken:
		return l.failed(db, nil, err)
	case <-beat:
		return l.beat(db)
	}
}

// reply answers a question, never from memory that is ahead of the disk.
func (l *Ledger) reply(ctx context.Context, a ask) {
	if err := l.reload(ctx); err != nil {
		a.done <- parley.ErrStorageUnavailable
		return
	}
	a.question(l.state)
	a.done <- nil
}

// gather returns a call and those that wait behind it.
func (l *Ledger) gather(first *call) []*call {
	batch := []*call{first}
	for len(batch) < BatchMax {
		select {
		case c := <-l.queue:
			batch = append(batch, c)
		default:
			return batch
		}
	}
	return batch
}

// stamp gives a call that came past the queue its time. What still waits in the
// queue may be older, and then runs at this time: see decide.
func (l *Ledger) stamp(c *call) *call {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.at = l.now()
	return c
}

// tick is a command that only lets time pass: decide does the rest.
func tick() *call {
	c := &call{done: make(chan struct{})}
	c.Name = "tick"
	c.Plan = func(context.Context, View) (Plan, error) { return Plan{}, nil }
	return c
}

// alarm rings one millisecond after the next deadline, which is inclusive.
// While nothing can be saved it is silent.
func (l *Ledger) alarm() *time.Timer {
	next := l.state.Next()
	if next.IsZero() || l.down.Load() != nil {
		t := time.NewTimer(time.Hour)
		t.Stop()
		return t
	}
	next = next.Add(time.Millisecond)
	if next.Before(l.quiet) {
		next = l.quiet
	}
	return time.NewTimer(next.Sub(l.clock.Now()))
}

// beat shows that this leader lives; if nothing could be saved, or something that
// was due, it tries again.
func (l *Ledger) beat(ctx context.Context) error {
	if l.down.Load() != nil {
		err := l.recover(ctx)
		if err != nil || l.restarted {
			return err
		}
		return l.restart(ctx)
	}
	if err := l.again(ctx); err != nil {
		return l.failed(ctx, nil, err)
	}
	if l.store.Alone() {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, stepMax)
	defer cancel()
	err := l.store.Renew(limited, l.clock.Now().Add(leaseTTL))
	if err == nil {
		return nil
	}
	if store.TroubleOf(err) == store.Lost {
		var ok bool
		if _, ok, err = l.reconnect(ctx, err); ok {
			return nil
		}
	}
	return l.failed(ctx, nil, err)
}

// finish answers what waits and gives up the lease.
func (l *Ledger) finish(ctx context.Context) error {
	for {
		select {
		case c := <-l.queue:
			if err := l.serve(ctx, l.gather(c)); err != nil {
				return err
			}
		default:
			err := l.store.Release(ctx)
			if l.down.Load() != nil { // with the reserve it can still be given up, without it the lease runs out
				return nil
			}
			return err
		}
	}
}

// lead takes the lease: at once if nobody has it, else when its leader has not
// moved for as long as a lease lasts.
func (l *Ledger) lead(ctx context.Context) error {
	seen, err := l.store.Watch(ctx)
	if err != nil {
		return err
	}
	since, told := l.clock.Now(), false
	for !l.store.Alone() && !seen.Free() && l.clock.Now().Sub(since) < leaseTTL {
		if !told {
			l.log.InfoContext(ctx, "another process leads this center, or did until now: waiting to take over")
			told = true
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(leasePoll):
		}
		now, err := l.store.Watch(ctx)
		if err != nil {
			return err
		}
		if now != seen {
			seen, since = now, l.clock.Now()
		}
	}
	return l.store.Lead(ctx, seen, l.owner, l.clock.Now().Add(leaseTTL))
}

// load makes memory what the disk says. Rows of a commit whose answer was lost
// are announced here: nobody else will.
func (l *Ledger) load(ctx context.Context) error {
	return l.store.Snapshot(ctx, func(v store.View, head int64) error {
		saved, err := v.LoadRouter(ctx)
		if err != nil {
			return err
		}
		state, err := routing.Load(saved)
		if err != nil {
			return err
		}
		last, err := v.LastAt(ctx)
		if err != nil {
			return err
		}
		if l.state != nil {
			if err := l.catchUp(ctx, v, head); err != nil {
				return err
			}
		}
		state.Forget(l.aside.which)
		l.mu.Lock()
		defer l.mu.Unlock()
		if last.After(l.last) {
			l.last = last
		}
		l.state, l.stale = state, false
		l.head.Store(head)
		return nil
	})
}

// catchUp announces the rows up to head that were saved and not announced.
func (l *Ledger) catchUp(ctx context.Context, v store.View, head int64) error {
	for told := l.head.Load(); told < head; {
		entries, err := v.Entries(ctx, told, BatchMax)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return fmt.Errorf("the log ends at %d, its head is %d", told, head)
		}
		told = entries[len(entries)-1].N
		l.head.Store(told)
		l.news.add(entries)
	}
	return nil
}

// answer ends a call.
func (c *call) answer(err error) {
	c.err = err
	close(c.done)
}

// refuse answers every call of a batch with one error.
func refuse(batch []*call, err *parley.Error) {
	for _, c := range batch {
		c.answer(err)
	}
}
