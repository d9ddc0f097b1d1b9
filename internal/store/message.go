package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"parley"
)

// messageRows gives each message the next number of its conversation, and returns
// what saves it. One statement raises the number and returns it, so that none is
// skipped or used twice.
func (t *Tx) messageRows(ctx context.Context, r *Rows) ([]op, error) {
	if err := t.number(ctx, r.messages); err != nil {
		return nil, err
	}
	rows := make([][]any, 0, len(r.messages))
	for _, p := range r.messages {
		m := p.m
		r.entries[p.entry].Data = fmt.Appendf(nil, `{"seq":%d,"from":%q}`, m.Seq, m.Sender)
		rows = append(rows, []any{
			string(m.ID), string(m.Conversation), m.Seq, string(m.Interaction), string(m.Sender),
			string(m.Agent), m.ClientID, m.Text, hash(m.Text), ms(m.At), optional(m.Content), optional(m.Delivery),
		})
	}
	return inserts(`
		INSERT INTO messages (id, conversation_id, seq, interaction_id, sender, agent_id, client_id, text, hash, at,
			content, delivery)`,
		rows), nil
}

// optional encodes what a message may carry, "" if it does not.
func optional[T any](v *T) string {
	if v == nil {
		return ""
	}
	return string(mustJSON(v))
}

// number fills in the messages' numbers.
func (t *Tx) number(ctx context.Context, messages []pending) error {
	count := map[parley.ConversationID]int64{}
	var order []parley.ConversationID
	for _, p := range messages {
		if count[p.m.Conversation] == 0 {
			order = append(order, p.m.Conversation)
		}
		count[p.m.Conversation]++
	}
	next := map[parley.ConversationID]int64{}
	for part := range pieces(order) {
		var args []any
		for _, c := range part {
			args = append(args, string(c), count[c])
		}
		raised, err := list(ctx, t.View(), scanRaised, `
			WITH new (id, n) AS (`+pairs(len(part))+`)
			UPDATE conversations
			SET last_seq = last_seq + new.n
			FROM new
			WHERE conversations.id = new.id
			RETURNING conversations.id, last_seq`,
			args...)
		if err != nil {
			return fmt.Errorf("next seq: %w", err)
		}
		if len(raised) < len(part) {
			return fmt.Errorf("next seq: one of %v is not there", part)
		}
		for _, r := range raised {
			next[r.id] = r.last - count[r.id]
		}
	}
	for _, p := range messages {
		next[p.m.Conversation]++
		p.m.Seq = next[p.m.Conversation]
	}
	return nil
}

// raised is a conversation's last number, raised.
type raised struct {
	id   parley.ConversationID
	last int64
}

func scanRaised(rows *sql.Rows) (r raised, err error) {
	err = rows.Scan(&r.id, &r.last)
	return r, err
}

// pairs returns "VALUES" of so many rows of an id and a number.
func pairs(rows int) string {
	var b strings.Builder
	b.WriteString("VALUES ")
	for i := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "(CAST($%d AS TEXT), CAST($%d AS BIGINT))", 2*i+1, 2*i+2)
	}
	return b.String()
}

