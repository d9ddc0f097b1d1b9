package integration

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/crm"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// Ref names a record of an outside CRM, and Found is one.
type (
	Ref   = store.CRMRef
	Found = store.CRMRecord
)

// createWithin is how long a new record may take.
const createWithin = 10 * time.Second

// sees refuses whoever neither serves nor is offered an interaction.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func sees(ctx context.Context, v store.View, me parley.Actor, id parley.InteractionID) error {
	if me.Visitor != "" || !me.Has(parley.MayServe) && !me.Has(parley.MaySupervise) {
		return parley.ErrForbidden
	}
	i, err := v.Interaction(ctx, id)
	switch {
	case err != nil:
		return err
	case me.Has(parley.MaySupervise):
		return nil
	case me.Agent != "" && (i.Agent == me.Agent || i.Offer != nil && i.Offer.Agent == me.Agent):
		return nil
	}
	return parley.ErrNotFound
}

// Choose files an interaction under one of the records that were found; the zero
// one: under the first again. What was filed already moves there.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: DYN-04, DYN-05, E36.
func (i *Integration) Choose(ctx context.Context, me parley.Actor, a Asked, to store.CRMRef) error {
	return i.do(ctx, "choose_crm_record", a.touch(), func(ctx context.Context, v ledger.View) (func(*store.Rows), error) {
		if err := sees(ctx, v.View, me, a.Interaction); err != nil {
			return nil, err
		}
		m, err := v.CRMMatch(ctx, a.Interaction, a.Connection)
		if err != nil {
			return nil, err
		}
		if to.ID != "" && !slices.ContainsFunc(m.Records, func(r store.CRMRecord) bool { return r.CRMRef == to }) {
			return nil, parley.ErrNotFound
		}
		return chooses(ctx, v, me, m, to)
	})
}

// Asked is which interaction in which CRM.
type Asked struct {
	Interaction parley.InteractionID
	Connection  string
}

func (a Asked) touch() []string {
	return []string{string(a.Interaction), a.Connection, store.AuditTouch}
}

// chooses lists a choice.
//
// Source: E36.
func chooses(ctx context.Context, v ledger.View, me parley.Actor, m store.CRMMatch, to store.CRMRef) (func(*store.Rows), error) {
	before := m.Regarding()
	m.Chosen, m.ChosenBy = to, me.Agent
	return moves(ctx, v, me, m, before)
}

// moves lists a match with who it is filed under now. If that is another than
// before, and the log is there, or was refused, it is pushed again, and the audit
// log says so.
//
// Source: E36.
func moves(ctx context.Context, v ledger.View, me parley.Actor, m store.CRMMatch, before store.CRMRef) (func(*store.Rows), error) {
	m.Rev++
	l, err := v.CRMLogOf(ctx, m.Interaction, m.Connection)
	if errors.Is(err, parley.ErrNotFound) || err == nil && m.Regarding() == before {
		return func(r *store.Rows) { r.SaveCRMMatch(m) }, nil
	}
	if err != nil {
		return nil, err
	}
	last, err := v.AuditLast(ctx)
	if err != nil {
		return nil, err
	}
	row := store.Audit{
		At: v.Now, Actor: me.By(), IP: me.IP, Request: me.Request, Action: "relink_crm_log", Subject: string(m.Interaction),
		Before: told(before), After: told(m.Regarding()),
	}
	return func(r *store.Rows) {
		r.SaveCRMMatch(m)
		r.AddAudit(last, row)
		if l.State != store.CRMPending { // one that waits is filed under who is chosen then
			waits(r, l)
		}
	}, nil
}

func told(r store.CRMRef) string {
	b, _ := json.Marshal(r) // plain data always can
	return string(b)
}

// CRMNewRecord is somebody new, as an agent adds them to a CRM.
type CRMNewRecord struct {
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Email     string `json:"email"`
	Phone     string `json:"phone"`
}

// nameMax bounds a name, addressMax an e-mail or a phone.
//
// Unit: code points.
const (
	nameMax    = 50
	addressMax = 100
)

