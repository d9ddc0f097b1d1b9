package records

import (
	"context"

	"parley"
	"parley/internal/store"
)

// CaseEdit is one thing done to many cases at once.
type CaseEdit struct {
	Cases    []parley.CaseID `json:"cases" minItems:"1" maxItems:"500"`
	Do       string          `json:"do" enum:"close,reopen,assign"`
	Assignee parley.AgentID  `json:"assignee_id,omitempty" maxLength:"64" doc:"of assign; empty = nobody"`
}

// CaseUndo takes such an edit back.
type CaseUndo struct {
	Changed []EditedCase `json:"changed" minItems:"1" maxItems:"500" doc:"as the edit answered"`
}

// CaseEdits is what became of each of the cases.
type CaseEdits struct {
	Changed []EditedCase  `json:"changed"`
	Refused []RefusedCase `json:"refused"`
}

// EditedCase is a case and the version that came of an edit.
type EditedCase struct {
	ID  parley.CaseID `json:"id" maxLength:"64"`
	Rev int64         `json:"rev"`
}

// RefusedCase is a case that stayed as it is.
type RefusedCase struct {
	ID     parley.CaseID `json:"id"`
	Number int64         `json:"number" doc:"0 = not known to who asks"`
	Code   string        `json:"code" enum:"not_found,unchanged,changed_since,too_late"`
}

// EditCases closes, reopens or assigns cases, at most 500, in one commit behind
// the live commands. What cannot be changed is told case by case, and the others
// are changed all the same.
//
// Errors: parley.ErrForbidden, an Invalid one.
// Source: CRM-03; issue 4, section 1.
func (r *Records) EditCases(ctx context.Context, me parley.Actor, in CaseEdit) (CaseEdits, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return CaseEdits{}, err
	}
	var f parley.Faults
	parley.OneOf(&f, "do", in.Do, "close", "reopen", "assign")
	if in.Do == "assign" && in.Assignee != "" {
		if _, err := r.store.View().Person(ctx, in.Assignee); absent(err) {
			f.Add("assignee_id", "unknown")
		} else if err != nil {
			return CaseEdits{}, err
		}
	}
	if err := f.Err(); err != nil {
		return CaseEdits{}, err
	}
	of := manyOf{action: "edit_cases"}
	for _, id := range in.Cases {
		of.ids = append(of.ids, string(id))
	}
	return r.editCases(ctx, me, of, func(_ context.Context, _ *many, c parley.Case) (parley.Case, string, error) {
		return in.applied(c), "unchanged", nil
	})
}

// applied returns a case with the edit done to it.
func (in CaseEdit) applied(c parley.Case) parley.Case {
	switch in.Do {
	case "close":
		c.Status = parley.CaseClosed
	case "reopen":
		c.Status = parley.CaseOpen
	case "assign":
		c.Assignee = in.Assignee
	}
	return c
}

// UndoCases takes back what EditCases did, for ten minutes, to who did it: each
// case that nobody saved since is what its history says it was.
//
// Errors: parley.ErrForbidden.
func (r *Records) UndoCases(ctx context.Context, me parley.Actor, in CaseUndo) (CaseEdits, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return CaseEdits{}, err
	}
	of, rev := manyOf{action: "undo_edit_cases"}, map[parley.CaseID]int64{}
	for _, one := range in.Changed {
		of.ids, rev[one.ID] = append(of.ids, string(one.ID)), one.Rev
	}
	return r.editCases(ctx, me, of, func(ctx context.Context, m *many, c parley.Case) (parley.Case, string, error) {
		if c.Rev != rev[c.ID] {
			return c, "changed_since", nil
		}
		before, err := m.caseBefore(ctx, c)
		return before, "too_late", err
	})
}

// caseBefore returns a case as it was before its last save; as it is, if that was
// somebody else's or is too long ago.
func (m *many) caseBefore(ctx context.Context, c parley.Case) (parley.Case, error) {
	changes, err := m.mine(ctx, string(c.ID), c.Rev)
	old := c
	for _, h := range changes {
		switch h.Field {
		case "status":
			old.Status = parley.CaseStatus(h.Before)
		case "assignee":
			old.Assignee = parley.AgentID(h.Before)
		}
	}
	if err != nil || old.Status != parley.CaseClosed || c.Status == parley.CaseClosed {
		return old, err
	}
	old.ClosedAt = c.CreatedAt // unless its history knows when
	history, err := m.v.RecordChanges(ctx, string(c.ID), 0, saveMax)
	for _, h := range history {
		if h.Rev < c.Rev && h.Field == "status" && h.After == string(parley.CaseClosed) {
			old.ClosedAt = h.At
			break
		}
	}
	return old, err
}

// editCases changes each case into what change says; code is said of one that stays
// as it is.
func (r *Records) editCases(ctx context.Context, me parley.Actor, of manyOf,
	change func(ctx context.Context, m *many, c parley.Case) (after parley.Case, code string, err error)) (CaseEdits, error) {
	numbers := map[string]int64{}
	of.list, of.whole = "cases", true
	of.each = func(ctx context.Context, m *many, id string) error {
		old, err := seen(ctx, m.v.View, me, parley.CaseID(id))
		if absent(err) {
			return m.refuse(id, "not_found")
		}
		if err != nil {
			return err
		}
		numbers[id] = old.Number
		c, code, err := change(ctx, m, old)
		switch {
		case err != nil:
			return err
		case c.Status == old.Status && c.Assignee == old.Assignee:
			return m.refuse(id, code)
		}
		return m.saveCase(ctx, old, c)
	}
	did, err := r.editEach(ctx, me, of)
	out := CaseEdits{Changed: []EditedCase{}, Refused: []RefusedCase{}}
	for _, one := range did.Changed {
		out.Changed = append(out.Changed, EditedCase{parley.CaseID(one.ID), one.Rev})
	}
	for _, one := range did.Refused {
		out.Refused = append(out.Refused, RefusedCase{parley.CaseID(one.ID), numbers[one.ID], one.Code})
	}
	return out, err
}

// saveCase lists a case with another status or assignee.
func (m *many) saveCase(ctx context.Context, old, c parley.Case) error {
	switch {
	case c.Status == parley.CaseOpen:
		c.ClosedAt = parley.FromMillis(0)
	case old.Status == parley.CaseOpen && c.ClosedAt.Equal(old.ClosedAt):
		c.ClosedAt = m.v.Now
	}
	var err error
	if c.Group, err = m.groupOf(ctx, c.Owner()); err != nil {
		return err
	}
	type kept struct {
		Status   parley.CaseStatus `json:"status"`
		Assignee parley.AgentID    `json:"assignee_id"`
	}
	id := string(c.ID)
	m.was[id], m.is[id] = kept{old.Status, old.Assignee}, kept{c.Status, c.Assignee}
	c.UpdatedAt, c.Rev = m.v.Now, old.Rev+1
	return m.change(parley.Entry{Interaction: c.Interaction, Subject: id}, c.Rev, func(r *store.Rows) {
		r.SaveCase(c)
		r.SaveCaseWork(c)
		recordCase(r, m.me.By(), old, c)
	})
}

// groupOf returns the group of a case's owner.
func (m *many) groupOf(ctx context.Context, owner parley.AgentID) (parley.GroupID, error) {
	group, ok := m.groups[owner]
	if ok || owner == "" {
		return group, nil
	}
	p, err := m.v.Person(ctx, owner)
	m.groups[owner] = p.Group
	return p.Group, unlessAbsent(err)
}
