package tables

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// ChosenColumns are the columns that lists show somebody on every machine, by list;
// a list that is not named shows the usual ones.
type ChosenColumns struct {
	Lists map[string][]string `json:"lists"`
}

// ColumnsInput is what somebody chooses for one list.
type ColumnsInput struct {
	Columns []string `json:"columns" doc:"those shown; none = the usual ones"`
}

// Columns returns which columns the lists show who asks.
//
// Errors: parley.ErrForbidden.
func (t *Tables) Columns(ctx context.Context, me parley.Actor) (ChosenColumns, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return ChosenColumns{}, err
	}
	all, err := t.store.View().ChosenColumns(ctx, me.Agent)
	return ChosenColumns{Lists: all}, err
}

// ChooseColumns keeps which columns a list shows who asks.
//
// Errors: parley.ErrForbidden for those who may not and for who is no agent, an
// Invalid one naming every field at fault.
func (t *Tables) ChooseColumns(ctx context.Context, me parley.Actor, of string, in ColumnsInput) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	if me.Agent == "" {
		return parley.ErrForbidden
	}
	var f parley.Faults
	parley.OneOf(&f, "list", of, "customers", "cases", "interactions")
	columnsFit(&f, in.Columns)
	if err := f.Err(); err != nil {
		return err
	}
	columns := append([]string{}, in.Columns...)
	return t.ledger.Do(ctx, ledger.Command{Name: "choose_columns", Touch: []string{string(me.Agent)}, Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
		return rows(func(r *store.Rows) { r.ChooseColumns(me.Agent, of, columns) }), nil
	}})
}

// columnsFit checks names of columns.
func columnsFit(f *parley.Faults, columns []string) {
	if len(columns) > listColumnsMax {
		f.Add("columns", "too_many")
		return
	}
	for i, c := range columns {
		f.Text(parley.Index("columns", i, ""), c, 1, listNameMax)
	}
}
