package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"parley"
)

// TalkedRange is a stretch of all interactions, the newest first; zero fields do
// not narrow it.
type TalkedRange struct {
	State    parley.InteractionState
	Queue    parley.QueueID
	Agent    parley.AgentID
	From, To time.Time // created in [From, To)
	Before   time.Time // with BeforeID: the last row had
	BeforeID parley.InteractionID
	Limit    int
}

// ended are the states the index of states holds: a row enters it once, at its
// end. The text is the index's own, so that both databases know it.
const ended = `i.state IN ('logged', 'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled')`

// rare reports whether few interactions end so that it is best to begin with
// the state and look at queue and agent afterwards.
func (r TalkedRange) rare() bool { return r.State.Final() && r.State != parley.Logged && r.State != "" }

// where builds the condition from what is set, so that each list has its index.
func (r TalkedRange) where() (string, []any) {
	var terms []string
	var args []any
	term := func(text string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			text = strings.Replace(text, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		terms = append(terms, text)
	}
	same := func(column string) string { // an expression has no index: the other term's is used
		if r.rare() {
			return column + ` || '' = ?`
		}
		return column + ` = ?`
	}
	if r.Agent != "" {
		term(`i.agent_id <> '' AND `+same("i.agent_id"), r.Agent)
	}
	if r.Queue != "" {
		term(same("i.queue_id"), r.Queue)
	}
	switch {
	case r.rare():
		term(ended+` AND i.state = ?`, r.State)
	case r.State != "" && r.Agent == "" && r.Queue == "" && r.State.Final():
		term(ended+` AND i.state = ?`, r.State)
	case r.State != "":
		term(`i.state || '' = ?`, r.State)
	}
	if !r.From.IsZero() {
		term(`i.created_at >= ?`, parley.Millis(r.From))
	}
	if !r.To.IsZero() {
		term(`i.created_at < ?`, parley.Millis(r.To))
	}
	if !r.Before.IsZero() {
		term(`(i.created_at, i.id) < (?, ?)`, parley.Millis(r.Before), r.BeforeID)
	}
	if len(terms) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(terms, " AND "), args
}

// TalkedRange returns a stretch of the interactions, the newest first.
func (v View) TalkedRange(ctx context.Context, r TalkedRange) ([]Talked, error) {
	where, args := r.where()
	args = append(args, r.Limit)
	return list(ctx, v, scanTalked, `
		SELECT i.id, i.number, i.conversation_id, v.channel, v.customer_id, COALESCE(c.first_name, ''),
			COALESCE(c.last_name, ''), v.name, i.state, i.queue_id, COALESCE(q.name, ''), i.agent_id,
			COALESCE(a.display_name, ''), i.case_id, i.created_at, i.entry_at, i.accepted_at, i.ended_at
		FROM interactions i
		JOIN conversations v ON v.id = i.conversation_id
		LEFT JOIN customers c ON c.id = v.customer_id
		LEFT JOIN queues q ON q.id = i.queue_id
		LEFT JOIN agents a ON a.id = i.agent_id`+where+`
		ORDER BY i.created_at DESC, i.id DESC
		LIMIT $`+strconv.Itoa(len(args)), args...)
}

func scanTalked(rows *sql.Rows) (Talked, error) {
	var t Talked
	var c parley.Customer
	var created, entry, accepted, ended int64
	err := rows.Scan(&t.ID, &t.Number, &t.Conversation, &t.Channel, &t.Customer, &c.FirstName, &c.LastName, &t.CustomerName,
		&t.State, &t.Queue, &t.QueueName, &t.Agent, &t.AgentName, &t.Case, &created, &entry, &accepted, &ended)
	if name := c.Name(); name != "" {
		t.CustomerName = name
	}
	t.CreatedAt, t.EntryAt = parley.FromMillis(created), parley.FromMillis(entry)
	t.AcceptedAt, t.EndedAt = parley.FromMillis(accepted), parley.FromMillis(ended)
	return t, err
}
