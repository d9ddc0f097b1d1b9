package center

import (
	"context"
	"hash/maphash"

	"parley"
	"parley/internal/store"
)

// sent remembers the client ids of the conversations written in of late, so that
// a new message is known to be new without asking the store for each. A hit is
// looked up, so neither a commit that failed nor two ids of one hash leave
// anything false behind. Hashes, because the collector would spend its time on
// the ids. Only the writer's goroutine comes here.
type sent struct {
	seed maphash.Seed
	sets [2]map[parley.ConversationID]hashes // of late, and before that
	held int                                 // hashes in the first
}

// hashes are the client ids of a conversation, nil if they are too many.
type hashes map[uint64]struct{}

type sentKey struct {
	conversation parley.ConversationID
	client       string
}

// The bounds of sent. Of a conversation with more messages than sentLong each is
// looked up; when sentMost are held, what was not asked for since the last time
// is forgotten.
const (
	sentLong = 2_000
	sentMost = 1_000_000
)

func (s *sent) init() {
	s.seed = maphash.MakeSeed()
	s.sets = [2]map[parley.ConversationID]hashes{{}, {}}
}

// add notes a client id, and reports whether its conversation may have it already.
func (s *sent) add(ctx context.Context, v store.View, k sentKey) (bool, error) {
	set, err := s.of(ctx, v, k.conversation)
	if err != nil || set == nil {
		return true, err
	}
	id := maphash.String(s.seed, k.client)
	_, had := set[id]
	if !had {
		set[id] = struct{}{}
		s.held++
	}
	return had, nil
}

// of returns the hashes of a conversation.
func (s *sent) of(ctx context.Context, v store.View, id parley.ConversationID) (hashes, error) {
	if set, ok := s.sets[0][id]; ok {
		return set, nil
	}
	set, ok := s.sets[1][id]
	if !ok {
		ids, err := v.ClientIDs(ctx, id, sentLong+1)
		if err != nil {
			return nil, err
		}
		if len(ids) <= sentLong {
			set = s.hash(ids)
		}
	}
	if s.held > sentMost {
		s.sets, s.held = [2]map[parley.ConversationID]hashes{{}, s.sets[0]}, 0
	}
	s.sets[0][id] = set
	s.held += len(set) + 1
	return set, nil
}

func (s *sent) hash(ids []string) hashes {
	set := make(hashes, len(ids)+1)
	for _, id := range ids {
		set[maphash.String(s.seed, id)] = struct{}{}
	}
	return set
}

// Sent is the answer to a message: its id, its number and when it came.
type Sent struct {
	ID       parley.MessageID `json:"id"`
	Seq      int64            `json:"seq"`
	At       int64            `json:"at"`
	Repeated bool             `json:"-"` // it was here before
}

func sentAs(m parley.Message, repeated bool) Sent {
	return Sent{ID: m.ID, Seq: m.Seq, At: parley.Millis(m.At), Repeated: repeated}
}

// before returns the answer a client id already has, false if it has none.
func before(ctx context.Context, v store.View, k sentKey) (Sent, bool, error) {
	m, err := v.MessageSent(ctx, k.conversation, k.client)
	if err != nil {
		return Sent{}, false, unlessAbsent(err)
	}
	return sentAs(m, true), true, nil
}

// repeats returns the answer a client id already has, false if it has none; then
// it is noted. It is for a plan.
func (c *Center) repeats(ctx context.Context, v store.View, k sentKey) (Sent, bool, error) {
	if had, err := c.sent.add(ctx, v, k); err != nil || !had {
		return Sent{}, false, err
	}
	return before(ctx, v, k)
}
