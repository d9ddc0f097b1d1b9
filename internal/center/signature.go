package center

import (
	"slices"

	"parley"
	"parley/internal/settings"
)

// underText parts a message from the signature below it.
const underText = "\n"

// signature is what stands below an agent's messages there: "" on the web, where
// the entry point does not ask for it, and where the network takes plain letters
// only and the signature has others.
//
// Source: SCR-02, CNV-07.
func (e *outlet) signature(me parley.Actor) string {
	if e.network == nil || !e.book.values.Bool("text.signature", settings.At{EntryPoint: e.ID}) {
		return ""
	}
	crew := e.book.crews[me.Group]
	i := slices.IndexFunc(crew, func(a parley.Agent) bool { return a.ID == me.Agent })
	if i < 0 || e.spec.PlainText && parley.HasEmoji(crew[i].Signature) {
		return ""
	}
	return crew[i].Signature
}

// textLimit is how long an agent's text may be there, with room for a signature.
//
// Unit: code points after NFC.
// Source: CNV-03.
func (e *outlet) textLimit(me parley.Actor, channel parley.Channel) int {
	limit := e.book.agentLimit(me, channel)
	if signature := e.signature(me); signature != "" {
		limit -= length(underText + signature)
	}
	return max(1, limit)
}

// sign puts the signature below a text; what has no words needs none.
func (e *outlet) sign(me parley.Actor, text string) string {
	signature := e.signature(me)
	if signature == "" || text == "" {
		return text
	}
	return text + underText + signature
}
