package center

import (
	"context"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

// Watch looks on at an interaction: its messages and notes come too from now on.
// What was said so far is in its page.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrInteractionEnded.
// Source: XFR-09.
func (c *Center) Watch(ctx context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MaySupervise, nil); err != nil {
		return err
	}
	w, err := c.work(ctx, id)
	if err != nil {
		return err
	}
	if w.State.Final() {
		return parley.ErrInteractionEnded
	}
	c.watches.set(me, id, true)
	return nil
}

// Unwatch looks away. Twice is once.
//
// Errors: parley.ErrForbidden.
func (c *Center) Unwatch(_ context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MaySupervise, nil); err != nil {
		return err
	}
	c.watches.set(me, id, false)
	return nil
}

// Close ends an interaction in any state.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrInteractionEnded.
// Source: I28.
func (c *Center) Close(ctx context.Context, me parley.Actor, id parley.InteractionID) error {
	if err := may(me, parley.MaySupervise, nil); err != nil {
		return err
	}
	return c.do(ctx, "close", nil, routing.Close{Interaction: id, By: parley.AgentID(me.By())})
}

// SetAgentStatus is a supervisor's choice for an agent.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrPresenceNotAllowed, ErrInvalid.
// Source: P15, E32.
func (c *Center) SetAgentStatus(ctx context.Context, me parley.Actor, agent parley.AgentID, to parley.Presence) error {
	if err := may(me, parley.MaySupervise, nil); err != nil {
		return err
	}
	if err := checkStatus(to); err != nil {
		return err
	}
	return c.do(ctx, "set_agent_status", nil, routing.SetStatus{Agent: agent, Status: to, By: parley.AgentID(me.By())})
}

// OfferRange is which offers are asked for.
type OfferRange struct {
	Agent       parley.AgentID
	Queue       parley.QueueID
	Interaction parley.InteractionID
	Before      int64 // Unix milliseconds and interaction of the last one had; 0 = from the newest
	BeforeID    parley.InteractionID
	Limit       int
}

// OfferEnded is an offer and how it ended.
type OfferEnded struct {
	ID          string               `json:"id"`
	Interaction parley.InteractionID `json:"interaction_id"`
	Number      int64                `json:"number"`
	Attempt     int                  `json:"attempt"`
	Agent       Who                  `json:"agent"`
	Queue       Named                `json:"queue"`
	Round       int                  `json:"round"`
	State       parley.OfferState    `json:"state"`
	MadeAt      int64                `json:"made_at"`
	Until       int64                `json:"until"`
	EndedAt     int64                `json:"ended_at"`
	Why         string               `json:"why"`
}

// Offers lists offers with how they ended, the newest first.
//
// Errors: parley.ErrForbidden.
func (c *Center) Offers(ctx context.Context, me parley.Actor, r OfferRange) ([]OfferEnded, error) {
	if err := may(me, parley.MaySupervise, nil); err != nil {
		return nil, err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := c.store.View().Offers(ctx, store.OfferRange{
		Agent: r.Agent, Queue: r.Queue, Interaction: r.Interaction, Before: parley.FromMillis(r.Before), BeforeID: r.BeforeID,
		Limit: bounded(r.Limit),
	})
	out := make([]OfferEnded, 0, len(rows))
	for _, o := range rows {
		out = append(out, OfferEnded{
			ID: o.ID.String(), Interaction: o.ID.Interaction, Number: o.Number, Attempt: o.ID.Attempt,
			Agent: *b.who(o.Agent), Queue: Named{ID: string(o.Queue), Name: b.names[string(o.Queue)].Name}, Round: o.Round,
			State: o.State, MadeAt: parley.Millis(o.Made), Until: parley.Millis(o.Until), EndedAt: parley.Millis(o.Ended), Why: o.Why,
		})
	}
	return out, err
}
