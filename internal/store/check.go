package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley"
)

// Breach is a rule that stored data breaks.
type Breach struct {
	Rule   string // INV-01
	Record string // the id of what breaks it
	Says   string // how
}

// rules are what must hold of the rows alone: each query returns the ids of
// records that break one. What needs the past is in package verify.
var rules = []struct{ rule, says, query string }{
	{"INV-01", "more than one pending offer", `
		SELECT interaction_id
		FROM offers
		WHERE state = 'pending'
		GROUP BY interaction_id
		HAVING COUNT(*) > 1`},
	{"INV-02", "more than one owner", `
		SELECT interaction_id
		FROM assignments
		WHERE ended_at = 0
		GROUP BY interaction_id
		HAVING COUNT(*) > 1`},
	{"INV-02", "an owner and a pending offer", `
		SELECT a.interaction_id
		FROM assignments a
		JOIN offers o
			ON o.interaction_id = a.interaction_id AND o.state = 'pending'
		WHERE a.ended_at = 0`},
	{"INV-02", "more than one open interaction", `
		SELECT conversation_id
		FROM interactions
		WHERE state IN ('created', 'queued', 'offered', 'active', 'parked') AND NOT addressed
		GROUP BY conversation_id
		HAVING COUNT(*) > 1`},
	{"INV-03", "offered, but no offer is pending; or the other way round", `
		SELECT i.id
		FROM interactions i
		LEFT JOIN offers o
			ON o.interaction_id = i.id AND o.state = 'pending'
		WHERE (i.state = 'offered' AND o.attempt IS NULL) OR (i.state <> 'offered' AND o.attempt IS NOT NULL)`},
	{"INV-03", "active or in wrap-up, but not its agent's; or the other way round", `
		SELECT i.id
		FROM interactions i
		LEFT JOIN assignments a
			ON a.interaction_id = i.id AND a.ended_at = 0
		WHERE (i.state IN ('active', 'wrapup') AND (a.agent_id IS NULL OR a.agent_id <> i.agent_id))
			OR (i.state NOT IN ('active', 'wrapup') AND a.agent_id IS NOT NULL)`},
	{"INV-03", "created, and no script runs: only a state between two rows of the log", `
		SELECT id
		FROM interactions
		WHERE (state = 'created') <> scripted`},
	{"INV-03", "a slot is taken by what is neither offered, active nor in wrap-up; or the other way round", `
		SELECT i.id
		FROM interactions i
		LEFT JOIN agent_slots s
			ON s.interaction_id = i.id
		WHERE (i.state IN ('offered', 'active', 'wrapup') AND s.slot IS NULL)
			OR (i.state NOT IN ('offered', 'active', 'wrapup') AND s.slot IS NOT NULL)`},
	{"INV-03", "its case names another interaction, or none", `
		SELECT i.id
		FROM interactions i
		LEFT JOIN cases c
			ON c.id = i.case_id AND c.interaction_id = i.id
		WHERE i.case_id <> '' AND c.id IS NULL`},
	{"INV-10", "accepted after its deadline", `
		SELECT interaction_id
		FROM offers
		WHERE state = 'accepted' AND ended_at > until`},
	{"INV-11", "an offer that has ended without a time, or a pending one with one", `
		SELECT interaction_id
		FROM offers
		WHERE (state = 'pending') <> (ended_at = 0)`},
	{"INV-13", "more than one case", `
		SELECT interaction_id
		FROM cases
		WHERE interaction_id <> ''
		GROUP BY interaction_id
		HAVING COUNT(*) > 1`},
	{"DYN-06", "served and closed while a CRM was connected, and not logged there", unlogged},
	{"INV-14", "its messages are not 1, 2, 3 ... up to its last number", `
		SELECT c.id
		FROM conversations c
		LEFT JOIN (
			SELECT conversation_id, COUNT(*) AS n, MIN(seq) AS low, MAX(seq) AS high
			FROM messages
			GROUP BY conversation_id) m
			ON m.conversation_id = c.id
		WHERE COALESCE(m.n, 0) <> c.last_seq OR COALESCE(m.high, 0) <> c.last_seq OR COALESCE(m.low, 1) <> 1`},
	{"INV-14", "the log is not 1, 2, 3 ... up to its head", `
		SELECT 'log'
		FROM (SELECT COUNT(*) AS n, COALESCE(MIN(n), 1) AS low, COALESCE(MAX(n), 0) AS high FROM entries) e
		CROSS JOIN lease l
		WHERE e.n <> l.head OR e.high <> l.head OR e.low <> 1`},
	{"INV-14", "a message outside what its interaction reaches over", `
		SELECT m.id
		FROM messages m
		JOIN interactions i
			ON i.id = m.interaction_id
		WHERE m.conversation_id <> i.conversation_id OR m.seq < i.first_seq OR m.seq > i.last_seq`},
	{"INV-14", "a message the log does not tell of exactly once", `
		SELECT m.id
		FROM messages m
		LEFT JOIN entries e
			ON e.message_id = m.id AND e.kind = 'message_added'
		GROUP BY m.id
		HAVING COUNT(e.n) <> 1`},
	{"INV-15", "a client's id twice in a conversation", `
		SELECT conversation_id
		FROM messages
		WHERE client_id <> ''
		GROUP BY conversation_id, client_id
		HAVING COUNT(*) > 1`},
	{"INV-16", "seen or delivered beyond its last message", `
		SELECT id
		FROM conversations
		WHERE delivered_seq > last_seq OR read_seq > last_seq`},
	{"INV-20", "active, but its agent's link is down", `
		SELECT i.id
		FROM interactions i
		LEFT JOIN presence p
			ON p.agent_id = i.agent_id
		WHERE i.state = 'active' AND (p.conn IS NULL OR p.conn = 'down' OR p.base = 'logged_out')`},
	{"INV-22", "a deadline that passed and was not handled", `
		SELECT d.id
		FROM (
			SELECT interaction_id AS id, until AS deadline
			FROM offers
			WHERE state = 'pending'
			UNION ALL
			SELECT id, queue_until
			FROM interactions
			WHERE state = 'queued' AND queue_until <> 0
			UNION ALL
			SELECT id, park_until
			FROM interactions
			WHERE state = 'parked'
			UNION ALL
			SELECT id, last_word_at + inactive_close_ms
			FROM interactions
			WHERE state = 'active' AND inactive_close_ms <> 0
			UNION ALL
			SELECT id, window_until
			FROM interactions
			WHERE state = 'active' AND window_until <> 0 AND window_warn_ms <> 0
			UNION ALL
			SELECT id, wrapup_until
			FROM interactions
			WHERE state = 'wrapup' AND wrapup_until <> 0 AND NOT overdue
			UNION ALL
			SELECT agent_id, return_at
			FROM presence
			WHERE return_at <> 0) d
		WHERE d.deadline < (SELECT MAX(at) FROM entries)
			AND NOT EXISTS (
				SELECT 1
				FROM entries
				WHERE kind = 'restarted' AND at = (SELECT MAX(at) FROM entries))`},
}

