package main

import (
	"context"
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
		var all pile
		rows := tx.Rows(at)
		for i := first; i < min(first+piece, messages/perConversation); i++ {
			all.past(rows, entryPoint, i, at.Add(time.Duration(i)*time.Second))
		}
		all.list(rows)
		if _, err := tx.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}

// past adds one conversation of an age ago, without a routed interaction.
func (p *pile) past(r *store.Rows, entryPoint string, i int, at time.Time) {
	c := parley.ConversationID(parley.NewID("con", at))
	p.conversation(entryPoint, string(c), "", fmt.Sprintf("past%d", i), parley.Millis(at))
	for n := range perConversation {
		m := parley.Message{ID: parley.MessageID(parley.NewID("msg", at)), Conversation: c, Sender: parley.FromCustomer,
			ClientID: parley.NewID("cli", at), Text: strings.Repeat("z", textLength), At: at.Add(time.Duration(n) * time.Second)}
		r.Message(&m)
	}
}
