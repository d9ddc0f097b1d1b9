package records

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestCustomers(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "", email("Marie@Example.com", "m@work.example"), phone("+1 (514) 555-0101"))
		c := get(w.Customer(ctx, w.bob, marie))(t)
		if len(c.AccountNumber) != 8 || c.Emails[0] != "marie@example.com" || c.Phones[0] != "+15145550101" || c.Rev != 1 {
			t.Errorf("CRM-02: as kept: %+v", c)
		}
		_, err := w.CreateCustomer(ctx, w.amy, CustomerInput{
			AccountNumber: c.AccountNumber, LastName: strings.Repeat("x", nameMax+1),
			Emails: []string{"nobody", "MARIE@example.com", "a@b.example", "A@B.example"}, Phones: []string{"12", "555-0101", "5550101"},
		}, "")
		faulty(t, "CRM-02: every fault at once", err,
			parley.FieldError{Field: "first_name", Code: "required"},
			parley.FieldError{Field: "last_name", Code: "too_long"},
			parley.FieldError{Field: "emails[0]", Code: "not_an_email"},
			parley.FieldError{Field: "emails[3]", Code: "repeated"},
			parley.FieldError{Field: "phones[0]", Code: "not_a_phone"},
			parley.FieldError{Field: "phones[2]", Code: "repeated"},
			parley.FieldError{Field: "account_number", Code: "taken", Whose: "Marie Tremblay " + c.AccountNumber},
			parley.FieldError{Field: "emails[1]", Code: "taken", Whose: "Marie Tremblay " + c.AccountNumber},
		)
		in := CustomerInput{FirstName: "Marie", LastName: "Roy", Emails: []string{"m@work.example"}, Rev: 1}
		if err := w.SaveCustomer(ctx, w.bob, marie, in); err != nil {
			t.Fatal(err)
		}
		refused(t, "CRM-02: two at once", w.SaveCustomer(ctx, w.amy, marie, in), parley.ErrConflict)
		after := get(w.Customer(ctx, w.bob, marie))(t)
		if after.LastName != "Roy" || after.AccountNumber != c.AccountNumber || len(after.Emails) != 1 || len(after.Phones) != 0 || after.Rev != 2 {
			t.Errorf("CRM-02: as saved: %+v", after)
		}
		w.add("Other", "One", "", email("marie@example.com")) // an address that was given up is free
		draft := w.add("", "", "", email("d@example.com"), func(in *CustomerInput) { in.Draft = true })
		if c := get(w.Customer(ctx, w.amy, draft))(t); !c.Draft {
			t.Errorf("CRM-02: a draft may lack names: %+v", c)
		}
		_, err = w.CreateCustomer(ctx, w.amy, CustomerInput{Draft: true}, "")
		faulty(t, "CRM-02: not everything", err, parley.FieldError{Field: "first_name", Code: "required"})
		for _, id := range []parley.CustomerID{"cus_x", "", "cus_\x00", "cus_\xff", "' OR ''='"} {
			_, err = w.Customer(ctx, w.amy, id)
			refused(t, "A-018, A-099: unknown", err, parley.ErrNotFound)
		}
		_, err = w.CreateCustomer(ctx, w.amy, CustomerInput{FirstName: "a\xff", LastName: "b", AccountNumber: "1\x00"}, "")
		faulty(t, "A-099: what is no text", err, parley.FieldError{Field: "account_number", Code: "invalid_text"},
			parley.FieldError{Field: "first_name", Code: "invalid_text"})
		for _, me := range []parley.Actor{{}, {Visitor: "con_1", Role: parley.RoleAgent}, {Key: "k", Scopes: []parley.Permission{parley.MayServe}}} {
			_, err := w.Customer(ctx, me, marie)
			refused(t, "A-017, SEC-07", err, parley.ErrForbidden)
			_, err = w.CreateCustomer(ctx, me, in, "")
			refused(t, "A-017, SEC-07", err, parley.ErrForbidden)
			_, err = w.Customers(ctx, me, CustomerQuery{})
			refused(t, "A-017, SEC-07", err, parley.ErrForbidden)
			refused(t, "A-017, SEC-07", w.SaveCustomer(ctx, me, marie, in), parley.ErrForbidden)
		}
	})
}

// looked returns the accounts that a query finds, page by page.
func looked(t *testing.T, w *town, q CustomerQuery) (accounts []string) {
	t.Helper()
	for {
		page := get(w.Customers(t.Context(), w.amy, q))(t)
		for _, c := range page.Items {
			accounts = append(accounts, c.AccountNumber)
		}
		if q.After = page.Next; q.After == "" {
			return accounts
		}
		if len(page.Items) != q.Limit {
			t.Fatalf("a page of %d has %d", q.Limit, len(page.Items))
		}
	}
}

