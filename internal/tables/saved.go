package tables

import (
	"context"
	"net/url"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// SavedList is a list that somebody keeps under a name: what it is narrowed by, and
// the columns it shows.
type SavedList struct {
	ID      string   `json:"id"`
	List    string   `json:"list" enum:"customers,cases,interactions"`
	Name    string   `json:"name"`
	Query   string   `json:"query"`
	Columns []string `json:"columns" doc:"those shown; none = the usual ones"`
	Shared  bool     `json:"shared" doc:"everybody has it"`
	Mine    bool     `json:"mine"`
	Rev     int64    `json:"rev"`
}

// SavedListInput is what a person keeps.
type SavedListInput struct {
	List    string   `json:"list" enum:"customers,cases,interactions"`
	Name    string   `json:"name"`
	Query   string   `json:"query,omitempty" doc:"of the list's address: status=open&q=leger"`
	Columns []string `json:"columns,omitempty"`
	Shared  bool     `json:"shared,omitempty" doc:"supervisors share"`
	Rev     int64    `json:"rev,omitempty" doc:"the one that was edited; 0 for a new list"`
}

// The bounds of a saved list.
//
// Unit: code points; columns; lists of one person.
const (
	listNameMax    = 60
	listQueryMax   = 500
	listColumnsMax = 20
	listsMax       = 100
)

// SavedLists returns the lists that somebody may choose from: their own by name,
// then those that others share.
//
// Errors: parley.ErrForbidden.
func (t *Tables) SavedLists(ctx context.Context, me parley.Actor, of string) ([]SavedList, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return nil, err
	}
	all, err := t.store.View().SavedLists(ctx, of, me.Agent)
	out := make([]SavedList, 0, len(all))
	for _, s := range all {
		out = append(out, SavedList{ID: s.ID, List: s.List, Name: s.Name, Query: s.Query, Columns: s.Columns, Shared: s.Shared, Mine: s.Agent == me.Agent, Rev: s.Rev})
	}
	return out, err
}

// check returns a list as it is kept, or all that is wrong with it.
func (in SavedListInput) check(me parley.Actor) (store.SavedList, error) {
	var f parley.Faults
	s := store.SavedList{List: in.List, Name: identity.Text(in.Name), Query: in.Query, Columns: in.Columns, Shared: in.Shared, Agent: me.Agent}
	parley.OneOf(&f, "list", in.List, "customers", "cases", "interactions")
	f.Name("name", s.Name, 1, listNameMax)
	f.Text("query", s.Query, 0, listQueryMax)
	if _, err := url.ParseQuery(s.Query); err != nil {
		f.Add("query", "invalid")
	}
	columnsFit(&f, s.Columns)
	if s.Columns == nil {
		s.Columns = []string{}
	}
	if in.Shared && !me.Has(parley.MaySupervise) {
		return s, parley.ErrForbidden
	}
	return s, f.Err()
}

// SaveList keeps a list, or with an id changes one's own.
//
// Errors: parley.ErrForbidden for those who may not, ErrNotFound, ErrConflict if it
// was changed meanwhile, an Invalid one naming every field at fault.
func (t *Tables) SaveList(ctx context.Context, me parley.Actor, id string, in SavedListInput) (string, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return "", err
	}
	if me.Agent == "" {
		return "", parley.ErrForbidden
	}
	s, err := in.check(me)
	if err != nil {
		return "", err
	}
	s.ID = id
	if id == "" {
		s.ID = parley.NewID("lst", t.clock.Now())
	}
	return s.ID, t.ledger.Do(ctx, ledger.Command{Name: "save_list", Touch: []string{s.ID, string(me.Agent)}, Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
		s := s
		s.CreatedAt, s.Rev = v.Now, 1
		if id == "" {
			all, err := v.SavedLists(ctx, s.List, me.Agent)
			if err == nil && len(all) >= listsMax {
				err = parley.ErrInvalid(parley.FieldError{Field: "name", Code: "too_many"})
			}
			return rows(func(r *store.Rows) { r.SaveList(s) }), err
		}
		old, err := v.SavedList(ctx, id)
		switch {
		case err != nil:
			return ledger.Plan{}, err
		case old.Agent != me.Agent:
			return ledger.Plan{}, parley.ErrNotFound
		case old.Rev != in.Rev:
			return ledger.Plan{}, parley.ErrConflict
		}
		s.CreatedAt, s.List, s.Rev = old.CreatedAt, old.List, old.Rev+1
		return rows(func(r *store.Rows) { r.SaveList(s) }), nil
	}})
}

// DropList forgets a list: one's own, or a shared one as a supervisor.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (t *Tables) DropList(ctx context.Context, me parley.Actor, id string) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	return t.ledger.Do(ctx, ledger.Command{Name: "drop_list", Touch: []string{id}, Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
		s, err := v.SavedList(ctx, id)
		mine, ours := me.Agent != "" && s.Agent == me.Agent, s.Shared && me.Has(parley.MaySupervise)
		if err == nil && !mine && !ours {
			err = parley.ErrNotFound
		}
		return rows(func(r *store.Rows) { r.DropList(id) }), err
	}})
}
