package center

import (
	"context"
	"encoding/json"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/settings"
	"parley/internal/store"
)

// SilentKind is the outbox kind of an interaction whose script got no answer in
// time; its subject is the interaction.
const SilentKind = "script_silent"

// advance is how a script goes on: what routing is asked, and what is kept and
// said. nil: it does not.
type advance struct {
	routes []routing.Command
	rows   func(*store.Rows)
}

// said is what goes on a script that waits: somebody's words, or their silence.
type said struct {
	text   string
	choice string
	silent bool
}

// goesOn leads an open interaction on in its script: an answer to a menu, the
// word that leaves the line. Whoever an agent serves is out of their script.
//
// Source: SCR-02, SCR-04, I2, I3, I8.
func (c *Center) goesOn(ctx context.Context, v ledger.View, i routing.InteractionState, say said) (*advance, error) {
	waits := i.State == parley.Queued || i.State == parley.Offering
	if !i.Script && (!waits || !script.Leaves(say.text)) {
		return nil, nil
	}
	run, err := v.ScriptRun(ctx, i.Journey)
	if err != nil {
		return nil, unlessAbsent(err)
	}
	t, err := v.Conversation(ctx, i.Conversation)
	if err != nil {
		return nil, err
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return nil, err
	}
	f, err := b.version(ctx, v.View, run)
	if err != nil {
		return nil, err
	}
	state, err := stateOf(run)
	if err != nil {
		return nil, err
	}
	e := b.entrance[t.EntryPoint]
	if f.Start == "" { // its script is gone: whom it asked waits where the entry point leads
		if !i.Script {
			return nil, nil
		}
		out := scripted{Outcome: script.Outcome{Exit: script.ToQueue, Queue: e.Queue, Language: state.Language}}
		return c.advance(v, onward{book: b, entrance: e, interaction: i}, out), nil
	}
	who, err := contact(ctx, v, t, b.mapped())
	if err != nil {
		return nil, err
	}
	who.Text, who.Choice, who.Silent = say.text, say.choice, say.silent
	who.Before, who.Form = true, nil
	out := scripted{Outcome: script.Run(f, who, state, v.Now), run: &run}.turning(t.ID, e.Script, t.Visitor.Language)
	if out.Exit == script.ToStay {
		return nil, nil
	}
	return c.advance(v, onward{book: b, entrance: e, interaction: i}, out), nil
}

// version is the flow a run began with, whatever was published since; an empty one
// if its script was removed.
func (b *book) version(ctx context.Context, v store.View, run parley.ScriptRun) (parley.Flow, error) {
	if f, ok := b.flows[run.Script]; ok && f.Version == run.Version {
		return f.Flow, nil
	}
	f, err := v.ScriptVersion(ctx, run.Script, run.Version)
	return f.Flow, unlessAbsent(err)
}

// standsAt is the object at which a journey's script waits or has ended, the zero
// value without a script.
func (b *book) standsAt(ctx context.Context, v store.View, journey parley.InteractionID) (parley.FlowObject, error) {
	run, err := v.ScriptRun(ctx, journey)
	if err != nil {
		return parley.FlowObject{}, unlessAbsent(err)
	}
	f, err := b.version(ctx, v, run)
	o, _ := f.Object(run.At)
	return o, err
}

// onward is where a script goes on.
type onward struct {
	book        *book
	entrance    parley.EntryPoint
	interaction routing.InteractionState
}

// advance is what follows from where a script leads now. Out of hours a network's
// message is kept all the same where that is chosen, and waits for the opening.
//
// Source: SCR-07.
func (c *Center) advance(v ledger.View, on onward, out scripted) *advance {
	id := on.interaction.ID
	step := &advance{routes: []routing.Command{out.end(id)}}
	forward := func(q parley.QueueID) {
		if _, there := v.Router.Queue(q); there { // else nobody would ever come
			step.routes[0] = routing.Forward{
				Interaction: id, Queue: q, Priority: out.Priority, Required: out.needs(), Messages: out.messages(),
			}
		}
	}
	switch out.Exit {
	case script.ToAnswer:
		step.routes[0] = routing.Ask{Interaction: id, For: out.Wait}
	case script.ToQueue:
		forward(out.Queue)
	case script.ToClosed:
		if out.Closed == "" {
			out.Closed = on.entrance.Script.Closed.In(out.Language)
		}
		if out.Closed != "" {
			out.Says = append(out.Says, script.Line{Text: out.Closed})
		}
		at := settings.At{EntryPoint: on.entrance.ID}
		if !on.interaction.Web && on.book.values.Text("closed_policy", at) == closedKeep {
			if out.Opens.After(v.Now) {
				step.routes[0] = routing.Ask{Interaction: id, For: out.Opens.Sub(v.Now)}
			} else {
				forward(on.entrance.Queue)
			}
		}
	}
	where := spot{on.entrance.Provider, on.interaction.Conversation, id, v.Now}
	step.rows = func(r *store.Rows) { c.walked(r, where, on.interaction.Journey, out) }
	return step
}

// walked lists what follows from where a script led somebody: what is kept of it,
// what it says, and whom it writes to about who left the line, at once, or on the
// web once the form is filled in.
//
// Source: SCR-02.
func (c *Center) walked(r *store.Rows, where spot, journey parley.InteractionID, out scripted) {
	out.keeps(r, journey)
	if out.Mail != "" && (!out.Form || c.channels[where.provider] != nil) {
		c.mails[where.interaction] = out.Mail
	}
	for _, l := range out.Says {
		c.utter(r, where, l)
	}
}

