package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"parley"
	"parley/internal/routing"
)

// entryRows numbers the log rows, and returns what saves them.
func (t *Tx) entryRows(ctx context.Context, r *Rows) ([]op, error) {
	rows := make([][]any, 0, len(r.entries))
	for i := range r.entries {
		e := &r.entries[i]
		if err := t.locate(ctx, e); err != nil {
			return nil, err
		}
		t.head++
		e.N = t.head
		rows = append(rows, []any{
			e.N, ms(e.At), e.Kind, string(e.Conversation), string(e.Interaction),
			string(e.Message), string(e.Agent), e.Subject, string(e.Data),
		})
	}
	t.written = append(t.written, r.entries...)
	return inserts(`
		INSERT INTO entries (n, at, kind, conversation_id, interaction_id, message_id, agent_id, subject_id, data)`,
		rows), nil
}

// locate fills in the conversation of an interaction's log row.
func (t *Tx) locate(ctx context.Context, e *parley.Entry) error {
	if e.Conversation != "" || e.Interaction == "" {
		return nil
	}
	c, ok := t.s.places.get(e.Interaction)
	if !ok {
		var err error
		c, err = one(ctx, t.View(), scalar[parley.ConversationID], `
			SELECT conversation_id
			FROM interactions
			WHERE id = $1`,
			string(e.Interaction))
		if err != nil {
			return fmt.Errorf("conversation of %s: %w", e.Interaction, err)
		}
		t.s.places.put(e.Interaction, c)
	}
	e.Conversation = c
	return nil
}

// entryColumns are the columns of a log row, in the order scanEntry reads them.
const entryColumns = `n, at, kind, conversation_id, interaction_id, message_id, agent_id, subject_id, data`

func scanEntry(rows *sql.Rows) (parley.Entry, error) {
	var e parley.Entry
	var at int64
	var data string
	err := rows.Scan(&e.N, &at, &e.Kind, &e.Conversation, &e.Interaction, &e.Message, &e.Agent, &e.Subject, &data)
	e.At, e.Data = parley.FromMillis(at), []byte(data)
	return e, err
}

// Entries returns the log rows after a number, in order, at most limit.
func (v View) Entries(ctx context.Context, after int64, limit int) ([]parley.Entry, error) {
	return list(ctx, v, scanEntry, `
		SELECT `+entryColumns+`
		FROM entries
		WHERE n > $1
		ORDER BY n
		LIMIT $2`,
		after, limit)
}

// OfferEntries returns the log rows that made the offers of an interaction, in order.
func (v View) OfferEntries(ctx context.Context, id parley.InteractionID) ([]parley.Entry, error) {
	return list(ctx, v, scanEntry, `
		SELECT `+entryColumns+`
		FROM entries
		WHERE interaction_id = $1 AND kind = 'offer_made'
		ORDER BY n`,
		string(id))
}

// LastAt returns the time of the last log row, zero if there is none: the time
// of a center never goes back, not even over a restart.
func (v View) LastAt(ctx context.Context) (time.Time, error) {
	at, err := one(ctx, v, scalar[int64], `
		SELECT at
		FROM entries
		ORDER BY n DESC
		LIMIT 1`)
	if errors.Is(err, parley.ErrNotFound) {
		return time.Time{}, nil
	}
	return parley.FromMillis(at), err
}

// entryOf returns the log row of a routing event. Its data is the event itself,
// so that the log can be replayed; its columns name what it concerns.
func entryOf(e routing.Event) parley.Entry {
	n := parley.Entry{At: e.When(), Kind: e.Kind(), Data: mustJSON(e)}
	switch e := e.(type) {
	case routing.AgentChanged:
		n.Agent = e.Agent.ID
	case routing.QueueChanged:
		n.Subject = string(e.Queue.ID)
	case routing.QueueRemoved:
		n.Subject = string(e.Queue)
	case routing.MembershipChanged:
		n.Agent, n.Subject = e.Membership.Agent, string(e.Membership.Queue)
	case routing.InteractionCreated:
		n.Interaction, n.Conversation, n.Agent = e.Interaction, e.Conversation, e.To
	case routing.Queued:
		n.Interaction, n.Agent, n.Subject = e.Interaction, e.Agent, string(e.Queue)
	case routing.OfferMade:
		n.Interaction, n.Agent, n.Subject = e.Offer.Interaction, e.Agent, string(e.Queue)
	case routing.OfferEnded:
		n.Interaction, n.Agent = e.Offer.Interaction, e.Agent
	default:
		n.Interaction, n.Agent = concerns(e)
	}
	return n
}

// concerns returns the interaction and the agent of the other events.
func concerns(e routing.Event) (parley.InteractionID, parley.AgentID) {
	switch e := e.(type) {
	case routing.ScriptWaits:
		return e.Interaction, ""
	case routing.AnswerDue:
		return e.Interaction, ""
	case routing.WaitMessageDue:
		return e.Interaction, ""
	case routing.Parked:
		return e.Interaction, e.Agent
	case routing.Heard:
		return e.Interaction, ""
	case routing.InactivityWarned:
		return e.Interaction, e.Agent
	case routing.WindowMoved:
		return e.Interaction, ""
	case routing.WindowWarned:
		return e.Interaction, e.Agent
	case routing.Accepted:
		return e.Interaction, e.Agent
	case routing.CustomerLinkChanged:
		return e.Interaction, e.Agent
	case routing.ConversationEnded:
		return e.Interaction, e.Agent
	case routing.WrapUpStarted:
		return e.Interaction, e.Agent
	case routing.WrapUpExtended:
		return e.Interaction, e.Agent
	case routing.WrapUpOverdue:
		return e.Interaction, e.Agent
	case routing.DispositionSet:
		return e.Interaction, e.Agent
	case routing.Viewed:
		return e.Interaction, e.Agent
	case routing.Dismissed:
		return e.Interaction, e.Agent
	case routing.InteractionClosed:
		return e.Interaction, e.Agent
	case routing.InteractionTransferred:
		return e.Interaction, e.Agent
	case routing.PresenceChanged:
		return "", e.Agent
	case routing.NextSet:
		return "", e.Agent
	case routing.StopNewSet:
		return "", e.Agent
	case routing.StopNewCleared:
		return "", e.Agent
	case routing.LinkChanged:
		return "", e.Agent
	}
	return "", "" // settings and restarts concern everybody
}
