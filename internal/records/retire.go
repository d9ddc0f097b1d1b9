package records

import (
	"context"
	"math"
	"slices"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/settings"
	"parley/internal/store"
)

// Retired says why a customer is no longer among the customers.
type Retired struct {
	Why   string   `json:"why" enum:"deleted,erased"`
	At    int64    `json:"at"`
	Until int64    `json:"until" doc:"when a deleted one is erased"`
	Proof *Receipt `json:"receipt,omitempty" doc:"what an erasure took, and what stays"`
}

// retired returns who is no longer among the customers: whoever a merged one
// became, else a name and why. Errors: parley.ErrNotFound.
func (r *Records) retired(ctx context.Context, id parley.CustomerID) (Customer, error) {
	v := r.store.View()
	gone, err := v.Retired(ctx, id)
	for err == nil && gone.Why == "merged" {
		id = gone.Survivor
		if gone, err = v.Retired(ctx, id); absent(err) {
			c, err := v.Customer(ctx, id)
			return view(c, 0), err
		}
	}
	if err != nil {
		return Customer{}, err
	}
	out := view(parley.Customer{ID: gone.ID, FirstName: gone.FirstName, LastName: gone.LastName, Emails: []string{}, Phones: []string{}}, 0)
	out.Retired = &Retired{Why: gone.Why, At: parley.Millis(gone.At), Until: parley.Millis(gone.Until)}
	if gone.Why == "erased" {
		out.Retired.Proof, err = receiptOf(ctx, v, id)
	}
	return out, err
}

// DeleteCustomer takes a customer away from lists, searches and matches. Until
// the time of customers.deleted_days is over, it can come back.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if somebody saved
// meanwhile, ErrConversationOpen while they are being served.
// Source: CRM-02.
func (r *Records) DeleteCustomer(ctx context.Context, me parley.Actor, id parley.CustomerID, rev int64) error {
	if err := r.Allowed(ctx, me, ToDelete); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "delete_customer",
		Touch: []string{string(id), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			kept, err := v.KeepCustomer(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if rev != 0 && kept.Customer.Rev != rev {
				return ledger.Plan{}, conflict(ctx, v.View, kept.Customer)
			}
			if err := idle(ctx, v.View, id); err != nil {
				return ledger.Plan{}, err
			}
			retired, err := retiring(ctx, v, me, kept)
			if err != nil {
				return ledger.Plan{}, err
			}
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.Retire(retired)
				Audit(r, last, me, "delete_customer", id)
				touched(r, me, id)
			}), nil
		},
	})
}

// retiring is a customer as a deletion keeps it, for customers.deleted_days.
func retiring(ctx context.Context, v ledger.View, me parley.Actor, kept store.KeptCustomer) (store.Retired, error) {
	values, err := v.Settings(ctx)
	c, days := kept.Customer, settings.New(values).Int("customers.deleted_days", settings.At{})
	return store.Retired{
		ID: c.ID, Why: "deleted", FirstName: c.FirstName, LastName: c.LastName, Kept: kept.Text(), By: me.By(), Until: v.Now.AddDate(0, 0, int(days)),
	}, err
}

// RestoreCustomer brings a deleted customer back, as it was.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one if somebody has its
// account number or an e-mail by now.
func (r *Records) RestoreCustomer(ctx context.Context, me parley.Actor, id parley.CustomerID) error {
	if err := r.Allowed(ctx, me, ToDelete); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "restore_customer",
		Touch: []string{string(id), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			gone, err := v.Retired(ctx, id)
			if err == nil && gone.Why != "deleted" {
				err = parley.ErrNotFound
			}
			if err != nil {
				return ledger.Plan{}, err
			}
			kept, err := comeBack(ctx, v.View, gone)
			if err != nil {
				return ledger.Plan{}, err
			}
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.Restore(kept, namesOf(kept.Customer))
				Audit(r, last, me, "restore_customer", id)
				touched(r, me, id)
			}), nil
		},
	})
}

// comeBack reads a customer that was kept, if nobody else took its place.
func comeBack(ctx context.Context, v store.View, gone store.Retired) (store.KeptCustomer, error) {
	kept, err := store.ReadKept(gone.Kept)
	if err != nil {
		return kept, err
	}
	var f parley.Faults
	if err := taken(ctx, v, kept.Customer, kept.Customer.Emails, &f); err != nil {
		return kept, err
	}
	if err := fitFields(ctx, v, &kept); err != nil {
		return kept, err
	}
	return kept, f.Err()
}

// fitFields forgets what customers that were kept say in fields that were
// removed meanwhile.
func fitFields(ctx context.Context, v store.View, kept ...*store.KeptCustomer) error {
	known, err := v.Fields(ctx, parley.OfCustomer)
	if err != nil {
		return err
	}
	for _, k := range kept {
		for id := range k.Customer.Fields {
			if !slices.ContainsFunc(known, func(f parley.CustomField) bool { return f.ID == id }) {
				delete(k.Customer.Fields, id)
			}
		}
	}
	return nil
}

// Gone is a deleted customer of the list of those who can come back.
type Gone struct {
	ID    parley.CustomerID `json:"id"`
	Name  string            `json:"name"`
	At    int64             `json:"at"`
	Until int64             `json:"until"`
}

// DeletedCustomers returns those who can come back, the latest first.
//
// Errors: parley.ErrForbidden, ErrBadRequest.
func (r *Records) DeletedCustomers(ctx context.Context, me parley.Actor, after string, limit int) (Page[Gone], error) {
	p := Page[Gone]{Items: []Gone{}}
	if err := r.Allowed(ctx, me, ToDelete); err != nil {
		return p, err
	}
	place := gonePlace{At: math.MaxInt64 / 2}
	if after != "" {
		if err := at(after, &place); err != nil {
			return p, err
		}
	}
	most := bounded(limit)
	list, err := r.store.View().Deleted(ctx, time.UnixMilli(place.At), place.ID, most)
	for _, x := range list {
		name := parley.Customer{FirstName: x.FirstName, LastName: x.LastName}.Name()
		p.Items = append(p.Items, Gone{ID: x.ID, Name: name, At: parley.Millis(x.At), Until: parley.Millis(x.Until)})
		place = gonePlace{parley.Millis(x.At), x.ID}
	}
	if len(list) == most {
		p.Next = cursor(place)
	}
	return p, err
}

// gonePlace is a place in the list of deleted customers.
type gonePlace struct {
	At int64
	ID parley.CustomerID
}

// idle refuses while a customer's conversation is open.
//
// Errors: parley.ErrConversationOpen.
func idle(ctx context.Context, v store.View, id parley.CustomerID) error {
	open, err := v.OpenWith(ctx, id)
	if err == nil && open {
		err = parley.ErrConversationOpen
	}
	return err
}

// Audit adds to the audit log what was done to a customer: ids, never words, so
// that a person can be erased and the log stays whole.
//
// Source.
func Audit(r *store.Rows, last store.Audit, me parley.Actor, action string, subjects ...parley.CustomerID) {
	row := store.Audit{
		At: r.Now(), Actor: me.By(), IP: me.IP, Request: me.Request, Action: action, Subject: string(subjects[0]),
	}
	if len(subjects) > 1 {
		row.After = `{"with":"` + string(subjects[1]) + `"}`
	}
	r.AddAudit(last, row)
}

// touched tells whoever looks at customers that they changed.
func touched(r *store.Rows, me parley.Actor, ids ...parley.CustomerID) {
	for _, id := range ids {
		r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(id), Agent: me.Agent})
	}
}
