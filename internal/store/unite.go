package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley"
)

// Merge is two customers that became one.
//
// Source: issue 4, section 1: safe undoable merge.
type Merge struct {
	ID       string // mrg_
	Survivor parley.CustomerID
	Gone     parley.CustomerID
	Rev      int64  // the survivor's afterwards
	Kept     string // the survivor's rows before, "" = erased
	Moved    Moved
	By       string
	At       time.Time
	UndoneBy string
	UndoneAt time.Time // zero = it stands
}

// Moved are the rows that changed hands, by table.
type Moved map[string][]string

// movable are the tables whose rows belong to a customer, and what a row is
// known by. What belongs to the customer's own record moves with it.
var movable = []struct{ table, id string }{
	{"conversations", "id"}, {"cases", "id"}, {"tasks", "id"}, {"letters", "id"},
}

// Belongings returns the rows that belong to a customer, by table.
func (v View) Belongings(ctx context.Context, id parley.CustomerID) (Moved, error) {
	out := Moved{}
	for _, m := range movable {
		ids, err := list(ctx, v, scalar[string], `
		SELECT `+m.id+`
		FROM `+m.table+`
		WHERE customer_id = $1
		ORDER BY `+m.id, string(id))
		if err != nil {
			return nil, err
		}
		if len(ids) > 0 {
			out[m.table] = ids
		}
	}
	return out, nil
}

// Move lists that rows belong to another customer from now on.
func (r *Rows) Move(rows Moved, to parley.CustomerID) {
	for _, m := range movable {
		ids := rows[m.table]
		if m.table == "conversations" {
			for _, id := range ids {
				r.LinkCustomer(parley.ConversationID(id), to) // what is remembered of them changes too
			}
			continue
		}
		for _, id := range ids {
			r.Exec(`
		UPDATE `+m.table+`
		SET customer_id = $2
		WHERE `+m.id+` = $1`, id, string(to))
		}
	}
}

// AddMerge lists a merge.
func (r *Rows) AddMerge(m Merge) {
	r.Exec(`
		INSERT INTO merges (id, survivor_id, gone_id, rev, kept, moved, by_id, at, undone_by, undone_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 0)`,
		m.ID, string(m.Survivor), string(m.Gone), m.Rev, m.Kept, string(mustJSON(m.Moved)), m.By, ms(r.now))
}

// UndoMerge lists that a merge was undone. What it kept is not needed again.
func (r *Rows) UndoMerge(id, by string) {
	r.Exec(`
		UPDATE merges
		SET undone_by = $2, undone_at = $3, kept = '', moved = '{}'
		WHERE id = $1`, id, by, ms(r.now))
}

const mergeColumns = `
		SELECT id, survivor_id, gone_id, rev, kept, moved, by_id, at, undone_by, undone_at
		FROM merges`

// Merge returns one. Errors: parley.ErrNotFound.
func (v View) Merge(ctx context.Context, id string) (Merge, error) {
	return one(ctx, v, scanMerge, mergeColumns+`
		WHERE id = $1`, id)
}

// MergesInto returns the merges into a customer that stand, the latest first.
func (v View) MergesInto(ctx context.Context, id parley.CustomerID) ([]Merge, error) {
	return list(ctx, v, scanMerge, mergeColumns+`
		WHERE survivor_id = $1 AND undone_at = 0
		ORDER BY at DESC, id DESC`, string(id))
}

func scanMerge(rows *sql.Rows) (m Merge, err error) {
	var at, undone int64
	var moved string
	if err = rows.Scan(&m.ID, &m.Survivor, &m.Gone, &m.Rev, &m.Kept, &moved, &m.By, &at, &m.UndoneBy, &undone); err != nil {
		return m, err
	}
	m.At, m.UndoneAt = parley.FromMillis(at), parley.FromMillis(undone)
	if err = json.Unmarshal([]byte(moved), &m.Moved); err != nil {
		err = fmt.Errorf("what merge %s moved: %w", m.ID, err)
	}
	return m, err
}

// Vouch lists that addresses somebody made sure of for one customer count for
// another who has them now.
func (r *Rows) Vouch(from, to parley.CustomerID) {
	r.Exec(`
		INSERT INTO verified_emails (customer_id, email, agent_id, at)
		SELECT $2, email, agent_id, at
		FROM verified_emails
		WHERE customer_id = $1
		ON CONFLICT (customer_id, email) DO NOTHING`, string(from), string(to))
}

// Unvouch lists that addresses count no longer for a customer.
func (r *Rows) Unvouch(id parley.CustomerID, emails []string) {
	for _, email := range emails {
		r.Exec(`
		DELETE FROM verified_emails
		WHERE customer_id = $1 AND email = $2`, string(id), email)
	}
}

// AgentName returns what an agent is called, "" if there is none of that id.
func (v View) AgentName(ctx context.Context, id parley.AgentID) (string, error) {
	name, err := one(ctx, v, scalar[string], `
		SELECT display_name
		FROM agents
		WHERE id = $1`, string(id))
	if errors.Is(err, parley.ErrNotFound) {
		return "", nil
	}
	return name, err
}

// OpenWith reports whether a customer is being served, or waits to be.
func (v View) OpenWith(ctx context.Context, id parley.CustomerID) (bool, error) {
	n, err := one(ctx, v, scalar[int], `
		SELECT COUNT(*)
		FROM conversations c
		JOIN interactions i ON i.conversation_id = c.id
		WHERE c.customer_id = $1
			AND i.state IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup')`, string(id))
	return n > 0, err
}
