package center

import (
	"context"

	"parley"
	"parley/internal/identity"
	"parley/internal/settings"
)

// masked returns a text that somebody typed as it is kept: without the numbers
// of payment cards, unless the center wants them (privacy.mask_cards). It is
// asked before the commit, so that no digit reaches the disk.
func (c *Center) masked(text string) string {
	if len(identity.Cards(text)) == 0 || !c.masks() {
		return text
	}
	return identity.MaskCards(text)
}

func (c *Center) masks() bool {
	b, err := c.memory.book(context.Background())
	return err != nil || b.values.Bool("privacy.mask_cards", settings.At{}) // when in doubt, yes
}

// mask takes card numbers out of a message: of its text and of the fields of a
// form.
func (c *Center) mask(m *parley.Message) {
	m.Text = c.masked(m.Text)
	if m.Content == nil {
		return
	}
	for i, f := range m.Content.Fields {
		m.Content.Fields[i].Value = c.masked(f.Value)
	}
	m.Content.Edited = c.masked(m.Content.Edited)
}
