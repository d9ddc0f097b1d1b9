package search

import "testing"

func TestNear(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"refund", "refund", true}, {"refnd", "refund", true}, {"reffund", "refund", true}, {"refand", "refund", true},
		{"refudn", "refund", true}, {"erfund", "refund", true}, {"ordr", "order", true}, {"refunds", "refund", true},
		{"rfnd", "refund", false}, {"cat", "cats", false}, {"cat", "car", false}, {"", "a", false}, {"refdnu", "refund", false},
		{"abcde", "edcba", false}, {"orders", "border", false},
	} {
		if Near(c.a, c.b) != c.want || Near(c.b, c.a) != c.want {
			t.Errorf("one slip in a word of five letters is forgiven: %q, %q: want %v", c.a, c.b, c.want)
		}
	}
}
