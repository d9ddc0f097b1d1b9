package center

import (
	"context"
	"time"

	"parley"
	"parley/internal/courier"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/settings"
	"parley/internal/store"
)

// The policies for somebody who writes out of hours on a network.
//
// Source: SCR-07.
const (
	closedKeep   = "auto_reply_and_keep"
	closedMissed = "log_missed"
)

// routeScript is the value of reply.route that runs the script anew.
const routeScript = "script"

// arrive begins an interaction for somebody who wrote while none was open: into
// the queue that served them last, or where the script leads.
//
// Source: SMS-02, RPL-01 to RPL-04, SCR-07.
func (in *intake) arrive(ctx context.Context, t *dialog, m parley.Inbound) error {
	out, err := in.enter(ctx, t, m.Text)
	if err != nil {
		return err
	}
	last, err := in.last(ctx, t)
	if err != nil {
		return err
	}
	closed := out.Exit == script.ToClosed
	if q := in.back(last); q != "" && !closed { // they are known here: nobody asks them again
		out = scripted{Outcome: script.Outcome{Exit: script.ToQueue, Queue: q, Language: out.Language}, turns: out.turns}
	}
	if out.Exit != script.ToQueue && !closed {
		in.meets(t, out)
		return nil
	}
	queue := in.queue(out.Queue, last)
	missed := closed && in.book.values.Text("closed_policy", in.at()) == closedMissed
	if _, there := in.v.Router.Queue(queue); !there {
		missed = true // nobody would ever serve it
	}
	if missed && in.joinsMissed(t, last) {
		return nil
	}
	a, _ := out.arrive(routing.Arrive{})
	a.Queue = queue
	if missed {
		a = routing.Arrive{Offline: true}
	} else if closed && out.Opens.After(in.v.Now) { // kept until then
		a.Script, a.AnswerFor, a.Queue = true, out.Opens.Sub(in.v.Now), ""
	} else if long := in.book.values.Seconds("reply.prefer_last_agent", in.at()); long > 0 && last != nil && last.Agent != "" {
		a.Prefer, a.PreferFor = last.Agent, long
	}
	in.arrives(t, a)
	if closed && out.Closed != "" {
		out.Says = append(out.Says, script.Line{Text: out.Closed})
	}
	in.says(t, out)
	return nil
}

// meets begins an interaction whose script asks something first, or ends it.
//
// Source: I1, SCR-04.
func (in *intake) meets(t *dialog, out scripted) {
	t.within = parley.InteractionID(parley.NewID("int", in.v.Now))
	a, then := out.arrive(routing.Arrive{Interaction: t.within, Conversation: t.ID, Silence: in.book.silence(in.ID), Window: in.windowOf(t)})
	in.routes = append(append(in.routes, a), then...)
	in.says(t, out)
}

// says lists what a script said on its way, and where it stands.
func (in *intake) says(t *dialog, out scripted) {
	t.moved = true
	where := in.spot(t)
	in.after = append(in.after, func(r *store.Rows) { in.c.walked(r, where, where.interaction, out) })
}

// back is the queue that served somebody before, "" if the script decides.
//
// Source: RPL-02.
func (in *intake) back(last *store.Interaction) parley.QueueID {
	if last != nil && in.book.values.Text("reply.route", in.at()) != routeScript {
		if q, there := in.v.Router.Queue(last.Queue); there && q.Enabled {
			return last.Queue
		}
	}
	return ""
}

