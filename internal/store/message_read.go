package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"parley"
)

const messageColumns = `
		SELECT id, conversation_id, seq, interaction_id, sender, agent_id, client_id, text, at, content, delivery
		FROM messages`

// Messages returns up to limit messages of a conversation with a number below
// before, the oldest first.
func (v View) Messages(ctx context.Context, c parley.ConversationID, before int64, limit int) ([]parley.Message, error) {
	last, err := list(ctx, v, scanMessage, messageColumns+`
		WHERE conversation_id = $1
			AND seq < $2
		ORDER BY seq DESC
		LIMIT $3`, string(c), before, limit)
	for i, j := 0, len(last)-1; i < j; i, j = i+1, j-1 {
		last[i], last[j] = last[j], last[i]
	}
	return last, err
}

// Transcript returns every message of one interaction, the oldest first.
func (v View) Transcript(ctx context.Context, c parley.ConversationID, i parley.InteractionID) ([]parley.Message, error) {
	return list(ctx, v, scanMessage, messageColumns+`
		WHERE conversation_id = $1
			AND interaction_id = $2
		ORDER BY seq`, string(c), string(i))
}

// Opening returns the first words of an interaction's customer, "" for one who sent
// none. The writer reads what is committed: an interaction that ends began before.
func (v View) Opening(ctx context.Context, id parley.InteractionID) (string, error) {
	if f, writing := v.q.(fresh); writing {
		v = f.t.View()
	}
	said, err := list(ctx, v, scalar[string], `
		SELECT m.text
		FROM interactions i
		JOIN messages m ON m.conversation_id = i.conversation_id AND m.seq BETWEEN i.first_seq AND i.last_seq
		WHERE i.id = $1
			AND m.interaction_id = i.id
			AND m.sender = 'customer'
			AND m.text <> ''
		ORDER BY m.seq
		LIMIT 1`, string(id))
	if err != nil || len(said) == 0 {
		return "", err
	}
	return said[0], nil
}

// Message returns one. Errors: parley.ErrNotFound.
func (v View) Message(ctx context.Context, id parley.MessageID) (parley.Message, error) {
	return one(ctx, v, scanMessage, messageColumns+`
		WHERE id = $1`, string(id))
}

// MessageSent returns the message a client made with its client id.
// Errors: parley.ErrNotFound.
func (v View) MessageSent(ctx context.Context, c parley.ConversationID, client string) (parley.Message, error) {
	return one(ctx, v, scanMessage, messageColumns+`
		WHERE client_id = $1
			AND conversation_id = $2`, client, string(c))
}

// ClientIDs returns the client ids of a conversation's messages, in no order, and
// at most so many.
func (v View) ClientIDs(ctx context.Context, c parley.ConversationID, most int) ([]string, error) {
	return list(ctx, v, scalar[string], `
		SELECT client_id
		FROM messages
		WHERE conversation_id = $1
		LIMIT $2`, string(c), most)
}

func scanMessage(rows *sql.Rows) (parley.Message, error) {
	var m parley.Message
	var at int64
	var content, delivery string
	err := rows.Scan(&m.ID, &m.Conversation, &m.Seq, &m.Interaction, &m.Sender, &m.Agent, &m.ClientID, &m.Text, &at,
		&content, &delivery)
	if err != nil {
		return m, err
	}
	m.At = parley.FromMillis(at)
	if content != "" {
		m.Content = new(parley.Content)
		if err := json.Unmarshal([]byte(content), m.Content); err != nil {
			return m, fmt.Errorf("content of %s: %w", m.ID, err)
		}
	}
	if delivery != "" {
		m.Delivery = new(parley.Delivery)
		if err := json.Unmarshal([]byte(delivery), m.Delivery); err != nil {
			return m, fmt.Errorf("delivery of %s: %w", m.ID, err)
		}
	}
	return m, nil
}

// Talk is where a conversation's messages stand at some number.
type Talk struct {
	Last       *parley.Message // the last one that people wrote, nil if none
	Unanswered int             // messages of the customer since the last of an agent
	Since      time.Time       // when the first of them came, zero if none (WSP-03)
}

// Talk reads where a conversation stands after message number until.
func (v View) Talk(ctx context.Context, c parley.ConversationID, until int64) (Talk, error) {
	var t Talk
	last, err := list(ctx, v, scanMessage, messageColumns+`
		WHERE conversation_id = $1
			AND seq <= $2
			AND sender <> 'system'
		ORDER BY seq DESC
		LIMIT 1`, string(c), until)
	if err != nil || len(last) == 0 {
		return t, err
	}
	t.Last = &last[0]
	if t.Last.Sender == parley.FromAgent {
		return t, nil
	}
	if t.Last.Seq == 1 {
		t.Unanswered, t.Since = 1, t.Last.At
		return t, nil
	}
	return one(ctx, v, func(rows *sql.Rows) (Talk, error) {
		var since int64
		err := rows.Scan(&t.Unanswered, &since)
		t.Since = parley.FromMillis(since)
		return t, err
	}, `
		SELECT COUNT(*), COALESCE(MIN(at), 0)
		FROM messages
		WHERE conversation_id = $1
			AND seq <= $2
			AND sender = 'customer'
			AND seq > (
				SELECT COALESCE(MAX(seq), 0)
				FROM messages
				WHERE conversation_id = $1
					AND seq <= $2
					AND sender = 'agent')`, string(c), until)
}
