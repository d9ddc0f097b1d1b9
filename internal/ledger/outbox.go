package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"parley/internal/routing"
	"parley/internal/store"
)

// Handler makes the effect of an outbox row take place. It may be called again
// after a crash. An error is tried again later; *Retry says when, ErrGiveUp
// that it never will.
type Handler func(ctx context.Context, o store.Outbox) error

// Retry asks to be called again after a time.
type Retry struct {
	After time.Duration
	Err   error
}

// Error returns the cause.
func (r *Retry) Error() string { return fmt.Sprintf("retry after %s: %s", r.After, r.Err) }

// Unwrap returns the cause.
func (r *Retry) Unwrap() error { return r.Err }

// ErrGiveUp says that trying again is of no use. Wrap it.
var ErrGiveUp = errors.New("of no use")

// How often and how long an effect is tried.
//
// Source: tech.md 7.
const (
	outboxFirst  = time.Second
	outboxMost   = 15 * time.Minute
	outboxGiveUp = 24 * time.Hour
	outboxTime   = time.Minute // for one try
	outboxAtOnce = 8           // effects at the same time
)

// Handle signs up for the outbox rows of a kind. Call it before Run.
func (l *Ledger) Handle(kind string, h Handler) { l.handlers[kind] = h }

// runOutbox hands due rows to whoever signed up for their kind, until ctx ends.
func (l *Ledger) runOutbox(ctx context.Context) {
	for ctx.Err() == nil {
		handled, err := l.outboxRound(ctx)
		if err != nil && ctx.Err() == nil {
			l.log.Error("the outbox waits", "error", err)
		}
		if handled > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-time.After(l.outboxRest(ctx)):
		}
	}
}

// outboxRest is how long nothing is due.
func (l *Ledger) outboxRest(ctx context.Context) time.Duration {
	next, err := l.store.View().OutboxNext(ctx)
	if err != nil {
		return retryEvery
	}
	if next.IsZero() {
		return time.Hour // a new row wakes us
	}
	return max(next.Sub(l.clock.Now()), retryEvery)
}

// outboxRound hands out what is due and waits for it. Of one subject only the
// oldest is due, so order is kept.
func (l *Ledger) outboxRound(ctx context.Context) (handled int, err error) {
	due, err := l.store.View().OutboxDue(ctx, l.clock.Now(), outboxAtOnce)
	if err != nil {
		return 0, err
	}
	var (
		all  sync.WaitGroup
		mu   sync.Mutex // guards errs
		errs []error
	)
	for _, o := range due {
		h, ok := l.handlers[o.Kind]
		if !ok {
			mu.Lock()
			errs = append(errs, fmt.Errorf("nobody handles outbox rows of kind %q", o.Kind))
			mu.Unlock()
			continue
		}
		handled++
		all.Go(func() {
			if err := l.handle(ctx, h, o); err != nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
			}
		})
	}
	all.Wait()
	return handled, errors.Join(errs...)
}

// handle tries one row and saves how it went.
func (l *Ledger) handle(ctx context.Context, h Handler, o store.Outbox) error {
	try, cancel := context.WithTimeout(ctx, outboxTime)
	defer cancel()
	tried := h(try, o)
	if ctx.Err() != nil {
		return nil // we are ending: it stays due
	}
	hit("mid_outbox")
	return l.Do(ctx, Command{
		Name: "outbox",
		Plan: func(_ context.Context, v View) (Plan, error) {
			return Plan{Rows: func(r *store.Rows, _ []routing.Event) { settle(r, v.Now, o, tried) }}, nil
		},
	})
}

// settle lists how a try went.
func settle(r *store.Rows, now time.Time, o store.Outbox, tried error) {
	var retry *Retry
	switch {
	case tried == nil:
		r.OutboxDone(o.ID)
	case errors.Is(tried, ErrGiveUp), now.Sub(o.CreatedAt) >= outboxGiveUp:
		r.OutboxDead(o.ID, tried.Error())
	case errors.As(tried, &retry):
		r.OutboxRetry(o.ID, now.Add(retry.After), tried.Error())
	default:
		r.OutboxRetry(o.ID, now.Add(backoff(o.Attempt)), tried.Error())
	}
}

// backoff is how long to wait after so many earlier tries: 1 s * 2^n with
// jitter, 15 minutes at most.
func backoff(attempt int) time.Duration {
	d := outboxMost
	if attempt < 10 {
		d = min(outboxMost, outboxFirst<<attempt)
	}
	return jitter(d)
}
