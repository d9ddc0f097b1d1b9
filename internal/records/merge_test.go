package records

import (
	"slices"
	"testing"

	"parley"
	"parley/internal/store"
)

// kept is a customer with all rows of its own, in one text, but for the version
// of the record, which only ever goes up.
func (w *town) kept(id parley.CustomerID) string {
	w.t.Helper()
	k := get(w.store.View().KeepCustomer(w.t.Context(), id))(w.t)
	k.Customer.Rev = 0
	return k.Text()
}

func (w *town) belongings(id parley.CustomerID) store.Moved {
	w.t.Helper()
	return get(w.store.View().Belongings(w.t.Context(), id))(w.t)
}

// pairOfMarie makes two records of one person, each with a chat and a case.
func (w *town) pairOfMarie() (a, b parley.CustomerID) {
	w.t.Helper()
	a = w.add("Marie", "Tremblay", "1001", email("marie@example.com"), phone("+15145550101"))
	b = w.add("Marie", "Tremblai", "1002", email("m.tremblay@work.example"), phone("514 555 0101", "+14165550102"), func(in *CustomerInput) {
		in.Notes, in.Home = "prefers French", parley.PostalAddress{City: "Laval", Country: "CA"}
		in.Fields = map[string]string{"fld_company": "Boulangerie Laval"}
	})
	for name, id := range map[string]parley.CustomerID{"a": a, "b": b} {
		i := w.talk(name, parley.Visitor{Name: "Marie"})
		w.end(i)
		if err := w.LinkCustomer(w.t.Context(), w.amy, i, id); err != nil {
			w.t.Fatal(err)
		}
		key := store.CustomerKey{Key: parley.Key{Kind: parley.KeyTelegram, Value: parley.Address("70" + name)}, Customer: id, Handle: name}
		w.do(func(r *store.Rows) { r.SaveCustomerKey(key) })
	}
	return a, b
}

func (w *town) merge(a, b parley.CustomerID, take ...string) string {
	w.t.Helper()
	rev := func(id parley.CustomerID) int64 { return get(w.Customer(w.t.Context(), w.amy, id))(w.t).Rev }
	return get(w.Merge(w.t.Context(), w.sam, a, MergeInput{Gone: b, Rev: rev(a), GoneRev: rev(b), Take: take}))(w.t)
}

func TestMerge(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a, b := w.pairOfMarie()
		wasA, wasB, hadA, hadB := w.kept(a), w.kept(b), w.belongings(a), w.belongings(b)
		if len(hadB["conversations"]) != 1 || len(hadB["cases"]) != 1 {
			t.Fatalf("CRM-02: a pair to merge: %v", hadB)
		}
		_, err := w.Merge(ctx, w.amy, a, MergeInput{Gone: b, Rev: 1, GoneRev: 1})
		refused(t, "SEC-07: an agent does not merge", err, parley.ErrForbidden)
		_, err = w.Merge(ctx, w.sam, a, MergeInput{Gone: b, Rev: 1, GoneRev: 7})
		refused(t, "CRM-02: saved meanwhile", err, parley.ErrConflict)
		_, err = w.Merge(ctx, w.sam, a, MergeInput{Gone: a, Rev: 1, GoneRev: 1})
		faulty(t, "CRM-02: with oneself", err, parley.FieldError{Field: "gone_id", Code: "itself"})

		id := w.merge(a, b, "last_name")
		one := get(w.Customer(ctx, w.amy, a))(t)
		if one.LastName != "Tremblai" || one.AccountNumber != "1001" || one.Notes != "prefers French" || one.Home.City != "Laval" ||
			one.Fields["fld_company"] != "Boulangerie Laval" || len(one.Keys) != 2 ||
			!slices.Equal(one.Emails, []string{"marie@example.com", "m.tremblay@work.example"}) ||
			!slices.Equal(one.Phones, []string{"+15145550101", "+14165550102"}) {
			t.Errorf("CRM-02: one of two: %+v", one)
		}
		if old := get(w.Customer(ctx, w.amy, b))(t); old.ID != a {
			t.Errorf("CRM-02: the old id leads to the survivor, not to %s", old.ID)
		}
		if now := w.belongings(a); len(now["conversations"]) != 2 || len(now["cases"]) != 2 || len(w.belongings(b)) != 0 {
			t.Errorf("CRM-02: all of it moves: %v", now)
		}
		if page := get(w.Customers(ctx, w.amy, CustomerQuery{}))(t); len(page.Items) != 1 {
			t.Errorf("CRM-02: one is listed: %+v", page.Items)
		}
		if list := get(w.Merges(ctx, w.amy, a))(t); len(list) != 1 || list[0].Name != "Marie Tremblai" || list[0].By != "agt_sam" {
			t.Errorf("CRM-02: a merge is never silent: %+v", list)
		}
		refused(t, "SEC-07: an agent takes nothing apart", w.UndoMerge(ctx, w.amy, a, id), parley.ErrForbidden)
		if err := w.UndoMerge(ctx, w.sam, a, id); err != nil {
			t.Fatal(err)
		}
		if w.kept(a) != wasA || w.kept(b) != wasB {
			t.Errorf("CRM-02: undone is as if it had never been:\n%s\n%s\n%s\n%s", wasA, w.kept(a), wasB, w.kept(b))
		}
		if !equal(w.belongings(a), hadA) || !equal(w.belongings(b), hadB) {
			t.Errorf("CRM-02: everything is back: %v %v", w.belongings(a), w.belongings(b))
		}
		refused(t, "CRM-02: undone once", w.UndoMerge(ctx, w.sam, a, id), parley.ErrNotFound)
		last := get(w.store.View().AuditPage(ctx, 0, 2))(t)
		if last[0].Action != "undo_merge" || last[1].Action != "merge_customers" || last[1].Subject != string(a) {
			t.Errorf("A-117: both are audited: %+v", last)
		}
	})
}

