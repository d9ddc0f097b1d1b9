package records

import (
	"context"
	"slices"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

// Case is a case as people see it.
type Case struct {
	ID          parley.CaseID     `json:"id"`
	Number      int64             `json:"number"`
	Customer    *Named            `json:"customer"`    // null while unlinked
	Interaction *Talked           `json:"interaction"` // null if it is no chat log
	Status      parley.CaseStatus `json:"status"`
	Draft       bool              `json:"draft"`
	Subject     string            `json:"subject"`
	Notes       string            `json:"notes"`
	Agent       *Person           `json:"agent"` // who made it
	CreatedAt   int64             `json:"created_at"`
	UpdatedAt   int64             `json:"updated_at"`
	Rev         int64             `json:"rev"`
}

// Named is a thing with its name, Person somebody with theirs.
type (
	Named struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	Person struct {
		ID   parley.AgentID `json:"id"`
		Name string         `json:"display_name"`
	}
)

// Talked is an interaction as lists of records show it.
type Talked struct {
	ID           parley.InteractionID    `json:"id"`
	Number       int64                   `json:"number"`
	Conversation parley.ConversationID   `json:"conversation_id"`
	Channel      parley.Channel          `json:"channel"`
	Customer     Named                   `json:"customer"` // in lists of all: the linked one, else what the visitor said
	State        parley.InteractionState `json:"state"`
	Queue        *Named                  `json:"queue"`
	Agent        *Person                 `json:"agent"`
	Case         parley.CaseID           `json:"case_id"`
	CreatedAt    int64                   `json:"created_at"`
	EntryAt      int64                   `json:"entry_at"`
	AcceptedAt   int64                   `json:"accepted_at"`
	EndedAt      int64                   `json:"ended_at"`
}

func talked(t store.Talked) *Talked {
	if t.ID == "" {
		return nil
	}
	return &Talked{
		ID: t.ID, Number: t.Number, Conversation: t.Conversation, Channel: t.Channel, State: t.State,
		Customer: Named{ID: string(t.Customer), Name: t.CustomerName}, EntryAt: parley.Millis(t.EntryAt),
		Queue: named(string(t.Queue), t.QueueName), Agent: person(t.Agent, t.AgentName), Case: t.Case,
		CreatedAt: parley.Millis(t.CreatedAt), AcceptedAt: parley.Millis(t.AcceptedAt), EndedAt: parley.Millis(t.EndedAt),
	}
}

func named(id, name string) *Named {
	if id == "" {
		return nil
	}
	return &Named{ID: id, Name: name}
}

func person(id parley.AgentID, name string) *Person {
	if id == "" {
		return nil
	}
	return &Person{ID: id, Name: name}
}

// cases returns cases as people see them.
func cases(ctx context.Context, v store.View, list ...parley.Case) ([]Case, error) {
	ids := make([]parley.CaseID, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	names, err := v.CaseNames(ctx, ids...)
	out := make([]Case, len(list))
	for i, c := range list {
		n := names[c.ID]
		out[i] = Case{
			ID: c.ID, Number: c.Number, Customer: named(string(c.Customer), n.Customer), Interaction: talked(n.Interaction),
			Status: c.Status, Draft: c.Draft, Subject: c.Subject, Notes: c.Notes, Agent: person(c.Agent, n.Agent),
			CreatedAt: parley.Millis(c.CreatedAt), UpdatedAt: parley.Millis(c.UpdatedAt), Rev: c.Rev,
		}
	}
	return out, err
}

// CaseInput is what a person fills in.
type CaseInput struct {
	Customer parley.CustomerID `json:"customer_id,omitempty"`
	Status   parley.CaseStatus `json:"status,omitempty" enum:"open,closed"`
	Draft    bool              `json:"draft,omitempty"`
	Subject  string            `json:"subject,omitempty"`
	Notes    string            `json:"notes,omitempty"`
	Rev      int64             `json:"rev,omitempty"` // the one that was edited; 0 for a new case
}

// into returns c with the input in it, or all that is wrong with it. What is
// saved for good has a customer.
//
// Source: CRM-03, CRM-11.
func (in CaseInput) into(ctx context.Context, v store.View, c parley.Case) (parley.Case, error) {
	var f parley.Faults
	c.Customer, c.Status, c.Draft = in.Customer, in.Status, in.Draft
	c.Subject, c.Notes = identity.Text(in.Subject), identity.Text(in.Notes)
	f.Text("subject", c.Subject, 0, subjectMax)
	f.Text("notes", c.Notes, 0, notesMax)
	parley.OneOf(&f, "status", c.Status, parley.CaseOpen, parley.CaseClosed)
	if in.Customer != "" {
		if _, err := v.Linked(ctx, in.Customer); absent(err) {
			f.Add("customer_id", "unknown")
		} else if err != nil {
			return c, err
		}
	}
	if err := f.Err(); err != nil {
		return c, err
	}
	if c.Customer == "" && !c.Draft {
		return c, parley.ErrCustomerRequired
	}
	return c, nil
}

// Case returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (r *Records) Case(ctx context.Context, me parley.Actor, id parley.CaseID) (Case, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Case{}, err
	}
	c, err := r.store.View().Case(ctx, id)
	if err != nil {
		return Case{}, err
	}
	shown, err := cases(ctx, r.store.View(), c)
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
		Name:  "create_case",
		Touch: []string{string(in.Customer)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, err := in.into(ctx, v.View, parley.Case{ID: id, Agent: me.Agent, CreatedAt: v.Now, UpdatedAt: v.Now, Rev: 1})
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.AddCase(c)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(id), Agent: me.Agent, Data: isNew})
			}), nil
		},
	})
}

