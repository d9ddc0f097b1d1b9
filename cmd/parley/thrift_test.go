package main

import "testing"

// TestThrift lets the heap grow by what ten seconds need, and takes it back within seconds.
func TestThrift(t *testing.T) {
	const mb = 1 << 20
	var x thrift
	total := uint64(0)
	look := func(asked uint64) int {
		total += asked
		return x.look(total, 100*mb)
	}
	if got := look(0); got != growthLeast {
		t.Errorf("nothing is asked for: %d %%", got)
	}
	if got := look(5 * mb); got != 50 {
		t.Errorf("50 MB in ten seconds, of 100: %d %%", got)
	}
	if got := look(0); got != 25 {
		t.Errorf("a quiet second later: %d %%", got)
	}
	if got := look(1000 * mb); got != growthMost {
		t.Errorf("as busy as can be: %d %%", got)
	}
	for range 10 {
		look(0)
	}
	if got := look(0); got != growthLeast {
		t.Errorf("after ten quiet seconds: %d %%", got)
	}
}
