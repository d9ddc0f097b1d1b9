package records

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// clock is a clock that stands.
type clock struct{ now time.Time }

func (c clock) Now() time.Time { return c.now }

// town is a center with two agents, a supervisor and one queue.
type town struct {
	*Records
	t        *testing.T
	amy, bob parley.Actor
	sam, ada parley.Actor

	stumbles atomic.Bool // every commit fails at first, as one that met another
	fell     bool        // the last one did
}

// commit is what the database answers at a point.
func (w *town) commit(point string) error {
	if point != "commit" || !w.stumbles.Load() {
		return nil
	}
	if w.fell = !w.fell; w.fell {
		return &pgconn.PgError{Code: "40001"}
	}
	return nil
}

// each runs a test in a fresh town on each database. Closed interactions are
// logged, as the center does it.
func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Helper()
	eachDSN(t, func(t *testing.T, w *town, _ string) { f(t, w) })
}

// eachDSN is each, for tests that look behind the store.
func eachDSN(t *testing.T, f func(t *testing.T, w *town, dsn string)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		w := &town{t: t}
		s := storetest.Open(t, dsn, store.Options{Inject: w.commit})
		l, err := ledger.Open(t.Context(), s, ledger.Options{Clock: clock{storetest.Day}})
		if err != nil {
			t.Fatal(err)
		}
		l.OnEvents(func(ctx context.Context, v ledger.View, es []routing.Event, r *store.Rows) error {
			values, err := v.Settings(ctx)
			for _, e := range es {
				if closed, ok := e.(routing.InteractionClosed); ok && err == nil {
					err = AddLog(ctx, v.View, r, closed, settings.New(values))
				}
			}
			return err
		})
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- l.Run(ctx) }()
		t.Cleanup(func() {
			stop()
			if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
		w.Records = New(l, s, clock{storetest.Day})
		w.amy = parley.Actor{Agent: "agt_amy", Role: parley.RoleAgent}
		w.bob = parley.Actor{Agent: "agt_bob", Role: parley.RoleAgent}
		w.sam = parley.Actor{Agent: "agt_sam", Role: parley.RoleSupervisor}
		w.ada = parley.Actor{Agent: "agt_ada", Role: parley.RoleAdmin}
		w.settle()
		f(t, w, dsn)
	})
}

// do hands in routing commands and rows.
func (w *town) do(rows func(r *store.Rows), routes ...routing.Command) {
	w.t.Helper()
	err := w.ledger.Do(w.t.Context(), ledger.Command{Name: "do", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		p := ledger.Plan{Routes: routes}
		if rows != nil {
			p.Rows = func(r *store.Rows, _ []routing.Event) { rows(r) }
		}
		return p, nil
	}})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) settle() {
	w.t.Helper()
	q := storetest.QueueConfig("que_support")
	q.WrapUp = 0
	w.do(func(r *store.Rows) {
		storetest.Group(r)
		for _, id := range []parley.AgentID{"agt_amy", "agt_bob", "agt_sam", "agt_ada"} {
			storetest.Agent(r, id)
		}
		storetest.Queue(r, "que_support")
		storetest.EntryPoint(r, "que_support")
	},
		routing.SaveAgent{Agent: storetest.AgentConfig("agt_amy")},
		routing.SaveQueue{Queue: q},
		routing.SaveMemberships{Memberships: []parley.Membership{{Agent: "agt_amy", Queue: "que_support", Level: 50, Assigned: true, Enabled: true}}},
		routing.Login{Agent: "agt_amy"},
		routing.SetStatus{Agent: "agt_amy", Status: parley.Available},
	)
}

// talk lets a visitor arrive and amy accept. It returns the interaction.
func (w *town) talk(name string, visitor parley.Visitor) parley.InteractionID {
	w.t.Helper()
	i, c := parley.InteractionID("int_"+name), parley.ConversationID("con_"+name)
	w.do(func(r *store.Rows) {
		r.AddConversation(parley.Conversation{
			ID: c, EntryPoint: "ent_site", Channel: parley.WebChat, ClientID: name, Visitor: visitor, CreatedAt: r.Now(),
		}, "token of "+name, r.Now())
	}, routing.Arrive{Interaction: i, Conversation: c, Queue: "que_support", Web: true})
	w.do(nil, routing.Accept{Agent: "agt_amy", Offer: parley.OfferID{Interaction: i, Attempt: 1}})
	return i
}

// end ends an interaction; without wrap-up it is logged at once.
func (w *town) end(i parley.InteractionID) {
	w.t.Helper()
	w.do(nil, routing.End{Agent: "agt_amy", Interaction: i})
}

// log returns the case of an interaction, the zero one if it has none.
func (w *town) log(i parley.InteractionID) parley.Case {
	w.t.Helper()
	c, err := w.store.View().CaseLog(w.t.Context(), i)
	if err != nil && !absent(err) {
		w.t.Fatal(err)
	}
	return c
}

// set sets a tenant's value.
func (w *town) set(key, value string) {
	w.t.Helper()
	w.do(func(r *store.Rows) { r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: key, Value: value}) })
}

// add adds a customer.
func (w *town) add(first, last, account string, change ...func(*CustomerInput)) parley.CustomerID {
	w.t.Helper()
	in := CustomerInput{FirstName: first, LastName: last, AccountNumber: account}
	for _, f := range change {
		f(&in)
	}
	return get(w.CreateCustomer(w.t.Context(), w.amy, in, ""))(w.t)
}

func email(list ...string) func(*CustomerInput) { return func(in *CustomerInput) { in.Emails = list } }
func phone(list ...string) func(*CustomerInput) { return func(in *CustomerInput) { in.Phones = list } }

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
	if !errors.As(err, &e) || e.Kind != parley.Invalid || !slices.Equal(e.Fields, want) {
		t.Errorf("%s: got %v, want %v", rule, err, want)
	}
}
