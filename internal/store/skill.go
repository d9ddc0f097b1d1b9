package store

import (
	"context"
	"database/sql"

	"parley"
)

// Skills returns all skills, by name.
func (v View) Skills(ctx context.Context) ([]parley.Skill, error) {
	return list(ctx, v, scanSkill, `
		SELECT id, name, rev
		FROM skills
		ORDER BY name`)
}

// Skill returns one. Errors: parley.ErrNotFound.
func (v View) Skill(ctx context.Context, id parley.SkillID) (parley.Skill, error) {
	return one(ctx, v, scanSkill, `
		SELECT id, name, rev
		FROM skills
		WHERE id = $1`, id)
}

func scanSkill(rows *sql.Rows) (parley.Skill, error) {
	var s parley.Skill
	err := rows.Scan(&s.ID, &s.Name, &s.Rev)
	return s, err
}

// SkillUses returns how many agents have a skill and queues require it.
func (v View) SkillUses(ctx context.Context, id parley.SkillID) (int, error) {
	return one(ctx, v, scalar[int], `
		SELECT (SELECT COUNT(*) FROM agent_skills WHERE skill_id = $1)
			+ (SELECT COUNT(*) FROM queue_skills WHERE skill_id = $1)`, id)
}

// SaveSkill adds a skill or renames it.
func (r *Rows) SaveSkill(s parley.Skill) {
	r.Exec(`
		INSERT INTO skills (id, name, rev)
		VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, rev = excluded.rev`,
		s.ID, s.Name, s.Rev)
}

// RemoveSkill removes a skill that nobody has and no queue requires.
func (r *Rows) RemoveSkill(id parley.SkillID) {
	r.Exec(`
		DELETE FROM skills
		WHERE id = $1`, id)
}
