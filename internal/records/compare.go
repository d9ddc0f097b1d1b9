package records

import (
	"context"

	"parley"
	"parley/internal/store"
)

// Comparison is two customers beside each other, before they are merged.
type Comparison struct {
	Customer Customer   `json:"customer"`
	Other    Customer   `json:"other"`
	Evidence []Evidence `json:"evidence" doc:"what they have in common, the strongest first"`
	Own      Belongings `json:"own" doc:"what is the customer's: moves if the other stays"`
	Theirs   Belongings `json:"theirs" doc:"what is the other's: moves if the customer stays"`
}

// Belongings are how many things of a customer change hands in a merge.
type Belongings struct {
	Conversations int `json:"conversations"`
	Cases         int `json:"cases"`
	Tasks         int `json:"tasks"`
	Letters       int `json:"letters" doc:"e-mails to them"`
}

// Compare returns what a merge of two customers would be about. Whom to compare
// with anybody may choose who may merge: a suggestion is not needed.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one for one that is no
// longer among the customers, and for the customer itself.
// Source: CRM-02.
func (r *Records) Compare(ctx context.Context, me parley.Actor, id, with parley.CustomerID) (Comparison, error) {
	var out Comparison
	if err := r.Allowed(ctx, me, ToMerge); err != nil {
		return out, err
	}
	if id == with {
		return out, notWith("itself")
	}
	v := r.store.View()
	for _, one := range []struct {
		id     parley.CustomerID
		shown  *Customer
		things *Belongings
	}{{id, &out.Customer, &out.Own}, {with, &out.Other, &out.Theirs}} {
		if err := there(ctx, v, one.id); err != nil {
			return out, err
		}
		c, err := r.Customer(ctx, me, one.id)
		if err != nil {
			return out, err
		}
		moved, err := v.Belongings(ctx, one.id)
		if err != nil {
			return out, err
		}
		*one.shown = c
		*one.things = Belongings{len(moved["conversations"]), len(moved["cases"]), len(moved["tasks"]), len(moved["letters"])}
	}
	rows := make([]store.CustomerRow, 0, 2)
	for _, one := range []parley.CustomerID{id, with} {
		found, err := v.Customers(ctx, one)
		if err != nil {
			return out, err
		}
		rows = append(rows, found...)
	}
	if len(rows) == 2 {
		out.Evidence = common(rows[0], rows[1])
	}
	return out, nil
}

// notWith refuses whom somebody chose to merge with.
func notWith(code string) error {
	return parley.ErrInvalid(parley.FieldError{Field: "gone_id", Code: code})
}

// there refuses a customer that was merged, deleted or erased already.
//
// Errors: parley.ErrNotFound for one that never was, an Invalid one that says why.
func there(ctx context.Context, v store.View, id parley.CustomerID) error {
	_, err := v.Customer(ctx, id)
	if !absent(err) {
		return err
	}
	gone, err := v.Retired(ctx, id)
	if err != nil {
		return err
	}
	return notWith(gone.Why)
}
