package identity

import (
	"testing"

	"parley"
)

func TestFieldValue(t *testing.T) {
	pick := parley.CustomField{Type: parley.FieldPickList, Options: []string{"gold", "silver"}}
	for _, x := range []struct {
		field parley.CustomField
		given string
		fault string
	}{
		{parley.CustomField{Type: parley.FieldText, Length: 3}, "abcd", "too_long"},
		{parley.CustomField{Type: parley.FieldText}, "  ", ""},
		{parley.CustomField{Type: parley.FieldURL}, "https://example.com/a", ""},
		{parley.CustomField{Type: parley.FieldURL}, "example.com", "not_a_url"},
		{parley.CustomField{Type: parley.FieldNumber}, "-1.5", ""},
		{parley.CustomField{Type: parley.FieldNumber}, "1e9", "not_a_number"},
		{parley.CustomField{Type: parley.FieldNumber}, "Inf", "not_a_number"},
		{parley.CustomField{Type: parley.FieldDate}, "2026-03-02", ""},
		{parley.CustomField{Type: parley.FieldDate}, "2026-02-30", "not_a_date"},
		{pick, "gold", ""}, {pick, "bronze", "not_a_pick_list"},
	} {
		if _, fault := FieldValue(x.field, x.given); fault != x.fault {
			t.Errorf("CRM-05: %s %q is %q, want %q", x.field.Type, x.given, fault, x.fault)
		}
	}
}
