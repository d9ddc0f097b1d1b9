package records

import (
	"context"
	"slices"
	"strconv"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// VerifiedEmails returns the addresses of a customer that somebody made sure of.
// Nothing is mailed to any other.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (r *Records) VerifiedEmails(ctx context.Context, me parley.Actor, id parley.CustomerID) ([]string, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return nil, err
	}
	v := r.store.View()
	if _, err := v.Customer(ctx, id); err != nil {
		return nil, err
	}
	list, err := v.VerifiedEmails(ctx, id)
	if list == nil {
		list = []string{}
	}
	return list, err
}

// VerifyEmail says that an agent made sure that an address is the customer's: by
// asking back, or because an answer came from it. Without sure it is taken back.
// Both are audited.
//
// Errors: parley.ErrForbidden, ErrNotFound, also for an address that is not the
// customer's.
func (r *Records) VerifyEmail(ctx context.Context, me parley.Actor, id parley.CustomerID, email string, sure bool) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	email = identity.Email(email)
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "verify_email",
		Touch: []string{string(id), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, err := v.Customer(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if !slices.Contains(c.Emails, email) {
				return ledger.Plan{}, parley.ErrNotFound
			}
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				action := "email_verified"
				if sure {
					r.SaveVerifiedEmail(id, email, me.Agent)
				} else {
					action = "email_unverified"
					r.RemoveVerifiedEmail(id, email)
				}
				r.AddAudit(last, store.Audit{
					At: r.Now(), Actor: me.By(), IP: me.IP, Request: me.Request, Action: action, Subject: string(id),
				})
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(id), Agent: me.Agent})
			}), nil
		},
	})
}

// Verified returns a verified address of a customer: the one asked for, or the
// first if none was.
//
// Errors: parley.ErrEmailNotVerified.
func Verified(ctx context.Context, v store.View, id parley.CustomerID, email string) (string, error) {
	list, err := v.VerifiedEmails(ctx, id)
	if err != nil {
		return "", err
	}
	email = identity.Email(email)
	if email == "" && len(list) > 0 {
		return list[0], nil
	}
	if !slices.Contains(list, email) {
		return "", parley.ErrEmailNotVerified
	}
	return email, nil
}

// addressed is what is written to whom.
type addressed struct {
	kind  string
	email string // "" = the first that is verified
	text  string
}

// letterAbout returns the letter about a case. Its subject is ours: nothing a
// stranger typed stands in it.
func letterAbout(ctx context.Context, v ledger.View, me parley.Actor, c parley.Case, a addressed) (store.Letter, error) {
	if c.Customer == "" {
		return store.Letter{}, parley.ErrCustomerRequired
	}
	to, err := Verified(ctx, v.View, c.Customer, a.email)
	if err != nil {
		return store.Letter{}, err
	}
	center, err := v.Center(ctx)
	return store.Letter{
		ID: parley.NewID("let", v.Now), Kind: a.kind, Case: c.ID, Interaction: c.Interaction, Customer: c.Customer,
		Email: to, Subject: center.Name + " #" + strconv.FormatInt(c.Number, 10), Text: a.text, Agent: me.Agent,
	}, err
}

// NotifyInput is what the customer is told about a case.
type NotifyInput struct {
	Email string `json:"email,omitempty" maxLength:"254" doc:"a verified address of the customer; empty = the first"`
	Text  string `json:"text" doc:"what the mail says"`
}

// Notify mails the customer of a case, and keeps on the case that it did.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrCustomerRequired,
// ErrEmailNotVerified, an Invalid one.
// Source: CRM-03.
func (r *Records) Notify(ctx context.Context, me parley.Actor, id parley.CaseID, in NotifyInput) error {
	_, err := r.AddFollowUp(ctx, me, id, FollowUpInput{Kind: parley.FollowUpEmail, Email: in.Email, Text: in.Text})
	return err
}

func numbered(id parley.CaseID, number string) *Numbered {
	n, err := strconv.ParseInt(number, 10, 64)
	if id == "" || err != nil {
		return nil
	}
	return &Numbered{id, n}
}
