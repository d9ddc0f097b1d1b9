package records

import (
	"context"
	"errors"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// link is an interaction and the customer it is to belong to. The zero link
// does nothing.
type link struct {
	interaction  parley.InteractionID
	conversation parley.ConversationID
	customer     parley.CustomerID
	before       parley.CustomerID // whose it was
	log          parley.Case       // its case, the zero one if it has none
	keys         []store.CustomerKey
	last         store.Audit // the last row of the audit log
}

// linkOf looks up what linking an interaction changes. "" = nothing. The command
// touches the audit log.
//
// Errors: parley.ErrNotFound if there is no such interaction, or it is not
// theirs.
func linkOf(ctx context.Context, v store.View, me parley.Actor, id parley.InteractionID, to parley.CustomerID) (link, error) {
	if id == "" {
		return link{}, nil
	}
	i, err := v.Interaction(ctx, id)
	if err != nil {
		return link{}, err
	}
	if !served(me, i) {
		return link{}, parley.ErrNotFound
	}
	log, err := v.CaseLog(ctx, id)
	if err != nil && !absent(err) {
		return link{}, err
	}
	talk, err := v.Conversation(ctx, i.Conversation)
	if err != nil {
		return link{}, err
	}
	last, err := v.AuditLast(ctx)
	if err != nil {
		return link{}, err
	}
	keys, err := KeysTo(ctx, v, i.Conversation, to)
	return link{interaction: id, conversation: i.Conversation, customer: to, before: talk.Customer, log: log, keys: keys, last: last}, err
}

// served reports whether an interaction is or was the actor's, or offered to
// them now, or is theirs to supervise.
func served(me parley.Actor, i store.Interaction) bool {
	if me.Has(parley.MaySupervise) {
		return true
	}
	offered := i.Offer != nil && i.Offer.Agent == me.Agent
	return me.Agent != "" && (i.Agent == me.Agent || offered)
}

// rows lists the link: the log moves with it. A second link is a re-link, and
// audited.
//
// Source: CRM-10, CRM-11.
func (l link) rows(r *store.Rows, me parley.Actor) {
	if l.interaction == "" {
		return
	}
	r.LinkCustomer(l.conversation, l.customer)
	for _, k := range l.keys {
		r.SaveCustomerKey(k)
	}
	subject := string(l.customer)
	if l.log.ID != "" && l.log.Customer != l.customer {
		l.log.Customer, l.log.UpdatedAt, l.log.Rev = l.customer, r.Now(), l.log.Rev+1
		r.SaveCase(l.log)
		subject = string(l.log.ID)
	}
	r.Entry(parley.Entry{
		Kind: parley.KindRecordChanged, Interaction: l.interaction, Conversation: l.conversation,
		Subject: subject, Agent: me.Agent,
	})
	relinked(r, l.last, me, change{string(l.interaction), l.before, l.customer})
}

// LinkCustomer says whose an interaction is: its conversation and its log
// belong to the customer from now on.
//
// Errors: parley.ErrForbidden, ErrNotFound; an Invalid one for an unknown
// customer.
func (r *Records) LinkCustomer(ctx context.Context, me parley.Actor, i parley.InteractionID, to parley.CustomerID) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "link_customer",
		Touch: []string{string(i), string(to), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			l, err := linkOf(ctx, v.View, me, i, to)
			if err != nil {
				return ledger.Plan{}, err
			}
			if err := known(ctx, v.View, to); err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) { l.rows(r, me) }), nil
		},
	})
}

// known reports whether a customer exists.
//
// Errors: an Invalid one that names customer_id.
func known(ctx context.Context, v store.View, id parley.CustomerID) error {
	_, err := v.Linked(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return parley.ErrInvalid(parley.FieldError{Field: "customer_id", Code: "unknown"})
	}
	return err
}

// change is a link that moved.
type change struct {
	subject       string
	before, after parley.CustomerID
}

// relinked audits a link that moved from one customer to another.
func relinked(r *store.Rows, last store.Audit, me parley.Actor, c change) {
	if c.before == "" || c.before == c.after {
		return
	}
	r.AddAudit(last, store.Audit{
		At: r.Now(), Actor: me.By(), IP: me.IP, Request: me.Request, Action: "record_relinked", Subject: c.subject,
		Before: `{"customer_id":"` + string(c.before) + `"}`,
		After:  `{"customer_id":"` + string(c.after) + `"}`,
	})
}