// TestSearchPassesOver has one word find the same people by e-mail and by name: a
// page that would read all of them once more to find nobody new ends early, and
// the next goes on from there.
func TestSearchPassesOver(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		const many, limit = 100, 5 // of each page's stretches readsMost are fewer than the arm has
		w.do(func(r *store.Rows) {
			for i := range many {
				n := fmt.Sprintf("%03d", i)
				r.SaveCustomer(parley.Customer{ID: parley.CustomerID("cus_kim" + n), AccountNumber: "7" + n, FirstName: "Kim", LastName: n, Rev: 1,
					Emails: []string{"kim" + n + "@example.com"}, CreatedAt: storetest.Day, UpdatedAt: storetest.Day},
					store.CustomerKeys{Folded: "kim " + n, FoldedLast: n + " kim"})
			}
		})
		w.add("Kimberley", "Last", "8000")
		seen, short, q := map[string]int{}, 0, CustomerQuery{Text: "kim", Limit: limit}
		for {
			page := get(w.Customers(t.Context(), w.amy, q))(t)
			for _, c := range page.Items {
				seen[c.AccountNumber]++
			}
			if q.After = page.Next; q.After == "" {
				break
			}
			if len(page.Items) < limit {
				short++
			}
		}
		if len(seen) != many+1 || seen["8000"] != 1 || seen["7000"] != 1 {
			t.Errorf("CRM-02: %d of %d found, the last one %d times", len(seen), many+1, seen["8000"])
		}
		if most := readsMost * (limit + 1); short < many/most {
			t.Errorf("CRM-02: %d pages end early, though %d rows have to be passed over and one may pass over %d", short, many, most)
		}
	})
}

