package office

import (
	"context"
	"regexp"
	"slices"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// CustomFieldInput is what an administrator fills in of a field of customers or cases.
type CustomFieldInput struct {
	Object  parley.FieldObject `json:"object" enum:"customer,case"`
	Name    string             `json:"name" doc:"of the API and of imports"`
	Label   string             `json:"label"`
	LabelFR string             `json:"label_fr" required:"false"`
	Type    parley.FieldType   `json:"type" enum:"text,url,number,date,pick_list" doc:"never changes"`
	Default string             `json:"default" required:"false" doc:"what a new record says"`
	Length  int                `json:"length" required:"false" doc:"code points at most, of text, url and number; 0 = 2,000"`
	Options []string           `json:"options" required:"false" doc:"of a pick list"`
	Active  bool               `json:"active" doc:"is asked for; what is kept stays"`
	Order   int                `json:"sort_order" required:"false"`
	Rev     int64              `json:"rev" required:"false"`
}

// CustomField is a field as administrators see one. What a record always has is
// built in, and can only be looked at.
//
// Source: CRM-05.
type CustomField struct {
	ID   parley.FieldID `json:"id"`
	Kind string         `json:"kind" enum:"system,predefined,custom"`
	CustomFieldInput
}

// The bounds of a field.
//
// Unit: code points; options.
// Source: CRM-05.
const (
	fieldNameMax   = 32
	fieldValueMax  = 85
	fieldLengthMax = 2000
	fieldOptionMax = 200
)

// fieldName is letters of any language, digits, and between them a space, a
// hyphen or an underline.
var fieldName = regexp.MustCompile(`^[\p{L}\p{N}]([\p{L}\p{N} _'-]*[\p{L}\p{N}])?$`)

// builtIn is a field that a record always has.
type builtIn struct{ name, label, labelFR string }

// built are the fields a record always has, for the list of fields.
var built = []struct {
	of     parley.FieldObject
	fields []builtIn
}{
	{parley.OfCustomer, []builtIn{
		{"account_number", "Account number", "Num\u00e9ro de compte"}, {"first_name", "First name", "Pr\u00e9nom"},
		{"last_name", "Last name", "Nom"}, {"emails", "E-mail addresses", "Adresses courriel"},
		{"phones", "Phone numbers", "Num\u00e9ros de t\u00e9l\u00e9phone"}, {"home", "Primary address", "Adresse principale"},
		{"other", "Secondary address", "Adresse secondaire"}, {"language", "Language", "Langue"},
		{"zone", "Time zone", "Fuseau horaire"}, {"notes", "Notes", "Notes"},
	}},
	{parley.OfCase, []builtIn{
		{"number", "Number", "Num\u00e9ro"}, {"customer", "Customer", "Client"}, {"status", "Status", "\u00c9tat"},
		{"severity", "Severity", "Gravit\u00e9"}, {"priority", "Priority", "Priorit\u00e9"}, {"subject", "Subject", "Objet"},
		{"description", "Description", "Description"}, {"assignee", "Assigned to", "Attribu\u00e9 \u00e0"},
	}},
}

// Fields returns the fields of customers and cases: the built-in ones first,
// then the center's own, in their order.
func (o *Office) Fields(ctx context.Context, me parley.Actor) ([]CustomField, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	own, err := o.store.View().Fields(ctx, "")
	if err != nil {
		return nil, err
	}
	var list []CustomField
	for _, b := range built {
		for _, f := range b.fields {
			list = append(list, CustomField{
				ID: parley.FieldID(string(b.of) + "." + f.name), Kind: "system",
				CustomFieldInput: CustomFieldInput{Object: b.of, Name: f.name, Label: f.label, LabelFR: f.labelFR, Type: parley.FieldText, Options: []string{}, Active: true},
			})
		}
		for _, f := range own {
			if f.Object == b.of {
				list = append(list, shownOwnField(f))
			}
		}
	}
	return list, nil
}

func shownOwnField(f parley.CustomField) CustomField {
	kind := "custom"
	if f.Predefined {
		kind = "predefined"
	}
	return CustomField{ID: f.ID, Kind: kind, CustomFieldInput: CustomFieldInput{
		Object: f.Object, Name: f.Name, Label: f.Label, LabelFR: f.LabelFR, Type: f.Type, Default: f.Default,
		Length: f.Length, Options: f.Options, Active: f.Active, Order: f.Order, Rev: f.Rev,
	}}
}

// CreateField adds a field.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateField(ctx context.Context, me parley.Actor, in CustomFieldInput) (parley.FieldID, error) {
	id := parley.FieldID(o.id("fld"))
	return id, o.change(ctx, me, "create_field", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return in.save(ctx, v, parley.CustomField{ID: id, Object: in.Object, Type: in.Type})
	})
}

