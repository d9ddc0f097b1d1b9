package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"parley"
)

const fieldColumns = `
		SELECT id, object, name, label, label_fr, type, value, length, options, predefined, active, sort_order, rev
		FROM fields`

// Fields returns the fields of an object, "" = of all, in their order.
func (v View) Fields(ctx context.Context, of parley.FieldObject) ([]parley.CustomField, error) {
	return list(ctx, v, scanField, fieldColumns+`
		WHERE object = $1 OR $1 = ''
		ORDER BY object DESC, sort_order, name`, string(of))
}

// Field returns one. Errors: parley.ErrNotFound.
func (v View) Field(ctx context.Context, id parley.FieldID) (parley.CustomField, error) {
	return one(ctx, v, scanField, fieldColumns+`
		WHERE id = $1`, string(id))
}

func scanField(rows *sql.Rows) (parley.CustomField, error) {
	var f parley.CustomField
	var options string
	err := rows.Scan(&f.ID, &f.Object, &f.Name, &f.Label, &f.LabelFR, &f.Type, &f.Default, &f.Length, &options,
		&f.Predefined, &f.Active, &f.Order, &f.Rev)
	if err == nil {
		if err = json.Unmarshal([]byte(options), &f.Options); err != nil {
			err = fmt.Errorf("options of %s: %w", f.ID, err)
		}
	}
	return f, err
}

// SaveField adds a field or replaces what may change of one.
func (r *Rows) SaveField(f parley.CustomField) {
	if f.Options == nil {
		f.Options = []string{}
	}
	r.Exec(`
		INSERT INTO fields (id, object, name, label, label_fr, type, value, length, options, predefined, active, sort_order, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, label = excluded.label, label_fr = excluded.label_fr, value = excluded.value,
			length = excluded.length, options = excluded.options, active = excluded.active,
			sort_order = excluded.sort_order, rev = excluded.rev`,
		string(f.ID), string(f.Object), f.Name, f.Label, f.LabelFR, string(f.Type), f.Default, f.Length,
		string(mustJSON(f.Options)), f.Predefined, f.Active, f.Order, f.Rev)
}

// RemoveField removes a field that no record has a value of.
func (r *Rows) RemoveField(id parley.FieldID) {
	r.Exec(`
		DELETE FROM fields
		WHERE id = $1`, string(id))
}

// FieldUses returns how many records have a value of a field.
func (v View) FieldUses(ctx context.Context, id parley.FieldID) (int, error) {
	return one(ctx, v, scalar[int], `
		SELECT COUNT(*)
		FROM field_values
		WHERE field_id = $1`, string(id))
}

// fieldValue is what one field of a record says.
type fieldValue struct {
	record string
	field  parley.FieldID
	value  string
}

// FieldValues returns what the fields of records say, by record. One without
// any is not there.
func (v View) FieldValues(ctx context.Context, records ...any) (map[string]map[parley.FieldID]string, error) {
	out := map[string]map[parley.FieldID]string{}
	if len(records) == 0 {
		return out, nil
	}
	values, err := list(ctx, v, func(rows *sql.Rows) (f fieldValue, err error) {
		err = rows.Scan(&f.record, &f.field, &f.value)
		return f, err
	}, `
		SELECT record_id, field_id, value
		FROM field_values
		WHERE record_id IN (`+numbered(1, len(records))+`)`, records...)
	for _, f := range values {
		if out[f.record] == nil {
			out[f.record] = map[parley.FieldID]string{}
		}
		out[f.record][f.field] = f.value
	}
	return out, err
}

// SaveFieldValues replaces what the fields of a record say.
func (r *Rows) SaveFieldValues(record string, values map[parley.FieldID]string) {
	r.Exec(`
		DELETE FROM field_values
		WHERE record_id = $1`, record)
	for id, value := range values {
		if value != "" {
			r.Exec(`
		INSERT INTO field_values (record_id, field_id, value)
		VALUES ($1, $2, $3)`, record, string(id), value)
		}
	}
}
