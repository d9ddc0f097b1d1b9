package parley_test

import (
	"slices"
	"testing"

	"parley"
)

// F011: an order is found by the products in it, a form only by its answers.
func TestSaid(t *testing.T) {
	said := func(kind parley.ContentKind) []string {
		line := []parley.Pair{{Name: "TEA-0042", Value: "2 x 9.50 CAD"}}
		return parley.Message{Content: &parley.Content{Kind: kind, Fields: line}}.Said()
	}
	if got := said(parley.ContentOrder); !slices.Contains(got, "TEA-0042") || !slices.Contains(got, "2 x 9.50 CAD") {
		t.Errorf("an order says %q", got)
	}
	if got := said(parley.ContentForm); slices.Contains(got, "TEA-0042") {
		t.Errorf("a form says %q", got)
	}
}
