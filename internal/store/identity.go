package store

import (
	"context"
	"database/sql"
	"time"

	"parley"
)

// Identity is who an agent is at the organisation's identity provider.
type Identity struct {
	Issuer  string
	Subject string
	Agent   parley.AgentID
	Name    string // by which they were found when they first came
	At      time.Time
}

// Identity returns whose a subject of an issuer is. Errors: parley.ErrNotFound.
func (v View) Identity(ctx context.Context, issuer, subject string) (Identity, error) {
	return one(ctx, v, scanIdentity, `
		SELECT issuer, subject, agent_id, name, created_at
		FROM identities
		WHERE issuer = $1 AND subject = $2`, issuer, subject)
}

func scanIdentity(rows *sql.Rows) (Identity, error) {
	var i Identity
	var at int64
	err := rows.Scan(&i.Issuer, &i.Subject, &i.Agent, &i.Name, &at)
	i.At = parley.FromMillis(at)
	return i, err
}

// CredentialsOf returns the agents, at most two, whose sign-in name or e-mail
// address is name, in lower case.
func (v View) CredentialsOf(ctx context.Context, name string) ([]Credential, error) {
	return list(ctx, v, scanCredential, agentColumns+`
		WHERE login = $1 OR lower(email) = $1
		ORDER BY id
		LIMIT 2`, name)
}

// AddIdentity lists that a subject is an agent's.
func (r *Rows) AddIdentity(i Identity) {
	r.Exec(`
		INSERT INTO identities (issuer, subject, agent_id, name, created_at)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (issuer, subject) DO UPDATE SET agent_id = excluded.agent_id, name = excluded.name`,
		i.Issuer, i.Subject, i.Agent, i.Name, ms(i.At))
}
