package ledger

import (
	"context"
	"errors"

	"parley"
	"parley/internal/store"
)

// Change is what an audited command does, as the audit log keeps it.
type Change struct {
	Subject       string
	Before, After any // nil: it is new, or gone
	Rows          func(r *store.Rows)
}

// Changer hands in an audited command: its rows and the audit row are one commit.
// The office is one, and gives it to the rooms beside it.
//
// Errors: what plan says; parley.ErrForbidden where the right is asked.
// Source: CFG-04.
type Changer func(ctx context.Context, me parley.Actor, name string, plan func(context.Context, View) (Change, error)) error

// Current refuses a change of a version that is no longer the last, and says who
// saved meanwhile, and when. by is empty where it was the system.
//
// Errors: parley.ErrConflict.
// Source: UX-43.
func Current(ctx context.Context, v View, subject string, have, edited int64) error {
	if have == edited {
		return nil
	}
	last, err := v.AuditTold(ctx, subject)
	if err != nil {
		return err
	}
	by, err := called(ctx, v, last.Actor)
	if err != nil || last.ID == 0 {
		return errors.Join(err, parley.ErrConflict)
	}
	return parley.ErrConflict.With(map[string]any{"by": by, "at": parley.Millis(last.At)})
}

// called is what an agent or an API key is called; empty for anything else.
func called(ctx context.Context, v View, id string) (string, error) {
	agent, err := v.Agent(ctx, parley.AgentID(id))
	if !errors.Is(err, parley.ErrNotFound) {
		return agent.DisplayName, err
	}
	key, err := v.APIKey(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return "", nil
	}
	return key.Name, err
}
