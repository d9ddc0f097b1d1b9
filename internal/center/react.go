package center

import (
	"context"
	"errors"

	"parley"
	"parley/internal/routing"
)

// React puts an agent's emoji under a message of the customer they serve, in
// place of the one before; "" takes it away. It is shown at once and goes to the
// network from the outbox.
//
// Errors: parley.ErrNotFound if the message is not theirs to see or the
// conversation is another's, ErrInteractionEnded, ErrConflict while it is parked,
// ErrNoReactions where the network has none or the message takes none, ErrInvalid
// for an emoji the network does not take, ErrWindowClosed, ErrOptedOut.
// Source: CNV-07, P4.
func (c *Center) React(ctx context.Context, me parley.Actor, id parley.MessageID, emoji string) (*Message, error) {
	if err := may(me, parley.MayServe, nil); err != nil {
		return nil, err
	}
	m, err := c.store.View().Message(ctx, id)
	if err != nil {
		return nil, err
	}
	if until, _, err := c.mayHear(ctx, me, m.Conversation); err != nil || m.Seq > until {
		return nil, errors.Join(err, parley.ErrNotFound)
	}
	e, err := c.composing(ctx, m.Conversation)
	if err != nil {
		return nil, err
	}
	if err := e.writable(ctx, parley.Message{Sender: parley.FromSystem}); err != nil {
		return nil, err
	}
	err = c.courier.React(ctx, m, emoji, func(s *routing.State) error {
		i, ok := s.OpenOf(m.Conversation)
		return serving(me, i, ok)
	})
	if err != nil {
		return nil, err
	}
	return c.shownMessage(ctx, me, id)
}
