package center

import (
	"context"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// Words is a message on its way: a client id, so that a repeat adds nothing, and
// a text.
type Words struct {
	ClientID string
	Text     string
	Files    []parley.AttachmentID // uploaded before, by the same person
	Template *parley.Template      // approved by the network (WAP-05)
	ReplyTo  parley.MessageID      // which message it answers

	content *parley.Content // made of these
	files   []store.File
	out     bool // it goes to a network
}

// Send adds an agent's message to an interaction of theirs.
//
// Errors: parley.ErrNotFound if it is not theirs, ErrInteractionEnded,
// ErrTextTooLong with limit and count, ErrInvalid; on a network also
// ErrPlainTextOnly, ErrFileNotAllowed, ErrWindowClosed, ErrOptedOut, ErrShortCode,
// ErrUnknownTemplate.
// Source: CNV-01, CNV-03, I15, E22.
func (c *Center) Send(ctx context.Context, me parley.Actor, id parley.InteractionID, say Words) (Sent, error) {
	if err := may(me, parley.MayServe, nil); err != nil {
		return Sent{}, err
	}
	w, err := c.memory.work(ctx, id)
	if err != nil {
		return Sent{}, err
	}
	if !handled(me, &w.Interaction) { // unless it became theirs this moment
		if w, err = c.work(ctx, id); err != nil {
			return Sent{}, err
		}
	}
	if !handled(me, &w.Interaction) {
		return Sent{}, parley.ErrNotFound
	}
	if first, err := c.repeated(ctx, w.Conversation, say); err != nil || first.ID != "" {
		return first, err
	}
	if err := c.compose(ctx, me, w, &say); err != nil {
		return Sent{}, err
	}
	return c.add(ctx, w.Conversation, say, func(s *routing.State) (parley.Message, error) {
		i, ok := s.Interaction(id)
		return parley.Message{Interaction: id, Sender: parley.FromAgent, Agent: me.Agent}, serving(me, i, ok)
	})
}

// agentLimit is how long an agent's message may be on a channel, by the surface
// in use.
//
// Unit: code points after NFC.
// Source: CNV-03, CFG-05.
func (b *book) agentLimit(me parley.Actor, channel parley.Channel) int {
	at := settings.At{Agent: me.Agent, Group: me.Group, Preset: me.Preset}
	return b.values.Int("text.agent_limit."+string(channel), at)
}

// add adds a message, if from says whose it is. A repeat gets the first answer.
func (c *Center) add(ctx context.Context, conversation parley.ConversationID, say Words,
	from func(*routing.State) (parley.Message, error)) (Sent, error) {
	if err := checkClientID(say.ClientID); err != nil {
		return Sent{}, err
	}
	first, m := Sent{}, parley.Message{}
	err := c.ledger.Do(ctx, ledger.Command{
		Name:  "send",
		Touch: []string{say.ClientID},
		Plan: func(ctx context.Context, v ledger.View) (p ledger.Plan, err error) {
			if first, err = c.repeats(ctx, v.View, conversation, say.ClientID); err != nil || first.ID != "" {
				return p, err
			}
			if m, err = from(v.Router); err != nil {
				return p, err
			}
			m.ID, m.Conversation = parley.MessageID(parley.NewID("msg", v.Now)), conversation
			m.ClientID, m.Text, m.At, m.Content = say.ClientID, say.Text, v.Now, say.content
			if err := loose(ctx, v, say.files); err != nil {
				return ledger.Plan{}, err
			}
			step, err := c.heardBy(ctx, v, m)
			if err != nil {
				return ledger.Plan{}, err
			}
			plan := step.plan(func(r *store.Rows) { c.put(r, &m, say) })
			plan.Routes = append(plan.Routes, hears(v.Router, m)...)
			return plan, nil
		},
	})
	switch {
	case err != nil:
		if first, _ = before(ctx, c.store.View(), conversation, say.ClientID); first.ID != "" { // though nothing can be saved now
			return first, nil
		}
		return Sent{}, err
	case first.ID != "":
		return first, nil
	}
	return sentAs(m, false), nil
}

// repeated finds a message with files that was sent before: its files are no
// longer there to be sent.
//
// Source: I15.
func (c *Center) repeated(ctx context.Context, id parley.ConversationID, say Words) (Sent, error) {
	if len(say.Files) == 0 || say.ClientID == "" {
		return Sent{}, nil
	}
	return before(ctx, c.store.View(), id, say.ClientID)
}

// put lists what somebody said, with its files.
func (c *Center) put(r *store.Rows, m *parley.Message, say Words) {
	if say.out {
		c.sayOut(r, m)
	} else {
		c.say(r, m)
	}
	for _, f := range say.files {
		f.Message, f.Conversation = m.ID, m.Conversation
		r.SaveFile(f)
	}
}

// say lists a message and keeps it until it is told.
func (c *Center) say(r *store.Rows, m *parley.Message) {
	c.mask(m)
	c.memory.said(*m)
	r.Message(m)
}

// Draft keeps what an agent has typed but not sent.
//
// Errors: parley.ErrNotFound, ErrTextTooLong beyond what any message may hold.
func (c *Center) Draft(ctx context.Context, me parley.Actor, id parley.InteractionID, text string) error {
	w, err := c.mine(ctx, me, id)
	if err != nil {
		return err
	}
	if text != "" {
		if text, err = normal("text", text); err != nil {
			return err
		}
		if n := length(text); n > draftMax {
			return parley.ErrTextTooLong.With(map[string]any{"limit": draftMax, "count": n})
		}
		text = c.masked(text)
	}
	err = c.ledger.Do(ctx, ledger.Command{
		Name: "save_draft", Spare: true,
		Plan: func(_ context.Context, v ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.SaveDraft(w.ID, me.Agent, text, v.Now) }}, nil
		},
	})
	c.memory.drafted(draftKey{id, me.Agent})
	return err
}

