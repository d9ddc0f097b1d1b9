package tables

import (
	"context"
	"io"
	"strconv"
	"strings"

	"parley"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/sheet"
	"parley/internal/store"
)

// pageSize is how much of a list is read at once.
//
// Unit: rows.
const pageSize = 100

// MayExport reports whether somebody may take records out. Errors:
// parley.ErrForbidden.
func (t *Tables) MayExport(ctx context.Context, me parley.Actor) error {
	return t.records.Allowed(ctx, me, records.ToExport)
}

// begins lets somebody who may take a list out do so, and keeps in the audit log
// that they did: which list, never what they looked for.
//
// Errors: parley.ErrForbidden.
// Source: A-117.
func (t *Tables) begins(ctx context.Context, me parley.Actor, list string) error {
	if err := t.records.Allowed(ctx, me, records.ToExport); err != nil {
		return err
	}
	return t.ledger.Do(ctx, ledger.Command{Name: "export_list", Spare: true, Touch: []string{store.AuditTouch}, Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
		last, err := v.AuditLast(ctx)
		return rows(func(r *store.Rows) {
			r.AddAudit(last, store.Audit{At: r.Now(), Actor: me.By(), IP: me.IP, Request: me.Request, Action: "export_list", Subject: list})
		}), err
	}})
}

// ExportCustomers writes the customers of a list to w, page by page, as a table
// that can be imported again: all that an import takes, under the same heads.
// Flushed is called after each page.
//
// Errors: parley.ErrForbidden, and those of Customers.
// Source: A-001, SEC-07.
func (t *Tables) ExportCustomers(ctx context.Context, me parley.Actor, q records.CustomerQuery, w io.Writer, flushed func() error) error {
	if err := t.begins(ctx, me, "customers"); err != nil {
		return err
	}
	known, err := t.columns(ctx)
	if err != nil {
		return err
	}
	head := make([]string, 0, len(known.out)+len(aside))
	for _, c := range known.out {
		head = append(head, c.name)
	}
	q.After, q.Limit = "", pageSize
	out, err := sheet.NewWriter(w, append(head, aside...)...)
	return pages(out, err, flushed, func() (string, error) {
		page, err := t.records.Customers(ctx, me, q)
		for _, c := range page.Items {
			if err != nil {
				break
			}
			cells := make([]string, 0, cap(head))
			for _, column := range known.out {
				cells = append(cells, column.of(c))
			}
			if cells, err = t.asides(ctx, cells, c); err == nil {
				err = out.Row(cells...)
			}
		}
		q.After = page.Next
		return page.Next, err
	})
}

// aside is what a table of customers says besides, which an import leaves alone:
// an address on a network is proven by who writes from it, not by a list.
var aside = []string{"identities", "open_cases", "created_at", "updated_at"}

func (t *Tables) asides(ctx context.Context, cells []string, c records.Customer) ([]string, error) {
	keys, err := t.store.View().KeysOfCustomer(ctx, c.ID)
	var written []string
	for _, k := range keys {
		if k.Kind != parley.KeyPhone && !k.Former {
			written = append(written, strings.TrimSpace(string(k.Kind)+" "+string(k.Value)+" "+k.Handle))
		}
	}
	return append(cells, strings.Join(written, "; "), strconv.Itoa(c.OpenCases), sheet.Time(c.CreatedAt), sheet.Time(c.UpdatedAt)), err
}

// ExportCases writes the cases of a list to w.
//
// Errors: parley.ErrForbidden, and those of Cases.
// Source: A-001, CRM-11.
func (t *Tables) ExportCases(ctx context.Context, me parley.Actor, q records.CaseQuery, w io.Writer, flushed func() error) error {
	if err := t.begins(ctx, me, "cases"); err != nil {
		return err
	}
	q.After, q.Limit = "", pageSize
	out, err := sheet.NewWriter(w, "number", "subject", "status", "draft", "customer", "agent", "notes", "created_at", "updated_at")
	return pages(out, err, flushed, func() (string, error) {
		page, err := t.records.Cases(ctx, me, q)
		for _, c := range page.Items {
			if err == nil {
				err = out.Row(strconv.FormatInt(c.Number, 10), c.Subject, string(c.Status), strconv.FormatBool(c.Draft), nameOf(c.Customer), shown(c.Agent),
					c.Notes, sheet.Time(c.CreatedAt), sheet.Time(c.UpdatedAt))
			}
		}
		q.After = page.Next
		return page.Next, err
	})
}

// ExportInteractions writes the interactions of a list to w: a supervisor's of
// everybody, an agent's of their own.
//
// Errors: parley.ErrForbidden, and those of AllInteractions.
// Source: A-001, MON-06.
func (t *Tables) ExportInteractions(ctx context.Context, me parley.Actor, q records.TalkedQuery, w io.Writer, flushed func() error) error {
	if err := t.begins(ctx, me, "interactions"); err != nil {
		return err
	}
	q.After, q.Limit = "", pageSize
	out, err := sheet.NewWriter(w, "number", "customer", "channel", "state", "queue", "agent", "created_at", "accepted_at", "ended_at")
	return pages(out, err, flushed, func() (string, error) {
		page, err := t.records.AllInteractions(ctx, me, q)
		for _, i := range page.Items {
			if err == nil {
				err = out.Row(strconv.FormatInt(i.Number, 10), i.Customer.Name, string(i.Channel), string(i.State), nameOf(i.Queue), shown(i.Agent),
					sheet.Time(i.CreatedAt), sheet.Time(i.AcceptedAt), sheet.Time(i.EndedAt))
			}
		}
		q.After = page.Next
		return page.Next, err
	})
}

// pages writes page after page until the last.
func pages(out *sheet.Writer, err error, flushed func() error, next func() (string, error)) error {
	for more := "first"; err == nil && more != ""; {
		if more, err = next(); err == nil {
			err = out.Flush()
		}
		if err == nil {
			err = flushed()
		}
	}
	return err
}

func nameOf(n *records.Named) string {
	if n == nil {
		return ""
	}
	return n.Name
}

func shown(p *records.Person) string {
	if p == nil {
		return ""
	}
	return p.Name
}
