package repeat

import (
	"testing"

	"parley"
	"parley/internal/store"
)

// TestKnown is I15, E22: what was noted is known, until it was not asked for
// between two clearings; where too many are to be kept each may be a repeat.
func TestKnown(t *testing.T) {
	const talk = parley.ConversationID("con_a")
	k := New()
	k.sets[0][talk] = k.hashed([]string{"a"})
	note := func(client string, want bool) {
		t.Helper()
		if had, err := k.Note(t.Context(), store.View{}, talk, client); err != nil || had != want {
			t.Errorf("%s: %v, %v", client, had, err)
		}
	}
	note("a", true)
	note("b", false)
	note("b", true)
	k.Forget()
	note("b", true)
	k.Forget()
	note("a", true)
	k.Forget()
	k.Forget()
	if len(k.sets[0])+len(k.sets[1]) != 0 {
		t.Error("what nobody asked for is still held")
	}
	k.sets[0][talk] = k.hashed(make([]string, long+1))
	note("new", true)
	k.sets[0][talk] = hashes{}
	k.held = most + 1
	k.sets[1]["con_b"] = hashes{}
	if had, err := k.Note(t.Context(), store.View{}, "con_b", "c"); had || err != nil || k.held > 2 {
		t.Errorf("when most are held: %v, %v, %d held", had, err, k.held)
	}
}
