package center

import (
	"context"
	"encoding/json"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// writeTo has colleagues written to about somebody who left the line for a
// message: who, and what they said, as it stands when the letter is made.
//
// Source: SCR-02: skip the queue, to an address.
func writeTo(r *store.Rows, address string, m parley.Missed) {
	data, _ := json.Marshal(map[string]string{"missed": m.ID, "to": address}) // plain data always can
	r.Outbox(store.Outbox{Kind: MailKind, Subject: m.ID, Data: string(data)})
}

// mailOf is the address that a journey's script writes to, where it led out of the
// line for a message; "" if it does not.
func (c *Center) mailOf(ctx context.Context, v ledger.View, id parley.InteractionID) (string, error) {
	i, err := v.Interaction(ctx, id)
	if err != nil {
		return "", err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return "", err
	}
	o, err := b.standsAt(ctx, v.View, i.Journey)
	return o.Mail, err
}
