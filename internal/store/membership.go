package store

import (
	"context"
	"database/sql"

	"parley"
)

const membershipColumns = `
		SELECT agent_id, queue_id, level, assigned, enabled
		FROM memberships`

// Memberships returns all, by agent and queue.
func (v View) Memberships(ctx context.Context) ([]parley.Membership, error) {
	return list(ctx, v, scanMembership, membershipColumns+`
		ORDER BY agent_id, queue_id`)
}

// MembershipsOf returns an agent's.
func (v View) MembershipsOf(ctx context.Context, id parley.AgentID) ([]parley.Membership, error) {
	return list(ctx, v, scanMembership, membershipColumns+`
		WHERE agent_id = $1
		ORDER BY queue_id`, id)
}

// MembershipsIn returns a queue's.
func (v View) MembershipsIn(ctx context.Context, id parley.QueueID) ([]parley.Membership, error) {
	return list(ctx, v, scanMembership, membershipColumns+`
		WHERE queue_id = $1
		ORDER BY agent_id`, id)
}

func scanMembership(rows *sql.Rows) (parley.Membership, error) {
	var m parley.Membership
	err := rows.Scan(&m.Agent, &m.Queue, &m.Level, &m.Assigned, &m.Enabled)
	return m, err
}
