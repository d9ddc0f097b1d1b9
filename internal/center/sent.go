package center

import (
	"context"
	"hash/maphash"
	"sync"
	"time"

	"parley"
	"parley/internal/store"
)

// sent remembers the client ids of late, so that a new message is known to be
// new without a read on the writer's goroutine. Whoever sends looks into the
// store first, outside the writer; what was planned since then is here. A hit
// is looked up again, so neither a commit that failed nor two ids of one hash
// leave anything false behind. Hashes, because at thousands a second the
// collector would spend its time on the ids.
type sent struct {
	mu   sync.Mutex
	seed maphash.Seed
	ids  [2]map[uint64]struct{} // this minute's and the one's before
	at   time.Time
}

type sentKey struct {
	conversation parley.ConversationID
	client       string
}

// sentKeep is longer than anybody waits between the look and the plan.
const sentKeep = time.Minute

func (s *sent) init() {
	s.seed, s.ids = maphash.MakeSeed(), [2]map[uint64]struct{}{{}, {}}
}

// add notes a client id at a time, and reports whether it was there.
func (s *sent) add(k sentKey, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Sub(s.at) > sentKeep {
		s.ids = [2]map[uint64]struct{}{{}, s.ids[0]}
		s.at = now
	}
	id := maphash.Comparable(s.seed, k)
	_, a := s.ids[0][id]
	_, b := s.ids[1][id]
	s.ids[0][id] = struct{}{}
	return a || b
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
