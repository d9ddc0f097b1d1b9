package center

import (
	"context"
	"time"

	"parley"
	"parley/internal/channel"
)

// Typing is a notice that somebody types. It is told to those concerned and
// kept nowhere.
//
// Source: CNV-06.
type Typing struct {
	Conversation parley.ConversationID
	By           parley.Sender
	Name         string // of the agent, as the customer sees them; of the customer
	Until        time.Time
	To           Audience
}

// typingFor is how long a typing notice stands.
//
// Source: CNV-06, T_typing.
const typingFor = 6 * time.Second

// OnTyping signs up whoever tells of typing. Call it before serving.
func (c *Center) OnTyping(tell func(Typing)) {
	c.typists.mu.Lock()
	defer c.typists.mu.Unlock()
	c.typists.tell = append(c.typists.tell, tell)
}

func (c *Center) tellTyping(t Typing) {
	c.typists.mu.RLock()
	defer c.typists.mu.RUnlock()
	for _, tell := range c.typists.tell {
		tell(t)
	}
}

// until is when a notice ends: at once if typing stopped.
func (c *Center) until(on bool) time.Time {
	now := c.clock.Now()
	if on {
		return now.Add(typingFor)
	}
	return now
}

// Type tells the customer that the agent types, or stopped.
//
// Errors: parley.ErrNotFound, ErrInteractionEnded.
func (c *Center) Type(ctx context.Context, me parley.Actor, id parley.InteractionID, on bool) error {
	w, err := c.mine(ctx, me, id)
	if err != nil {
		return err
	}
	if w.State != parley.Active || w.Agent != me.Agent {
		return parley.ErrInteractionEnded
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return err
	}
	c.tellTyping(Typing{
		Conversation: w.Conversation, By: parley.FromAgent, Name: b.names[string(me.Agent)].Name, Until: c.until(on),
		To: Audience{Visitors: []parley.ConversationID{w.Conversation}, Watchers: c.watches.sessions(id)},
	})
	what := channel.MarkNotTyping
	if on {
		what = channel.MarkTyping
	}
	c.courier.Mark(w.Conversation, what)
	return nil
}

// VisitorType tells the agent that the customer types, or stopped. Nobody is
// told while nobody serves them.
//
// Errors: parley.ErrInteractionEnded.
func (c *Center) VisitorType(ctx context.Context, me parley.Actor, on bool) error {
	if err := c.follower.wait(ctx, c.ledger.Head()); err != nil {
		return err
	}
	w, err := c.memory.front(ctx, me.Visitor)
	if err != nil {
		return err
	}
	if !w.State.Open() {
		return parley.ErrInteractionEnded
	}
	if w.State != parley.Active {
		return nil
	}
	t, err := c.memory.talk(ctx, me.Visitor)
	if err != nil {
		return err
	}
	c.tellTyping(Typing{
		Conversation: me.Visitor, By: parley.FromCustomer, Name: customerOf(t).Name, Until: c.until(on),
		To: Audience{Agents: []parley.AgentID{w.Agent}, Watchers: c.watches.sessions(w.ID)},
	})
	return nil
}
