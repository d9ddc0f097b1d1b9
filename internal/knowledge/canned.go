package knowledge

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// CannedInput is what somebody fills in.
type CannedInput struct {
	Owner        string                 `json:"owner_id" doc:"an agent: their own; a group: of its members; empty: everybody's"`
	Name         string                 `json:"name"`
	Shortcut     string                 `json:"shortcut" required:"false" doc:"what is typed behind the slash"`
	Text         parley.Text            `json:"text"`
	Dispositions []parley.DispositionID `json:"dispositions" required:"false" maxItems:"20" doc:"codes that are set when it is used"`
	Note         string                 `json:"note" required:"false" doc:"a note that is added when it is used"`
	Rev          int64                  `json:"rev" required:"false"`
}

// Canned is a canned reply as people see it.
type Canned struct {
	ID string `json:"id"`
	CannedInput
	Uses int64 `json:"uses"`
}

func shownCanned(c parley.Canned) Canned {
	return Canned{ID: c.ID, Uses: c.Uses, CannedInput: CannedInput{
		Owner: c.Owner, Name: c.Name, Shortcut: c.Shortcut, Text: c.Text, Dispositions: some(c.Dispositions), Note: c.Note, Rev: c.Rev,
	}}
}

// shortcut is what may stand behind the slash.
var shortcut = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

// mayKeep reports whether somebody may change what an owner has: one's own, or as
// a supervisor what is shared.
//
// Errors: parley.ErrForbidden.
func mayKeep(me parley.Actor, owner string) error {
	if err := may(me, parley.MayServe); err == nil && owner == string(me.Agent) && me.Agent != "" {
		return nil
	}
	if strings.HasPrefix(owner, "agt_") {
		return parley.ErrForbidden
	}
	return may(me, parley.MaySupervise)
}

// Usable returns the canned replies somebody may use: their own, their group's
// and everybody's. Errors: parley.ErrForbidden.
func (k *Knowledge) Usable(ctx context.Context, me parley.Actor) ([]Canned, error) {
	if err := may(me, parley.MayServe); err != nil {
		return nil, err
	}
	rows, err := k.Store.View().CannedFor(ctx, me.Agent, me.Group)
	return shownAll(rows, func(parley.Canned) bool { return true }), err
}

// Shared returns all canned replies but those that are somebody's own.
//
// Errors: parley.ErrForbidden.
func (k *Knowledge) Shared(ctx context.Context, me parley.Actor) ([]Canned, error) {
	if err := may(me, parley.MaySupervise); err != nil {
		return nil, err
	}
	rows, err := k.Store.View().AllCanned(ctx)
	return shownAll(rows, func(c parley.Canned) bool { return !strings.HasPrefix(c.Owner, "agt_") }), err
}

func shownAll(rows []parley.Canned, keep func(parley.Canned) bool) []Canned {
	list := []Canned{}
	for _, c := range rows {
		if keep(c) {
			list = append(list, shownCanned(c))
		}
	}
	return list
}

// Canned returns one that somebody may change.
// Errors: parley.ErrForbidden, ErrNotFound.
func (k *Knowledge) Canned(ctx context.Context, me parley.Actor, id string) (Canned, error) {
	if may(me, parley.MayServe) != nil && may(me, parley.MaySupervise) != nil {
		return Canned{}, parley.ErrForbidden
	}
	c, err := k.Store.View().Canned(ctx, id)
	if err == nil && mayKeep(me, c.Owner) != nil {
		err = parley.ErrNotFound
	}
	if err != nil {
		return Canned{}, err
	}
	return shownCanned(c), nil
}

// CreateCanned adds a canned reply.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (k *Knowledge) CreateCanned(ctx context.Context, me parley.Actor, in CannedInput) (string, error) {
	if err := mayKeep(me, in.Owner); err != nil {
		return "", err
	}
	id := k.id("can")
	return id, k.Change(ctx, me, "create_canned_reply", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		if in.Rev != 0 {
			return ledger.Change{}, parley.ErrConflict
		}
		return in.save(ctx, v, parley.Canned{ID: id})
	})
}

// SaveCanned replaces one.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (k *Knowledge) SaveCanned(ctx context.Context, me parley.Actor, id string, in CannedInput) error {
	if err := mayKeep(me, in.Owner); err != nil {
		return err
	}
	return k.Change(ctx, me, "save_canned_reply", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		old, err := kept(ctx, v, me, id)
		if err != nil {
			return ledger.Change{}, err
		}
		if err := ledger.Current(ctx, v, id, old.Rev, in.Rev); err != nil {
			return ledger.Change{}, err
		}
		return in.save(ctx, v, old)
	})
}

