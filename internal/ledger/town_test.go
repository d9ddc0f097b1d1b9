package ledger

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// hand is a clock that a test sets.
type hand struct {
	mu  sync.Mutex // guards now
	now time.Time
}

func (h *hand) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hand) set(t time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = t
}

// town is a center with amy, bob, the queue support and a few conversations.
type town struct {
	*Ledger
	t     testing.TB
	s     *store.Store
	clock *hand
	told  told
	stop  func() error
}

// told is what a ledger announced.
type told struct {
	mu      sync.Mutex // guards batches
	batches [][]parley.Entry
}

func (o *told) add(batch []parley.Entry) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.batches = append(o.batches, batch)
}

func (o *told) entries() (all []parley.Entry) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, b := range o.batches {
		all = append(all, b...)
	}
	return all
}

// kinds returns how often each kind was announced.
func (o *told) kinds() map[string]int {
	n := map[string]int{}
	for _, e := range o.entries() {
		n[e.Kind]++
	}
	return n
}

// newTown opens a town: a ledger that does not run yet.
func newTown(t testing.TB, s *store.Store) *town {
	t.Helper()
	x := &town{t: t, s: s, clock: &hand{now: storetest.Day}}
	l, err := Open(context.Background(), s, Options{Clock: x.clock, Log: slog.New(slog.DiscardHandler), Owner: "first"})
	if err != nil {
		t.Fatal(err)
	}
	x.Ledger = l
	l.Subscribe(x.told.add)
	return x
}

// run lets the ledger run until the test ends.
func (x *town) run() *town {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- x.Run(ctx) }()
	x.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	x.t.Cleanup(func() { _ = x.stop() }) // a test that cares stops it itself
	return x
}

// found fills a town that runs.
func (x *town) found() *town {
	x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
		storetest.Group(r)
		storetest.Agent(r, "agt_amy")
		storetest.Agent(r, "agt_bob")
		storetest.Queue(r, "que_support")
		storetest.EntryPoint(r, "que_support")
		for i := range 4 {
			storetest.Conversation(r, parley.ConversationID(fmt.Sprintf("con_%d", i+1)))
		}
	}})
	x.must(Plan{Routes: []routing.Command{
		routing.SaveSettings{Settings: routing.DefaultSettings()},
		routing.SaveAgent{Agent: storetest.AgentConfig("agt_amy")},
		routing.SaveAgent{Agent: storetest.AgentConfig("agt_bob")},
		routing.SaveQueue{Queue: storetest.QueueConfig("que_support")},
		routing.SaveMemberships{Memberships: []parley.Membership{
			{Agent: "agt_amy", Queue: "que_support", Level: 80, Assigned: true, Enabled: true},
			{Agent: "agt_bob", Queue: "que_support", Level: 50, Assigned: true, Enabled: true},
		}},
	}})
	return x
}

// open is a town that runs and is filled.
func open(t testing.TB, s *store.Store) *town { return newTown(t, s).run().found() }

func (x *town) do(p Plan) error {
	return x.Do(context.Background(), Command{Name: "test", Plan: func(context.Context, View) (Plan, error) { return p, nil }})
}

func (x *town) must(p Plan) {
	x.t.Helper()
	if err := x.do(p); err != nil {
		x.t.Fatal(err)
	}
}

func (x *town) route(c routing.Command) {
	x.t.Helper()
	if err := x.do(Plan{Route: c}); err != nil {
		x.t.Fatalf("%T: %v", c, err)
	}
}

// available lets agents log in and take work.
func (x *town) available(agents ...parley.AgentID) {
	x.t.Helper()
	for _, a := range agents {
		x.route(routing.Login{Agent: a})
		x.route(routing.LinkUp{Agent: a})
		x.route(routing.SetStatus{Agent: a, Status: parley.Available})
	}
}

// arrive lets a chat come in.
func (x *town) arrive(i parley.InteractionID, c parley.ConversationID) {
	x.t.Helper()
	x.route(routing.Arrive{
		Interaction: i, Conversation: c, Queue: "que_support", Web: true,
		QueueGrace: time.Minute, CustomerGrace: time.Minute,
	})
}

// message is a command that adds a message; a repeat adds none.
func message(c parley.ConversationID, client string) Command {
	return Command{
		Name:  "message",
		Touch: []string{client},
		Plan: func(ctx context.Context, v View) (Plan, error) {
			_, err := v.MessageSent(ctx, c, client)
			if err == nil {
				return Plan{}, nil
			}
			if !errors.Is(err, parley.ErrNotFound) {
				return Plan{}, err
			}
			return Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.Message(&parley.Message{
					ID: parley.MessageID(parley.NewID("msg", v.Now)), Conversation: c, Sender: parley.FromCustomer,
					ClientID: client, Text: "hello " + client, At: v.Now,
				})
			}}, nil
		},
	}
}

// hold keeps the writer busy until release is called.
func (x *town) hold() (release func()) {
	held, free := make(chan struct{}), make(chan struct{})
	once := sync.Once{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = x.Do(context.Background(), Command{Name: "hold", Plan: func(context.Context, View) (Plan, error) {
			once.Do(func() { close(held) })
			<-free
			return Plan{}, nil
		}})
	}()
	<-held
	return func() { close(free); <-done }
}

// send hands commands in while the writer is held, so that they are one batch,
// and returns their answers in order.
func (x *town) send(commands ...Command) []error {
	release := x.hold()
	calls := make([]*call, len(commands))
	for i, c := range commands {
		call, err := x.enter(c)
		if err != nil {
			x.t.Fatal(err)
		}
		calls[i] = call
	}
	release()
	errs := make([]error, len(calls))
	for i, c := range calls {
		errs[i] = x.wait(context.Background(), c)
	}
	return errs
}

// log returns every log row.
func (x *town) log() []parley.Entry {
	x.t.Helper()
	all, err := x.s.View().Entries(context.Background(), 0, 1_000_000)
	if err != nil {
		x.t.Fatal(err)
	}
	return all
}
