package tables

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/records"
	"parley/internal/sheet"
	"parley/internal/store"
)

// file is a list of customers as a spreadsheet of Quebec writes it.
const file = "Pr\xe9nom;Nom;Courriel;T\xe9l\xe9phone;Couleur\n" +
	"Zo\xeb;L\xe9ger;ZOE@example.com;514 555-0101;bleu\n" +
	";;pas un courriel;;rouge\n" +
	"Luc;Tremblay;luc@example.com;;\n" +
	"Luc;Double;luc@example.com;;\n"

// TestImport tries a file, adds it, gives it again, and goes on with one that was
// broken off: each row is a customer once, and each fault has its line, its column
// and its reason.
func TestImport(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		dry := get(w.Import(t.Context(), w.amy, []byte(file), ImportOptions{DryRun: true}))(t)
		if dry.Encoding != sheet.Latin1 || dry.Separator != ";" || dry.Rows != 4 || dry.Added != 2 || !slices.Equal(dry.Columns, []string{"first_name", "last_name", "email", "phone", ""}) {
			t.Errorf("tried: %+v", dry)
		}
		faults := map[string]bool{}
		for _, f := range dry.Wrong {
			faults[fmt.Sprint(f.Line, " ", f.Column, " ", f.Code)] = true
		}
		for _, want := range []string{"3 Pr\u00e9nom required", "3 Nom required", "3 Courriel not_an_email", "5 Courriel repeated"} {
			if !faults[want] {
				t.Errorf("%q is missing of %v", want, faults)
			}
		}
		if all := get(w.records.Customers(t.Context(), w.amy, records.CustomerQuery{}))(t); len(all.Items) != 0 {
			t.Errorf("a dry run added %v", all.Items)
		}
		done := get(w.Import(t.Context(), w.amy, []byte(file), ImportOptions{}))(t)
		if done.Added != 2 || done.Had != 0 || done.Next != 0 || len(done.Wrong) != 4 {
			t.Errorf("added: %+v", done)
		}
		again := get(w.Import(t.Context(), w.amy, []byte(file), ImportOptions{}))(t)
		if again.Added != 0 || again.Had != 2 {
			t.Errorf("again: %+v", again)
		}
		found := get(w.records.Search(t.Context(), w.amy, "zoe leger", 0))(t)
		if len(found.Customers) != 1 || found.Customers[0].Emails[0] != "zoe@example.com" {
			t.Errorf("found: %+v", found.Customers)
		}
	})
}

// TestImportKeepsTheFirst adds many pairs that share an e-mail: of each the row above
// is the customer, as the dry run said, and the one below is left out (CRM-02).
func TestImportKeepsTheFirst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		pairs := "first_name,last_name,email\n"
		for n := range 40 {
			pairs += fmt.Sprintf("First,Pair,p%d@example.com\nSecond,Pair,p%d@example.com\n", n, n)
		}
		for _, dry := range []bool{true, false} {
			got := get(w.Import(t.Context(), w.amy, []byte(pairs), ImportOptions{DryRun: dry}))(t)
			if got.Added != 40 || len(got.Wrong) != 40 || got.Wrong[0].Line != 3 || got.Wrong[0].Code != "repeated" {
				t.Fatalf("dry=%v: %d added, wrong: %+v", dry, got.Added, got.Wrong[:min(len(got.Wrong), 2)])
			}
		}
		for n := range 40 {
			found := get(w.records.Customers(t.Context(), w.amy, records.CustomerQuery{Text: fmt.Sprintf("p%d@example.com", n)}))(t)
			if len(found.Items) != 1 || found.Items[0].FirstName != "First" {
				t.Errorf("p%d: %+v", n, found.Items)
			}
		}
	})
}

