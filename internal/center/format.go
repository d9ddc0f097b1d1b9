package center

import (
	"parley"
	"parley/internal/rich"
	"parley/internal/settings"
)

// sendsRich reports whether answers go out with their marks where they can be shown.
//
// Source: FAQ-04.
func (b *book) sendsRich() bool { return b.values.Bool("faq.send_html", settings.At{}) }

// format reads the marks of what an agent says in our own window, where the center
// wants them shown. The text of the message is the plain version: for search, logs,
// letters and whoever cannot show more. Networks get what was typed.
//
// Source: FAQ-04, A-008.
func (e *outlet) format(say *Words) {
	if e.network != nil || !e.book.sendsRich() {
		return
	}
	blocks := rich.Parse(e.masked(say.Text)) // the message is masked when it is kept
	plain := rich.Spoken(say.Text)
	if plain == "" || !rich.Marked(blocks) {
		return
	}
	if say.content == nil {
		say.content = &parley.Content{Kind: parley.ContentText}
	}
	say.Text, say.content.Blocks = plain, blocks
}
