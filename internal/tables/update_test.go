package tables

import (
	"testing"

	"parley"
	"parley/internal/records"
	"parley/internal/store"
)

// TestUpdate changes people who are there by a file: tried first, what changes
// named, what an empty cell leaves, and all of it taken back (issue 4, section 1).
func TestUpdate(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.fields(parley.CustomField{ID: "fld_tier", Name: "tier", Label: "Tier", Type: parley.FieldPickList, Options: []string{"Gold"}})
		w.add(records.CustomerInput{AccountNumber: "100", FirstName: "Luc", LastName: "Tremblay", Emails: []string{"luc@example.com"}, Phones: []string{"514 555-0101"}, Notes: "likes tea", Home: parley.PostalAddress{City: "Laval", Country: "CA"}})
		w.add(records.CustomerInput{AccountNumber: "200", FirstName: "Zoe", LastName: "Roy", Emails: []string{"zoe@example.com"}})
		w.add(records.CustomerInput{AccountNumber: "300", FirstName: "Max", LastName: "Roy", Emails: []string{"max@example.com"}})
		before := string(trimmed(w.export()))
		table := []byte("account_number,first_name,last_name,email,phone,notes,home_city,fields.tier\n" +
			"100,Luc,Cote,luc@example.com; l.cote@example.com,(514) 555 0101,,Montreal,Gold\n" +
			",Zoe,Roy,ZOE@example.com,,,,\n" +
			"300,Max,Roy,zoe@example.org,,,,Tin\n" +
			"100,Luc,Again,,,,,\n" +
			"400,New,Person,new@example.com,,,,\n")
		dry := get(w.Import(t.Context(), w.amy, table, ImportOptions{DryRun: true, Update: true}))(t)
		if dry.Updated != 1 || dry.Same != 1 || dry.Added != 1 || len(dry.Was) != 0 || string(trimmed(w.export())) != before {
			t.Errorf("issue 4: a try changes nothing: %+v", dry)
		}
		want := []ImportChange{
			{Column: "last_name", Before: "Tremblay", After: "Cote"},
			{Column: "email", Before: "luc@example.com", After: "luc@example.com; l.cote@example.com"},
			{Column: "home_city", Before: "Laval", After: "Montreal"}, {Column: "fields.tier", After: "Gold"},
		}
		for i, c := range want {
			c.Line, c.Customer, c.Name = 2, w.idOf("100"), "Luc Tremblay"
			if len(dry.Changes) != len(want) || dry.Changes[i] != c {
				t.Fatalf("issue 4: what would change: %+v, want %+v", dry.Changes, c)
			}
		}
		done := get(w.Import(t.Context(), w.amy, table, ImportOptions{Update: true}))(t)
		if done.Updated != 1 || done.Same != 1 || done.Added != 1 || len(done.Was) != 1 || len(done.Changes) != 0 {
			t.Errorf("issue 4: %+v", done)
		}
		for _, got := range []Imported{dry, done} {
			if len(got.Wrong) != 2 || got.Wrong[0] != (ImportFault{4, "fields.tier", "not_a_pick_list", "Tin"}) || got.Wrong[1] != (ImportFault{5, "account_number", "repeated", "100"}) {
				t.Errorf("issue 4: what is wrong: %+v", got.Wrong)
			}
		}
		luc := get(w.records.Customer(t.Context(), w.amy, w.idOf("100")))(t)
		if luc.LastName != "Cote" || luc.Notes != "likes tea" || luc.Home.Country != "CA" || luc.Fields["fld_tier"] != "Gold" || len(luc.Emails) != 2 {
			t.Errorf("issue 4: an empty cell leaves what is there: %+v", luc)
		}
		history := get(w.records.CustomerHistory(t.Context(), w.amy, luc.ID, "", 0))(t)
		if len(history.Items) != 4 {
			t.Errorf("CRM-02: what an import changed is in the history: %+v", history.Items)
		}
		again := get(w.Import(t.Context(), w.amy, table, ImportOptions{Update: true}))(t)
		if again.Updated != 0 || again.Added != 0 || again.Same != 3 || len(again.Was) != 0 {
			t.Errorf("issue 4: the same file again changes nobody: %+v", again)
		}
		w.takenBack(done.Was, luc)
	})
}

