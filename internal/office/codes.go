package office

import (
	"context"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// StatusCodeInput is what an administrator fills in.
//
// Source: PRE-13.
type StatusCodeInput struct {
	Applies string `json:"applies" enum:"on_break,work_offline,logged_out,reject"`
	Name    string `json:"name"`
	NameFR  string `json:"name_fr" required:"false"`
	Short   string `json:"short" required:"false"`
	Active  bool   `json:"active"`
	Order   int    `json:"order" required:"false"`
	Rev     int64  `json:"rev" required:"false"`
}

// StatusCode is a status code as administrators see one.
type StatusCode struct {
	ID parley.StatusCodeID `json:"id"`
	StatusCodeInput
}

// The bounds of coded results and statuses.
//
// Unit: code points.
const (
	codeNameMax = 80
	shortMax    = 12
	orderMax    = 1000
)

// StatusCodes returns all status codes, in their order.
func (o *Office) StatusCodes(ctx context.Context, me parley.Actor) ([]StatusCode, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return nil, err
	}
	codes, err := o.store.View().StatusCodes(ctx)
	list := make([]StatusCode, len(codes))
	for i, c := range codes {
		list[i] = shownCode(c)
	}
	return list, err
}

func shownCode(c parley.StatusCode) StatusCode {
	return StatusCode{ID: c.ID, StatusCodeInput: StatusCodeInput{
		Applies: c.Applies, Name: c.Name, NameFR: c.NameFR, Short: c.Short, Active: c.Active, Order: c.Order, Rev: c.Rev,
	}}
}

// CreateStatusCode adds a status code.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateStatusCode(ctx context.Context, me parley.Actor, in StatusCodeInput) (parley.StatusCodeID, error) {
	id := parley.StatusCodeID(o.id("stc"))
	return id, o.change(ctx, me, "create_status_code", func(context.Context, ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return in.save(parley.StatusCode{ID: id})
	})
}

// SaveStatusCode replaces a status code.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveStatusCode(ctx context.Context, me parley.Actor, id parley.StatusCodeID, in StatusCodeInput) error {
	return o.change(ctx, me, "save_status_code", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.StatusCode(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := ledger.Current(ctx, v, string(id), old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(old)
	})
}

func (in StatusCodeInput) save(old parley.StatusCode) (change, error) {
	var f parley.Faults
	code := parley.StatusCode{
		ID: old.ID, Applies: in.Applies, Name: identity.Text(in.Name), NameFR: identity.Text(in.NameFR),
		Short: identity.Text(in.Short), Active: in.Active, Order: in.Order, Rev: old.Rev + 1,
	}
	parley.OneOf(&f, "applies", code.Applies, string(parley.OnBreak), string(parley.WorkOffline), string(parley.LoggedOut), "reject")
	f.Name("name", code.Name, 1, codeNameMax)
	f.Name("name_fr", code.NameFR, 0, codeNameMax)
	f.Name("short", code.Short, 0, shortMax)
	f.Between("order", int64(code.Order), 0, orderMax)
	c := change{subject: string(code.ID), after: shownCode(code), rows: func(r *store.Rows) { r.SaveStatusCode(code) }}
	if old.Rev > 0 {
		c.before = shownCode(old)
	}
	return c, f.Err()
}

// RemoveStatusCode removes a status code; what was recorded with it keeps its id.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (o *Office) RemoveStatusCode(ctx context.Context, me parley.Actor, id parley.StatusCodeID) error {
	return o.change(ctx, me, "remove_status_code", func(ctx context.Context, v ledger.View) (change, error) {
		code, err := v.StatusCode(ctx, id)
		return change{subject: string(id), before: shownCode(code), rows: func(r *store.Rows) { r.RemoveStatusCode(id) }}, err
	})
}