func TestSearch(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.add("Zo\u00eb", "L\u00e9ger", "1003", email("zoe@example.com"), phone("+1 418 555 0103"))
		w.add("Amy", "Zimmer", "2001", email("zoe2@example.com", "zoe3@example.com"))
		w.add("Noah", "Gagnon", "1010", phone("+1 418 555 0110"))
		w.add("Emma", "Gagnon", "1011", phone("+1 418 555 0111"))
		w.add("O'Brien", "100%_", "3001")
		tests := []struct {
			name, text string
			want       []string
		}{
			{"CRM-02: without accents", "zoe l", []string{"1003"}},
			{"CRM-02: each customer once, addresses before names", "zoe", []string{"2001", "1003"}},
			{"CRM-02: by last name", "GAGNON", []string{"1011", "1010"}},
			{"CRM-02: last name first", "gagnon noah", []string{"1010"}},
			{"CRM-02: an account number", "1003", []string{"1003"}},
			{"CRM-02: the beginning of account numbers, then of phones", "101", []string{"1010", "1011"}},
			{"CRM-02: a phone", "1 (418) 555-01", []string{"1003", "1010", "1011"}},
			{"CRM-02: an e-mail", "ZOE3@", []string{"2001"}},
			{"A-099: a percent sign is a percent sign", "%", nil},
			{"A-099: an underscore too", "___", nil},
			{"A-099: quotes", "o'brien", []string{"3001"}},
			{"A-099: SQL", "' OR 1=1; DROP TABLE customers --", nil},
			{"A-100: stars are stars", "\"NEAR(*", nil},
		}
		for _, tt := range tests {
			for _, limit := range []int{1, 2, 50} {
				if got := looked(t, w, CustomerQuery{Text: tt.text, Limit: limit}); !slices.Equal(got, tt.want) {
					t.Errorf("%s, %d a page: got %v, want %v", tt.name, limit, got, tt.want)
				}
			}
		}
		if got := looked(t, w, CustomerQuery{Limit: 2}); !slices.Equal(got, []string{"2001", "1011", "1010", "3001", "1003"}) {
			t.Errorf("CRM-02: by name: %v", got)
		}
		w.do(func(r *store.Rows) {
			r.SaveCustomer(parley.Customer{
				ID: "cus_new", AccountNumber: "0001", FirstName: "Just", LastName: "Made", CreatedBy: "agt_amy",
				CreatedAt: storetest.Day.Add(time.Second), UpdatedAt: storetest.Day.Add(time.Second), Rev: 1,
			}, store.CustomerKeys{Folded: "just made", FoldedLast: "made just"})
		})
		if got := looked(t, w, CustomerQuery{Sort: "created", Limit: 2}); len(got) != 6 || got[0] != "0001" {
			t.Errorf("F043: the one just made does not stand first: %v", got)
		}
		w.do(func(r *store.Rows) {
			for n, c := range []parley.Case{{Customer: "cus_new", Status: parley.CaseClosed}, {Customer: "cus_new", Status: parley.CaseOpen}, {Status: parley.CaseOpen}} {
				c.ID, c.CreatedAt, c.UpdatedAt, c.Rev = parley.CaseID(fmt.Sprint("cas_", n)), storetest.Day, storetest.Day, 1
				r.AddCase(c)
			}
		})
		for text, want := range map[string][]string{"": {"0001"}, "ma": {"0001"}, "gagnon": nil, "zoe": nil} {
			if got := looked(t, w, CustomerQuery{Text: text, Open: true, Limit: 1}); !slices.Equal(got, want) {
				t.Errorf("CRM-11: with an open case, %q: %v", text, got)
			}
		}
		w.do(func(r *store.Rows) {
			for n := range 4_200 {
				id, name := parley.CustomerID(fmt.Sprintf("cus_%05d", n)), fmt.Sprintf("kim%05d", n)
				r.SaveCustomer(parley.Customer{ID: id, AccountNumber: name, FirstName: name, CreatedAt: storetest.Day, UpdatedAt: storetest.Day, Rev: 1},
					store.CustomerKeys{Folded: name, FoldedLast: name})
			}
			for n, of := range []parley.CustomerID{"cus_00003", "cus_04199"} {
				r.AddCase(parley.Case{ID: parley.CaseID(fmt.Sprint("cas_kim", n)), Customer: of, Status: parley.CaseOpen, CreatedAt: storetest.Day, UpdatedAt: storetest.Day, Rev: 1})
			}
		})
		many := get(w.Customers(t.Context(), w.amy, CustomerQuery{Text: "kim", Open: true, Limit: 2}))(t)
		if len(many.Items) != 2 || many.Items[1].AccountNumber != "kim04199" {
			t.Errorf("CRM-14: a page is full as long as somebody with an open case is left: %d", len(many.Items))
		}
		_, err := w.Customers(t.Context(), w.amy, CustomerQuery{Sort: "rev; DROP TABLE customers"})
		faulty(t, "A-099: the order is one of ours", err, parley.FieldError{Field: "sort", Code: "unknown"})
		_, err = w.Customers(t.Context(), w.amy, CustomerQuery{Text: strings.Repeat("x", queryMax+1)})
		faulty(t, "A-099: a search is bounded", err, parley.FieldError{Field: "q", Code: "too_long"})
		_, err = w.Customers(t.Context(), w.amy, CustomerQuery{Text: "a\x00b"})
		faulty(t, "A-099: a search is text", err, parley.FieldError{Field: "q", Code: "invalid_text"})
		for _, after := range []string{"x", "eyJ9", cursor(place{Arm: -1, ID: "x"}), cursor(place{Arm: 99}), cursor([]int{1})} {
			if page, err := w.Customers(t.Context(), w.amy, CustomerQuery{After: after}); err == nil && len(page.Items) > 0 {
				t.Errorf("A-099: a made-up place finds something: %q", after)
			}
		}
	})
}

