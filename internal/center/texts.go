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
	f, err := v.Facts(ctx, l.interaction)
	if err != nil {
		return err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return err
	}
	e := b.entrance[f.EntryPoint]
	text := textAt(e.Script.Texts, l.text).In(script.Language(e.Script, f.Visitor.Language))
	if text = strings.ReplaceAll(text, "{agent}", b.names[string(l.agent)].Name); text == "" {
		return nil
	}
	c.utter(r, spot{e.Provider, f.Conversation, l.interaction, v.Now}, script.Line{Text: text})
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
