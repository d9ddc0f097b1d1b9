package tables

import (
	"fmt"
	"testing"

	"parley"
)

// TestSavedLists keeps a list, shares it, changes and forgets it: everybody sees
// what is shared, nobody changes another's, and only supervisors share.
func TestSavedLists(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		in := SavedListInput{List: "cases", Name: " Open ones ", Query: "status=open&q=l%C3%A9ger", Columns: []string{"number", "subject"}}
		own := get(w.SaveList(t.Context(), w.amy, "", in))(t)
		shared := in
		shared.Name, shared.Shared = "All drafts", true
		_, err := w.SaveList(t.Context(), w.amy, "", shared)
		refused(t, "amy shares", err, parley.ErrForbidden)
		all := get(w.SaveList(t.Context(), w.sam, "", shared))(t)

		lists := get(w.SavedLists(t.Context(), w.amy, "cases"))(t)
		if len(lists) != 2 || lists[0].ID != own || lists[0].Name != "Open ones" || !lists[0].Mine || lists[1].ID != all || lists[1].Mine || len(lists[0].Columns) != 2 {
			t.Errorf("amy has %+v", lists)
		}
		if lists := get(w.SavedLists(t.Context(), w.bob, "cases"))(t); len(lists) != 1 || lists[0].ID != all {
			t.Errorf("bob has %+v", lists)
		}
		if lists := get(w.SavedLists(t.Context(), w.amy, "customers"))(t); len(lists) != 0 {
			t.Errorf("of customers: %+v", lists)
		}

		in.Name, in.Rev = "Mine", 1
		_, err = w.SaveList(t.Context(), w.bob, own, in)
		refused(t, "bob changes amy's", err, parley.ErrNotFound)
		get(w.SaveList(t.Context(), w.amy, own, in))(t)
		_, err = w.SaveList(t.Context(), w.amy, own, in)
		refused(t, "a second time", err, parley.ErrConflict)

		refused(t, "bob drops sam's", w.DropList(t.Context(), w.bob, all), parley.ErrNotFound)
		if err := w.DropList(t.Context(), w.sam, all); err != nil {
			t.Error(err)
		}
		if err := w.DropList(t.Context(), w.amy, own); err != nil {
			t.Error(err)
		}
		_, err = w.SaveList(t.Context(), w.amy, "", SavedListInput{List: "secrets", Query: "%zz"})
		faulty(t, "nonsense", err, parley.FieldError{Field: "list", Code: "unknown"}, parley.FieldError{Field: "name", Code: "required"}, parley.FieldError{Field: "query", Code: "invalid"})
	})
}

// TestChosenColumns keeps the columns of lists for each person, whatever machine they
// sit at (CRM-11).
func TestChosenColumns(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		choose := func(me parley.Actor, list string, columns ...string) {
			if err := w.ChooseColumns(t.Context(), me, list, ColumnsInput{columns}); err != nil {
				t.Error(err)
			}
		}
		choose(w.amy, "cases", "subject", "status")
		choose(w.amy, "customers", "name", "email")
		choose(w.bob, "cases", "subject")
		choose(w.amy, "cases", "subject", "number")
		choose(w.bob, "cases")
		amy, bob := get(w.Columns(t.Context(), w.amy))(t), get(w.Columns(t.Context(), w.bob))(t)
		if got := fmt.Sprint(amy.Lists, bob.Lists); got != "map[cases:[subject number] customers:[name email]] map[cases:[]]" {
			t.Errorf("they see %s", got)
		}
		err := w.ChooseColumns(t.Context(), w.amy, "secrets", ColumnsInput{[]string{"", "subject"}})
		faulty(t, "nonsense", err, parley.FieldError{Field: "list", Code: "unknown"}, parley.FieldError{Field: "columns[0]", Code: "required"})
		err = w.ChooseColumns(t.Context(), w.amy, "cases", ColumnsInput{make([]string, listColumnsMax+1)})
		faulty(t, "too many", err, parley.FieldError{Field: "columns", Code: "too_many"})
		refused(t, "a visitor", w.ChooseColumns(t.Context(), parley.Actor{Visitor: "con_1"}, "cases", ColumnsInput{}), parley.ErrForbidden)
	})
}
