package office

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"parley"
	"parley/internal/ledger"
	"parley/internal/settings"
	"parley/internal/store"
)

// Value is one setting somebody set, or sets.
type Value struct {
	Scope   parley.Scope `json:"scope" enum:"agent,group,queue,entry_point,tenant"`
	ScopeID string       `json:"scope_id"` // "" for the tenant
	Key     string       `json:"key"`
	Value   any          `json:"value"` // null unsets it; a secret is always shown as null
}

// Def is one key of the registry, as the administrator's form needs it.
type Def struct {
	Key     string                `json:"key"`
	Type    settings.Type         `json:"type"`
	Unit    string                `json:"unit"`
	Default any                   `json:"default"`
	Presets map[parley.Preset]any `json:"presets"`
	Scopes  []parley.Scope        `json:"scopes"`
	Options []string              `json:"options"`
	Min     int64                 `json:"min"`
	Max     int64                 `json:"max"`
	Source  string                `json:"source"`
}

// Settings are the values that are set and the keys there are.
type Settings struct {
	Values []Value `json:"values"`
	Defs   []Def   `json:"defs"`
}

// Settings returns every value that is set and every key.
//
// Errors: parley.ErrForbidden.
func (o *Office) Settings(ctx context.Context, me parley.Actor) (Settings, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return Settings{}, err
	}
	rows, err := o.store.View().Settings(ctx)
	s := Settings{Values: []Value{}, Defs: []Def{}}
	for _, row := range rows {
		s.Values = append(s.Values, shownValue(row))
	}
	for _, d := range settings.All() {
		def := Def{
			Key: d.Key, Type: d.Type, Unit: d.Unit, Default: plain(d.Default), Presets: map[parley.Preset]any{},
			Scopes: d.Scopes, Options: append([]string{}, d.Options...), Min: d.Min, Max: d.Max, Source: d.Source,
		}
		for preset, value := range d.Presets {
			def.Presets[preset] = plain(value)
		}
		s.Defs = append(s.Defs, def)
	}
	return s, err
}

// shownValue is a value as it may be seen: a secret never is.
func shownValue(s parley.Setting) Value {
	value := plain(json.RawMessage(s.Value))
	if def, _ := settings.Find(s.Key); def.Type == settings.Secret {
		value = nil
	}
	return Value{Scope: s.Scope, ScopeID: s.ScopeID, Key: s.Key, Value: value}
}

func plain(value json.RawMessage) any {
	var out any
	if json.Unmarshal(value, &out) != nil {
		return nil // nothing is set
	}
	return out
}

// SaveSettings sets and unsets values, all of them or none. What follows for
// routing is told to it in the same commit.
//
// Errors: parley.ErrForbidden, an Invalid one naming every value at fault.
func (o *Office) SaveSettings(ctx context.Context, me parley.Actor, values []Value) error {
	changes := make([]parley.Setting, len(values))
	for i, in := range values {
		changes[i] = parley.Setting{Scope: in.Scope, ScopeID: in.ScopeID, Key: in.Key, Value: encoded(in.Value)}
	}
	return o.change(ctx, me, "save_settings", func(ctx context.Context, v ledger.View) (change, error) {
		w, err := load(ctx, v.View)
		if err != nil {
			return change{}, err
		}
		if err := checkSettings(ctx, v.View, w, changes); err != nil {
			return change{}, err
		}
		before, err := before(ctx, v.View, changes)
		if err != nil {
			return change{}, err
		}
		w.values = w.values.With(changes...)
		after := make([]Value, len(changes))
		for i, s := range changes {
			after[i] = shownValue(s)
		}
		return change{
			subject: "settings", before: before, after: after, quiet: len(changes) == 0, routes: w.routes(v),
			rows: func(r *store.Rows) {
				for _, s := range o.sealed(changes) {
					r.SaveSetting(s)
				}
				if slices.ContainsFunc(changes, func(s parley.Setting) bool { return strings.HasPrefix(s.Key, "mail.") }) {
					r.OutboxAgain(mailKind)
					r.OutboxAgain(alarmKind)
				}
			},
		}, nil
	})
}

// encoded is a value as it is kept, "" for null.
func encoded(value any) string {
	if value == nil {
		return ""
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(value) != nil {
		return "{}" // no type of value is an object: the check refuses it
	}
	return strings.TrimSpace(b.String())
}

// before is what the values are that a change replaces.
func before(ctx context.Context, v store.View, changes []parley.Setting) ([]Value, error) {
	rows, err := v.Settings(ctx)
	list := []Value{}
	for _, s := range rows {
		if slices.ContainsFunc(changes, func(c parley.Setting) bool {
			return c.Key == s.Key && c.Scope == s.Scope && c.ScopeID == s.ScopeID
		}) {
			list = append(list, shownValue(s))
		}
	}
	return list, err
}

// checkSettings refuses unknown keys, scopes and ids, and values that do not fit.
//
// Source: CFG-01, A-018.
func checkSettings(ctx context.Context, v store.View, w *world, changes []parley.Setting) error {
	var f parley.Faults
	points, err := v.EntryPoints(ctx)
	if err != nil {
		return err
	}
	for i, s := range changes {
		switch problem := settings.Check(s); problem {
		case "":
		case "unknown":
			f.Add(parley.Index("values", i, "key"), problem)
		case "scope":
			f.Add(parley.Index("values", i, "scope"), "unknown")
		default:
			f.Add(parley.Index("values", i, "value"), problem)
		}
		if !w.has(s, points) {
			f.Add(parley.Index("values", i, "scope_id"), "unknown")
		}
	}
	if len(f) == 0 {
		checkSilence(&f, w.values.With(changes...), changes, points)
	}
	return f.Err()
}

// checkSilence refuses that a silent talk ends before its customer was asked:
// for the center, or for an entry point, whose own value may be the other one.
//
// Source: I22.
func checkSilence(f *parley.Faults, v settings.Values, changes []parley.Setting, points []parley.EntryPoint) {
	const warn, end = "inactivity.warn_s", "inactivity.close_s"
	early := func(at settings.At) bool {
		closes := v.Seconds(end, at)
		return closes > 0 && closes <= v.Seconds(warn, at)
	}
	for i, s := range changes {
		if s.Key != warn && s.Key != end {
			continue
		}
		at := settings.At{EntryPoint: parley.EntryPointID(s.ScopeID)}
		inherits := func(e parley.EntryPoint) bool {
			return s.Scope == parley.ScopeTenant && early(settings.At{EntryPoint: e.ID})
		}
		if early(at) || slices.ContainsFunc(points, inherits) {
			f.Add(parley.Index("values", i, "value"), "ends_before_asked")
		}
	}
}

// has reports whether the agent, group, queue or entry point of a scope exists.
func (w *world) has(s parley.Setting, points []parley.EntryPoint) bool {
	switch s.Scope {
	case parley.ScopeAgent:
		return knows(w.agents, parley.AgentID(s.ScopeID), agentID)
	case parley.ScopeGroup:
		_, ok := w.groups[parley.GroupID(s.ScopeID)]
		return ok
	case parley.ScopeQueue:
		return knows(w.queues, parley.QueueID(s.ScopeID), queueID)
	case parley.ScopeEntryPoint:
		return knows(points, parley.EntryPointID(s.ScopeID), func(e parley.EntryPoint) parley.EntryPointID { return e.ID })
	}
	return true
}
