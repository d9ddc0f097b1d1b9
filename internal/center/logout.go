package center

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
)

// LogOut logs an agent out. What they hold goes back to its queue, so with
// anything open it is asked first.
//
// Errors: parley.ErrForbidden, ErrNotFound; ErrInteractionsOpen with their ids
// unless confirmed.
// Source: P16.
func (c *Center) LogOut(ctx context.Context, me parley.Actor, agent parley.AgentID, confirmed bool) error {
	if err := may(me, parley.MaySupervise, nil); err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "log_out_agent",
		Touch: []string{string(agent)},
		Plan: func(_ context.Context, v ledger.View) (ledger.Plan, error) {
			if _, ok := v.Router.Agent(agent); !ok {
				return ledger.Plan{}, parley.ErrNotFound
			}
			open := []parley.InteractionID{}
			for _, i := range v.Router.Held(agent) {
				if !i.State.Final() {
					open = append(open, i.ID)
				}
			}
			if len(open) > 0 && !confirmed {
				return ledger.Plan{}, parley.ErrInteractionsOpen.With(map[string]any{"interactions": open})
			}
			return ledger.Plan{Route: routing.ForceLogout{Agent: agent, By: parley.AgentID(me.By())}}, nil
		},
	})
}
