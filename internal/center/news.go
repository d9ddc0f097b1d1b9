package center

import (
	"context"
	"encoding/json"
	"errors"
	"math"

	"parley"
)

// ErrStale says that what a reader has cannot be mended by events: they need a
// new snapshot. The configuration changed, and names, rights and limits of
// everything may have changed with it.
var ErrStale = errors.New("a new snapshot is needed")

// visibleMax is how many messages of a conversation come with it; earlier ones
// are fetched.
//
// Unit: messages.
const visibleMax = 50

// Events returns what log rows mean to somebody of the center's people, live and
// in a replay alike: each interaction and agent they name as it is now.
//
// Errors: ErrStale.
// Source: R-52.
func (c *Center) Events(ctx context.Context, me parley.Actor, es []parley.Entry) ([]Event, error) {
	s, err := c.scene(ctx, me, &c.memory)
	if err != nil {
		return nil, err
	}
	out := []Event{}
	for i, e := range es {
		told, err := c.tell(ctx, s, e, es[i+1:])
		if err != nil {
			return nil, err
		}
		out = append(out, told...)
	}
	return out, nil
}

// tell returns what one row means to a reader. A kind it does not know is a
// fault of ours, so that a new one cannot be forgotten.
func (c *Center) tell(ctx context.Context, s scene, e parley.Entry, next []parley.Entry) ([]Event, error) {
	switch e.Kind {
	case parley.KindConfigChanged:
		if quiet(e) {
			return nil, nil
		}
		return nil, ErrStale
	case "agent_changed", "queue_changed", "queue_removed", "setting_published":
		return nil, ErrStale
	case "membership_changed":
		if e.Agent == s.me.Agent && e.Agent != "" {
			return nil, ErrStale
		}
		return nil, nil
	case "restarted": // everybody who waits has no link; the rest has rows of its own
		if s.me.Has(parley.MaySupervise) {
			return nil, ErrStale
		}
		return nil, nil
	case "heard", "window_moved":
		return nil, nil
	case parley.KindMissedChanged:
		return []Event{begin(e)}, nil
	case parley.KindMessageAdded:
		return c.tellMessage(ctx, s, e, next)
	case parley.KindNoteAdded:
		return c.tellNote(ctx, s, e)
	case parley.KindRecordChanged: // of a CRM outside too: the view says what it knows
		return c.tellRecord(ctx, s, e)
	case parley.KindMessageChanged:
		return c.tellMessage(ctx, s, e, nil)
	case parley.KindDeliveryChanged:
		if e.Message != "" { // of a network: the message says how it stands
			return c.tellMessage(ctx, s, e, nil)
		}
		return c.tellOthers(ctx, s, parley.Entry{N: e.N, At: e.At, Kind: e.Kind, Conversation: e.Conversation})
	case parley.KindDispositionsChosen,
		"presence_changed", "next_set", "stop_new_set", "stop_new_cleared", "link_changed",
		"interaction_created", "queued", "offer_made", "offer_ended", "accepted", "customer_link_changed",
		"parked", "inactivity_warned", "window_warned", "script_waits", "answer_due", "wait_message_due",
		"conversation_ended", "wrapup_started", "wrapup_extended", "wrapup_overdue", "disposition_set",
		"viewed", "dismissed", "interaction_closed", "interaction_transferred":
		return c.tellRouted(ctx, s, e)
	}
	return nil, errors.New("nobody tells of " + e.Kind)
}

// begin is an event that carries only what happened.
func begin(e parley.Entry) Event {
	v := Event{N: e.N, At: parley.Millis(e.At), Type: e.Kind}
	var data struct {
		How    string          `json:"how"`
		Why    json.RawMessage `json:"why"` // of an offer: its receipt, which is asked for apart
		Reason string          `json:"reason"`
	}
	_ = json.Unmarshal(e.Data, &data) // our own; what is missing stays empty
	v.How = data.How
	if v.Why = text(data.Why); v.Why == "" {
		v.Why = data.Reason
	}
	return v
}

// tellRouted is the news of an agent and of an interaction. Whoever gets the
// interaction with this row gets what was said in it too.
func (c *Center) tellRouted(ctx context.Context, s scene, e parley.Entry) ([]Event, error) {
	v := begin(e)
	var err error
	if v.Agent, err = s.agent(ctx, e.Agent); err != nil {
		return nil, err
	}
	if e.Interaction == "" {
		if v.Agent == nil {
			return nil, nil
		}
		return []Event{v}, nil
	}
	var w *work
	if v.Interaction, w, err = s.interaction(ctx, e.Interaction); err != nil {
		return nil, err
	}
	if v.Interaction == nil {
		v.Gone = e.Interaction
	}
	out := []Event{v}
	if v.Interaction != nil && arrives(e.Kind, w) && holds(s.me, &w.Interaction) {
		said, err := s.said(ctx, begin(e), w)
		if err != nil {
			return nil, err
		}
		out = append(out, said...)
	}
	others, err := c.tellOthers(ctx, s, e)
	return append(out, others...), err
}

// arrives reports whether what was said comes with an interaction: when it comes
// into somebody's list, and when a transfer to them is done, because the last
// line of the sender's part was theirs alone.
func arrives(kind string, w *work) bool {
	return kind == "offer_made" || kind == "accepted" && w.To != ""
}

// tellOthers is the news of the conversation's other interactions: the two ends
// of a transfer to an agent, and earlier ones that are still in somebody's list.
func (c *Center) tellOthers(ctx context.Context, s scene, e parley.Entry) ([]Event, error) {
	var out []Event
	for _, id := range c.rows(ctx, e) {
		if id == e.Interaction {
			continue
		}
		v := begin(e)
		var err error
		if v.Interaction, _, err = s.interaction(ctx, id); err != nil {
			return nil, err
		}
		if v.Interaction != nil {
			out = append(out, v)
		}
	}
	return out, nil
}

