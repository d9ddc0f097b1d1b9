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

// addMessages gives each message the next number of its conversation and saves
// it. One statement raises the number and returns it, so that none is skipped
// or used twice.
func (t *Tx) addMessages(ctx context.Context, r *Rows) error {
	if err := t.number(ctx, r.messages); err != nil {
		return err
	}
	rows := make([][]any, 0, len(r.messages))
	for _, p := range r.messages {
		m := p.m
		r.entries[p.entry].Data = fmt.Appendf(nil, `{"seq":%d,"from":%q}`, m.Seq, m.Sender)
		rows = append(rows, []any{
			string(m.ID), string(m.Conversation), m.Seq, string(m.Interaction), string(m.Sender),
			string(m.Agent), m.ClientID, m.Text, hash(m.Text), ms(m.At),
		})
	}
	err := t.insertMany(ctx, `
		INSERT INTO messages (id, conversation_id, seq, interaction_id, sender, agent_id, client_id, text, hash, at)`,
		rows)
	if err != nil {
		return err
	}
	return t.stretch(ctx, r)
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
	for rest := order; len(rest) > 0; {
		size := chunk(len(rest))
		var args []any
		for _, c := range rest[:size] {
			args = append(args, string(c), count[c])
		}
		raised, err := list(ctx, t.View(), scanRaised, `
			WITH new (id, n) AS (`+pairs(size)+`)
			UPDATE conversations
			SET last_seq = last_seq + new.n
			FROM new
			WHERE conversations.id = new.id
			RETURNING conversations.id, last_seq`,
			args...)
		if err != nil {
			return fmt.Errorf("next seq: %w", err)
		}
		if len(raised) < size {
			return fmt.Errorf("next seq: one of %v is not there", rest[:size])
		}
		for _, r := range raised {
			next[r.id] = r.last - count[r.id]
		}
		rest = rest[size:]
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
		i, seen := reach[p.m.Interaction]
		if !seen {
			i[0] = p.m.Seq
			order = append(order, p.m.Interaction)
		}
		i[1] = p.m.Seq
		reach[p.m.Interaction] = i
	}
	for _, id := range order {
		if id == "" {
			continue
		}
		sealed, err := one(ctx, t.View(), scalar[string], `
			UPDATE interactions
			SET first_seq = CASE WHEN first_seq = 0 THEN $2 ELSE first_seq END, last_seq = $3
			WHERE id = $1
			RETURNING transcript_hash`,
			string(id), reach[id][0], reach[id][1])
		if err != nil {
			return fmt.Errorf("messages of %s: %w", id, err)
		}
		if sealed != "" && !slices.Contains(seal, id) { // a last line after the end
			seal = append(seal, id)
		}
	}
	for _, id := range seal {
		if err := t.seal(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// seal keeps the hash of an interaction's transcript.
func (t *Tx) seal(ctx context.Context, id parley.InteractionID) error {
	sum, err := t.View().TranscriptHash(ctx, id)
	if err != nil {
		return err
	}
	_, err = t.tx.ExecContext(ctx, `
		UPDATE interactions
		SET transcript_hash = $2
		WHERE id = $1`,
		string(id), sum)
	if err != nil {
		return fmt.Errorf("seal %s: %w", id, err)
	}
	return nil
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
// Source: reliability-security INV-13.
func (v View) TranscriptHash(ctx context.Context, id parley.InteractionID) (string, error) {
	type line struct {
		seq          int64
		sender, hash string
	}
	lines, err := list(ctx, v, func(rows *sql.Rows) (l line, err error) {
		err = rows.Scan(&l.seq, &l.sender, &l.hash)
		return l, err
	}, `
		SELECT m.seq, m.sender, m.hash
		FROM interactions i
		JOIN messages m
			ON m.conversation_id = i.conversation_id
			AND m.seq BETWEEN i.first_seq AND i.last_seq
			AND m.interaction_id = i.id
		WHERE i.id = $1
		ORDER BY m.seq`,
		string(id))
	if err != nil {
		return "", fmt.Errorf("transcript of %s: %w", id, err)
	}
	h := sha256.New()
	for _, l := range lines {
		_, _ = fmt.Fprintf(h, "%d %s %s\n", l.seq, l.sender, l.hash) // a hash takes all
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hash returns the SHA-256 of a text, in hexadecimal.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
