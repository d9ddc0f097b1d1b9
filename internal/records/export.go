package records

import (
	"context"
	"io"
	"strconv"
	"strings"

	"parley"
	"parley/internal/sheet"
)

// MayExport reports whether somebody may take records out. Errors:
// parley.ErrForbidden.
func (r *Records) MayExport(ctx context.Context, me parley.Actor) error {
	return r.allowed(ctx, me, ToExport)
}

// ExportCustomers writes the customers of a list to w, page by page, as a table
// that can be imported again. Flushed is called after each page.
//
// Errors: parley.ErrForbidden, and those of Customers.
// Source: A-001, SEC-07.
func (r *Records) ExportCustomers(ctx context.Context, me parley.Actor, q CustomerQuery, w io.Writer, flushed func() error) error {
	if err := r.allowed(ctx, me, ToExport); err != nil {
		return err
	}
	q.After, q.Limit = "", pageMax
	out, err := sheet.NewWriter(w, "account_number", "first_name", "last_name", "email", "phone", "open_cases", "created_at", "updated_at")
	return pages(out, err, flushed, func() (string, error) {
		page, err := r.Customers(ctx, me, q)
		for _, c := range page.Items {
			if err == nil {
				err = out.Row(c.AccountNumber, c.FirstName, c.LastName, strings.Join(c.Emails, "; "), strings.Join(c.Phones, "; "),
					strconv.Itoa(c.OpenCases), sheet.Time(c.CreatedAt), sheet.Time(c.UpdatedAt))
			}
		}
		q.After = page.Next
		return page.Next, err
	})
}

// ExportCases writes the cases of a list to w.
//
// Errors: parley.ErrForbidden, and those of Cases.
// Source: A-001, CRM-11.
func (r *Records) ExportCases(ctx context.Context, me parley.Actor, q CaseQuery, w io.Writer, flushed func() error) error {
	if err := r.allowed(ctx, me, ToExport); err != nil {
		return err
	}
	q.After, q.Limit = "", pageMax
	out, err := sheet.NewWriter(w, "number", "subject", "status", "draft", "customer", "agent", "notes", "created_at", "updated_at")
	return pages(out, err, flushed, func() (string, error) {
		page, err := r.Cases(ctx, me, q)
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
func (r *Records) ExportInteractions(ctx context.Context, me parley.Actor, q TalkedQuery, w io.Writer, flushed func() error) error {
	if err := r.allowed(ctx, me, ToExport); err != nil {
		return err
	}
	q.After, q.Limit = "", pageMax
	out, err := sheet.NewWriter(w, "number", "customer", "channel", "state", "queue", "agent", "created_at", "accepted_at", "ended_at")
	return pages(out, err, flushed, func() (string, error) {
		page, err := r.AllInteractions(ctx, me, q)
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

func nameOf(n *Named) string {
	if n == nil {
		return ""
	}
	return n.Name
}

func shown(p *Person) string {
	if p == nil {
		return ""
	}
	return p.Name
}
