package center

import (
	"slices"
	"testing"
	"time"
)

// TestWaitMessagesAfterTransfer: SCR-02, XFR-06: who is handed on to a queue hears
// again what is said to those who wait, and no more once they are served.
func TestWaitMessagesAfterTransfer(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.draws(asks(), "ent_support")
		x.works(amy)
		v := x.visits("ent_support", bea)
		x.answers(v, "billing")
		offer := x.ringing(v)
		x.must(x.AcceptOffer(t.Context(), amy, offer))
		x.later(2 * time.Minute)
		if got := x.said(v); slices.Contains(got, "system: Soon") {
			t.Fatalf("SCR-02: who is served is told to wait: %q", got)
		}
		x.must(x.Transfer(t.Context(), amy, offer.Interaction, Handover{Queue: "que_quick", ClientID: x.client()}))
		x.news(0)
		x.later(30*time.Second + time.Millisecond)
		if got := x.said(v); !slices.Contains(got, "system: Soon") {
			t.Errorf("SCR-02: in the next line they hear %q", got)
		}
	})
}
