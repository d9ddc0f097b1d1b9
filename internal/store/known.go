package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"parley"
)

// Facts are what follows from an offer or an end is made of: of an interaction
// and of its conversation.
type Facts struct {
	Conversation parley.ConversationID
	Queue        parley.QueueID
	Case         parley.CaseID
	Match        Match
	Origin
}

// Origin is where a conversation comes from, and whose it is by now.
type Origin struct {
	EntryPoint parley.EntryPointID
	Channel    parley.Channel
	Customer   parley.CustomerID
	Visitor    parley.Visitor
}

// known is what the writer remembers of rows, with what a batch has listed and
// not yet written: a question about them neither reads nor writes. Every method
// of Rows that changes one of these columns says so here. What becomes of a
// batch that failed is not known, so all is forgotten then.
//
// See docs/decisions/0007.
type known struct {
	works   map[parley.InteractionID]*Facts // without their origin
	origins map[parley.ConversationID]*Origin
}

// knownMax bounds each part of it; a batch that finds more starts afresh.
//
// Unit: rows.
const knownMax = 50_000

func (k *known) forget() {
	k.works, k.origins = map[parley.InteractionID]*Facts{}, map[parley.ConversationID]*Origin{}
}

// bound forgets all if it is too much. Nothing may be listed yet.
func (k *known) bound() {
	if len(k.works) > knownMax || len(k.origins) > knownMax {
		k.forget()
	}
}

// noteWork brings what is known of an interaction up to what is listed. A row
// that is not known must be written before it is read.
func (r *Rows) noteWork(id parley.InteractionID, change func(*Facts)) {
	if f := r.known.works[id]; f != nil {
		change(f)
		return
	}
	r.doubt(string(id))
}

// noteOrigin is noteWork for a conversation.
func (r *Rows) noteOrigin(id parley.ConversationID, change func(*Origin)) {
	if o := r.known.origins[id]; o != nil {
		change(o)
		return
	}
	r.doubt(string(id))
}

func (r *Rows) doubt(id string) {
	if r.doubts == nil {
		r.doubts = map[string]struct{}{}
	}
	r.doubts[id] = struct{}{}
}

// sure writes what is listed if it may concern a row that is to be read.
func (t *Tx) sure(ctx context.Context, id string) error {
	if _, ok := t.rows.doubts[id]; ok {
		return t.Flush(ctx)
	}
	return nil
}

// Facts returns what an offer or an end of an interaction needs to know. The
// writer mostly knows it. Errors: parley.ErrNotFound.
func (v View) Facts(ctx context.Context, id parley.InteractionID) (Facts, error) {
	f, writing := v.q.(fresh)
	if !writing {
		return v.readFacts(ctx, id)
	}
	k := f.t.rows.known
	work := k.works[id]
	if work == nil {
		if err := f.t.sure(ctx, string(id)); err != nil {
			return Facts{}, err
		}
		read, err := f.t.View().work(ctx, id)
		if err != nil {
			return Facts{}, err
		}
		work, k.works[id] = &read, &read
		f.t.s.places.put(id, read.Conversation)
	}
	from := k.origins[work.Conversation]
	if from == nil {
		if err := f.t.sure(ctx, string(work.Conversation)); err != nil {
			return Facts{}, err
		}
		read, err := f.t.View().origin(ctx, work.Conversation)
		if err != nil {
			return Facts{}, err
		}
		from, k.origins[work.Conversation] = &read, &read
	}
	out := *work
	out.Origin = *from
	return out, nil
}

func (v View) readFacts(ctx context.Context, id parley.InteractionID) (Facts, error) {
	f, err := v.work(ctx, id)
	if err == nil {
		f.Origin, err = v.origin(ctx, f.Conversation)
	}
	return f, err
}

// work reads the facts of an interaction, without its origin.
func (v View) work(ctx context.Context, id parley.InteractionID) (Facts, error) {
	return one(ctx, v, func(rows *sql.Rows) (f Facts, err error) {
		var match string
		if err = rows.Scan(&f.Conversation, &f.Queue, &f.Case, &match); err != nil || match == "" {
			return f, err
		}
		if err = json.Unmarshal([]byte(match), &f.Match); err != nil {
			err = fmt.Errorf("match of %s: %w", id, err)
		}
		return f, err
	}, `
		SELECT conversation_id, queue_id, case_id, matched
		FROM interactions
		WHERE id = $1`, string(id))
}

func (v View) origin(ctx context.Context, id parley.ConversationID) (Origin, error) {
	c, err := v.Conversation(ctx, id)
	return Origin{EntryPoint: c.EntryPoint, Channel: c.Channel, Customer: c.Customer, Visitor: c.Visitor}, err
}
