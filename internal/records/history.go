package records

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"parley"
	"parley/internal/store"
)

// Changed is what one save changed of one field.
//
// Source: CRM-02.
type Changed struct {
	Rev    int64  `json:"rev"`
	Field  string `json:"field" doc:"a field of the record, or the id of one of the center's own"`
	Before string `json:"before"`
	After  string `json:"after"`
	By     string `json:"by" doc:"who, as they are called; empty = the system or a program"`
	At     int64  `json:"at"`
}

// CustomerHistory returns who changed what of a customer when, the newest first.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrBadRequest.
func (r *Records) CustomerHistory(ctx context.Context, me parley.Actor, id parley.CustomerID, after string, limit int) (Page[Changed], error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Page[Changed]{}, err
	}
	v := r.store.View()
	if _, err := v.Customer(ctx, id); err != nil { // the history of cases and tasks has other doors
		return Page[Changed]{}, err
	}
	return changesOf(ctx, v, string(id), after, limit)
}

// changesOf returns a page of what was changed of a record, the newest first.
func changesOf(ctx context.Context, v store.View, id, after string, limit int) (Page[Changed], error) {
	var p Page[Changed]
	var before int64
	if after != "" {
		if err := at(after, &before); err != nil {
			return p, err
		}
	}
	most := bounded(limit)
	kept, err := v.RecordChanges(ctx, id, before, most+saveMax)
	if err != nil {
		return p, err
	}
	p.Items = make([]Changed, 0, most)
	for i, c := range kept {
		if i >= most && c.Rev != kept[i-1].Rev { // a page ends between two saves
			p.Next = cursor(kept[i-1].Rev)
			break
		}
		p.Items = append(p.Items, Changed{Rev: c.Rev, Field: c.Field, Before: c.Before, After: c.After, By: c.ByName, At: parley.Millis(c.At)})
	}
	return p, nil
}

// saveMax is how many fields one save changes at most.
const saveMax = 200

// record lists what became of a customer's fields.
func record(r *store.Rows, me parley.Actor, before, after parley.Customer) {
	recordEach(r, store.RecordChange{Record: string(after.ID), Rev: after.Rev, By: me.By()}, said(before), said(after))
}

// recordEach adds a change for each field that a save says anew. as says of what,
// and by whom.
func recordEach(r *store.Rows, as store.RecordChange, before, after map[string]string) {
	for _, field := range fieldsOf(before, after) {
		if before[field] != after[field] {
			as.Field, as.Before, as.After = field, before[field], after[field]
			r.AddRecordChange(as)
		}
	}
}

func fieldsOf(old, now map[string]string) []string {
	all := map[string]bool{}
	for _, m := range []map[string]string{old, now} {
		for field := range m {
			all[field] = true
		}
	}
	out := make([]string, 0, len(all))
	for field := range all {
		out = append(out, field)
	}
	slices.Sort(out)
	return out
}

// said returns a customer's fields as a person reads them.
func said(c parley.Customer) map[string]string {
	out := map[string]string{
		"account_number": c.AccountNumber, "first_name": c.FirstName, "last_name": c.LastName,
		"emails": strings.Join(c.Emails, ", "), "phones": strings.Join(c.Phones, ", "),
		"home": oneLine(c.Home), "other": oneLine(c.Other),
		"language": c.Language, "zone": c.Zone, "notes": c.Notes, "draft": strconv.FormatBool(c.Draft),
	}
	for id, value := range c.Fields {
		out[string(id)] = value
	}
	return out
}

func oneLine(p parley.PostalAddress) string {
	var parts []string
	for _, part := range []string{strings.ReplaceAll(p.Lines, "\n", ", "), p.City, p.Region, p.PostalCode, p.Country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// conflict says who saved a customer meanwhile, and when.
//
// Source: UX-43.
func conflict(ctx context.Context, v store.View, now parley.Customer) error {
	last, err := v.RecordChanges(ctx, string(now.ID), now.Rev+1, 1)
	if err != nil {
		return err
	}
	by := ""
	if len(last) > 0 && last[0].Rev == now.Rev {
		by = last[0].ByName
	}
	return parley.ErrConflict.With(map[string]any{"by": by, "at": parley.Millis(now.UpdatedAt)})
}
