package store

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley"
)

// TalkedRange is a stretch of all interactions, the newest first; zero fields do
// not narrow it.
type TalkedRange struct {
	State        parley.InteractionState
	Queue        parley.QueueID
	Agent        parley.AgentID
	Channel      parley.Channel
	From, To     time.Time // created in [From, To)
	Before       time.Time // with BeforeNumber: the last row had
	BeforeNumber int64
	Limit        int
}

// stretches are the conditions of partial indexes. The texts are the indexes' own, so
// that the database knows them.
type stretches struct{ ended, unserved, unservedBy string }

// stretches returns those of a database. SQLite asks them of every row that changes,
// where a list of words is dear: what has ended has its time. The last of PostgreSQL's
// says no to what it means, so that it does not see that another index holds those
// rows too, among many others.
func (d dialect) stretches() stretches {
	if d == sqlite {
		return stretches{ended: `i.closed_at > 0`, unserved: `i.closed_at > 0 AND i.state <> 'logged'`, unservedBy: `i.closed_at > 0 AND i.state <> 'logged'`}
	}
	return stretches{
		ended:      `i.state IN ('logged', 'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled')`,
		unserved:   `i.state IN ('abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled')`,
		unservedBy: `i.state NOT IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup', 'logged')`,
	}
}

// where builds the condition from what is set, so that each list has its index:
// what an agent had is almost always logged, and what nobody served has indexes
// of its own. A comparison with an expression leaves the index to the others.
func (r TalkedRange) where(in stretches) (string, []any) {
	var terms []string
	var args []any
	term := func(text string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			text = strings.Replace(text, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		terms = append(terms, text)
	}
	left := r.left()
	if r.Agent != "" {
		term(`i.agent_id <> ''`)
	}
	switch {
	case r.byChannel():
		r.on(in, term)
	case left && r.Agent != "":
		term(in.unservedBy+` AND i.agent_id = ? AND i.state || '' = ?`, r.Agent, r.State)
		if r.Queue != "" {
			term(`i.queue_id || '' = ?`, r.Queue)
		}
	case left && r.Queue != "":
		term(in.unserved+` AND i.queue_id || i.state = ?`, string(r.Queue)+string(r.State))
	case r.State.Final() && r.Agent == "" && r.Queue == "" && r.State != "":
		term(in.ended+` AND i.state = ?`, r.State)
	default:
		r.whose(term)
	}
	if r.Channel != "" && !r.byChannel() {
		term(`i.channel || '' = ?`, string(r.Channel))
	}
	at := r.at()
	if !r.From.IsZero() {
		term(at+` >= ?`, parley.Millis(r.From))
	}
	if !r.To.IsZero() {
		term(at+` < ?`, parley.Millis(r.To))
	}
	if !r.Before.IsZero() {
		term(`(`+at+`, i.number) < (?, ?)`, parley.Millis(r.Before), r.BeforeNumber)
	}
	if len(terms) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(terms, " AND "), args
}

// whose narrows by agent and queue, and by a state that most of theirs have.
func (r TalkedRange) whose(term func(text string, values ...any)) {
	switch {
	case r.Agent != "" && r.Queue != "":
		term(`i.agent_id || i.queue_id = ?`, string(r.Agent)+string(r.Queue))
	case r.Agent != "":
		term(`i.agent_id = ?`, r.Agent)
	case r.Queue != "":
		term(`i.queue_id = ?`, r.Queue)
	}
	if r.State != "" { // how many that are is known, but no index of states is meant
		term(`i.state BETWEEN ? AND ?`, r.State, r.State)
	}
}

// left reports whether what nobody served is asked for.
func (r TalkedRange) left() bool {
	return r.State.Final() && r.State != parley.Logged && r.State != ""
}

// byChannel reports whether one of the indexes of channels is meant: what an agent
// had and did not serve is little enough without.
func (r TalkedRange) byChannel() bool { return r.Channel != "" && (r.Agent == "" || !r.left()) }

// on narrows what has ended by its channel.
func (r TalkedRange) on(in stretches, term func(text string, values ...any)) {
	if r.left() {
		key, value := `i.channel || i.state`, string(r.Channel)+string(r.State)
		if r.Queue != "" {
			key, value = `i.channel || i.queue_id || i.state`, string(r.Channel)+string(r.Queue)+string(r.State)
		}
		term(in.unserved+` AND `+key+` = ?`, value)
		return
	}
	switch {
	case r.Agent != "" && r.Queue != "":
		term(in.ended+` AND i.channel || i.agent_id || i.queue_id = ?`, string(r.Channel)+string(r.Agent)+string(r.Queue))
	case r.Agent != "":
		term(in.ended+` AND i.channel || i.agent_id = ?`, string(r.Channel)+string(r.Agent))
	case r.Queue != "":
		term(in.ended+` AND i.channel || i.queue_id = ?`, string(r.Channel)+string(r.Queue))
	default:
		term(in.ended+` AND i.channel = ?`, r.Channel)
	}
	if r.State != "" {
		term(`i.state BETWEEN ? AND ?`, r.State, r.State)
	}
}

// at is the time as the list's index has it.
func (r TalkedRange) at() string {
	if r.Agent == "" && r.Queue == "" && r.Channel == "" && (r.State == "" || !r.State.Final()) {
		return "(i.created_at + 0)"
	}
	return "i.created_at"
}

const talkedColumns = `
		SELECT i.id, i.number, i.conversation_id, v.channel, v.customer_id, COALESCE(c.first_name, ''),
			COALESCE(c.last_name, ''), v.name, i.state, i.queue_id, COALESCE(q.name, ''), i.agent_id,
			COALESCE(a.display_name, ''), i.case_id, i.created_at, i.entry_at, i.accepted_at, i.ended_at
		FROM interactions i
		JOIN conversations v ON v.id = i.conversation_id
		LEFT JOIN customers c ON c.id = v.customer_id
		LEFT JOIN queues q ON q.id = i.queue_id
		LEFT JOIN agents a ON a.id = i.agent_id`

// TalkedRange returns a stretch of the interactions, the newest first.
func (v View) TalkedRange(ctx context.Context, r TalkedRange) ([]Talked, error) {
	where, args := r.where(v.d.stretches())
	rows, err := list(ctx, v, scanTalked, talkedColumns+where+`
		ORDER BY `+r.at()+` DESC, i.number DESC`+atMost(r.Limit), args...)
	if err != nil || !r.byChannel() || r.State.Final() && r.State != "" {
		return rows, err
	}
	live, err := v.talkedLive(ctx, r)
	rows = append(rows, live...)
	slices.SortFunc(rows, func(a, b Talked) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.Number, a.Number))
	})
	return rows[:min(len(rows), r.Limit)], err
}

