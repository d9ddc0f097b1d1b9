package records

import (
	"context"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// KeyInput is an address on a network that somebody adds by hand.
type KeyInput struct {
	Kind       parley.KeyKind      `json:"kind" enum:"phone,whatsapp_user,facebook,instagram,x,telegram,open"`
	Value      string              `json:"value" maxLength:"200" doc:"the network's id of the person, or a phone number"`
	Handle     string              `json:"handle,omitempty" maxLength:"80" doc:"their name there"`
	EntryPoint parley.EntryPointID `json:"entry_point,omitempty" maxLength:"64" doc:"where the id counts only at one of our pages or accounts"`
}

// AddKey says that an address on a network is a customer's: whoever writes from
// it is known as them.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one: not an address, or
// somebody else's.
// Source: CRM-02, networks.md 11.
func (r *Records) AddKey(ctx context.Context, me parley.Actor, id parley.CustomerID, in KeyInput) error {
	if err := r.Allowed(ctx, me, ToEdit); err != nil {
		return err
	}
	value := identity.Text(in.Value)
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "add_customer_key",
		Touch: []string{string(id), value},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			old, err := v.Customer(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			k, err := keyOf(ctx, v.View, in, value)
			if err != nil {
				return ledger.Plan{}, err
			}
			owner, err := v.CustomerKeyed(ctx, k.Key, k.Scope)
			if err == nil && owner != id {
				var f parley.Faults
				if err := takenBy(ctx, v.View, "value", owner, &f); err != nil {
					return ledger.Plan{}, err
				}
				return ledger.Plan{}, f.Err()
			}
			if err != nil && !absent(err) {
				return ledger.Plan{}, err
			}
			k.Customer = id
			return keyed(me, old, "", string(k.Kind)+" "+string(k.Value), func(r *store.Rows) { r.SaveCustomerKey(k) }), nil
		},
	})
}

// keyOf returns an address as it is kept.
func keyOf(ctx context.Context, v store.View, in KeyInput, value string) (store.CustomerKey, error) {
	k := store.CustomerKey{Key: parley.Key{Kind: in.Kind}, Handle: strings.TrimPrefix(identity.Text(in.Handle), "@")}
	if in.Kind == parley.KeyPhone {
		country, err := countryOf(ctx, v)
		if err != nil {
			return k, err
		}
		e164, ok := identity.Phone(value, country)
		if !ok {
			return k, parley.ErrInvalid(parley.FieldError{Field: "value", Code: "not_a_phone"})
		}
		value = e164
	}
	if value == "" || strings.ContainsAny(value, "\x00 ") {
		return k, parley.ErrInvalid(parley.FieldError{Field: "value", Code: "required"})
	}
	k.Value = parley.Address(value)
	if in.EntryPoint != "" {
		at, err := v.EntryPoint(ctx, in.EntryPoint)
		if absent(err) {
			return k, parley.ErrInvalid(parley.FieldError{Field: "entry_point", Code: "unknown"})
		}
		k.Scope = identity.Scope(in.Kind, at)
		return k, err
	}
	return k, nil
}

// RemoveKey says that an address is a customer's no longer. Conversations stay
// theirs.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (r *Records) RemoveKey(ctx context.Context, me parley.Actor, id parley.CustomerID, k parley.Key, scope parley.Address) error {
	if err := r.Allowed(ctx, me, ToEdit); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "remove_customer_key",
		Touch: []string{string(id), string(k.Value)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			old, err := v.Customer(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			owner, err := v.CustomerKeyed(ctx, k, scope)
			if err == nil && owner != id {
				err = parley.ErrNotFound
			}
			if err != nil {
				return ledger.Plan{}, err
			}
			return keyed(me, old, string(k.Kind)+" "+string(k.Value), "", func(r *store.Rows) { r.RemoveCustomerKey(k, scope) }), nil
		},
	})
}

// keyed is a change of a customer's addresses on networks: a version of its own,
// with its row in the history.
func keyed(me parley.Actor, old parley.Customer, before, after string, change func(*store.Rows)) ledger.Plan {
	return rows(func(r *store.Rows) {
		change(r)
		r.RaiseCustomer(old.ID)
		r.AddRecordChange(store.RecordChange{
			Record: string(old.ID), Rev: old.Rev + 1, Field: "keys", Before: before, After: after, By: me.By(),
		})
		touched(r, me, old.ID)
	})
}
