package center

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
)

// AcceptOffer makes the offered interaction the agent's. Twice is once (E4).
//
// Errors: parley.ErrOfferExpired if it was withdrawn or its time is over,
// ErrCustomerLeft, ErrNotFound if it is another agent's.
// Source: OFR-04, I10, OFR-12 (the rest is in happens.go).
func (c *Center) AcceptOffer(ctx context.Context, me parley.Actor, offer parley.OfferID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.do(ctx, "accept_offer", nil, routing.Accept{Agent: me.Agent, Offer: offer})
}

// RejectOffer gives the offered interaction back, with a coded reason if the
// agent chose one.
//
// Errors: parley.ErrRejectNotPermitted, ErrOfferExpired, ErrNotFound; an Invalid
// one for a code that is not one of reject.
// Source: OFR-05, PRE-13.
func (c *Center) RejectOffer(ctx context.Context, me parley.Actor, offer parley.OfferID, code parley.StatusCodeID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name: "reject_offer",
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			b, err := c.memory.book(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			if a, ok := v.Router.Agent(me.Agent); ok && a.MayReject && code != "" {
				if err := b.checkCode("reject", code); err != nil {
					return ledger.Plan{}, err
				}
			}
			return ledger.Plan{Route: routing.Reject{Agent: me.Agent, Offer: offer, Code: code}}, nil
		},
	})
}

// checkCode refuses a coded reason that does not fit: one that does not apply,
// and none where the center has some.
//
// Errors: parley.ErrStatusCodeRequired, ErrInvalid.
// Source: PRE-13.
func (b *book) checkCode(applies string, code parley.StatusCodeID) error {
	some := false
	for _, s := range b.codes {
		if s.Applies == applies && s.Active {
			some = true
			if s.ID == code {
				return nil
			}
		}
	}
	switch {
	case code != "":
		return parley.ErrInvalid(parley.FieldError{Field: "code", Code: "unknown"})
	case some:
		return parley.ErrStatusCodeRequired
	}
	return nil
}