// talkedLive returns those that are not over yet, which the indexes of channels do
// not hold: as many as there are people in conversation or waiting.
func (v View) talkedLive(ctx context.Context, r TalkedRange) ([]Talked, error) {
	before, number := int64(math.MaxInt64), int64(0)
	if !r.Before.IsZero() {
		before, number = parley.Millis(r.Before), r.BeforeNumber
	}
	until := int64(math.MaxInt64)
	if !r.To.IsZero() {
		until = parley.Millis(r.To)
	}
	return list(ctx, v, scanTalked, talkedColumns+`
		WHERE (i.closed_at = 0 OR i.unviewed) AND i.state IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup')
			AND i.channel || '' = $1 AND ($2 = '' OR i.agent_id || '' = $2) AND ($3 = '' OR i.queue_id || '' = $3) AND ($4 = '' OR i.state = $4)
			AND (i.created_at - 0, i.number + 0) < ($5, $6) AND i.created_at - 0 >= $7 AND i.created_at - 0 < $8
		ORDER BY i.number DESC`+atMost(r.Limit),
		string(r.Channel), string(r.Agent), string(r.Queue), string(r.State), before, number, parley.Millis(r.From), until)
}

// TalkedOf returns those of the interactions that exist, the newest first.
func (v View) TalkedOf(ctx context.Context, ids ...parley.InteractionID) ([]Talked, error) {
	if len(ids) == 0 {
		return []Talked{}, nil
	}
	return list(ctx, v, scanTalked, talkedColumns+`
		WHERE i.id IN (`+numbered(1, len(ids))+`)
		ORDER BY i.number DESC`, anys(ids)...)
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
