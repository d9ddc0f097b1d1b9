package ledger

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"parley"
	"parley/internal/store"
)

// serve runs a batch until every call of it is answered. An error ends the
// process.
func (l *Ledger) serve(ctx context.Context, batch []*call) error {
	if batch = l.welcome(batch); len(batch) == 0 {
		return nil
	}
	for try := 0; ; try++ {
		done, err := l.step(ctx, batch)
		if err == nil {
			l.acknowledge(batch, done)
			return nil
		}
		switch store.TroubleOf(err) {
		case store.Busy:
			if try >= busyMax {
				return l.failed(ctx, batch, errors.Join(errStillBusy, err))
			}
			if err := l.reload(ctx); err != nil {
				return l.failed(ctx, batch, err)
			}
			pause(ctx, jitter(time.Duration(try+1)*10*time.Millisecond))
		case store.Lost:
			committed, ok, again := l.reconnect(ctx, err)
			if again != nil || !ok {
				return l.failed(ctx, batch, again)
			}
			if committed { // and load has announced it
				l.acknowledge(batch, saved{wake: true})
				return nil
			}
			if try > 0 && errors.Is(err, context.DeadlineExceeded) { // it answers, but this is too much for it
				return l.alone(ctx, batch, err)
			}
		case store.Bug:
			return l.alone(ctx, batch, err)
		default:
			return l.failed(ctx, batch, err)
		}
	}
}

// refuses returns why a command cannot be taken now, nil if it can.
func (l *Ledger) refuses(c Command) *parley.Error {
	down := l.down.Load()
	if down != nil && c.Spare && l.spare.Load() {
		return nil
	}
	return down
}

// welcome answers those of a batch that cannot be taken now, and returns the
// others.
func (l *Ledger) welcome(batch []*call) []*call {
	return slices.DeleteFunc(batch, func(c *call) bool {
		down := l.refuses(c.Command)
		if down != nil {
			c.answer(down)
		}
		return down != nil
	})
}

// errStillBusy says that a batch found the database busy again and again.
var errStillBusy = errors.New("still busy")

// acknowledge answers and announces what is saved.
func (l *Ledger) acknowledge(batch []*call, done saved) {
	hit("after_commit_before_ack")
	if n := len(done.entries); n > 0 {
		l.head.Store(done.entries[n-1].N)
	}
	for _, c := range batch {
		close(c.done)
	}
	hit("after_ack_before_announce")
	l.news.add(done.entries)
	if done.wake {
		select {
		case l.wake <- struct{}{}:
		default: // it is already told
		}
	}
}

// failed answers a batch that cannot be saved now, and says so to all who come
// until it can. Errors: *Exit, store.ErrFenced.
func (l *Ledger) failed(ctx context.Context, batch []*call, err error) error {
	trouble := store.TroubleOf(err)
	l.log.Error("nothing can be saved", "took", len(batch), "error", err, "trouble", trouble.String())
	why := parley.ErrStorageUnavailable
	if trouble == store.Full {
		why = parley.ErrStorageFull
		if l.reserve.Give() {
			l.spare.Store(true)
			l.log.Warn("the reserve is given up: drafts and what was sent can still be saved")
		}
	}
	l.down.Store(why)
	refuse(batch, why)
	switch trouble {
	case store.Broken:
		return &Exit{Code: exitIO, Err: err}
	case store.Fenced:
		return err
	}
	if err := l.reload(ctx); err != nil { // reading goes on, if it can
		l.log.Error("memory is ahead of the disk", "error", err)
	}
	return nil
}

// recover tries whether the database can be written to again.
func (l *Ledger) recover(ctx context.Context) error {
	if !l.store.Alone() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, stepMax)
		defer cancel()
	}
	_, err := l.store.Resume(ctx)
	if err == nil && l.spare.Load() {
		err = l.reserve.Keep() // until there is room for it again, what is free is not for everybody
	}
	if err == nil {
		l.spare.Store(false)
		err = l.store.Probe(ctx)
	}
	if err == nil {
		err = l.load(ctx)
	}
	switch {
	case err == nil:
		l.deaf = l.clock.Now().Add(backWithin)
		l.down.Store(nil)
		l.log.Info("saving goes on")
		return nil
	case store.TroubleOf(err) == store.Broken:
		return &Exit{Code: exitIO, Err: err}
	case errors.Is(err, store.ErrFenced):
		return err
	}
	return nil // not yet
}

// reconnect waits for a database that does not answer, for as long as a caller
// waits. ok is false if it did not come back; committed tells whether the
// commit took place whose answer was lost.
func (l *Ledger) reconnect(ctx context.Context, lost error) (committed, ok bool, err error) {
	l.log.Error("the database does not answer", "error", lost)
	until := l.clock.Now().Add(lostMax)
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, retryEvery) {
		attempt, cancel := context.WithTimeout(ctx, lostMax)
		committed, err = l.store.Resume(attempt)
		if err == nil {
			err = l.load(attempt)
		}
		cancel()
		switch {
		case err == nil:
			return committed, true, nil
		case errors.Is(err, store.ErrFenced):
			return false, false, err
		case !l.clock.Now().Before(until):
			return false, false, err
		}
		pause(ctx, jitter(wait))
	}
}

// alone runs the commands of a batch one by one after one of them showed a fault
// of ours, or took longer than a server may: only the guilty one is answered so. What
// took too long may be quicker another time, so whoever insists asks again.
func (l *Ledger) alone(ctx context.Context, batch []*call, err error) error {
	if err := l.reload(ctx); err != nil {
		return l.failed(ctx, batch, err)
	}
	if len(batch) == 1 {
		if found, err := l.blame(ctx, batch[0], err); err != nil {
			return err
		} else if found {
			return l.serve(ctx, batch)
		}
		why := parley.ErrInternal
		if store.TroubleOf(err) == store.Lost {
			why = parley.ErrStorageUnavailable
		}
		l.log.Error("a command has a fault", "command", batch[0].Name, "error", err)
		batch[0].answer(why)
		l.quiet = l.clock.Now().Add(retryEvery)
		return nil
	}
	for _, c := range batch {
		if err := l.serve(ctx, []*call{c}); err != nil {
			return err
		}
	}
	return nil
}

// reload makes memory what the disk says, if it is ahead.
func (l *Ledger) reload(ctx context.Context) error {
	if !l.stale {
		return nil
	}
	return l.load(ctx)
}

// jitter returns a time between half of d and all of it.
func jitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

// pause waits.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
