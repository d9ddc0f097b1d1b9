package center

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley"
	"parley/internal/settings"
	"parley/internal/store"
)

// scene is one reader and what their views are made of. Snapshots, events and
// pages all look through it, so they cannot tell different things.
type scene struct {
	me      parley.Actor
	memory  *memory
	watches *watches
	book    *book
	center  *Center
}

func (c *Center) scene(ctx context.Context, me parley.Actor, m *memory) (scene, error) {
	b, err := m.book(ctx)
	return scene{me: me, memory: m, watches: &c.watches, book: b, center: c}, err
}

// shown reports whether an interaction is in a reader's live list: their own,
// and for a supervisor every one that is not final.
func (s scene) shown(i *store.Interaction) bool {
	return holds(s.me, i) || s.me.Has(parley.MaySupervise) && !i.State.Final()
}

// near reports whether a reader follows the words of an interaction: it is in
// their list, or they watch it.
func (s scene) near(i *store.Interaction) bool {
	return holds(s.me, i) || s.watches.has(s.me, i.ID)
}

// interaction returns a reader's view of an interaction, false if they may not
// see it in their list now.
func (s scene) interaction(ctx context.Context, id parley.InteractionID) (*Interaction, *work, error) {
	if s.memory.isOver(id) {
		return nil, nil, nil
	}
	w, err := s.memory.work(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return nil, nil, nil
	}
	if err != nil || !s.shown(&w.Interaction) {
		return nil, w, err
	}
	v, err := s.present(ctx, w)
	return v, w, err
}

// present returns a reader's view of an interaction they may see.
func (s scene) present(ctx context.Context, w *work) (*Interaction, error) {
	t, err := s.memory.talk(ctx, w.Conversation)
	if err != nil {
		return nil, fmt.Errorf("conversation of %s: %w", w.ID, err)
	}
	q := s.book.queues[w.Queue]
	v := &Interaction{
		ID: w.ID, Number: w.Number, Conversation: w.Conversation, Journey: w.Journey, Origin: w.Origin,
		Channel: w.Channel, State: w.State, Priority: w.Priority,
		Queue: Named{ID: string(w.Queue), Name: s.book.names[string(w.Queue)].Name},
		Agent: s.book.who(w.Agent), Customer: customerOf(t), Visitor: visitorOf(t, w),
		Match:   Match{Count: w.Match.Count, Rule: w.Match.Rule, Customers: some(w.Match.Customers), Case: w.Match.Case},
		EntryAt: parley.Millis(w.EntryAt), CreatedAt: parley.Millis(w.CreatedAt), AcceptedAt: parley.Millis(w.AcceptedAt),
		EndedAt: parley.Millis(w.EndedAt), EndedBy: w.EndedBy, EndWhy: w.EndedWhy,
		WrapUpFrom: parley.Millis(w.WrapUpFrom), WrapUpUntil: parley.Millis(w.WrapUpUntil),
		Overdue: w.Overdue, AwaitAck: w.AwaitAck, Unviewed: w.Unviewed, CodeRequired: w.CodeRequired, Complete: w.Complete,
		ReplyTarget: int64(q.ReplyTarget.Seconds()), Lists: []List{}, Chosen: w.chosen, Case: caseOf(w),
		Transfer: Transfer{From: s.book.who(w.From)},
	}
	if v.CRM, err = s.outside(ctx, w.ID); err != nil {
		return nil, err
	}
	if w.State == parley.Parked {
		v.ParkedBy = v.Agent
		if !w.ParkOpen {
			v.ParkedUntil = parley.Millis(w.ParkUntil)
		}
	}
	if err := s.offered(ctx, w, v); err != nil {
		return nil, err
	}
	if w.Agent != "" || w.Offer != nil {
		if v.Lists, err = s.lists(ctx, w); err != nil {
			return nil, err
		}
	}
	if s.near(&w.Interaction) {
		if err := s.words(ctx, w, t, v); err != nil {
			return nil, err
		}
	}
	if w.Agent == "" || w.Agent != s.me.Agent {
		return v, nil
	}
	v.MayExtend, v.LogPop = s.mayExtend(w), s.book.values.Text("autolog.pop", settings.At{Queue: w.Queue})
	if w.State.Open() {
		v.Composer, v.Rich = s.composer(t), s.book.sendsRich() && s.center.networkOf(s.book.entrance[t.EntryPoint]) == nil
	}
	v.Draft, err = s.memory.draft(ctx, draftKey{w.ID, s.me.Agent})
	return v, err
}

