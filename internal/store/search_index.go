package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"parley"
	"parley/internal/search"
)

// Record returns a customer as a search sees them.
func (c CustomerRow) Record() search.Record { return recordOf(c.Customer, c.CustomerKeys) }

func recordOf(c parley.Customer, k CustomerKeys) search.Record {
	r := search.Record{ID: string(c.ID), Name: c.Name(), Account: c.AccountNumber, Emails: c.Emails, Phones: k.Digits}
	for _, value := range c.Fields {
		r.More = append(r.More, value)
	}
	slices.Sort(r.More)
	return r
}

// indexCustomer lists what a customer is found by; "" takes it out. It is written
// with the batch, and no statement if it did not change.
func (r *Rows) indexCustomer(id parley.CustomerID, body string) {
	if r.bodies == nil {
		r.bodies = map[parley.CustomerID]string{}
	}
	r.bodies[id] = body
	r.note("customer_texts")
}

// UnindexCustomer takes a customer out of the search: not a word of theirs stays
// in its indexes.
func (r *Rows) UnindexCustomer(id parley.CustomerID) { r.indexCustomer(id, "") }

// UnindexTalks takes all that was said in a customer's conversations out of the
// search.
func (r *Rows) UnindexTalks(id parley.CustomerID) {
	r.Exec(`
		DELETE FROM spoken_texts
		WHERE interaction_id IN (
			SELECT i.id
			FROM interactions i
			JOIN conversations c ON c.id = i.conversation_id
			WHERE c.customer_id = $1 AND c.customer_id <> '')`, string(id))
}

// indexedText is what is kept of a customer's text.
type indexedText struct {
	n    int64
	id   parley.CustomerID
	body string
}

// addTexts writes what customers are found by.
func (t *Tx) addTexts(ctx context.Context, bodies map[parley.CustomerID]string) error {
	if len(bodies) == 0 {
		return nil
	}
	ids := make([]parley.CustomerID, 0, len(bodies))
	for id := range bodies {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	had, err := t.texts(ctx, ids)
	if err != nil {
		return err
	}
	last, err := one(ctx, t.View(), scalar[int64], `SELECT COALESCE(MAX(n), 0) FROM customer_texts`)
	if err != nil {
		return err
	}
	var added [][]any
	var come, gone []string
	for _, id := range ids {
		body, old := bodies[id], had[id]
		if body == old.body {
			continue
		}
		come, gone = append(come, search.Vocabulary(body)...), append(gone, search.Vocabulary(old.body)...)
		switch {
		case old.body == "":
			last++
			added = append(added, []any{last, string(id), body})
		case body == "":
			err = t.exec(ctx, op{query: `DELETE FROM customer_texts WHERE n = $1`, args: []any{old.n}})
		default:
			err = t.exec(ctx, op{query: `UPDATE customer_texts SET body = $2 WHERE n = $1`, args: []any{old.n, body}})
		}
		if err != nil {
			return err
		}
	}
	if err := t.insertMany(ctx, `
		INSERT INTO customer_texts (n, customer_id, body)`, added); err != nil {
		return err
	}
	if err := t.learn(ctx, come); err != nil {
		return err
	}
	return t.unlearn(ctx, gone)
}

// texts returns what is kept of customers.
func (t *Tx) texts(ctx context.Context, ids []parley.CustomerID) (map[parley.CustomerID]indexedText, error) {
	out := map[parley.CustomerID]indexedText{}
	for part := range pieces(ids) {
		some, err := list(ctx, t.View(), func(rows *sql.Rows) (x indexedText, err error) {
			err = rows.Scan(&x.n, &x.id, &x.body)
			return x, err
		}, `
			SELECT n, customer_id, body
			FROM customer_texts
			WHERE customer_id IN (`+numbered(1, len(part))+`)`, anys(part)...)
		if err != nil {
			return nil, err
		}
		for _, x := range some {
			out[x.id] = x
		}
	}
	return out, nil
}

// learn adds words in which a slip will be forgiven.
func (t *Tx) learn(ctx context.Context, words []string) error {
	slices.Sort(words)
	words = slices.Compact(words)
	var added [][]any
	for part := range pieces(words) {
		known, err := list(ctx, t.View(), scalar[string], `
			SELECT word
			FROM spellings
			WHERE variant IN (`+numbered(1, len(part))+`) AND variant = word`, anys(part)...)
		if err != nil {
			return err
		}
		for _, w := range part {
			if slices.Contains(known, w) {
				continue
			}
			for _, v := range search.Variants(w) {
				added = append(added, []any{v, w})
			}
		}
	}
	return t.insertMany(ctx, `
		INSERT INTO spellings (variant, word)`, added)
}

// unlearn forgets words that nobody has any more.
func (t *Tx) unlearn(ctx context.Context, words []string) error {
	slices.Sort(words)
	words = slices.Compact(words)
	if len(words) > 0 && t.s.d == postgres { // an index, whatever it thinks of the table
		if err := t.exec(ctx, op{query: `SET LOCAL enable_seqscan = off`}); err != nil {
			return err
		}
	}
	for _, w := range words {
		others, err := t.View().CustomersLike(ctx, search.Terms{{w}}, 1)
		if err != nil {
			return err
		}
		if len(others) > 0 {
			continue
		}
		variants := search.Variants(w)
		err = t.exec(ctx, op{query: `
			DELETE FROM spellings
			WHERE word = $1 AND variant IN (` + numbered(2, len(variants)) + `)`, args: append([]any{w}, anys(variants)...)})
		if err != nil {
			return err
		}
	}
	return nil
}

// spokenLine is a line of an interaction.
type spokenLine struct {
	number int64
	id     parley.InteractionID
	agent  parley.AgentID
	said   []string
}

func scanSpoken(rows *sql.Rows) (l spokenLine, err error) {
	var m parley.Message
	var content string
	if err := rows.Scan(&l.number, &l.id, &l.agent, &m.Text, &content); err != nil {
		return l, err
	}
	if content != "" {
		m.Content = &parley.Content{}
		err = json.Unmarshal([]byte(content), m.Content)
	}
	l.said = m.Said()
	return l, err
}

// addSpoken writes what was said in interactions that have ended.
func (t *Tx) addSpoken(ctx context.Context, ids []parley.InteractionID) error {
	lines, err := list(ctx, t.View(), scanSpoken, `
		SELECT i.number, i.id, i.agent_id, m.text, m.content
		FROM interactions i
		JOIN messages m
			ON m.conversation_id = i.conversation_id
			AND m.seq BETWEEN i.first_seq AND i.last_seq
			AND m.interaction_id = i.id
		WHERE i.id IN (`+numbered(1, len(ids))+`) AND i.last_seq > 0 AND m.sender <> 'system' AND (m.text <> '' OR m.content <> '')
		ORDER BY i.number, m.seq`, anys(ids)...)
	if err != nil {
		return fmt.Errorf("what was said in %v: %w", ids, err)
	}
	var said [][]any
	for len(lines) > 0 {
		one := lines[0]
		texts := []string{search.Word(string(one.agent))}
		for len(lines) > 0 && lines[0].id == one.id {
			texts = append(texts, lines[0].said...)
			lines = lines[1:]
		}
		said = append(said, []any{one.number, string(one.id), search.Spoken(texts...)})
	}
	ops := inserts(`
		INSERT INTO spoken_texts (n, interaction_id, body)`, said)
	for i := range ops {
		ops[i].query += `
		ON CONFLICT (n) DO UPDATE
		SET body = excluded.body`
	}
	return t.write(ctx, ops)
}
