package records

import (
	"context"
	"slices"

	"parley"
	"parley/internal/store"
)

// Case is a case as people see it.
type Case struct {
	ID          parley.CaseID             `json:"id"`
	Number      int64                     `json:"number"`
	Customer    *Named                    `json:"customer"`    // null while unlinked
	Interaction *Talked                   `json:"interaction"` // null if it is no chat log
	Status      parley.CaseStatus         `json:"status"`
	Draft       bool                      `json:"draft"`
	Subject     string                    `json:"subject"`
	Notes       string                    `json:"notes"`
	Description string                    `json:"description"`
	Visibility  parley.Visibility         `json:"visibility" enum:"everyone,group,owner"`
	Severity    parley.Severity           `json:"severity" enum:"minor,normal,major,critical"`
	Priority    parley.Urgency            `json:"priority" enum:"low,normal,high,urgent"`
	Assignee    *Person                   `json:"assignee"` // whose it is now, null = nobody's
	Follows     *Numbered                 `json:"follows"`  // of a chat log: the case it was about
	Agent       *Person                   `json:"agent"`    // who made it
	ClosedAt    int64                     `json:"closed_at"`
	Fields      map[parley.FieldID]string `json:"fields,omitempty" doc:"of the center's own, by id; of one case, not of a list"`
	CreatedAt   int64                     `json:"created_at"`
	UpdatedAt   int64                     `json:"updated_at"`
	Rev         int64                     `json:"rev"`
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
	// Numbered is a case by its number.
	Numbered struct {
		ID     parley.CaseID `json:"id"`
		Number int64         `json:"number"`
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

// hideLogs takes from interactions the cases that log them where somebody may not see
// those.
//
// Source: CRM-03.
func hideLogs(ctx context.Context, v store.View, me parley.Actor, talks []store.Talked) error {
	if me.Has(parley.MaySupervise) {
		return nil
	}
	var ids []parley.CaseID
	for _, t := range talks {
		if t.Case != "" {
			ids = append(ids, t.Case)
		}
	}
	logs, err := v.Cases(ctx, ids...)
	for _, log := range logs {
		for i := range talks {
			if talks[i].Case == log.ID && !log.SeenBy(me) {
				talks[i].Case = ""
			}
		}
	}
	return err
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
			Description: c.Description, Visibility: c.Visibility, Severity: c.Severity, Priority: c.Priority,
			Assignee: person(c.Assignee, n.Assignee), ClosedAt: parley.Millis(c.ClosedAt),
			CreatedAt: parley.Millis(c.CreatedAt), UpdatedAt: parley.Millis(c.UpdatedAt), Rev: c.Rev,
		}
		if c.Follows != "" {
			out[i].Follows = &Numbered{c.Follows, n.Follows}
		}
	}
	return out, err
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
	Case         int64 // number, 0 = it was asked for by its interaction
	Interaction  store.Interaction
	Messages     []parley.Message
	Notes        []parley.Note
	Dispositions []parley.Disposition
}

// Transcript returns what a chat log holds. It is not for editing.
//
// Errors: parley.ErrForbidden; ErrNotFound, also for a case that is no chat log.
// Source: CRM-07, CRM-08.
func (r *Records) Transcript(ctx context.Context, me parley.Actor, id parley.CaseID) (t Transcript, err error) {
	if err := may(me, parley.MayRecords); err != nil {
		return t, err
	}
	err = r.store.Snapshot(ctx, func(v store.View, _ int64) error {
		c, err := seen(ctx, v, me, id)
		if err != nil {
			return err
		}
		t, err = TranscriptOf(ctx, v, c.Interaction)
		t.Case = c.Number
		return err
	})
	return t, err
}

// TranscriptOf returns all that was said and noted in an interaction.
//
// Errors: parley.ErrNotFound.
func TranscriptOf(ctx context.Context, v store.View, id parley.InteractionID) (t Transcript, err error) {
	if t.Interaction, err = v.Interaction(ctx, id); err != nil {
		return t, err
	}
	if t.Messages, err = v.Transcript(ctx, t.Interaction.Conversation, id); err != nil {
		return t, err
	}
	if t.Notes, err = v.Notes(ctx, id); err != nil {
		return t, err
	}
	t.Dispositions, err = v.ChosenNames(ctx, id)
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
	v := r.store.View()
	rows, err := v.TalkedWith(ctx, id, before, limit+1)
	if err == nil {
		err = hideLogs(ctx, v, me, rows)
	}
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
