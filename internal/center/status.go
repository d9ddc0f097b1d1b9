package center

import (
	"context"
	"slices"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
)

// SetStatus is an agent's own choice of status.
//
// Errors: parley.ErrAnswerOfferFirst, ErrBusy, ErrPresenceNotAllowed,
// ErrStatusCodeRequired, ErrInvalid.
// Source: P2, P3, P3b, P3c, P4, PRE-13.
func (c *Center) SetStatus(ctx context.Context, me parley.Actor, to parley.Presence, code parley.StatusCodeID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	if err := checkStatus(to); err != nil {
		return err
	}
	b, err := c.config(ctx)
	if err != nil {
		return err
	}
	if to != parley.Available || code != "" {
		if err := b.checkCode(string(to), code); err != nil {
			return err
		}
	}
	return c.do(ctx, "set_status", nil, routing.SetStatus{Agent: me.Agent, Status: to, Code: code})
}

func checkStatus(to parley.Presence) error {
	switch to {
	case parley.Available, parley.OnBreak, parley.WorkOffline:
		return nil
	}
	return parley.ErrInvalid(parley.FieldError{Field: "status", Code: "unknown"})
}

// StopNew blocks further queued chats. Source: P10, CAP-04.
func (c *Center) StopNew(ctx context.Context, me parley.Actor) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.do(ctx, "stop_new", nil, routing.StopNew{Agent: me.Agent})
}

// Resume lifts it. Source: P11, CAP-05.
func (c *Center) Resume(ctx context.Context, me parley.Actor) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.do(ctx, "resume", nil, routing.Resume{Agent: me.Agent})
}

// ConfirmQueues says which of their queues an agent works in: all of them or
// none are saved.
//
// Errors: parley.ErrForbidden if the agent may not choose; an Invalid one that
// names each queue that is not theirs.
// Source: QUE-01, SEC-05.
func (c *Center) ConfirmQueues(ctx context.Context, me parley.Actor, enabled []parley.QueueID) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "confirm_queues",
		Touch: []string{string(me.Agent)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			b, err := c.memory.book(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			p, err := v.Person(ctx, me.Agent)
			if err != nil {
				return ledger.Plan{}, err
			}
			if !b.values.Bool("agents.may_toggle_queues", b.at(&p)) {
				return ledger.Plan{}, parley.ErrForbidden
			}
			mine, err := v.MembershipsOf(ctx, me.Agent)
			if err != nil {
				return ledger.Plan{}, err
			}
			changed, err := confirm(mine, enabled)
			if err != nil || len(changed) == 0 {
				return ledger.Plan{}, err
			}
			return ledger.Plan{Route: routing.SaveMemberships{Memberships: changed}}, nil
		},
	})
}

// confirm returns the memberships that change.
func confirm(mine []parley.Membership, enabled []parley.QueueID) ([]parley.Membership, error) {
	var faults []parley.FieldError
	for _, q := range enabled {
		if !slices.ContainsFunc(mine, func(m parley.Membership) bool { return m.Queue == q && m.Assigned }) {
			faults = append(faults, parley.FieldError{Field: "enabled", Code: "unknown"})
		}
	}
	if len(faults) > 0 {
		return nil, parley.ErrInvalid(faults...)
	}
	var changed []parley.Membership
	for _, m := range mine {
		if on := slices.Contains(enabled, m.Queue); m.Assigned && m.Enabled != on {
			m.Enabled = on
			changed = append(changed, m)
		}
	}
	return changed, nil
}

// LinkLost and LinkUp tell of an agent's last socket that went, and of the first
// one that came. Source: P17, P18.
func (c *Center) LinkLost(ctx context.Context, a parley.AgentID) error {
	return c.do(ctx, "link_lost", nil, routing.LinkLost{Agent: a})
}

// LinkUp is the inverse of LinkLost.
func (c *Center) LinkUp(ctx context.Context, a parley.AgentID) error {
	return c.do(ctx, "link_up", nil, routing.LinkUp{Agent: a})
}
