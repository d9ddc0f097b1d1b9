package script

import (
	"testing"

	"parley"
)

// TestVariable is SCR-02, SCR-05: a condition tests what the site told, and by $
// also what the form before the chat asked for; what nobody told is empty.
func TestVariable(t *testing.T) {
	who := Contact{Visitor: parley.Visitor{
		Email: "bea@example.com", Variables: parley.Variables{"plan": "Gold", "account_number": "told", "text": "told"},
		AccountNumber: "1001",
	}}
	for _, tt := range []struct {
		field, op, value string
		want             Exit
	}{
		{"$plan", "is", "gold", ToQueue},
		{"$plan", "is", "silver", ToEnd},
		{"$Plan", "empty", "", ToQueue},
		{"$email", "contains", "@example.com", ToQueue},
		{"$account_number", "is", "told", ToQueue},
		{"account_number", "is", "1001", ToQueue},
		{"text", "is", "told", ToEnd},
	} {
		f := parley.Flow{Start: "Test", Objects: []parley.FlowObject{
			{
				Label: "Test", Kind: parley.ObjectTest, Tests: []parley.Condition{{Field: tt.field, Op: tt.op, Value: tt.value}},
				Exits: map[string]string{parley.ExitYes: "Queue", parley.ExitNo: "End"},
			},
			{Label: "Queue", Kind: parley.ObjectForward, Queue: "support"},
			{Label: "End", Kind: parley.ObjectEnd},
		}}
		if got := Run(f, who, State{}, monday(15, 0)).Exit; got != tt.want {
			t.Errorf("SCR-02: %s %s %q leads to %s", tt.field, tt.op, tt.value, got)
		}
		if faults := Check(f, shopKnows); len(faults) > 0 {
			t.Errorf("SCR-02: %s cannot be published: %+v", tt.field, faults)
		}
	}
	for _, name := range []string{"", "7up", "a b", "caf\u00e9", "x.y", "a23456789012345678901234567890123456789012"} {
		f := parley.Flow{Start: "Test", Objects: []parley.FlowObject{{
			Label: "Test", Kind: parley.ObjectTest, Tests: []parley.Condition{{Field: "$" + name, Op: "empty"}},
			Exits: map[string]string{parley.ExitYes: "Test", parley.ExitNo: "Test"},
		}}}
		if faults := Check(f, shopKnows); len(faults) == 0 || faults[0] != (Fault{Object: "Test", Field: "tests[0].field", Code: "unknown"}) {
			t.Errorf("A-002: $%s is a variable: %+v", name, faults)
		}
	}
}
