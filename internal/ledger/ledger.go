// Package ledger is the one place that commits. One goroutine takes what
// people ask for, decides it, saves it in one commit, and only then answers
// and announces.
//
// Read it in this order: ledger.go, run.go, step.go, fail.go, aside.go.
package ledger

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"parley"
	"parley/internal/reserve"
	"parley/internal/routing"
	"parley/internal/store"
)

// Command is one thing somebody asked for. Commands run one after the other, so
// what Plan reads cannot change before its rows are written.
type Command struct {
	Name string // a constant: "accept_offer"

	// Touch names the ids whose rows Plan reads: a conversation, a client id.
	// If an earlier command of the batch touched one, its rows are written (not
	// committed) before Plan.
	Touch []string

	// Spare is for what must be kept even when the disk is full: it may use the
	// room kept for that. Source: R-05.
	Spare bool

	// Plan reads, may refuse with a *parley.Error, and changes nothing. It may
	// be called again if a commit did not take place. A repeat is found here,
	// and returns an empty Plan.
	Plan func(ctx context.Context, v View) (Plan, error)
}

// View is what a Plan may read: rows as they will be, and the router's memory.
type View struct {
	store.View
	Router *routing.State // for questions only
	Now    time.Time      // the command's time
}

// Plan is what a command does that was not refused.
type Plan struct {
	Route  routing.Command                         // nil if routing has no say; it may still refuse
	Routes []routing.Command                       // more, in order; none of them can be refused
	Rows   func(r *store.Rows, es []routing.Event) // lists what to save beside routing's own rows; may be nil
}

// Hook adds rows of its own to what follows from routing's events.
type Hook func(ctx context.Context, v View, es []routing.Event, r *store.Rows) error

// Options say with what a ledger works.
type Options struct {
	Clock parley.Clock
	Log   *slog.Logger
	Owner string // names this process in the lease; made if empty

	Reserve *reserve.File // what is given up when the disk is full; nil: nothing is
}

// QueueMax is how many commands may wait; one more is refused as overloaded.
//
// Unit: commands.
// Source: R-06.
const QueueMax = 2000

// BatchMax is how many commands one commit holds at most.
//
// Unit: commands.
const BatchMax = 256

// dueMax is how many deadlines a batch handles before its commands.
//
// Unit: deadlines.
const dueMax = 100

// Ledger is a center's one writer.
type Ledger struct {
	store *store.Store
	clock parley.Clock
	log   *slog.Logger
	owner string

	reserve *reserve.File

	queue chan *call // QueueMax: what people wait for
	bulk  chan *call // unbuffered: a piece waits for its turn
	asks  chan ask   // unbuffered
	ended chan struct{}

	broken chan error // 1: what the checkpoint's goroutine found

	mu   sync.Mutex // guards last and the order of queue
	last time.Time  // of the latest command

	state     *routing.State // of Run's goroutine
	stale     bool           // memory is ahead of the disk
	restarted bool           // the restart is saved: see restart
	deaf      time.Time      // until then nobody could say that they are back
	late      bool           // the batch has handled dueMax deadlines, and more are due
	reached   time.Time      // when the latest command ran: the log's time never goes back
	lastBulk  time.Time      // when a piece of bulk work last had its turn
	quiet     time.Time      // until then the alarm does not ring: a tick had a fault
	aside     aside          // deadlines that have a fault

	hooks   []Hook              // set before Run
	taps    []tap               // set before Run
	workers map[string]*workers // by kind of outbox row; set before Run
	news    *news
	spare   atomic.Bool   // the reserve is given up: the room there is is for few
	wake    chan struct{} // 1: something is in the outbox
	head    atomic.Int64
	down    atomic.Pointer[parley.Error]
}

// call is a command that waits for its answer.
type call struct {
	Command
	at    time.Time
	first bool // it comes before the deadlines that passed while nobody led
	one   bool // it handles one deadline that passed, alone
	err   error
	done  chan struct{}
}

// ask is a question to the router.
type ask struct {
	question func(*routing.State)
	done     chan error // 1
}