// draftMax leaves room for a text that is still to be shortened.
//
// Unit: code points.
const draftMax = 20_000

// Note adds a remark on an interaction; the customer never sees it. Late ones
// are welcome: an agent may note what they handled after it is over.
//
// Errors: parley.ErrNotFound, ErrTextTooLong, ErrInvalid.
// Source: XFR-08, WRP-03.
func (c *Center) Note(ctx context.Context, me parley.Actor, id parley.InteractionID, say Words) (Note, error) {
	w, err := c.work(ctx, id)
	if err != nil {
		return Note{}, err
	}
	if err := mayNote(me, &w.Interaction); err != nil {
		return Note{}, err
	}
	if say.Text, err = clean("text", say.Text, NoteMax); err != nil {
		return Note{}, err
	}
	if err := checkClientID(say.ClientID); err != nil {
		return Note{}, err
	}
	say.Text = c.masked(say.Text)
	var n parley.Note
	err = c.ledger.Do(ctx, ledger.Command{
		Name:  "add_note",
		Touch: []string{say.ClientID},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			first, err := v.NoteAdded(ctx, id, say.ClientID)
			if err == nil {
				n = first
				return ledger.Plan{}, nil
			}
			if unlessAbsent(err) != nil {
				return ledger.Plan{}, err
			}
			n = parley.Note{
				ID: parley.NewID("nte", v.Now), Interaction: id, Agent: me.Agent,
				ClientID: say.ClientID, Text: say.Text, At: v.Now,
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { note(r, n) }}, nil
		},
	})
	if err != nil {
		return Note{}, err
	}
	s, err := c.scene(ctx, me, &c.memory)
	if err != nil {
		return Note{}, err
	}
	return *s.note(n), nil
}

// mayNote lets people note what is or was theirs, and supervisors everything.
func mayNote(me parley.Actor, i *store.Interaction) error {
	switch {
	case me.Agent == "" || !sees(me, i):
		return parley.ErrNotFound
	case me.Has(parley.MaySupervise) || i.Agent == me.Agent:
		return nil
	}
	return parley.ErrForbidden // offered to them only
}

// note lists a note and its log row.
func note(r *store.Rows, n parley.Note) {
	r.AddNote(n)
	r.Entry(parley.Entry{
		At: n.At, Kind: parley.KindNoteAdded, Interaction: n.Interaction, Agent: n.Agent, Subject: n.ID,
	})
}

// mine returns an interaction of an agent's list. Errors: parley.ErrNotFound if
// it is not theirs, ErrForbidden without the right.
func (c *Center) mine(ctx context.Context, me parley.Actor, id parley.InteractionID) (*work, error) {
	w, err := c.work(ctx, id)
	if err != nil {
		return nil, err
	}
	if !handled(me, &w.Interaction) && !holds(me, &w.Interaction) {
		return nil, parley.ErrNotFound
	}
	if !me.Has(parley.MayServe) {
		return nil, parley.ErrForbidden
	}
	return w, nil
}
