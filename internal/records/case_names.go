package records

import (
	"context"
	"strconv"

	"parley"
	"parley/internal/store"
)

// nameIn looks up what an id in a field is called: agents and customers by name,
// cases by number. What is gone keeps its id.
func nameIn(ctx context.Context, v store.View, names map[string]string, field, id string) error {
	if id == "" || names[id] != "" {
		return nil
	}
	switch field {
	case "assignee":
		return agentName(ctx, v, names, id)
	case "customer":
		c, err := v.Customer(ctx, parley.CustomerID(id))
		if err == nil {
			names[id] = c.Name()
		}
		return unlessAbsent(err)
	case "follows":
		c, err := v.Case(ctx, parley.CaseID(id))
		if err == nil {
			names[id] = strconv.FormatInt(c.Number, 10)
		}
		return unlessAbsent(err)
	}
	return nil
}

func agentName(ctx context.Context, v store.View, names map[string]string, id string) error {
	if id == "" || names[id] != "" {
		return nil
	}
	p, err := v.Person(ctx, parley.AgentID(id))
	if err == nil {
		names[id] = p.DisplayName
	}
	return unlessAbsent(err)
}

func unlessAbsent(err error) error {
	if absent(err) {
		return nil
	}
	return err
}
