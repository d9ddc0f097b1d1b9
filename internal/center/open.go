package center

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// The bounds of what programs say by the channel API.
//
// Unit: code points; files.
const (
	OpenKeyMax   = 128 // of a conversation's key and of an external id
	OpenFilesMax = 10
)

// handoverPrefer is for how long an agent is offered first what a bot hands over
// to them; then it is everybody's of the queue.
const handoverPrefer = 2 * time.Minute

// Posted is something a program says: a customer's words, or its own to them.
//
// Source: API-01.
type Posted struct {
	Conversation string // the key, chosen by the program
	ExternalID   string // a repeat adds nothing
	Bot          bool   // the program said it, not the customer
	Text         string
	Files        []parley.Attachment // with Ref: where each can be fetched
	Typing       bool                // the customer types; nothing is kept
	ReplyTo      string              // external id
	Name         string
	Email        string
	Phone        string
	Language     string
	Customer     parley.CustomerID // API-03
}

// OpenState is how far a conversation of the channel API is.
type OpenState string

// The states.
//
// Source: API-01.
const (
	OpenCreated OpenState = "created" // nobody was asked to serve it
	OpenActive  OpenState = "active"  // somebody serves it, or will: see Assignment
	OpenIdle    OpenState = "idle"    // what there was to serve is over; a message or a handover goes on
)

// OpenConversation is a conversation as the channel API shows it.
type OpenConversation struct {
	Key         string                `json:"conversation"`
	ID          parley.ConversationID `json:"id"`
	State       OpenState             `json:"state" enum:"created,active,idle"`
	Assignment  *Assignment           `json:"assignment"`
	Interaction parley.InteractionID  `json:"interaction_id" doc:"the one that is open, else the last"`
	Customer    parley.CustomerID     `json:"customer_id"`
}

// Assignment is who has a conversation that is active.
//
// Source: API-01.
type Assignment struct {
	Type string `json:"type" enum:"queue,agent,script"`
	ID   string `json:"id"`
}

// programs returns an entry point of the channel API. Errors: parley.ErrForbidden,
// and ErrNotFound for one that customers come to in another way.
func (c *Center) programs(ctx context.Context, me parley.Actor, id parley.EntryPointID) (arrivals, error) {
	if err := may(me, parley.MayChannel, nil); err != nil {
		return arrivals{}, err
	}
	at, err := c.arrivals(ctx, id)
	if err == nil && at.spec.Key != parley.KeyOpen {
		err = parley.ErrNotFound
	}
	return at, err
}

// Post takes in what a program says, and returns the conversation as it is then.
// A repeat adds nothing. Where the entry point waits for a handover, words of a
// customer whom nobody serves are kept and nobody is asked.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one naming every field at
// fault, ErrTextTooLong, and those of storage.
// Source: API-01, API-03, E23.
func (c *Center) Post(ctx context.Context, me parley.Actor, id parley.EntryPointID, p Posted, raw []byte) (OpenConversation, error) {
	at, err := c.programs(ctx, me, id)
	if err != nil {
		return OpenConversation{}, err
	}
	if err := p.check(ctx, at.spec, c.store.View()); err != nil {
		return OpenConversation{}, err
	}
	kind := parley.InboundMessage
	if p.Typing {
		kind = parley.InboundTyping
	} else if p.Bot {
		kind = parley.InboundBot
	}
	if err := c.keep(ctx, at, channel.Received{Messages: []parley.Inbound{p.inbound(kind)}}, raw); err != nil {
		return OpenConversation{}, err
	}
	return c.openConversation(ctx, id, p.Conversation)
}

// check refuses what cannot be kept as it is, and a customer whom nobody knows: a
// slip in a program must not go unnoticed.
func (p Posted) check(ctx context.Context, spec channel.Spec, v store.View) error {
	var f parley.Faults
	f.Text("conversation", strings.TrimSpace(p.Conversation), 1, OpenKeyMax)
	if !p.Typing {
		f.Text("external_id", strings.TrimSpace(p.ExternalID), 1, OpenKeyMax)
	}
	if strings.TrimSpace(p.Text) == "" && len(p.Files) == 0 && !p.Typing {
		f.Add("text", "required")
	}
	if len(p.Files) > OpenFilesMax {
		f.Add("attachments", "too_many")
	}
	for i, file := range p.Files {
		if u, err := url.Parse(file.Ref); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
			f.Add(parley.Index("attachments", i, "url"), "not_a_url")
		}
	}
	f.Name("from.name", p.Name, 0, NameMax)
	identity.CheckEmail(&f, "from.email", p.Email)
	f.Text("from.phone", p.Phone, 0, PhoneMax)
	if _, err := v.Linked(ctx, p.Customer); p.Customer != "" && errors.Is(err, parley.ErrNotFound) {
		f.Add("from.customer_id", "unknown")
	}
	if err := f.Err(); err != nil {
		return err
	}
	if n := length(p.Text); n > spec.Limit {
		return parley.ErrTextTooLong.With(map[string]any{"limit": spec.Limit, "count": n})
	}
	return nil
}

