package store

import (
	"context"
	"database/sql"

	"parley"
)

// Credential is an agent with what their sign-in is checked against.
type Credential struct {
	parley.Agent
	PasswordHash string // "" = nobody can sign in with a password
	Demo         bool   // signs in only over loopback
}

const agentColumns = `
		SELECT id, group_id, login, display_name, email, role, enabled, capacity, language, signature, password_hash, demo, created_at, rev
		FROM agents`

// Agents returns all agents, by display name.
func (v View) Agents(ctx context.Context) ([]parley.Agent, error) {
	return list(ctx, v, scanAgent, agentColumns+`
		ORDER BY display_name, id`)
}

// Agent returns one. Errors: parley.ErrNotFound.
func (v View) Agent(ctx context.Context, id parley.AgentID) (parley.Agent, error) {
	return one(ctx, v, scanAgent, agentColumns+`
		WHERE id = $1`, id)
}

// Credential returns an agent by id, with their password's hash. Errors:
// parley.ErrNotFound.
func (v View) Credential(ctx context.Context, id parley.AgentID) (Credential, error) {
	return one(ctx, v, scanCredential, agentColumns+`
		WHERE id = $1`, id)
}

// CredentialNamed returns an agent by sign-in name, in lower case. Errors:
// parley.ErrNotFound.
func (v View) CredentialNamed(ctx context.Context, login string) (Credential, error) {
	return one(ctx, v, scanCredential, agentColumns+`
		WHERE login = $1`, login)
}

func scanCredential(rows *sql.Rows) (Credential, error) {
	var c Credential
	var created int64
	err := rows.Scan(&c.ID, &c.Group, &c.Login, &c.DisplayName, &c.Email, &c.Role, &c.Enabled, &c.Capacity,
		&c.Language, &c.Signature, &c.PasswordHash, &c.Demo, &created, &c.Rev)
	c.CreatedAt = parley.FromMillis(created)
	return c, err
}

func scanAgent(rows *sql.Rows) (parley.Agent, error) {
	c, err := scanCredential(rows)
	return c.Agent, err
}

// SaveAgent adds an agent, who has no password yet, or replaces one.
func (r *Rows) SaveAgent(a parley.Agent) {
	r.Exec(`
		INSERT INTO agents (id, group_id, login, display_name, email, role, enabled, capacity, language, signature,
			password_hash, demo, created_at, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12, $13)
		ON CONFLICT (id) DO UPDATE
		SET group_id = excluded.group_id, login = excluded.login, display_name = excluded.display_name,
			email = excluded.email, role = excluded.role, enabled = excluded.enabled, capacity = excluded.capacity,
			language = excluded.language, signature = excluded.signature, rev = excluded.rev`,
		a.ID, a.Group, a.Login, a.DisplayName, a.Email, a.Role, a.Enabled, a.Capacity, a.Language, a.Signature,
		false, ms(a.CreatedAt), a.Rev)
}

// SavePassword lists an agent's new password. Demo says that it is a public one.
func (r *Rows) SavePassword(id parley.AgentID, hash string, demo bool) {
	r.Exec(`
		UPDATE agents
		SET password_hash = $2, demo = $3
		WHERE id = $1`,
		id, hash, demo)
}

// SkillLevels are the skills of an agent, or those a queue requires.
type SkillLevels map[parley.SkillID]int

// AgentSkills returns the skills of every agent who has one.
func (v View) AgentSkills(ctx context.Context) (map[parley.AgentID]SkillLevels, error) {
	rows, err := list(ctx, v, scanLevel[parley.AgentID], `
		SELECT agent_id, skill_id, level
		FROM agent_skills`)
	return levels(rows), err
}

// SaveAgentSkills replaces the skills of an agent.
func (r *Rows) SaveAgentSkills(id parley.AgentID, skills SkillLevels) {
	r.Exec(`
		DELETE FROM agent_skills
		WHERE agent_id = $1`, id)
	for skill, level := range skills {
		r.Exec(`
			INSERT INTO agent_skills (agent_id, skill_id, level)
			VALUES ($1, $2, $3)`,
			id, skill, level)
	}
}

// level is one row of agent_skills or queue_skills.
type level[ID ~string] struct {
	owner ID
	skill parley.SkillID
	level int
}

func scanLevel[ID ~string](rows *sql.Rows) (level[ID], error) {
	var l level[ID]
	err := rows.Scan(&l.owner, &l.skill, &l.level)
	return l, err
}

func levels[ID ~string](rows []level[ID]) map[ID]SkillLevels {
	all := map[ID]SkillLevels{}
	for _, l := range rows {
		if all[l.owner] == nil {
			all[l.owner] = SkillLevels{}
		}
		all[l.owner][l.skill] = l.level
	}
	return all
}
