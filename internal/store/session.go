package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Session is one sign-in.
type Session struct {
	ID        string // ses_
	TokenHash string
	Agent     parley.AgentID
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	EndedAt   time.Time
	EndWhy    string
	IP        string
	UserAgent string
	Surface   parley.Surface
}

const sessionColumns = `
		SELECT id, token_hash, agent_id, created_at, seen_at, expires_at, ended_at, end_why, ip, user_agent, surface
		FROM sessions`

// SessionOf returns the session of a token's hash, also an ended one. Errors:
// parley.ErrNotFound.
func (v View) SessionOf(ctx context.Context, tokenHash string) (Session, error) {
	return one(ctx, v, scanSession, sessionColumns+`
		WHERE token_hash = $1`, tokenHash)
}

// Session returns the session of an id, also an ended one. Errors:
// parley.ErrNotFound.
func (v View) Session(ctx context.Context, id string) (Session, error) {
	return one(ctx, v, scanSession, sessionColumns+`
		WHERE id = $1`, id)
}

// SessionsOpen returns the sessions nobody ended, the oldest first.
func (v View) SessionsOpen(ctx context.Context) ([]Session, error) {
	return list(ctx, v, scanSession, sessionColumns+`
		WHERE ended_at = 0
		ORDER BY created_at, id`)
}

// SessionsOpenOf returns those of one agent.
func (v View) SessionsOpenOf(ctx context.Context, id parley.AgentID) ([]Session, error) {
	return list(ctx, v, scanSession, sessionColumns+`
		WHERE agent_id = $1 AND ended_at = 0
		ORDER BY created_at, id`, id)
}

func scanSession(rows *sql.Rows) (Session, error) {
	var s Session
	var created, seen, expires, ended int64
	err := rows.Scan(&s.ID, &s.TokenHash, &s.Agent, &created, &seen, &expires, &ended, &s.EndWhy, &s.IP, &s.UserAgent, &s.Surface)
	s.CreatedAt, s.SeenAt = parley.FromMillis(created), parley.FromMillis(seen)
	s.ExpiresAt, s.EndedAt = parley.FromMillis(expires), parley.FromMillis(ended)
	return s, err
}

// AddSession adds a session.
func (r *Rows) AddSession(s Session) {
	r.Exec(`
		INSERT INTO sessions (token_hash, id, agent_id, created_at, seen_at, expires_at, ended_at, end_why, ip, user_agent, surface)
		VALUES ($1, $2, $3, $4, $5, $6, 0, '', $7, $8, $9)`,
		s.TokenHash, s.ID, s.Agent, ms(s.CreatedAt), ms(s.SeenAt), ms(s.ExpiresAt), s.IP, s.UserAgent, s.Surface)
}

// SeeSession lists that a session was used.
func (r *Rows) SeeSession(id string, at time.Time) {
	r.Exec(`
		UPDATE sessions
		SET seen_at = $2
		WHERE id = $1 AND ended_at = 0`,
		id, ms(at))
}

// EndSession ends a session, once.
func (r *Rows) EndSession(id, why string, at time.Time) {
	r.Exec(`
		UPDATE sessions
		SET ended_at = $2, end_why = $3
		WHERE id = $1 AND ended_at = 0`,
		id, ms(at), why)
}

// EndSessionsOf ends every session of an agent.
func (r *Rows) EndSessionsOf(agent parley.AgentID, why string, at time.Time) {
	r.Exec(`
		UPDATE sessions
		SET ended_at = $2, end_why = $3
		WHERE agent_id = $1 AND ended_at = 0`,
		agent, ms(at), why)
}

// SetupToken returns when a set-up token was made and used. Errors:
// parley.ErrNotFound.
func (v View) SetupToken(ctx context.Context, hash string) (created, used time.Time, err error) {
	t, err := one(ctx, v, func(rows *sql.Rows) ([2]int64, error) {
		var t [2]int64
		err := rows.Scan(&t[0], &t[1])
		return t, err
	}, `
		SELECT created_at, used_at
		FROM setup_tokens
		WHERE token_hash = $1`, hash)
	return parley.FromMillis(t[0]), parley.FromMillis(t[1]), err
}

// AddSetupToken adds a token and makes every earlier one useless.
func (r *Rows) AddSetupToken(hash string, at time.Time) {
	r.Exec(`
		DELETE FROM setup_tokens
		WHERE used_at = 0`)
	r.Exec(`
		INSERT INTO setup_tokens (token_hash, created_at, used_at)
		VALUES ($1, $2, 0)`,
		hash, ms(at))
}

// UseSetupToken lists that a token did its work.
func (r *Rows) UseSetupToken(hash string, at time.Time) {
	r.Exec(`
		UPDATE setup_tokens
		SET used_at = $2
		WHERE token_hash = $1 AND used_at = 0`,
		hash, ms(at))
}
