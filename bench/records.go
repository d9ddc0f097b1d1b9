package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/store"
)

// records fills every table behind a list from `from` rows up to `to`.
func records(ctx context.Context, t *town, from, to int) error {
	s, err := lead(ctx, t.dsn())
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
		var all pile
		for i := first; i < min(first+piece, to); i++ {
			all.record(t, i, at.Add(time.Duration(i)*time.Second))
		}
		all.list(tx.Rows(at))
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

// pile collects rows by table, to insert many with one statement.
type pile struct {
	heads []string
	rows  map[string][][]any
}

// together is how many rows one statement inserts.
const together = 50

// add collects a row; head is "INSERT INTO t (a, b)".
func (p *pile) add(head string, row ...any) {
	if p.rows == nil {
		p.rows = map[string][][]any{}
	}
	if p.rows[head] == nil {
		p.heads = append(p.heads, head)
	}
	p.rows[head] = append(p.rows[head], row)
}

// list hands the statements over.
func (p *pile) list(r *store.Rows) {
	for _, head := range p.heads {
		for rows := range slices.Chunk(p.rows[head], together) {
			var args []any
			var values []string
			for _, row := range rows {
				var places []string
				for range row {
					places = append(places, fmt.Sprintf("$%d", len(args)+len(places)+1))
				}
				values = append(values, "("+strings.Join(places, ", ")+")")
				args = append(args, row...)
			}
			r.Exec(head+" VALUES "+strings.Join(values, ", "), args...)
		}
	}
}

// record adds a customer, a conversation with its interaction, a case and a
// missed contact.
func (p *pile) record(t *town, i int, at time.Time) {
	ms := parley.Millis(at)
	name := fmt.Sprintf("cust%07d", i*7919%10_000_000)
	customer, conversation, interaction := parley.NewID("cus", at), parley.NewID("con", at), parley.NewID("int", at)
	p.add(`INSERT INTO customers (id, account_number, first_name, last_name, folded, folded_last, draft, created_by, created_at, updated_at, rev)`,
		customer, fmt.Sprintf("B%08d", i), name, "Bench", name+" bench", "bench "+name, false, "", ms, ms, 1)
	p.conversation(t.entry, conversation, customer, name, ms)
	p.add(`INSERT INTO interactions (id, number, conversation_id, journey_id, origin_id, from_agent_id, to_agent_id, pending_id, queue_id, agent_id,
			state, priority, required, web, addressed, queue_grace_ms, customer_grace_ms, prefer_id, prefer_until, attempts, round, away,
			away_until, created_at, entry_at, queue_until, accepted_at, ended_at, ended_by, end_why, wrapup_from, wrapup_until, code_required,
			complete, overdue, await_ack, unviewed, code_missing, closed_at, first_seq, last_seq, case_id, transcript_hash, rev)`,
		interaction, 1_000_000_000+i, conversation, interaction, "", "", "", "", t.queue, "",
		"logged", 50, "[]", true, false, 0, 0, "", 0, 0, 0, false,
		0, ms, ms, 0, ms, ms, "agent", "", 0, 0, false,
		true, false, false, false, false, ms, 0, 0, "", "", 1)
	p.add(`INSERT INTO cases (id, number, customer_id, interaction_id, status, draft, subject, notes, channel, queue_id, agent_id, created_at, updated_at, rev)`,
		parley.NewID("cas", at), 1_000_000_000+i, customer, "", []string{"open", "closed"}[i%2], false, "Bench", "", "webchat", t.queue, "", ms, ms, 1)
	p.add(`INSERT INTO missed (id, kind, conversation_id, interaction_id, entry_point_id, queue_id, client_id, name, email, text, state, owner_id, created_at, rev)`,
		parley.NewID("mis", at), "offline_form", "", "", t.entry, t.queue, "", name, "", "Call me", []string{"new", "done"}[i%2], "", ms, 1)
}

// conversation adds one whose visitor never comes back.
func (p *pile) conversation(entryPoint, id, customer, name string, ms int64) {
	p.add(`INSERT INTO conversations (id, entry_point_id, channel, customer_id, token_hash, token_until, last_seq, delivered_seq, read_seq,
			name, email, phone, account_number, case_number, question, language, zone_offset, ip, user_agent, page, client_id, created_at)`,
		id, entryPoint, "webchat", customer, id, 0, 0, 0, 0, name, "", "", "", "", "", "en", 0, "", "", "", id, ms)
}