// Open takes the lead of a center and loads its router. It waits while another
// process leads and lives. Errors: *Exit.
func Open(ctx context.Context, s *store.Store, o Options) (*Ledger, error) {
	l := &Ledger{
		store:   s,
		clock:   o.Clock,
		log:     o.Log,
		owner:   o.Owner,
		reserve: o.Reserve,
		queue:   make(chan *call, QueueMax),
		bulk:    make(chan *call),
		asks:    make(chan ask),
		ended:   make(chan struct{}),
		broken:  make(chan error, 1),
		workers: map[string]*workers{},
		news:    newNews(),
		wake:    make(chan struct{}, 1),
	}
	if l.clock == nil {
		l.clock = parley.NewSystemClock()
	}
	if l.log == nil {
		l.log = slog.Default()
	}
	if l.owner == "" {
		l.owner = parley.NewID("own", l.clock.Now())
	}
	err := l.lead(ctx)
	if err == nil {
		err = l.load(ctx)
	}
	if err != nil && store.TroubleOf(err) == store.Broken {
		return nil, &Exit{Code: exitIO, Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("lead the center: %w", err)
	}
	return l, nil
}

// Do hands a command in and waits for its commit.
//
// Errors: the command's own refusals; parley.ErrOverloaded,
// parley.ErrStorageFull, parley.ErrStorageUnavailable; parley.ErrInternal for a
// fault of ours. If ctx ends first the command may still be obeyed.
func (l *Ledger) Do(ctx context.Context, c Command) error {
	call, err := l.enter(c)
	if err != nil {
		return err
	}
	return l.wait(ctx, call)
}

// Insist is Do for what would be lost if it were not saved: while nothing can be
// saved it hands the command in again, until ctx ends.
func (l *Ledger) Insist(ctx context.Context, c Command) error {
	for {
		err := l.Do(context.WithoutCancel(ctx), c)
		var refused *parley.Error
		if err == nil || !errors.As(err, &refused) || refused.Kind != parley.Unavailable || ctx.Err() != nil {
			return err
		}
		pause(ctx, retryEvery)
	}
}

// enter gives a command its time, which is when it came in, and its place.
func (l *Ledger) enter(c Command) (*call, error) {
	if down := l.refuses(c); down != nil {
		return nil, down
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	call := &call{Command: c, at: l.now(), done: make(chan struct{})}
	select {
	case l.queue <- call:
		return call, nil
	default:
		return nil, parley.ErrOverloaded
	}
}

// now is the time of the next command, never before the last one's. The caller
// holds mu.
func (l *Ledger) now() time.Time {
	if now := l.clock.Now(); now.After(l.last) {
		l.last = now
	}
	return l.last
}

// wait returns a call's answer.
func (l *Ledger) wait(ctx context.Context, c *call) error {
	select {
	case <-c.done:
		return c.err
	case <-ctx.Done():
		return ctx.Err()
	case <-l.ended:
		select {
		case <-c.done:
			return c.err
		default:
			return parley.ErrStorageUnavailable
		}
	}
}

// Bulk does bulk work piece by piece, behind the live commands. piece plans the
// next one, of at most 10 ms, and tells whether there is more. Like every Plan it
// may be called again: where the next one begins is known once a piece is saved.
func (l *Ledger) Bulk(ctx context.Context, piece func(ctx context.Context, v View) (plan Plan, more bool, err error)) error {
	for more := true; more; {
		c := &call{done: make(chan struct{})}
		c.Name = "bulk"
		c.Plan = func(ctx context.Context, v View) (plan Plan, err error) {
			plan, more, err = piece(ctx, v)
			return plan, err
		}
		select {
		case l.bulk <- c:
		case <-ctx.Done():
			return ctx.Err()
		case <-l.ended:
			return parley.ErrStorageUnavailable
		}
		if err := l.wait(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// Ask puts a question to the router's memory, between two batches: to what is
// saved. The question must not keep what it is shown.
//
// Errors: parley.ErrStorageUnavailable.
func (l *Ledger) Ask(ctx context.Context, question func(*routing.State)) error {
	a := ask{question: question, done: make(chan error, 1)}
	select {
	case l.asks <- a:
	case <-ctx.Done():
		return ctx.Err()
	case <-l.ended:
		return parley.ErrStorageUnavailable
	}
	return <-a.done // the writer has it, and answers at once
}

// Head returns the number of the last log row that is saved.
func (l *Ledger) Head() int64 { return l.head.Load() }

// Depth returns how many commands wait for the writer.
func (l *Ledger) Depth() int { return len(l.queue) }

// Down returns why nothing can be saved now, nil if all is well.
func (l *Ledger) Down() *parley.Error { return l.down.Load() }

// Subscribe calls f with the log rows of each commit, in order, on one goroutine
// that is not the writer's. f must be quick. Call it before Run.
func (l *Ledger) Subscribe(f func(batch []parley.Entry)) { l.news.subscribe(f) }

// OnEvents calls hook for every command's events, Tick's too, before they are
// committed. What it reads through v has this command's rows. Call it before Run.
func (l *Ledger) OnEvents(hook Hook) { l.hooks = append(l.hooks, hook) }

// OnSave lets list add rows of its own to what follows from a batch's log rows,
// which have their numbers; they are the same commit. It is not called while
// wanted says no, which must cost nothing. What it adds is not told again. Call it
// before Run.
func (l *Ledger) OnSave(wanted func() bool, list func(es []parley.Entry, r *store.Rows)) {
	l.taps = append(l.taps, tap{wanted, list})
}

// tap is somebody who adds to what is saved.
type tap struct {
	wanted func() bool
	list   func(es []parley.Entry, r *store.Rows)
}

// Exit is an error that ends the process with a code.
type Exit struct {
	Code int
	Err  error
}

// Error says why, in one sentence.
func (e *Exit) Error() string { return "the database's file cannot be trusted: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Exit) Unwrap() error { return e.Err }

// ExitCode returns the code.
func (e *Exit) ExitCode() int { return e.Code }

// exitIO is EX_IOERR.
//
// Source: sysexits.h.
const exitIO = 74

// refusal reports whether err is one that was expected: not a database that does
// not answer.
func refusal(err error) bool {
	var e *parley.Error
	return errors.As(err, &e) && e.Kind != parley.Internal && store.TroubleOf(err) == store.Bug
}
