package center

import (
	"context"
	"slices"

	"parley"
	"parley/internal/store"
)

// readable returns an interaction that somebody may read: one they may look at,
// or a past one.
//
// Errors: parley.ErrNotFound.
func (c *Center) readable(ctx context.Context, me parley.Actor, id parley.InteractionID) (*work, error) {
	w, err := c.work(ctx, id)
	if err != nil || me.Visitor == "" && sees(me, &w.Interaction) {
		return w, err
	}
	past, err := c.past(ctx, me, &w.Interaction)
	if err == nil && !past {
		err = parley.ErrNotFound
	}
	return w, err
}

// past reports whether somebody may read what another had with a customer, once it
// is over: where it was logged, who may see the case; else who works in its queue.
//
// Source: CRM-14, A-022.
func (c *Center) past(ctx context.Context, me parley.Actor, i *store.Interaction) (bool, error) {
	if me.Visitor != "" || !me.Has(parley.MayRecords) || !i.State.Final() {
		return false, nil
	}
	if i.Log != nil {
		log, err := c.store.View().Case(ctx, i.Log.ID)
		return err == nil && log.SeenBy(me), err
	}
	t, err := c.memory.talk(ctx, i.Conversation)
	if err != nil || t.Customer == "" {
		return false, err
	}
	b, err := c.config(ctx)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(b.members, func(m parley.Membership) bool {
		return m.Agent == me.Agent && m.Queue == i.Queue && m.Assigned
	}), nil
}
