package courier

import (
	"context"
	"math"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/store"
)

// The states of the time in which a network lets us answer.
const (
	WindowOpen  = iota
	WindowHuman // a person may still answer, the system not (HUMAN_AGENT)
	WindowShut
)

// WindowAt is whether a message may go at a time: freely, as a person's, or not.
// Where there is no window it is always open; an approved template opens it.
//
// Source: WAP-05, SOC-07, networks.md 3.
func WindowAt(t parley.Conversation, now time.Time, s channel.Spec, m parley.Message) int {
	switch {
	case t.WindowUntil.IsZero() || now.Before(t.WindowUntil):
		return WindowOpen
	case m.Content != nil && m.Content.Template != nil:
		return WindowOpen
	case m.Sender == parley.FromAgent && now.Before(HumanUntil(t, s)):
		return WindowHuman
	}
	return WindowShut
}

// HumanUntil is until when a person may still answer, zero if that is no longer
// than anybody may.
func HumanUntil(t parley.Conversation, s channel.Spec) time.Time {
	if s.HumanWindow <= s.Window || t.WindowUntil.IsZero() {
		return time.Time{}
	}
	return t.WindowUntil.Add(s.HumanWindow - s.Window)
}

// shutDepth is how far back it is looked whether the customer wrote since.
//
// Unit: messages.
const shutDepth = 50

// shuts plans that the time to answer is over, because the network has just said so
// of a message: its word counts, not our clock. Not if the customer wrote since.
//
// Source: WAP-05, SOC-07, networks.md 2, 3.
func (c *Courier) shuts(ctx context.Context, v ledger.View, b *ballot) (func(*store.Rows), error) {
	none := func(*store.Rows) {}
	if shut := string(channel.WindowClosed); b.m.Delivery.Code != shut || b.was.Code == shut {
		return none, nil
	}
	t, err := v.Conversation(ctx, b.m.Conversation)
	if err != nil {
		return none, err
	}
	book, err := c.book(ctx)
	if err != nil {
		return none, err
	}
	network := c.channels[book.Entrances[t.EntryPoint].Provider]
	if network == nil {
		return none, nil
	}
	until, spec := v.Now, network.Spec()
	switch WindowAt(t, v.Now, spec, b.m) {
	case WindowHuman:
		until = until.Add(spec.Window - spec.HumanWindow)
	case WindowShut:
		return none, nil
	}
	last, err := v.Messages(ctx, t.ID, math.MaxInt64, shutDepth)
	for _, m := range last {
		if m.Sender == parley.FromCustomer && m.Seq > b.m.Seq {
			return none, err
		}
	}
	return func(r *store.Rows) {
		r.SaveWindow(t.ID, until)
		r.Entry(parley.Entry{Kind: parley.KindMessageChanged, Conversation: t.ID, Interaction: b.m.Interaction, Message: b.m.ID})
	}, err
}