// last returns the conversation's newest interaction, nil if there is none.
func (in *intake) last(ctx context.Context, t *dialog) (*store.Interaction, error) {
	if t.fresh {
		return nil, nil
	}
	rows, err := in.v.InteractionsOf(ctx, t.ID, 1)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// queue is where somebody waits: the queue of before if there is one, else the
// script's, else the entry point's.
//
// Source: RPL-02.
func (in *intake) queue(scripted parley.QueueID, last *store.Interaction) parley.QueueID {
	if q := in.back(last); q != "" {
		return q
	}
	if scripted == "" {
		return in.Queue
	}
	return scripted
}

// opens leads on who was kept out of hours: to the queue that served them before,
// or else where the script leads now, or else to the entry point's. What they were
// told and asked when they wrote is not said again. nil: nobody would serve them.
//
// Source: SCR-07, RPL-02.
func (in *intake) opens(ctx context.Context, i routing.InteractionState, out scripted) (*advance, error) {
	rows, err := in.v.InteractionsOf(ctx, i.Conversation, 2)
	if err != nil {
		return nil, err
	}
	var last *store.Interaction
	if len(rows) > 1 {
		last = &rows[1]
	}
	f := routing.Forward{Interaction: i.ID, Queue: in.queue(out.Queue, last)}
	if _, there := in.v.Router.Queue(f.Queue); !there {
		return nil, nil
	}
	if f.Queue != out.Queue {
		return &advance{routes: []routing.Command{f}, rows: func(*store.Rows) {}}, nil
	}
	f.Priority, f.Required, f.Messages = out.Priority, out.needs(), out.messages()
	return &advance{routes: []routing.Command{f}, rows: func(r *store.Rows) { out.keeps(r, i.Journey) }}, nil
}

// reopens leads on who was kept out of hours, and writes again, if the hours have
// begun since: somebody may have changed them.
//
// Source: SCR-07.
func (in *intake) reopens(ctx context.Context, t *dialog, i routing.InteractionState, text string) error {
	out, err := in.enter(ctx, t, text)
	if err != nil || out.Exit == script.ToClosed {
		return err
	}
	step, err := in.opens(ctx, i, out)
	if step != nil {
		t.moved = true
		in.routes, in.after = append(in.routes, step.routes...), append(in.after, step.rows)
	}
	return err
}

// missedJoins is how long what somebody writes out of hours belongs to one missed
// contact. It also keeps two machines from answering each other for ever.
const missedJoins = 12 * time.Hour

// joinsMissed puts a message to the missed contact of the same night.
func (in *intake) joinsMissed(t *dialog, last *store.Interaction) bool {
	if last == nil || last.State != parley.Offline || in.v.Now.Sub(last.CreatedAt) > missedJoins {
		return false
	}
	t.within = last.ID
	return true
}

// choice keeps that somebody wants to hear from us no more, or again. It begins
// no interaction; whoever serves them is told. It reports whether that was all
// the message says: START and YES of somebody who never said STOP are words like
// any other.
//
// Source: SMS-09.
func (in *intake) choice(ctx context.Context, t *dialog, m parley.Inbound) (done bool, err error) {
	was, err := in.v.OptedOut(ctx, in.ID, t.Address)
	if t.chose != nil {
		was = *t.chose
	}
	if err != nil || !was && !*m.OptOut {
		return false, err
	}
	in.running(t)
	in.said(t, m, parley.FromCustomer)
	if was == *m.OptOut {
		return true, nil
	}
	t.chose = m.OptOut
	text, keep := lineOptedIn, (*store.Rows).OptIn
	if *m.OptOut {
		text, keep = lineOptedOut, (*store.Rows).OptOut
	}
	in.tells(t, text)
	in.list(func(r *store.Rows) { keep(r, in.ID, t.Address) })
	return true, nil
}

// helps answers who asks by keyword whom they write to, also those who want to hear
// no more: they asked. It begins no interaction; whoever serves them is told. It
// reports whether that was all: where nothing is to be answered by itself, the word
// is for an agent, unless the network has answered it.
//
// Source: SMS-09.
func (in *intake) helps(t *dialog, m parley.Inbound) (done bool) {
	text := script.Helps(in.Script, in.book.center.Name, m.Language, t.Visitor.Language)
	if m.Help == parley.HelpAsked && text == "" {
		return false
	}
	in.running(t)
	in.routes = append(in.routes, hears(in.v.Router, *in.said(t, m, parley.FromCustomer))...)
	in.tells(t, string(m.Help))
	if m.Help == parley.HelpAsked {
		answer := in.c.automatic(in.spot(t), script.Line{Text: text})
		in.list(func(r *store.Rows) { in.c.goesOut(r, answer, courier.Helps) })
	}
	return true
}

// tells adds a system line to a conversation.
func (in *intake) tells(t *dialog, code string) {
	where := in.spot(t)
	in.list(func(r *store.Rows) { in.c.marks(r, where, "", code) })
}

// spot is where a conversation stands now.
func (in *intake) spot(t *dialog) spot { return spot{in.Provider, t.ID, t.within, in.v.Now} }

// createsOnArrival reports whether somebody unknown becomes a customer as soon as
// they write: where nobody chose, it is as the network is.
//
// Source: SOC-05, POP-03.
func (in *intake) createsOnArrival() bool {
	mode := in.spec.NewCustomer
	if in.book.values.Chosen("crm.new_customer_mode", settings.At{EntryPoint: in.ID}) || mode == "" {
		mode = in.book.values.Text("crm.new_customer_mode", in.at())
	}
	return mode == "auto_create"
}