func TestMatch(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001", email("marie@example.com"))
		john := w.add("John", "Smith", "1002", email("john@example.com"))
		noah := w.add("Noah", "Gagnon", "1010", phone("+1 418 555 0110"))
		emma := w.add("Emma", "Gagnon", "1011", phone("1-418-555-0110"))
		id := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: john, Status: parley.CaseOpen}))(t)
		number := fmt.Sprintf("#%d", get(w.Case(ctx, w.amy, id))(t).Number)
		w.do(func(r *store.Rows) {
			r.SaveField(parley.CustomField{ID: "fld_loyalty", Object: parley.OfCustomer, Name: "loyalty", Label: "Loyalty", Type: parley.FieldText, Length: 40, Active: true, Rev: 1})
			r.SaveFieldValues(string(marie), map[parley.FieldID]string{"fld_loyalty": "L-7"})
			r.SaveFieldValues(string(id), map[parley.FieldID]string{"fld_loyalty": "L-8"})
		})
		told := func(name, value string) parley.Variables { return parley.Variables{name: value} }
		tests := []struct {
			name    string
			visitor parley.Visitor
			rule    string
			want    []parley.CustomerID
		}{
			{"POP-04: a case number wins", parley.Visitor{CaseNumber: number, AccountNumber: "1001"}, "case", []parley.CustomerID{john}},
			{"POP-04: then the account number", parley.Visitor{CaseNumber: "9999", AccountNumber: " 1001 ", Email: "john@example.com"}, "account", []parley.CustomerID{marie}},
			{"POP-04: then the e-mail", parley.Visitor{AccountNumber: "x", Email: "JOHN@example.com", Phone: "14185550110"}, "email", []parley.CustomerID{john}},
			{"POP-04: a customer id stands before the e-mail", parley.Visitor{Variables: told("customer_id", string(noah)), Email: "john@example.com"}, "customer", []parley.CustomerID{noah}},
			{"POP-04: and behind the account number", parley.Visitor{Variables: told("customer_id", string(noah)), AccountNumber: "1001"}, "account", []parley.CustomerID{marie}},
			{"POP-04: an id that is nobody's", parley.Visitor{Variables: told("customer_id", "cus_nobody")}, "", nil},
			{"POP-04: a mapped field comes last", parley.Visitor{Variables: told("loyalty", "L-7"), Phone: "001 418 555 0110"}, "phone", []parley.CustomerID{emma, noah}},
			{"POP-04: and finds by what it holds", parley.Visitor{Variables: told("loyalty", "L-7")}, "field", []parley.CustomerID{marie}},
			{"POP-04: a case's field is not a customer's", parley.Visitor{Variables: told("loyalty", "L-8")}, "", nil},
			{"POP-04: a variable nobody mapped", parley.Visitor{Variables: told("plan", "L-7")}, "", nil},
			{"POP-05: several hits", parley.Visitor{Phone: "001 418 555 0110"}, "phone", []parley.CustomerID{emma, noah}},
			{"POP-03: none", parley.Visitor{Name: "Marie Tremblay", Email: "eve@example.com"}, "", nil},
			{"POP-04: a few digits find nobody", parley.Visitor{Phone: "0110"}, "", nil},
			{"A-099: a case number that is none", parley.Visitor{CaseNumber: "1 OR 1=1"}, "", nil},
		}
		for _, tt := range tests {
			m := get(Match(ctx, w.store.View(), tt.visitor, "loyalty"))(t)
			if m.Rule != tt.rule || m.Count != len(tt.want) || !slices.Equal(m.Customers, tt.want) {
				t.Errorf("%s: got %+v, want %v", tt.name, m, tt.want)
			}
		}
		if m := get(Match(ctx, w.store.View(), tests[0].visitor, ""))(t); m.Case != id {
			t.Errorf("POP-02: the case itself: %+v", m)
		}
	})
}

func TestSeedDemo(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.do(func(r *store.Rows) {
			r.SaveAgent(parley.Agent{ID: "agt_ada", Group: "grp_all", Login: "ada", DisplayName: "Ada", Role: parley.RoleAdmin, Enabled: true, Capacity: 6, Language: "en", Rev: 1})
		})
		for range 2 { // a second start adds nothing
			if err := w.SeedDemo(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		all := get(w.Customers(t.Context(), w.amy, CustomerQuery{}))(t)
		known := get(w.Customers(t.Context(), w.amy, CustomerQuery{Text: "1001"}))(t)
		if len(all.Items) != 12 || known.Items[0].OpenCases != 1 {
			t.Errorf("the demo's customers: %d, %+v", len(all.Items), known.Items)
		}
		shop := string(get(os.ReadFile("../../web/widget/demo/src/shop.ts"))(t))
		accounts := regexp.MustCompile(`account_number: "(\d+)", name: "(.+)", email: "(.+)"`).FindAllStringSubmatch(shop, -1)
		for _, a := range accounts { // who signs in at the demo's shop is who comes up
			found := get(w.Customers(t.Context(), w.amy, CustomerQuery{Text: a[1]}))(t).Items
			if len(found) != 1 || found[0].FirstName+" "+found[0].LastName != a[2] || !slices.Contains(found[0].Emails, a[3]) {
				t.Errorf("POP-04: account %s of the shop is %s, %s, not %+v", a[1], a[2], a[3], found)
			}
		}
		if len(accounts) < 3 {
			t.Errorf("the shop's accounts: %v", accounts)
		}
		gone, ada := known.Items[0], parley.Actor{Agent: "agt_ada", Group: "grp_all", Role: parley.RoleAdmin}
		if err := w.DeleteCustomer(t.Context(), ada, gone.ID, gone.Rev); err != nil {
			t.Fatal(err)
		}
		if err := w.SeedDemo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left := get(w.Customers(t.Context(), w.amy, CustomerQuery{}))(t); len(left.Items) != 11 {
			t.Errorf("A-118: whoever was deleted is back at the next start: %d", len(left.Items))
		}
	})
}
