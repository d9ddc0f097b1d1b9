package center

import (
	"context"
	"fmt"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/store"
)

// VisitorSend adds a customer's message to their open interaction.
//
// Errors: parley.ErrInteractionEnded after the end (E20), ErrTextTooLong with
// limit and count, ErrInvalid.
// Source: CNV-04, CNV-08, I6, I15, A-052: the sender is who the token says.
func (c *Center) VisitorSend(ctx context.Context, me parley.Actor, say Words) (Sent, error) {
	t, err := c.memory.talk(ctx, me.Visitor)
	if err != nil {
		return Sent{}, err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return Sent{}, err
	}
	if first, err := c.repeated(ctx, me.Visitor, say); err != nil || first.ID != "" {
		return first, err
	}
	if say.files, err = c.uploaded(ctx, uploads(me), me.Visitor, say.Files); err != nil {
		return Sent{}, err
	}
	if say.Text, err = wording(say.Text, b.customerLimit(t.Channel), len(say.files) > 0); err != nil {
		return Sent{}, err
	}
	say.ReplyTo, say.Template = "", nil
	say.content = contentOf(&say)
	return c.add(ctx, me.Visitor, say, func(s *routing.State) (parley.Message, error) {
		i, ok := s.OpenOf(me.Visitor)
		if !ok {
			return parley.Message{}, parley.ErrInteractionEnded
		}
		return parley.Message{Interaction: i.ID, Sender: parley.FromCustomer}, nil
	})
}

// VisitorReceipt notes how far the customer's client has the messages, and how
// far the customer has seen them. It never goes back, and never beyond the last.
//
// Source: CNV-02, INV-16.
func (c *Center) VisitorReceipt(ctx context.Context, me parley.Actor, delivered, read int64) error {
	t, err := c.memory.talk(ctx, me.Visitor)
	if err != nil {
		return err
	}
	if delivered <= t.DeliveredSeq && read <= t.ReadSeq {
		return nil
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "receipt",
		Touch: []string{string(me.Visitor)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			now, err := v.Conversation(ctx, me.Visitor)
			if err != nil {
				return ledger.Plan{}, err
			}
			seen := max(now.ReadSeq, min(read, now.LastSeq))
			had := max(now.DeliveredSeq, seen, min(delivered, now.LastSeq))
			if seen == now.ReadSeq && had == now.DeliveredSeq {
				return ledger.Plan{}, nil
			}
			i, _ := v.Router.OpenOf(me.Visitor)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.SaveReceipt(me.Visitor, had, seen)
				r.Entry(parley.Entry{
					Kind: parley.KindDeliveryChanged, Conversation: me.Visitor, Interaction: i.ID,
					Data: fmt.Appendf(nil, `{"delivered":%d,"read":%d}`, had, seen),
				})
			}}, nil
		},
	})
}

// open returns the visitor's open interaction, while it is planned with.
func open(v ledger.View, me parley.Actor) (routing.InteractionState, error) {
	i, ok := v.Router.OpenOf(me.Visitor)
	if !ok {
		return i, parley.ErrInteractionEnded
	}
	return i, nil
}

// VisitorEnd ends the conversation. Twice is once.
//
// Errors: parley.ErrNotCustomerEndable if the entry point does not let them.
// Source: WEB-06, I4, I7, I13, I17.
func (c *Center) VisitorEnd(ctx context.Context, me parley.Actor) error {
	e, err := c.entranceOf(ctx, me)
	if err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name: "visitor_end",
		Plan: func(_ context.Context, v ledger.View) (ledger.Plan, error) {
			i, err := open(v, me)
			if err != nil {
				return ledger.Plan{}, nil
			}
			if i.State == parley.Active && !e.Script.CustomerEnd {
				return ledger.Plan{}, parley.ErrNotCustomerEndable
			}
			return ledger.Plan{Route: routing.CustomerLeave{Interaction: i.ID}}, nil
		},
	})
}

func (c *Center) entranceOf(ctx context.Context, me parley.Actor) (parley.EntryPoint, error) {
	t, err := c.memory.talk(ctx, me.Visitor)
	if err != nil {
		return parley.EntryPoint{}, err
	}
	return c.EntryPoint(ctx, t.EntryPoint)
}

// VisitorLost and VisitorBack tell of a visitor's last socket that went, and of
// the first one that came. After the end there is nothing to tell.
//
// Source: I18, I19, E18.
func (c *Center) VisitorLost(ctx context.Context, id parley.ConversationID) error {
	return c.visitorLink(ctx, id, func(i parley.InteractionID) routing.Command { return routing.CustomerLost{Interaction: i} })
}

// VisitorBack is the inverse of VisitorLost.
func (c *Center) VisitorBack(ctx context.Context, id parley.ConversationID) error {
	return c.visitorLink(ctx, id, func(i parley.InteractionID) routing.Command { return routing.CustomerBack{Interaction: i} })
}

func (c *Center) visitorLink(ctx context.Context, id parley.ConversationID, tell func(parley.InteractionID) routing.Command) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name: "visitor_link",
		Plan: func(_ context.Context, v ledger.View) (ledger.Plan, error) {
			i, ok := v.Router.OpenOf(id)
			if !ok {
				return ledger.Plan{}, nil
			}
			return ledger.Plan{Route: tell(i.ID)}, nil
		},
	})
}

// Again begins a new interaction in a conversation that has ended, with a
// question. A repeat adds nothing.
//
// Errors: parley.ErrConversationOpen while one is open, ErrClosed, ErrTextTooLong,
// ErrConsentRequired if what they once agreed to reads differently today.
// Source: I27, RPL-05, R-45.
func (c *Center) Again(ctx context.Context, me parley.Actor, say Words, consent string) error {
	t, err := c.memory.talk(ctx, me.Visitor)
	if err != nil {
		return err
	}
	b, err := c.config(ctx)
	if err != nil {
		return err
	}
	if say.Text, err = clean(script.FieldQuestion, say.Text, b.customerLimit(t.Channel)); err != nil {
		return err
	}
	if err := checkClientID(say.ClientID); err != nil {
		return err
	}
	e := b.entrance[t.EntryPoint]
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "again",
		Touch: []string{say.ClientID, string(me.Visitor)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if first, err := c.repeats(ctx, v.View, me.Visitor, say.ClientID); err != nil || first.ID != "" {
				return ledger.Plan{}, err
			}
			out, err := c.returning(ctx, v, entering{e, b, t.Conversation, false, say.Text})
			if err != nil {
				return ledger.Plan{}, err
			}
			given, err := agreedAgain(ctx, v, t.Conversation, e.Script, consent)
			if err != nil {
				return ledger.Plan{}, err
			}
			interaction := parley.InteractionID(parley.NewID("int", v.Now))
			return c.opens(v, b.arrive(e, me.Visitor, interaction), out, func(r *store.Rows) {
				r.SaveVisitUntil(me.Visitor, v.Now.Add(tokenIdle))
				consents(r, interaction, me.Visitor, given)
				r.SaveQuestion(me.Visitor, c.masked(say.Text))
				c.ask(r, parley.Message{
					Conversation: me.Visitor, Interaction: interaction, ClientID: say.ClientID, Text: say.Text, At: v.Now,
				})
			}), nil
		},
	})
}

// returning runs the script for somebody who is known: the form was filled in
// before.
func (c *Center) returning(ctx context.Context, v ledger.View, in entering) (scripted, error) {
	in.Script.Form = nil
	out, err := c.begins(ctx, v, in)
	if err == nil {
		err = refused(out.Outcome)
	}
	return out, err
}
