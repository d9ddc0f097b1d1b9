package records

import (
	"context"
	"slices"

	"parley"
	"parley/internal/store"
)

// TalkedQuery narrows a list of interactions; zero fields do not.
type TalkedQuery struct {
	State    parley.InteractionState
	Queue    parley.QueueID
	Agent    parley.AgentID
	Channel  parley.Channel
	From, To int64 // created in [From, To), Unix milliseconds
	After    string
	Limit    int
}

// talkedPlace is where a list of interactions goes on.
type talkedPlace struct {
	At     int64 `json:"t"`
	Number int64 `json:"n"`
}

// AllInteractions returns a page of interactions, the newest first: a
// supervisor's of everybody, an agent's of their own.
//
// Errors: parley.ErrForbidden, ErrBadRequest for a wrong place.
// Source: MON-06.
func (r *Records) AllInteractions(ctx context.Context, me parley.Actor, q TalkedQuery) (Page[Talked], error) {
	page := Page[Talked]{Items: []Talked{}}
	if !me.Has(parley.MaySupervise) {
		if me.Agent == "" || !me.Has(parley.MayServe) {
			return page, parley.ErrForbidden
		}
		q.Agent = me.Agent
	}
	stretch := store.TalkedRange{
		State: q.State, Queue: q.Queue, Agent: q.Agent, Channel: q.Channel, From: parley.FromMillis(q.From), To: parley.FromMillis(q.To),
		Limit: bounded(q.Limit) + 1,
	}
	if q.After != "" {
		var from talkedPlace
		if err := at(q.After, &from); err != nil {
			return page, err
		}
		stretch.Before, stretch.BeforeNumber = parley.FromMillis(from.At), from.Number
	}
	v := r.store.View()
	rows, err := v.TalkedRange(ctx, stretch)
	if err == nil {
		err = hideLogs(ctx, v, me, rows)
	}
	if err != nil {
		return page, err
	}
	if limit := stretch.Limit - 1; len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = cursor(talkedPlace{parley.Millis(last.CreatedAt), last.Number})
	}
	for t := range slices.Values(rows) {
		page.Items = append(page.Items, *talked(t))
	}
	return page, nil
}
