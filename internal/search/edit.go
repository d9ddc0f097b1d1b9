// Package search says what a typed line means, how texts are written so that the
// databases' engines find them, how well what was found fits: which words are
// alike, and which find is better. Pure.
//
// Begin with query.go; rank.go is the order of finds.
package search

// NearMin is the shortest word in which a slip is forgiven.
//
// Unit: code points.
const NearMin = 5

// Near reports whether two words are the same but for one slip: a letter more,
// one less, another one, or two that changed places. Both are folded already.
// Where both have fewer than
// NearMin letters they must be the same.
func Near(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y) < NearMin || len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return same(x[i:], y[i+1:])
	}
	return same(x[i+1:], y[i+1:]) || i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && same(x[i+2:], y[i+2:])
}

func same(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
