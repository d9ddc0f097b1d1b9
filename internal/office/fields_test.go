package office

import (
	"testing"

	"parley"
)

// TestFieldDefaults CRM-05: what a new record says must be what the field can
// hold, or nobody could save a new record.
func TestFieldDefaults(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for _, c := range []struct {
			of          parley.FieldType
			given, code string
		}{
			{parley.FieldNumber, "abc", "not_a_number"},
			{parley.FieldDate, "2026-02-30", "not_a_date"},
			{parley.FieldURL, "javascript:1", "not_a_url"},
			{parley.FieldPickList, "bronze", "not_a_pick_list"},
			{parley.FieldText, "more than ten letters", "too_long"},
		} {
			in := CustomFieldInput{
				Object: parley.OfCustomer, Name: "tier", Label: "Tier", Type: c.of, Default: c.given,
				Length: 12, Options: []string{"gold", "silver"}, Active: true,
			}
			_, err := p.CreateField(t.Context(), p.ada, in)
			faulty(t, "CRM-05: "+string(c.of), err, parley.FieldError{Field: "default", Code: c.code})
		}
		good := CustomFieldInput{Object: parley.OfCase, Name: "due", Label: "Due", Type: parley.FieldDate, Default: "2026-03-02", Active: true}
		get(p.CreateField(t.Context(), p.ada, good))(t)
	})
}
