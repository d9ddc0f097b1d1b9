package center

import (
	"cmp"
	"context"
	"slices"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// Handover is where an interaction shall go: to a queue or to an agent.
type Handover struct {
	Queue    parley.QueueID
	To       parley.AgentID
	Anyway   bool   // the agent has seen that nobody works there (XFR-05)
	Note     string // for who gets it; the customer never sees it
	ClientID string
}

// Transfer hands an active interaction on: a new interaction in the same
// conversation. To an agent it is only offered; the sender keeps the chat until
// it is accepted.
//
// Errors: parley.ErrNotFound, ErrInteractionEnded, ErrQueueUnstaffed,
// ErrAtCapacity, ErrAgentUnavailable, ErrConflict while one is pending,
// ErrForbidden if the center does not allow it, ErrInvalid.
// Source: XFR-01 to XFR-06, XFR-08, I20, I20b.
func (c *Center) Transfer(ctx context.Context, me parley.Actor, id parley.InteractionID, to Handover) error {
	if err := may(me, parley.MayServe, nil); err != nil {
		return err
	}
	if (to.Queue == "") == (to.To == "") {
		return parley.ErrInvalid(parley.FieldError{Field: "queue", Code: "queue_or_agent"})
	}
	if to.Note != "" {
		var err error
		if to.Note, err = clean("note", to.Note, NoteMax); err != nil {
			return err
		}
	}
	if err := checkClientID(to.ClientID); err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "transfer",
		Touch: []string{to.ClientID, string(id), string(to.To)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			return c.planTransfer(ctx, v, me, id, to)
		},
	})
}

func (c *Center) planTransfer(ctx context.Context, v ledger.View, me parley.Actor, id parley.InteractionID, to Handover) (ledger.Plan, error) {
	next := parley.InteractionID("int_" + to.ClientID) // so that a repeat is found again
	if _, err := v.Interaction(ctx, next); err == nil || unlessAbsent(err) != nil {
		return ledger.Plan{}, unlessAbsent(err)
	}
	var plan ledger.Plan
	if to.Queue != "" {
		waiting, err := c.waiting(ctx, v, id)
		if err != nil {
			return ledger.Plan{}, err
		}
		plan.Route = routing.TransferToQueue{Agent: me.Agent, Interaction: id, New: next, Queue: to.Queue, Anyway: to.Anyway, Messages: waiting}
	} else {
		p, err := v.Person(ctx, to.To)
		if err == nil && p.Group != me.Group && !me.Has(parley.MaySupervise) { // SEC-03: no colleague of theirs
			err = parley.ErrNotFound
		}
		if err != nil {
			return ledger.Plan{}, err
		}
		plan.Route = routing.TransferToAgent{Agent: me.Agent, Interaction: id, New: next, To: to.To}
	}
	plan.Rows = func(r *store.Rows, _ []routing.Event) {
		if to.Note != "" {
			note(r, parley.Note{
				ID: parley.NewID("nte", v.Now), Interaction: next, Agent: me.Agent, ClientID: to.ClientID, Text: c.masked(to.Note), At: v.Now,
			})
		}
	}
	return plan, nil
}

// Targets are where an interaction may be handed on to.
type Targets struct {
	Queues []QueueTarget `json:"queues"`
	Agents []AgentTarget `json:"agents"`
}

// QueueTarget is a queue and what would happen there.
type QueueTarget struct {
	ID        parley.QueueID `json:"id"`
	Name      string         `json:"name"`
	Waiting   int            `json:"waiting"`
	Available int            `json:"available"` // agents who could take one more now
	Staffed   bool           `json:"staffed"`
}

// AgentTarget is a colleague, and why they cannot have it now.
type AgentTarget struct {
	ID          parley.AgentID  `json:"id"`
	DisplayName string          `json:"display_name"`
	Displayed   parley.Presence `json:"displayed"`
	Load        int             `json:"load"`
	Capacity    int             `json:"capacity"`
	May         bool            `json:"may"`
	Why         string          `json:"why"` // logged_out, no_link, not_available, offered, full, wrapping_up or ""
}

// TransferTargets lists where an agent may hand an interaction on to: every
// queue, and the colleagues of their group (supervisors: everybody). Without an
// interaction it tells how they stand, whether work may be handed on or not.
//
// Errors: parley.ErrNotFound.
// Source: XFR-01, F108.
func (c *Center) TransferTargets(ctx context.Context, me parley.Actor, id parley.InteractionID) (Targets, error) {
	out := Targets{Queues: []QueueTarget{}, Agents: []AgentTarget{}}
	if id != "" {
		if _, err := c.mine(ctx, me, id); err != nil {
			return out, err
		}
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return out, err
	}
	var people []store.Person
	if me.Has(parley.MaySupervise) {
		people, err = c.store.View().People(ctx)
	} else {
		people, err = c.store.View().PeopleOf(ctx, me.Group)
	}
	if err != nil {
		return out, err
	}
	f, err := c.floor(ctx, b)
	if err != nil {
		return out, err
	}
	ready := f.ready(b)
	for _, q := range b.queues {
		if q.Enabled {
			out.Queues = append(out.Queues, QueueTarget{
				ID: q.ID, Name: q.Name, Waiting: f.queues[q.ID].waiting, Available: ready[q.ID], Staffed: f.queues[q.ID].staffed,
			})
		}
	}
	slices.SortFunc(out.Queues, func(x, y QueueTarget) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	if id != "" && !f.settings.TransferToAgent {
		return out, nil
	}
	for _, p := range people {
		if a, ok := f.agents[p.ID]; ok && p.ID != me.Agent && p.Enabled {
			out.Agents = append(out.Agents, target(a, p, f.settings))
		}
	}
	return out, nil
}

// target says whether a colleague could be offered a transfer now.
//
// Source: I20b: membership, stop new and the next status are disregarded.
func target(a routing.AgentView, p store.Person, set routing.Settings) AgentTarget {
	t := AgentTarget{ID: p.ID, DisplayName: p.DisplayName, Displayed: a.Displayed(), Load: a.Load, Capacity: a.Capacity}
	switch {
	case a.Base == parley.LoggedOut:
		t.Why = "logged_out"
	case a.Conn != parley.ConnUp:
		t.Why = string(routing.ReasonNoLink)
	case a.Base != parley.Available:
		t.Why = string(routing.ReasonNotAvailable)
	case a.Offered >= set.MaxParallel:
		t.Why = string(routing.ReasonOffered)
	case a.Full:
		t.Why = string(routing.ReasonFull)
	case a.Active == 0 && a.WrapUp > 0:
		t.Why = string(routing.ReasonWrappingUp)
	}
	t.May = t.Why == ""
	return t
}
