package records

import (
	"context"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/settings"
	"parley/internal/store"
)

// CaseInput is what a person fills in. What is left out of the second half stays
// as it is; of a new case it is what the house begins with.
type CaseInput struct {
	Customer parley.CustomerID `json:"customer_id,omitempty"`
	Status   parley.CaseStatus `json:"status,omitempty" enum:"open,closed"`
	Draft    bool              `json:"draft,omitempty"`
	Subject  string            `json:"subject,omitempty"`
	Notes    string            `json:"notes,omitempty"`
	Rev      int64             `json:"rev,omitempty"` // the one that was edited; 0 for a new case

	Description *string           `json:"description,omitempty"`
	Visibility  parley.Visibility `json:"visibility,omitempty" enum:"everyone,group,owner"`
	Severity    parley.Severity   `json:"severity,omitempty" enum:"minor,normal,major,critical"`
	Priority    parley.Urgency    `json:"priority,omitempty" enum:"low,normal,high,urgent"`
	Assignee    *parley.AgentID   `json:"assignee_id,omitempty"`
	Follows     *parley.CaseID    `json:"follows_id,omitempty" doc:"of a chat log: the case it was about"`
	Fields      map[string]string `json:"fields,omitempty" doc:"by id; without it what is kept stays"`
}

// into returns c with the input in it, or all that is wrong with it. What is
// saved for good has a customer.
//
// Source: CRM-03, CRM-11.
func (in CaseInput) into(ctx context.Context, v store.View, me parley.Actor, c parley.Case) (parley.Case, error) {
	var f parley.Faults
	c.Customer, c.Status, c.Draft = in.Customer, in.Status, in.Draft
	c.Subject, c.Notes = parley.OneLine(identity.Text(in.Subject)), identity.Text(in.Notes)
	f.Text("subject", c.Subject, 0, subjectMax)
	f.Text("notes", c.Notes, 0, notesMax)
	parley.OneOf(&f, "status", c.Status, parley.CaseOpen, parley.CaseClosed)
	in.work(&c, &f)
	if in.Fields != nil || c.Rev <= 1 && in.Rev == 0 {
		var err error
		asked := Asked{Of: parley.OfCase, Given: in.Fields, Before: c.Fields, New: in.Rev == 0}
		if c.Fields, err = FieldsOf(ctx, v, asked, &f); err != nil {
			return c, err
		}
	}
	if err := in.names(ctx, v, me, &c, &f); err != nil {
		return c, err
	}
	if err := f.Err(); err != nil {
		return c, err
	}
	if c.Customer == "" && !c.Draft {
		return c, parley.ErrCustomerRequired
	}
	return c, mask(ctx, v, &c.Subject, &c.Notes, &c.Description)
}

// work takes over what people say of a case besides what happened.
func (in CaseInput) work(c *parley.Case, f *parley.Faults) {
	if in.Description != nil {
		c.Description = identity.Text(*in.Description)
		f.Text("description", c.Description, 0, notesMax)
	}
	c.Visibility = or(in.Visibility, or(c.Visibility, parley.VisibleToEveryone))
	c.Severity = or(in.Severity, or(c.Severity, parley.SeverityNormal))
	c.Priority = or(in.Priority, or(c.Priority, parley.UrgencyNormal))
	parley.OneOf(f, "visibility", c.Visibility, parley.VisibleToEveryone, parley.VisibleToGroup, parley.VisibleToOwner)
	parley.OneOf(f, "severity", c.Severity, parley.SeverityMinor, parley.SeverityNormal, parley.SeverityMajor, parley.SeverityCritical)
	parley.OneOf(f, "priority", c.Priority, parley.UrgencyLow, parley.UrgencyNormal, parley.UrgencyHigh, parley.UrgencyUrgent)
}

func or[T ~string](value, otherwise T) T {
	if value == "" {
		return otherwise
	}
	return value
}

// names takes over who and what the input names, and refuses what there is not, for
// who asks.
func (in CaseInput) names(ctx context.Context, v store.View, me parley.Actor, c *parley.Case, f *parley.Faults) error {
	if in.Customer != "" {
		if _, err := v.Linked(ctx, in.Customer); absent(err) {
			f.Add("customer_id", "unknown")
		} else if err != nil {
			return err
		}
	}
	if in.Assignee != nil {
		c.Assignee = *in.Assignee
	}
	had := c.Follows
	if in.Follows != nil {
		c.Follows = *in.Follows
	}
	if in.Follows != nil && c.Follows != "" {
		about, err := v.Case(ctx, c.Follows)
		switch {
		case absent(err) || err == nil && (about.ID == c.ID || about.Follows != "" && about.Follows == c.ID):
			f.Add("follows_id", "unknown")
		case err != nil:
			return err
		case c.Follows != had && !about.SeenBy(me):
			f.Add("follows_id", "unknown")
		case about.Customer != c.Customer:
			f.Add("follows_id", "other_customer")
		}
	}
	c.Group = ""
	if owner := c.Owner(); owner != "" {
		p, err := v.Person(ctx, owner)
		if absent(err) && in.Assignee != nil {
			f.Add("assignee_id", "unknown")
			return nil
		}
		if err != nil && !absent(err) {
			return err
		}
		c.Group = p.Group
	}
	return nil
}

