package office

import (
	"context"
	"maps"
	"slices"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// The limits of what a person may choose: far above what there is to choose.
const (
	shortcutsMax   = 100
	shortcutKeyMax = 40
)

// Shortcuts returns the keys that who asks has chosen.
//
// Errors: parley.ErrForbidden for who is no agent.
func (o *Office) Shortcuts(ctx context.Context, me parley.Actor) (parley.Shortcuts, error) {
	if me.Agent == "" {
		return parley.Shortcuts{}, parley.ErrForbidden
	}
	return o.store.View().Shortcuts(ctx, me.Agent)
}

// SaveShortcuts keeps the keys that who asks has chosen, for every machine they
// sign in on. What is not named has its usual key. Which keys there are, and what
// they do, only the front end knows.
//
// Errors: parley.ErrForbidden for who is no agent, an Invalid one naming every
// field at fault.
func (o *Office) SaveShortcuts(ctx context.Context, me parley.Actor, in parley.Shortcuts) error {
	if me.Agent == "" {
		return parley.ErrForbidden
	}
	if err := shortcutsFit(in.Keys); err != nil {
		return err
	}
	kept := parley.Shortcuts{Letters: in.Letters, Keys: map[string]string{}}
	maps.Copy(kept.Keys, in.Keys)
	return o.ledger.Do(ctx, ledger.Command{Name: "save_shortcuts", Touch: []string{string(me.Agent)}, Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.SaveShortcuts(me.Agent, kept) }}, nil
	}})
}

// shortcutsFit checks chosen keys: two things on one key could not be told apart.
func shortcutsFit(keys map[string]string) error {
	var f parley.Faults
	if len(keys) > shortcutsMax {
		f.Add("keys", "too_many")
		return f.Err()
	}
	taken := map[string]bool{}
	for _, does := range slices.Sorted(maps.Keys(keys)) {
		key := keys[does]
		f.Text("keys", does, 1, shortcutKeyMax)
		f.Text("keys."+does, key, 1, shortcutKeyMax)
		if taken[key] {
			f.Add("keys."+does, "taken")
		}
		taken[key] = true
	}
	return f.Err()
}