// said returns what was said and noted in an interaction that has come into its
// reader's list, each as an event of the same row.
func (s scene) said(ctx context.Context, like Event, w *work) ([]Event, error) {
	messages, err := s.heard(ctx, w)
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, m := range messages {
		v := like
		v.Message = s.message(m)
		out = append(out, v)
	}
	notes, err := s.memory.view().Notes(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		v := like
		v.Note = s.note(n)
		out = append(out, v)
	}
	return out, nil
}

// heard returns the last messages of an interaction's conversation; of one that
// ended, up to its end: what is said later belongs to others.
func (s scene) heard(ctx context.Context, w *work) ([]parley.Message, error) {
	before := int64(math.MaxInt64)
	if !w.State.Open() {
		before = w.LastSeq + 1
	}
	return s.memory.view().Messages(ctx, w.Conversation, before, visibleMax)
}

// tellMessage is the news of a message: to those who follow its words.
func (c *Center) tellMessage(ctx context.Context, s scene, e parley.Entry, next []parley.Entry) ([]Event, error) {
	var shown *work // whose reader follows this conversation
	for _, id := range c.rows(ctx, e) {
		w, err := s.memory.work(ctx, id)
		if err != nil {
			return nil, err
		}
		if (id == e.Interaction || w.State.Open()) && s.shown(&w.Interaction) && s.near(&w.Interaction) {
			shown = w
			break
		}
	}
	if shown == nil {
		return nil, nil
	}
	m, err := s.memory.message(ctx, e.Message)
	if err != nil {
		return nil, err
	}
	v := begin(e)
	v.Message = s.message(m)
	if !again(next, e) {
		if v.Interaction, err = s.present(ctx, shown); err != nil {
			return nil, err
		}
	}
	return []Event{v}, nil
}

// again reports whether a later row of the same batch brings the conversation's
// view once more, so that this one need not.
func again(next []parley.Entry, e parley.Entry) bool {
	for _, n := range next {
		if n.Kind == parley.KindMessageAdded && n.Interaction == e.Interaction {
			return true
		}
	}
	return false
}

func (c *Center) tellNote(ctx context.Context, s scene, e parley.Entry) ([]Event, error) {
	w, err := s.memory.work(ctx, e.Interaction)
	if err != nil || !s.shown(&w.Interaction) || !s.near(&w.Interaction) {
		return nil, err
	}
	n, err := s.memory.view().Note(ctx, e.Subject)
	if err != nil {
		return nil, err
	}
	v := begin(e)
	v.Note = s.note(n)
	return []Event{v}, nil
}

func (c *Center) tellRecord(ctx context.Context, s scene, e parley.Entry) ([]Event, error) {
	var out []Event
	for _, id := range c.showing(ctx, e) {
		v := begin(e)
		var err error
		if v.Interaction, _, err = s.interaction(ctx, id); err != nil {
			return nil, err
		}
		if v.Interaction != nil {
			out = append(out, v)
		}
	}
	return out, nil
}

// ReplayMax is how many log rows are told again after a reconnect; whoever
// missed more needs a snapshot.
//
// Unit: log rows.
// Source: RES-04.
const ReplayMax = 10_000

// missedRows returns the rows in (after, to] that concern a reader. Not ok:
// there are too many.
func (c *Center) missedRows(ctx context.Context, me parley.Actor, after int64) (mine []parley.Entry, to int64, ok bool, err error) {
	if after < 0 || c.ledger.Head()-after > ReplayMax || after > c.ledger.Head() {
		return nil, after, false, nil
	}
	es, err := c.store.View().Entries(ctx, after, ReplayMax+1)
	if err == nil && len(es) > 0 { // a row is told from memory, which must not be behind it
		err = c.follower.wait(ctx, es[len(es)-1].N)
	}
	if err != nil || len(es) > ReplayMax {
		return nil, after, false, err
	}
	to = after
	for _, e := range es {
		to = e.N
		if c.concerns(e, me) {
			mine = append(mine, e)
		}
	}
	return mine, to, true, nil
}

// Replay returns what somebody may see in (after, to]. Not ok: it is too long
// ago, or too much has changed, and a snapshot must be fetched.
//
// Source: RES-04.
func (c *Center) Replay(ctx context.Context, me parley.Actor, after int64) (out []Event, to int64, ok bool, err error) {
	mine, to, ok, err := c.missedRows(ctx, me, after)
	if !ok {
		return nil, after, false, err
	}
	out, err = c.Events(ctx, me, mine)
	if errors.Is(err, ErrStale) {
		return nil, after, false, nil
	}
	return out, to, err == nil, err
}

// concerns reports whether a reader is in a row's audience.
func (c *Center) concerns(e parley.Entry, me parley.Actor) bool {
	if me.Visitor != "" {
		return e.Conversation == me.Visitor && visitorKind(e.Kind) || e.Kind == "link_changed"
	}
	if e.Kind == "link_changed" { // whom the agent serves need not be found
		return e.Agent == me.Agent && me.Agent != "" || me.Has(parley.MaySupervise)
	}
	a := c.Recipients(e)
	if a.Everyone || a.Supervisors && me.Has(parley.MaySupervise) {
		return true
	}
	for _, id := range a.Agents {
		if id == me.Agent && id != "" {
			return true
		}
	}
	for _, session := range a.Watchers {
		if session == watchKey(me) {
			return true
		}
	}
	return false
}
