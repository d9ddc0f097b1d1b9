package office

import (
	"context"
	"slices"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// SkillInput is what an administrator fills in.
type SkillInput struct {
	Name string `json:"name"`
	Rev  int64  `json:"rev" required:"false"`
}

// Skill is a skill as administrators see one.
type Skill struct {
	ID parley.SkillID `json:"id"`
	SkillInput
}

// Skills returns all skills, by name.
func (o *Office) Skills(ctx context.Context, me parley.Actor) ([]Skill, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	skills, err := o.store.View().Skills(ctx)
	list := make([]Skill, len(skills))
	for i, s := range skills {
		list[i] = shownSkill(s)
	}
	return list, err
}

func shownSkill(s parley.Skill) Skill {
	return Skill{ID: s.ID, SkillInput: SkillInput{Name: s.Name, Rev: s.Rev}}
}

// CreateSkill adds a skill.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateSkill(ctx context.Context, me parley.Actor, in SkillInput) (parley.SkillID, error) {
	id := parley.SkillID(o.id("skl"))
	return id, o.change(ctx, me, "create_skill", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return in.save(ctx, v, parley.Skill{ID: id})
	})
}

// SaveSkill renames a skill.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveSkill(ctx context.Context, me parley.Actor, id parley.SkillID, in SkillInput) error {
	return o.change(ctx, me, "save_skill", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.Skill(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(ctx, v, old)
	})
}

func (in SkillInput) save(ctx context.Context, v ledger.View, old parley.Skill) (change, error) {
	skills, err := v.Skills(ctx)
	if err != nil {
		return change{}, err
	}
	var f parley.Faults
	s := parley.Skill{ID: old.ID, Name: identity.Text(in.Name), Rev: old.Rev + 1}
	f.Name("name", s.Name, 1, nameMax)
	if slices.ContainsFunc(skills, func(other parley.Skill) bool { return other.Name == s.Name && other.ID != s.ID }) {
		f.Add("name", "taken")
	}
	c := change{subject: string(s.ID), after: shownSkill(s), rows: func(r *store.Rows) { r.SaveSkill(s) }}
	if old.Rev > 0 {
		c.before = shownSkill(old)
	}
	return c, f.Err()
}

// RemoveSkill removes a skill nobody has and no queue requires.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrInUse.
func (o *Office) RemoveSkill(ctx context.Context, me parley.Actor, id parley.SkillID) error {
	return o.change(ctx, me, "remove_skill", func(ctx context.Context, v ledger.View) (change, error) {
		s, err := v.Skill(ctx, id)
		if err != nil {
			return change{}, err
		}
		uses, err := v.SkillUses(ctx, id)
		if err != nil {
			return change{}, err
		}
		return change{subject: string(id), before: shownSkill(s), rows: func(r *store.Rows) { r.RemoveSkill(id) }}, inUse(uses)
	})
}
