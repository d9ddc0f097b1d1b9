package search

import "testing"

// TestOlder: a search looks no further back than it must, and a younger window is
// not asked again.
func TestOlder(t *testing.T) {
	const million = 1_000_000
	for _, c := range []struct {
		age, found, limit int
		last              int64
		want              int
	}{
		{FreshAge, 79, 80, million, 12}, {FreshAge, 9, 80, million, 12}, {FreshAge, 8, 80, million, 14}, {FreshAge, 0, 80, million, 16},
		{12, 79, 80, million, 14}, {12, 4, 80, million, 16}, {12, 0, 80, million, 0}, {18, 60, 80, million, 0}, {16, 79, 80, million, 18},
		{FreshAge, 0, 80, 100 * million, 16}, {16, 0, 80, 100 * million, 0}, {16, 1, 80, 100 * million, 22}, {FreshAge, 60, 80, 8191, 0},
		{FreshAge, 60, 80, 8192, 12}, {22, 79, 80, 100 * million, 0},
	} {
		if got := Older(c.age, c.found, c.limit, c.last); got != c.want {
			t.Errorf("after %d of %d in age %d of %d texts comes %d, not %d", c.found, c.limit, c.age, c.last, got, c.want)
		}
	}
}
