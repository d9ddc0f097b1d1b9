// Package tables takes records out and in as spreadsheets have them: customers,
// cases and interactions of a list as CSV, customers from a file, and the lists that
// people keep with their columns.
//
// Begin with columns.go, what a table of customers says; export.go writes it,
// import.go reads it again.
package tables

import (
	"parley"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/store"
)

// Tables are the records of one contact center as tables.
type Tables struct {
	records *records.Records
	ledger  *ledger.Ledger
	store   *store.Store
	clock   parley.Clock
}

// New returns the tables of what is kept in s.
func New(r *records.Records, l *ledger.Ledger, s *store.Store, clock parley.Clock) *Tables {
	return &Tables{records: r, ledger: l, store: s, clock: clock}
}

// may reports whether somebody has a right.
//
// Errors: parley.ErrForbidden.
func may(me parley.Actor, p parley.Permission) error {
	if me.Visitor != "" || !me.Has(p) {
		return parley.ErrForbidden
	}
	return nil
}

// rows is a plan that routing has no say in.
func rows(list func(*store.Rows)) ledger.Plan {
	return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { list(r) }}
}
