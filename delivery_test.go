package parley_test

import (
	"testing"

	"parley"
)

func TestDeliveryState(t *testing.T) {
	const (
		pending, sent, delivered = parley.DeliveryPending, parley.DeliverySent, parley.DeliveryDelivered
		read, played             = parley.DeliveryRead, parley.DeliveryPlayed
		failed, unconfirmed      = parley.DeliveryFailed, parley.DeliveryUnconfirmed
	)
	tests := []struct {
		name           string
		from, to, want parley.DeliveryState
	}{
		{"CNV-02: the network has it", pending, sent, sent},
		{"CNV-02: delivered may be skipped when it is read at once", sent, read, read},
		{"A-062: a late lower status changes nothing", read, delivered, read},
		{"INV-16: sent after delivered changes nothing", delivered, sent, delivered},
		{"CNV-02: a failure after sent counts", sent, failed, failed},
		{"INV-16: a failure after delivered does not", delivered, failed, delivered},
		{"networks.md 2: delivered on another device after a failure counts", failed, delivered, delivered},
		{"INV-16: a late sent does not undo a failure", failed, sent, failed},
		{"R-46: a status settles what was not confirmed", unconfirmed, delivered, delivered},
		{"R-46: so does a sent", unconfirmed, sent, sent},
		{"R-46: and a failure", unconfirmed, failed, failed},
		{"CNV-02: a voice message is played", read, played, played},
		{"R-40: the same twice is once", played, played, played},
		{"CNV-02: a failure at once", pending, failed, failed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.from.Next(tt.to); got != tt.want {
				t.Errorf("%s then %s is %s, want %s", tt.from, tt.to, got, tt.want)
			}
		})
	}
}
