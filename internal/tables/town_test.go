package tables

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// clock is a clock that stands.
type clock struct{ now time.Time }

func (c clock) Now() time.Time { return c.now }

// town is a center with two agents and a supervisor.
type town struct {
	*Tables
	t             *testing.T
	amy, bob, sam parley.Actor
}

// each runs a test in a fresh town on each database.
func each(t *testing.T, f func(t *testing.T, w *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn, store.Options{})
		l, err := ledger.Open(t.Context(), s, ledger.Options{Clock: clock{storetest.Day}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- l.Run(ctx) }()
		t.Cleanup(func() {
			stop()
			if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
		w := &town{Tables: New(records.New(l, s, clock{storetest.Day}), l, s, clock{storetest.Day}), t: t}
		w.amy = parley.Actor{Agent: "agt_amy", Role: parley.RoleAgent}
		w.bob = parley.Actor{Agent: "agt_bob", Role: parley.RoleAgent}
		w.sam = parley.Actor{Agent: "agt_sam", Role: parley.RoleSupervisor}
		w.do(func(r *store.Rows) {
			storetest.Group(r)
			storetest.Agent(r, "agt_amy")
			storetest.Agent(r, "agt_bob")
			storetest.Agent(r, "agt_sam")
			storetest.Queue(r, "que_support")
			storetest.EntryPoint(r, "que_support")
		}, routing.SaveQueue{Queue: storetest.QueueConfig("que_support")})
		f(t, w)
	})
}

// do hands in rows.
func (w *town) do(rows func(r *store.Rows), routes ...routing.Command) {
	w.t.Helper()
	err := w.ledger.Do(w.t.Context(), ledger.Command{Name: "do", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return ledger.Plan{Routes: routes, Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, nil
	}})
	if err != nil {
		w.t.Fatal(err)
	}
}

// add adds a customer.
func (w *town) add(in records.CustomerInput) {
	w.t.Helper()
	get(w.records.CreateCustomer(w.t.Context(), w.amy, in, ""))(w.t)
}

// fields adds fields of the center's own.
func (w *town) fields(list ...parley.CustomField) {
	w.t.Helper()
	w.do(func(r *store.Rows) {
		for _, f := range list {
			f.Object, f.Rev, f.Active = parley.OfCustomer, 1, true
			r.SaveField(f)
		}
	})
}

// idOf returns the customer of an account number.
func (w *town) idOf(account string) parley.CustomerID {
	w.t.Helper()
	return get(w.store.View().CustomerWithAccount(w.t.Context(), account))(w.t)
}

// export returns all customers as a table.
func (w *town) export() []byte {
	w.t.Helper()
	var out bytes.Buffer
	if err := w.ExportCustomers(w.t.Context(), w.sam, records.CustomerQuery{}, &out, func() error { return nil }); err != nil {
		w.t.Fatal(err)
	}
	return out.Bytes()
}

// arrive lets a visitor of this name wait.
func (w *town) arrive(name string) {
	w.t.Helper()
	w.do(func(r *store.Rows) {
		r.AddConversation(parley.Conversation{
			ID: "con_eve", EntryPoint: "ent_site", Channel: parley.WebChat, ClientID: name, Visitor: parley.Visitor{Name: name}, CreatedAt: r.Now(),
		}, "token", r.Now())
	}, routing.Arrive{Interaction: "int_eve", Conversation: "con_eve", Queue: "que_support", Web: true})
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
