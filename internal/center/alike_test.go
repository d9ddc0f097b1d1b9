package center

import (
	"fmt"
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

// TestLateEcho: R-46: the echo of a message whose answer was lost is not shown as
// another message, however much the customer wrote before it came.
func TestLateEcho(t *testing.T) {
	wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
		w.feels(func(string) string { return "lost" })
		lost := x.writes(id, "An answer")
		x.stands(lost, parley.DeliveryUnconfirmed, "unknown_outcome")
		for n := range 40 {
			x.brings("ent_wire", says(zoes, fmt.Sprint("late.", n), "And more"))
		}
		before := len(x.said(x.talkOf("ent_wire", phone(zoes))))
		echo := says(zoes, "late.echo", "An answer")
		echo.Echo = true
		x.brings("ent_wire", echo)
		if after := len(x.said(x.talkOf("ent_wire", phone(zoes)))); after != before {
			t.Errorf("the echo is shown as a message of its own: %d lines became %d", before, after)
		}
	})
}
