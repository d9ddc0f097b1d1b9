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
// after a crash. An error is tried again later; *Retry says when, *Wait that
// nothing was tried, ErrGiveUp that it is of no use, and ErrSettled that the
// handler saved itself how it went.
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

// Wait asks to be called after a time; it is no try.
type Wait struct{ After time.Duration }

// Error says so.
func (w *Wait) Error() string { return fmt.Sprintf("wait %s", w.After) }

// What a handler returns besides.
var (
	ErrGiveUp  = errors.New("of no use") // wrap it
	ErrSettled = errors.New("settled")
)

// How often and how long an effect is tried.
const (
	outboxFirst  = time.Second
	outboxMost   = 15 * time.Minute
	outboxGiveUp = 24 * time.Hour
	outboxTime   = time.Minute // for one try
	outboxAtOnce = 8           // effects of a kind at the same time
	outboxPage   = 256         // rows read at once
)

// workers make the effects of one kind of rows take place, several at the same
// time: a slow one holds up nobody but those of its subject. Its goroutine owns
// ready and taken.
type workers struct {
	kind   string
	most   int // at the same time
	handle Handler
	wake   chan struct{} // 1: there is something new
	ended  chan string   // most: ids of rows whose try is saved
	ready  []store.Outbox
	taken  map[string]struct{} // ready or being tried
	busy   int
}

// Handle signs up for the outbox rows of a kind. Call it before Run.
func (l *Ledger) Handle(kind string, h Handler) { l.HandleMany(kind, outboxAtOnce, h) }

// HandleMany signs up for the outbox rows of a kind, with how many of them may be
// tried at the same time. Call it before Run.
func (l *Ledger) HandleMany(kind string, most int, h Handler) {
	l.workers[kind] = &workers{
		kind: kind, most: most, handle: h, wake: make(chan struct{}, 1), ended: make(chan string, most), taken: map[string]struct{}{},
	}
}

// runOutbox lets the workers work until ctx ends.
func (l *Ledger) runOutbox(ctx context.Context) {
	var all sync.WaitGroup
	defer all.Wait()
	for _, w := range l.workers {
		all.Go(func() { l.work(ctx, w) })
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		}
		for _, w := range l.workers {
			select {
			case w.wake <- struct{}{}:
			default: // it will look anyway
			}
		}
	}
}

// work hands out due rows until ctx ends, and then waits for what is tried.
func (l *Ledger) work(ctx context.Context, w *workers) {
	var tries sync.WaitGroup
	defer tries.Wait()
	for ctx.Err() == nil {
		rest, err := l.fill(ctx, w)
		if err != nil && ctx.Err() == nil {
			l.log.Error("the outbox waits", "kind", w.kind, "error", err)
			rest = retryEvery
		}
		for ; w.busy < w.most && len(w.ready) > 0; w.busy++ {
			o := w.ready[0]
			w.ready = w.ready[1:]
			tries.Go(func() { l.try(ctx, w, o) })
		}
		w.pause(ctx, rest)
	}
}

// pause waits until there may be something to do, at most for rest. While all
// are busy only the end of a try matters.
func (w *workers) pause(ctx context.Context, rest time.Duration) {
	wake, timer := w.wake, time.NewTimer(rest)
	defer timer.Stop()
	if w.busy == w.most {
		wake = nil
	}
	select {
	case <-ctx.Done():
	case <-wake:
	case <-timer.C:
	case id := <-w.ended:
		w.end(id)
	}
	for {
		select {
		case id := <-w.ended:
			w.end(id)
		default:
			return
		}
	}
}

func (w *workers) end(id string) {
	delete(w.taken, id)
	w.busy--
}

// fill reads due rows if none are left, and returns for how long nothing is due.
// A row is taken until after its try is saved, so none is read twice.
func (l *Ledger) fill(ctx context.Context, w *workers) (time.Duration, error) {
	if len(w.ready) > 0 || w.busy == w.most {
		return time.Hour, nil // the end of a try wakes us
	}
	now := l.clock.Now()
	due, err := l.store.View().OutboxDue(ctx, w.kind, now, len(w.taken)+min(w.most, outboxPage))
	if err != nil {
		return 0, err
	}
	for _, o := range due {
		if _, ok := w.taken[o.ID]; !ok {
			w.taken[o.ID] = struct{}{}
			w.ready = append(w.ready, o)
		}
	}
	if len(w.ready) > 0 {
		return time.Hour, nil
	}
	next, err := l.store.View().OutboxNext(ctx, w.kind, now)
	if err != nil || next.IsZero() {
		return time.Hour, err // a new row wakes us
	}
	return max(next.Sub(l.clock.Now()), time.Millisecond), nil
}

// try tries one row and saves how it went, however long that takes: an effect
// that is not noted would take place again.
func (l *Ledger) try(ctx context.Context, w *workers, o store.Outbox) {
	defer func() { w.ended <- o.ID }()
	limited, cancel := context.WithTimeout(ctx, outboxTime)
	defer cancel()
	tried := w.handle(limited, o)
	if errors.Is(tried, ErrSettled) || ctx.Err() != nil && tried != nil {
		return // or we are ending: it stays due
	}
	hit("mid_outbox")
	for {
		err := l.Do(context.WithoutCancel(ctx), Command{
			Name: "outbox", Spare: true,
			Plan: func(_ context.Context, v View) (Plan, error) {
				return Plan{Rows: func(r *store.Rows, _ []routing.Event) { settle(r, v.Now, o, tried) }}, nil
			},
		})
		if err == nil || ctx.Err() != nil {
			return
		}
		select {
		case <-ctx.Done():
		case <-l.ended:
			return
		case <-time.After(retryEvery):
		}
	}
}

// settle lists how a try went.
func settle(r *store.Rows, now time.Time, o store.Outbox, tried error) {
	var retry *Retry
	var wait *Wait
	switch {
	case tried == nil:
		r.OutboxDone(o)
	case errors.As(tried, &wait):
		r.OutboxWait(o, now.Add(wait.After))
	case errors.Is(tried, ErrGiveUp), now.Sub(o.CreatedAt) >= outboxGiveUp:
		r.OutboxDead(o, tried.Error())
	case errors.As(tried, &retry):
		r.OutboxRetry(o, now.Add(retry.After), tried.Error())
	default:
		r.OutboxRetry(o, now.Add(backoff(o.Attempt)), tried.Error())
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
