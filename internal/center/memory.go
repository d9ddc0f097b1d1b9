package center

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"parley"
	"parley/internal/store"
)

// memory is what views are made of. It reads a thing from the store when it is
// asked for first, and forgets it when the log says that it changed; so a view
// made from memory is the view made from the store. What it gives out is never
// changed, only replaced.
type memory struct {
	view func() store.View

	mu     sync.Mutex // owns the rest
	works  map[parley.InteractionID]*slot[work]
	fronts map[parley.ConversationID]*slot[parley.InteractionID] // what the visitor sees
	talks  map[parley.ConversationID]*slot[talk]
	rows   map[parley.ConversationID]*slot[[]parley.InteractionID] // that are in somebody's list
	rooms  map[parley.ConversationID][]parley.InteractionID        // the works of each conversation
	turn   int64                                                   // rises whenever something is forgotten
	people map[parley.AgentID]*slot[store.Person]
	books  map[struct{}]*slot[book]
	drafts map[draftKey]*slot[string]
	briefs map[parley.InteractionID]*slot[[]store.CRMBrief]
	fresh  map[parley.MessageID]parley.Message // said of late, not yet told
	over   map[parley.InteractionID]struct{}   // closed and in nobody's list, for good
}

// draftKey is whose unsent text it is.
type draftKey struct {
	interaction parley.InteractionID
	agent       parley.AgentID
}

// slot holds what was read, nil while it is being read. What was read while
// something was forgotten is given out but not kept: it may be too old.
type slot[T any] struct{ value *T }

// The bounds of memory; beyond them it starts afresh.
const (
	slotsMax = 200_000
	freshMax = 20_000
)

func (m *memory) init(s *store.Store) { m.from(s.View) }

func (m *memory) from(view func() store.View) {
	m.view = view
	m.works = map[parley.InteractionID]*slot[work]{}
	m.fronts = map[parley.ConversationID]*slot[parley.InteractionID]{}
	m.talks = map[parley.ConversationID]*slot[talk]{}
	m.rows = map[parley.ConversationID]*slot[[]parley.InteractionID]{}
	m.rooms = map[parley.ConversationID][]parley.InteractionID{}
	m.people = map[parley.AgentID]*slot[store.Person]{}
	m.books = map[struct{}]*slot[book]{}
	m.drafts = map[draftKey]*slot[string]{}
	m.briefs = map[parley.InteractionID]*slot[[]store.CRMBrief]{}
	m.fresh = map[parley.MessageID]parley.Message{}
	m.over = map[parley.InteractionID]struct{}{}
}

// still returns a memory of a view that does not move: of a snapshot.
func still(v store.View) *memory {
	m := &memory{}
	m.from(func() store.View { return v })
	return m
}

// recall returns what a slot holds, and reads it if it is empty.
func recall[K comparable, T any](m *memory, table map[K]*slot[T], key K, read func() (*T, error)) (*T, error) {
	m.mu.Lock()
	if s := table[key]; s != nil && s.value != nil {
		m.mu.Unlock()
		return s.value, nil
	}
	bound(table)
	mine, turn := &slot[T]{}, m.turn
	table[key] = mine
	m.mu.Unlock()
	value, err := read()
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case table[key] != mine:
	case err != nil || m.turn != turn:
		delete(table, key)
	default:
		mine.value = value
	}
	return value, err
}

// bound starts a table afresh that is full.
func bound[K comparable, T any](table map[K]T) {
	if len(table) >= slotsMax {
		clear(table)
	}
}