// TestImportRefuses files that are none, columns that nobody knows, and people
// without the right.
func TestImportRefuses(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for name, bad := range map[string]struct {
			file string
			o    ImportOptions
			want parley.FieldError
		}{
			"nothing":    {"", ImportOptions{}, parley.FieldError{Field: "file", Code: "not_a_table"}},
			"only heads": {"Nom\n", ImportOptions{}, parley.FieldError{Field: "file", Code: "empty"}},
			"too long":   {"Nom\n" + strings.Repeat("x\n", importMost+1), ImportOptions{}, parley.FieldError{Field: "file", Code: "too_many"}},
			"no column":  {"a,b\n1,2\n", ImportOptions{}, parley.FieldError{Field: "columns", Code: "required"}},
			"unknown":    {"a,b\n1,2\n", ImportOptions{Columns: []string{"nobody", ""}}, parley.FieldError{Field: "columns[0]", Code: "unknown"}},
		} {
			_, err := w.Import(t.Context(), w.amy, []byte(bad.file), bad.o)
			faulty(t, name, err, bad.want)
		}
		asked := get(w.Import(t.Context(), w.amy, []byte("a,b\n1,2\n"), ImportOptions{DryRun: true}))(t)
		if asked.Rows != 1 || asked.Added != 0 || asked.Next != 0 || len(asked.Wrong) != 0 || !slices.Equal(asked.Head, []string{"a", "b"}) || !slices.Equal(asked.Columns, []string{"", ""}) {
			t.Errorf("a try with heads nobody knows asks what the columns are: %+v", asked)
		}
		_, err := w.Import(t.Context(), parley.Actor{Visitor: "con_1"}, []byte(file), ImportOptions{})
		refused(t, "a visitor", err, parley.ErrForbidden)
	})
}

// TestImportPieces imports more rows than one step takes.
func TestImportPieces(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var b strings.Builder
		b.WriteString("last name,first name\n")
		for i := range importPiece + 20 {
			fmt.Fprintf(&b, "Person,Number %d\n", i)
		}
		first := get(w.Import(t.Context(), w.amy, []byte(b.String()), ImportOptions{}))(t)
		second := get(w.Import(t.Context(), w.amy, []byte(b.String()), ImportOptions{From: first.Next}))(t)
		if first.Added != importPiece || first.Next != importPiece || second.Added != 20 || second.Next != 0 {
			t.Errorf("%d to %d, then %d to %d", first.Added, first.Next, second.Added, second.Next)
		}
	})
}

// TestExport writes tables that no spreadsheet runs and that can be imported again
// page after page; who may not take records out, may not.
func TestExport(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for i := range pageSize + 3 {
			w.add(records.CustomerInput{FirstName: "=HYPERLINK(1)", LastName: fmt.Sprintf("Evil%03d", i)})
		}
		w.arrive("=eve")
		get(w.records.CreateCase(t.Context(), w.amy, records.CaseInput{Subject: "-1+2", Draft: true, Status: parley.CaseOpen}))(t)
		flushes := 0
		flushed := func() error { flushes++; return nil }
		var customers, cases, talks bytes.Buffer
		err := errors.Join(
			w.ExportCustomers(t.Context(), w.sam, records.CustomerQuery{}, &customers, flushed), w.ExportCases(t.Context(), w.sam, records.CaseQuery{}, &cases, flushed),
			w.ExportInteractions(t.Context(), w.sam, records.TalkedQuery{}, &talks, flushed))
		if err != nil || flushes < 4 {
			t.Fatalf("%d flushes, %v", flushes, err)
		}
		for what, table := range map[string]string{"customers": customers.String(), "cases": cases.String(), "talks": talks.String()} {
			for line := range strings.Lines(table) {
				for _, cell := range strings.Split(line, ",") {
					if cell = strings.Trim(cell, "\"\r\n"); cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
						t.Errorf("%s: %q would be run", what, cell)
					}
				}
			}
		}
		back, err := sheet.Read(customers.Bytes())
		if err != nil || len(back.Rows) != pageSize+3 || back.Rows[0].Cells[1] != "=HYPERLINK(1)" {
			t.Errorf("%d rows, %v", len(back.Rows), err)
		}
		told := get(w.store.View().AuditPage(t.Context(), 0, 10))(t)
		for i, list := range []string{"interactions", "cases", "customers"} {
			if len(told) != 3 || told[i].Action != "export_list" || told[i].Subject != list || told[i].Actor != "agt_sam" {
				t.Fatalf("A-117: who took %s out is kept: %+v", list, told)
			}
		}
		err = w.ExportCustomers(context.Background(), parley.Actor{Visitor: "con_1"}, records.CustomerQuery{}, &customers, flushed)
		refused(t, "a visitor", err, parley.ErrForbidden)
	})
}

