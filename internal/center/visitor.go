package center

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/settings"
	"parley/internal/store"
)

// How long a visitor's token opens their conversation.
//
// Source: A-042.
const (
	tokenIdle     = 30 * 24 * time.Hour // without a word
	tokenAfterEnd = 30 * time.Minute
	tokenRenew    = 24 * time.Hour // a word moves the end on once a day
)

// tokenPrefix tells a visitor's token from every other secret.
const tokenPrefix = "vt_"

// newToken returns a token of 256 random bits, and the hash that is kept of it.
//
// Source: A-033.
func newToken() (token, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	token = tokenPrefix + base64.RawURLEncoding.EncodeToString(b[:])
	return token, hashToken(token)
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// ResolveVisitor returns whose token it is. Errors: parley.ErrUnauthenticated.
//
// Source.
func (c *Center) ResolveVisitor(ctx context.Context, token string) (parley.Actor, error) {
	if len(token) < len(tokenPrefix)+40 || token[:len(tokenPrefix)] != tokenPrefix {
		return parley.Actor{}, parley.ErrUnauthenticated
	}
	v, err := c.store.Visit(ctx, hashToken(token))
	if unlessAbsent(err) != nil {
		return parley.Actor{}, err
	}
	now := c.clock.Now()
	if err != nil || now.After(v.Until) {
		return parley.Actor{}, parley.ErrUnauthenticated
	}
	if left := v.Until.Sub(now); left < tokenIdle-tokenRenew && left > tokenAfterEnd {
		err = c.renew(ctx, v.Conversation)
	}
	return parley.Actor{Visitor: v.Conversation}, err
}

// renew lets the token of an open conversation live on.
func (c *Center) renew(ctx context.Context, id parley.ConversationID) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name: "renew_visit",
		Plan: func(_ context.Context, v ledger.View) (ledger.Plan, error) {
			if _, open := v.Router.OpenOf(id); !open {
				return ledger.Plan{}, nil
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.SaveVisitUntil(id, v.Now.Add(tokenIdle)) }}, nil
		},
	})
}

// Contact is somebody who wants to talk.
type Contact struct {
	EntryPoint parley.EntryPointID
	ClientID   string // made by the widget: a repeat begins nothing new
	Visitor    parley.Visitor
	Consent    string // version of the words they agreed to, "" = none
}

// Begun is the conversation that follows, and the token that opens it.
type Begun struct {
	Conversation parley.ConversationID `json:"conversation"`
	Token        string                `json:"token"`
}

// Begin runs the entry point's script for a new contact and puts it into its
// queue. A repeat finds the same conversation and gets a fresh token; the one
// before opens nothing any more.
//
// Errors: parley.ErrNotFound for an unknown entry point, ErrClosed out of hours
// with when it opens, ErrInvalid with every field at fault, ErrTextTooLong,
// ErrConsentRequired with the words to agree to, ErrConflict for a repeat of one that has been over for too long.
// Source: WEB-02, SCR-03, SCR-05, SCR-07, I1, I2.
func (c *Center) Begin(ctx context.Context, who Contact) (Begun, error) {
	if err := checkClientID(who.ClientID); err != nil {
		return Begun{}, err
	}
	b, err := c.config(ctx)
	if err != nil {
		return Begun{}, err
	}
	e, ok := b.entrance[who.EntryPoint]
	if !ok {
		return Begun{}, parley.ErrNotFound
	}
	if who.Visitor, err = b.introduce(e, who.Visitor); err != nil {
		return Begun{}, err
	}
	who.Visitor = c.unmarked(who.Visitor)
	token, hash := newToken()
	var id parley.ConversationID
	err = c.ledger.Do(ctx, ledger.Command{
		Name:  "begin",
		Touch: []string{who.ClientID},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			had, err := v.ConversationBegun(ctx, e.ID, who.ClientID)
			if err == nil {
				id = had.ID
				return planReturn(ctx, v, id, hash)
			}
			if unlessAbsent(err) != nil {
				return ledger.Plan{}, err
			}
			id = parley.ConversationID(parley.NewID("con", v.Now))
			return c.planBegin(ctx, v, newcomer{b, e, who, id, hash})
		},
	})
	return Begun{Conversation: id, Token: token}, err
}

// planReturn gives a conversation that was begun before a fresh token. One that
// has been over for too long stays closed.
func planReturn(ctx context.Context, v ledger.View, id parley.ConversationID, hash string) (ledger.Plan, error) {
	until, err := v.VisitUntil(ctx, id)
	if err != nil {
		return ledger.Plan{}, err
	}
	if v.Now.After(until) {
		return ledger.Plan{}, parley.ErrConflict
	}
	if _, open := v.Router.OpenOf(id); open {
		until = v.Now.Add(tokenIdle)
	}
	return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.SaveVisit(id, hash, until) }}, nil
}

