package api

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"parley"
	"parley/internal/center"
)

// Close codes. 4000-4499 come back with their cursor, 4500-4999 stay away.
const (
	closePolicy    = 1008 // the client sent an application frame
	closeRestart   = 1012 // the server is going away for a moment
	closeAgain     = 4000 // a fault of ours: come back
	closeAsk       = 4001 // a poll has its answer: ask on
	closeSlow      = 4008 // the reader is too slow for its buffer
	closeSignedOut = 4500
	closeTakenOver = 4501
	closeRevoked   = 4502
)

// beatEvery is how often a quiet line hears from us and its cursor moves on; a
// proxy that cuts idle connections cuts later.
const beatEvery = 15 * time.Second

// feed is what the hub asks of a center. Events are whatever the center wants a
// browser to have; the hub never looks inside.
type feed struct {
	concerns func(e parley.Entry) center.Audience
	// events returns what entries mean to me. Errors: center.ErrStale.
	events func(ctx context.Context, me parley.Actor, es []parley.Entry) (events any, count int, err error)
	// replay returns what me may see in (after, to]. Not ok: too far back.
	replay func(ctx context.Context, me parley.Actor, after int64) (events any, to int64, ok bool, err error)
	gauges func(ctx context.Context, me parley.Actor) (any, error)
	// link tells the center that somebody's first socket came or last one went.
	link func(ctx context.Context, who linkKey, up bool) error
	seen func(session string) // a session that holds a line is in use
	head func() int64
}

// linkKey is whose link it is: an agent's or a visitor's.
type linkKey struct {
	agent   parley.AgentID
	visitor parley.ConversationID
}

// hub brings the news of one center to its live connections.
//
// mu owns the indexes; announcing a batch and adding a line exclude each other,
// so a line has every entry after the head it was registered at.
type hub struct {
	feed   feed
	log    *slog.Logger
	clock  parley.Clock
	limits Limits
	counts hubCounts

	mu          sync.Mutex
	lines       map[*line]struct{}
	agents      map[parley.AgentID]map[*line]struct{}
	visitors    map[parley.ConversationID]map[*line]struct{}
	sessions    map[string]map[*line]struct{}
	people      map[*line]struct{} // all but visitors
	supervisors map[*line]struct{}
	held        map[linkKey]map[*line]struct{} // polls that ended a moment ago
	closed      bool

	head  atomic.Int64 // every entry up to here has been handed to the lines it concerns
	dirty atomic.Bool  // something happened since the gauges were looked at
	next  atomic.Int64 // slot of the next line
	links links
	group sync.WaitGroup // the writers of all lines
}

func newHub(f feed, clock parley.Clock, log *slog.Logger, limits Limits, counts hubCounts) *hub {
	h := &hub{
		feed: f, log: log, clock: clock, limits: limits, counts: counts,
		lines:       map[*line]struct{}{},
		agents:      map[parley.AgentID]map[*line]struct{}{},
		visitors:    map[parley.ConversationID]map[*line]struct{}{},
		sessions:    map[string]map[*line]struct{}{},
		people:      map[*line]struct{}{},
		supervisors: map[*line]struct{}{},
		held:        map[linkKey]map[*line]struct{}{},
	}
	h.head.Store(f.head())
	h.links = links{tell: f.link, count: h.linkCount, log: log, told: map[linkKey]bool{}, doubt: map[linkKey]bool{}, busy: map[linkKey]bool{}}
	return h
}

// announce hands a committed batch to the lines it concerns. It only appends:
// joining content and writing is each line's own work.
func (h *hub) announce(batch []parley.Entry) {
	if len(batch) == 0 {
		return
	}
	h.mu.Lock()
	touched := map[*line]struct{}{}
	for _, e := range batch {
		h.each(h.feed.concerns(e), func(l *line) {
			l.take(e)
			touched[l] = struct{}{}
		})
	}
	h.head.Store(batch[len(batch)-1].N)
	h.mu.Unlock()
	h.dirty.Store(true)
	h.links.expect(batch)
	for l := range touched {
		l.kick()
	}
}

// each calls f with the lines of an audience, with some more than once. The
// caller holds mu.
func (h *hub) each(to center.Audience, f func(*line)) {
	if to.Everyone {
		for l := range h.people {
			f(l)
		}
	}
	if to.Supervisors {
		for l := range h.supervisors {
			f(l)
		}
	}
	for _, id := range to.Agents {
		for l := range h.agents[id] {
			f(l)
		}
	}
	for _, id := range to.Watchers {
		for l := range h.sessions[id] {
			f(l)
		}
	}
	for _, id := range to.Visitors {
		for l := range h.visitors[id] {
			f(l)
		}
	}
}

