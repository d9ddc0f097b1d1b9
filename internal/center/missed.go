package center

import (
	"context"
	"errors"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/store"
)

// The kinds of missed contacts and how they stand.
const (
	kindForm      = "offline_form"
	kindSkipped   = "skipped"
	kindAbandoned = "abandoned"
	kindTimeout   = "queue_timeout"

	missedNew     = "new"
	missedTaken   = "taken"
	missedReplied = "replied"
	missedDone    = "done"
)

// missed adds a missed contact for an interaction that nobody served. Who left
// at once is one only if they left something: an e-mail, or a word.
//
// Source: WEB-02, I4, I7, I8, I9.
func (c *Center) missed(ctx context.Context, v ledger.View, e routing.InteractionClosed, r *store.Rows) error {
	kind := missedKind(e.State)
	if kind == "" {
		return nil
	}
	i, err := v.Interaction(ctx, e.Interaction)
	if err != nil || kind == kindAbandoned && i.Queue == "" { // I4: they never came to a queue
		return err
	}
	t, err := v.Conversation(ctx, i.Conversation)
	if err != nil {
		return err
	}
	var said []parley.Message
	if t.Visitor.Question == "" { // who has asked has said it: many may leave at once
		said, err = v.Transcript(ctx, i.Conversation, i.ID)
	}
	text := t.Visitor.Wanted(said)
	if err != nil || e.State == parley.ShortAbandoned && text == "" && t.Visitor.Email == "" {
		return err
	}
	m := parley.Missed{
		ID: parley.NewID("mis", v.Now), Kind: kind, Conversation: i.Conversation, Interaction: i.ID, EntryPoint: t.EntryPoint,
		Queue: i.Queue, Name: t.Visitor.Called(), Email: t.Visitor.Email, Text: text, State: missedNew, CreatedAt: v.Now,
	}
	if left, ok := c.left[i.ID]; ok {
		m = fill(m, left)
		delete(c.left, i.ID)
	}
	r.AddMissed(m)
	if to, ok := c.mails[i.ID]; ok {
		delete(c.mails, i.ID)
		writeTo(r, to, m)
	}
	missedChanged(r, m)
	return nil
}

func missedKind(s parley.InteractionState) string {
	switch s {
	case parley.Abandoned, parley.ShortAbandoned:
		return kindAbandoned
	case parley.Skipped:
		return kindSkipped
	case parley.QueueTimeout:
		return kindTimeout
	case parley.Offline:
		return kindForm
	}
	return ""
}

func missedChanged(r *store.Rows, m parley.Missed) {
	r.Entry(parley.Entry{
		Kind: parley.KindMissedChanged, Conversation: m.Conversation, Interaction: m.Interaction, Agent: m.Owner, Subject: m.ID,
	})
}

// Left is what a visitor leaves when nobody can serve them.
type Left struct {
	ClientID string
	Name     string
	Email    string
	Text     string
	Consent  string // version of the words they agreed to, "" = none
}

// check returns what was left as it is kept. Errors: parley.ErrInvalid with
// every field at fault, ErrTextTooLong.
func (l Left) check() (Left, error) {
	if err := checkClientID(l.ClientID); err != nil {
		return l, err
	}
	var faults []parley.FieldError
	l.Name = line(script.FieldName, l.Name, NameMax, &faults)
	l.Email = line(script.FieldEmail, l.Email, EmailMax, &faults)
	switch {
	case l.Email == "":
		faults = append(faults, parley.FieldError{Field: script.FieldEmail, Code: "required"})
	case !parley.IsEmail(l.Email):
		faults = append(faults, parley.FieldError{Field: script.FieldEmail, Code: "invalid_email"})
	}
	if isBlank(l.Text) {
		faults = append(faults, parley.FieldError{Field: "text", Code: "required"})
	}
	if len(faults) > 0 {
		return l, parley.ErrInvalid(faults...)
	}
	var err error
	l.Text, err = clean("text", l.Text, QuestionMax)
	return l, err
}

