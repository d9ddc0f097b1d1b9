package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
	"parley/internal/routing"
)

// Person is an agent as the floor sees them: who they are, the presence tuple
// and how much they hold.
//
// Source: docs/routing.md.
type Person struct {
	parley.Agent
	Base       parley.Presence
	Sub        parley.Sub
	Next       parley.Presence
	Conn       parley.Conn
	Since      time.Time // when the status everybody sees began (PRE-15)
	Reason     parley.StatusReason
	Code       parley.StatusCodeID
	By         parley.AgentID
	IdleSince  time.Time
	ReturnAt   time.Time
	GraceUntil time.Time
	Offered    int // interactions that ring
	Active     int
	Wrapping   int
}

// heldPart must read as the index interactions_held does.
const heldPart = `
				FROM interactions
				WHERE agent_id = a.id
					AND agent_id <> ''
					AND (state IN ('active', 'parked', 'wrapup') OR unviewed)`

// personColumns reads the oldest offer that rings by offers_ringing: by made_at alone
// it would be looked for among all they ever had.
const personColumns = `
		SELECT a.id, a.group_id, a.login, a.display_name, a.email, a.role, a.enabled, a.capacity, a.language,
			a.signature, a.created_at, a.rev,
			COALESCE(p.base, 'logged_out'), COALESCE(p.sub, 'none'), COALESCE(p.next, ''), COALESCE(p.conn, 'down'),
			COALESCE(p.since, 0), COALESCE(p.reason, ''), COALESCE(p.code, ''), COALESCE(p.by_id, ''),
			COALESCE(p.idle_since, 0), COALESCE(p.return_at, 0), COALESCE(p.grace_until, 0),
			(SELECT COUNT(*) FROM offers WHERE agent_id = a.id AND state = 'pending'),
			(SELECT COUNT(*)` + heldPart + ` AND state = 'active'),
			(SELECT COUNT(*)` + heldPart + ` AND state = 'wrapup'),
			(SELECT COALESCE(MIN(made_at + 0), 0) FROM offers WHERE agent_id = a.id AND state = 'pending'),
			(SELECT COALESCE(MIN(accepted_at), 0)` + heldPart + ` AND state = 'active'),
			(SELECT COALESCE(MAX(ended_at), 0)` + heldPart + ` AND state = 'wrapup')
		FROM agents a
		LEFT JOIN presence p ON p.agent_id = a.id`

// Person returns one agent. Errors: parley.ErrNotFound.
func (v View) Person(ctx context.Context, id parley.AgentID) (Person, error) {
	return one(ctx, v, scanPerson, personColumns+`
		WHERE a.id = $1`, string(id))
}

// People returns every agent, by name.
func (v View) People(ctx context.Context) ([]Person, error) {
	return list(ctx, v, scanPerson, personColumns+`
		ORDER BY a.display_name, a.id`)
}

// PeopleOf returns the agents of a group, by name.
func (v View) PeopleOf(ctx context.Context, g parley.GroupID) ([]Person, error) {
	return list(ctx, v, scanPerson, personColumns+`
		WHERE a.group_id = $1
		ORDER BY a.display_name, a.id`, string(g))
}

func scanPerson(rows *sql.Rows) (Person, error) {
	var p Person
	var created, since, idle, back, grace int64
	var held routing.Spans
	err := rows.Scan(&p.ID, &p.Group, &p.Login, &p.DisplayName, &p.Email, &p.Role, &p.Enabled, &p.Capacity, &p.Language,
		&p.Signature, &created, &p.Rev, &p.Base, &p.Sub, &p.Next, &p.Conn, &since, &p.Reason, &p.Code, &p.By,
		&idle, &back, &grace, &p.Offered, &p.Active, &p.Wrapping, &held.Offered, &held.Accepted, &held.Ended)
	p.CreatedAt, p.IdleSince = parley.FromMillis(created), parley.FromMillis(idle)
	p.Since = parley.FromMillis(held.Since(p.Base, since, idle))
	p.ReturnAt, p.GraceUntil = parley.FromMillis(back), parley.FromMillis(grace)
	return p, err
}

// Served returns the conversations an agent is serving now.
func (v View) Served(ctx context.Context, a parley.AgentID) ([]parley.ConversationID, error) {
	return list(ctx, v, scalar[parley.ConversationID], `
		SELECT conversation_id
		FROM interactions
		WHERE agent_id = $1
			AND agent_id <> ''
			AND (state IN ('active', 'parked', 'wrapup') OR unviewed)
			AND state = 'active'
		ORDER BY number`, string(a))
}

// Name is what an id is called.
type Name struct{ ID, Name, NameFR string }

func scanName(rows *sql.Rows) (Name, error) {
	var n Name
	err := rows.Scan(&n.ID, &n.Name, &n.NameFR)
	return n, err
}

// Names returns what queues, agents and status codes are called, in one list:
// ids tell them apart.
func (v View) Names(ctx context.Context) ([]Name, error) {
	return list(ctx, v, scanName, `
		SELECT id, name, ''
		FROM queues
		UNION ALL
		SELECT id, display_name, ''
		FROM agents
		UNION ALL
		SELECT id, name, name_fr
		FROM status_codes
		UNION ALL
		SELECT id, name, preset
		FROM groups`)
}