// TestImportOwnFields imports the center's own fields of all five types (CRM-05): known by
// their name and by either label, checked as forms check them, and left out
// once they are no longer asked for.
func TestImportOwnFields(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.do(func(r *store.Rows) {
			for _, f := range []parley.CustomField{
				{ID: "fld_nick", Name: "nickname", Label: "Nickname", LabelFR: "Petit nom", Type: parley.FieldText, Length: 5, Active: true},
				{ID: "fld_site", Name: "homepage", Label: "Home page", Type: parley.FieldURL, Length: 85, Active: true},
				{ID: "fld_points", Name: "points", Label: "Points", Type: parley.FieldNumber, Length: 10, Active: true},
				{ID: "fld_due", Name: "due", Label: "Renewal", Type: parley.FieldDate, Active: true},
				{ID: "fld_tier", Name: "tier", Label: "Tier", Type: parley.FieldPickList, Options: []string{"Gold", "Silver"}, Default: "Silver", Active: true},
				{ID: "fld_old", Name: "old", Label: "Old", Type: parley.FieldText, Length: 5},
			} {
				f.Object, f.Rev = parley.OfCustomer, 1
				r.SaveField(f)
			}
		})
		table := []byte("Nom,Pr\u00e9nom,petit nom,HOME PAGE,points,renewal,tier,old,\n" +
			"Roy,Zoe,Zo,https://zoe.example,12.5,2026-03-02,Gold,x,\n" +
			"Cote,Leo,longer than five,nowhere,12e5,tomorrow,Tin,,\n" +
			"Roy,Max,,,,,,,\n")
		columns := []string{"last_name", "first_name", "fields.nickname", "fields.homepage", "fields.points", "fields.due", "fields.tier", "", ""}
		for name, dry := range map[string]bool{"tried": true, "added": false} {
			done := get(w.Import(t.Context(), w.amy, table, ImportOptions{DryRun: dry, Columns: map[bool][]string{true: nil, false: columns}[dry]}))(t)
			if done.Added+done.Had != 2 || len(done.Wrong) != 5 || !slices.Equal(done.Columns, columns) {
				t.Errorf("%s: %+v", name, done)
			}
			for _, want := range []ImportFault{
				{3, "petit nom", "too_long", "longer than five"}, {3, "HOME PAGE", "not_a_url", "nowhere"}, {3, "points", "not_a_number", "12e5"},
				{3, "renewal", "not_a_date", "tomorrow"}, {3, "tier", "not_a_pick_list", "Tin"},
			} {
				if !slices.Contains(done.Wrong, want) {
					t.Errorf("%s: %+v is missing of %+v", name, want, done.Wrong)
				}
			}
		}
		all := get(w.records.Customers(t.Context(), w.amy, records.CustomerQuery{}))(t).Items
		var said []string
		for _, c := range all {
			f := get(w.records.Customer(t.Context(), w.amy, c.ID))(t).Fields
			said = append(said, strings.Join([]string{f["fld_nick"], f["fld_site"], f["fld_points"], f["fld_due"], f["fld_tier"], f["fld_old"]}, "|"))
		}
		slices.Sort(said)
		if want := []string{"Zo|https://zoe.example|12.5|2026-03-02|Gold|", "||||Silver|"}; !slices.Equal(said, want) {
			t.Errorf("kept: %q, want %q", said, want)
		}
		_, err := w.Import(t.Context(), w.amy, table, ImportOptions{Columns: []string{"last_name", "fields.old"}})
		faulty(t, "a field no longer asked for", err, parley.FieldError{Field: "columns[1]", Code: "unknown"})
	})
}

// nasty are customers whose words a table could break.
func nasty(w *town) {
	place := parley.PostalAddress{Lines: "12, rue \"Sainte\"\n2e \u00e9tage", City: "Trois-Rivi\u00e8res", Region: "=QC", PostalCode: "G9A 5H7", Country: "CA"}
	w.add(records.CustomerInput{
		AccountNumber: "-100", FirstName: "Zo\u00eb", LastName: "'=Roy", Emails: []string{"zoe@example.com", "z.roy@example.com"},
		Phones: []string{"514 555-0101", "555-1234; ext 5"}, Language: "fr-CA", Zone: "America/Toronto", Notes: "@first\nthen, \"quoted\"; done ",
		Home: place, Other: parley.PostalAddress{City: "+Laval"}, Fields: map[string]string{"fld_tier": "Gold", "fld_city": "-1+2"},
	})
	w.add(records.CustomerInput{FirstName: "Luc", LastName: "Tremblay"})
	w.add(records.CustomerInput{FirstName: "Half", Draft: true})
}

