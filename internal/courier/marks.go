package courier

import (
	"context"
	"math"
	"sync"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
)

// How the customer's network is told that we read or type.
const (
	marksWaiting = 256 // more are dropped: they matter to nobody later
	marksAtOnce  = 4
	markEvery    = 3 * time.Second // typing is told again
	markDepth    = 50              // how far back the newest message of the customer is looked for
	marksKept    = 50_000
)

// marks are what customers' networks are to be told. They are kept nowhere.
type marks struct {
	queue chan mark
	mu    sync.Mutex // guards last
	last  map[markKey]marked
}

// mark is one of them.
type mark struct {
	conversation parley.ConversationID
	what         channel.Mark
}

type markKey struct {
	conversation parley.ConversationID
	typing       bool
}

// marked is what a network was told last, and when.
type marked struct {
	what   channel.Mark
	newest string
	at     time.Time
}

func (m *marks) init() {
	m.queue, m.last = make(chan mark, marksWaiting), map[markKey]marked{}
}

// news reports whether a network does not know that yet.
func (m *marks) news(k markKey, now marked) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	was, ok := m.last[k]
	if ok && was.what == now.what && was.newest == now.newest && (!k.typing || now.at.Sub(was.at) < markEvery) {
		return false
	}
	if len(m.last) >= marksKept {
		clear(m.last)
	}
	m.last[k] = now
	return true
}

// Mark asks that a customer's network is told, if it can be.
//
// Source: CNV-06.
func (c *Courier) Mark(id parley.ConversationID, what channel.Mark) {
	if len(c.channels) == 0 {
		return
	}
	select {
	case c.marks.queue <- mark{id, what}:
	default:
	}
}

// runMarks tells the networks until ctx ends. What cannot be told is not: the
// next one says more.
func (c *Courier) runMarks(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-c.marks.queue:
			if err := c.Tell(ctx, m.conversation, m.what); err != nil {
				c.log.Debug("a network is not told", "what", string(m.what), "error", err)
			}
		}
	}
}

// Tell tells a network at once what it can be told and does not know yet.
//
// Source: CNV-06.
func (c *Courier) Tell(ctx context.Context, id parley.ConversationID, what channel.Mark) error {
	e, err := c.errandOf(ctx, store.Outbox{}, parley.Message{Conversation: id})
	if err != nil {
		return err
	}
	marker, ok := e.network.(channel.Marker)
	if !ok || e.Paused != "" || what != channel.MarkRead && !e.spec.Typing {
		return nil
	}
	newest, err := c.newestOf(ctx, id)
	if err != nil || newest == "" {
		return err
	}
	if !c.marks.news(markKey{id, what != channel.MarkRead}, marked{what, newest, c.clock.Now()}) {
		return nil
	}
	call, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	return marker.Mark(call, e.EntryPoint, e.to, newest, what)
}

// newestOf returns the external id of the customer's newest message.
func (c *Courier) newestOf(ctx context.Context, id parley.ConversationID) (string, error) {
	v := c.store.View()
	last, err := v.Messages(ctx, id, math.MaxInt64, markDepth)
	if err != nil {
		return "", err
	}
	for i := len(last) - 1; i >= 0; i-- {
		if last[i].Sender != parley.FromCustomer {
			continue
		}
		known, err := v.ExternalsOf(ctx, last[i].ID)
		if err != nil || len(known) == 0 {
			return "", err
		}
		return known[0].ID, nil
	}
	return "", nil
}
