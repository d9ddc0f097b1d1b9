package center

import (
	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

// may reports whether somebody may do a thing to an interaction: by HTTP and in
// frames alike. Whoever may not even know of it is told not_found, so that an
// id tells nothing; whoever may see but not do is told forbidden.
// A nil subject asks for the right as such.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func may(me parley.Actor, p parley.Permission, i *store.Interaction) error {
	if me.Visitor != "" {
		return parley.ErrNotFound // a visitor's doors are others
	}
	if i == nil {
		if !me.Has(p) {
			return parley.ErrForbidden
		}
		return nil
	}
	if !sees(me, i) {
		return parley.ErrNotFound
	}
	switch {
	case !me.Has(p):
		return parley.ErrForbidden
	case p == parley.MayServe && !holds(me, i):
		return parley.ErrForbidden
	}
	return nil
}

// sees reports whether somebody may look at an interaction: its agent, who it
// is offered to, and supervisors.
func sees(me parley.Actor, i *store.Interaction) bool {
	return me.Has(parley.MaySupervise) || holds(me, i) || handled(me, i)
}

// holds reports whether an interaction is in an agent's list: offered, active,
// parked, in wrap-up, or final and not yet viewed.
func holds(me parley.Actor, i *store.Interaction) bool {
	if me.Agent == "" {
		return false
	}
	if i.Offer != nil && i.Offer.Agent == me.Agent {
		return true
	}
	return i.Agent == me.Agent && (i.State == parley.Active || i.State == parley.Parked || i.State == parley.WrapUp || i.Unviewed)
}

// handled reports whether an interaction was an agent's to the end: its log and
// its late notes stay open to them (I26).
func handled(me parley.Actor, i *store.Interaction) bool {
	return me.Agent != "" && i.Agent == me.Agent
}

// serving says why somebody does not serve an interaction now, nil if they do.
//
// Errors: parley.ErrNotFound if it went on to somebody else, ErrConflict while it
// is parked, ErrInteractionEnded.
func serving(me parley.Actor, i routing.InteractionState, ok bool) error {
	switch {
	case ok && i.Agent != me.Agent:
		return parley.ErrNotFound
	case ok && i.State == parley.Parked:
		return parley.ErrConflict
	case !ok || i.State != parley.Active:
		return parley.ErrInteractionEnded
	}
	return nil
}