// add registers a line, so that news begin to queue for it, and returns the head
// it was registered at. Errors: parley.ErrRateLimited if its owner has too many,
// parley.ErrOverloaded while the hub is closing.
func (h *hub) add(l *line) (int64, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return 0, parley.ErrOverloaded
	}
	if l.who.Visitor != "" && len(h.visitors[l.who.Visitor]) >= h.limits.PerVisitor ||
		l.who.Visitor == "" && len(h.owned(l)) >= h.limits.PerAgent {
		return 0, parley.ErrRateLimited
	}
	h.lines[l] = struct{}{}
	h.group.Add(1) // until remove: a line's writers start only while it is here
	switch {
	case l.who.Visitor != "":
		enlist(h.visitors, l.who.Visitor, l)
	default:
		h.people[l] = struct{}{}
		enlist(h.sessions, l.session(), l)
		if l.who.Agent != "" {
			enlist(h.agents, l.who.Agent, l)
		}
		if l.who.Has(parley.MaySupervise) {
			h.supervisors[l] = struct{}{}
		}
	}
	h.counts.sockets.WithLabelValues(l.kind()).Inc()
	return h.head.Load(), nil
}

func (h *hub) owned(l *line) map[*line]struct{} {
	if l.who.Agent != "" {
		return h.agents[l.who.Agent]
	}
	return h.sessions[l.session()]
}

// remove forgets a line; its owner's link is settled by the caller.
func (h *hub) remove(l *line) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.lines[l]; !ok {
		return
	}
	delete(h.lines, l)
	delete(h.people, l)
	delete(h.supervisors, l)
	strike(h.visitors, l.who.Visitor, l)
	strike(h.sessions, l.session(), l)
	strike(h.agents, l.who.Agent, l)
	h.counts.sockets.WithLabelValues(l.kind()).Dec()
	h.group.Done()
}

func enlist[K comparable](index map[K]map[*line]struct{}, key K, l *line) {
	if index[key] == nil {
		index[key] = map[*line]struct{}{}
	}
	index[key][l] = struct{}{}
}

func strike[K comparable](index map[K]map[*line]struct{}, key K, l *line) {
	if delete(index[key], l); len(index[key]) == 0 {
		delete(index, key)
	}
}

// linkCount says how many lines somebody has, with those that are about to come back.
func (h *hub) linkCount(k linkKey) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if k.visitor != "" {
		return len(h.visitors[k.visitor]) + len(h.held[k])
	}
	return len(h.agents[k.agent]) + len(h.held[k])
}

// last tells every line of a session something before its end.
func (h *hub) last(session string, message any) {
	encoded := encode(message)
	h.mu.Lock()
	lines := maps.Clone(h.sessions[session])
	h.mu.Unlock()
	for l := range lines {
		l.say(encoded)
	}
}

// end closes every line of a session: signed out, taken over, revoked.
func (h *hub) end(session string, code int, why string) {
	h.mu.Lock()
	lines := maps.Clone(h.sessions[session])
	freed := h.release(session)
	h.mu.Unlock()
	for l := range lines {
		l.end(code, why)
	}
	for _, k := range freed {
		go h.links.settle(k)
	}
}

// aside sends an ephemeral message, which carries no n, to an audience.
func (h *hub) aside(to center.Audience, message any) {
	encoded := encode(message)
	lines := map[*line]struct{}{}
	h.mu.Lock()
	h.each(to, func(l *line) { lines[l] = struct{}{} })
	h.mu.Unlock()
	for l := range lines {
		l.say(encoded)
	}
}

// chosen returns the lines for which is says so.
func (h *hub) chosen(is func(*line) bool) (out []*line) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.lines {
		if is(l) {
			out = append(out, l)
		}
	}
	return out
}

// drain asks every line to come back a little later, each at another moment, so
// that a restart is not answered by everybody at once, and waits.
func (h *hub) drain(spread time.Duration) {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.links.stop()
	lines := h.chosen(func(*line) bool { return true })
	for i, l := range lines {
		after := spread * time.Duration(i) / time.Duration(len(lines))
		l.say(encode(drainMessage{drainView{after.Milliseconds()}}))
		l.end(closeRestart, "restart")
	}
	h.group.Wait()
}

type drainMessage struct {
	Drain drainView `json:"drain"`
}

type drainView struct {
	ReconnectAfterMS int64 `json:"reconnect_after_ms"`
}
