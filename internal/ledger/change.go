package ledger

import (
	"context"

	"parley"
	"parley/internal/store"
)

// Change is what an audited command does, as the audit log keeps it.
type Change struct {
	Subject       string
	Before, After any // nil: it is new, or gone
	Rows          func(r *store.Rows)
}

// Changer hands in an audited command: its rows and the audit row are one commit.
// The office is one, and gives it to the rooms beside it.
//
// Errors: what plan says; parley.ErrForbidden where the right is asked.
// Source: CFG-04.
type Changer func(ctx context.Context, me parley.Actor, name string, plan func(context.Context, View) (Change, error)) error
