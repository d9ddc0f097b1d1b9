package records

import (
	"context"
	"encoding/json"
	"time"

	"parley"
	"parley/internal/ledger"
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

// The bounds of editing many.
const (
	editMax    = 500 // cases
	undoWithin = 10 * time.Minute
)

// editing gathers what one edit of many cases does.
type editing struct {
	v      ledger.View
	me     parley.Actor
	groups map[parley.AgentID]parley.GroupID
	out    CaseEdits
	saves  [][2]parley.Case // before and after
}

// EditCases closes, reopens or assigns cases, at most 500, in one commit behind
// the live commands. What cannot be changed is told case by case, and the others
// are changed all the same.
//
// Errors: parley.ErrForbidden, an Invalid one.
// Source: CRM-03; issue 4, section 1.
func (r *Records) EditCases(ctx context.Context, me parley.Actor, in CaseEdit) (CaseEdits, error) {
	return r.editMany(ctx, me, "edit_cases", len(in.Cases), func(e *editing) error {
		var f parley.Faults
		parley.OneOf(&f, "do", in.Do, "close", "reopen", "assign")
		if in.Do == "assign" && in.Assignee != "" {
			if _, err := e.v.Person(ctx, in.Assignee); absent(err) {
				f.Add("assignee_id", "unknown")
			} else if err != nil {
				return err
			}
		}
		if err := f.Err(); err != nil {
			return err
		}
		for _, id := range in.Cases {
			if err := e.each(ctx, id, func(c parley.Case) (parley.Case, string, error) { return in.applied(c), "unchanged", nil }); err != nil {
				return err
			}
		}
		return nil
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
	return r.editMany(ctx, me, "undo_edit_cases", len(in.Changed), func(e *editing) error {
		for _, one := range in.Changed {
			err := e.each(ctx, one.ID, func(c parley.Case) (parley.Case, string, error) {
				if c.Rev != one.Rev {
					return c, "changed_since", nil
				}
				before, err := e.before(ctx, c)
				return before, "too_late", err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// before returns a case as it was before its last save; as it is, if that was
// somebody else's or is too long ago.
func (e *editing) before(ctx context.Context, c parley.Case) (parley.Case, error) {
	history, err := e.v.RecordChanges(ctx, string(c.ID), 0, saveMax)
	if err != nil {
		return c, err
	}
	old := c
	for _, h := range history {
		if h.Rev != c.Rev || h.By != by(e.me) || e.v.Now.Sub(h.At) > undoWithin {
			continue
		}
		switch h.Field {
		case "status":
			old.Status = parley.CaseStatus(h.Before)
		case "assignee":
			old.Assignee = parley.AgentID(h.Before)
		}
	}
	if old.Status != parley.CaseClosed || c.Status == parley.CaseClosed {
		return old, nil
	}
	old.ClosedAt = c.CreatedAt // unless its history knows when
	for _, h := range history {
		if h.Rev < c.Rev && h.Field == "status" && h.After == string(parley.CaseClosed) {
			old.ClosedAt = h.At
			break
		}
	}
	return old, nil
}

// each changes one case, or says why not; code is said of one that stays as it is.
func (e *editing) each(ctx context.Context, id parley.CaseID, change func(parley.Case) (after parley.Case, code string, err error)) error {
	for _, done := range e.saves {
		if done[0].ID == id {
			return nil // named twice
		}
	}
	old, err := seen(ctx, e.v.View, e.me, id)
	if absent(err) {
		e.out.Refused = append(e.out.Refused, RefusedCase{ID: id, Code: "not_found"})
		return nil
	}
	if err != nil {
		return err
	}
	c, code, err := change(old)
	if err != nil {
		return err
	}
	if c.Status == old.Status && c.Assignee == old.Assignee {
		e.out.Refused = append(e.out.Refused, RefusedCase{ID: id, Number: old.Number, Code: code})
		return nil
	}
	switch {
	case c.Status == parley.CaseOpen:
		c.ClosedAt = parley.FromMillis(0)
	case old.Status == parley.CaseOpen && c.ClosedAt.Equal(old.ClosedAt):
		c.ClosedAt = e.v.Now
	}
	if c.Group, err = e.groupOf(ctx, c.Owner()); err != nil {
		return err
	}
	c.UpdatedAt, c.Rev = e.v.Now, old.Rev+1
	e.saves = append(e.saves, [2]parley.Case{old, c})
	e.out.Changed = append(e.out.Changed, EditedCase{c.ID, c.Rev})
	return nil
}

// groupOf returns the group of a case's owner.
func (e *editing) groupOf(ctx context.Context, owner parley.AgentID) (parley.GroupID, error) {
	group, ok := e.groups[owner]
	if ok || owner == "" {
		return group, nil
	}
	p, err := e.v.Person(ctx, owner)
	e.groups[owner] = p.Group
	return p.Group, unlessAbsent(err)
}

// editMany saves what an edit makes of cases, all or, if one cannot be, none.
func (r *Records) editMany(ctx context.Context, me parley.Actor, action string, n int, edit func(*editing) error) (CaseEdits, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return CaseEdits{}, err
	}
	if n > editMax {
		return CaseEdits{}, parley.ErrInvalid(parley.FieldError{Field: "cases", Code: "too_many"})
	}
	var out CaseEdits
	err := r.ledger.Bulk(ctx, func(ctx context.Context, v ledger.View) (ledger.Plan, bool, error) {
		e := editing{v: v, me: me, groups: map[parley.AgentID]parley.GroupID{}, out: CaseEdits{Changed: []EditedCase{}, Refused: []RefusedCase{}}}
		if err := edit(&e); err != nil {
			return ledger.Plan{}, false, err
		}
		last, err := v.AuditLast(ctx)
		out = e.out
		if err != nil || len(e.saves) == 0 {
			return ledger.Plan{}, false, err
		}
		return rows(func(r *store.Rows) { e.save(r, last, action) }), false, nil
	})
	return out, err
}

func (e *editing) save(r *store.Rows, last store.Audit, action string) {
	type kept struct {
		Status   parley.CaseStatus `json:"status"`
		Assignee parley.AgentID    `json:"assignee_id"`
	}
	before, after := map[parley.CaseID]kept{}, map[parley.CaseID]kept{}
	for _, s := range e.saves {
		old, c := s[0], s[1]
		r.SaveCase(c)
		r.SaveCaseWork(c)
		recordCase(r, by(e.me), old, c)
		r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Interaction: c.Interaction, Subject: string(c.ID), Agent: e.me.Agent})
		before[c.ID], after[c.ID] = kept{old.Status, old.Assignee}, kept{c.Status, c.Assignee}
	}
	row := store.Audit{At: r.Now(), Actor: by(e.me), IP: e.me.IP, Request: e.me.Request, Action: action, Subject: string(e.saves[0][1].ID)}
	row.Before, row.After = text(before), text(after)
	r.AddAudit(last, row)
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // ids and words always can be
		return ""
	}
	return string(b)
}
