package records

import (
	"context"
	"slices"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// MergeInput says who becomes part of whom.
type MergeInput struct {
	Gone    parley.CustomerID `json:"gone_id,omitempty" maxLength:"64" doc:"who becomes part of the customer, and is no more"`
	Rev     int64             `json:"rev,omitempty" doc:"of the customer, as it was shown"`
	GoneRev int64             `json:"gone_rev,omitempty"`
	Take    []string          `json:"take,omitempty" maxItems:"100" doc:"fields taken from the one that goes; what the customer lacks is taken anyway"`
}

// Merged is a merge that can be undone.
type Merged struct {
	ID   string            `json:"id"`
	Gone parley.CustomerID `json:"gone_id"`
	Name string            `json:"name" doc:"of the one that went"`
	By   string            `json:"by"`
	At   int64             `json:"at"`
}

// Merge makes one customer of two: whatever belongs to the one that goes belongs
// to the survivor from the same commit on, and its id leads there. Merge undone
// is as if it had never been.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if somebody saved one of
// them meanwhile, an Invalid one for addresses that are too many, for the customer
// itself, and for one that was merged, deleted or erased by now.
func (r *Records) Merge(ctx context.Context, me parley.Actor, survivor parley.CustomerID, in MergeInput) (string, error) {
	if err := r.Allowed(ctx, me, ToMerge); err != nil {
		return "", err
	}
	if survivor == in.Gone {
		return "", notWith("itself")
	}
	m := store.Merge{ID: parley.NewID("mrg", r.clock.Now()), Survivor: survivor, Gone: in.Gone, By: me.By()}
	return m.ID, r.ledger.Do(ctx, ledger.Command{
		Name:  "merge_customers",
		Touch: []string{string(survivor), string(in.Gone), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			a, b, err := pair(ctx, v.View, m, in)
			if err != nil {
				return ledger.Plan{}, err
			}
			one, f := united(a, b, in.Take)
			if err := f.Err(); err != nil {
				return ledger.Plan{}, err
			}
			one.Customer.Rev, one.Customer.UpdatedAt = a.Customer.Rev+1, v.Now
			m := m
			m.Rev, m.Kept = one.Customer.Rev, a.Text()
			if m.Moved, err = v.Belongings(ctx, m.Gone); err != nil {
				return ledger.Plan{}, err
			}
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				gone := b.Customer
				r.Retire(store.Retired{
					ID: m.Gone, Why: "merged", Survivor: m.Survivor, FirstName: gone.FirstName, LastName: gone.LastName,
					Kept: b.Text(), By: m.By,
				})
				r.Restore(one, namesOf(one.Customer))
				r.Move(m.Moved, m.Survivor)
				r.Vouch(m.Gone, m.Survivor)
				r.AddMerge(m)
				record(r, me, a.Customer, one.Customer)
				Audit(r, last, me, "merge_customers", m.Survivor, m.Gone)
				touched(r, me, m.Survivor, m.Gone)
			}), nil
		},
	})
}

// pair returns both customers of a merge, as whoever merges saw them.
func pair(ctx context.Context, v store.View, m store.Merge, in MergeInput) (a, b store.KeptCustomer, err error) {
	for _, id := range []parley.CustomerID{m.Survivor, m.Gone} {
		if err := there(ctx, v, id); err != nil {
			return a, b, err
		}
	}
	if a, err = v.KeepCustomer(ctx, m.Survivor); err != nil {
		return a, b, err
	}
	if b, err = v.KeepCustomer(ctx, m.Gone); err != nil {
		return a, b, err
	}
	for _, seen := range []struct {
		now parley.Customer
		rev int64
	}{{a.Customer, in.Rev}, {b.Customer, in.GoneRev}} {
		if seen.now.Rev != seen.rev {
			return a, b, conflict(ctx, v, seen.now)
		}
	}
	return a, b, nil
}

// united returns the survivor a with what it gets of b.
func united(a, b store.KeptCustomer, take []string) (store.KeptCustomer, parley.Faults) {
	var f parley.Faults
	c, from := &a.Customer, b.Customer
	pick := func(name string, mine *string, theirs string) {
		if theirs != "" && (*mine == "" || slices.Contains(take, name)) {
			*mine = theirs
		}
	}
	pick("first_name", &c.FirstName, from.FirstName)
	pick("last_name", &c.LastName, from.LastName)
	pick("account_number", &c.AccountNumber, from.AccountNumber)
	pick("language", &c.Language, from.Language)
	pick("zone", &c.Zone, from.Zone)
	pick("notes", &c.Notes, from.Notes)
	for name, place := range map[string]struct{ mine, theirs *parley.PostalAddress }{
		"home": {&c.Home, &from.Home}, "other": {&c.Other, &from.Other},
	} {
		none := parley.PostalAddress{}
		if *place.theirs != none && (*place.mine == none || slices.Contains(take, name)) {
			*place.mine = *place.theirs
		}
	}
	fields := map[parley.FieldID]string{}
	for id, value := range from.Fields {
		fields[id] = value
	}
	for id, value := range c.Fields {
		if fields[id] == "" || !slices.Contains(take, string(id)) {
			fields[id] = value
		}
	}
	c.Fields, c.Draft = fields, c.Draft && from.Draft
	c.Emails, c.Phones, a.Digits = slices.Clone(c.Emails), slices.Clone(c.Phones), slices.Clone(a.Digits)
	c.Emails = append(c.Emails, from.Emails...) // nobody shares an e-mail
	for i, digits := range b.Digits {
		if !slices.Contains(a.Digits, digits) {
			c.Phones, a.Digits = append(c.Phones, from.Phones[i]), append(a.Digits, digits)
		}
	}
	if len(c.Emails) > addressesMax {
		f.Add("emails", "too_many")
	}
	if len(c.Phones) > addressesMax {
		f.Add("phones", "too_many")
	}
	a.Keys = slices.Clone(a.Keys)
	for _, k := range b.Keys {
		k.Customer = c.ID
		a.Keys = append(a.Keys, k)
	}
	return a, f
}

