package store_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/search"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// person saves a customer as records do.
func person(r *store.Rows, id parley.CustomerID, name, email string) {
	first, last, _ := strings.Cut(name, " ")
	c := parley.Customer{ID: id, AccountNumber: "A-" + string(id), FirstName: first, LastName: last, Emails: []string{email}, CreatedAt: storetest.Day, UpdatedAt: storetest.Day, Rev: 1}
	r.SaveCustomer(c, store.CustomerKeys{Folded: strings.ToLower(name), FoldedLast: strings.ToLower(last), Digits: []string{}})
}

// found asks for a line in each way that a search does.
func found(t *testing.T, s *store.Store, line string) (ids []parley.CustomerID) {
	t.Helper()
	q := search.Parse(line)
	known := map[string][]string{}
	for _, w := range q.Words {
		near, err := s.Finder().SpeltLike(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		known[w] = near
	}
	for _, terms := range []search.Terms{q.Whole(), q.Begun(), q.Inside(), q.Forgiven(known)} {
		some, err := s.Finder().CustomersLike(t.Context(), terms, 50)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		for _, id := range some {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// TestSearchFollowsItsRecords saves, renames and unindexes customers: the engines
// find what is there now and nothing else, whatever characters are asked for.
func TestSearchFollowsItsRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Lead(t, s, "test")
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			person(r, "cus_1", "Zo\u00eb L\u00e9ger", "zoe_100%@example.com")
			person(r, "cus_2", "Luc Tremblay", "luc@example.com")
			person(r, "cus_3", "Lucie Tremblay", "lucie@example.com")
		})
		for line, want := range map[string]string{
			"leger": "cus_1", "ZO\u00cb": "cus_1", "trembaly luc": "cus_2 cus_3", "zoe_100%@": "cus_1", "embla": "cus_2 cus_3",
			"zoex100%@": "", `"*' OR`: "", "nobody": "", "'": "", "%%%": "",
		} {
			got := found(t, s, line)
			slices.Sort(got)
			if text := strings.Join(strs(got), " "); text != want {
				t.Errorf("%q finds %q, not %q", line, text, want)
			}
		}
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			person(r, "cus_1", "Zo\u00eb Lessard", "zoe@example.com")
			r.UnindexCustomer("cus_2")
		})
		for line, want := range map[string]string{"leger": "", "legre": "", "lessrad": "cus_1", "tremblay": "cus_3", "trembaly": "cus_3"} {
			if text := strings.Join(strs(found(t, s, line)), " "); text != want {
				t.Errorf("afterwards %q finds %q, not %q", line, text, want)
			}
		}
	})
}

func strs[T ~string](list []T) (out []string) {
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

// TestUnindexedLeavesNoWord looks for the bytes in the file: an index that forgot
// a record does not hold its words.
func TestUnindexedLeavesNoWord(t *testing.T) {
	path := storetest.SQLite(t)
	s := storetest.Open(t, path, store.Options{})
	storetest.Lead(t, s, "test")
	storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
		person(r, "cus_1", "Canarybird Yellowfeather", "canarybird@example.com")
		person(r, "cus_2", "Luc Tremblay", "luc@example.com")
	})
	storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
		r.UnindexCustomer("cus_1")
		for _, table := range []string{"customer_emails", "customer_phones"} {
			r.Exec(`DELETE FROM `+table+` WHERE customer_id = $1`, "cus_1")
		}
		r.Exec(`DELETE FROM customers WHERE id = $1`, "cus_1")
	})
	if err := s.Checkpoint(t.Context(), func() {}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(b, []byte("tremblay")) {
		t.Fatalf("the file holds no text at all: %v", err)
	}
	for _, word := range []string{"canarybird", "canarybrd", "yellowfeather", "llowfeath"} {
		if bytes.Contains(b, []byte(word)) {
			t.Errorf("%q is still in the file", word)
		}
	}
}

// TestFilledIndexes opens a database whose records were never indexed: they are
// found afterwards, and it is told how many they were.
func TestFilledIndexes(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn, store.Options{})
		filled(t, s)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			person(r, "cus_1", "Luc Tremblay", "luc@example.com")
			fill(10).Rows(r, 0, 4100)
			r.Exec(`DELETE FROM customer_texts`)
			r.Exec(`DELETE FROM case_texts`)
			r.Exec(`DELETE FROM spellings`)
			r.Exec(`DELETE FROM indexed`)
		})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		told := map[string]int{}
		s = storetest.Open(t, dsn, store.Options{Indexed: func(kind string, n int, _ bool) { told[kind] = n }})
		if told["customers"] < 4101 || told["cases"] < 4100 {
			t.Errorf("told of %v", told)
		}
		if some, err := s.Finder().CasesLike(t.Context(), search.Parse("bench").Whole(), 3); err != nil || len(some) != 3 || some[0].Number != 1_000_004_099 {
			t.Errorf("cases found: %v, %v", some, err)
		}
		for _, line := range []string{"trembaly", "cust10000042@exam", "155510000042"} {
			if len(found(t, s, line)) != 1 {
				t.Errorf("%q finds %v", line, found(t, s, line))
			}
		}
		clear(told)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		storetest.Open(t, dsn, store.Options{Indexed: func(kind string, n int, _ bool) { told[kind] = n }})
		if len(told) > 0 {
			t.Errorf("a second time: %v", told)
		}
	})
}

