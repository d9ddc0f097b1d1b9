package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley"
	"parley/internal/routing"
)

// LoadRouter returns everything the router remembered at the last commit, its
// interactions in no order.
func (v View) LoadRouter(ctx context.Context) (routing.Snapshot, error) {
	var s routing.Snapshot
	for _, load := range []func(context.Context, *routing.Snapshot) error{
		v.loadCounters, v.loadSettings, v.loadAgents, v.loadQueues,
		v.loadMemberships, v.loadInteractions, v.loadOffers,
	} {
		if err := load(ctx, &s); err != nil {
			return s, fmt.Errorf("load the router: %w", err)
		}
	}
	return s, nil
}

func (v View) loadCounters(ctx context.Context, s *routing.Snapshot) error {
	counters, err := one(ctx, v, func(rows *sql.Rows) (n [2]int64, err error) {
		err = rows.Scan(&n[0], &n[1])
		return n, err
	}, `
		SELECT config, number
		FROM routing_counters
		WHERE id = 1`)
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	s.Config, s.Number = counters[0], counters[1]
	return err
}

func (v View) loadSettings(ctx context.Context, s *routing.Snapshot) error {
	settings, err := one(ctx, v, decode[routing.Settings], `
		SELECT config
		FROM routing_config
		WHERE kind = 'settings' AND id = ''`)
	if errors.Is(err, parley.ErrNotFound) {
		s.Settings = routing.DefaultSettings()
		return nil
	}
	s.Settings = settings
	return err
}

// decode scans a row of one column of JSON.
func decode[T any](rows *sql.Rows) (t T, err error) {
	var data string
	if err := rows.Scan(&data); err != nil {
		return t, err
	}
	return t, json.Unmarshal([]byte(data), &t)
}

func (v View) loadAgents(ctx context.Context, s *routing.Snapshot) (err error) {
	s.Agents, err = list(ctx, v, scanAgentState, `
		SELECT c.config, p.ever_logged_in, p.base, p.sub, p.next, p.next_by_miss, p.conn, p.since, p.reason,
			p.code, p.by_id, p.idle_since, p.return_at, p.grace_until, p.offer_until
		FROM routing_config c
		JOIN presence p
			ON p.agent_id = c.id
		WHERE c.kind = 'agent'
		ORDER BY c.id`)
	return err
}

func scanAgentState(rows *sql.Rows) (a routing.AgentState, err error) {
	var config string
	var since, idle, back, grace, offer int64
	err = rows.Scan(&config, &a.EverLoggedIn, &a.Base, &a.Sub, &a.Next, &a.NextByMiss, &a.Conn, &since, &a.Reason,
		&a.Code, &a.By, &idle, &back, &grace, &offer)
	if err != nil {
		return a, err
	}
	a.Since, a.IdleSince, a.ReturnAt = parley.FromMillis(since), parley.FromMillis(idle), parley.FromMillis(back)
	a.GraceUntil, a.OfferUntil = parley.FromMillis(grace), parley.FromMillis(offer)
	return a, json.Unmarshal([]byte(config), &a.AgentConfig)
}

func (v View) loadQueues(ctx context.Context, s *routing.Snapshot) (err error) {
	s.Queues, err = list(ctx, v, func(rows *sql.Rows) (q routing.QueueState, err error) {
		var config string
		var last int64
		if err := rows.Scan(&config, &last, &q.LastOfferSeq); err != nil {
			return q, err
		}
		q.LastOffer = parley.FromMillis(last)
		return q, json.Unmarshal([]byte(config), &q.QueueConfig)
	}, `
		SELECT c.config, q.last_offer_at, q.last_offer_seq
		FROM routing_config c
		JOIN queues q
			ON q.id = c.id
		WHERE c.kind = 'queue'
		ORDER BY c.id`)
	return err
}

func (v View) loadMemberships(ctx context.Context, s *routing.Snapshot) (err error) {
	s.Memberships, err = list(ctx, v, func(rows *sql.Rows) (m parley.Membership, err error) {
		err = rows.Scan(&m.Agent, &m.Queue, &m.Level, &m.Assigned, &m.Enabled)
		return m, err
	}, `
		SELECT agent_id, queue_id, level, assigned, enabled
		FROM memberships
		ORDER BY agent_id, queue_id`)
	return err
}

// millis returns a duration kept in milliseconds.
func millis(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

func (v View) loadOffers(ctx context.Context, s *routing.Snapshot) (err error) {
	s.Offers, err = list(ctx, v, func(rows *sql.Rows) (o routing.OfferState, err error) {
		var made, until int64
		err = rows.Scan(&o.ID.Interaction, &o.ID.Attempt, &o.Agent, &o.Queue, &o.Round, &o.State, &made, &until)
		o.Made, o.Until = parley.FromMillis(made), parley.FromMillis(until)
		return o, err
	}, `
		SELECT interaction_id, attempt, agent_id, queue_id, round, state, made_at, until
		FROM offers
		WHERE interaction_id IN (
			SELECT id
			FROM interactions
			WHERE `+live+`
				AND attempts > 0)
		ORDER BY interaction_id, attempt`)
	return err
}