// takenBack undoes what was done to Luc, and tries it once more.
func (w *town) takenBack(was []ImportWas, luc records.Customer) {
	w.t.Helper()
	undone := get(w.Undo(w.t.Context(), w.amy, was))(w.t)
	now := get(w.records.Customer(w.t.Context(), w.amy, luc.ID))(w.t)
	if len(undone.Changed) != 1 || undone.Changed[0].Rev != now.Rev || now.LastName != "Tremblay" || len(now.Emails) != 1 || now.Home.City != "Laval" || now.Fields["fld_tier"] != "" || now.Phones[0] != luc.Phones[0] {
		w.t.Errorf("issue 4: taken back: %+v, %+v", undone, now)
	}
	twice := get(w.Undo(w.t.Context(), w.amy, was))(w.t)
	if len(twice.Changed) != 0 || len(twice.Refused) != 1 || twice.Refused[0].Code != "changed_since" {
		w.t.Errorf("issue 4: who was saved since stays: %+v", twice)
	}
	gone := get(w.Undo(w.t.Context(), w.amy, []ImportWas{{Customer: "cus_nobody", Said: was[0].Said}}))(w.t)
	if len(gone.Refused) != 1 || gone.Refused[0].Code != "not_found" {
		w.t.Errorf("issue 4: who is not there: %+v", gone)
	}
}

// TestUpdateClears takes away what a lone hyphen stands for, finds whose row it is
// by the id, and refuses to take away a name (issue 4, section 1).
func TestUpdateClears(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.fields(parley.CustomField{ID: "fld_tier", Name: "tier", Label: "Tier", Type: parley.FieldText})
		w.add(records.CustomerInput{AccountNumber: "100", FirstName: "Luc", LastName: "Roy", Emails: []string{"luc@example.com"}, Phones: []string{"514 555-0101"}, Notes: "likes tea", Fields: map[string]string{"fld_tier": "Gold"}})
		id := w.idOf("100")
		table := []byte("id,first_name,last_name,email,phone,notes,fields.tier\n" + string(id) + ",,,luc@example.com,-,-,-\n")
		done := get(w.Import(t.Context(), w.amy, table, ImportOptions{Update: true}))(t)
		luc := get(w.records.Customer(t.Context(), w.amy, id))(t)
		if done.Updated != 1 || luc.FirstName+" "+luc.LastName != "Luc Roy" || len(luc.Emails) != 1 || len(luc.Phones)+len(luc.Notes)+len(luc.Fields["fld_tier"]) > 0 {
			t.Errorf("issue 4: %+v, %+v", done, luc)
		}
		nameless := get(w.Import(t.Context(), w.amy, []byte("account_number,last_name,email\n100,-,-\n"), ImportOptions{Update: true}))(t)
		if nameless.Updated != 0 || len(nameless.Wrong) != 1 || nameless.Wrong[0] != (ImportFault{2, "last_name", "required", "-"}) {
			t.Errorf("issue 4: a name does not go: %+v", nameless)
		}
	})
}

// TestUpdateRights keeps who may not edit from changing people by a file (SEC-07),
// and does not add again who was added by the file and is named by nothing.
func TestUpdateRights(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		table := []byte("first_name,last_name\nLuc,Tremblay\n")
		for i, want := range []int{1, 0} {
			if got := get(w.Import(t.Context(), w.amy, table, ImportOptions{Update: true}))(t); got.Added != want || got.Had != i {
				t.Errorf("issue 4: a row that names nobody is added once: %+v", got)
			}
		}
		w.do(func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeAgent, ScopeID: "agt_amy", Key: "customers.edit", Value: `"supervisor"`})
		})
		_, err := w.Import(t.Context(), w.amy, table, ImportOptions{Update: true, DryRun: true})
		refused(t, "SEC-07: who may not edit", err, parley.ErrForbidden)
		_, err = w.Undo(t.Context(), w.amy, []ImportWas{{Customer: "cus_1"}})
		refused(t, "SEC-07: nor take back", err, parley.ErrForbidden)
		get(w.Import(t.Context(), w.sam, table, ImportOptions{Update: true, DryRun: true}))(t)
	})
}
