// Package settings says which value of a setting counts.
//
// keys.go is the registry: every key with its type, bounds, scopes and source.
// The administrator's form, the validation and the document follow from it.
package settings

import (
	"encoding/json"
	"slices"
	"time"

	"parley"
)

// At is where a setting is asked for. Ids that do not matter stay empty.
type At struct {
	Agent      parley.AgentID
	Group      parley.GroupID
	Queue      parley.QueueID
	EntryPoint parley.EntryPointID
	Preset     parley.Preset // the surface in use (CFG-05); "" counts as workspace
}

// Values are the values somebody set.
type Values struct {
	set map[place]json.RawMessage
}

type place struct {
	scope parley.Scope
	id    string
	key   string
}

// New returns the values of a center, as kept.
func New(rows []parley.Setting) Values {
	v := Values{set: make(map[place]json.RawMessage, len(rows))}
	for _, s := range rows {
		v.set[place{s.Scope, s.ScopeID, s.Key}] = json.RawMessage(s.Value)
	}
	return v
}

// With returns the values after some more were set; an empty value unsets one.
func (v Values) With(changes ...parley.Setting) Values {
	w := Values{set: make(map[place]json.RawMessage, len(v.set)+len(changes))}
	for p, value := range v.set {
		w.set[p] = value
	}
	for _, s := range changes {
		if s.Value == "" {
			delete(w.set, place{s.Scope, s.ScopeID, s.Key})
			continue
		}
		w.set[place{s.Scope, s.ScopeID, s.Key}] = json.RawMessage(s.Value)
	}
	return w
}

// Resolve returns the value that counts: the first set of agent, group, queue,
// entry point and tenant, else the preset's, else the product's. A ceiling wins
// over all of them. An unknown key has no value.
//
// Source: CFG-01.
func (v Values) Resolve(key string, at At) json.RawMessage {
	def, ok := Find(key)
	if !ok {
		return nil
	}
	return def.capped(v.first(def, at))
}

func (v Values) first(def Def, at At) json.RawMessage {
	for _, p := range at.places(def) {
		if value, ok := v.set[p]; ok {
			return value
		}
	}
	if value, ok := def.Presets[at.Preset]; ok {
		return value
	}
	return def.Default
}

// places lists where def may have a value for at, in the order of CFG-01.
func (at At) places(def Def) []place {
	var list []place
	for _, p := range []place{
		{parley.ScopeAgent, string(at.Agent), def.Key},
		{parley.ScopeGroup, string(at.Group), def.Key},
		{parley.ScopeQueue, string(at.Queue), def.Key},
		{parley.ScopeEntryPoint, string(at.EntryPoint), def.Key},
		{parley.ScopeTenant, "", def.Key},
	} {
		asked := p.id != "" || p.scope == parley.ScopeTenant
		if asked && slices.Contains(def.Scopes, p.scope) {
			list = append(list, p)
		}
	}
	return list
}

// Chosen reports whether somebody set a key for a place, or above it.
func (v Values) Chosen(key string, at At) bool {
	def, ok := Find(key)
	if !ok {
		return false
	}
	return slices.ContainsFunc(at.places(def), func(p place) bool {
		_, set := v.set[p]
		return set
	})
}

// Bool returns the value of a key of type bool.
func (v Values) Bool(key string, at At) bool { return decode[bool](v, key, at) }

// Int returns the value of a key of type int.
func (v Values) Int(key string, at At) int { return decode[int](v, key, at) }

// Text returns the value of a key of type text, choice or secret.
func (v Values) Text(key string, at At) string { return decode[string](v, key, at) }

// List returns the value of a key of type choices.
func (v Values) List(key string, at At) []string { return decode[[]string](v, key, at) }

// Seconds returns the value of a key whose unit is seconds.
func (v Values) Seconds(key string, at At) time.Duration {
	return time.Duration(v.Int(key, at)) * time.Second
}

// decode reads the value that counts. Values are checked before they are kept,
// so one that cannot be read is a fault of ours and counts as the default.
func decode[T any](v Values, key string, at At) T {
	var t T
	if json.Unmarshal(v.Resolve(key, at), &t) != nil {
		def, _ := Find(key)
		_ = json.Unmarshal(def.Default, &t)
	}
	return t
}
