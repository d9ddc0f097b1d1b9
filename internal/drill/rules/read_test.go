package main

import "testing"

// TestEveryRuleHasATest fails for a rule with neither a test nor a reason.
func TestEveryRuleHasATest(t *testing.T) {
	rules, err := Read("../../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if len(r.Tests) == 0 && r.Reason == "" {
			t.Errorf("%s has neither a test nor a reason", r.ID)
		}
	}
}
