package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Stage is where an interaction stands.
type Stage struct {
	ID    parley.InteractionID
	Queue parley.QueueID
	State parley.InteractionState
	Entry time.Time
}

// Stages returns where every interaction stands that is with an agent,
// or parked by one.
func (v View) Stages(ctx context.Context) ([]Stage, error) {
	return list(ctx, v, func(rows *sql.Rows) (Stage, error) {
		var s Stage
		var entry int64
		err := rows.Scan(&s.ID, &s.Queue, &s.State, &entry)
		s.Entry = parley.FromMillis(entry)
		return s, err
	}, `
		SELECT i.id, i.queue_id, i.state, i.entry_at
		FROM assignments a
		JOIN interactions i ON i.id = a.interaction_id
		WHERE a.ended_at = 0
		UNION
		SELECT i.id, i.queue_id, i.state, i.entry_at
		FROM offers o
		JOIN interactions i ON i.id = o.interaction_id
		WHERE o.state = 'pending'
		UNION
		SELECT i.id, i.queue_id, i.state, i.entry_at
		FROM interactions i
		WHERE (i.closed_at = 0 OR i.unviewed)
			AND i.state = 'parked'`)
}

// Day is what became of a queue's interactions since some time.
//
// Source: MON-03.
type Day struct {
	Queue                                       parley.QueueID
	Entered, Accepted, InTime, Abandoned, Short int
}

// Today returns the figures of every queue since a time.
func (v View) Today(ctx context.Context, since time.Time) ([]Day, error) {
	return list(ctx, v, func(rows *sql.Rows) (Day, error) {
		var d Day
		err := rows.Scan(&d.Queue, &d.Entered, &d.Accepted, &d.InTime, &d.Abandoned, &d.Short)
		return d, err
	}, `
		SELECT q.id,
			COUNT(CASE WHEN i.to_agent_id = '' THEN 1 END),
			COUNT(CASE WHEN i.accepted_at > 0 THEN 1 END),
			COUNT(CASE WHEN i.accepted_at > 0 AND i.accepted_at - i.entry_at <= q.sla_ms THEN 1 END),
			COUNT(CASE WHEN i.state = 'abandoned' THEN 1 END),
			COUNT(CASE WHEN i.state = 'short_abandoned' THEN 1 END)
		FROM interactions i
		JOIN queues q ON q.id = i.queue_id
		WHERE i.created_at + 0 >= $1
		GROUP BY q.id`, ms(since))
}

// HandledSince counts what each agent has finished since a time.
func (v View) HandledSince(ctx context.Context, since time.Time) (map[parley.AgentID]int, error) {
	type handled struct {
		agent parley.AgentID
		n     int
	}
	all, err := list(ctx, v, func(rows *sql.Rows) (handled, error) {
		var h handled
		err := rows.Scan(&h.agent, &h.n)
		return h, err
	}, `
		SELECT agent_id, COUNT(*)
		FROM interactions
		WHERE created_at + 0 >= $1
			AND state = 'logged'
			AND agent_id <> ''
		GROUP BY agent_id`, ms(since))
	out := map[parley.AgentID]int{}
	for _, h := range all {
		out[h.agent] = h.n
	}
	return out, err
}
