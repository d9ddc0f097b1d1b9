package integration

import (
	"context"
	"time"

	"parley"
	"parley/internal/crm"
	"parley/internal/store"
)

// CRMStep is one line of a connection's check.
type CRMStep struct {
	Name   string `json:"name" doc:"secrets, access, logs, or search.<object>; the label's key is crms.check.<name>"`
	OK     bool   `json:"ok"`
	Code   string `json:"code" doc:"why not: auth, forbidden, config, transient ..."`
	Detail string `json:"detail" doc:"a word of ours (the label's key is crm.detail.<word>) or the CRM's own words; of access that is good, what proves us: a certificate"`
}

// CRMChecked is what a CRM says of our set-up.
type CRMChecked struct {
	OK      bool      `json:"ok"`
	Account string    `json:"account" doc:"the organisation, as the CRM calls it"`
	User    string    `json:"user" doc:"as whom we act"`
	Until   int64     `json:"until" doc:"when the certificate that proves us ends; 0: there is none"`
	Steps   []CRMStep `json:"steps"`
}

// checkWithin is how long a check may take.
const checkWithin = 20 * time.Second

// nobody is an address nobody has: a search for it shows only whether one may be
// made.
//
// Source: RFC 2606.
const nobody = "nobody@parley.invalid"

// Check asks a CRM whether address, credentials and rights are as they should be,
// step by step. What waits for one that answers waits no longer.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (i *Integration) Check(ctx context.Context, me parley.Actor, id string) (CRMChecked, error) {
	out := CRMChecked{Steps: []CRMStep{}}
	if !me.Has(parley.MayAdminister) {
		return out, parley.ErrForbidden
	}
	v := i.Store.View()
	c, err := v.Connection(ctx, id)
	if err == nil && !c.RemovedAt.IsZero() {
		err = parley.ErrNotFound
	}
	if err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	checked := i.checks(ctx, c, &out)
	counts, err := v.CRMLogsOpen(context.WithoutCancel(ctx))
	if err != nil {
		return out, err
	}
	logs := CRMStep{Name: "logs", OK: true}
	if i.shown(c, counts).Failed > 0 {
		logs.OK, logs.Code = false, "failed"
	}
	out.Steps = append(out.Steps, logs)
	if checked == nil {
		i.wakes(id)
	}
	out.OK = true
	for _, s := range out.Steps {
		out.OK = out.OK && s.OK
	}
	return out, nil
}

// checks asks the CRM itself. It returns why the CRM does not serve us, nil if it
// does.
func (i *Integration) checks(ctx context.Context, c store.Connection, out *CRMChecked) error {
	defer func() { i.hearing.hear(c, out.fault()) }()
	kind, to, err := i.opened(c)
	if out.step("secrets", err); err != nil {
		return err
	}
	health, err := kind.Check(ctx, to)
	out.Account, out.User, out.Until = health.Account, health.User, parley.Millis(health.Until)
	out.step("access", err)
	switch e := verdict(err); {
	case e == nil:
		out.Steps[len(out.Steps)-1].Detail = health.Detail
	case e.Code != crm.Forbidden: // where a right is missing, the searches say which
		return err
	}
	for _, o := range c.Objects {
		to.Objects = []string{o}
		_, err := kind.Search(ctx, to, crm.Query{Email: nobody})
		out.step("search."+o, err)
	}
	return err
}

// fault is the first line that is not as it should be, nil if all are.
func (c *CRMChecked) fault() *crm.Error {
	for _, s := range c.Steps {
		if !s.OK {
			return &crm.Error{Code: crm.Code(s.Code), Detail: s.Detail}
		}
	}
	return nil
}

// step adds a line.
func (c *CRMChecked) step(name string, err error) {
	s := CRMStep{Name: name, OK: err == nil}
	if e := verdict(err); e != nil {
		s.Code, s.Detail = string(e.Code), e.Detail
	}
	c.Steps = append(c.Steps, s)
}
