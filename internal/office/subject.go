package office

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"parley"
	"parley/internal/store"
)

// subjectName returns what people call the subject of an audited change, "" for
// one that has no name, or is gone.
func subjectName(ctx context.Context, v store.View, id string) (name string, err error) {
	prefix, _, _ := strings.Cut(id, "_")
	switch prefix {
	case "agt":
		a, e := v.Agent(ctx, parley.AgentID(id))
		name, err = a.DisplayName, e
	case "grp":
		g, e := v.Group(ctx, parley.GroupID(id))
		name, err = g.Name, e
	case "que":
		q, e := v.Queue(ctx, parley.QueueID(id))
		name, err = q.Name, e
	case "ent":
		p, e := v.EntryPoint(ctx, parley.EntryPointID(id))
		name, err = p.Name, e
	case "scr":
		s, e := v.Script(ctx, parley.ScriptID(id))
		name, err = s.Name, e
	case "crm":
		c, e := v.Connection(ctx, id)
		name, err = c.Name, e
	case "whk":
		w, e := v.Webhook(ctx, id)
		name, err = w.Name, e
	default:
		name, err = recordName(ctx, v, prefix, id)
	}
	if errors.Is(err, parley.ErrNotFound) {
		return "", nil
	}
	return name, err
}

// recordName is subjectName of a customer, of a case by its number, and of a
// conversation by who is at its other end.
func recordName(ctx context.Context, v store.View, prefix, id string) (string, error) {
	switch prefix {
	case "cus":
		c, err := v.Customer(ctx, parley.CustomerID(id))
		return c.Name(), err
	case "cas":
		c, err := v.Case(ctx, parley.CaseID(id))
		return "#" + strconv.FormatInt(c.Number, 10), err
	case "int":
		i, err := v.Interaction(ctx, parley.InteractionID(id))
		if err != nil {
			return "", err
		}
		return recordName(ctx, v, "con", string(i.Conversation))
	case "con":
		c, err := v.Conversation(ctx, parley.ConversationID(id))
		if err != nil || c.Customer == "" {
			return "", err
		}
		return recordName(ctx, v, "cus", string(c.Customer))
	}
	return "", nil
}
