package center

import (
	"context"
	"encoding/json"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/store"
)

// entering is somebody at the start of a script.
type entering struct {
	parley.EntryPoint
	book  *book
	talk  parley.Conversation
	fresh bool // they were never here before
	text  string
}

// flow returns the script an entry point runs, nil for its own.
func (b *book) flow(e parley.EntryPoint) *parley.FlowVersion {
	if f, ok := b.flows[e.ScriptID]; ok {
		return &f
	}
	return nil
}

// begins runs an entry point's script from its start: for a new contact, and for
// one who comes back.
//
// Source: SCR-01, SCR-03.
func (c *Center) begins(ctx context.Context, v ledger.View, in entering) (scripted, error) {
	was := in.talk.Visitor.Language
	if was == "" && in.talk.Customer != "" {
		of, err := v.Linked(ctx, in.talk.Customer)
		if unlessAbsent(err) != nil {
			return scripted{}, err
		}
		in.talk.Visitor.Language = of.Language
	}
	f := in.book.flow(in.EntryPoint)
	if f == nil {
		who := script.Contact{Visitor: in.talk.Visitor, Text: in.text}
		return scripted{Outcome: script.Enter(in.EntryPoint, nil, who, v.Now)}.turning(in.talk.ID, in.Script, was), nil
	}
	who, err := contact(ctx, v, in.talk, in.book.mapped())
	if err != nil {
		return scripted{}, err
	}
	who.Text, who.Before = in.text, !in.fresh
	out := script.Enter(in.EntryPoint, &f.Flow, who, v.Now)
	return scripted{Outcome: out, run: &parley.ScriptRun{Script: f.Script, Version: f.Version}}.turning(in.talk.ID, in.Script, was), nil
}

// enter runs an entry point's script for somebody who wrote on a network. There
// is no form to fill in, and what the network brings is taken in also while the
// entry point is off: nothing that was acknowledged is lost.
//
// Source: SMS-02, RPL-02, SCR-07.
func (in *intake) enter(ctx context.Context, t *dialog, text string) (scripted, error) {
	e := in.EntryPoint
	e.Enabled, e.Script.Form = true, nil
	return in.c.begins(ctx, in.v, entering{EntryPoint: e, book: in.book, talk: t.Conversation, fresh: t.fresh, text: text})
}

// contact is what our records say of somebody: the customer they are linked to,
// or the one who fits.
//
// Source: SCR-02: check CRM.
func contact(ctx context.Context, v ledger.View, t parley.Conversation, mapped string) (script.Contact, error) {
	who := script.Contact{Visitor: t.Visitor, Channel: t.Channel}
	customer := t.Customer
	if customer == "" {
		m, err := records.Match(ctx, v.View, t.Visitor, mapped)
		if err != nil {
			return who, err
		}
		if m.Count == 1 {
			customer = m.Customers[0]
		}
	}
	if customer == "" {
		return who, nil
	}
	var err error
	who.Known = true
	who.OpenCase, err = v.OpenCaseOf(ctx, customer)
	return who, err
}

// scripted is what a script says and where it leads.
type scripted struct {
	script.Outcome
	run   *parley.ScriptRun     // nil: nothing is kept, it is an entry point's own
	turns parley.ConversationID // the one that goes on in another language, "" if none does
}

// turning notes that somebody is spoken to in another language than their
// conversation says: that of their record, or the one a script went over to.
//
// Source: LOC-02, SCR-02: language.
func (s scripted) turning(id parley.ConversationID, of parley.Script, was string) scripted {
	if s.Language != script.Language(of, was) {
		s.turns = id
	}
	return s
}

// keeps lists where a journey stands in its script, and the language it goes on in.
func (s scripted) keeps(r *store.Rows, journey parley.InteractionID) {
	if s.turns != "" {
		r.SaveLanguage(s.turns, s.Language)
	}
	if s.run == nil {
		return
	}
	run := *s.run
	run.Journey, run.At = journey, s.State.At
	run.Data, _ = json.Marshal(s.State) // plain data always can
	r.SaveScriptRun(run)
}

// needs are the skills the script asks for.
func (s scripted) needs() []routing.Requirement {
	var all []routing.Requirement
	for _, n := range s.Skills {
		all = append(all, routing.Requirement{Skill: n.Skill, Level: n.Level})
	}
	return all
}

// messages is what routing is told of the words for who waits.
func (s scripted) messages() routing.Messages {
	return routing.Messages{Every: time.Duration(s.Messages.Every) * time.Second, Times: s.Messages.Times}
}

// arrive adds to an arrival what the script says: the queue it leads to, or that
// it waits for an answer. The rest of the routes ends it at once.
//
// Source: I1, I2, SCR-04.
func (s scripted) arrive(a routing.Arrive) (routing.Arrive, []routing.Command) {
	switch s.Exit {
	case script.ToAnswer:
		a.Script, a.AnswerFor, a.Queue = true, s.Wait, ""
	case script.ToEnd, script.ToSkip:
		a.Script, a.Queue = true, ""
		return a, []routing.Command{s.end(a.Interaction)}
	default:
		a.Queue, a.Priority, a.Required, a.Messages = s.Queue, s.Priority, s.needs(), s.messages()
	}
	return a, nil
}

// end ends an interaction as the script says.
//
// Source: I3, I8, SCR-04.
func (s scripted) end(id parley.InteractionID) routing.EndScript {
	end := routing.EndScript{Interaction: id, State: parley.Cancelled}
	switch s.Exit {
	case script.ToClosed:
		end.State, end.Form = parley.Offline, true
	case script.ToSkip:
		end.State, end.Form = parley.Skipped, s.Form
	}
	return end
}

// automatic is a text of the center's own, which is no code: of a script, out of
// hours.
func (c *Center) automatic(in spot, l script.Line) *parley.Message {
	id := parley.MessageID(parley.NewID("msg", in.at))
	m := &parley.Message{
		ID: id, Conversation: in.conversation, Interaction: in.interaction, Sender: parley.FromSystem, ClientID: string(id),
		Text: l.Text, At: in.at, Content: &parley.Content{Kind: parley.ContentText, Note: noteAutoReply},
	}
	network := c.channels[in.provider]
	if network == nil || !network.Spec().Buttons {
		m.Text = l.Numbered()
	}
	if network == nil || network.Spec().Buttons {
		for k, option := range l.Options {
			m.Content.Options = append(m.Content.Options, parley.Choice{ID: parley.OptionExit(k), Title: option})
		}
	}
	return m
}

// utter lists a text of the center's own: to the network if one carries the
// conversation.
func (c *Center) utter(r *store.Rows, in spot, l script.Line) {
	m := c.automatic(in, l)
	if c.channels[in.provider] != nil {
		c.sayOut(r, m)
		return
	}
	c.say(r, m)
}

// noteAutoReply tells a text of the center's from a system line, which is a code.
const noteAutoReply = "auto_reply"

// marks lists a system line, about an agent or about nobody.
func (c *Center) marks(r *store.Rows, in spot, about parley.AgentID, code string) {
	id := parley.NewID("msg", in.at)
	c.say(r, &parley.Message{
		ID: parley.MessageID(id), Conversation: in.conversation, Interaction: in.interaction, Sender: parley.FromSystem,
		Agent: about, ClientID: id, Text: code, At: in.at,
	})
}

// spot is where a line or a text of the center's own goes.
type spot struct {
	provider     string
	conversation parley.ConversationID
	interaction  parley.InteractionID
	at           time.Time
}
