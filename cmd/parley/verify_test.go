package main

import "testing"

// TestVerdict: one record is one, and none is no failure.
func TestVerdict(t *testing.T) {
	for found, want := range map[int]string{1: "1 record breaks a rule", 2: "2 records break a rule"} {
		if err := verdict(found); err == nil || err.Error() != want {
			t.Errorf("%d: %v", found, err)
		}
	}
	if err := verdict(0); err != nil {
		t.Errorf("none: %v", err)
	}
}
