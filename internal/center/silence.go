package center

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/script"
	"parley/internal/settings"
	"parley/internal/store"
)

// stillThere is what a silent customer is asked where nobody chose other words.
var stillThere = parley.Text{
	EN: "Are you still there? If you need nothing more, we will end this conversation soon.",
	FR: "\u00cates-vous toujours l\u00e0? Si vous n\u2019avez plus besoin de rien, nous mettrons bient\u00f4t fin \u00e0 cette conversation.",
}

// warns tells both sides that nobody has said anything for long: the customer in
// their language, the agent by the same message.
//
// Source: I22.
func (c *Center) warns(ctx context.Context, v ledger.View, id parley.InteractionID, r *store.Rows) error {
	f, err := v.Facts(ctx, id)
	if err != nil {
		return err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return err
	}
	e, at := b.entrance[f.EntryPoint], settings.At{EntryPoint: f.EntryPoint}
	words := parley.Text{EN: b.values.Text("inactivity.text_en", at), FR: b.values.Text("inactivity.text_fr", at)}
	language := script.Language(e.Script, f.Visitor.Language)
	text := words.In(language)
	if text == "" {
		text = stillThere.In(language)
	}
	c.utter(r, spot{e.Provider, f.Conversation, id, v.Now}, script.Line{Text: text})
	return nil
}

// lineInactive says that a conversation ended because nobody said anything.
const lineInactive = "ended_inactive"

// whyLeft is why the end is the customer's.
const whyLeft = "left"

// whyInactive is why the system ended it.
const whyInactive = "inactivity"
