package dataverse

import (
	"slices"
	"strings"
	"testing"
)

// TestFilter: what a $filter finds among three people.
func TestFilter(t *testing.T) {
	contacts := entities()["contacts"]
	people := []map[string]any{
		{"firstname": "Marie", "lastname": "Tremblay", "mobilephone": "(514) 555-0101", "statecode": 0.0},
		{"firstname": "Sean", "lastname": "O'Brien", "mobilephone": "+1 438 555 0107", "statecode": 0.0},
		{"firstname": "Old", "lastname": "100% [x]", "statecode": 1.0},
	}
	tests := []struct{ filter, want string }{
		{"statecode eq 0", "Marie Sean"}, {"statecode ne 0", "Old"}, {"statecode gt 0 or firstname eq 'Marie'", "Marie Old"}, {"statecode le 0", "Marie Sean"}, {"statecode lt 1 and statecode ge 0", "Marie Sean"},
		{"lastname eq 'O''Brien'", "Sean"}, {"lastname eq 'o''brien'", "Sean"}, {"contains(lastname,'''')", "Sean"},
		{"contains(mobilephone,'5550101')", ""}, {"contains(mobilephone,'5%5%5%0%1%0%1')", "Marie"}, {"contains(mobilephone,'+1')", "Sean"},
		{"startswith(firstname,'s')", "Sean"}, {"endswith(firstname,'E')", "Marie"}, {"contains(firstname,'m_r')", "Marie"}, {"contains(lastname,'[%]')", "Old"}, {"contains(lastname,'[^a-z]')", "Sean Old"}, {"contains(lastname,'[[]x')", "Old"},
		{"mobilephone eq null", "Old"}, {"mobilephone ne null", "Marie Sean"}, {"not (mobilephone ne null)", "Old"}, {"not contains(firstname,'a') and statecode eq 1", "Old"},
		{"firstname eq 'Marie' or firstname eq 'Sean' and statecode eq 1", "Marie"}, {"(firstname eq 'Marie' or firstname eq 'Sean') and statecode eq 1", ""},
		{"firstname eq 5", ""}, {"statecode eq 'x'", ""},
	}
	for _, test := range tests {
		fits, err := parse(contacts, test.filter)
		if err != nil {
			t.Errorf("%s: %v", test.filter, err)
			continue
		}
		var got []string
		for _, p := range people {
			if fits(p) {
				got = append(got, p["firstname"].(string))
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s finds %v, want %s", test.filter, got, test.want)
		}
	}
}

var nonsense = []string{
	"", " ", "(", "statecode", "statecode eq", "statecode is 0", "statecode eq 0 and", "statecode eq 0)", "((statecode eq 0)", "lastname eq 'O'Brien'", "lastname eq 'x", "nothing eq 1", "contains(nothing,'x')",
	"contains(lastname,5)", "contains(lastname 'x')", "contains(lastname,'x'", "like(lastname,'x')", "not", "statecode eq 0 or or statecode eq 1", "and eq 1",
}

func TestNonsense(t *testing.T) {
	for _, filter := range nonsense {
		if _, err := parse(entities()["contacts"], filter); err == nil {
			t.Errorf("%q was taken", filter)
		}
	}
}

// FuzzFilter: whatever is asked is answered.
func FuzzFilter(f *testing.F) {
	contacts := entities()["contacts"]
	for _, filter := range append(slices.Clone(nonsense), "contains(lastname,'%[^a-z]_')", "not (statecode eq 0) or firstname ne null") {
		f.Add(filter)
	}
	f.Fuzz(func(t *testing.T, filter string) {
		if fits, err := parse(contacts, filter); err == nil {
			fits(map[string]any{"lastname": "Tremblay", "statecode": 0.0})
		}
	})
}