// SaveCase replaces a case. Choosing a customer moves the interaction it logs
// to them as well; choosing another one is audited.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if somebody else saved
// meanwhile, ErrCustomerRequired, an Invalid one naming every field at fault.
// Source: CRM-11.
func (r *Records) SaveCase(ctx context.Context, me parley.Actor, id parley.CaseID, in CaseInput) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "save_case",
		Touch: []string{string(id), string(in.Customer), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			old, err := v.Case(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if old.Rev != in.Rev {
				return ledger.Plan{}, parley.ErrConflict
			}
			c, err := in.into(ctx, v.View, old)
			if err != nil {
				return ledger.Plan{}, err
			}
			c.UpdatedAt, c.Rev = v.Now, old.Rev+1
			talk, err := conversationOf(ctx, v.View, c)
			if err != nil {
				return ledger.Plan{}, err
			}
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.SaveCase(c)
				if talk != "" && c.Customer != "" && c.Customer != old.Customer {
					r.LinkCustomer(talk, c.Customer)
				}
				relinked(r, last, me, change{string(id), old.Customer, c.Customer})
				r.Entry(parley.Entry{
					Kind: parley.KindRecordChanged, Interaction: c.Interaction, Conversation: talk,
					Subject: string(id), Agent: me.Agent,
				})
			}), nil
		},
	})
}

// conversationOf returns the conversation a case logs a part of, "" if it is
// no chat log.
func conversationOf(ctx context.Context, v store.View, c parley.Case) (parley.ConversationID, error) {
	if c.Interaction == "" {
		return "", nil
	}
	i, err := v.Interaction(ctx, c.Interaction)
	return i.Conversation, err
}

// Transcript is all that was said and noted in the interaction a case logs.
type Transcript struct {
	Interaction  store.Interaction
	Messages     []parley.Message
	Notes        []parley.Note
	Dispositions []parley.Disposition
}

// Transcript returns what a chat log holds. It is not for editing.
//
// Errors: parley.ErrForbidden; ErrNotFound, also for a case that is no chat log.
// Source: CRM-07, CRM-08.
func (r *Records) Transcript(ctx context.Context, me parley.Actor, id parley.CaseID) (Transcript, error) {
	var t Transcript
	if err := may(me, parley.MayRecords); err != nil {
		return t, err
	}
	err := r.store.Snapshot(ctx, func(v store.View, _ int64) error {
		c, err := v.Case(ctx, id)
		if err != nil {
			return err
		}
		if t.Interaction, err = v.Interaction(ctx, c.Interaction); err != nil {
			return err
		}
		if t.Messages, err = v.Transcript(ctx, t.Interaction.Conversation, c.Interaction); err != nil {
			return err
		}
		if t.Notes, err = v.Notes(ctx, c.Interaction); err != nil {
			return err
		}
		t.Dispositions, err = v.ChosenNames(ctx, c.Interaction)
		return err
	})
	return t, err
}

// Interactions returns the interactions of a customer, the newest first.
//
// Errors: parley.ErrForbidden, ErrBadRequest for a wrong place.
// Source: CRM-14.
func (r *Records) Interactions(ctx context.Context, me parley.Actor, id parley.CustomerID, after string, limit int) (Page[Talked], error) {
	page := Page[Talked]{Items: []Talked{}}
	if err := may(me, parley.MayRecords); err != nil {
		return page, err
	}
	var before int64
	if after != "" {
		if err := at(after, &before); err != nil {
			return page, err
		}
	}
	limit = bounded(limit)
	rows, err := r.store.View().TalkedWith(ctx, id, before, limit+1)
	if err != nil {
		return page, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = cursor(rows[limit-1].Number)
	}
	for t := range slices.Values(rows) {
		page.Items = append(page.Items, *talked(t))
	}
	return page, nil
}
