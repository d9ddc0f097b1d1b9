package records

import (
	"testing"

	"parley"
)

func TestCompare(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a, b := w.pairOfMarie()
		stranger := w.add("John", "Smith", "")
		_, err := w.Compare(ctx, w.amy, a, b)
		refused(t, "SEC-07: who may not merge need not compare", err, parley.ErrForbidden)
		got := get(w.Compare(ctx, w.sam, a, b))(t)
		if got.Customer.ID != a || got.Other.ID != b || len(got.Other.Keys) != 1 || got.Theirs != (Belongings{Conversations: 1, Cases: 1}) || got.Own != got.Theirs {
			t.Errorf("CRM-02: both, and what is each one's: %+v", got)
		}
		if len(got.Evidence) != 2 || got.Evidence[0] != (Evidence{"phone", "+15145550101"}) || got.Evidence[1].Kind != "name_alike" {
			t.Errorf("CRM-02: what they have in common: %+v", got.Evidence)
		}
		if got := get(w.Compare(ctx, w.sam, a, stranger))(t); len(got.Evidence) != 0 || got.Evidence == nil || got.Theirs != (Belongings{}) {
			t.Errorf("CRM-02: anybody can be chosen, and that nothing speaks for it is told: %+v", got)
		}
		w.merge(a, stranger)
		if one := get(w.Customer(ctx, w.amy, stranger))(t); one.ID != a {
			t.Errorf("CRM-02: and becomes one without a suggestion: %+v", one)
		}
	})
}

func TestNotToMerge(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a, b := w.pairOfMarie()
		deleted, erased := w.add("Old", "Friend", ""), w.add("Old", "Foe", "")
		for _, id := range []parley.CustomerID{deleted, erased} {
			if err := w.DeleteCustomer(ctx, w.sam, id, 0); err != nil {
				t.Fatal(err)
			}
		}
		get(w.EraseCustomer(ctx, w.ada, erased))(t)
		w.merge(a, b)
		rev := get(w.Customer(ctx, w.sam, a))(t).Rev
		for other, code := range map[parley.CustomerID]string{a: "itself", b: "merged", deleted: "deleted", erased: "erased"} {
			want := parley.FieldError{Field: "gone_id", Code: code}
			_, err := w.Compare(ctx, w.sam, a, other)
			faulty(t, "CRM-02: not to compare with", err, want)
			_, err = w.Merge(ctx, w.sam, a, MergeInput{Gone: other, Rev: rev, GoneRev: 1})
			faulty(t, "CRM-02: not to merge with", err, want)
			if other != a {
				_, err = w.Merge(ctx, w.sam, other, MergeInput{Gone: a, Rev: 1, GoneRev: rev})
				faulty(t, "CRM-02: nor the other way round", err, want)
			}
		}
		_, err := w.Compare(ctx, w.sam, a, "cus_none")
		refused(t, "CRM-02: nobody", err, parley.ErrNotFound)
		now := get(w.Customer(ctx, w.sam, a))(t)
		if now.Rev != rev || len(get(w.Merges(ctx, w.sam, a))(t)) != 1 {
			t.Errorf("CRM-02: a refusal changes nothing: %+v", now)
		}
	})
}
