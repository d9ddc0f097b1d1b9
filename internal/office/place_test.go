package office

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/auth/password"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// clock is a clock that stands until it is moved.
type clock struct {
	mu  sync.Mutex // guards now
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// place is an office in a center of its own.
type place struct {
	*Office
	t     *testing.T
	clock *clock
	waits []time.Duration // asked for
	ada   parley.Actor
	group parley.GroupID
}

const secret = "correct horse"

// secretHash is what is kept of it; hashing takes its time by design, so the
// tests share it.
var secretHash = sync.OnceValue(func() string {
	hash, err := password.New().Hash(context.Background(), secret)
	if err != nil {
		panic(err)
	}
	return hash
})

// newPlace opens an office over s and runs it. The center has one
// administrator, ada.
func newPlace(t *testing.T, s *store.Store, with ...func(*ledger.Options)) *place {
	t.Helper()
	p := emptyPlace(t, s, with...)
	ctx := t.Context()
	err := p.begin(ctx, SetupInput{Center: "Acme", Zone: "America/Toronto", Login: "ada", DisplayName: "Ada"}, beginning{hash: secretHash()})
	if err != nil {
		t.Fatal(err)
	}
	who, err := s.View().CredentialNamed(ctx, "ada")
	if err != nil {
		t.Fatal(err)
	}
	p.group = who.Group
	p.ada = parley.Actor{Agent: who.ID, Group: who.Group, Role: who.Role, Preset: parley.PresetWorkspace, Request: "req_1", IP: "127.0.0.1"}
	return p
}

var testSeal, _ = seal.New(make([]byte, seal.KeyBytes))

// emptyPlace opens an office whose center has not begun.
func emptyPlace(t *testing.T, s *store.Store, with ...func(*ledger.Options)) *place {
	t.Helper()
	p := &place{t: t, clock: &clock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}
	o := ledger.Options{Clock: p.clock}
	for _, set := range with {
		set(&o)
	}
	l, err := ledger.Open(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	p.Office = New(l, s, p.clock, testSeal)
	p.wait = func(_ context.Context, d time.Duration) error {
		p.waits = append(p.waits, d)
		return nil
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- l.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the ledger: %v", err)
		}
	})
	return p
}

// each runs a test in a fresh center on each database.
func each(t *testing.T, f func(t *testing.T, p *place)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) { f(t, newPlace(t, s)) })
}

// hire adds an agent whose password is secret.
func (p *place) hire(login string, change ...func(*AgentInput)) parley.AgentID {
	p.t.Helper()
	in := AgentInput{Login: login, DisplayName: login, Role: parley.RoleAgent, Group: p.group, Enabled: true}
	for _, f := range change {
		f(&in)
	}
	return get(p.addAgent(p.t.Context(), p.ada, in, secretOf{hash: secretHash()}))(p.t)
}

// get returns a value, or ends the test.
func get[T any](value T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// enter signs somebody in.
func (p *place) enterAs(login string) (SignedIn, parley.Actor) {
	p.t.Helper()
	in := get(p.SignIn(p.t.Context(), SignIn{Login: login, Password: secret, IP: "10.0.0.1", TakeOver: true}))(p.t)
	return in, get(p.ResolveSession(p.t.Context(), in.Token, parley.SurfaceApp))(p.t)
}

// refused checks an error against a refusal.
func refused(t *testing.T, rule string, err error, want *parley.Error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", rule, err, want)
	}
}

// faulty checks which fields a refusal names.
func faulty(t *testing.T, rule string, err error, want ...parley.FieldError) {
	t.Helper()
	var e *parley.Error
	if !errors.As(err, &e) || e.Kind != parley.Invalid {
		t.Fatalf("%s: got %v", rule, err)
	}
	if !slices.Equal(e.Fields, want) {
		t.Errorf("%s: got %v, want %v", rule, e.Fields, want)
	}
}

// config is what routing knows of an agent.
func (p *place) config(id parley.AgentID) (a routing.AgentView) {
	p.t.Helper()
	if err := p.ledger.Ask(p.t.Context(), func(s *routing.State) { a, _ = s.Agent(id) }); err != nil {
		p.t.Fatal(err)
	}
	return a
}

// queue is what routing knows of a queue.
func (p *place) queue(id parley.QueueID) (q routing.QueueState, known bool) {
	p.t.Helper()
	if err := p.ledger.Ask(p.t.Context(), func(s *routing.State) { q, known = s.Queue(id) }); err != nil {
		p.t.Fatal(err)
	}
	return q, known
}
