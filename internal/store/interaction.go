package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"parley"
)

// Interaction is an interaction with all of its row that views show.
type Interaction struct {
	parley.Interaction
	Channel      parley.Channel
	From         parley.AgentID       // who transferred it
	To           parley.AgentID       // whom it was addressed to
	Pending      parley.InteractionID // the addressed one it is being transferred as
	Away         bool                 // the customer's link is lost
	ParkUntil    time.Time            // T_park
	ParkOpen     bool                 // parked until the next message
	WrapUpFrom   time.Time
	CodeRequired bool
	Complete     bool
	CodeMissing  bool
	FirstSeq     int64
	LastSeq      int64
	Case         parley.CaseID
	Hash         string // of its transcript, "" before it closed
	Match        Match
	Offer        *Offer         // the pending one, nil if none
	Coded        bool           // dispositions are chosen
	Log          *CaseShort     // its case, nil if none
	Consent      parley.Consent // with which the journey began, without its words; the zero value = none was asked for
}

// Match is which customers fit what a visitor said, found when the interaction
// was offered.
//
// Source: POP-04.
type Match struct {
	Count     int                 `json:"count"`
	Rule      string              `json:"rule"` // case, account, email, phone or ""
	Customers []parley.CustomerID `json:"customer_ids"`
	Case      parley.CaseID       `json:"case_id"`
}

// Offer is one presentation of an interaction.
type Offer struct {
	Attempt int
	Agent   parley.AgentID
	Made    time.Time
	Until   time.Time
}

const interactionColumns = `
		SELECT i.id, i.number, i.conversation_id, c.channel, i.journey_id, i.origin_id, i.from_agent_id,
			i.to_agent_id, i.pending_id, i.queue_id, i.agent_id, i.state, i.priority, i.addressed, i.away,
			i.created_at, i.entry_at, i.accepted_at, i.ended_at, i.ended_by, i.end_why,
			i.park_until, i.park_open, i.wrapup_from, i.wrapup_until, i.code_required, i.complete, i.overdue, i.await_ack, i.unviewed,
			i.code_missing, i.closed_at, i.first_seq, i.last_seq, i.case_id, i.transcript_hash, i.matched,
			COALESCE(o.attempt, 0), COALESCE(o.agent_id, ''), COALESCE(o.made_at, 0), COALESCE(o.until, 0),
			EXISTS (SELECT 1 FROM interaction_dispositions d WHERE d.interaction_id = i.id),
			COALESCE(k.id, ''), COALESCE(k.number, 0), COALESCE(k.status, ''), COALESCE(k.draft, FALSE),
			COALESCE(k.customer_id, ''), COALESCE(n.version, ''), COALESCE(n.at, 0)
		FROM interactions i
		JOIN conversations c ON c.id = i.conversation_id
		LEFT JOIN offers o ON o.interaction_id = i.id AND o.state = 'pending'
		LEFT JOIN cases k ON k.id = i.case_id
		LEFT JOIN consents n ON n.interaction_id = i.journey_id`

// Interaction returns one. Errors: parley.ErrNotFound.
func (v View) Interaction(ctx context.Context, id parley.InteractionID) (Interaction, error) {
	return one(ctx, v, scanInteraction, interactionColumns+`
		WHERE i.id = $1`, string(id))
}

// InteractionsOf returns those of a conversation, the newest first.
func (v View) InteractionsOf(ctx context.Context, c parley.ConversationID, limit int) ([]Interaction, error) {
	return list(ctx, v, scanInteraction, interactionColumns+`
		WHERE i.conversation_id = $1
		ORDER BY i.number DESC
		LIMIT $2`, string(c), limit)
}

// Held returns an agent's list: what is offered to them, active, parked, in wrap-up or
// final but not viewed, the oldest first (WSP-01).
func (v View) Held(ctx context.Context, a parley.AgentID) ([]Interaction, error) {
	return list(ctx, v, scanInteraction, interactionColumns+`
		WHERE i.id IN (
			SELECT id
			FROM interactions
			WHERE agent_id = $1
				AND agent_id <> ''
				AND (state IN ('active', 'parked', 'wrapup') OR unviewed)
			UNION
			SELECT interaction_id
			FROM offers
			WHERE agent_id = $1
				AND state = 'pending')
		ORDER BY i.number`, string(a))
}

// Live returns the interactions that are not final, the oldest first.
func (v View) Live(ctx context.Context, limit int) ([]Interaction, error) {
	return list(ctx, v, scanInteraction, interactionColumns+`
		WHERE (i.closed_at = 0 OR i.unviewed)
			AND i.closed_at = 0
		ORDER BY i.number
		LIMIT $1`, limit)
}