func (p Posted) inbound(kind parley.InboundKind) parley.Inbound {
	m := parley.Inbound{
		Kind: kind, ExternalID: p.ExternalID, From: openKeys(p.Conversation), Text: p.Text, Target: p.ReplyTo,
		Name: p.Name, Email: p.Email, Phone: p.Phone, Language: p.Language, Customer: p.Customer, Window: parley.WindowOpens,
	}
	if len(p.Files) > 0 {
		m.Content = &parley.Content{Kind: p.Files[0].Kind, Files: p.Files}
	}
	return m
}

func openKeys(key string) parley.Keys {
	return parley.Keys{{Kind: parley.KeyOpen, Value: parley.Address(key)}}
}

// bot keeps what a program said to a customer, for whoever serves them next.
//
// Source: API-01.
func (in *intake) bot(ctx context.Context, m parley.Inbound) error {
	t, err := in.dialog(ctx, m)
	if err != nil {
		return err
	}
	in.running(t)
	in.said(t, m, parley.FromAgent).Delivery = &parley.Delivery{State: parley.DeliverySent, Parts: 1, At: parley.Millis(in.v.Now)}
	return nil
}

// OpenConversation returns how a conversation of the channel API is.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: API-01.
func (c *Center) OpenConversation(ctx context.Context, me parley.Actor, id parley.EntryPointID, key string) (OpenConversation, error) {
	if _, err := c.programs(ctx, me, id); err != nil {
		return OpenConversation{}, err
	}
	return c.openConversation(ctx, id, key)
}

func (c *Center) openConversation(ctx context.Context, id parley.EntryPointID, key string) (OpenConversation, error) {
	out := OpenConversation{Key: key, State: OpenCreated}
	v := c.store.View()
	found, err := v.KeyedBy(ctx, id, openKeys(key))
	if err != nil {
		return out, err
	}
	if len(found) == 0 {
		return out, parley.ErrNotFound
	}
	out.ID = found[0].Conversation
	t, err := v.Conversation(ctx, out.ID)
	if err != nil {
		return out, err
	}
	out.Customer = t.Customer
	var now routing.InteractionState
	var open bool
	if err := c.ledger.Ask(ctx, func(s *routing.State) { now, open = s.OpenOf(out.ID) }); err != nil {
		return out, err
	}
	if open {
		out.State, out.Interaction, out.Assignment = OpenActive, now.ID, assignment(now, id)
		return out, nil
	}
	last, err := v.InteractionsOf(ctx, out.ID, 1)
	if len(last) > 0 {
		out.State, out.Interaction = OpenIdle, last[0].ID
	}
	return out, err
}

// assignment says who has an open interaction.
func assignment(i routing.InteractionState, at parley.EntryPointID) *Assignment {
	switch {
	case i.State == parley.Active:
		return &Assignment{"agent", string(i.Agent)}
	case i.Script:
		return &Assignment{"script", string(at)}
	}
	return &Assignment{"queue", string(i.Queue)}
}

// Handoff is to whom a bot hands a conversation over: one of the three.
type Handoff struct {
	Queue  parley.QueueID
	Agent  parley.AgentID
	Script bool // the entry point's
}

// HandOver lets a conversation be served by people: it waits in a queue, is
// offered to an agent first, or runs the entry point's script. Twice is once.
//
// Errors: parley.ErrForbidden, ErrNotFound, an Invalid one, ErrConversationOpen
// while somebody else has it.
// Source: API-01.
func (c *Center) HandOver(ctx context.Context, me parley.Actor, id parley.EntryPointID, key string, to Handoff) (OpenConversation, error) {
	at, err := c.programs(ctx, me, id)
	if err != nil {
		return OpenConversation{}, err
	}
	err = c.ledger.Do(ctx, ledger.Command{
		Name:  "hand_over",
		Touch: []string{key},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			in := &intake{c: c, arrivals: at, v: v, seen: map[string]store.External{}}
			if err := in.handOver(ctx, key, to); err != nil {
				return ledger.Plan{}, err
			}
			return ledger.Plan{Routes: in.routes, Rows: func(r *store.Rows, _ []routing.Event) {
				for _, list := range append(in.rows, in.after...) {
					list(r)
				}
			}}, nil
		},
	})
	if err != nil {
		return OpenConversation{}, err
	}
	return c.openConversation(ctx, id, key)
}

