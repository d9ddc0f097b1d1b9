package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"parley"
	"parley/internal/store"
)

// perConversation is how many messages each of the older conversations has.
const perConversation = 100

// seed writes finished conversations of last year straight into the store, as
// many as it takes, while the server is stopped.
func seed(ctx context.Context, dsn, entryPoint string, messages int) error {
	s, err := lead(ctx, dsn)
	if err != nil {
		return err
	}
	defer s.Close()
	at := time.Date(2025, 3, 2, 9, 0, 0, 0, time.UTC)
	const piece = 50 // conversations in one commit
	for first := 0; first < messages/perConversation; first += piece {
		tx, err := s.Begin(ctx)
		if err != nil {
			return err
		}
		rows := tx.Rows(at)
		for i := first; i < min(first+piece, messages/perConversation); i++ {
			past(rows, entryPoint, i, at.Add(time.Duration(i)*time.Second))
		}
		if _, err := tx.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}

// past adds one conversation of an age ago, without a routed interaction.
func past(r *store.Rows, entryPoint string, i int, at time.Time) {
	c := parley.ConversationID(parley.NewID("con", at))
	token := sha256.Sum256([]byte(c))
	r.Exec(`
		INSERT INTO conversations (id, entry_point_id, channel, customer_id, token_hash, token_until, last_seq, delivered_seq, read_seq,
			name, email, phone, account_number, case_number, question, language, zone_offset, ip, user_agent, page, client_id, created_at)
		VALUES ($1, $2, 'webchat', '', $3, 0, 0, 0, 0, $4, '', '', '', '', '', 'en', 0, '', '', '', $5, $6)`,
		c, entryPoint, hex.EncodeToString(token[:]), fmt.Sprintf("past%d", i), string(c), parley.Millis(at))
	for n := range perConversation {
		m := parley.Message{ID: parley.MessageID(parley.NewID("msg", at)), Conversation: c, Sender: parley.FromCustomer,
			ClientID: parley.NewID("cli", at), Text: strings.Repeat("z", textLength), At: at.Add(time.Duration(n) * time.Second)}
		r.Message(&m)
	}
}