// TestSearchFollowsAnIndex asks both databases how they search: never a whole table.
func TestSearchFollowsAnIndex(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		filled(t, s)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			fill(100).Rows(r, 0, rows)
			r.Exec(`INSERT INTO case_texts (n, body) SELECT number, ' bench ' || number || ' ' FROM cases WHERE number > $1`, 0)
		})
		if err := s.Measure(t.Context()); err != nil {
			t.Fatal(err)
		}
		steps := 0
		v, err := s.ExplainedFinder(t.Context(), func(step store.Step) {
			steps++
			virtual := strings.Contains(step.How, "VIRTUAL TABLE INDEX") && !strings.Contains(step.How, "VIRTUAL TABLE INDEX 0:\n")
			newest := strings.Contains(step.Query, "ORDER BY n DESC\n\t\tLIMIT ") // it stops there
			if strings.HasPrefix(step.How, "SCAN ") && !virtual && !newest && !strings.Contains(step.How, " USING ") || strings.HasPrefix(step.How, "Seq Scan") {
				t.Errorf("a whole table: %s\n%s", step.How, step.Query)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		ask := func(err error) {
			if err != nil {
				t.Error(err)
			}
		}
		for _, line := range []string{"cust10000042", "bench", "cust1 bench", "1555 1000", "nobody"} {
			q := search.Parse(line)
			for _, terms := range []search.Terms{q.Whole(), q.Begun(), q.Inside(), q.Forgiven(map[string][]string{"bench": {"beach"}})} {
				_, err := v.CustomersLike(t.Context(), terms, 50)
				ask(err)
				_, err = v.CasesLike(t.Context(), terms, 50)
				ask(err)
			}
			_, err := v.SpeltLike(t.Context(), "bench")
			ask(err)
			_, err = v.SpokenWith(t.Context(), q.Words, "agt_amy", 20)
			ask(err)
			_, err = v.SpokenWith(t.Context(), q.Words, "", 20)
			ask(err)
		}
		if steps < 20 {
			t.Errorf("only %d steps were looked at", steps)
		}
	})
}

// TestSpokenOfEveryAge asks for words that most texts hold, that few do and that
// only old ones do: the newest come first, however far apart they are.
func TestSpokenOfEveryAge(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Lead(t, s, "test")
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			r.Exec(`
				INSERT INTO spoken_texts (n, interaction_id, body)
				WITH RECURSIVE x(i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM x WHERE i < 3999)
				SELECT 1000000 + i * 4000, 'int_' || i, CASE WHEN i % 100 = 7 THEN 'agtamy' ELSE 'agtbob' END || ' hello'
					|| CASE WHEN i IN (3, 4, 1000, 2500, 3990, 3999) THEN ' canarybird' ELSE '' END
					|| CASE WHEN i = 3 THEN ' yellow' ELSE '' END
				FROM x`, 0)
		})
		for _, c := range []struct {
			line, agent, want string
			limit             int
		}{
			{"hello", "", "int_3999 int_3998", 2},
			{"hell", "", "int_3999 int_3998", 2},
			{"canarybird", "", "int_3999", 1},
			{"canarybird", "", "int_3999 int_3990 int_2500", 3},
			{"canary", "", "int_3999 int_3990 int_2500 int_1000 int_4", 5},
			{"hello canarybird", "", "int_3999 int_3990 int_2500 int_1000 int_4 int_3", 9},
			{"yellow canarybird", "", "int_3", 9},
			{"hello", "agt_amy", "int_3907 int_3807", 2},
			{"canarybird", "agt_amy", "", 2},
			{"parleyage14x1 hell", "", "", 2},
		} {
			got, err := s.Finder().SpokenWith(t.Context(), search.Words(c.line), parley.AgentID(c.agent), c.limit)
			if text := strings.Join(strs(got), " "); err != nil || text != c.want {
				t.Errorf("%q of %q finds %q, not %q: %v", c.line, c.agent, text, c.want, err)
			}
		}
	})
}