// silent goes on where nobody answered in time, and where a message was kept
// until the hours began.
//
// Source: SCR-02: no answer; SCR-07.
func (c *Center) silent(ctx context.Context, o store.Outbox) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "script_silent",
		Touch: []string{o.Subject},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			i, ok := v.Router.Interaction(parley.InteractionID(o.Subject))
			if !ok || !i.Script || !i.AnswerUntil.IsZero() {
				return ledger.Plan{}, nil // they answered, or left, or were asked anew
			}
			step, err := c.goesOn(ctx, v, i, said{silent: true})
			if err != nil {
				return ledger.Plan{}, err
			}
			if step == nil {
				return c.atOpening(ctx, v, i)
			}
			return step.plan(nil), nil
		},
	})
}

// atOpening leads on who was asked nothing, but kept until the hours began; if they
// began later than was said, it waits for that.
//
// Source: SCR-07, RPL-02.
func (c *Center) atOpening(ctx context.Context, v ledger.View, i routing.InteractionState) (ledger.Plan, error) {
	b, err := c.memory.book(ctx)
	if err != nil {
		return ledger.Plan{}, err
	}
	t, err := v.Conversation(ctx, i.Conversation)
	if err != nil {
		return ledger.Plan{}, err
	}
	first, err := beganWith(ctx, v, i.Journey)
	if err != nil {
		return ledger.Plan{}, err
	}
	in := &intake{c: c, v: v, arrivals: arrivals{EntryPoint: b.entrance[t.EntryPoint], book: b}}
	out, err := in.enter(ctx, &dialog{Conversation: t}, first)
	if err != nil {
		return ledger.Plan{}, err
	}
	if out.Exit == script.ToClosed && out.Opens.After(v.Now) {
		return ledger.Plan{Route: routing.Ask{Interaction: i.ID, For: out.Opens.Sub(v.Now)}}, nil
	}
	step, err := in.opens(ctx, i, out)
	if step == nil && err == nil {
		return ledger.Plan{Route: routing.EndScript{Interaction: i.ID, State: parley.Offline, Form: true}}, nil
	}
	return step.plan(nil), err
}

// beganWith is what somebody wrote when their script began, "" without one: its
// conditions look at that.
func beganWith(ctx context.Context, v ledger.View, journey parley.InteractionID) (string, error) {
	run, err := v.ScriptRun(ctx, journey)
	if err != nil {
		return "", unlessAbsent(err)
	}
	state, err := stateOf(run)
	return state.First, err
}

// stateOf is where a run stands.
func stateOf(run parley.ScriptRun) (script.State, error) {
	var state script.State
	err := json.Unmarshal(run.Data, &state)
	return state, err
}

// plan is what follows, after what was said.
func (a *advance) plan(first func(*store.Rows)) ledger.Plan {
	p := ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
		if first != nil {
			first(r)
		}
		if a != nil {
			a.rows(r)
		}
	}}
	if a != nil {
		p.Routes = a.routes
	}
	return p
}

// waiting is how often somebody who is handed on is told something while they
// wait: as often as their script said where it sent them on; never without one.
//
// Source: SCR-02, XFR-06.
func (c *Center) waiting(ctx context.Context, v ledger.View, id parley.InteractionID) (routing.Messages, error) {
	i, ok := v.Router.Interaction(id)
	if !ok {
		return routing.Messages{}, nil // refused below
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return routing.Messages{}, err
	}
	o, err := b.standsAt(ctx, v.View, i.Journey)
	if err != nil {
		return routing.Messages{}, err
	}
	return scripted{Outcome: script.Outcome{Messages: o.Messages}}.messages(), nil
}

// due says what somebody who waits is due.
//
// Source: SCR-02: in-queue loop and interval.
func (c *Center) due(ctx context.Context, v ledger.View, e routing.WaitMessageDue, r *store.Rows) error {
	i, ok := v.Router.Interaction(e.Interaction)
	if !ok {
		return nil
	}
	run, err := v.ScriptRun(ctx, i.Journey)
	if err != nil {
		return unlessAbsent(err)
	}
	b, err := c.memory.book(ctx)
	if err != nil {
		return err
	}
	f, err := b.version(ctx, v.View, run)
	if err != nil {
		return err
	}
	t, err := v.Conversation(ctx, i.Conversation)
	if err != nil {
		return err
	}
	state, err := stateOf(run)
	if err != nil {
		return err
	}
	if text := script.Waiting(f, state, e.Left); text != "" {
		c.utter(r, spot{b.entrance[t.EntryPoint].Provider, i.Conversation, i.ID, v.Now}, script.Line{Text: text})
	}
	return nil
}

// answers goes on in the script of whoever wrote, unless it went on before in
// this request: routing knows nothing of that yet.
func (in *intake) answers(ctx context.Context, t *dialog, m parley.Inbound) error {
	i, ok := in.v.Router.OpenOf(t.ID)
	if !ok || t.moved {
		return nil
	}
	say := said{text: m.Text}
	if m.Content != nil && m.Content.Choice != nil {
		say.choice = m.Content.Choice.ID
		if say.text == "" {
			say.text = m.Content.Choice.Title
		}
	}
	step, err := in.c.goesOn(ctx, in.v, i, say)
	if err == nil && step == nil && i.Script {
		return in.reopens(ctx, t, i, m.Text)
	}
	if err != nil || step == nil {
		return err
	}
	t.moved = true
	in.routes = append(in.routes, step.routes...)
	in.after = append(in.after, step.rows)
	return nil
}

// heardBy leads the script of a web customer on who wrote.
func (c *Center) heardBy(ctx context.Context, v ledger.View, m parley.Message) (*advance, error) {
	i, ok := v.Router.OpenOf(m.Conversation)
	if m.Sender != parley.FromCustomer || !ok {
		return nil, nil
	}
	return c.goesOn(ctx, v, i, said{text: m.Text})
}
