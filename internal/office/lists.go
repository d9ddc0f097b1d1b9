package office

import (
	"context"
	"slices"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// DispositionInput is one coded result. Without an id it is a new one.
//
// Source: WRP-06, WRP-09.
type DispositionInput struct {
	ID     parley.DispositionID `json:"id" required:"false"`
	Name   string               `json:"name"`
	NameFR string               `json:"name_fr" required:"false"`
	Short  string               `json:"short" required:"false"`
	Report string               `json:"report" required:"false"`
	Active bool                 `json:"active"`
}

// DispositionListInput is what an administrator fills in. A code that is left
// out becomes inactive: what was recorded with it keeps its name.
type DispositionListInput struct {
	Name     string             `json:"name"`
	NameFR   string             `json:"name_fr" required:"false"`
	Required bool               `json:"required"`
	Multiple bool               `json:"multiple"`
	Queues   []parley.QueueID   `json:"queues" required:"false"`
	Groups   []parley.GroupID   `json:"groups" required:"false"`
	Codes    []DispositionInput `json:"codes"`
	Rev      int64              `json:"rev" required:"false"`
}

// DispositionList is a list as administrators see one.
type DispositionList struct {
	ID parley.ListID `json:"id"`
	DispositionListInput
}

// codesMax is how many codes one list holds.
const codesMax = 200

// DispositionLists returns all lists with their codes, by name.
func (o *Office) DispositionLists(ctx context.Context, me parley.Actor) ([]DispositionList, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	lists, err := o.store.View().DispositionLists(ctx)
	out := make([]DispositionList, len(lists))
	for i, l := range lists {
		out[i] = shownList(l)
	}
	return out, err
}

func shownList(l parley.DispositionList) DispositionList {
	in := DispositionListInput{
		Name: l.Name, NameFR: l.NameFR, Required: l.Required, Multiple: l.Multiple,
		Queues: append([]parley.QueueID{}, l.Queues...), Groups: append([]parley.GroupID{}, l.Groups...),
		Codes: []DispositionInput{}, Rev: l.Rev,
	}
	for _, d := range l.Dispositions {
		in.Codes = append(in.Codes, DispositionInput(d))
	}
	return DispositionList{ID: l.ID, DispositionListInput: in}
}

// CreateDispositionList adds a list.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateDispositionList(ctx context.Context, me parley.Actor, in DispositionListInput) (parley.ListID, error) {
	id := parley.ListID(o.id("dsl"))
	return id, o.change(ctx, me, "create_disposition_list", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return o.saveList(ctx, v, in, parley.DispositionList{ID: id})
	})
}

// SaveDispositionList replaces a list. Whether a code is required of running
// interactions was settled when they ended (E28).
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveDispositionList(ctx context.Context, me parley.Actor, id parley.ListID, in DispositionListInput) error {
	return o.change(ctx, me, "save_disposition_list", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.DispositionList(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return o.saveList(ctx, v, in, old)
	})
}

func (o *Office) saveList(ctx context.Context, v ledger.View, in DispositionListInput, old parley.DispositionList) (change, error) {
	w, err := load(ctx, v.View)
	if err != nil {
		return change{}, err
	}
	l := parley.DispositionList{
		ID: old.ID, Name: identity.Text(in.Name), NameFR: identity.Text(in.NameFR), Required: in.Required,
		Multiple: in.Multiple, Queues: append([]parley.QueueID{}, in.Queues...), Groups: append([]parley.GroupID{}, in.Groups...),
		Rev: old.Rev + 1,
	}
	var f parley.Faults
	f.Name("name", l.Name, 1, codeNameMax)
	f.Name("name_fr", l.NameFR, 0, codeNameMax)
	for i, id := range l.Queues {
		if !knows(w.queues, id, queueID) {
			f.Add(parley.Index("queues", i, ""), "unknown")
		}
	}
	for i, id := range l.Groups {
		if _, known := w.groups[id]; !known {
			f.Add(parley.Index("groups", i, ""), "unknown")
		}
	}
	if len(in.Codes) > codesMax {
		f.Add("codes", "too_many")
	}
	l.Dispositions = o.dispositions(&f, in.Codes, old.Dispositions)
	if err := f.Err(); err != nil {
		return change{}, err
	}
	w.lists = put(w.lists, l, listID)
	c := change{
		subject: string(l.ID), after: shownList(l), routes: w.routes(v),
		rows: func(r *store.Rows) { r.SaveDispositionList(l) },
	}
	if old.Rev > 0 {
		c.before = shownList(old)
	}
	return c, nil
}

// dispositions checks the codes of a list and gives new ones an id.
func (o *Office) dispositions(f *parley.Faults, in []DispositionInput, had []parley.Disposition) []parley.Disposition {
	list := make([]parley.Disposition, len(in))
	for i, d := range in {
		d.Name, d.NameFR = identity.Text(d.Name), identity.Text(d.NameFR)
		d.Short, d.Report = identity.Text(d.Short), identity.Text(d.Report)
		f.Name(parley.Index("codes", i, "name"), d.Name, 1, codeNameMax)
		f.Name(parley.Index("codes", i, "name_fr"), d.NameFR, 0, codeNameMax)
		f.Name(parley.Index("codes", i, "short"), d.Short, 0, shortMax)
		f.Name(parley.Index("codes", i, "report"), d.Report, 0, codeNameMax)
		switch {
		case d.ID == "":
			d.ID = parley.DispositionID(o.id("dsp"))
		case !knows(had, d.ID, func(d parley.Disposition) parley.DispositionID { return d.ID }):
			f.Add(parley.Index("codes", i, "id"), "unknown")
		case slices.ContainsFunc(in[:i], func(other DispositionInput) bool { return other.ID == d.ID }):
			f.Add(parley.Index("codes", i, "id"), "repeated")
		}
		list[i] = parley.Disposition(d)
	}
	return list
}

// RemoveDispositionList removes a list; what was recorded with its codes stays.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (o *Office) RemoveDispositionList(ctx context.Context, me parley.Actor, id parley.ListID) error {
	return o.change(ctx, me, "remove_disposition_list", func(ctx context.Context, v ledger.View) (change, error) {
		w, err := load(ctx, v.View)
		if err != nil {
			return change{}, err
		}
		i := slices.IndexFunc(w.lists, func(l parley.DispositionList) bool { return l.ID == id })
		if i < 0 {
			return change{}, parley.ErrNotFound
		}
		gone := shownList(w.lists[i])
		w.lists = slices.Delete(w.lists, i, i+1)
		return change{
			subject: string(id), before: gone, routes: w.routes(v),
			rows: func(r *store.Rows) { r.RemoveDispositionList(id) },
		}, nil
	})
}
