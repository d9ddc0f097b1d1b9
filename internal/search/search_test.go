package search

import (
	"slices"
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Zo\u00eb L\u00c9GER": "zoe leger", "C\u0153ur de Stra\u00dfe": "coeur de strasse", "\u0141\u00f3d\u017a": "lodz", "D\u2019Arcy": "d'arcy",
	} {
		if got := Fold(in); got != want {
			t.Errorf("%q is folded to %q, not %q", in, got, want)
		}
	}
}

func TestBody(t *testing.T) {
	r := Record{Name: "Jean-Pierre O'Brien", Account: "AB-12", Emails: []string{"jp.obrien@example.com"}, Phones: []string{"12065551234"}}
	body := r.Body()
	for _, part := range []string{" jean ", " jeanpierre ", " obrien ", "jp.obrien@example", " ab-12 ", " ab12 ", "5551234 "} {
		if !strings.Contains(body, part) {
			t.Errorf("%q is not in %q", part, body)
		}
	}
	if (Record{}).Body() != "" {
		t.Error("nothing has a body")
	}
}

func TestParse(t *testing.T) {
	for line, want := range map[string]Query{
		"(206) 555-1234":     {Text: "(206) 555-1234", Words: []string{"2065551234"}, Digits: "2065551234", Number: "2065551234"},
		"00 33 6 12 34 56":   {Text: "00 33 6 12 34 56", Words: []string{"336123456"}, Digits: "336123456", Number: "00336123456"},
		"#1001":              {Text: "#1001", Words: []string{"1001"}, Number: "1001"},
		"L\u00c9GER 555 12":  {Text: "leger 555 12", Words: []string{"leger", "55512"}},
		"Zoe.L\u00e9ger@ex.": {Text: "zoe.leger@ex.", Words: []string{"zoe.leger@ex"}},
		"":                   {},
	} {
		got := Parse(line)
		if got.Text != want.Text || !slices.Equal(got.Words, want.Words) || got.Digits != want.Digits || got.Number != want.Number {
			t.Errorf("%q is read as %+v, not %+v", line, got, want)
		}
	}
}

// TestVariants says that words one slip apart always have a variant in common, and
// that Near knows them: both are asked of every slip of a word.
func TestVariants(t *testing.T) {
	for _, word := range []string{"marie", "tremblay", "lessard", "aabbab"} {
		for _, slip := range slips(word) {
			if !Near(word, slip) {
				t.Errorf("%s is not near %s", slip, word)
			}
			if !slices.ContainsFunc(Variants(slip), func(v string) bool { return slices.Contains(Variants(word), v) }) {
				t.Errorf("%s and %s have no variant in common", slip, word)
			}
		}
	}
	for _, far := range []string{"mario luigi", "mrai", "maire e", "marixx", "eiram"} {
		if Near("marie", far) {
			t.Errorf("%s is near marie", far)
		}
	}
}

func slips(word string) (all []string) {
	r := []rune(word)
	for i := range r {
		all = append(all, string(r[:i])+string(r[i+1:]), string(r[:i])+"x"+string(r[i:]), string(r[:i])+"x"+string(r[i+1:]))
		if i+1 < len(r) {
			all = append(all, string(r[:i])+string(r[i+1])+string(r[i])+string(r[i+2:]))
		}
	}
	return append(all, word+"x", word)
}

// TestOrder lists records from the best fit to the worst, and finds them in that
// order again whatever order they come in.
func TestOrder(t *testing.T) {
	all := []Record{
		{ID: "exact", Name: "Marie Roy"},
		{ID: "begins", Name: "Marie Royer"},
		{ID: "turned", Name: "Roy Marie"},
		{ID: "words", Name: "Anne Marie Roy Luc"},
		{ID: "inside", Name: "Annemarie Leroy"},
	}
	slices.Reverse(all)
	found := Parse("Marie ROY").Order(append(all, Record{ID: "not", Name: "Marie Curie"}))
	var ids []string
	for _, r := range found {
		ids = append(ids, r.ID)
	}
	if got := strings.Join(ids, " "); got != "exact begins turned words inside" && got != "exact begins words turned inside" {
		t.Errorf("the order is %s", got)
	}
	for line, name := range map[string]string{"trembaly": "Luc Tremblay", "tremblya": "Luc Tremblay", "x1001": ""} {
		if found := Parse(line).Order([]Record{{ID: "1", Name: "Luc Tremblay", Account: "A1"}}); (len(found) == 1) != (name != "") {
			t.Errorf("%s finds %v", line, found)
		}
	}
}

func TestMarks(t *testing.T) {
	pieces, ok := Marks("My caf\u00e9 order, the Caf\u00c9s are late", []string{"cafe"})
	var hits []string
	var whole strings.Builder
	for _, p := range pieces {
		if whole.WriteString(p.Text); p.Hit {
			hits = append(hits, p.Text)
		}
	}
	if !ok || strings.Join(hits, "|") != "caf\u00e9|Caf\u00c9s" || whole.String() != "My caf\u00e9 order, the Caf\u00c9s are late" {
		t.Errorf("marked %q of %q", hits, whole.String())
	}
	if _, ok := Marks("nothing of it", []string{"cafe"}); ok {
		t.Error("a line without a hit is marked")
	}
}