func equal(a, b store.Moved) bool {
	if len(a) != len(b) {
		return false
	}
	for table := range a {
		if !slices.Equal(a[table], b[table]) {
			return false
		}
	}
	return true
}

func TestUndoMergeAfterASave(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a, b := w.pairOfMarie()
		wasB, id := w.kept(b), w.merge(a, b, "account_number")
		one := get(w.Customer(ctx, w.amy, a))(t)
		in := CustomerInput{FirstName: "Marie-Anne", LastName: one.LastName, AccountNumber: one.AccountNumber,
			Emails: append(one.Emails, "new@example.com"), Phones: one.Phones, Rev: one.Rev}
		if err := w.SaveCustomer(ctx, w.amy, a, in); err != nil {
			t.Fatal(err)
		}
		moved := w.belongings(a)["cases"][0]
		other := w.add("Other", "One", "1003")
		w.do(func(r *store.Rows) { r.Move(store.Moved{"cases": {moved}}, other) })
		if err := w.UndoMerge(ctx, w.sam, a, id); err != nil {
			t.Fatal(err)
		}
		after := get(w.Customer(ctx, w.amy, a))(t)
		if after.FirstName != "Marie-Anne" || after.AccountNumber != "1001" || len(after.Keys) != 1 ||
			!slices.Equal(after.Emails, []string{"marie@example.com", "new@example.com"}) || !slices.Equal(after.Phones, []string{"+15145550101"}) {
			t.Errorf("CRM-02: what was saved since stays, what came goes: %+v", after)
		}
		if w.kept(b) != wasB {
			t.Errorf("CRM-02: the other is as it was:\n%s\n%s", wasB, w.kept(b))
		}
		if now := w.belongings(other)["cases"]; len(now) != 1 {
			t.Errorf("CRM-02: what was moved by hand stays there: %v", now)
		}
	})
}

func TestDuplicates(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		a := w.add("Jos\u00e9", "Gagnon", "1", email("jose.gagnon@example.com"), phone("+15145550101"))
		w.add("Gagnon", "Jose", "2")
		w.add("Jose", "Gagnno", "3")
		w.add("Anne", "Roy", "4", phone("(514) 555-0101"))
		w.add("Luc", "Roy", "5", email("jose.gagnon@work.example"))
		w.add("Jose", "Gervais", "6")
		w.add("Jane", "Gagnon", "7", email("info@work.example"))
		got := map[string]string{}
		for _, d := range get(w.Duplicates(t.Context(), w.amy, a))(t) {
			for _, e := range d.Evidence {
				got[d.Customer.AccountNumber] += e.Kind
			}
		}
		want := map[string]string{"2": "names_swapped", "3": "name_alike", "4": "phone", "5": "email_alike"}
		for account, why := range want {
			if got[account] != why {
				t.Errorf("CRM-02: %s is %q, want %q", account, got[account], why)
			}
		}
		if len(got) != len(want) {
			t.Errorf("CRM-02: nobody else: %v", got)
		}
	})
}

