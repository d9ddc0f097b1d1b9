package store_test

import (
	"fmt"
	"slices"
	"testing"

	"parley"
	"parley/internal/search"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// crowded is how many texts the crowd has. Of its words "vil" begins one of every
// fifth, "andre" is whole in every eleventh, "zoe" in the oldest alone; "com" is in
// each customer's.
const crowded = 40_000

func crowd(t *testing.T, s *store.Store) {
	t.Helper()
	storetest.Lead(t, s, "test")
	storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
		for into, cells := range map[string][2]string{
			"customer_texts (n, customer_id, body)": {"'cus_' || i, ", "' n' || i || '@example.com '"},
			"case_texts (n, body)":                  {"", "' '"},
		} {
			r.Exec(`
				INSERT INTO `+into+`
				WITH RECURSIVE x(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM x WHERE i < CAST($1 AS BIGINT))
				SELECT i, `+cells[0]+`' n' || i || CASE WHEN i % 11 = 0 THEN ' andre' ELSE ' luc' END || CASE WHEN i % 5 = 0 THEN ' vilmont' ELSE ' roy' END
					|| CASE WHEN i <= 7 THEN ' zoe' ELSE '' END || `+cells[1]+`
				FROM x`, crowded)
		}
	})
	if err := s.Measure(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestSearchIsBounded: what fits is shown the newest first by both databases, and
// however many fit, PostgreSQL reads some hundred of them (issue 4, section 1).
func TestSearchIsBounded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		crowd(t, s)
		const limit = 20
		var line string
		v, err := s.ExplainedFinder(t.Context(), func(step store.Step) {
			if step.Rows > 512 { // as many of the newest are read without an index
				t.Errorf("%q: %d rows for %d: %s\n%s", line, step.Rows, limit, step.How, step.Query)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		for text, every := range map[string]int{"com": 1, "vil": 5, "andre": 11, "andre vil": 55, "vilmont andre": 55, "n39985": crowded, "zoe luc": -1, "nobody": 0} {
			line = text
			q := search.Parse(line)
			for way, terms := range map[string]search.Terms{"inside": q.Inside(), "begun": q.Begun(), "whole": q.Whole()} {
				fit := every
				if way == "whole" && (line == "vil" || line == "andre vil" || line == "com") || way == "begun" && line == "com" {
					fit = 0 // no such word, or none that begins so
				}
				customers, err := v.CustomersLike(t.Context(), terms, limit)
				if want := newest(fit, limit); err != nil || !slices.Equal(customers, want) {
					t.Errorf("%s %q finds %v, not %v: %v", way, line, customers, want, err)
				}
				if _, err := v.CasesLike(t.Context(), terms, limit); err != nil {
					t.Error(err)
				}
			}
		}
	})
}

// newest returns who is the newest of every so many: 0 = nobody, -1 = of the oldest
// seven, crowded = one alone.
func newest(every, limit int) []parley.CustomerID {
	out := []parley.CustomerID{}
	from := crowded
	switch every {
	case 0:
		return out
	case -1:
		from, every = 7, 1
	case crowded:
		return append(out, "cus_39985")
	}
	for n := from / every * every; n > 0 && len(out) < limit; n -= every {
		out = append(out, parley.CustomerID(fmt.Sprint("cus_", n)))
	}
	return out
}