// RowsOf returns the interactions of a conversation that are in somebody's list:
// not final, or final and not yet viewed.
func (v View) RowsOf(ctx context.Context, c parley.ConversationID) ([]parley.InteractionID, error) {
	return list(ctx, v, scalar[parley.InteractionID], `
		SELECT id
		FROM interactions
		WHERE conversation_id = $1
			AND (state IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup') OR unviewed)
		ORDER BY number`, string(c))
}

// LiveOf returns the live interactions of a customer's conversations.
func (v View) LiveOf(ctx context.Context, customer parley.CustomerID) ([]parley.InteractionID, error) {
	return list(ctx, v, scalar[parley.InteractionID], `
		SELECT i.id
		FROM conversations c
		JOIN interactions i ON i.conversation_id = c.id
		WHERE c.customer_id = $1
			AND c.customer_id <> ''
			AND (i.state IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup') OR i.unviewed)
		ORDER BY i.number`, string(customer))
}

func scanInteraction(rows *sql.Rows) (Interaction, error) {
	var i Interaction
	var o Offer
	var k CaseShort
	var created, entry, accepted, ended, park, wrapFrom, wrapUntil, closed, made, until, consent int64
	var match string
	err := rows.Scan(&i.ID, &i.Number, &i.Conversation, &i.Channel, &i.Journey, &i.Origin, &i.From,
		&i.To, &i.Pending, &i.Queue, &i.Agent, &i.State, &i.Priority, &i.Addressed, &i.Away,
		&created, &entry, &accepted, &ended, &i.EndedBy, &i.EndedWhy,
		&park, &i.ParkOpen, &wrapFrom, &wrapUntil, &i.CodeRequired, &i.Complete, &i.Overdue, &i.AwaitAck, &i.Unviewed,
		&i.CodeMissing, &closed, &i.FirstSeq, &i.LastSeq, &i.Case, &i.Hash, &match,
		&o.Attempt, &o.Agent, &made, &until, &i.Coded, &k.ID, &k.Number, &k.Status, &k.Draft, &k.Customer,
		&i.Consent.Version, &consent)
	if err != nil {
		return i, err
	}
	i.Consent.At = parley.FromMillis(consent)
	i.CreatedAt, i.EntryAt, i.AcceptedAt = parley.FromMillis(created), parley.FromMillis(entry), parley.FromMillis(accepted)
	i.EndedAt, i.ClosedAt = parley.FromMillis(ended), parley.FromMillis(closed)
	i.WrapUpFrom, i.WrapUpUntil = parley.FromMillis(wrapFrom), parley.FromMillis(wrapUntil)
	i.ParkUntil, i.CustomerAway = parley.FromMillis(park), i.Away
	if o.Attempt > 0 {
		o.Made, o.Until = parley.FromMillis(made), parley.FromMillis(until)
		i.Offer = &o
	}
	if k.ID != "" {
		i.Log = &k
	}
	if match != "" {
		if err := json.Unmarshal([]byte(match), &i.Match); err != nil {
			return i, fmt.Errorf("match of %s: %w", i.ID, err)
		}
	}
	return i, nil
}

// Chosen returns the dispositions of an interaction.
func (v View) Chosen(ctx context.Context, i parley.InteractionID) ([]parley.DispositionID, error) {
	return list(ctx, v, scalar[parley.DispositionID], `
		SELECT disposition_id
		FROM interaction_dispositions
		WHERE interaction_id = $1
		ORDER BY disposition_id`, string(i))
}

// SaveChosen replaces the dispositions of an interaction.
func (r *Rows) SaveChosen(i parley.InteractionID, chosen []parley.DispositionID) {
	r.Exec(`
		DELETE FROM interaction_dispositions
		WHERE interaction_id = $1`, string(i))
	for _, d := range chosen {
		r.Exec(`
			INSERT INTO interaction_dispositions (interaction_id, disposition_id)
			VALUES ($1, $2)`, string(i), string(d))
	}
}

// SaveMatch keeps which customers an offer found.
func (r *Rows) SaveMatch(i parley.InteractionID, m Match) {
	r.noteWork(i, func(f *Facts) { f.Match = m })
	text, _ := json.Marshal(m) // plain data always can
	r.row(rowKey{t: interactionRows, id: string(i)}).set([]cell{{"matched", string(text)}})
}

// CaseShort is what an interaction's view shows of its case.
type CaseShort struct {
	ID       parley.CaseID     `json:"id"`
	Number   int64             `json:"number"`
	Status   parley.CaseStatus `json:"status"`
	Draft    bool              `json:"draft"`
	Customer parley.CustomerID `json:"customer_id"`
}
