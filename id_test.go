package parley

import (
	"testing"
	"time"
)

func TestMadeAt(t *testing.T) {
	now := time.Date(2026, time.March, 2, 9, 0, 0, 123_000_000, time.UTC)
	if got := MadeAt(NewID("msg", now)); !got.Equal(now) {
		t.Errorf("an id of %s was made at %s", now, got)
	}
	for _, id := range []string{"", "msg", "msg_", "msg_01", "msg_zzzzzzzzzzzz00000000000000000000", "msg_-000000000001000000000000000000f"} {
		if got := MadeAt(id); !got.IsZero() {
			t.Errorf("%q was not made by NewID, and yet at %s", id, got)
		}
	}
}
