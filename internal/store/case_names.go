package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// CaseNames are what a case's ids are called, for one who reads it. An
// interaction without id is none.
type CaseNames struct {
	Case        parley.CaseID
	Customer    string // name
	Agent       string // who made it
	Assignee    string
	Follows     int64 // number of the case it was about
	Interaction Talked
}

// Talked is an interaction as lists of records show it.
type Talked struct {
	ID           parley.InteractionID
	Number       int64
	Conversation parley.ConversationID
	Channel      parley.Channel
	Customer     parley.CustomerID // "" if unlinked
	CustomerName string            // the linked customer's, else what the visitor said
	State        parley.InteractionState
	Queue        parley.QueueID
	QueueName    string
	Agent        parley.AgentID
	AgentName    string
	Case         parley.CaseID
	CreatedAt    time.Time
	EntryAt      time.Time
	AcceptedAt   time.Time
	EndedAt      time.Time
}

// CaseNames returns what the ids of cases are called.
func (v View) CaseNames(ctx context.Context, ids ...parley.CaseID) (map[parley.CaseID]CaseNames, error) {
	out := map[parley.CaseID]CaseNames{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := list(ctx, v, scanCaseNames, `
		SELECT k.id, COALESCE(c.first_name, ''), COALESCE(c.last_name, ''), COALESCE(a.display_name, ''),
			COALESCE(w.display_name, ''), COALESCE(f.number, 0), COALESCE(i.id, ''), COALESCE(i.number, 0), COALESCE(i.conversation_id, ''), k.channel, COALESCE(i.state, ''),
			COALESCE(i.queue_id, ''), COALESCE(q.name, ''), COALESCE(i.agent_id, ''), COALESCE(b.display_name, ''), k.id,
			COALESCE(i.created_at, 0), COALESCE(i.accepted_at, 0), COALESCE(i.ended_at, 0)
		FROM cases k
		LEFT JOIN customers c ON c.id = k.customer_id
		LEFT JOIN agents a ON a.id = k.agent_id
		LEFT JOIN interactions i ON i.id = k.interaction_id
		LEFT JOIN queues q ON q.id = i.queue_id
		LEFT JOIN agents b ON b.id = i.agent_id
		LEFT JOIN agents w ON w.id = k.assignee_id
		LEFT JOIN cases f ON f.id = k.follows_id
		WHERE k.id IN (`+numbered(1, len(ids))+`)`, anys(ids)...)
	for _, n := range rows {
		out[n.Case] = n
	}
	return out, err
}

func scanCaseNames(rows *sql.Rows) (CaseNames, error) {
	var n CaseNames
	var c parley.Customer
	t := &n.Interaction
	var created, accepted, ended int64
	err := rows.Scan(&n.Case, &c.FirstName, &c.LastName, &n.Agent, &n.Assignee, &n.Follows, &t.ID, &t.Number, &t.Conversation, &t.Channel, &t.State,
		&t.Queue, &t.QueueName, &t.Agent, &t.AgentName, &t.Case, &created, &accepted, &ended)
	n.Customer = c.Name()
	t.CreatedAt, t.AcceptedAt, t.EndedAt = parley.FromMillis(created), parley.FromMillis(accepted), parley.FromMillis(ended)
	return n, err
}

// TalkedWith returns the interactions of a customer, the newest first, below a
// number; 0 = from the last on. Which they are is read from an index, so that of
// somebody who writes every day only those that are shown are read whole. The sum
// keeps PostgreSQL from going through everybody's by number instead.
func (v View) TalkedWith(ctx context.Context, id parley.CustomerID, before int64, limit int) ([]Talked, error) {
	if before <= 0 {
		before = 1<<63 - 1
	}
	return list(ctx, v, scanTalked, talkedColumns+`
		WHERE i.number IN (
			SELECT o.number
			FROM conversations c
			JOIN interactions o ON o.conversation_id = c.id
			WHERE c.customer_id = $1 AND c.customer_id <> '' AND o.number < $2
			ORDER BY o.number + 0 DESC`+atMost(limit)+`)
		ORDER BY i.number DESC`, id, before)
}
