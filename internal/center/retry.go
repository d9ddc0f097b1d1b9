package center

import (
	"context"

	"parley"
)

// Retry sends a message again that failed, and one that is unconfirmed if anyway:
// somebody decided that twice is better than never. Parts that went stay gone.
//
// Errors: parley.ErrNotFound if it is not theirs to send, ErrUnconfirmed,
// ErrConflict if it did not fail, ErrWindowClosed, ErrOptedOut.
// Source: CNV-02, P4, R-46.
func (c *Center) Retry(ctx context.Context, me parley.Actor, id parley.MessageID, anyway bool) (*Message, error) {
	m, err := c.mineOut(ctx, me, id)
	if err != nil {
		return nil, err
	}
	e, err := c.composing(ctx, m.Conversation)
	if err != nil {
		return nil, err
	}
	if err := e.writable(ctx, m); err != nil {
		return nil, err
	}
	if err := c.courier.Again(ctx, id, anyway); err != nil {
		return nil, err
	}
	return c.shownMessage(ctx, me, id)
}

// Check asks the network what became of an unconfirmed message.
//
// Errors: parley.ErrNotFound; parley.ErrNetworkSilent if the network does not
// answer.
// Source: R-46.
func (c *Center) Check(ctx context.Context, me parley.Actor, id parley.MessageID) (*Message, error) {
	m, err := c.mineOut(ctx, me, id)
	if err != nil {
		return nil, err
	}
	if err := c.courier.Ask(ctx, m); err != nil {
		return nil, err
	}
	return c.shownMessage(ctx, me, id)
}

// mineOut returns a message that somebody may send again: of an interaction that
// is theirs, or any for a supervisor.
func (c *Center) mineOut(ctx context.Context, me parley.Actor, id parley.MessageID) (parley.Message, error) {
	m, err := c.store.View().Message(ctx, id)
	if err != nil {
		return m, err
	}
	w, err := c.visible(ctx, me, m.Interaction)
	if err != nil {
		return m, err
	}
	if m.Delivery == nil || w.Agent != me.Agent && !me.Has(parley.MaySupervise) {
		return m, parley.ErrNotFound
	}
	return m, nil
}

// shownMessage returns a message as somebody sees it now.
func (c *Center) shownMessage(ctx context.Context, me parley.Actor, id parley.MessageID) (*Message, error) {
	m, err := c.store.View().Message(ctx, id)
	if err != nil {
		return nil, err
	}
	s, err := c.scene(ctx, me, &c.memory)
	if err != nil {
		return nil, err
	}
	return s.message(m), nil
}
