package records

import (
	"context"

	"parley"
	"parley/internal/settings"
)

// Right is something done to customers that not everybody may do. Which role it
// takes at least is a setting of the center, a group or one agent.
//
// Source: SEC-07, CRM-02.
type Right string

// The rights.
const (
	ToCreate Right = "create"
	ToEdit   Right = "edit"
	ToDelete Right = "delete"
	ToMerge  Right = "merge"
	ToErase  Right = "erase"
	ToExport Right = "export"
)

// Rights are all of them.
var Rights = []Right{ToCreate, ToEdit, ToDelete, ToMerge, ToErase, ToExport}

// rank orders roles: who may what, and the lowest that may.
var rank = map[parley.Role]int{parley.RoleAgent: 1, parley.RoleSupervisor: 2, parley.RoleAdmin: 3}

// rankOf returns how high somebody stands. A key stands where its scopes would.
func rankOf(me parley.Actor) int {
	switch {
	case me.Key == "":
		return rank[me.Role]
	case me.Has(parley.MayAdminister):
		return rank[parley.RoleAdmin]
	case me.Has(parley.MaySupervise):
		return rank[parley.RoleSupervisor]
	}
	return rank[parley.RoleAgent]
}

// Allowed reports whether somebody has a right.
//
// Errors: parley.ErrForbidden.
func (r *Records) Allowed(ctx context.Context, me parley.Actor, to Right) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	values, err := r.store.View().Settings(ctx)
	if err != nil {
		return err
	}
	return allowed(settings.New(values), me, to)
}

func allowed(s settings.Values, me parley.Actor, to Right) error {
	least := s.Text("customers."+string(to), settings.At{Agent: me.Agent, Group: me.Group})
	if rankOf(me) < rank[parley.Role(least)] {
		return parley.ErrForbidden
	}
	return nil
}

// RightsOf returns what somebody may do to customers.
//
// Errors: parley.ErrForbidden.
func (r *Records) RightsOf(ctx context.Context, me parley.Actor) ([]Right, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return nil, err
	}
	values, err := r.store.View().Settings(ctx)
	if err != nil {
		return nil, err
	}
	out, s := []Right{}, settings.New(values)
	for _, to := range Rights {
		if allowed(s, me, to) == nil {
			out = append(out, to)
		}
	}
	return out, nil
}