// Merges returns what became part of a customer and can be taken out again.
//
// Errors: parley.ErrForbidden.
func (r *Records) Merges(ctx context.Context, me parley.Actor, id parley.CustomerID) ([]Merged, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return nil, err
	}
	v := r.store.View()
	kept, err := v.MergesInto(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]Merged, 0, len(kept))
	for _, m := range kept {
		gone, err := v.Retired(ctx, m.Gone)
		if err != nil || m.Kept == "" {
			continue // it was erased
		}
		name := parley.Customer{FirstName: gone.FirstName, LastName: gone.LastName}.Name()
		agent, err := v.AgentName(ctx, parley.AgentID(m.By))
		if err != nil {
			return nil, err
		}
		out = append(out, Merged{ID: m.ID, Gone: m.Gone, Name: name, By: agent, At: parley.Millis(m.At)})
	}
	return out, nil
}

// UndoMerge takes two customers apart again. The one that went is as it was; so
// is the survivor, but for its version, unless somebody saved it since: then it
// only gives back what came with the other. What was moved by hand meanwhile
// stays where it was put.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if the survivor itself
// became part of another, an Invalid one if an address is somebody else's by now.
func (r *Records) UndoMerge(ctx context.Context, me parley.Actor, survivor parley.CustomerID, id string) error {
	if err := r.Allowed(ctx, me, ToMerge); err != nil {
		return err
	}
	m, err := r.store.View().Merge(ctx, id)
	if err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "undo_merge",
		Touch: []string{id, string(survivor), string(m.Gone), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			m, a, b, err := apart(ctx, v.View, survivor, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			now, err := v.Customer(ctx, survivor)
			if err != nil {
				return ledger.Plan{}, err
			}
			back, err := still(ctx, v.View, m)
			if err != nil {
				return ledger.Plan{}, err
			}
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.Restore(a, namesOf(a.Customer))
				r.Restore(b, namesOf(b.Customer))
				r.Move(back, m.Gone)
				r.Unvouch(survivor, b.Customer.Emails)
				r.UndoMerge(m.ID, me.By())
				record(r, me, now, a.Customer)
				Audit(r, last, me, "undo_merge", survivor, m.Gone)
				touched(r, me, survivor, m.Gone)
			}), nil
		},
	})
}

// apart returns a merge and both customers as they are to be again.
func apart(ctx context.Context, v store.View, survivor parley.CustomerID, id string) (m store.Merge, a, b store.KeptCustomer, err error) {
	if m, err = v.Merge(ctx, id); err != nil {
		return m, a, b, err
	}
	if m.Survivor != survivor || !m.UndoneAt.IsZero() || m.Kept == "" {
		return m, a, b, parley.ErrNotFound
	}
	now, err := v.KeepCustomer(ctx, survivor)
	if absent(err) {
		err = parley.ErrConflict
	}
	if err != nil {
		return m, a, b, err
	}
	gone, err := v.Retired(ctx, m.Gone)
	if err != nil {
		return m, a, b, err
	}
	if b, err = store.ReadKept(gone.Kept); err != nil {
		return m, a, b, err
	}
	before, err := store.ReadKept(m.Kept)
	if err != nil {
		return m, a, b, err
	}
	if a = before; now.Customer.Rev != m.Rev {
		a = without(now, before, b)
	}
	a.Customer.Rev = now.Customer.Rev + 1
	if err := fitFields(ctx, v, &a, &b); err != nil {
		return m, a, b, err
	}
	var f parley.Faults
	for i, email := range b.Customer.Emails {
		who, err := v.CustomerWithEmail(ctx, email)
		if err == nil && who != survivor {
			err = takenBy(ctx, v, parley.Index("emails", i, ""), who, &f)
		}
		if err != nil && !absent(err) {
			return m, a, b, err
		}
	}
	return m, a, b, f.Err()
}

// without returns the survivor of today less what came with b.
func without(now, before, b store.KeptCustomer) store.KeptCustomer {
	c := &now.Customer
	c.Emails = slices.DeleteFunc(slices.Clone(c.Emails), func(email string) bool { return slices.Contains(b.Customer.Emails, email) })
	phones, digits := []string{}, []string{}
	for i, d := range now.Digits {
		if slices.Contains(before.Digits, d) || !slices.Contains(b.Digits, d) {
			phones, digits = append(phones, c.Phones[i]), append(digits, d)
		}
	}
	c.Phones, now.Digits = phones, digits
	if c.AccountNumber == b.Customer.AccountNumber {
		c.AccountNumber = before.Customer.AccountNumber
	}
	now.Keys = slices.DeleteFunc(slices.Clone(now.Keys), func(k store.CustomerKey) bool {
		return slices.ContainsFunc(b.Keys, func(other store.CustomerKey) bool { return other.Key == k.Key && other.Scope == k.Scope })
	})
	return now
}

// still returns what a merge moved and is still the survivor's.
func still(ctx context.Context, v store.View, m store.Merge) (store.Moved, error) {
	now, err := v.Belongings(ctx, m.Survivor)
	out := store.Moved{}
	for table, ids := range m.Moved {
		for _, id := range ids {
			if _, ok := slices.BinarySearch(now[table], id); ok {
				out[table] = append(out[table], id)
			}
		}
	}
	return out, err
}
