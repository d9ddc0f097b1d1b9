package records

import (
	"context"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// Key is an address a customer writes from.
//
// Source: networks.md 11.
type Key struct {
	Kind   parley.KeyKind `json:"kind"`
	Value  parley.Address `json:"value"`
	Handle string         `json:"handle" doc:"their name on the network, without @"`
	At     parley.Address `json:"at" doc:"our address where it counts only there, empty = everywhere"`
	Former bool           `json:"former" doc:"theirs before"`
}

// keys returns the addresses a customer writes from.
func keys(ctx context.Context, v store.View, id parley.CustomerID) ([]Key, error) {
	kept, err := v.KeysOfCustomer(ctx, id)
	out := make([]Key, 0, len(kept))
	for _, k := range kept {
		out = append(out, Key{Kind: k.Kind, Value: k.Value, Handle: k.Handle, At: k.Scope, Former: k.Former})
	}
	return out, err
}

// KeysTo returns the addresses of a conversation as a customer's: whoever writes
// from one of them again is known. A visitor of the web has none.
//
// Source: SMS-08, SOC-05.
func KeysTo(ctx context.Context, v store.View, c parley.ConversationID, to parley.CustomerID) ([]store.CustomerKey, error) {
	kept, err := v.KeysOf(ctx, c)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	talk, err := v.Conversation(ctx, c)
	if err != nil {
		return nil, err
	}
	at, err := v.EntryPoint(ctx, talk.EntryPoint)
	out := make([]store.CustomerKey, 0, len(kept))
	for _, k := range kept {
		out = append(out, store.CustomerKey{
			Key: k.Key, Scope: identity.Scope(k.Kind, at), Customer: to, Handle: talk.Visitor.Handle, Former: k.Former,
		})
	}
	return out, err
}
