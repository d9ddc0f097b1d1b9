package center

import (
	"context"

	"parley"
	"parley/internal/store"
)

// Sent is the answer to a message: its id, its number and when it came.
type Sent struct {
	ID       parley.MessageID `json:"id"`
	Seq      int64            `json:"seq"`
	At       int64            `json:"at"`
	Repeated bool             `json:"-"` // it was here before
}

func sentAs(m parley.Message, repeated bool) Sent {
	return Sent{ID: m.ID, Seq: m.Seq, At: parley.Millis(m.At), Repeated: repeated}
}

// before returns the answer a client id already has, one without an id if none.
func before(ctx context.Context, v store.View, talk parley.ConversationID, client string) (Sent, error) {
	m, err := v.MessageSent(ctx, talk, client)
	if err != nil {
		return Sent{}, unlessAbsent(err)
	}
	return sentAs(m, true), nil
}

// repeats is before for a plan, which knows what is new without asking.
func (c *Center) repeats(ctx context.Context, v store.View, talk parley.ConversationID, client string) (Sent, error) {
	if had, err := c.lately.Note(ctx, v, talk, client); err != nil || !had {
		return Sent{}, err
	}
	return before(ctx, v, talk, client)
}
