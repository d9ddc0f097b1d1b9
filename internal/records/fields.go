package records

import (
	"context"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// RecordField is one of the center's own fields, as forms ask for it.
//
// Source: CRM-05.
type RecordField struct {
	ID      parley.FieldID     `json:"id"`
	Object  parley.FieldObject `json:"object"`
	Name    string             `json:"name"`
	Label   string             `json:"label"`
	LabelFR string             `json:"label_fr"`
	Type    parley.FieldType   `json:"type"`
	Default string             `json:"default"`
	Length  int                `json:"length" doc:"code points at most; of text, url and number"`
	Options []string           `json:"options" doc:"of a pick list"`
	Active  bool               `json:"active" doc:"is asked for; what is kept is shown all the same"`
}

// Fields returns the center's own fields of an object, in their order.
//
// Errors: parley.ErrForbidden.
func (r *Records) Fields(ctx context.Context, me parley.Actor, of parley.FieldObject) ([]RecordField, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return nil, err
	}
	kept, err := r.store.View().Fields(ctx, of)
	out := make([]RecordField, len(kept))
	for i, f := range kept {
		out[i] = RecordField{
			ID: f.ID, Object: f.Object, Name: f.Name, Label: f.Label, LabelFR: f.LabelFR, Type: f.Type,
			Default: f.Default, Length: f.Length, Options: f.Options, Active: f.Active,
		}
	}
	return out, err
}

// Asked is what somebody filled in of an object's fields.
type Asked struct {
	Of     parley.FieldObject
	Given  map[string]string         // by id; nil = nothing was said of them
	Before map[parley.FieldID]string // what they say now
	New    bool                      // of a new record: what is not given has its default
}

// FieldsOf returns the values of an object's fields as they are kept, and notes
// what is wrong with them. A field that is no longer asked for keeps its value.
//
// Source: CRM-05.
func FieldsOf(ctx context.Context, v store.View, a Asked, f *parley.Faults) (map[parley.FieldID]string, error) {
	known, err := v.Fields(ctx, a.Of)
	if err != nil {
		return nil, err
	}
	out, seen := map[parley.FieldID]string{}, 0
	for _, field := range known {
		given, ok := a.Given[string(field.ID)]
		if ok {
			seen++
		}
		before := a.Before[field.ID]
		switch {
		case !ok && a.New && field.Active:
			out[field.ID] = field.Default
		case !ok || !field.Active:
			out[field.ID] = before
		default:
			value, fault := identity.FieldValue(field, given)
			if fault != "" && value != before { // what was kept may stay, though an option is gone
				f.Add("fields."+string(field.ID), fault)
			}
			if field.Type == parley.FieldText {
				if err := mask(ctx, v, &value); err != nil {
					return nil, err
				}
			}
			out[field.ID] = value
		}
		if out[field.ID] == "" {
			delete(out, field.ID)
		}
	}
	if seen < len(a.Given) {
		f.Add("fields", "unknown")
	}
	return out, nil
}
