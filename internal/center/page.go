package center

import (
	"context"
	"math"

	"parley"
	"parley/internal/store"
)

// Page is one interaction with what was said and noted in it.
type Page struct {
	Interaction Interaction `json:"interaction"`
	Messages    []Message   `json:"messages"`
	Notes       []Note      `json:"notes"`
}

// Interaction returns one that somebody may read: their own, past or present, for
// supervisors any, and what is over with a customer as past says.
//
// Errors: parley.ErrNotFound.
// Source: A-022, CRM-14.
func (c *Center) Interaction(ctx context.Context, me parley.Actor, id parley.InteractionID) (Page, error) {
	var out Page
	s, err := c.scene(ctx, me, &c.memory)
	if err != nil {
		return out, err
	}
	w, err := c.readable(ctx, me, id)
	if err != nil {
		return out, err
	}
	v, err := s.present(ctx, w)
	if err != nil {
		return out, err
	}
	t, err := s.memory.talk(ctx, w.Conversation)
	if err != nil {
		return out, err
	}
	if err := s.words(ctx, w, t, v); err != nil { // whoever opens one sees its words
		return out, err
	}
	said, err := s.heard(ctx, w)
	if err != nil {
		return out, err
	}
	notes, err := s.memory.view().Notes(ctx, id)
	return Page{Interaction: *v, Messages: s.messages(said), Notes: s.notes(notes)}, err
}

// visible returns an interaction that somebody may look at. Errors:
// parley.ErrNotFound.
func (c *Center) visible(ctx context.Context, me parley.Actor, id parley.InteractionID) (*work, error) {
	w, err := c.work(ctx, id)
	if err != nil {
		return nil, err
	}
	if me.Visitor != "" || !sees(me, &w.Interaction) {
		return nil, parley.ErrNotFound
	}
	return w, nil
}

// mayHear returns up to which number somebody may read a conversation, and its parts
// up to their own, the newest first: what came after it is not theirs. Errors:
// parley.ErrNotFound if none of it was ever theirs.
func (c *Center) mayHear(ctx context.Context, me parley.Actor, id parley.ConversationID) (until int64, parts []store.Interaction, err error) {
	if me.Visitor != "" {
		return 0, nil, parley.ErrNotFound
	}
	rows, err := c.store.View().InteractionsOf(ctx, id, 100)
	if err != nil {
		return 0, nil, err
	}
	for n, row := range rows {
		if !sees(me, &row) {
			continue
		}
		if parts == nil {
			parts = rows[n:]
		}
		if row.State.Open() {
			return math.MaxInt64 - 1, parts, nil
		}
		until = max(until, row.LastSeq)
	}
	if until == 0 {
		return 0, nil, parley.ErrNotFound
	}
	return until, parts, nil
}

// Messages returns up to limit messages of a conversation before a number, the
// oldest first: what was said until the reader's last part in it ended.
//
// Errors: parley.ErrNotFound.
// Source: CNV-11, XFR-02, A-022.
func (c *Center) Messages(ctx context.Context, me parley.Actor, id parley.ConversationID, before int64, limit int) ([]Message, error) {
	until, _, err := c.mayHear(ctx, me, id)
	if err != nil {
		return nil, err
	}
	s, err := c.scene(ctx, me, &c.memory)
	if err != nil {
		return nil, err
	}
	if until < before {
		before = until + 1
	}
	said, err := c.store.View().Messages(ctx, id, before, max(1, min(limit, 100)))
	return s.messages(said), err
}

// Earlier returns the interactions of a conversation that somebody may see, the
// newest first: their last part in it, and what was before.
//
// Errors: parley.ErrNotFound.
// Source: CNV-11, A-022.
func (c *Center) Earlier(ctx context.Context, me parley.Actor, id parley.ConversationID) ([]Interaction, error) {
	_, parts, err := c.mayHear(ctx, me, id)
	if err != nil {
		return nil, err
	}
	s, err := c.scene(ctx, me, &c.memory)
	if err != nil {
		return nil, err
	}
	out := []Interaction{}
	for _, row := range parts {
		w, err := fillWork(ctx, c.store.View(), row)
		if err != nil {
			return nil, err
		}
		v, err := s.present(ctx, w)
		if err != nil {
			return nil, err
		}
		out = append(out, *v)
	}
	return out, nil
}
