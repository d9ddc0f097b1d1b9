package office

import (
	"context"

	"parley"
	"parley/internal/ledger"
)

// Change hands in an administrator's command of another room: its rows and the
// audit row are one commit.
//
// Errors: parley.ErrForbidden, and what plan says.
// Source: CFG-04.
func (o *Office) Change(ctx context.Context, me parley.Actor, name string, plan func(context.Context, ledger.View) (ledger.Change, error)) error {
	return o.change(ctx, me, name, func(ctx context.Context, v ledger.View) (change, error) {
		c, err := plan(ctx, v)
		return change{subject: c.Subject, before: c.Before, after: c.After, rows: c.Rows}, err
	})
}

// Record hands in a command of another room that has asked itself whether one
// may: its rows and the audit row are one commit.
//
// Errors: what plan says.
// Source: CFG-04.
func (o *Office) Record(ctx context.Context, me parley.Actor, name string, plan func(context.Context, ledger.View) (ledger.Change, error)) error {
	return o.do(ctx, me, name, func(ctx context.Context, v ledger.View) (change, error) {
		c, err := plan(ctx, v)
		return change{subject: c.Subject, before: c.Before, after: c.After, rows: c.Rows}, err
	})
}