// offered fills in the offer that rings, and the transfer that waits for one.
func (s scene) offered(ctx context.Context, w *work, v *Interaction) error {
	if w.Pending != "" {
		to, err := s.memory.work(ctx, w.Pending)
		if err != nil {
			return fmt.Errorf("transfer of %s: %w", w.ID, err)
		}
		if to.Addressed && !to.State.Final() {
			v.Transfer.PendingTo = s.book.who(to.To)
		}
	}
	if w.Offer == nil {
		return nil
	}
	p, err := s.memory.person(ctx, w.Offer.Agent)
	if err != nil {
		return fmt.Errorf("whom %s is offered to: %w", w.ID, err)
	}
	v.Offer = &Offer{
		ID:    parley.OfferID{Interaction: w.ID, Attempt: w.Offer.Attempt}.String(),
		Agent: w.Offer.Agent, MadeAt: parley.Millis(w.Offer.Made), Until: parley.Millis(w.Offer.Until),
		MayReject: s.book.values.Bool("agents.may_reject", s.book.at(p)),
	}
	return nil
}

// at is where an agent's settings are asked for.
func (b *book) at(p *store.Person) settings.At {
	return settings.At{Agent: p.ID, Group: p.Group, Preset: b.groups[p.Group].Preset}
}

// lists returns the disposition lists of an interaction, as its agent's menus.
func (s scene) lists(ctx context.Context, w *work) ([]List, error) {
	agent := w.Agent
	if agent == "" {
		agent = w.Offer.Agent
	}
	p, err := s.memory.person(ctx, agent)
	if err != nil {
		return nil, fmt.Errorf("agent of %s: %w", w.ID, err)
	}
	out := []List{}
	for _, l := range s.book.applying(w.Queue, p.Group) {
		m := List{ID: l.ID, Name: l.Name, NameFR: l.NameFR, Required: l.Required, Multiple: l.Multiple, Codes: []Code{}}
		for _, d := range l.Dispositions {
			if d.Active {
				m.Codes = append(m.Codes, Code{ID: d.ID, Name: d.Name, NameFR: d.NameFR, Short: d.Short})
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// lastMax is how much of the last message a list shows.
//
// Unit: code points.
const lastMax = 120

// words fills in where the conversation stands; of an interaction that ended,
// where it stood then.
func (s scene) words(ctx context.Context, w *work, t *talk, v *Interaction) error {
	now, until := t.Talk, t.LastSeq
	if !w.State.Open() {
		until = w.LastSeq
		if t.LastSeq != until { // it went on with others
			var err error
			if now, err = s.memory.view().Talk(ctx, w.Conversation, until); err != nil {
				return err
			}
		}
	}
	if m := now.Last; m != nil {
		v.Last = &Last{Seq: m.Seq, Sender: m.Sender, Text: cut(m.Text, lastMax), At: parley.Millis(m.At)}
	}
	if w.State.Open() {
		v.Unanswered, v.UnreadFromAt = now.Unanswered, parley.Millis(now.Since)
		v.WindowUntil = parley.Millis(t.WindowUntil)
	}
	v.LastSeq, v.DeliveredSeq, v.ReadSeq = until, min(until, t.DeliveredSeq), min(until, t.ReadSeq)
	return nil
}

// mayExtend reports whether a wrap-up may be made longer now (WRP-11).
func (s scene) mayExtend(w *work) bool {
	longest := s.book.values.Seconds("wrapup.extend", settings.At{})
	return w.State == parley.WrapUp && !w.Overdue && !w.WrapUpUntil.IsZero() &&
		w.WrapUpUntil.Before(w.WrapUpFrom.Add(longest))
}

// customerOf names the customer: as linked, else, as while nobody has filled in a
// record made of a number, as they claim or their network says, else by the end of
// the conversation's id, so that two unknown visitors can be told apart.
func customerOf(t *talk) Customer {
	c := Customer{ID: t.linked.ID, Name: t.linked.Name, AccountNumber: t.linked.AccountNumber}
	switch {
	case c.Name != "":
	case t.Visitor.Name != "":
		c.Name = t.Visitor.Name
	case t.Visitor.Handle != "":
		c.Name = t.Visitor.Handle
	case strings.HasPrefix(string(t.Address), "group:"):
		c.Name = "Group " + tail(string(t.ID))
	case t.Address != "":
		c.Name = string(t.Address)
	default:
		c.Name = "Visitor " + tail(string(t.ID))
	}
	return c
}

// tail is the end of an id, as people read it.
func tail(id string) string { return strings.ToUpper(id[max(0, len(id)-4):]) }

func visitorOf(t *talk, w *work) Visitor {
	p := t.Visitor
	return Visitor{
		Name: p.Name, Email: p.Email, Phone: p.Phone, AccountNumber: p.AccountNumber, CaseNumber: p.CaseNumber,
		Question: p.Question, Language: p.Language, ZoneOffset: p.ZoneOffset, IP: p.IP, Browser: p.UserAgent,
		Page: p.Page, Handle: p.Handle, Address: string(t.Address), Away: w.Away, Variables: p.Variables,
		ConsentAt: parley.Millis(w.Consent.At), Consent: w.Consent.Version,
	}
}

// caseOf returns the log of an interaction, nil if it has none.
func caseOf(w *work) *Case {
	if w.Log == nil {
		return nil
	}
	return &Case{ID: w.Log.ID, Number: w.Log.Number, Status: w.Log.Status, Draft: w.Log.Draft, Customer: w.Log.Customer}
}

func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// message returns a message as agents see it. A client id is its sender's alone:
// whoever knew a visitor's could begin as them.
func (s scene) message(m parley.Message) *Message {
	return &Message{
		ID: m.ID, Conversation: m.Conversation, Interaction: m.Interaction, Seq: m.Seq, Sender: m.Sender,
		Agent: s.book.who(m.Agent), ClientID: s.own(m.Agent, m.ClientID), Text: m.Text, At: parley.Millis(m.At),
		Content: m.Content, Delivery: m.Delivery,
	}
}

func (s scene) note(n parley.Note) *Note {
	return &Note{
		ID: n.ID, Interaction: n.Interaction, Agent: *s.book.who(n.Agent), ClientID: s.own(n.Agent, n.ClientID), Text: n.Text,
		At: parley.Millis(n.At),
	}
}

// own returns a client id to the agent who made it, "" to everybody else.
func (s scene) own(agent parley.AgentID, client string) string {
	if agent == "" || agent != s.me.Agent {
		return ""
	}
	return client
}

// agent returns a colleague's presence, nil if the reader may not see it: their
// own, and every one for a supervisor (PRE-15).
func (s scene) agent(ctx context.Context, id parley.AgentID) (*Agent, error) {
	if id == "" || id != s.me.Agent && !s.me.Has(parley.MaySupervise) {
		return nil, nil
	}
	p, err := s.memory.person(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return s.presence(p), nil
}

func (s scene) presence(p *store.Person) *Agent {
	load := p.Offered + p.Active
	if s.book.values.Bool("cap.wrapup_counts", settings.At{}) {
		load += p.Wrapping
	}
	return &Agent{
		ID: p.ID, DisplayName: p.DisplayName, Group: p.Group, Role: p.Role,
		Base: p.Base, Sub: p.Sub, Next: p.Next, Conn: p.Conn, Displayed: displayed(p),
		Since: parley.Millis(p.Since), Reason: p.Reason, Code: p.Code,
		CodeName: s.book.names[string(p.Code)].Name, ByName: s.book.names[string(p.By)].Name,
		Offered: p.Offered, Active: p.Active, Wrapping: p.Wrapping, Load: load, Capacity: p.Capacity,
		IdleSince: parley.Millis(p.IdleSince), ReturnAt: parley.Millis(p.ReturnAt), GraceUntil: parley.Millis(p.GraceUntil),
	}
}

// displayed is the status everybody sees.
//
// Source: docs/routing.md.
func displayed(p *store.Person) parley.Presence {
	switch {
	case p.Base == parley.LoggedOut:
		return parley.LoggedOut
	case p.Active > 0:
		return parley.Busy
	case p.Wrapping > 0:
		return parley.PostProcessing
	case p.Offered > 0:
		return parley.Offered
	}
	return p.Base
}

// length counts what a limit counts.
func length(text string) int { return utf8.RuneCountInString(text) }
