// Package tables takes records out and in as spreadsheets have them: customers,
// cases and interactions of a list as CSV, and customers from a file.
//
// Begin with columns.go, what a table of customers says; export.go writes it,
// import.go reads it again.
package tables

import (
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/store"
)

// Tables are the records of one contact center as tables.
type Tables struct {
	records *records.Records
	ledger  *ledger.Ledger
	store   *store.Store
}

// New returns the tables of what is kept in s.
func New(r *records.Records, l *ledger.Ledger, s *store.Store) *Tables {
	return &Tables{records: r, ledger: l, store: s}
}
