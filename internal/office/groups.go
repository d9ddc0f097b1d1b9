package office

import (
	"context"
	"slices"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// GroupInput is what an administrator fills in.
type GroupInput struct {
	Name   string        `json:"name"`
	Preset parley.Preset `json:"preset" enum:"workspace,console"`
	Rev    int64         `json:"rev" required:"false"`
}

// Group is a group as administrators see one.
type Group struct {
	ID parley.GroupID `json:"id"`
	GroupInput
	Default bool `json:"default"`
	Agents  int  `json:"agents"`
}

// Groups returns all groups, by name.
func (o *Office) Groups(ctx context.Context, me parley.Actor) ([]Group, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := o.store.View()
	groups, err := v.Groups(ctx)
	if err != nil {
		return nil, err
	}
	agents, err := v.Agents(ctx)
	list := make([]Group, len(groups))
	for i, g := range groups {
		list[i] = shownGroup(g)
		list[i].Agents = count(agents, g.ID)
	}
	return list, err
}

func shownGroup(g parley.Group) Group {
	return Group{ID: g.ID, GroupInput: GroupInput{Name: g.Name, Preset: g.Preset, Rev: g.Rev}, Default: g.Default}
}

func count(agents []parley.Agent, id parley.GroupID) int {
	n := 0
	for _, a := range agents {
		if a.Group == id {
			n++
		}
	}
	return n
}

// CreateGroup adds a group.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateGroup(ctx context.Context, me parley.Actor, in GroupInput) (parley.GroupID, error) {
	id := parley.GroupID(o.id("grp"))
	return id, o.change(ctx, me, "create_group", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return in.save(ctx, v, parley.Group{ID: id})
	})
}

// SaveGroup replaces a group. A new preset counts at once for its agents.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveGroup(ctx context.Context, me parley.Actor, id parley.GroupID, in GroupInput) error {
	ctx = stay(ctx)
	err := o.change(ctx, me, "save_group", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.Group(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(ctx, v, old)
	})
	if err != nil {
		return err
	}
	return o.rescope(ctx)
}

func (in GroupInput) save(ctx context.Context, v ledger.View, old parley.Group) (change, error) {
	w, err := load(ctx, v.View)
	if err != nil {
		return change{}, err
	}
	var f parley.Faults
	g := old
	g.Name, g.Preset, g.Rev = identity.Text(in.Name), in.Preset, old.Rev+1
	f.Name("name", g.Name, 1, nameMax)
	parley.OneOf(&f, "preset", g.Preset, parley.PresetWorkspace, parley.PresetConsole)
	for _, other := range w.groups {
		if other.Name == g.Name && other.ID != g.ID {
			f.Add("name", "taken")
		}
	}
	if err := f.Err(); err != nil {
		return change{}, err
	}
	w.groups[g.ID] = g
	c := change{subject: string(g.ID), after: shownGroup(g), routes: w.routes(v), rows: func(r *store.Rows) { r.SaveGroup(g) }}
	if old.Rev > 0 {
		c.before = shownGroup(old)
	}
	return c, nil
}

// RemoveGroup removes a group nobody belongs to. The default one stays.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrInUse.
// Source: SEC-03.
func (o *Office) RemoveGroup(ctx context.Context, me parley.Actor, id parley.GroupID) error {
	return o.change(ctx, me, "remove_group", func(ctx context.Context, v ledger.View) (change, error) {
		w, err := load(ctx, v.View)
		if err != nil {
			return change{}, err
		}
		g, known := w.groups[id]
		if !known {
			return change{}, parley.ErrNotFound
		}
		uses := count(w.agents, id)
		for _, l := range w.lists {
			if slices.Contains(l.Groups, id) {
				uses++
			}
		}
		if g.Default {
			uses++
		}
		return change{subject: string(id), before: shownGroup(g), rows: func(r *store.Rows) { r.RemoveGroup(id) }}, inUse(uses)
	})
}
