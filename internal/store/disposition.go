package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"parley"
)

const listColumns = `
		SELECT id, name, name_fr, required, multiple, queues, groups, rev
		FROM disposition_lists`

// DispositionLists returns the lists that are not removed, by name, each with
// its codes.
func (v View) DispositionLists(ctx context.Context) ([]parley.DispositionList, error) {
	lists, err := list(ctx, v, scanDispositionList, listColumns+`
		WHERE NOT removed
		ORDER BY name, id`)
	if err != nil {
		return nil, err
	}
	codes, err := list(ctx, v, scanDisposition, `
		SELECT list_id, id, name, name_fr, short, report, active
		FROM dispositions
		ORDER BY list_id, sort_order, id`)
	for i, l := range lists {
		lists[i].Dispositions = codesOf(codes, l.ID)
	}
	return lists, err
}

// DispositionList returns one, also if it was removed. Errors: parley.ErrNotFound.
func (v View) DispositionList(ctx context.Context, id parley.ListID) (parley.DispositionList, error) {
	l, err := one(ctx, v, scanDispositionList, listColumns+`
		WHERE id = $1`, id)
	if err != nil {
		return l, err
	}
	codes, err := list(ctx, v, scanDisposition, `
		SELECT list_id, id, name, name_fr, short, report, active
		FROM dispositions
		WHERE list_id = $1
		ORDER BY sort_order, id`, id)
	l.Dispositions = codesOf(codes, id)
	return l, err
}

// listed is a code and the list it is in.
type listed struct {
	list parley.ListID
	parley.Disposition
}

func codesOf(codes []listed, id parley.ListID) []parley.Disposition {
	out := []parley.Disposition{}
	for _, c := range codes {
		if c.list == id {
			out = append(out, c.Disposition)
		}
	}
	return out
}

func scanDisposition(rows *sql.Rows) (listed, error) {
	var d listed
	err := rows.Scan(&d.list, &d.ID, &d.Name, &d.NameFR, &d.Short, &d.Report, &d.Active)
	return d, err
}

func scanDispositionList(rows *sql.Rows) (parley.DispositionList, error) {
	var l parley.DispositionList
	var queues, groups string
	if err := rows.Scan(&l.ID, &l.Name, &l.NameFR, &l.Required, &l.Multiple, &queues, &groups, &l.Rev); err != nil {
		return l, err
	}
	if err := errors.Join(json.Unmarshal([]byte(queues), &l.Queues), json.Unmarshal([]byte(groups), &l.Groups)); err != nil {
		return l, fmt.Errorf("queues or groups of %s: %w", l.ID, err)
	}
	return l, nil
}

// SaveDispositionList adds a list or replaces it. A code that is no longer in
// it becomes inactive: what was recorded with it keeps its name.
func (r *Rows) SaveDispositionList(l parley.DispositionList) {
	r.Exec(`
		INSERT INTO disposition_lists (id, name, name_fr, required, multiple, queues, groups, removed, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, name_fr = excluded.name_fr, required = excluded.required, multiple = excluded.multiple,
			queues = excluded.queues, groups = excluded.groups, rev = excluded.rev`,
		l.ID, l.Name, l.NameFR, l.Required, l.Multiple, string(mustJSON(l.Queues)), string(mustJSON(l.Groups)), false, l.Rev)
	r.Exec(`
		UPDATE dispositions
		SET active = $2, sort_order = $3
		WHERE list_id = $1`, l.ID, false, len(l.Dispositions))
	for i, d := range l.Dispositions {
		r.Exec(`
			INSERT INTO dispositions (id, list_id, name, name_fr, short, report, active, sort_order)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (id) DO UPDATE
			SET name = excluded.name, name_fr = excluded.name_fr, short = excluded.short, report = excluded.report,
				active = excluded.active, sort_order = excluded.sort_order`,
			d.ID, l.ID, d.Name, d.NameFR, d.Short, d.Report, d.Active, i)
	}
}

// RemoveDispositionList lists that a list is gone; what was recorded with its
// codes stays.
func (r *Rows) RemoveDispositionList(id parley.ListID) {
	r.Exec(`
		UPDATE disposition_lists
		SET removed = $2
		WHERE id = $1`, id, true)
}

// ChosenNames returns the codes of an interaction with their names, also those
// that are no longer offered.
func (v View) ChosenNames(ctx context.Context, i parley.InteractionID) ([]parley.Disposition, error) {
	codes, err := list(ctx, v, scanDisposition, `
		SELECT d.list_id, d.id, d.name, d.name_fr, d.short, d.report, d.active
		FROM interaction_dispositions c
		JOIN dispositions d ON d.id = c.disposition_id
		WHERE c.interaction_id = $1
		ORDER BY d.list_id, d.sort_order, d.id`, i)
	out := make([]parley.Disposition, 0, len(codes))
	for _, c := range codes {
		out = append(out, c.Disposition)
	}
	return out, err
}
