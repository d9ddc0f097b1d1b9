package webhook

import (
	"context"
	"encoding/json"
	"time"

	"parley"
	"parley/internal/store"
)

// Body is the data of an event, as things are when it is sent.
type Body struct {
	Kind         string         `json:"kind"` // of the log row: accepted, message_added ...
	N            int64          `json:"n"`    // its number
	Conversation *Talk          `json:"conversation,omitempty"`
	Interaction  *Interaction   `json:"interaction,omitempty"`
	Message      *Said          `json:"message,omitempty"`
	Member       *Member        `json:"member,omitempty"`
	Transfer     *Transferred   `json:"transfer,omitempty"`
	Case         *Case          `json:"case,omitempty"`
	Activity     *typed         `json:"activity,omitempty"`
	Agent        parley.AgentID `json:"agent_id,omitempty"`
}

// Talk is a conversation.
type Talk struct {
	ID         parley.ConversationID `json:"id"`
	EntryPoint parley.EntryPointID   `json:"entry_point_id"`
	Channel    parley.Channel        `json:"channel"`
	Key        parley.Address        `json:"key,omitempty"` // of the channel API
	Customer   parley.CustomerID     `json:"customer_id"`
}

// Interaction is one of its interactions.
type Interaction struct {
	ID        parley.InteractionID    `json:"id"`
	Number    int64                   `json:"number"`
	State     parley.InteractionState `json:"state"`
	Queue     parley.QueueID          `json:"queue_id"`
	Agent     parley.AgentID          `json:"agent_id"`
	CreatedAt int64                   `json:"created_at"`
	EndedAt   int64                   `json:"ended_at"`
	EndedBy   parley.EndedBy          `json:"ended_by"`
}

// Said is a message.
type Said struct {
	ID       parley.MessageID `json:"id"`
	Seq      int64            `json:"seq"`
	From     parley.Sender    `json:"from"`
	Agent    parley.AgentID   `json:"agent_id"`
	Text     string           `json:"text"` // of the system: a code
	Content  *parley.Content  `json:"content,omitempty"`
	Delivery *parley.Delivery `json:"delivery,omitempty"`
	At       int64            `json:"at"`
}

// Member is who joined or left.
type Member struct {
	Type   string         `json:"type"` // agent or customer
	ID     parley.AgentID `json:"id,omitempty"`
	Joined bool           `json:"joined"`
}

// Transferred is where an interaction goes.
type Transferred struct {
	From  parley.AgentID       `json:"from"`
	New   parley.InteractionID `json:"new_interaction_id"`
	Queue parley.QueueID       `json:"queue_id"`
	Agent parley.AgentID       `json:"agent_id"`
	Done  bool                 `json:"done"` // false: offered, the sender still has it
}

// Case is a case that is new.
type Case struct {
	ID       parley.CaseID        `json:"id"`
	Number   int64                `json:"number"`
	Status   parley.CaseStatus    `json:"status"`
	Subject  string               `json:"subject"`
	Customer parley.CustomerID    `json:"customer_id"`
	Within   parley.InteractionID `json:"interaction_id"`
}

// body makes what an event says, and tells when it happened.
//
// Errors: parley.ErrNotFound if what it is about is no more.
// Source: API-02.
func (w *Webhooks) body(ctx context.Context, v store.View, e store.WebhookEvent) (Body, time.Time, error) {
	if e.N == 0 {
		b := Body{Kind: e.Type, Activity: &typed{}}
		if err := json.Unmarshal([]byte(e.Data), b.Activity); err != nil {
			return b, e.CreatedAt, err
		}
		return b, e.CreatedAt, b.place(ctx, v, parley.Entry{Conversation: e.Conversation})
	}
	rows, err := v.Entries(ctx, e.N-1, 1)
	if err == nil && len(rows) == 0 {
		err = parley.ErrNotFound
	}
	if err != nil {
		return Body{}, e.CreatedAt, err
	}
	entry := rows[0]
	b := Body{Kind: entry.Kind, N: entry.N, Agent: entry.Agent}
	if err := b.place(ctx, v, entry); err != nil {
		return b, entry.At, err
	}
	switch e.Type {
	case Members:
		b.Member = member(entry)
	case Transfer:
		b.Transfer = transferred(entry)
	case Message, Delivery:
		err = b.said(ctx, v, entry.Message)
	case CaseCreated:
		err = b.opened(ctx, v, parley.CaseID(entry.Subject))
	}
	return b, entry.At, err
}

// place says where it happened.
func (b *Body) place(ctx context.Context, v store.View, e parley.Entry) error {
	if e.Conversation != "" {
		t, err := v.Conversation(ctx, e.Conversation)
		if err != nil {
			return err
		}
		b.Conversation = &Talk{ID: t.ID, EntryPoint: t.EntryPoint, Channel: t.Channel, Customer: t.Customer}
		if t.Channel == parley.Open {
			b.Conversation.Key = t.Address
		}
	}
	if e.Interaction == "" {
		return nil
	}
	i, err := v.Interaction(ctx, e.Interaction)
	b.Interaction = &Interaction{
		i.ID, i.Number, i.State, i.Queue, i.Agent, parley.Millis(i.CreatedAt), parley.Millis(i.EndedAt), i.EndedBy,
	}
	return err
}

// said adds the message. A receipt of the web is about all up to a number, and
// has none.
func (b *Body) said(ctx context.Context, v store.View, id parley.MessageID) error {
	if id == "" {
		return nil
	}
	m, err := v.Message(ctx, id)
	b.Message = &Said{m.ID, m.Seq, m.Sender, m.Agent, m.Text, m.Content, m.Delivery, parley.Millis(m.At)}
	return err
}

func (b *Body) opened(ctx context.Context, v store.View, id parley.CaseID) error {
	c, err := v.Case(ctx, id)
	b.Case = &Case{c.ID, c.Number, c.Status, c.Subject, c.Customer, c.Interaction}
	return err
}

// member reads who joined or left.
func member(e parley.Entry) *Member {
	var d struct {
		By parley.EndedBy `json:"by"`
	}
	_ = json.Unmarshal(e.Data, &d) // our own; what is missing stays empty
	if e.Kind == "conversation_ended" && d.By == parley.EndedByCustomer {
		return &Member{Type: "customer"}
	}
	return &Member{Type: "agent", ID: e.Agent, Joined: e.Kind == "accepted"}
}

// transferred reads where an interaction goes.
func transferred(e parley.Entry) *Transferred {
	var d struct {
		New   parley.InteractionID `json:"new"`
		Queue parley.QueueID       `json:"queue"`
		To    parley.AgentID       `json:"to"`
		Done  bool                 `json:"done"`
	}
	_ = json.Unmarshal(e.Data, &d) // our own
	return &Transferred{e.Agent, d.New, d.Queue, d.To, d.Done}
}