// Check returns every rule that the rows break by themselves.
func (v View) Check(ctx context.Context) ([]Breach, error) {
	var all []Breach
	for _, r := range rules {
		ids, err := list(ctx, v, scalar[string], r.query+`
		LIMIT 100`)
		if err != nil {
			return nil, fmt.Errorf("%s (%s): %w", r.rule, r.says, err)
		}
		for _, id := range ids {
			all = append(all, Breach{Rule: r.rule, Record: id, Says: r.says})
		}
	}
	texts, err := v.checkTexts(ctx)
	if err != nil {
		return nil, err
	}
	seals, err := v.checkSeals(ctx)
	return append(append(all, texts...), seals...), err
}

// page is how many rows are held at a time.
const page = 1000

// checkTexts compares every text with its hash, but of those that were erased.
func (v View) checkTexts(ctx context.Context) (all []Breach, err error) {
	type row struct{ id, text, hash string }
	for after := ""; ; {
		rows, err := list(ctx, v, func(rows *sql.Rows) (m row, err error) {
			err = rows.Scan(&m.id, &m.text, &m.hash)
			return m, err
		}, `
			SELECT id, text, hash
			FROM messages
			WHERE id > $1
			ORDER BY id
			LIMIT $2`,
			after, page)
		if err != nil {
			return nil, fmt.Errorf("hashes of messages: %w", err)
		}
		for _, m := range rows {
			if m.text != "" && m.text != parley.Erased && hash(m.text) != m.hash {
				all = append(all, Breach{Rule: "INV-14", Record: m.id, Says: "its text is not the one it had"})
			}
			after = m.id
		}
		if len(rows) < page {
			return all, nil
		}
	}
}

// checkSeals compares the transcript of every finished interaction with the hash
// kept at its end.
func (v View) checkSeals(ctx context.Context) (all []Breach, err error) {
	type row struct {
		id    parley.InteractionID
		state parley.InteractionState
		seal  string
	}
	for after := ""; ; {
		rows, err := list(ctx, v, func(rows *sql.Rows) (i row, err error) {
			err = rows.Scan(&i.id, &i.state, &i.seal)
			return i, err
		}, `
			SELECT id, state, transcript_hash
			FROM interactions
			WHERE id > $1
			ORDER BY id
			LIMIT $2`,
			after, page)
		if err != nil {
			return nil, fmt.Errorf("transcripts: %w", err)
		}
		for _, i := range rows {
			after = string(i.id)
			want := ""
			if i.state.Final() {
				if want, err = v.TranscriptHash(ctx, i.id); err != nil {
					return nil, err
				}
			}
			if i.seal != want {
				all = append(all, Breach{Rule: "INV-13", Record: after, Says: "its transcript is not the one it ended with"})
			}
		}
		if len(rows) < page {
			return all, nil
		}
	}
}
