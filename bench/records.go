package main

import (
	"context"
	"fmt"
	"time"

	"parley"
	"parley/internal/store"
)

// records fills every table behind a list from `from` rows up to `to`.
func records(ctx context.Context, dsn, queue string, from, to int) error {
	s, err := lead(ctx, dsn)
	if err != nil {
		return err
	}
	defer s.Close()
	at := time.Date(2025, 3, 2, 9, 0, 0, 0, time.UTC)
	const piece = 1000 // rows of each table in one commit
	for first := from; first < to; first += piece {
		tx, err := s.Begin(ctx)
		if err != nil {
			return err
		}
		r := tx.Rows(at)
		for i := first; i < min(first+piece, to); i++ {
			record(r, queue, i, at.Add(time.Duration(i)*time.Second))
		}
		if _, err := tx.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}

// lead opens a store and takes its lease, as a server does.
func lead(ctx context.Context, dsn string) (*store.Store, error) {
	s, err := store.Open(ctx, dsn, store.Options{})
	if err != nil {
		return nil, err
	}
	claim, err := s.Watch(ctx)
	if err == nil {
		err = s.Lead(ctx, claim, "bench", time.Time{})
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// record adds a customer, a case, an interaction and a missed contact.
func record(r *store.Rows, queue string, i int, at time.Time) {
	ms := parley.Millis(at)
	name := fmt.Sprintf("cust%07d", i*7919%10_000_000)
	customer, conversation, interaction := parley.NewID("cus", at), parley.NewID("con", at), parley.NewID("int", at)
	r.Exec(`
		INSERT INTO customers (id, account_number, first_name, last_name, folded, draft, created_by, created_at, updated_at, rev)
		VALUES ($1, $2, $3, 'Bench', $4, $5, '', $6, $6, 1)`,
		customer, fmt.Sprintf("B%08d", i), name, name+" bench", false, ms)
	r.Exec(`
		INSERT INTO conversations (id, entry_point_id, channel, customer_id, token_hash, token_until, last_seq, delivered_seq, read_seq,
			name, email, phone, account_number, case_number, question, language, zone_offset, ip, user_agent, page, client_id, created_at)
		SELECT $1, id, 'webchat', $2, $1, 0, 0, 0, 0, $3, '', '', '', '', '', 'en', 0, '', '', '', $1, $4
		FROM entry_points
		WHERE queue_id = $5`,
		conversation, customer, name, ms, queue)
	r.Exec(`
		INSERT INTO interactions (id, number, conversation_id, journey_id, origin_id, from_agent_id, to_agent_id, pending_id, queue_id, agent_id,
			state, priority, required, web, addressed, queue_grace_ms, customer_grace_ms, prefer_id, prefer_until, attempts, round, away,
			away_until, created_at, entry_at, queue_until, accepted_at, ended_at, ended_by, end_why, wrapup_from, wrapup_until, code_required,
			complete, overdue, await_ack, unviewed, code_missing, closed_at, first_seq, last_seq, case_id, transcript_hash, rev)
		VALUES ($1, $2, $3, $1, '', '', '', '', $4, '', 'logged', 50, 'null', $5, $6, 0, 0, '', 0, 0, 0, $6, 0, $7, $7, 0, $7, $7, 'agent', '', 0, 0, $6, $5, $6,
			$6, $6, $6, $7, 0, 0, '', '', 1)`,
		interaction, 1_000_000_000+i, conversation, queue, true, false, ms)
	r.Exec(`
		INSERT INTO cases (id, number, customer_id, interaction_id, status, draft, subject, notes, channel, queue_id, agent_id, created_at, updated_at, rev)
		VALUES ($1, $2, $3, '', $4, $5, 'Bench', '', 'webchat', $6, '', $7, $7, 1)`,
		parley.NewID("cas", at), 1_000_000_000+i, customer, []string{"open", "closed"}[i%2], false, queue, ms)
	r.Exec(`
		INSERT INTO missed (id, kind, conversation_id, interaction_id, entry_point_id, queue_id, client_id, name, email, text, state, owner_id, created_at, rev)
		VALUES ($1, 'offline_form', '', '', '', $2, '', $3, '', 'Call me', $4, '', $5, 1)`,
		parley.NewID("mis", at), queue, name, []string{"new", "done"}[i%2], ms)
}
