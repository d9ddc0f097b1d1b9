package center

import (
	"context"
	"encoding/json"
	"errors"
	"math"

	"parley"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/settings"
)

// forVisitors are the routing rows a visitor hears of. They never learn of
// offers, rejects and lapses (OFR-09).
var forVisitors = map[string]bool{
	"interaction_created":     true,
	"queued":                  true,
	"accepted":                true,
	"conversation_ended":      true,
	"interaction_closed":      true,
	"interaction_transferred": true,
}

func visitorKind(kind string) bool {
	return forVisitors[kind] || kind == parley.KindMessageAdded || kind == parley.KindMissedChanged
}

// The states of a visitor's window.
const (
	windowWaiting  = "waiting"
	windowChatting = "chatting"
	windowEnded    = "ended"
	windowOffline  = "offline"
)

// window returns what a visitor sees of their conversation.
func (c *Center) window(ctx context.Context, m *memory, id parley.ConversationID) (*VisitorView, error) {
	b, err := m.book(ctx)
	if err != nil {
		return nil, err
	}
	t, err := m.talk(ctx, id)
	if err != nil {
		return nil, err
	}
	e := b.entrance[t.EntryPoint]
	v := &VisitorView{
		ID: id, State: windowEnded, CustomerEnd: e.Script.CustomerEnd, Attachments: e.Script.Attachments, LastSeq: t.LastSeq,
		Limit: b.customerLimit(t.Channel), Language: script.Language(e.Script, t.Visitor.Language),
	}
	w, err := m.front(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	return v, c.dress(ctx, m, v, frame{b, w, e})
}

// frame is what a visitor's window is made of.
type frame struct {
	book     *book
	work     *work
	entrance parley.EntryPoint
}

// dress fills in what the visitor's interaction says.
func (c *Center) dress(ctx context.Context, m *memory, v *VisitorView, f frame) error {
	w, q := f.work, f.book.queues[f.work.Queue]
	v.QueueName, v.EndedBy = q.Name, w.EndedBy
	switch w.State {
	case parley.Created, parley.Queued, parley.Offering, parley.Parked:
		v.State, v.MaySkip = windowWaiting, f.entrance.Script.SkipQueue
		v.Transferring = w.Origin != "" && w.From != ""
		v.WaitText = parley.Text{EN: q.WaitText, FR: q.WaitTextFR}.In(v.Language)
	case parley.Active:
		p, err := m.person(ctx, w.Agent)
		if err != nil {
			return err
		}
		v.State, v.Agent = windowChatting, &Nick{DisplayName: p.DisplayName}
		v.AgentAway = p.Conn != parley.ConnUp
	case parley.Offline:
		v.State, v.FormAfterEnd = windowOffline, true
	default:
		v.CustomerEnd = false
		var err error
		if v.FormAfterEnd, err = asksForm(ctx, m, f); err != nil {
			return err
		}
		v.MayMail, err = mayMail(ctx, m, f)
		return err
	}
	return nil
}

// asksForm reports whether a visitor whom nobody served is asked for a message:
// their queue or their script gave up, and they have left none yet.
//
// Source: I8, I9, SCR-02.
func asksForm(ctx context.Context, m *memory, f frame) (bool, error) {
	w := f.work
	if w.State != parley.Skipped && (w.State != parley.QueueTimeout || !f.entrance.Script.OfflineForm) {
		return false, nil
	}
	at, err := f.book.standsAt(ctx, m.view(), w.Journey)
	if err != nil || at.Kind == parley.ObjectSkip && !at.Form {
		return false, err
	}
	missed, err := m.view().MissedOf(ctx, w.ID)
	return err == nil && missed.ClientID == "", unlessAbsent(err)
}

// customerLimit is how long a customer's message may be.
//
// Unit: code points.
// Source: CNV-04.
func (b *book) customerLimit(channel parley.Channel) int {
	if channel == parley.SupportCenter {
		return b.values.Int("text.customer_limit.support_center", settings.At{})
	}
	return b.values.Int("text.customer_limit.webchat", settings.At{})
}

// line returns a message as a visitor sees it.
func (b *book) line(m parley.Message) *VisitorMessage {
	v := &VisitorMessage{
		ID: m.ID, Seq: m.Seq, Sender: m.Sender, ClientID: m.ClientID, Text: m.Text, At: parley.Millis(m.At),
		Content: m.Content,
	}
	if m.Agent != "" {
		v.Agent = &Nick{DisplayName: b.names[string(m.Agent)].Name}
		v.ClientID = ""
	}
	return v
}

// VisitorSnapshot returns a visitor's conversation as it is at one log row.
// Errors: parley.ErrNotFound.
func (c *Center) VisitorSnapshot(ctx context.Context, me parley.Actor) (VisitorSnapshot, error) {
	out := VisitorSnapshot{Now: parley.Millis(c.clock.Now()), Messages: []VisitorMessage{}}
	err := c.moment(ctx, func(m *memory, head int64) error {
		view, err := c.window(ctx, m, me.Visitor)
		if err != nil {
			return err
		}
		out.N, out.Conversation = head, *view
		out.Messages, err = c.lines(ctx, m, me.Visitor, math.MaxInt64)
		return err
	})
	return out, err
}

// VisitorMessages returns up to 50 messages before a number, the oldest first.
func (c *Center) VisitorMessages(ctx context.Context, me parley.Actor, before int64) ([]VisitorMessage, error) {
	return c.lines(ctx, &c.memory, me.Visitor, before)
}

func (c *Center) lines(ctx context.Context, m *memory, id parley.ConversationID, before int64) ([]VisitorMessage, error) {
	b, err := m.book(ctx)
	if err != nil {
		return nil, err
	}
	said, err := m.view().Messages(ctx, id, before, visibleMax)
	out := make([]VisitorMessage, 0, len(said))
	for _, msg := range said {
		out = append(out, *b.line(msg))
	}
	return out, err
}

// VisitorEvents returns what log rows mean to the visitor of a conversation.
func (c *Center) VisitorEvents(ctx context.Context, me parley.Actor, es []parley.Entry) ([]VisitorEvent, error) {
	out := []VisitorEvent{}
	for i, e := range es {
		mine, err := c.forVisitor(ctx, me, e)
		if err != nil {
			return nil, err
		}
		if !mine {
			continue
		}
		v := VisitorEvent{N: e.N, At: parley.Millis(e.At), Type: e.Kind}
		if e.Kind == parley.KindMessageAdded {
			m, err := c.memory.message(ctx, e.Message)
			if err != nil {
				return nil, err
			}
			b, err := c.memory.book(ctx)
			if err != nil {
				return nil, err
			}
			v.Message = b.line(m)
		}
		if !again(es[i+1:], e) {
			view, err := c.window(ctx, &c.memory, me.Visitor)
			if err != nil {
				return nil, err
			}
			v.Conversation = view
		}
		out = append(out, v)
	}
	return out, nil
}

// forVisitor reports whether a row tells a visitor something: of their own
// conversation, or that the link of whoever serves them changed.
func (c *Center) forVisitor(ctx context.Context, me parley.Actor, e parley.Entry) (bool, error) {
	if e.Kind != "link_changed" {
		return e.Conversation == me.Visitor && visitorKind(e.Kind) && !hidden(e), nil
	}
	w, err := c.memory.front(ctx, me.Visitor)
	if err != nil {
		return false, unlessAbsent(err)
	}
	return w.State == parley.Active && w.Agent == e.Agent, nil
}

// hidden reports whether a row of a visitor's own conversation tells of an offer
// all the same: the return to the queue of one that nobody took, and a transfer
// that is only offered.
func hidden(e parley.Entry) bool {
	switch e.Kind {
	case "queued":
		var data routing.Queued
		return json.Unmarshal(e.Data, &data) == nil && !arrival[data.Why]
	case "interaction_created":
		var data routing.InteractionCreated
		return json.Unmarshal(e.Data, &data) == nil && data.To != ""
	case "interaction_transferred":
		var data routing.InteractionTransferred
		return json.Unmarshal(e.Data, &data) == nil && !data.Done
	case "interaction_closed":
		var data routing.InteractionClosed
		return json.Unmarshal(e.Data, &data) == nil && data.State == parley.Cancelled && data.Agent == "" && declined[data.Why]
	}
	return false
}

// arrival are the ways into a queue a visitor may know of.
var arrival = map[string]bool{"arrived": true, "agent_lost": true, "overflow": true, "transferred": true}

// declined are the ends of an interaction that was only offered to one agent.
var declined = map[string]bool{"rejected": true, "timed_out": true, "withdrawn": true, "transfer_ended": true}

// VisitorReplay returns what a visitor missed in (after, to]. Not ok: it is too
// long ago, and a snapshot must be fetched.
func (c *Center) VisitorReplay(ctx context.Context, me parley.Actor, after int64) (out []VisitorEvent, to int64, ok bool, err error) {
	mine, to, ok, err := c.missedRows(ctx, me, after)
	if !ok {
		return nil, after, false, err
	}
	out, err = c.VisitorEvents(ctx, me, mine)
	return out, to, err == nil, err
}

// Place is where a visitor stands in the line.
type Place struct {
	Position int `json:"position"` // 1 = next, 0 = not waiting, or not to be shown
	Ahead    int `json:"ahead"`
}

// VisitorGauges returns a visitor's place in the line, if the entry point shows
// it.
func (c *Center) VisitorGauges(ctx context.Context, me parley.Actor) (Place, error) {
	t, err := c.memory.talk(ctx, me.Visitor)
	if err != nil {
		return Place{}, err
	}
	b, err := c.memory.book(ctx)
	if err != nil || !b.entrance[t.EntryPoint].Script.Position {
		return Place{}, err
	}
	w, err := c.memory.front(ctx, me.Visitor)
	if err != nil || w.State != parley.Queued && w.State != parley.Offering {
		return Place{}, unlessAbsent(err)
	}
	return c.places.ask(ctx, c, w.ID)
}

// unlessAbsent forgives that there is no such thing.
func unlessAbsent(err error) error {
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	return err
}
