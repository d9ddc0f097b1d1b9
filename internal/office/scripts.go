package office

import (
	"context"
	"slices"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/script"
	"parley/internal/store"
)

// ScriptInput is what an administrator draws: a draft, which nobody runs until it
// is published.
type ScriptInput struct {
	Name  string            `json:"name"`
	Kind  parley.ScriptKind `json:"kind" required:"false" enum:"chat,sms,social"` // of a new one
	Draft parley.Flow       `json:"draft"`
	Rev   int64             `json:"rev" required:"false"`
}

// Script is a script as administrators see one.
type Script struct {
	ID parley.ScriptID `json:"id"`
	ScriptInput
	Published int                   `json:"published"` // the version in force, 0 = none yet
	Faults    []script.Fault        `json:"faults"`    // what keeps the draft from being published
	Changes   []script.Change       `json:"changes"`   // of the draft, since what is published
	UsedBy    []parley.EntryPointID `json:"used_by"`
}

// flowObjects and flowExits are how large a draft may be.
//
// Unit: objects, and exits of one.
const (
	flowObjects = 200
	flowExits   = 40
)

// Scripts returns all scripts, by name.
func (o *Office) Scripts(ctx context.Context, me parley.Actor) ([]Script, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := o.store.View()
	rows, err := v.Scripts(ctx)
	if err != nil {
		return nil, err
	}
	known, points, err := referred(ctx, v)
	if err != nil {
		return nil, err
	}
	flows, err := v.PublishedScripts(ctx)
	list := make([]Script, len(rows))
	for i, s := range rows {
		list[i] = shownScript(s)
		list[i].Faults = script.Check(s.Draft, known)
		var was parley.Flow
		for _, f := range flows {
			if f.Script == s.ID {
				was = f.Flow
			}
		}
		list[i].Changes = script.Diff(was, s.Draft)
		list[i].UsedBy = usedBy(points, s.ID)
	}
	return list, err
}

func shownScript(s parley.FlowScript) Script {
	return Script{
		ID: s.ID, ScriptInput: ScriptInput{Name: s.Name, Kind: s.Kind, Draft: s.Draft, Rev: s.Rev}, Published: s.Published,
		Faults: []script.Fault{}, Changes: []script.Change{}, UsedBy: []parley.EntryPointID{},
	}
}

func usedBy(points []parley.EntryPoint, id parley.ScriptID) []parley.EntryPointID {
	used := []parley.EntryPointID{}
	for _, e := range points {
		if e.ScriptID == id {
			used = append(used, e.ID)
		}
	}
	return used
}

// referred is what scripts may refer to, and the entry points that may run them.
func referred(ctx context.Context, v store.View) (script.Known, []parley.EntryPoint, error) {
	var known script.Known
	queues, err := v.Queues(ctx)
	if err != nil {
		return known, nil, err
	}
	skills, err := v.Skills(ctx)
	if err != nil {
		return known, nil, err
	}
	for _, q := range queues {
		known.Queues = append(known.Queues, q.ID)
	}
	for _, s := range skills {
		known.Skills = append(known.Skills, s.ID)
	}
	points, err := v.EntryPoints(ctx)
	return known, points, err
}

// CreateScript adds a script with its first draft.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateScript(ctx context.Context, me parley.Actor, in ScriptInput) (parley.ScriptID, error) {
	id := parley.ScriptID(o.id("scr"))
	return id, o.change(ctx, me, "create_script", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return in.save(ctx, v, parley.FlowScript{ID: id, Kind: in.Kind})
	})
}

// SaveScript replaces a script's draft. What is published stays in force.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveScript(ctx context.Context, me parley.Actor, id parley.ScriptID, in ScriptInput) error {
	return o.change(ctx, me, "save_script", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.Script(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(ctx, v, old)
	})
}

func (in ScriptInput) save(ctx context.Context, v ledger.View, old parley.FlowScript) (change, error) {
	scripts, err := v.Scripts(ctx)
	if err != nil {
		return change{}, err
	}
	var f parley.Faults
	s := old
	s.Name, s.Draft, s.Rev = identity.Text(in.Name), in.Draft, old.Rev+1
	f.Name("name", s.Name, 1, nameMax)
	parley.OneOf(&f, "kind", s.Kind, parley.ScriptChat, parley.ScriptSMS, parley.ScriptSocial)
	if slices.ContainsFunc(scripts, func(other parley.FlowScript) bool { return other.Name == s.Name && other.ID != s.ID }) {
		f.Add("name", "taken")
	}
	if len(s.Draft.Objects) > flowObjects || slices.ContainsFunc(s.Draft.Objects, func(o parley.FlowObject) bool { return len(o.Exits) > flowExits }) {
		f.Add("draft", "too_many")
	}
	c := change{subject: string(s.ID), after: shownScript(s), rows: func(r *store.Rows) { r.SaveScript(s) }}
	if old.Rev > 0 {
		c.before = shownScript(old)
	}
	return c, f.Err()
}

