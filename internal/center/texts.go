package center

import (
	"context"
	"strings"

	"parley"
	"parley/internal/ledger"
	"parley/internal/script"
	"parley/internal/store"
)

// told adds a system line, and says to the customer what the entry point says by
// itself at that point: that somebody joined, that a colleague goes on. Whoever
// ended the conversation themselves is told nothing.
//
// Source: SCR-02, OFR-12, I16, I20, I21.
func (c *Center) told(ctx context.Context, v ledger.View, r *store.Rows, l systemLine) error {
	if err := c.line(ctx, v, r, l); err != nil {
		return err
	}
	return c.speaks(ctx, v, r, l.interaction, func(b *book, e parley.EntryPoint) parley.Text {
		words, name := textAt(e.Script.Texts, l.text), b.names[string(l.agent)].Name
		return parley.Text{EN: strings.ReplaceAll(words.EN, "{agent}", name), FR: strings.ReplaceAll(words.FR, "{agent}", name)}
	})
}

// speaks says words of the center's own to the customer of an interaction, in
// their language, and nothing if there are none.
func (c *Center) speaks(
	ctx context.Context, v ledger.View, r *store.Rows, id parley.InteractionID, words func(*book, parley.EntryPoint) parley.Text,
) error {
	f, err := v.Facts(ctx, id)
	if err != nil {
		return err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return err
	}
	e := b.entrance[f.EntryPoint]
	if text := words(b, e).In(script.Language(e.Script, f.Visitor.Language)); text != "" {
		c.utter(r, spot{e.Provider, f.Conversation, id, v.Now}, script.Line{Text: text})
	}
	return nil
}

// textAt is what is said where a system line stands.
func textAt(t parley.Texts, line string) parley.Text {
	switch line {
	case lineJoined:
		return t.Joined
	case lineTransferred:
		return t.Transferred
	case lineAgentLost:
		return t.Away
	case lineEnded, lineClosed, lineInactive:
		return t.Ended
	}
	return parley.Text{}
}