// seen returns a case that somebody may see.
//
// Errors: parley.ErrNotFound, also for one they may not see (CRM-03).
func seen(ctx context.Context, v store.View, me parley.Actor, id parley.CaseID) (parley.Case, error) {
	c, err := v.Case(ctx, id)
	if err != nil {
		return c, err
	}
	if !c.SeenBy(me) {
		return parley.Case{}, parley.ErrNotFound
	}
	values, err := v.FieldValues(ctx, id)
	c.Fields = values[string(id)]
	return c, err
}

// Case returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (r *Records) Case(ctx context.Context, me parley.Actor, id parley.CaseID) (Case, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Case{}, err
	}
	c, err := seen(ctx, r.store.View(), me, id)
	if err != nil {
		return Case{}, err
	}
	shown, err := cases(ctx, r.store.View(), c)
	shown[0].Fields = c.Fields
	return shown[0], err
}

// CreateCase adds a case that is no chat log.
//
// Errors: parley.ErrForbidden, ErrCustomerRequired, an Invalid one naming every
// field at fault.
func (r *Records) CreateCase(ctx context.Context, me parley.Actor, in CaseInput) (parley.CaseID, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return "", err
	}
	id := parley.CaseID(newID(r.clock.Now()))
	return id, r.ledger.Do(ctx, ledger.Command{
		Name: "create_case", Spare: in.Draft,
		Touch: []string{string(in.Customer)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, err := in.into(ctx, v.View, me, parley.Case{ID: id, Agent: me.Agent, CreatedAt: v.Now, UpdatedAt: v.Now, Rev: 1})
			if err != nil {
				return ledger.Plan{}, err
			}
			if c.Status == parley.CaseClosed {
				c.ClosedAt = v.Now
			}
			return rows(func(r *store.Rows) {
				r.AddCase(c)
				r.SaveCaseWork(c)
				r.SaveFieldValues(string(id), c.Fields)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(id), Agent: me.Agent, Data: isNew})
			}), nil
		},
	})
}

// SaveCase replaces a case. Choosing a customer moves the interaction it logs
// to them as well; choosing another one is audited. A log that is filed under
// another case is a new contact about that one.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if somebody else saved
// meanwhile, ErrCustomerRequired, an Invalid one naming every field at fault.
// Source: CRM-06, CRM-11.
func (r *Records) SaveCase(ctx context.Context, me parley.Actor, id parley.CaseID, in CaseInput) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name: "save_case", Spare: in.Draft,
		Touch: []string{string(id), string(in.Customer), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			old, err := seen(ctx, v.View, me, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if old.Rev != in.Rev {
				return ledger.Plan{}, parley.ErrConflict
			}
			c, err := in.into(ctx, v.View, me, old)
			if err != nil {
				return ledger.Plan{}, err
			}
			return planSave(ctx, v, me, old, c)
		},
	})
}

func planSave(ctx context.Context, v ledger.View, me parley.Actor, old, c parley.Case) (ledger.Plan, error) {
	c.UpdatedAt, c.Rev = v.Now, old.Rev+1
	switch {
	case c.Status == parley.CaseOpen:
		c.ClosedAt = parley.FromMillis(0)
	case old.Status == parley.CaseOpen:
		c.ClosedAt = v.Now
	}
	talk, err := conversationOf(ctx, v.View, c)
	if err != nil {
		return ledger.Plan{}, err
	}
	last, err := v.AuditLast(ctx)
	if err != nil {
		return ledger.Plan{}, err
	}
	values, err := v.Settings(ctx)
	if err != nil {
		return ledger.Plan{}, err
	}
	about, err := aboutOf(ctx, v.View, old, c)
	if err != nil {
		return ledger.Plan{}, err
	}
	return rows(func(r *store.Rows) {
		r.SaveCase(c)
		r.SaveCaseWork(c)
		r.SaveFieldValues(string(c.ID), c.Fields)
		recordCase(r, me.By(), old, c)
		about.contacted(r, c, me.Agent, settings.New(values))
		if talk != "" && c.Customer != "" && c.Customer != old.Customer {
			r.LinkCustomer(talk, c.Customer)
		}
		relinked(r, last, me, change{string(c.ID), old.Customer, c.Customer})
		r.Entry(parley.Entry{
			Kind: parley.KindRecordChanged, Interaction: c.Interaction, Conversation: talk,
			Subject: string(c.ID), Agent: me.Agent,
		})
	}), nil
}
