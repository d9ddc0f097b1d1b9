package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

const missedColumns = `
		SELECT id, kind, conversation_id, interaction_id, entry_point_id, queue_id, client_id,
			name, email, text, state, owner_id, created_at, rev, consent, consent_at
		FROM missed`

// Missed returns one missed contact. Errors: parley.ErrNotFound.
func (v View) Missed(ctx context.Context, id string) (parley.Missed, error) {
	return one(ctx, v, scanMissed, missedColumns+`
		WHERE id = $1`, id)
}

// MissedLeft returns the form a visitor left with its client id.
// Errors: parley.ErrNotFound.
func (v View) MissedLeft(ctx context.Context, client string) (parley.Missed, error) {
	return one(ctx, v, scanMissed, missedColumns+`
		WHERE client_id = $1
			AND client_id <> ''`, client)
}

// MissedOf returns the missed contact of an interaction.
// Errors: parley.ErrNotFound.
func (v View) MissedOf(ctx context.Context, i parley.InteractionID) (parley.Missed, error) {
	return one(ctx, v, scanMissed, missedColumns+`
		WHERE interaction_id = $1
			AND interaction_id <> ''`, string(i))
}

// MissedPage is which part of the list of missed contacts is asked for.
type MissedPage struct {
	State, Kind string // "" = any
	Before      time.Time
	BeforeID    string // with Before: the last one had; both zero = from the newest
	Limit       int
}

// MissedPage returns the newest first.
func (v View) MissedPage(ctx context.Context, p MissedPage) ([]parley.Missed, error) {
	before := int64(1) << 62
	if !p.Before.IsZero() {
		before = ms(p.Before)
	}
	at, where, args := "created_at", "", []any{before, p.BeforeID}
	switch { // each has its index
	case p.State != "" && p.Kind != "":
		where, args = ` AND state || kind = $3`, append(args, p.State+p.Kind)
	case p.State != "":
		where, args = ` AND state = $3`, append(args, p.State)
	case p.Kind != "":
		where, args = ` AND kind = $3`, append(args, p.Kind)
	default:
		at = "(created_at + 0)"
	}
	return list(ctx, v, scanMissed, missedColumns+`
		WHERE (`+at+`, id) < ($1, $2)`+where+`
		ORDER BY `+at+` DESC, id DESC`+atMost(p.Limit), args...)
}

func scanMissed(rows *sql.Rows) (parley.Missed, error) {
	var m parley.Missed
	var created, agreed int64
	err := rows.Scan(&m.ID, &m.Kind, &m.Conversation, &m.Interaction, &m.EntryPoint, &m.Queue, &m.ClientID,
		&m.Name, &m.Email, &m.Text, &m.State, &m.Owner, &created, &m.Rev, &m.Consent.Version, &agreed)
	m.CreatedAt, m.Consent.At = parley.FromMillis(created), parley.FromMillis(agreed)
	return m, err
}

// AddMissed adds a missed contact; an interaction has at most one, so that what
// a visitor writes after their line ended fills the row made then.
func (r *Rows) AddMissed(m parley.Missed) {
	r.Exec(`
		INSERT INTO missed (id, kind, conversation_id, interaction_id, entry_point_id, queue_id, client_id,
			name, email, text, state, owner_id, created_at, rev, consent, consent_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15)`,
		m.ID, m.Kind, string(m.Conversation), string(m.Interaction), string(m.EntryPoint), string(m.Queue), m.ClientID,
		m.Name, m.Email, m.Text, m.State, string(m.Owner), ms(m.CreatedAt), m.Consent.Version, ms(m.Consent.At))
	if m.Consent.Version != "" {
		r.saveConsentText(m.Consent)
	}
}

// SaveMissed replaces what changes on a missed contact; Rev is what it becomes.
func (r *Rows) SaveMissed(m parley.Missed) {
	r.Exec(`
		UPDATE missed
		SET kind = $2, client_id = $3, name = $4, email = $5, text = $6, state = $7, owner_id = $8, rev = $9
		WHERE id = $1`,
		m.ID, m.Kind, m.ClientID, m.Name, m.Email, m.Text, m.State, string(m.Owner), m.Rev)
}

// MissedReply is a mail to somebody who was missed.
type MissedReply struct {
	ID     string // mrp_
	Missed string
	Agent  parley.AgentID
	Text   string
	State  string // queued, sent, failed
	At     time.Time
}

const replyColumns = `
		SELECT id, missed_id, agent_id, text, state, at
		FROM missed_replies`

// MissedReplies returns the mails to one missed contact, the oldest first.
func (v View) MissedReplies(ctx context.Context, missed string) ([]MissedReply, error) {
	return list(ctx, v, scanReply, replyColumns+`
		WHERE missed_id = $1
		ORDER BY at, id`, missed)
}

// MissedReply returns one mail. Errors: parley.ErrNotFound.
func (v View) MissedReply(ctx context.Context, id string) (MissedReply, error) {
	return one(ctx, v, scanReply, replyColumns+`
		WHERE id = $1`, id)
}

func scanReply(rows *sql.Rows) (MissedReply, error) {
	var m MissedReply
	var at int64
	err := rows.Scan(&m.ID, &m.Missed, &m.Agent, &m.Text, &m.State, &at)
	m.At = parley.FromMillis(at)
	return m, err
}

// AddMissedReply adds a mail that is still to be sent.
func (r *Rows) AddMissedReply(m MissedReply) {
	r.Exec(`
		INSERT INTO missed_replies (id, missed_id, agent_id, text, state, at)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		m.ID, m.Missed, string(m.Agent), m.Text, m.State, ms(m.At))
}

// SaveMissedReplyState says what became of a mail.
func (r *Rows) SaveMissedReplyState(id, state string) {
	r.Exec(`
		UPDATE missed_replies
		SET state = $2
		WHERE id = $1`, id, state)
}
