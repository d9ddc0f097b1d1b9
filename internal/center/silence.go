package center

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/script"
	"parley/internal/settings"
	"parley/internal/store"
)

// warns tells both sides that nobody has said anything for long: the customer in
// their language, the agent by the same message.
//
// Source: I22.
func (c *Center) warns(ctx context.Context, v ledger.View, id parley.InteractionID, r *store.Rows) error {
	return c.speaks(ctx, v, r, id, func(b *book, e parley.EntryPoint) parley.Text {
		at := settings.At{EntryPoint: e.ID}
		words := parley.Text{EN: b.values.Text("inactivity.text_en", at), FR: b.values.Text("inactivity.text_fr", at)}
		if words == (parley.Text{}) {
			words = script.StillThere
		}
		return words
	})
}

// lineInactive says that a conversation ended because nobody said anything.
const lineInactive = "ended_inactive"

// whyLeft is why the end is the customer's.
const whyLeft = "left"

// whyInactive is why the system ended it.
const whyInactive = "inactivity"