// Skip leaves the line for a message: somebody will write an e-mail. Twice is
// once; after a queue gave up, it fills in the contact that was missed.
//
// Errors: parley.ErrForbidden if the entry point does not offer it,
// ErrConflict while an agent serves them, ErrInvalid, ErrTextTooLong.
// Source: I8, I9, SCR-02.
func (c *Center) Skip(ctx context.Context, me parley.Actor, left Left) error {
	e, err := c.entranceOf(ctx, me)
	if err != nil {
		return err
	}
	if left, err = left.check(); err != nil {
		return err
	}
	left.Text = c.masked(left.Text)
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "skip_queue",
		Touch: []string{left.ClientID, string(me.Visitor)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if _, err := v.MissedLeft(ctx, left.ClientID); err == nil || unlessAbsent(err) != nil {
				return ledger.Plan{}, unlessAbsent(err)
			}
			return c.planSkip(ctx, v, me, skipping{e, left})
		},
	})
}

// skipping is what a visitor leaves, and where.
type skipping struct {
	entrance parley.EntryPoint
	Left
}

func (c *Center) planSkip(ctx context.Context, v ledger.View, me parley.Actor, s skipping) (ledger.Plan, error) {
	left := s.Left
	i, open := v.Router.OpenOf(me.Visitor)
	id := i.ID
	plan := ledger.Plan{}
	switch {
	case open && !s.entrance.Script.SkipQueue:
		return plan, parley.ErrForbidden
	case open:
		plan.Route = routing.SkipQueue{Interaction: id}
	default:
		front, err := readFront(ctx, v.View, me.Visitor)
		if err != nil {
			return plan, err
		}
		id = *front
	}
	if open { // the row is made when the interaction closes, in this commit
		plan.Rows = func(*store.Rows, []routing.Event) { c.left[id] = left }
		return plan, nil
	}
	m, err := v.MissedOf(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return plan, parley.ErrInteractionEnded // somebody served them
	}
	if err != nil {
		return plan, err
	}
	to, err := c.mailOf(ctx, v, id)
	if err != nil {
		return plan, err
	}
	plan.Rows = func(r *store.Rows, _ []routing.Event) {
		m = fill(m, left)
		m.Rev++
		r.SaveMissed(m)
		if to != "" {
			writeTo(r, to, m)
		}
		missedChanged(r, m)
	}
	return plan, nil
}

// fill writes what was left into a missed contact.
func fill(m parley.Missed, left Left) parley.Missed {
	m.ClientID, m.Name, m.Email, m.Text = left.ClientID, left.Name, left.Email, left.Text
	return m
}

// Leave keeps an offline form. A repeat adds nothing.
//
// Errors: parley.ErrNotFound, ErrForbidden if the entry point has no form,
// ErrInvalid, ErrTextTooLong, ErrConsentRequired with the words to agree to.
// Source: WEB-02, SCR-07, I3.
func (c *Center) Leave(ctx context.Context, id parley.EntryPointID, left Left) error {
	e, err := c.EntryPoint(ctx, id)
	if err != nil {
		return err
	}
	if !e.Script.OfflineForm {
		return parley.ErrForbidden
	}
	if left, err = left.check(); err != nil {
		return err
	}
	given, err := script.Agreed(e.Script, "", left.Consent)
	if err != nil {
		return err
	}
	left.Text = c.masked(left.Text)
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "leave_message",
		Touch: []string{left.ClientID},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if _, err := v.MissedLeft(ctx, left.ClientID); err == nil || unlessAbsent(err) != nil {
				return ledger.Plan{}, unlessAbsent(err)
			}
			m := fill(parley.Missed{
				ID: parley.NewID("mis", v.Now), Kind: kindForm, EntryPoint: id, Queue: e.Queue, State: missedNew, CreatedAt: v.Now,
			}, left)
			if given != nil {
				m.Consent = parley.Consent{Version: given.Version, Text: given.Text, At: v.Now}
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.AddMissed(m)
				missedChanged(r, m)
			}}, nil
		},
	})
}
