package script

import (
	"reflect"

	"parley"
)

// Change is one object that differs between two flows.
type Change struct {
	Object string `json:"object"` // its label, "" = where the flow starts
	What   string `json:"what"`   // added, removed, changed
}

// Diff returns what turns one flow into another, in the order of its objects.
func Diff(from, to parley.Flow) []Change {
	changes := []Change{}
	if from.Start != to.Start {
		changes = append(changes, Change{What: "changed"})
	}
	for _, o := range to.Objects {
		was, ok := from.Object(o.Label)
		switch {
		case !ok:
			changes = append(changes, Change{o.Label, "added"})
		case !reflect.DeepEqual(was, o):
			changes = append(changes, Change{o.Label, "changed"})
		}
	}
	for _, o := range from.Objects {
		if _, ok := to.Object(o.Label); !ok {
			changes = append(changes, Change{o.Label, "removed"})
		}
	}
	return changes
}