// SaveField changes a field, but for what it holds and whose it is.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveField(ctx context.Context, me parley.Actor, id parley.FieldID, in CustomFieldInput) error {
	return o.change(ctx, me, "save_field", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.Field(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(ctx, v, old)
	})
}

func (in CustomFieldInput) save(ctx context.Context, v ledger.View, old parley.CustomField) (change, error) {
	others, err := v.Fields(ctx, old.Object)
	if err != nil {
		return change{}, err
	}
	f := parley.CustomField{
		ID: old.ID, Object: old.Object, Type: old.Type, Predefined: old.Predefined, Rev: old.Rev + 1,
		Name: identity.Text(in.Name), Label: identity.Text(in.Label), LabelFR: identity.Text(in.LabelFR),
		Default: identity.Text(in.Default), Length: in.Length, Options: []string{}, Active: in.Active, Order: in.Order,
	}
	for _, option := range in.Options {
		f.Options = append(f.Options, identity.Text(option))
	}
	faults := in.faults(f)
	if old.Rev > 0 && in.Type != old.Type {
		faults.Add("type", "fixed")
	}
	if old.Rev > 0 && in.Object != old.Object {
		faults.Add("object", "fixed")
	}
	if slices.ContainsFunc(others, func(other parley.CustomField) bool { return other.Name == f.Name && other.ID != f.ID }) {
		faults.Add("name", "taken")
	}
	c := change{subject: string(f.ID), after: shownOwnField(f), rows: func(r *store.Rows) { r.SaveField(f) }}
	if old.Rev > 0 {
		c.before = shownOwnField(old)
	}
	return c, faults.Err()
}

// faults notes what is wrong with a field.
func (in CustomFieldInput) faults(f parley.CustomField) (out parley.Faults) {
	parley.OneOf(&out, "object", f.Object, parley.OfCustomer, parley.OfCase)
	parley.OneOf(&out, "type", f.Type, parley.FieldText, parley.FieldURL, parley.FieldNumber, parley.FieldDate, parley.FieldPickList)
	for _, x := range []struct {
		name, text string
		least      int
	}{{"name", f.Name, 1}, {"label", f.Label, 1}, {"label_fr", f.LabelFR, 0}} {
		before := len(out)
		out.Name(x.name, x.text, x.least, fieldNameMax)
		if len(out) == before && x.text != "" && !fieldName.MatchString(x.text) {
			out.Add(x.name, "not_alphanumeric")
		}
	}
	out.Text("default", f.Default, 0, fieldValueMax)
	out.Between("length", int64(f.Length), 0, fieldLengthMax)
	if f.Type == parley.FieldPickList && len(f.Options) == 0 {
		out.Add("options", "required")
	}
	if len(f.Options) > fieldOptionMax {
		out.Add("options", "too_many")
	}
	for i, option := range f.Options {
		name := parley.Index("options", i, "")
		out.Name(name, option, 1, fieldValueMax)
		if slices.Index(f.Options, option) != i {
			out.Add(name, "repeated")
		}
	}
	if !slices.ContainsFunc(out, func(x parley.FieldError) bool { return x.Field == "default" }) {
		if _, fault := identity.FieldValue(f, f.Default); fault != "" {
			out.Add("default", fault) // no new record could be saved with it
		}
	}
	return out
}

// RemoveField removes a field of the center's own that no record has a value of.
//
// Errors: parley.ErrForbidden also for one that comes with the product,
// ErrNotFound, ErrInUse.
func (o *Office) RemoveField(ctx context.Context, me parley.Actor, id parley.FieldID) error {
	return o.change(ctx, me, "remove_field", func(ctx context.Context, v ledger.View) (change, error) {
		f, err := v.Field(ctx, id)
		if err != nil {
			return change{}, err
		}
		if f.Predefined {
			return change{}, parley.ErrForbidden
		}
		uses, err := v.FieldUses(ctx, id)
		if err != nil {
			return change{}, err
		}
		return change{subject: string(id), before: shownOwnField(f), rows: func(r *store.Rows) { r.RemoveField(id) }}, inUse(uses)
	})
}