// kept returns one that somebody may change; others' own are as if they were not.
func kept(ctx context.Context, v ledger.View, me parley.Actor, id string) (parley.Canned, error) {
	c, err := v.Canned(ctx, id)
	if err == nil && mayKeep(me, c.Owner) != nil {
		err = parley.ErrNotFound
	}
	return c, err
}

func (in CannedInput) save(ctx context.Context, v ledger.View, old parley.Canned) (ledger.Change, error) {
	var f parley.Faults
	now := parley.Canned{
		ID: old.ID, Owner: in.Owner, Name: identity.Text(in.Name), Shortcut: strings.ToLower(identity.Text(in.Shortcut)),
		Text:         parley.Text{EN: identity.Text(in.Text.EN), FR: identity.Text(in.Text.FR)},
		Dispositions: in.Dispositions, Note: identity.Text(in.Note), Uses: old.Uses, Rev: old.Rev + 1,
	}
	f.Name("name", now.Name, 1, nameMax)
	f.Name("shortcut", now.Shortcut, 0, shortcutMax)
	if now.Shortcut != "" && !shortcut.MatchString(now.Shortcut) {
		f.Add("shortcut", "not_a_shortcut")
	}
	f.Text("text.en", now.Text.EN, 0, answerMax)
	f.Text("text.fr", now.Text.FR, 0, answerMax)
	f.Text("note", now.Note, 0, noteMax)
	if now.Text.EN == "" && now.Text.FR == "" && len(now.Dispositions) == 0 && now.Note == "" {
		f.Add("text.en", "required")
	}
	if err := referred(ctx, v, now, &f); err != nil {
		return ledger.Change{}, err
	}
	c := ledger.Change{Subject: now.ID, After: shownCanned(now), Rows: func(r *store.Rows) { r.SaveCanned(now) }}
	if old.Rev > 0 {
		c.Before = shownCanned(old)
	}
	return c, f.Err()
}

// referred finds faults of what a canned reply refers to.
func referred(ctx context.Context, v ledger.View, c parley.Canned, f *parley.Faults) error {
	lists, err := v.DispositionLists(ctx)
	if err != nil {
		return err
	}
	known := map[parley.DispositionID]bool{}
	for _, l := range lists {
		for _, d := range l.Dispositions {
			known[d.ID] = true
		}
	}
	for i, id := range c.Dispositions {
		if !known[id] {
			f.Add(parley.Index("dispositions", i, ""), "unknown")
		}
	}
	if c.Owner != "" && !strings.HasPrefix(c.Owner, "agt_") {
		groups, err := v.Groups(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(groups, func(g parley.Group) bool { return string(g.ID) == c.Owner }) {
			f.Add("owner_id", "unknown")
		}
	}
	all, err := v.AllCanned(ctx)
	if slices.ContainsFunc(all, func(o parley.Canned) bool {
		return o.ID != c.ID && o.Owner == c.Owner && o.Shortcut == c.Shortcut && o.Shortcut != ""
	}) {
		f.Add("shortcut", "taken")
	}
	return err
}

// RemoveCanned removes one. Errors: parley.ErrForbidden, ErrNotFound.
func (k *Knowledge) RemoveCanned(ctx context.Context, me parley.Actor, id string) error {
	if may(me, parley.MayServe) != nil && may(me, parley.MaySupervise) != nil {
		return parley.ErrForbidden
	}
	return k.Change(ctx, me, "remove_canned_reply", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		old, err := kept(ctx, v, me, id)
		return ledger.Change{Subject: id, Before: shownCanned(old), Rows: func(r *store.Rows) { r.RemoveCanned(id) }}, err
	})
}

// UseCanned counts a use. Errors: parley.ErrForbidden, ErrNotFound.
func (k *Knowledge) UseCanned(ctx context.Context, me parley.Actor, id string) error {
	if err := may(me, parley.MayServe); err != nil {
		return err
	}
	return k.Ledger.Do(ctx, ledger.Command{
		Name:  "use_canned_reply",
		Touch: []string{id},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, err := v.Canned(ctx, id)
			if err == nil && c.Owner != "" && c.Owner != string(me.Agent) && c.Owner != string(me.Group) {
				err = parley.ErrNotFound
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.UseCanned(id) }}, err
		},
	})
}
