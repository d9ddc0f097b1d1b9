package store

import (
	"context"
	"database/sql"

	"parley"
)

// Keyed is where an address of a customer leads.
type Keyed struct {
	parley.Key
	Conversation parley.ConversationID
	Former       bool // theirs before; it still leads there
}

// KeyedBy returns where some addresses lead at an entry point.
func (v View) KeyedBy(ctx context.Context, e parley.EntryPointID, keys parley.Keys) ([]Keyed, error) {
	out := make([]Keyed, 0, len(keys))
	for _, k := range keys {
		found, err := list(ctx, v, scanKeyed, `
		SELECT kind, value, conversation_id, former
		FROM conversation_keys
		WHERE entry_point_id = $1
			AND kind = $2
			AND value = $3`, string(e), string(k.Kind), string(k.Value))
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// KeysOf returns the addresses that lead to a conversation, those of today first.
func (v View) KeysOf(ctx context.Context, c parley.ConversationID) ([]Keyed, error) {
	return list(ctx, v, scanKeyed, `
		SELECT kind, value, conversation_id, former
		FROM conversation_keys
		WHERE conversation_id = $1
		ORDER BY former, kind, value`, string(c))
}

func scanKeyed(rows *sql.Rows) (k Keyed, err error) {
	err = rows.Scan(&k.Kind, &k.Value, &k.Conversation, &k.Former)
	return k, err
}

// AddKey lets an address lead to a conversation. One that leads somewhere stays.
func (r *Rows) AddKey(e parley.EntryPointID, k Keyed) {
	r.Exec(`
		INSERT INTO conversation_keys (entry_point_id, kind, value, conversation_id, former)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (entry_point_id, kind, value) DO NOTHING`,
		string(e), string(k.Kind), string(k.Value), string(k.Conversation), k.Former)
}

// SaveFormer says whether an address is one of before.
func (r *Rows) SaveFormer(e parley.EntryPointID, k parley.Key, former bool) {
	r.Exec(`
		UPDATE conversation_keys
		SET former = $4
		WHERE entry_point_id = $1 AND kind = $2 AND value = $3`,
		string(e), string(k.Kind), string(k.Value), former)
}

// CustomerKey is an address of a customer on a network.
//
// Source: networks.md 11.
type CustomerKey struct {
	parley.Key
	Scope    parley.Address // our address where it counts only there, "" = everywhere
	Customer parley.CustomerID
	Handle   string // their name there, without @
	Former   bool
}

// CustomerKeyed returns whose an address is. Errors: parley.ErrNotFound.
func (v View) CustomerKeyed(ctx context.Context, k parley.Key, scope parley.Address) (parley.CustomerID, error) {
	return one(ctx, v, scalar[parley.CustomerID], `
		SELECT customer_id
		FROM customer_keys
		WHERE kind = $1
			AND scope = $2
			AND value = $3`, string(k.Kind), string(scope), string(k.Value))
}

// KeysOfCustomer returns a customer's addresses, those of today first.
func (v View) KeysOfCustomer(ctx context.Context, id parley.CustomerID) ([]CustomerKey, error) {
	return list(ctx, v, func(rows *sql.Rows) (k CustomerKey, err error) {
		err = rows.Scan(&k.Kind, &k.Scope, &k.Value, &k.Customer, &k.Handle, &k.Former)
		return k, err
	}, `
		SELECT kind, scope, value, customer_id, handle, former
		FROM customer_keys
		WHERE customer_id = $1
		ORDER BY former, kind, value`, string(id))
}

// SaveCustomerKey says whose an address is from now on.
func (r *Rows) SaveCustomerKey(k CustomerKey) {
	r.Exec(`
		INSERT INTO customer_keys (kind, scope, value, customer_id, handle, former)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (kind, scope, value) DO UPDATE
		SET customer_id = excluded.customer_id, former = excluded.former,
			handle = CASE WHEN excluded.handle = '' THEN customer_keys.handle ELSE excluded.handle END`,
		string(k.Kind), string(k.Scope), string(k.Value), string(k.Customer), k.Handle, k.Former)
}

// RemoveCustomerKey says that an address is nobody's.
func (r *Rows) RemoveCustomerKey(k parley.Key, scope parley.Address) {
	r.Exec(`
		DELETE FROM customer_keys
		WHERE kind = $1 AND scope = $2 AND value = $3`, string(k.Kind), string(scope), string(k.Value))
}

// RaiseCustomer counts one more version of a customer.
func (r *Rows) RaiseCustomer(id parley.CustomerID) {
	r.Exec(`
		UPDATE customers
		SET rev = rev + 1, updated_at = $2
		WHERE id = $1`, string(id), ms(r.now))
}