// stretch lets each interaction reach over its new messages, and seals the
// transcripts of those that are closed.
func (t *Tx) stretch(ctx context.Context, r *Rows) error {
	seal := slices.Clone(r.closed)
	reach := map[parley.InteractionID][2]int64{}
	var order []parley.InteractionID
	for _, p := range r.messages {
		if p.m.Interaction == "" {
			continue
		}
		i, seen := reach[p.m.Interaction]
		if !seen {
			i[0] = p.m.Seq
			order = append(order, p.m.Interaction)
		}
		i[1] = p.m.Seq
		reach[p.m.Interaction] = i
	}
	for part := range pieces(order) {
		sealed, err := t.reachOver(ctx, part, reach)
		if err != nil {
			return err
		}
		for _, id := range sealed { // a last line after the end
			if !slices.Contains(seal, id) {
				seal = append(seal, id)
			}
		}
	}
	for part := range pieces(seal) {
		if err := t.seal(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

// reachOver notes the first and the last message of interactions, and returns
// those that are sealed already.
func (t *Tx) reachOver(ctx context.Context, ids []parley.InteractionID, reach map[parley.InteractionID][2]int64) ([]parley.InteractionID, error) {
	var args []any
	for _, id := range ids {
		args = append(args, string(id), reach[id][0], reach[id][1])
	}
	type row struct {
		id  parley.InteractionID
		sum string
	}
	rows, err := list(ctx, t.View(), func(rows *sql.Rows) (r row, err error) {
		err = rows.Scan(&r.id, &r.sum)
		return r, err
	}, `
		WITH new (id, low, high) AS (`+typedRows([]any{"", 0, 0}, len(ids))+`)
		UPDATE interactions
		SET first_seq = CASE WHEN first_seq = 0 THEN new.low ELSE first_seq END, last_seq = new.high
		FROM new
		WHERE interactions.id = new.id
		RETURNING interactions.id, transcript_hash`,
		args...)
	if err != nil {
		return nil, fmt.Errorf("messages of %v: %w", ids, err)
	}
	if len(rows) < len(ids) {
		return nil, fmt.Errorf("messages of %v: one of them is not there", ids)
	}
	var sealed []parley.InteractionID
	for _, r := range rows {
		if r.sum != "" {
			sealed = append(sealed, r.id)
		}
	}
	return sealed, nil
}

// seal keeps the hashes of interactions' transcripts, and what was said for the search.
func (t *Tx) seal(ctx context.Context, ids []parley.InteractionID) error {
	sums, err := t.View().transcriptHashes(ctx, ids)
	if err != nil {
		return err
	}
	var args []any
	for i, id := range ids {
		args = append(args, string(id), sums[i])
	}
	if err := t.addSpoken(ctx, ids); err != nil {
		return err
	}
	return t.exec(ctx, op{query: `
		WITH new (id, sum) AS (` + typedRows([]any{"", ""}, len(ids)) + `)
		UPDATE interactions
		SET transcript_hash = new.sum
		FROM new
		WHERE interactions.id = new.id`, args: args})
}

// Seal returns the hash that was kept of an interaction's transcript, "" while
// it is not closed.
func (v View) Seal(ctx context.Context, id parley.InteractionID) (string, error) {
	return one(ctx, v, scalar[string], `
		SELECT transcript_hash
		FROM interactions
		WHERE id = $1`,
		string(id))
}

// TranscriptHash returns the SHA-256 of an interaction's messages: of each, in
// order, "<seq> <sender> <hash of its text>" and a line feed. It rests on the
// hashes, so it holds when the texts are erased.
//
// Source: INV-13.
func (v View) TranscriptHash(ctx context.Context, id parley.InteractionID) (string, error) {
	sums, err := v.transcriptHashes(ctx, []parley.InteractionID{id})
	if err != nil {
		return "", err
	}
	return sums[0], nil
}

// transcriptHashes returns the hashes of several, in their order.
func (v View) transcriptHashes(ctx context.Context, ids []parley.InteractionID) ([]string, error) {
	type line struct {
		of           parley.InteractionID
		seq          int64
		sender, hash string
	}
	var args []any
	for _, id := range ids {
		args = append(args, string(id))
	}
	lines, err := list(ctx, v, func(rows *sql.Rows) (l line, err error) {
		err = rows.Scan(&l.of, &l.seq, &l.sender, &l.hash)
		return l, err
	}, `
		SELECT i.id, m.seq, m.sender, m.hash
		FROM interactions i
		JOIN messages m
			ON m.conversation_id = i.conversation_id
			AND m.seq BETWEEN i.first_seq AND i.last_seq
			AND m.interaction_id = i.id
		WHERE i.id IN `+oneRow(len(ids))+` AND i.last_seq > 0
		ORDER BY i.id, m.seq`,
		args...)
	if err != nil {
		return nil, fmt.Errorf("transcripts of %v: %w", ids, err)
	}
	of := map[parley.InteractionID][]byte{}
	for _, l := range lines {
		of[l.of] = fmt.Appendf(of[l.of], "%d %s %s\n", l.seq, l.sender, l.hash)
	}
	sums := make([]string, len(ids))
	for i, id := range ids {
		sums[i] = hash(string(of[id]))
	}
	return sums, nil
}

// hash returns the SHA-256 of a text, in hexadecimal.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
