package office

import (
	"context"
	"slices"
	"strings"

	"parley"
	"parley/internal/auth"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// APIKey is a key as administrators see one: never the key itself.
type APIKey struct {
	ID        string              `json:"id"`
	Name      string              `json:"name"`
	Scopes    []parley.Permission `json:"scopes"`
	CreatedBy parley.AgentID      `json:"created_by"`
	CreatedAt int64               `json:"created_at"`
	UsedAt    int64               `json:"used_at"`
	RevokedAt int64               `json:"revoked_at"`
}

// NewAPIKey is a key with its secret, shown this once.
type NewAPIKey struct {
	APIKey
	Secret string `json:"key"`
}

// permissions are those a key can have.
var permissions = []parley.Permission{
	parley.MayServe, parley.MayRecords, parley.MaySupervise, parley.MayAdminister, parley.MayAudit, parley.MayChannel,
}

// APIKeys returns all keys, also revoked ones, the newest first.
func (o *Office) APIKeys(ctx context.Context, me parley.Actor) ([]APIKey, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	keys, err := o.store.View().APIKeys(ctx)
	list := make([]APIKey, len(keys))
	for i, k := range keys {
		list[i] = shownKey(k)
	}
	return list, err
}

func shownKey(k store.APIKey) APIKey {
	return APIKey{
		ID: k.ID, Name: k.Name, Scopes: k.Scopes, CreatedBy: k.CreatedBy, CreatedAt: parley.Millis(k.CreatedAt),
		UsedAt: parley.Millis(k.UsedAt), RevokedAt: parley.Millis(k.RevokedAt),
	}
}

// CreateAPIKey makes a key with some permissions, none that its maker lacks.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateAPIKey(ctx context.Context, me parley.Actor, name string, scopes []parley.Permission) (NewAPIKey, error) {
	var f parley.Faults
	name = identity.Text(name)
	f.Name("name", name, 1, nameMax)
	if len(scopes) == 0 {
		f.Add("scopes", "required")
	}
	for i, s := range scopes {
		parley.OneOf(&f, parley.Index("scopes", i, ""), s, permissions...)
		if slices.Contains(permissions, s) && !me.Has(s) {
			f.Add(parley.Index("scopes", i, ""), "forbidden")
		}
	}
	secret, hash := auth.NewToken("pk")
	k := store.APIKey{ID: o.id("key"), Name: name, Hash: hash, Scopes: scopes, CreatedBy: me.Agent}
	err := o.change(ctx, me, "create_api_key", func(_ context.Context, v ledger.View) (change, error) {
		k.CreatedAt = v.Now
		return change{subject: k.ID, after: shownKey(k), rows: func(r *store.Rows) { r.SaveAPIKey(k) }}, f.Err()
	})
	return NewAPIKey{APIKey: shownKey(k), Secret: secret}, err
}

// RevokeAPIKey makes a key useless at once, and closes its connections.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: A-044.
func (o *Office) RevokeAPIKey(ctx context.Context, me parley.Actor, id string) error {
	ctx = stay(ctx)
	err := o.change(ctx, me, "revoke_api_key", func(ctx context.Context, v ledger.View) (change, error) {
		k, err := v.APIKey(ctx, id)
		if err != nil {
			return change{}, err
		}
		before := shownKey(k)
		if !k.RevokedAt.IsZero() {
			return change{quiet: true}, nil
		}
		k.RevokedAt = v.Now
		return change{subject: id, before: before, after: shownKey(k), rows: func(r *store.Rows) { r.SaveAPIKey(k) }}, nil
	})
	if err == nil {
		o.sessions.tell(Ended{Session: id, Why: auth.Revoked})
	}
	return err
}

// ResolveKey returns what may be done with an API key. It counts as a workspace
// (CFG-05).
//
// Errors: parley.ErrUnauthenticated.
func (o *Office) ResolveKey(ctx context.Context, secret string) (parley.Actor, error) {
	if !strings.HasPrefix(secret, "pk_") {
		return parley.Actor{}, parley.ErrUnauthenticated
	}
	k, err := o.store.View().APIKeyOf(ctx, auth.Hash(secret))
	if absent(err) || err == nil && !k.RevokedAt.IsZero() {
		return parley.Actor{}, parley.ErrUnauthenticated
	}
	if err != nil {
		return parley.Actor{}, err
	}
	me := parley.Actor{Key: k.ID, Scopes: k.Scopes, Preset: parley.PresetWorkspace}
	now := o.clock.Now()
	if now.Sub(k.UsedAt) < seenEvery {
		return me, nil
	}
	o.later(ctx, "keep that an API key is used", o.ledger.Do(ctx, ledger.Command{
		Name:  "use_api_key",
		Touch: []string{k.ID},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			k, err := v.APIKey(ctx, k.ID)
			k.UsedAt = now
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.SaveAPIKey(k) }}, err
		},
	}))
	return me, nil
}