// work returns an interaction. Errors: parley.ErrNotFound.
func (m *memory) work(ctx context.Context, id parley.InteractionID) (*work, error) {
	return recall(m, m.works, id, func() (*work, error) {
		w, err := readWork(ctx, m.view(), id)
		if err != nil {
			return nil, err
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		if len(m.rooms) >= slotsMax {
			clear(m.rooms)
			clear(m.works)
		}
		m.rooms[w.Conversation] = append(m.rooms[w.Conversation], id)
		return w, nil
	})
}

// front returns the interaction a visitor sees of their conversation: the
// newest that is not merely addressed to somebody. Errors: parley.ErrNotFound.
func (m *memory) front(ctx context.Context, id parley.ConversationID) (*work, error) {
	front, err := recall(m, m.fronts, id, func() (*parley.InteractionID, error) { return readFront(ctx, m.view(), id) })
	if err != nil {
		return nil, err
	}
	return m.work(ctx, *front)
}

// rowsOf returns the interactions of a conversation that are in somebody's list.
func (m *memory) rowsOf(ctx context.Context, id parley.ConversationID) ([]parley.InteractionID, error) {
	rows, err := recall(m, m.rows, id, func() (*[]parley.InteractionID, error) {
		rows, err := m.view().RowsOf(ctx, id)
		return &rows, err
	})
	if err != nil {
		return nil, err
	}
	return *rows, nil
}

// talk returns a conversation. Errors: parley.ErrNotFound.
func (m *memory) talk(ctx context.Context, id parley.ConversationID) (*talk, error) {
	t, err := recall(m, m.talks, id, func() (*talk, error) { return readTalk(ctx, m.view(), id) })
	if err != nil || !t.stale {
		return t, err
	}
	last, err := m.message(ctx, t.Last.ID)
	if err != nil {
		return nil, err
	}
	next := *t
	next.Last, next.stale = &last, false
	m.mu.Lock()
	defer m.mu.Unlock()
	if s := m.talks[id]; s != nil && s.value == t {
		s.value = &next
	}
	return &next, nil
}

// person returns an agent. Errors: parley.ErrNotFound.
func (m *memory) person(ctx context.Context, id parley.AgentID) (*store.Person, error) {
	return recall(m, m.people, id, func() (*store.Person, error) {
		p, err := m.view().Person(ctx, id)
		return &p, err
	})
}

// book returns the configuration.
func (m *memory) book(ctx context.Context) (*book, error) {
	return recall(m, m.books, struct{}{}, func() (*book, error) { return readBook(ctx, m.view()) })
}

// draft returns what an agent typed but did not send.
func (m *memory) draft(ctx context.Context, k draftKey) (string, error) {
	text, err := recall(m, m.drafts, k, func() (*string, error) {
		text, err := m.view().Draft(ctx, k.interaction, k.agent)
		return &text, err
	})
	if err != nil {
		return "", err
	}
	return *text, nil
}

// drafted forgets an unsent text that was replaced.
func (m *memory) drafted(k draftKey) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn++
	delete(m.drafts, k)
}

// said keeps a message until the log tells of it, so that telling needs no read.
func (m *memory) said(msg parley.Message) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(msg)
}

// keep remembers a message. The caller holds mu.
func (m *memory) keep(msg parley.Message) {
	if len(m.fresh) >= freshMax {
		clear(m.fresh)
	}
	m.fresh[msg.ID] = msg
}

// message returns a message, from memory if it was said of late.
func (m *memory) message(ctx context.Context, id parley.MessageID) (parley.Message, error) {
	m.mu.Lock()
	msg, ok := m.fresh[id]
	turn := m.turn
	m.mu.Unlock()
	if ok && msg.Seq > 0 {
		return msg, nil
	}
	msg, err := m.view().Message(ctx, id)
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil && m.turn == turn {
		m.keep(msg)
	}
	return msg, err
}

// take follows the log: it forgets what a row says has changed.
func (m *memory) take(e parley.Entry) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e.Kind == parley.KindMessageAdded {
		m.hear(e)
		return
	}
	if e.Kind == "heard" || e.Kind == "window_moved" {
		return
	}
	m.turn++
	switch e.Kind {
	case parley.KindDeliveryChanged, parley.KindMessageChanged:
		delete(m.fresh, e.Message)
		m.delivered(e)
		return
	case parley.KindNoteAdded, parley.KindMissedChanged:
		return
	case parley.KindConfigChanged:
		if !quiet(e) {
			m.forgetAll()
		}
		return
	case parley.KindRecordChanged:
		if outsideChanged(e) {
			delete(m.briefs, e.Interaction)
			return
		}
		if e.Conversation != "" {
			delete(m.talks, e.Conversation)
		} else if strings.HasPrefix(e.Subject, "cus_") {
			clear(m.talks) // the customer's name may be shown in any
		}
		if e.Interaction == "" {
			clear(m.fresh) // what was said may have been erased
		}
	case "interaction_created":
		delete(m.talks, e.Conversation) // who comes again asks something else
	}
	if isConfig(e.Kind) {
		m.forgetAll()
		return
	}
	switch e.Kind {
	case "membership_changed":
		clear(m.books)
		return
	case "restarted":
		clear(m.works)
		clear(m.rooms)
		return
	}
	if e.Conversation != "" {
		for _, id := range m.rooms[e.Conversation] {
			delete(m.works, id)
		}
		delete(m.rooms, e.Conversation)
		delete(m.works, e.Interaction)
		m.list(e, m.leave(e))
		m.face(e)
	}
	if e.Agent != "" {
		delete(m.people, e.Agent)
	}
}