// newcomer is a contact at the door of an entry point.
type newcomer struct {
	book     *book
	entrance parley.EntryPoint
	Contact
	id   parley.ConversationID
	hash string
}

func (c *Center) planBegin(ctx context.Context, v ledger.View, n newcomer) (ledger.Plan, error) {
	interaction := parley.InteractionID(parley.NewID("int", v.Now))
	conversation := parley.Conversation{
		ID: n.id, EntryPoint: n.entrance.ID, Channel: n.entrance.Channel, Visitor: n.Visitor, ClientID: n.ClientID, CreatedAt: v.Now,
	}
	out, err := c.begins(ctx, v, entering{n.entrance, n.book, conversation, true, n.Visitor.Question})
	if err == nil {
		err = refused(out.Outcome)
	}
	if err != nil {
		return ledger.Plan{}, err
	}
	given, err := script.Agreed(n.entrance.Script, n.Visitor.Language, n.Consent)
	if err != nil {
		return ledger.Plan{}, err
	}
	if given != nil {
		given.At = v.Now
	}
	c.memory.begins(n.id)
	return c.opens(v, n.book.arrive(n.entrance, n.id, interaction), out, func(r *store.Rows) {
		r.AddConversation(conversation, n.hash, v.Now.Add(tokenIdle))
		consents(r, interaction, n.id, given)
		c.ask(r, parley.Message{
			Conversation: n.id, Interaction: interaction, ClientID: n.ClientID + "-q", Text: n.Visitor.Question, At: v.Now,
		})
	}), nil
}

// opens is what follows from somebody who may come in on the web, after what they
// said: where their script leads, and what it says.
func (c *Center) opens(v ledger.View, a routing.Arrive, out scripted, first func(*store.Rows)) ledger.Plan {
	a, then := out.arrive(a)
	where := spot{"", a.Conversation, a.Interaction, v.Now}
	return ledger.Plan{
		Route: a, Routes: then,
		Rows: func(r *store.Rows, _ []routing.Event) {
			first(r)
			c.walked(r, where, a.Interaction, out)
		},
	}
}

// refused turns an exit of the script that leads nowhere into a refusal.
func refused(out script.Outcome) error {
	switch out.Exit {
	case script.ToClosed:
		return parley.ErrClosed.With(map[string]any{"opens_at": parley.Millis(out.Opens), "closed_text": out.Closed})
	case script.ToForm:
		return parley.ErrInvalid(out.Faults...)
	}
	return nil
}

// arrive is what routing is asked for a contact that the script sent on.
func (b *book) arrive(e parley.EntryPoint, id parley.ConversationID, interaction parley.InteractionID) routing.Arrive {
	at := settings.At{EntryPoint: e.ID}
	return routing.Arrive{
		Interaction: interaction, Conversation: id, Queue: e.Queue, Web: true,
		QueueGrace:    b.values.Seconds("resume.queue_grace_s", at),
		CustomerGrace: b.values.Seconds("resume.customer_grace_s", at),
		Silence:       b.silence(e.ID),
	}
}

// ask lists a visitor's question as their first message.
func (c *Center) ask(r *store.Rows, m parley.Message) {
	if m.Text == "" {
		return
	}
	m.ID, m.Sender = parley.MessageID(parley.NewID("msg", m.At)), parley.FromCustomer
	c.say(r, &m)
}

// introduce checks what a contact says of themselves. What their browser says is
// shortened instead: no visitor can mend it.
//
// Errors: parley.ErrInvalid with every field at fault, ErrTextTooLong for the
// question.
// Source: SCR-05, A-002, A-012.
func (b *book) introduce(e parley.EntryPoint, who parley.Visitor) (parley.Visitor, error) {
	var faults []parley.FieldError
	who.Name = line(script.FieldName, who.Name, NameMax, &faults)
	who.Email = line(script.FieldEmail, who.Email, EmailMax, &faults)
	who.Phone = line(script.FieldPhone, who.Phone, PhoneMax, &faults)
	who.AccountNumber = line(script.FieldAccountNumber, who.AccountNumber, NumberMax, &faults)
	who.CaseNumber = line(script.FieldCaseNumber, who.CaseNumber, NumberMax, &faults)
	who.Variables = variables(who.Variables)
	if who.Email != "" && !parley.IsEmail(who.Email) {
		faults = append(faults, parley.FieldError{Field: script.FieldEmail, Code: "invalid_email"})
	}
	if who.ZoneOffset < -zoneMax || who.ZoneOffset > zoneMax {
		who.ZoneOffset = 0
	}
	who.Page, who.UserAgent, who.IP = cut(parley.WebPage(who.Page), PageMax), cut(who.UserAgent, BrowserMax), cut(who.IP, NumberMax)
	who.Language = script.Language(e.Script, who.Language)
	if len(faults) > 0 {
		return who, parley.ErrInvalid(faults...)
	}
	var err error
	if who.Question != "" {
		who.Question, err = question(who.Question, b.customerLimit(e.Channel))
	}
	return who, err
}

