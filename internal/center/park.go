package center

import (
	"context"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
)

// preferParked is for how long what was parked is offered first to who parked it,
// where reply.prefer_last_agent is off.
//
// Source: I30.
const preferParked = 60 * time.Second

// Park lays a conversation aside: it takes no place of the agent's until a time,
// or, with the zero time, until the customer writes; either way the customer's
// next message ends it, and so does park.max_days. The customer sees nothing.
//
// Errors: parley.ErrNotFound if it is not the agent's, ErrInteractionEnded,
// ErrConflict on the web and during a transfer, an Invalid one for a time that is
// over or too far away.
// Source: I29.
func (c *Center) Park(ctx context.Context, me parley.Actor, id parley.InteractionID, until time.Time) error {
	w, err := c.mine(ctx, me, id)
	if err != nil {
		return err
	}
	t, err := c.memory.talk(ctx, w.Conversation)
	if err != nil {
		return err
	}
	b, err := c.config(ctx)
	if err != nil {
		return err
	}
	prefer := b.values.Seconds("reply.prefer_last_agent", settings.At{EntryPoint: t.EntryPoint})
	if prefer == 0 {
		prefer = preferParked
	}
	days := b.values.Int("park.max_days", settings.At{Queue: w.Queue})
	return c.ledger.Do(ctx, ledger.Command{
		Name: "park",
		Plan: func(_ context.Context, v ledger.View) (ledger.Plan, error) {
			park := routing.Park{Agent: me.Agent, Interaction: id, Until: until, Open: until.IsZero(), PreferFor: prefer}
			longest := v.Now.Add(time.Duration(days) * 24 * time.Hour)
			switch {
			case park.Open:
				park.Until = longest
			case !until.After(v.Now) || until.After(longest):
				return ledger.Plan{}, parley.ErrInvalid(parley.FieldError{Field: "until", Code: "out_of_range"})
			}
			return ledger.Plan{Route: park}, nil
		},
	})
}

// Unpark takes a parked conversation up again: it is offered to the agent first.
//
// Errors: parley.ErrNotFound, ErrInteractionEnded, ErrConflict if it is not
// parked, ErrAtCapacity, ErrAgentUnavailable.
// Source: I30.
func (c *Center) Unpark(ctx context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.do(ctx, "unpark", nil, routing.Unpark{Agent: me.Agent, Interaction: id})
}

// wakes lets a customer's message take up what is parked, and count the silence
// anew: once in a request.
//
// Source: I15, I30.
func (in *intake) wakes(t *dialog) {
	i, ok := in.v.Router.Interaction(t.within)
	switch {
	case !ok || t.woken:
		return
	case i.State == parley.Parked:
		in.routes = append(in.routes, routing.Unpark{Interaction: i.ID})
	case counts(i):
		in.routes = append(in.routes, routing.Hear{Interaction: i.ID})
	}
	t.woken = true
}

// counts reports whether the silence of an interaction counts.
func counts(i routing.InteractionState) bool {
	return i.State == parley.Active && i.Silence != (routing.Silence{})
}

// hears is what routing is told of a message.
//
// Source: I15.
func hears(s *routing.State, m parley.Message) []routing.Command {
	if i, ok := s.Interaction(m.Interaction); ok && counts(i) {
		return []routing.Command{routing.Hear{Interaction: i.ID}}
	}
	return nil
}

// silence is how long a conversation of an entry point may be silent.
//
// Source: I22, CFG-01.
func (b *book) silence(e parley.EntryPointID) routing.Silence {
	at := settings.At{EntryPoint: e}
	return routing.Silence{Warn: b.values.Seconds("inactivity.warn_s", at), Close: b.values.Seconds("inactivity.close_s", at)}
}