func TestNearly(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want bool
	}{
		{"marie roy", "marie roi", true}, {"marie roy", "mari roy", true}, {"marie roy", "maire roy", true},
		{"roy", "royy", true}, {"marie", "maria n", false}, {"abcd", "badc", false}, {"", "a", true}, {"ab", "ba", true},
	} {
		if nearly(x.a, x.b) != x.want || nearly(x.b, x.a) != x.want {
			t.Errorf("CRM-02: %q and %q: want %v", x.a, x.b, x.want)
		}
	}
}

func TestRetire(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a, _ := w.pairOfMarie()
		was := w.kept(a)
		refused(t, "SEC-07: an agent deletes nobody", w.DeleteCustomer(ctx, w.amy, a, 0), parley.ErrForbidden)
		refused(t, "CRM-02: saved meanwhile", w.DeleteCustomer(ctx, w.sam, a, 9), parley.ErrConflict)
		if err := w.DeleteCustomer(ctx, w.sam, a, 1); err != nil {
			t.Fatal(err)
		}
		if m := get(Match(ctx, w.store.View(), parley.Visitor{Email: "marie@example.com"}, ""))(t); m.Count != 0 {
			t.Errorf("CRM-02: a deleted customer is matched: %+v", m)
		}
		gone := get(w.Customer(ctx, w.amy, a))(t)
		if gone.Retired == nil || gone.Retired.Why != "deleted" || gone.Retired.Until-gone.Retired.At != 30*24*3600*1000 || gone.FirstName != "Marie" {
			t.Errorf("CRM-02: it says why: %+v", gone)
		}
		if list := get(w.DeletedCustomers(ctx, w.sam, "", 0))(t); len(list.Items) != 1 || list.Items[0].ID != a {
			t.Errorf("CRM-02: those who can come back: %+v", list)
		}
		taker := w.add("New", "One", "", email("marie@example.com"))
		faulty(t, "CRM-02: its e-mail is another's by now", w.RestoreCustomer(ctx, w.sam, a), parley.FieldError{Field: "emails[0]", Code: "taken", Whose: "New One " + get(w.Customer(ctx, w.amy, taker))(t).AccountNumber})
		if err := w.SaveCustomer(ctx, w.amy, taker, CustomerInput{FirstName: "New", LastName: "One", Rev: 1}); err != nil {
			t.Fatal(err)
		}
		if err := w.RestoreCustomer(ctx, w.sam, a); err != nil {
			t.Fatal(err)
		}
		if w.kept(a) != was {
			t.Errorf("CRM-02: back as it was:\n%s\n%s", was, w.kept(a))
		}
	})
}

func TestRights(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		if got := get(w.RightsOf(ctx, w.amy))(t); !slices.Equal(got, []Right{ToCreate, ToEdit}) {
			t.Errorf("SEC-07: an agent: %v", got)
		}
		if got := get(w.RightsOf(ctx, w.ada))(t); !slices.Equal(got, Rights) {
			t.Errorf("SEC-07: an administrator: %v", got)
		}
		w.do(func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeAgent, ScopeID: "agt_amy", Key: "customers.merge", Value: `"agent"`})
			r.SaveSetting(parley.Setting{Scope: parley.ScopeAgent, ScopeID: "agt_bob", Key: "customers.edit", Value: `"supervisor"`})
		})
		if got := get(w.RightsOf(ctx, w.amy))(t); !slices.Contains(got, ToMerge) {
			t.Errorf("SEC-07: granted to one agent: %v", got)
		}
		a := w.add("Marie", "Tremblay", "")
		refused(t, "SEC-07: taken from one agent", w.SaveCustomer(ctx, w.bob, a, CustomerInput{FirstName: "M", LastName: "T", Rev: 1}), parley.ErrForbidden)
		key := parley.Actor{Key: "key_1", Scopes: []parley.Permission{parley.MayRecords}}
		refused(t, "SEC-07: a key with records only", w.DeleteCustomer(ctx, key, a, 0), parley.ErrForbidden)
	})
}

