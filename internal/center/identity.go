package center

import (
	"context"
	"errors"
	"slices"

	"parley"
	"parley/internal/identity"
	"parley/internal/records"
	"parley/internal/store"
)

// belongs finds whose a new conversation is: of the customer the caller names, of
// one who has one of its addresses, of the one who has its phone. Somebody nobody
// knows becomes a customer where the entry point makes them.
//
// Source: networks.md 11, SMS-08, SOC-05, API-03.
func (in *intake) belongs(ctx context.Context, t *dialog, m parley.Inbound) error {
	customer, err := in.customer(ctx, t, m)
	if err != nil {
		return err
	}
	if customer == "" && in.createsOnArrival() {
		id, add, err := records.PlanNewcomer(ctx, in.v.View, in.v.Now, t.Visitor)
		if err != nil {
			return err
		}
		if customer = id; add != nil {
			in.list(add)
		}
	}
	if customer == "" {
		return nil
	}
	return in.links(ctx, t, customer, m.Handle)
}

// customer returns who is known by what somebody writes from, "" if nobody is.
func (in *intake) customer(ctx context.Context, t *dialog, m parley.Inbound) (parley.CustomerID, error) {
	if m.Customer != "" {
		_, err := in.v.Linked(ctx, m.Customer)
		if err == nil || !errors.Is(err, parley.ErrNotFound) {
			return m.Customer, err
		}
	}
	for _, k := range t.keys {
		id, err := in.v.CustomerKeyed(ctx, k, identity.Scope(k.Kind, in.EntryPoint))
		if err == nil || !errors.Is(err, parley.ErrNotFound) {
			return id, err
		}
	}
	if t.Visitor.Phone == "" {
		return "", nil
	}
	var found []parley.CustomerID
	for _, digits := range identity.Forms(t.Visitor.Phone, in.book.values.Text("phone.default_country", in.at())) {
		some, err := in.v.CustomersWithPhone(ctx, digits, 2)
		if err != nil {
			return "", err
		}
		found = append(found, some...)
	}
	slices.Sort(found)
	if found = slices.Compact(found); len(found) != 1 { // two have it: nobody is guessed
		return "", nil
	}
	return found[0], nil
}

// links says whose a conversation is, and that its addresses are theirs. One that
// is another customer's stays so.
func (in *intake) links(ctx context.Context, t *dialog, customer parley.CustomerID, handle string) error {
	t.Customer = customer
	in.list(func(r *store.Rows) {
		r.LinkCustomer(t.ID, customer)
		r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Conversation: t.ID, Subject: string(customer)})
	})
	return in.owns(ctx, customer, t.keys, handle)
}

func (in *intake) owns(ctx context.Context, customer parley.CustomerID, keys parley.Keys, handle string) error {
	for _, k := range keys {
		scope := identity.Scope(k.Kind, in.EntryPoint)
		has, err := in.v.CustomerKeyed(ctx, k, scope)
		if unlessAbsent(err) != nil {
			return err
		}
		if err == nil && has != customer {
			continue
		}
		row := store.CustomerKey{Key: k, Scope: scope, Customer: customer, Handle: handle}
		in.list(func(r *store.Rows) { r.SaveCustomerKey(row) })
	}
	return nil
}

// moves adds an address that somebody has now to the conversation of the one they
// had; the old one is kept as a former one.
//
// Source: networks.md 11: user-changed-number.
func (in *intake) moves(ctx context.Context, m parley.Inbound) error {
	in.remember(m.ExternalID, store.In, "")
	if len(m.From) < 2 {
		in.strange("identity", m)
		return nil
	}
	now, was := m.From[0], m.From[1]
	t, err := in.find(ctx, parley.Keys{was})
	if err != nil || t == nil {
		return err // whoever never wrote has nothing to move
	}
	taken, err := in.v.KeyedBy(ctx, in.ID, parley.Keys{now})
	if err != nil || len(taken) > 0 && taken[0].Conversation != t.ID {
		return err // somebody else writes from there: never repoint
	}
	if slices.Contains(t.keys, now) && len(taken) > 0 && !taken[0].Former {
		return nil
	}
	in.leads(t, parley.Keys{now})
	in.list(func(r *store.Rows) {
		r.SaveFormer(in.ID, was, true)
		r.SaveFormer(in.ID, now, false)
		if t.Address == was.Value {
			r.SaveAddress(t.ID, now.Value)
			r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Conversation: t.ID, Subject: string(t.Customer)})
		}
	})
	in.running(t)
	in.tells(t, lineNumberChanged)
	if t.Customer == "" {
		return nil
	}
	old := store.CustomerKey{Key: was, Scope: identity.Scope(was.Kind, in.EntryPoint), Customer: t.Customer, Former: true}
	in.list(func(r *store.Rows) { r.SaveCustomerKey(old) })
	return in.owns(ctx, t.Customer, parley.Keys{now}, "")
}
