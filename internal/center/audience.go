package center

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"

	"parley"
)

// Audience is who a log row concerns. The hub tells nobody else.
type Audience struct {
	Agents      []parley.AgentID
	Watchers    []string // sessions that look at the interaction
	Supervisors bool     // every session with the right to supervise
	Everyone    bool     // every session of the center's people
	Visitors    []parley.ConversationID
}

// isConfig reports whether a routing row changes the configuration: what is
// shown of everything may change with it.
func isConfig(kind string) bool {
	switch kind {
	case "agent_changed", "queue_changed", "queue_removed", "setting_published":
		return true
	}
	return false
}

// quiet reports whether a change of the configuration shows in no live view. One
// that only says "config" follows one that says what.
func quiet(e parley.Entry) bool {
	if e.Subject == "config" {
		return true
	}
	for _, prefix := range []string{"faq_", "fqc_", "can_", "support_page", "mis_", "key_", "blk_"} {
		if strings.HasPrefix(e.Subject, prefix) {
			return true
		}
	}
	return false
}

// Recipients returns whom a log row concerns. It is quick: it reads from memory,
// and from the store only what memory has forgotten.
//
// Source: R-52.
func (c *Center) Recipients(e parley.Entry) Audience {
	ctx := context.Background()
	switch e.Kind {
	case parley.KindConfigChanged:
		return Audience{Everyone: !quiet(e)}
	case parley.KindMissedChanged:
		a := Audience{Supervisors: true}
		if e.Conversation != "" {
			a.Visitors = []parley.ConversationID{e.Conversation}
		}
		return a
	case parley.KindMessageAdded, parley.KindDeliveryChanged, parley.KindMessageChanged:
		a := c.near(ctx, e)
		a.Visitors = []parley.ConversationID{e.Conversation}
		return a
	case parley.KindNoteAdded:
		return c.near(ctx, e)
	case parley.KindDispositionsChosen:
		a := c.near(ctx, e)
		a.Supervisors = true
		return a
	case parley.KindRecordChanged:
		return c.recordAudience(ctx, e)
	case "link_changed":
		return Audience{Agents: []parley.AgentID{e.Agent}, Supervisors: true, Visitors: c.servedBy(ctx, e.Agent)}
	case "restarted":
		return Audience{Supervisors: true}
	case "heard", "window_moved": // it shows nowhere
		return Audience{}
	}
	if isConfig(e.Kind) {
		return Audience{Everyone: true}
	}
	return c.routed(ctx, e)
}

// near is whom a row of a conversation concerns whatever it tells: who has an
// interaction of it in their list, and who watches one.
func (c *Center) near(ctx context.Context, e parley.Entry) Audience {
	var a Audience
	for _, id := range c.rows(ctx, e) {
		a.Watchers = append(a.Watchers, c.watches.sessions(id)...)
		if !c.memory.isOver(id) {
			c.addHolders(ctx, &a, id)
		}
	}
	return a
}

// addHolders adds who has an interaction, and who is asked to take it.
func (c *Center) addHolders(ctx context.Context, a *Audience, id parley.InteractionID) {
	w, err := c.memory.work(ctx, id)
	if err != nil {
		c.log.Error("recall an interaction", slog.Any("interaction", id), slog.Any("error", err))
		return
	}
	a.add(w.Agent)
	if w.Offer != nil {
		a.add(w.Offer.Agent)
	}
}

// add adds an agent once.
func (a *Audience) add(id parley.AgentID) {
	if id != "" && !slices.Contains(a.Agents, id) {
		a.Agents = append(a.Agents, id)
	}
}

// rows returns the interaction a row names, and the others of its conversation
// that are in somebody's list: what is said and who is asked shows in them too.
func (c *Center) rows(ctx context.Context, e parley.Entry) []parley.InteractionID {
	rows, err := c.memory.rowsOf(ctx, e.Conversation)
	if err != nil {
		c.log.Error("recall a conversation", slog.Any("error", err))
	}
	if e.Interaction == "" || slices.Contains(rows, e.Interaction) {
		return rows
	}
	return append([]parley.InteractionID{e.Interaction}, rows...)
}