// handOver plans it.
func (in *intake) handOver(ctx context.Context, key string, to Handoff) error {
	if err := to.check(in.v.Router); err != nil {
		return err
	}
	t, err := in.find(ctx, openKeys(key))
	if err != nil {
		return err
	}
	if t == nil {
		return parley.ErrNotFound
	}
	if now, open := in.v.Router.OpenOf(t.ID); open {
		return in.moveOn(now, to)
	}
	if to.Script {
		return in.arrive(ctx, t, parley.Inbound{Kind: parley.InboundMessage})
	}
	a := routing.Arrive{Queue: to.Queue}
	if to.Agent != "" {
		a.Queue, a.Prefer, a.PreferFor = in.Queue, to.Agent, handoverPrefer
	}
	in.arrives(t, a)
	return nil
}

// check refuses what is not one of the three, or is not there.
func (to Handoff) check(s *routing.State) error {
	chosen := 0
	for _, yes := range []bool{to.Queue != "", to.Agent != "", to.Script} {
		if yes {
			chosen++
		}
	}
	if chosen != 1 {
		return parley.ErrInvalid(parley.FieldError{Field: "queue_id", Code: "queue_or_agent"})
	}
	if q, ok := s.Queue(to.Queue); to.Queue != "" && (!ok || !q.Enabled) {
		return parley.ErrInvalid(parley.FieldError{Field: "queue_id", Code: "unknown"})
	}
	if a, ok := s.Agent(to.Agent); to.Agent != "" && (!ok || !a.Enabled) {
		return parley.ErrInvalid(parley.FieldError{Field: "agent_id", Code: "unknown"})
	}
	return nil
}

// moveOn hands over what is open: out of its script into a queue, or nowhere if
// it is there already.
func (in *intake) moveOn(now routing.InteractionState, to Handoff) error {
	has := *assignment(now, in.ID)
	switch {
	case to.Queue != "" && has == Assignment{"queue", string(to.Queue)},
		to.Agent != "" && has == Assignment{"agent", string(to.Agent)},
		to.Agent != "" && has.Type == "queue" && now.Prefer == to.Agent,
		to.Script && has.Type == "script":
		return nil
	case has.Type != "script":
		return parley.ErrConversationOpen
	}
	f := routing.Forward{Interaction: now.ID, Queue: to.Queue}
	if to.Agent != "" {
		f.Queue, f.Prefer, f.PreferFor = in.Queue, to.Agent, handoverPrefer
	}
	in.routes = append(in.routes, f)
	return nil
}

// OpenStatus is what became of a message of ours at the other end.
type OpenStatus struct {
	ID     string               `json:"id" maxLength:"128" doc:"as the message named it"`
	State  parley.DeliveryState `json:"state" enum:"delivered,read,failed"`
	Detail string               `json:"detail,omitempty" maxLength:"200" doc:"why it failed"`
}

// Statuses takes in what became of messages. They move forward only, and what is
// said of a message before its send is saved counts then.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: API-01, CNV-02, INV-16.
func (c *Center) Statuses(ctx context.Context, me parley.Actor, id parley.EntryPointID, all []OpenStatus, raw []byte) error {
	at, err := c.programs(ctx, me, id)
	if err != nil {
		return err
	}
	var got channel.Received
	for _, s := range all {
		status := parley.Status{ExternalID: s.ID, State: s.State, At: c.clock.Now()}
		if s.State == parley.DeliveryFailed {
			status.Code, status.Detail = string(channel.Undeliverable), s.Detail
		}
		got.Statuses = append(got.Statuses, status)
	}
	return c.keep(ctx, at, got, raw)
}

// EndOpen ends what is open of a conversation, for its customer. Twice is once.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrNotCustomerEndable if the entry
// point does not let customers end what an agent serves.
// Source: API-01, WEB-06.
func (c *Center) EndOpen(ctx context.Context, me parley.Actor, id parley.EntryPointID, key string) error {
	at, err := c.programs(ctx, me, id)
	if err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "end_open",
		Touch: []string{key},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			found, err := v.KeyedBy(ctx, id, openKeys(key))
			if err == nil && len(found) == 0 {
				err = parley.ErrNotFound
			}
			if err != nil {
				return ledger.Plan{}, err
			}
			now, open := v.Router.OpenOf(found[0].Conversation)
			switch {
			case !open:
				return ledger.Plan{}, nil
			case now.State == parley.Active && !at.Script.CustomerEnd, now.State == parley.Parked:
				return ledger.Plan{}, parley.ErrNotCustomerEndable
			}
			return ledger.Plan{Route: routing.CustomerEnds{Interaction: now.ID}}, nil
		},
	})
}