// RemoveScript removes a script that no entry point runs and nobody is in.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrInUse.
func (o *Office) RemoveScript(ctx context.Context, me parley.Actor, id parley.ScriptID) error {
	return o.change(ctx, me, "remove_script", func(ctx context.Context, v ledger.View) (change, error) {
		s, err := v.Script(ctx, id)
		if err != nil {
			return change{}, err
		}
		_, points, err := referred(ctx, v.View)
		if err != nil {
			return change{}, err
		}
		busy, err := v.ScriptBusy(ctx, id)
		if err != nil {
			return change{}, err
		}
		if busy || s.Published > 0 && len(usedBy(points, id)) > 0 {
			return change{}, parley.ErrInUse
		}
		return change{subject: string(id), before: shownScript(s), rows: func(r *store.Rows) {
			for _, e := range usedBy(points, id) {
				r.RunScript(e, "")
			}
			r.RemoveScript(id)
		}}, nil
	})
}

// Publishing is why a draft, or an older version, comes into force.
type Publishing struct {
	Why     string `json:"why"`
	Version int    `json:"version,omitempty" doc:"0 = the draft; else this version again"`
	Rev     int64  `json:"rev"`
}

// PublishScript puts a script's draft into force, or an older version again. Who
// is in the script goes on in the version they began with.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one that names
// every object at fault (SCR-04).
func (o *Office) PublishScript(ctx context.Context, me parley.Actor, id parley.ScriptID, in Publishing) error {
	return o.change(ctx, me, "publish_script", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.Script(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		s := old
		if in.Version > 0 {
			f, err := v.ScriptVersion(ctx, id, in.Version)
			if err != nil {
				return change{}, err
			}
			s.Draft = f.Flow
		}
		known, _, err := referred(ctx, v.View)
		if err != nil {
			return change{}, err
		}
		versions, err := v.ScriptVersions(ctx, id)
		if err != nil {
			return change{}, err
		}
		f := parley.Faults(nil)
		f.Text("why", identity.Text(in.Why), 1, nameMax)
		for _, fault := range script.Check(s.Draft, known) {
			f.Add(fault.Path(), fault.Code)
		}
		s.Published, s.Rev = 1, old.Rev+1
		if len(versions) > 0 {
			s.Published = versions[0].Version + 1
		}
		next := parley.FlowVersion{Script: id, Version: s.Published, Flow: s.Draft, By: me.Agent, Why: identity.Text(in.Why), At: v.Now}
		return change{subject: string(id), before: shownScript(old), after: shownScript(s), rows: func(r *store.Rows) {
			r.SaveScript(s)
			r.AddScriptVersion(next)
		}}, f.Err()
	})
}

// ScriptVersion is a published version and what it changed.
type ScriptVersion struct {
	Version int             `json:"version"`
	By      parley.AgentID  `json:"by"`
	Why     string          `json:"why"`
	At      int64           `json:"at"`
	Flow    parley.Flow     `json:"flow"`
	Changes []script.Change `json:"changes"` // since the version before
}

// ScriptVersions returns a script's published versions, the newest first.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (o *Office) ScriptVersions(ctx context.Context, me parley.Actor, id parley.ScriptID) ([]ScriptVersion, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	v := o.store.View()
	if _, err := v.Script(ctx, id); err != nil {
		return nil, err
	}
	rows, err := v.ScriptVersions(ctx, id)
	list := make([]ScriptVersion, len(rows))
	for i, f := range rows {
		var was parley.Flow
		if i+1 < len(rows) {
			was = rows[i+1].Flow
		}
		list[i] = ScriptVersion{f.Version, f.By, f.Why, parley.Millis(f.At), f.Flow, script.Diff(was, f.Flow)}
	}
	return list, err
}

// RunScript says which entry points run a script; those not named run their own
// again. All must be of its kind.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one.
// Source: SCR-01.
func (o *Office) RunScript(ctx context.Context, me parley.Actor, id parley.ScriptID, run []parley.EntryPointID) error {
	return o.change(ctx, me, "run_script", func(ctx context.Context, v ledger.View) (change, error) {
		s, err := v.Script(ctx, id)
		if err != nil {
			return change{}, err
		}
		_, points, err := referred(ctx, v.View)
		if err != nil {
			return change{}, err
		}
		var f parley.Faults
		if s.Published == 0 && len(run) > 0 {
			f.Add("entry_points", "not_published")
		}
		for k, e := range run {
			at := slices.IndexFunc(points, func(p parley.EntryPoint) bool { return p.ID == e })
			switch {
			case at < 0:
				f.Add(parley.Index("entry_points", k, ""), "unknown")
			case points[at].Channel.ScriptKind() != s.Kind:
				f.Add(parley.Index("entry_points", k, ""), "other_kind")
			}
		}
		had := usedBy(points, id)
		return change{subject: string(id), before: had, after: run, rows: func(r *store.Rows) {
			for _, e := range had {
				if !slices.Contains(run, e) {
					r.RunScript(e, "")
				}
			}
			for _, e := range run {
				r.RunScript(e, id)
			}
		}}, f.Err()
	})
}