// names are the kinds of rows that name the one agent who has the interaction in
// their list, if anybody has: it need not be looked up.
var names = map[string]bool{
	"interaction_created": true, "queued": true, "offer_made": true, "offer_ended": true, "accepted": true, "parked": true, "inactivity_warned": true, "window_warned": true,
	"conversation_ended": true, "wrapup_started": true, "wrapup_extended": true, "wrapup_overdue": true,
	"interaction_closed": true,
}

// alone reports whether the interaction a row names is the only one of its
// conversation in anybody's list.
func (c *Center) alone(ctx context.Context, e parley.Entry) bool {
	rows := c.rows(ctx, e)
	return len(rows) == 1 && rows[0] == e.Interaction
}

// routed is whom a routing row concerns: who it names, who has the conversation
// in their list, supervisors, and the visitor.
func (c *Center) routed(ctx context.Context, e parley.Entry) Audience {
	var a Audience
	switch {
	case e.Conversation == "":
	case names[e.Kind] && c.alone(ctx, e):
		a.Watchers = c.watches.sessions(e.Interaction)
	default:
		a = c.near(ctx, e)
	}
	a.Supervisors = true
	a.add(e.Agent)
	if e.Conversation != "" && forVisitors[e.Kind] {
		a.Visitors = []parley.ConversationID{e.Conversation}
	}
	return a
}

// recordAudience is whom a customer's or case's change concerns: those who have
// an interaction that shows it.
func (c *Center) recordAudience(ctx context.Context, e parley.Entry) Audience {
	a := Audience{Supervisors: true}
	for _, id := range c.showing(ctx, e) {
		c.addHolders(ctx, &a, id)
	}
	return a
}

// showing returns the live interactions whose view shows a record.
func (c *Center) showing(ctx context.Context, e parley.Entry) []parley.InteractionID {
	var out []parley.InteractionID
	if e.Conversation != "" {
		out = slices.Clone(c.rows(ctx, e))
	}
	if strings.HasPrefix(e.Subject, "cus_") {
		live, err := c.store.View().LiveOf(ctx, parley.CustomerID(e.Subject))
		if err != nil {
			c.log.Error("find a customer's interactions", slog.Any("error", err))
		}
		for _, id := range live {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// servedBy returns the conversations whose visitors an agent's link concerns.
func (c *Center) servedBy(ctx context.Context, agent parley.AgentID) []parley.ConversationID {
	list, err := c.store.View().Served(ctx, agent)
	if err != nil {
		c.log.Error("find whom an agent serves", slog.Any("agent", agent), slog.Any("error", err))
	}
	return list
}

// seqOf returns the number of the message a log row tells of.
func seqOf(e parley.Entry) int64 {
	var data struct {
		Seq int64 `json:"seq"`
	}
	_ = json.Unmarshal(e.Data, &data) // our own; 0 is no message's number
	return data.Seq
}

// watches knows which sessions look at which interactions. Watching is not an
// event: it ends with the session.
type watches struct {
	mu sync.RWMutex
	of map[parley.InteractionID]map[string]struct{}
}

func (w *watches) init() { w.of = map[parley.InteractionID]map[string]struct{}{} }

// watchKey is what an actor's watching is known by.
func watchKey(me parley.Actor) string {
	if me.Key != "" {
		return me.Key
	}
	return me.Session
}

func (w *watches) set(me parley.Actor, id parley.InteractionID, on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := watchKey(me)
	switch {
	case on && w.of[id] == nil:
		w.of[id] = map[string]struct{}{key: {}}
	case on:
		w.of[id][key] = struct{}{}
	default:
		if delete(w.of[id], key); len(w.of[id]) == 0 {
			delete(w.of, id)
		}
	}
}

func (w *watches) has(me parley.Actor, id parley.InteractionID) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	_, ok := w.of[id][watchKey(me)]
	return ok
}

func (w *watches) sessions(id parley.InteractionID) []string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if len(w.of[id]) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(w.of[id]))
}

// forget ends the watching of an interaction that is over.
func (w *watches) forget(id parley.InteractionID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.of, id)
}
