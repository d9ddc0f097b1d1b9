package drill

import (
	"context"

	"github.com/google/uuid"

	"parley/internal/drill/people"
)

// desk is one agent at work: takes every offer, answers every line once, ends
// after some answers.
type desk struct {
	*crowd
	agent    *people.Agent
	mine     map[string]string // active interaction by conversation
	answered map[string]int    // answers by interaction
}

// answersPerChat is after how many answers the agent ends.
const answersPerChat = 8

func (d *desk) open(ctx context.Context, s people.Snapshot) {
	for _, i := range s.Interactions {
		d.look(ctx, &i)
	}
	for _, messages := range s.Messages {
		for _, m := range messages {
			d.answer(ctx, &m)
		}
	}
}

func (d *desk) read(ctx context.Context, f people.Frame) {
	for _, e := range f.Events {
		if e.Interaction != nil {
			d.look(ctx, e.Interaction)
		}
		if e.Message != nil {
			d.answer(ctx, e.Message)
		}
	}
}

func (d *desk) look(ctx context.Context, i *people.Interaction) {
	switch i.State {
	case "offered":
		if i.Offer != nil {
			_ = d.agent.Accept(ctx, i.Offer.ID) // withdrawn by a restart: it comes again
		}
	case "active":
		d.mine[i.Conversation] = i.ID
	case "wrapup":
		delete(d.mine, i.Conversation)
		_ = people.Insist(ctx, func() error { return d.agent.End(ctx, i.ID) })
	default:
		delete(d.mine, i.Conversation)
	}
}

// answer replies to a customer's line. The client id follows from the line, so
// that answering twice after a reconnect is answering once.
func (d *desk) answer(ctx context.Context, m *people.Message) {
	interaction, ok := d.mine[m.Conversation]
	if !ok || m.Sender != "customer" {
		return
	}
	text := "an answer to " + m.ID
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(m.ID)).String()
	d.book.intend(text)
	var ack people.Ack
	err := people.Insist(ctx, func() (err error) { ack, err = d.agent.Send(ctx, interaction, id, text); return err })
	if err != nil {
		return // ended meanwhile
	}
	d.book.ack(text, ack)
	if d.answered[interaction]++; d.answered[interaction] == answersPerChat {
		_ = people.Insist(ctx, func() error { return d.agent.End(ctx, interaction) })
	}
}
