package office

import (
	"context"

	"parley"
)

// Begin says why nobody of ours can start a conversation with somebody at an
// entry point: the customer writes first, on every network.
//
// Errors: parley.ErrForbidden, ErrNotFound, parley.ErrSMSCustomerFirst by text
// message, parley.ErrCustomerFirst elsewhere.
// Source: SMS-03.
func (o *Office) Begin(ctx context.Context, me parley.Actor, at parley.EntryPointID) error {
	if err := may(me, parley.MayServe); err != nil {
		return err
	}
	e, err := o.store.View().EntryPoint(ctx, at)
	if err != nil {
		return err
	}
	if e.Channel == parley.SMS {
		return parley.ErrSMSCustomerFirst
	}
	return parley.ErrCustomerFirst
}
