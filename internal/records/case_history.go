package records

import (
	"context"
	"strconv"
	"time"

	"parley"
	"parley/internal/settings"
	"parley/internal/store"
)

// recordCase lists what became of a case's fields. People, customers and cases
// are kept by id: their names may be erased.
//
// Source: CRM-02, CRM-03.
func recordCase(r *store.Rows, by string, old, c parley.Case) {
	recordEach(r, store.RecordChange{Record: string(c.ID), Rev: c.Rev, By: by}, saidOf(old), saidOf(c))
}

func saidOf(c parley.Case) map[string]string {
	out := map[string]string{
		"customer": string(c.Customer), "status": string(c.Status), "draft": strconv.FormatBool(c.Draft),
		"subject": c.Subject, "notes": c.Notes, "description": c.Description, "visibility": string(c.Visibility),
		"severity": string(c.Severity), "priority": string(c.Priority), "assignee": string(c.Assignee),
		"follows": string(c.Follows),
	}
	for id, value := range c.Fields {
		out[string(id)] = value
	}
	return out
}

// about is the case that a log says a new contact was about; the zero one if it
// says none, or said so before.
type about struct{ parley.Case }

// aboutOf looks up the case a log is filed under, if it was not before.
func aboutOf(ctx context.Context, v store.View, old, c parley.Case) (about, error) {
	if c.Follows == "" || c.Follows == old.Follows {
		return about{}, nil
	}
	found, err := v.Case(ctx, c.Follows)
	if absent(err) {
		return about{}, nil
	}
	return about{found}, err
}

// contacted lists that a case got a new contact: a follow-up always, and by
// case.reopen a closed one is open again.
//
// Source: CRM-06.
func (a about) contacted(r *store.Rows, log parley.Case, by parley.AgentID, s settings.Values) {
	if a.ID == "" {
		return
	}
	r.AddFollowUp(parley.FollowUp{
		ID: parley.NewID("fup", r.Now()), Case: a.ID, Kind: parley.FollowUpContact, At: r.Now(), Log: log.ID, Agent: by, CreatedAt: r.Now(),
	})
	if a.Status == parley.CaseClosed && reopens(a.Case, r.Now(), s) {
		c := a.Case
		c.Status, c.ClosedAt, c.UpdatedAt, c.Rev = parley.CaseOpen, parley.FromMillis(0), r.Now(), c.Rev+1
		handling := s.Text("case.reopen_to", settings.At{}) == "handling"
		if c.Assignee == "" {
			c.Assignee = c.Agent
		}
		if handling && by != "" {
			c.Assignee = by
		}
		r.SaveCase(c)
		r.SaveCaseWork(c)
		recordCase(r, "", a.Case, c)
	}
	r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(a.ID), Agent: by})
}

// reopens reports whether a new contact opens a closed case again.
func reopens(c parley.Case, now time.Time, s settings.Values) bool {
	switch s.Text("case.reopen", settings.At{}) {
	case "always":
		return true
	case "within":
		closed := c.ClosedAt
		if closed.IsZero() {
			closed = c.UpdatedAt
		}
		days := s.Int("case.reopen_days", settings.At{})
		return !now.After(closed.Add(time.Duration(days) * 24 * time.Hour))
	}
	return false
}

// CaseHistory returns who changed what of a case when, the newest first, with
// people, customers and cases by their names.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrBadRequest.
func (r *Records) CaseHistory(ctx context.Context, me parley.Actor, id parley.CaseID, after string, limit int) (Page[Changed], error) {
	var p Page[Changed]
	if err := may(me, parley.MayRecords); err != nil {
		return p, err
	}
	v := r.store.View()
	if _, err := seen(ctx, v, me, id); err != nil {
		return p, err
	}
	p, err := changesOf(ctx, v, string(id), after, limit)
	if err != nil {
		return p, err
	}
	names := map[string]string{}
	for i, c := range p.Items {
		for _, value := range []string{c.Before, c.After} {
			if err := nameIn(ctx, v, names, c.Field, value); err != nil {
				return p, err
			}
		}
		if c.Field == "assignee" || c.Field == "customer" || c.Field == "follows" {
			p.Items[i].Before, p.Items[i].After = or(names[c.Before], c.Before), or(names[c.After], c.After)
		}
	}
	return p, nil
}
