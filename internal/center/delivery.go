package center

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// statuses keeps what a network says of messages whose sending is not saved yet.
func (c *Center) statuses(_ context.Context, _ ledger.View, e parley.EntryPoint, ss []parley.Status) (func(*store.Rows), error) {
	return func(r *store.Rows) { r.Beat(e.ID, store.Beat{Receipt: len(ss) > 0}) }, nil
}


// DeliverKind is the outbox kind of a message on its way to a network; its data
// names the message.
const DeliverKind = "deliver"

func (c *Center) sayOut(r *store.Rows, m *parley.Message) {
	m.Delivery = &parley.Delivery{State: parley.DeliveryPending, At: parley.Millis(r.Now())}
	c.say(r, m)
}
