package records

import (
	"context"
	"errors"
	"maps"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// CustomerEdit is one thing done to many customers at once.
type CustomerEdit struct {
	Customers []string `json:"customers" minItems:"1" maxItems:"500"`
	Do        string   `json:"do" enum:"set,delete"`
	Field     string   `json:"field,omitempty" maxLength:"64" doc:"of set: language, zone, or the id of one of the center's own"`
	Value     string   `json:"value,omitempty" maxLength:"4000" doc:"of set; empty = none"`
}

// EditCustomers sets one field of customers, or deletes them, at most 500. E-mails,
// names and numbers are somebody's own, and are not set for many.
//
// Errors: parley.ErrForbidden, an Invalid one.
// Source: CRM-02; issue 4, section 1.
func (r *Records) EditCustomers(ctx context.Context, me parley.Actor, in CustomerEdit) (Edits, error) {
	right := ToEdit
	if in.Do == "delete" {
		right = ToDelete
	}
	if err := r.Allowed(ctx, me, right); err != nil {
		return Edits{}, err
	}
	if err := in.check(ctx, r.store.View()); err != nil {
		return Edits{}, err
	}
	of := manyOf{action: "edit_customers", did: "set " + in.Field, ids: in.Customers}
	of.each = func(ctx context.Context, m *many, id string) error {
		kept, err := m.v.KeepCustomer(ctx, parley.CustomerID(id))
		if absent(err) {
			return m.refuse(id, "not_found")
		}
		if err != nil {
			return err
		}
		return m.setField(kept, with(kept.Customer, in.Field, in.Value), "unchanged")
	}
	if in.Do == "delete" {
		of.did = "delete"
		of.each = func(ctx context.Context, m *many, id string) error { return m.deleteCustomer(ctx, id) }
	}
	return r.editEach(ctx, me, of)
}

// check makes the value one that the field takes.
//
// Errors: an Invalid one.
func (in *CustomerEdit) check(ctx context.Context, v store.View) error {
	var f parley.Faults
	parley.OneOf(&f, "do", in.Do, "set", "delete")
	if in.Do != "set" {
		return f.Err()
	}
	in.Value = identity.Text(in.Value)
	switch in.Field {
	case "language":
		f.Name("value", in.Value, 0, languageMax)
		return f.Err()
	case "zone":
		if zoned(in.Value, &f); len(f) > 0 {
			f[0].Field = "value"
		}
		return f.Err()
	}
	known, err := v.Fields(ctx, parley.OfCustomer)
	if err != nil {
		return err
	}
	for _, field := range known {
		if string(field.ID) != in.Field || !field.Active {
			continue
		}
		value, fault := identity.FieldValue(field, in.Value)
		if fault != "" {
			f.Add("value", fault)
		}
		in.Value = value
		if field.Type == parley.FieldText {
			err = mask(ctx, v, &in.Value)
		}
		return errors.Join(err, f.Err())
	}
	f.Add("field", "unknown")
	return f.Err()
}

// with returns a customer with one field set.
func with(c parley.Customer, field, value string) parley.Customer {
	switch field {
	case "language":
		c.Language = value
	case "zone":
		c.Zone = value
	default:
		c.Fields = maps.Clone(c.Fields)
		if c.Fields == nil {
			c.Fields = map[parley.FieldID]string{}
		}
		if c.Fields[parley.FieldID(field)] = value; value == "" {
			delete(c.Fields, parley.FieldID(field))
		}
	}
	return c
}

// setField saves a customer that differs from what is kept; code is said of one
// that does not.
func (m *many) setField(kept store.KeptCustomer, c parley.Customer, code string) error {
	old := kept.Customer
	if c.Language == old.Language && c.Zone == old.Zone && maps.Equal(c.Fields, old.Fields) {
		return m.refuse(string(c.ID), code)
	}
	c.Rev, c.UpdatedAt = old.Rev+1, m.v.Now
	keys := namesOf(c)
	keys.Digits = kept.Digits
	return m.change(parley.Entry{Subject: string(c.ID)}, c.Rev, func(r *store.Rows) {
		r.SaveCustomer(c, keys)
		record(r, m.me, old, c)
	})
}

func (m *many) deleteCustomer(ctx context.Context, id string) error {
	kept, err := m.v.KeepCustomer(ctx, parley.CustomerID(id))
	if absent(err) {
		return m.refuse(id, "not_found")
	}
	if err != nil {
		return err
	}
	err = idle(ctx, m.v.View, kept.Customer.ID)
	if errors.Is(err, parley.ErrConversationOpen) {
		return m.refuse(id, "conversation_open")
	}
	if err != nil {
		return err
	}
	retired, err := retiring(ctx, m.v, m.me, kept)
	if err != nil {
		return err
	}
	return m.change(parley.Entry{Subject: id}, kept.Customer.Rev, func(r *store.Rows) { r.Retire(retired) })
}

// UndoCustomers takes back what EditCustomers did, for ten minutes, to who did it:
// each customer that nobody saved since is what it was, and each that was deleted
// comes back.
//
// Errors: parley.ErrForbidden.
func (r *Records) UndoCustomers(ctx context.Context, me parley.Actor, in EditsUndo) (Edits, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Edits{}, err
	}
	mayEdit, mayDelete := r.Allowed(ctx, me, ToEdit), r.Allowed(ctx, me, ToDelete)
	ids, rev := in.ids()
	return r.editEach(ctx, me, manyOf{action: "undo_edit_customers", did: "undo", ids: ids, each: func(ctx context.Context, m *many, id string) error {
		kept, err := m.v.KeepCustomer(ctx, parley.CustomerID(id))
		switch {
		case absent(err) && mayDelete != nil:
			return mayDelete
		case absent(err):
			return m.restoreCustomer(ctx, id)
		case err != nil:
			return err
		case mayEdit != nil:
			return mayEdit
		case kept.Customer.Rev != rev[id]:
			return m.refuse(id, "changed_since")
		}
		before := kept
		changes, err := m.mine(ctx, id, rev[id])
		for _, h := range changes {
			before.Customer = with(before.Customer, h.Field, h.Before)
		}
		if err == nil {
			err = fitFields(ctx, m.v.View, &before)
		}
		if err != nil {
			return err
		}
		return m.setField(kept, before.Customer, "too_late")
	}})
}

// restoreCustomer brings back who was deleted a moment ago by who asks.
func (m *many) restoreCustomer(ctx context.Context, id string) error {
	gone, err := m.v.Retired(ctx, parley.CustomerID(id))
	switch {
	case absent(err) || err == nil && gone.Why != "deleted":
		return m.refuse(id, "not_found")
	case err != nil:
		return err
	case gone.By != m.me.By() || m.v.Now.Sub(gone.At) > undoWithin:
		return m.refuse(id, "too_late")
	}
	kept, err := comeBack(ctx, m.v.View, gone)
	var refused *parley.Error
	if errors.As(err, &refused) && refused.Kind == parley.Invalid {
		return m.refuse(id, "taken")
	}
	if err != nil {
		return err
	}
	return m.change(parley.Entry{Subject: id}, kept.Customer.Rev, func(r *store.Rows) { r.Restore(kept, namesOf(kept.Customer)) })
}
