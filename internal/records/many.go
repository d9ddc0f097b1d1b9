package records

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// Edits is what became of each record of an edit of many.
type Edits struct {
	Changed []Edited  `json:"changed"`
	Refused []Refusal `json:"refused"`
}

// Edited is a record and the version that came of an edit.
type Edited struct {
	ID  string `json:"id" maxLength:"64"`
	Rev int64  `json:"rev"`
}

// Refusal is a record that stayed as it is.
type Refusal struct {
	ID   string `json:"id"`
	Code string `json:"code" enum:"not_found,unchanged,changed_since,too_late,conversation_open,taken"`
}

// EditsUndo takes an edit of many back.
type EditsUndo struct {
	Changed []Edited `json:"changed" minItems:"1" maxItems:"500" doc:"as the edit answered"`
}

// ids are the records of an undo, and the version each had.
func (u EditsUndo) ids() (ids []string, rev map[string]int64) {
	rev = map[string]int64{}
	for _, one := range u.Changed {
		ids, rev[one.ID] = append(ids, one.ID), one.Rev
	}
	return ids, rev
}

// The bounds of editing many. One commit changes no more than editPiece records, so
// that the live commands wait no longer than for that.
const (
	editMax    = 500
	editPiece  = 50
	undoWithin = 10 * time.Minute
)

// manyOf says what is done to which records.
type manyOf struct {
	action string // of the audit log
	did    string // what exactly, without a word of anybody's, where each does not tell
	list   string // what the ids are called in what was asked, "" = ids
	whole  bool   // all in one commit
	ids    []string
	each   func(ctx context.Context, m *many, id string) error
}

// many is one piece of an edit of many records.
type many struct {
	v    ledger.View
	me   parley.Actor
	out  Edits
	rows []func(*store.Rows)
	news []parley.Entry

	groups  map[parley.AgentID]parley.GroupID // of people, as far as they were asked for
	was, is map[string]any                    // of each record, what the audit log is told where manyOf does not say what was done
}

// refuse leaves a record as it is.
func (m *many) refuse(id, code string) error {
	m.out.Refused = append(m.out.Refused, Refusal{id, code})
	return nil
}

// change lists what becomes of a record, the subject of an entry.
func (m *many) change(of parley.Entry, rev int64, rows func(*store.Rows)) error {
	of.Kind, of.Agent = parley.KindRecordChanged, m.me.Agent
	m.out.Changed = append(m.out.Changed, Edited{of.Subject, rev})
	m.rows, m.news = append(m.rows, rows), append(m.news, of)
	return nil
}

// editEach does one thing to many records behind the live commands. What cannot be changed is told record by record, and the others
// are changed all the same.
//
// Errors: an Invalid one for too many, and those of each.
func (r *Records) editEach(ctx context.Context, me parley.Actor, of manyOf) (Edits, error) {
	out := Edits{Changed: []Edited{}, Refused: []Refusal{}}
	if len(of.ids) > editMax {
		return out, parley.ErrInvalid(parley.FieldError{Field: cmp.Or(of.list, "ids"), Code: "too_many"})
	}
	seen := map[string]bool{}
	ids := slices.DeleteFunc(slices.Clone(of.ids), func(id string) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
	size := editPiece
	if of.whole {
		size = editMax
	}
	for piece := range slices.Chunk(ids, size) {
		var did Edits
		err := r.ledger.Bulk(ctx, func(ctx context.Context, v ledger.View) (ledger.Plan, bool, error) {
			m := many{v: v, me: me, groups: map[parley.AgentID]parley.GroupID{}, was: map[string]any{}, is: map[string]any{}}
			for _, id := range piece {
				if err := of.each(ctx, &m, id); err != nil {
					return ledger.Plan{}, false, err
				}
			}
			last, err := v.AuditLast(ctx)
			if did = m.out; err != nil || len(m.rows) == 0 {
				return ledger.Plan{}, false, err
			}
			return rows(func(r *store.Rows) { m.save(r, last, of) }), false, nil
		})
		if err != nil {
			return out, err
		}
		out.Changed, out.Refused = append(out.Changed, did.Changed...), append(out.Refused, did.Refused...)
	}
	return out, nil
}

// save writes a piece, and one row of the audit log for it: ids, never words.
func (m *many) save(r *store.Rows, last store.Audit, of manyOf) {
	ids := make([]string, len(m.out.Changed))
	for i, one := range m.out.Changed {
		ids[i] = one.ID
		m.rows[i](r)
		r.Entry(m.news[i])
	}
	row := store.Audit{At: r.Now(), Actor: m.me.By(), IP: m.me.IP, Request: m.me.Request, Action: of.action, Subject: ids[0]}
	if row.After = text(map[string]any{"do": of.did, "ids": ids}); of.did == "" {
		row.Before, row.After = text(m.was), text(m.is)
	}
	r.AddAudit(last, row)
}

// mine returns the changes of a record's last save, if who asks saved it and it is
// not too long ago to be taken back.
func (m *many) mine(ctx context.Context, id string, rev int64) ([]store.RecordChange, error) {
	history, err := m.v.RecordChanges(ctx, id, 0, saveMax)
	return slices.DeleteFunc(history, func(h store.RecordChange) bool {
		return h.Rev != rev || h.By != m.me.By() || m.v.Now.Sub(h.At) > undoWithin
	}), err
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // ids and words always can be
		return ""
	}
	return string(b)
}
