package center

import (
	"testing"

	"parley"
)

// TestAlike: R-46, P4: asked about a message whose answer was lost, a network may
// show another of the same words. That one went; of this one nobody knows.
func TestAlike(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		went := x.writes(id, "Hi")
		x.stands(went, parley.DeliverySent, "")
		parts, err := x.s.View().ExternalsOf(t.Context(), went)
		x.must(err)
		w.feels(func(string) string { return "lost" })
		lost := x.writes(id, "Hi")
		x.stands(lost, parley.DeliveryUnconfirmed, "unknown_outcome")
		w.feels(nil)
		w.mu.Lock()
		w.known[string(lost)] = parley.Status{ExternalID: parts[0].ID, State: parley.DeliverySent}
		w.mu.Unlock()
		_, err = x.Check(t.Context(), amy, lost)
		x.must(err)
		x.stands(lost, parley.DeliveryUnconfirmed, "unknown_outcome")
	})
}
