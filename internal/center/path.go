package center

import (
	"context"
	"strconv"

	"parley"
	"parley/internal/script"
	"parley/internal/store"
)

// ScriptPath is the way an interaction came through its script, in the version it
// began with.
type ScriptPath struct {
	ID      parley.ScriptID `json:"id"`
	Name    string          `json:"name"` // as it is called now, "" if it is gone
	Version int             `json:"version"`
	Steps   []ScriptStep    `json:"steps"`
}

// ScriptStep is one object that was passed, and the exit it was left by; "" where
// the way ended, or waits.
type ScriptStep struct {
	Object string            `json:"object"`
	Kind   parley.ObjectKind `json:"kind"`
	Exit   string            `json:"exit"`
	Answer *parley.Text      `json:"answer,omitempty"` // of a menu: what was chosen
}

// scriptPath returns the way of an interaction's journey; nil where no published
// script led it.
//
// Source: RTE-10, SCR-02.
func (b *book) scriptPath(ctx context.Context, v store.View, id parley.InteractionID) (*ScriptPath, error) {
	i, err := v.Interaction(ctx, id)
	if err != nil {
		return nil, err
	}
	run, err := v.ScriptRun(ctx, i.Journey)
	if err != nil {
		return nil, unlessAbsent(err)
	}
	flow, err := b.version(ctx, v, run)
	if err != nil {
		return nil, err
	}
	state, err := stateOf(run)
	if err != nil {
		return nil, err
	}
	named, err := v.Script(ctx, run.Script)
	if unlessAbsent(err) != nil {
		return nil, err
	}
	out := &ScriptPath{ID: run.Script, Name: named.Name, Version: run.Version, Steps: make([]ScriptStep, len(state.Path))}
	for n, s := range state.Path {
		out.Steps[n] = ScriptStep{Object: s.Object, Kind: s.Kind, Exit: s.Exit, Answer: chosen(flow, s)}
	}
	return out, nil
}

// chosen is the answer by which a menu was left, nil if it was none of its own.
func chosen(f parley.Flow, s script.Step) *parley.Text {
	o, _ := f.Object(s.Object)
	n, err := strconv.Atoi(s.Exit)
	if s.Kind != parley.ObjectMenu || err != nil || n < 1 || n > len(o.Options) {
		return nil
	}
	return &o.Options[n-1].Text
}
