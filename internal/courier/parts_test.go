package courier

import (
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
)

// TestStanding: CNV-05, A-062: a long text becomes parts that are counted, and a
// message stands as its lowest part does.
func TestStanding(t *testing.T) {
	m := parley.Message{ID: "msg_1", Sender: parley.FromAgent, Text: "one two three"}
	out := pieces(m, channel.Spec{Limit: 8, Unit: channel.CodePoints})
	if len(out) != 2 || out[1].Part != 1 || out[1].Parts != 2 {
		t.Fatalf("it becomes %+v", out)
	}
	first := store.External{Part: 0, State: string(parley.DeliveryRead)}
	for state, want := range map[string]parley.DeliveryState{
		string(parley.DeliverySent): parley.DeliverySent, partTrying: parley.DeliveryPending, partFailed: parley.DeliveryFailed,
	} {
		if got := standing(2, []store.External{first, {Part: 1, State: state}}); got != want {
			t.Errorf("with a part that is %s it is %s, want %s", state, got, want)
		}
	}
	if got := standing(2, []store.External{first}); got != parley.DeliveryPending {
		t.Errorf("with a part to go it is %s", got)
	}
}

// TestNextPart: P4, M12: the first part that has not gone is next, and one that
// was on its way is seen.
func TestNextPart(t *testing.T) {
	sent := store.External{Part: 0, State: string(parley.DeliverySent)}
	if next, left := nextPart([]store.External{sent}); next != 1 || left {
		t.Errorf("next is %d, left %v", next, left)
	}
	if _, left := nextPart([]store.External{sent, {Part: 1, State: partTrying}}); !left {
		t.Error("nobody sees the part that was left on its way")
	}
}

// TestDetail: A-062: a network's words are kept on one line, valid and bounded.
func TestDetail(t *testing.T) {
	if got := detail(" a\nb\x00c\xff "); got != "a bc\ufffd" {
		t.Errorf("they are kept as %q", got)
	}
	if got := detail(string(make([]rune, 5)) + string([]rune{'x'})); got != "x" {
		t.Errorf("NULs are kept: %q", got)
	}
}
