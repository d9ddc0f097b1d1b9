package center

import (
	"context"

	"parley"
	"parley/internal/courier"
	"parley/internal/store"
)

// sayOut lists a message that goes to its conversation's network: it is pending
// until the network says otherwise.
//
// Source: CNV-02, P4.
func (c *Center) sayOut(r *store.Rows, m *parley.Message) { c.goesOut(r, m, courier.Delivers) }

// goesOut is sayOut by one of the courier's rows.
func (c *Center) goesOut(r *store.Rows, m *parley.Message, row func(parley.MessageID, parley.ConversationID) store.Outbox) {
	m.Delivery = &parley.Delivery{State: parley.DeliveryPending, At: parley.Millis(r.Now())}
	c.say(r, m)
	r.Outbox(row(m.ID, m.Conversation))
}

// hire opens the room that carries messages to networks.
func (c *Center) hire(r Rooms) *courier.Courier {
	file := r.File
	if file == nil {
		file = c.outFile
	}
	return courier.New(courier.Rooms{
		Ledger: r.Ledger, Store: r.Store, Clock: r.Clock, Log: r.Log, Channels: r.Channels, Seal: r.Seal, File: file, Keep: c.Keep,
		Book: func(ctx context.Context) (*courier.Book, error) {
			b, err := c.config(ctx)
			if err != nil {
				return nil, err
			}
			return b.sends(), nil
		},
	})
}

// sends is the part of the configuration that the courier goes by.
func (b *book) sends() *courier.Book {
	return &courier.Book{Entrances: b.entrance, Countries: b.countries, Values: b.values}
}

// Run keeps the networks' connections, counts and checks going until ctx ends.
func (c *Center) Run(ctx context.Context) error { return c.courier.Run(ctx) }

// ReachedAt tells under which address networks reach the center: https://host.
// Call it before Run.
func (c *Center) ReachedAt(public string) { c.courier.ReachedAt(public) }

// Pause stops what is sent by an entry point, or lets it go on. What waits loses
// nothing and goes on in order.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (c *Center) Pause(ctx context.Context, me parley.Actor, id parley.EntryPointID, on bool) error {
	if err := may(me, parley.MayAdminister, nil); err != nil {
		return err
	}
	return c.courier.Pause(ctx, me, id, on)
}