// TestRoundTrip takes customers out and tries to bring them in again: every cell
// that an import takes has its head and its words, and nothing is to change
// (A-001, CRM-02, CRM-05).
func TestRoundTrip(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.fields(
			parley.CustomField{ID: "fld_tier", Name: "tier", Label: "Tier", Type: parley.FieldPickList, Options: []string{"Gold"}},
			parley.CustomField{ID: "fld_city", Name: "city", Label: "City", Type: parley.FieldText, Length: 20},
			parley.CustomField{ID: "fld_old", Name: "old", Label: "Old", Type: parley.FieldText, Length: 20},
		)
		nasty(w)
		w.do(func(r *store.Rows) {
			r.Exec(`UPDATE fields SET active = $1 WHERE id = 'fld_old'`, false)
			r.SaveCustomerKey(store.CustomerKey{Key: parley.Key{Kind: parley.KeyFacebook, Value: "1234"}, Customer: w.idOf("-100"), Handle: "zoe"})
		})
		table := w.export()
		read := get(sheet.Read(table))(t)
		for _, c := range builtin {
			if !slices.Contains(read.Head, c.name) {
				t.Errorf("CRM-02: the table lacks %s: %v", c.name, read.Head)
			}
		}
		for _, want := range []string{"fields.tier", "fields.city", "fields.old", "identities"} {
			if !slices.Contains(read.Head, want) {
				t.Errorf("CRM-05: the table lacks %s: %v", want, read.Head)
			}
		}
		if !strings.Contains(string(table), "facebook 1234 zoe") {
			t.Errorf("CRM-02: identities are in the table: %s", table)
		}
		for _, dry := range []bool{true, false} {
			got := get(w.Import(t.Context(), w.sam, table, ImportOptions{DryRun: dry}))(t)
			if got.Same != 3 || got.Added != 0 || len(got.Wrong) != 0 || got.Had != 0 {
				t.Errorf("issue 4: nothing to change: dry %v, %+v", dry, got)
			}
		}
		changed := bytes.Replace(table, []byte("Luc,Tremblay"), []byte("Luc,Cote"), 1)
		got := get(w.Import(t.Context(), w.sam, changed, ImportOptions{DryRun: true}))(t)
		if got.Same != 2 || got.Added != 0 || len(got.Wrong) == 0 || got.Wrong[0].Code != "taken" || got.Wrong[0].Column != "account_number" {
			t.Errorf("issue 4: a row that says something else of somebody who is there is not passed over: %+v", got)
		}
	})
}

// TestMoving takes customers out of one center and brings them into another: they
// are the same there (A-001, CRM-02, CRM-05).
func TestMoving(t *testing.T) {
	var table []byte
	own := []parley.CustomField{
		{ID: "fld_tier", Name: "tier", Label: "Tier", Type: parley.FieldPickList, Options: []string{"Gold"}},
		{ID: "fld_city", Name: "city", Label: "City", Type: parley.FieldText, Length: 20},
	}
	each(t, func(t *testing.T, w *town) {
		w.fields(own...)
		w.add(records.CustomerInput{
			AccountNumber: "-100", FirstName: "Zo\u00eb", LastName: "'=Roy", Emails: []string{"zoe@example.com"}, Phones: []string{"514 555-0101", "+33 1 42 68 53 00"},
			Language: "fr-CA", Zone: "America/Toronto", Notes: "@first\nthen", Home: parley.PostalAddress{Lines: "12, rue X\n2e", City: "Laval", Country: "CA"},
			Other: parley.PostalAddress{PostalCode: "H7A", Region: "QC"}, Fields: map[string]string{"fld_tier": "Gold", "fld_city": "-1+2"},
		})
		table = w.export()
	})
	each(t, func(t *testing.T, w *town) {
		w.fields(own...)
		if got := get(w.Import(t.Context(), w.sam, table, ImportOptions{}))(t); got.Added != 1 || len(got.Wrong) != 0 {
			t.Fatalf("issue 4: %+v", got)
		}
		if back := w.export(); string(trimmed(back)) != string(trimmed(table)) {
			t.Errorf("issue 4: the same there:\n%s\n%s", back, table)
		}
		bad := []byte("first_name,last_name,home_city\nZoe,Roy," + strings.Repeat("x", 200) + "\n")
		if got := get(w.Import(t.Context(), w.sam, bad, ImportOptions{DryRun: true}))(t); len(got.Wrong) != 1 || got.Wrong[0].Column != "home_city" || len(got.Wrong[0].Value) != 80 {
			t.Errorf("issue 4: what is wrong with an address is told by its column: %+v", got.Wrong)
		}
	})
}

// trimmed is a table without when its rows were made, and their ids.
func trimmed(table []byte) []byte {
	return regexp.MustCompile(`cus_[0-9a-f]+|\d{4}-\d\d-\d\dT[0-9:]*Z`).ReplaceAll(table, nil)
}
