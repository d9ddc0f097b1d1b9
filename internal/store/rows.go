package store

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"parley"
	"parley/internal/routing"
)

// Rows lists what a command saves. Its methods cannot fail; they append. Rows
// are written in this order, except that the messages and the log rows of a
// batch follow all others, and that what several events do to one row is merged.
// References between rows are checked at the commit.
type Rows struct {
	places   *places
	known    *known
	now      time.Time
	ops      []op
	merge    merge
	messages []pending
	entries  []parley.Entry
	bodies   map[parley.CustomerID]string // what customers are found by
	filed    []parley.CaseID              // whose subject may be new
	closed   []parley.InteractionID       // whose transcript is now final
	wake     bool                         // there is something new in the outbox
	ids      map[string]struct{}          // of all that is listed
	anything bool                         // some of the ids are not known
	doubts   map[string]struct{}          // ids whose facts are listed and not known
	tables   map[string]struct{}          // that a statement changes
	settled  bool                         // what was merged is among the statements
	moved    moved                        // visitors' tokens
}

// op is one statement.
type op struct {
	query     string
	args      []any
	otherwise *op // what is done instead if it found no row
}

// pending is a message that has no number yet, and the place of its log row.
type pending struct {
	m     *parley.Message
	entry int
}

// Now is the command's time.
func (r *Rows) Now() time.Time { return r.now }

// Exec lists any other row; each noun's file wraps it.
func (r *Rows) Exec(query string, args ...any) {
	if concernsMerged(query) {
		r.settle()
	}
	r.changes(query)
	r.ops = append(r.ops, op{query: query, args: args})
	for _, a := range args {
		if v := reflect.ValueOf(a); v.Kind() == reflect.String { // an id, perhaps
			r.touch(v.String())
		}
	}
}

// Events lists routing's rows and the log rows that tell of them.
func (r *Rows) Events(es []routing.Event) {
	for _, e := range es {
		r.route(e)
		r.Entry(entryOf(e))
	}
}

// Message lists a message and its log row. Its number is filled in when it is
// written.
func (r *Rows) Message(m *parley.Message) {
	r.messages = append(r.messages, pending{m: m, entry: len(r.entries)})
	r.Entry(parley.Entry{
		At:           m.At,
		Kind:         parley.KindMessageAdded,
		Conversation: m.Conversation,
		Interaction:  m.Interaction,
		Message:      m.ID,
		Agent:        m.Agent,
	})
	r.touch(m.ClientID)
}

// Entry lists a log row. Its number is filled in when it is written, its time
// if it has none.
func (r *Rows) Entry(e parley.Entry) {
	if e.At.IsZero() {
		e.At = r.now
	}
	if len(e.Data) == 0 {
		e.Data = []byte("{}")
	}
	if e.Conversation == "" && e.Interaction != "" {
		var known bool
		e.Conversation, known = r.places.get(e.Interaction)
		r.anything = r.anything || !known
	}
	r.entries = append(r.entries, e)
	r.touch(string(e.Conversation), string(e.Interaction), string(e.Message), string(e.Agent), e.Subject)
}

func (r *Rows) touch(ids ...string) {
	if r.ids == nil {
		r.ids = map[string]struct{}{}
	}
	for _, id := range ids {
		if id != "" {
			r.ids[id] = struct{}{}
		}
	}
}

func (r *Rows) touched(ids []string) bool {
	if r.anything && len(ids) > 0 {
		return true
	}
	for _, id := range ids {
		if _, ok := r.ids[id]; ok {
			return true
		}
	}
	return false
}

func (r *Rows) empty() bool {
	return len(r.ops)+len(r.messages)+len(r.entries)+len(r.bodies)+len(r.filed) == 0
}

// mustJSON encodes our own plain data.
func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err)) // a broken type of ours
	}
	return b
}