// leave notes an interaction that a row takes out of everybody's list, and reports
// whether it does. The caller holds mu.
func (m *memory) leave(e parley.Entry) bool {
	var data struct {
		Unviewed bool `json:"unviewed"`
	}
	if e.Kind != "interaction_closed" || json.Unmarshal(e.Data, &data) == nil && data.Unviewed {
		return false
	}
	bound(m.over)
	m.over[e.Interaction] = struct{}{}
	return true
}

// isOver reports whether an interaction is known to be in nobody's list: nothing
// of it is told, so it need not be read.
func (m *memory) isOver(id parley.InteractionID) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.over[id]
	return ok
}

// face follows which interaction a visitor sees: a new one that is not addressed to
// an agent, or one that was and is accepted. The caller holds mu.
func (m *memory) face(e parley.Entry) {
	s := m.fronts[e.Conversation]
	switch {
	case e.Kind == "interaction_created" && e.Agent == "":
		bound(m.fronts)
		m.fronts[e.Conversation] = &slot[parley.InteractionID]{value: &e.Interaction}
	case e.Kind == "accepted" && (s == nil || s.value == nil || *s.value != e.Interaction):
		delete(m.fronts, e.Conversation)
	}
}

// begins notes a conversation that is about to begin: nobody has a row of it.
func (m *memory) begins(id parley.ConversationID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	bound(m.rows)
	m.rows[id] = &slot[[]parley.InteractionID]{value: &[]parley.InteractionID{}}
}

// list keeps a conversation's rows as its interactions come and go. The caller
// holds mu.
func (m *memory) list(e parley.Entry, leaves bool) {
	s := m.rows[e.Conversation]
	if s == nil {
		return
	}
	if s.value == nil {
		delete(m.rows, e.Conversation)
		return
	}
	rows := slices.DeleteFunc(slices.Clone(*s.value), func(id parley.InteractionID) bool { return id == e.Interaction })
	switch {
	case e.Kind == "interaction_created":
		rows = append(rows, e.Interaction)
	case !leaves && e.Kind != "dismissed":
		return
	}
	s.value = &rows
}

// delivered follows what became of a message: of its conversation only that can
// have changed, and only the last message is shown with it. The caller holds mu.
func (m *memory) delivered(e parley.Entry) {
	s := m.talks[e.Conversation]
	switch {
	case s == nil:
	case s.value == nil || s.value.Last == nil || e.Message == "" || e.Kind != parley.KindDeliveryChanged:
		delete(m.talks, e.Conversation)
	case s.value.Last.ID == e.Message:
		next := *s.value
		next.stale = true
		s.value = &next
	}
}

func (m *memory) forgetAll() {
	clear(m.works)
	clear(m.rooms)
	clear(m.fronts)
	clear(m.rows)
	clear(m.talks)
	clear(m.people)
	clear(m.books)
	clear(m.briefs)
}

// hear brings a conversation up to a new message. The caller holds mu.
func (m *memory) hear(e parley.Entry) {
	seq := seqOf(e)
	msg, ok := m.fresh[e.Message]
	if ok {
		msg.Seq = seq
		m.fresh[e.Message] = msg
	}
	s := m.talks[e.Conversation]
	switch {
	case s == nil:
	case s.value == nil || !ok || s.value.Address != "" && msg.Sender != parley.FromAgent: // on a network it moves the window
		delete(m.talks, e.Conversation)
	case seq > s.value.LastSeq:
		next := s.value.after(msg)
		s.value = &next
	}
	if w := m.works[e.Interaction]; w != nil && (w.value == nil || !w.value.State.Open()) {
		delete(m.works, e.Interaction) // a last line after its end
		m.turn++
	}
}