func TestHistory(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a := w.add("Marie", "Tremblay", "1001")
		in := CustomerInput{FirstName: "Marie", LastName: "Roy", Rev: 1, Language: "fr-CA", Zone: "America/Toronto",
			Fields: map[string]string{"fld_company": "Laval"}}
		if err := w.SaveCustomer(ctx, w.bob, a, in); err != nil {
			t.Fatal(err)
		}
		err := w.SaveCustomer(ctx, w.amy, a, in)
		refused(t, "UX-43: saved meanwhile", err, parley.ErrConflict)
		if e, ok := err.(*parley.Error); !ok || e.Data["by"] != "agt_bob" || e.Data["at"] == int64(0) { //nolint:errorlint // a refusal of ours, unwrapped
			t.Errorf("UX-43: who and when: %v", err)
		}
		page := get(w.CustomerHistory(ctx, w.amy, a, "", 0))(t)
		got := map[string]string{}
		for _, c := range page.Items {
			got[c.Field] = c.Before + ">" + c.After + " by " + c.By
		}
		if got["last_name"] != "Tremblay>Roy by agt_bob" || got["fld_company"] != ">Laval by agt_bob" || len(got) != 4 {
			t.Errorf("CRM-02: who changed what: %v", got)
		}
		id := get(w.CreateCase(ctx, w.bob, CaseInput{Customer: a, Status: parley.CaseOpen, Visibility: parley.VisibleToOwner}))(t)
		for _, other := range []parley.CustomerID{parley.CustomerID(id), "cus_x"} {
			_, err := w.CustomerHistory(ctx, w.amy, other, "", 0)
			refused(t, "A-022: what is no customer has another door", err, parley.ErrNotFound)
		}
		faulty(t, "CRM-05: fields", w.SaveCustomer(ctx, w.bob, a, CustomerInput{FirstName: "M", LastName: "R", Rev: 2, Zone: "Mars",
			Fields: map[string]string{"fld_website": "javascript:alert(1)", "fld_none": "x"}}),
			parley.FieldError{Field: "zone", Code: "unknown"},
			parley.FieldError{Field: "fields.fld_website", Code: "not_a_url"},
			parley.FieldError{Field: "fields", Code: "unknown"})
	})
}

func TestKeys(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a, b := w.add("Marie", "Tremblay", ""), w.add("Luc", "Roy", "")
		if err := w.AddKey(ctx, w.amy, a, KeyInput{Kind: parley.KeyPhone, Value: "514 555 0101"}); err != nil {
			t.Fatal(err)
		}
		c := get(w.Customer(ctx, w.amy, a))(t)
		if len(c.Keys) != 1 || c.Keys[0].Value != "+15145550101" || c.Rev != 2 {
			t.Errorf("CRM-02: a phone in E.164: %+v", c)
		}
		faulty(t, "CRM-02: whose it is", w.AddKey(ctx, w.amy, b, KeyInput{Kind: parley.KeyPhone, Value: "+1 514 555 0101"}), parley.FieldError{Field: "value", Code: "taken", Whose: "Marie Tremblay " + c.AccountNumber})
		faulty(t, "CRM-02: not a phone", w.AddKey(ctx, w.amy, b, KeyInput{Kind: parley.KeyPhone, Value: "nobody"}), parley.FieldError{Field: "value", Code: "not_a_phone"})
		k := parley.Key{Kind: parley.KeyPhone, Value: "+15145550101"}
		refused(t, "CRM-02: another's", w.RemoveKey(ctx, w.amy, b, k, ""), parley.ErrNotFound)
		if err := w.RemoveKey(ctx, w.amy, a, k, ""); err != nil {
			t.Fatal(err)
		}
		if c := get(w.Customer(ctx, w.amy, a))(t); len(c.Keys) != 0 {
			t.Errorf("CRM-02: taken away: %+v", c.Keys)
		}
	})
}