// zoneMax is the farthest a zone lies from UTC.
//
// Unit: minutes.
const zoneMax = 14 * 60

// question is a text that may also be left empty.
func question(text string, limit int) (string, error) {
	text, err := normal(script.FieldQuestion, text)
	if err != nil || isBlank(text) {
		return "", err
	}
	return clean(script.FieldQuestion, text, limit)
}

// Door is what a widget shows before anybody writes.
type Door struct {
	ID          parley.EntryPointID `json:"id"`
	Open        bool                `json:"open"`
	OpensAt     int64               `json:"opens_at"`
	Zone        string              `json:"zone"`
	Title       string              `json:"title"`
	Greeting    string              `json:"greeting"`
	ClosedText  string              `json:"closed_text"`
	Form        []parley.Field      `json:"form" doc:"what is asked before a chat, in order; the field consent takes the version of the words agreed to"`
	SkipQueue   bool                `json:"skip_queue"`
	OfflineForm bool                `json:"offline_form"`
	Position    bool                `json:"position"`
	CustomerEnd bool                `json:"customer_end"`
	Attachments bool                `json:"attachments" doc:"files may be sent"`
	Accent      string              `json:"accent"`
	Language    string              `json:"language"`
	Limit       int                 `json:"limit"`
	Consent     *script.Terms       `json:"consent,omitempty" doc:"what must be agreed to before a chat, or before a message is left; none = nothing"`
}

// Door returns an entry point as visitors see it.
//
// Errors: parley.ErrNotFound.
// Source: WEB-02, WEB-03, SCR-06.
func (c *Center) Door(ctx context.Context, id parley.EntryPointID, language string) (Door, error) {
	b, err := c.config(ctx)
	if err != nil {
		return Door{}, err
	}
	e, ok := b.entrance[id]
	if !ok {
		return Door{}, parley.ErrNotFound
	}
	now := c.clock.Now()
	s := e.Script
	s.Form = nil // whether it is open does not depend on the form
	open := e
	open.Script = s
	out := b.door(open, language, now)
	return Door{
		ID: e.ID, Open: out.Exit != script.ToClosed, OpensAt: parley.Millis(out.Opens), Zone: s.Schedule.Zone,
		Title: s.Title.In(out.Language), Greeting: out.Greeting, ClosedText: closedText(s, out),
		Form: script.Asked(e.Script, out.Language), SkipQueue: s.SkipQueue, OfflineForm: s.OfflineForm, Position: s.Position,
		CustomerEnd: s.CustomerEnd, Attachments: s.Attachments, Accent: s.Accent, Language: out.Language, Limit: b.customerLimit(e.Channel),
		Consent: script.TermsOf(s, out.Language),
	}, nil
}

// door runs an entry point's script for somebody of whom nothing is known yet.
func (b *book) door(e parley.EntryPoint, language string, now time.Time) script.Outcome {
	who := script.Contact{Visitor: parley.Visitor{Language: language}}
	if f := b.flow(e); f != nil {
		return script.Enter(e, &f.Flow, who, now)
	}
	return script.Enter(e, nil, who, now)
}

// closedText is what is shown out of hours: the flow's words if it is closed now.
func closedText(s parley.Script, out script.Outcome) string {
	if out.Closed != "" {
		return out.Closed
	}
	return s.Closed.In(out.Language)
}

// EntryPoint returns an entry point, for the pages that show its widget.
// Errors: parley.ErrNotFound.
func (c *Center) EntryPoint(ctx context.Context, id parley.EntryPointID) (parley.EntryPoint, error) {
	b, err := c.config(ctx)
	if err != nil {
		return parley.EntryPoint{}, err
	}
	e, ok := b.entrance[id]
	if !ok {
		return e, parley.ErrNotFound
	}
	return e, nil
}