// Create adds a contact to a CRM and files the interaction under it.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one; crm_duplicate if the
// CRM knows them, crm_refused, crm_unavailable.
// Source: DYN-03, E35.
func (i *Integration) Create(ctx context.Context, me parley.Actor, a Asked, in CRMNewRecord) (store.CRMRecord, error) {
	var made store.CRMRecord
	v := i.Store.View()
	if err := sees(ctx, v, me, a.Interaction); err != nil {
		return made, err
	}
	p, err := whoOf(ctx, v, a.Interaction)
	if err != nil {
		return made, err
	}
	country, err := countryOf(ctx, v)
	if err != nil {
		return made, err
	}
	if p, err = in.over(p, country); err != nil {
		return made, err
	}
	c, err := v.Connection(ctx, a.Connection)
	if err != nil {
		return made, err
	}
	if c.Paused != "" || !c.RemovedAt.IsZero() {
		return made, errUnavailable
	}
	kind, to, err := i.opened(c)
	if err != nil {
		return made, refusal(verdict(err))
	}
	limited, cancel := context.WithTimeout(ctx, createWithin)
	defer cancel()
	record, err := kind.Create(limited, to, p)
	if e := verdict(err); e != nil && e.Code == crm.Duplicate {
		return made, errors.Join(refusal(e), i.adds(ctx, me, a, alike(limited, kind, to, p), false))
	}
	if err != nil {
		return made, refusal(verdict(err))
	}
	i.cache.drop(c.ID)
	made = keep([]crm.Record{record})[0]
	return made, i.adds(ctx, me, a, []store.CRMRecord{made}, true)
}

// adds puts records into the list of who fits: first, and chosen, one that was
// made; those the CRM held against a new one behind the others.
func (i *Integration) adds(ctx context.Context, me parley.Actor, a Asked, more []store.CRMRecord, made bool) error {
	if len(more) == 0 {
		return nil
	}
	return i.do(context.WithoutCancel(ctx), "create_crm_record", a.touch(), func(ctx context.Context, v ledger.View) (func(*store.Rows), error) {
		m, err := v.CRMMatch(ctx, a.Interaction, a.Connection)
		if errors.Is(err, parley.ErrNotFound) {
			m, err = store.CRMMatch{Interaction: a.Interaction, Connection: a.Connection}, nil
		}
		if err != nil {
			return nil, err
		}
		before := m.Regarding()
		m.State = store.CRMFound
		if made {
			m.Records = append(more, m.Records...)
			m.Chosen, m.ChosenBy = more[0].CRMRef, me.Agent
			return moves(ctx, v, me, m, before)
		}
		for _, r := range more {
			if !slices.ContainsFunc(m.Records, func(had store.CRMRecord) bool { return had.CRMRef == r.CRMRef }) {
				m.Records = append(m.Records, r)
			}
		}
		return moves(ctx, v, me, m, before)
	})
}

// alike are the records a CRM holds against a new one, as far as an address or a
// number finds them: an agent can choose who is shown to them. They fit what was
// typed, which nothing proves.
//
// Source: DYN-03, E35.
func alike(ctx context.Context, kind crm.CRM, to crm.Connection, p crm.Prefill) []store.CRMRecord {
	var hits []crm.Record
	for _, q := range []crm.Query{{Email: p.Email}, {Phone: p.Phone}} {
		if q == (crm.Query{}) {
			continue
		}
		more, err := kind.Search(ctx, to, q)
		if err == nil { // what cannot be asked is not shown
			hits = append(hits, more...)
		}
	}
	return question{claimed: true}.mark(keep(hits))
}

// over puts what was filled in over what was known.
func (in CRMNewRecord) over(p crm.Prefill, country string) (crm.Prefill, error) {
	var f parley.Faults
	p.FirstName, p.LastName, p.Email = identity.Text(in.FirstName), identity.Text(in.LastName), identity.Email(in.Email)
	p.Phone = strings.TrimSpace(in.Phone)
	if phone, ok := identity.Phone(p.Phone, country); ok {
		p.Phone = phone
	} else if p.Phone != "" {
		f.Add("phone", "not_a_phone")
	}
	f.Name("first_name", p.FirstName, 0, nameMax)
	f.Name("last_name", p.LastName, 1, nameMax)
	f.Text("email", p.Email, 0, addressMax)
	f.Text("phone", p.Phone, 0, addressMax)
	if p.Email != "" && !identity.IsEmail(p.Email) {
		f.Add("email", "not_an_email")
	}
	return p, f.Err()
}

// LookUp looks up again who writes.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: DYN-08.
func (i *Integration) LookUp(ctx context.Context, me parley.Actor, a Asked) error {
	return i.do(ctx, "look_up_crm", a.touch(), func(ctx context.Context, v ledger.View) (func(*store.Rows), error) {
		if err := sees(ctx, v.View, me, a.Interaction); err != nil {
			return nil, err
		}
		c, err := v.Connection(ctx, a.Connection)
		if err == nil && !c.RemovedAt.IsZero() {
			err = parley.ErrNotFound
		}
		if err != nil {
			return nil, err
		}
		m, err := v.CRMMatch(ctx, a.Interaction, a.Connection)
		if errors.Is(err, parley.ErrNotFound) {
			m, err = store.CRMMatch{Interaction: a.Interaction, Connection: a.Connection}, nil
		}
		if err != nil || m.State == store.CRMSearching {
			return nil, err
		}
		i.cache.drop(a.Connection)
		return func(r *store.Rows) { begins(r, m) }, nil
	})
}
