package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/store"
)

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

// conversation adds one whose visitor never comes back.
func (p *pile) conversation(entryPoint, id, customer, name string, ms int64) {
	p.add(`INSERT INTO conversations (id, entry_point_id, channel, customer_id, token_hash, token_until, last_seq, delivered_seq, read_seq,
			name, email, phone, account_number, case_number, question, language, zone_offset, ip, user_agent, page, client_id, created_at)`,
		id, entryPoint, "webchat", customer, id, 0, 0, 0, 0, name, "", "", "", "", "", "en", 0, "", "", "", id, ms)
}
