package center

import (
	"context"
	"math"

	"parley"
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

// mayHear returns up to which number somebody may read a conversation. Errors:
// parley.ErrNotFound if none of it was ever theirs.
func (c *Center) mayHear(ctx context.Context, me parley.Actor, id parley.ConversationID) (until int64, err error) {
	if me.Visitor != "" {
		return 0, parley.ErrNotFound
	}
	rows, err := c.store.View().InteractionsOf(ctx, id, 100)
	if err != nil {
		return 0, err
	}
	for _, row := range rows {
		switch {
		case !sees(me, &row):
		case row.State.Open():
			return math.MaxInt64 - 1, nil
		default:
			until = max(until, row.LastSeq)
		}
	}
	if until == 0 {
		return 0, parley.ErrNotFound
	}
	return until, nil
}

// Messages returns up to limit messages of a conversation before a number, the
// oldest first: what was said until the reader's last part in it ended.
//
// Errors: parley.ErrNotFound.
// Source: CNV-11, XFR-02, A-022.
func (c *Center) Messages(ctx context.Context, me parley.Actor, id parley.ConversationID, before int64, limit int) ([]Message, error) {
	until, err := c.mayHear(ctx, me, id)
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
// newest first.
//
// Errors: parley.ErrNotFound.
func (c *Center) Earlier(ctx context.Context, me parley.Actor, id parley.ConversationID) ([]Interaction, error) {
	if _, err := c.mayHear(ctx, me, id); err != nil {
		return nil, err
	}
	s, err := c.scene(ctx, me, &c.memory)
	if err != nil {
		return nil, err
	}
	rows, err := c.store.View().InteractionsOf(ctx, id, 100)
	if err != nil {
		return nil, err
	}
	out := []Interaction{}
	for _, row := range rows {
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
