package store

import (
	"context"
	"sync"
	"time"

	"parley"
)

// Visit is the conversation a visitor's token opens, and until when.
type Visit struct {
	Conversation parley.ConversationID
	Until        time.Time
}

// visits remembers what tokens open: each request of a visitor asks. Nothing is
// kept that was read while a batch changed a token, and what a batch changed is
// forgotten before anybody is answered; so a token opens what it did in the
// store, or nothing.
//
// Source: A-042.
type visits struct {
	mu   sync.Mutex // owns the rest
	turn int64      // rises whenever something is forgotten
	of   map[string]Visit
	by   map[parley.ConversationID]string // the token's hash
}

// visitsMax bounds what is remembered; beyond it all is forgotten.
//
// Unit: tokens.
const visitsMax = 50_000

// Visit finds a token by its hash. Errors: parley.ErrNotFound.
func (s *Store) Visit(ctx context.Context, tokenHash string) (Visit, error) {
	k := &s.visits
	k.mu.Lock()
	v, ok := k.of[tokenHash]
	turn := k.turn
	k.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := s.View().Visit(ctx, tokenHash)
	if err == nil {
		k.keep(tokenHash, v, turn)
	}
	return v, err
}

func (k *visits) keep(hash string, v Visit, turn int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.turn != turn {
		return
	}
	if k.of == nil || len(k.of) >= visitsMax {
		k.of, k.by = map[string]Visit{}, map[parley.ConversationID]string{}
	}
	k.of[hash], k.by[v.Conversation] = v, hash
}

// moved are the tokens a batch changes: of these conversations, or of any.
type moved struct {
	of  []parley.ConversationID
	any bool
}

func (m *moved) add(more moved) {
	m.of, m.any = append(m.of, more.of...), m.any || more.any
}

// forget drops what is no longer so.
func (k *visits) forget(m moved) {
	if len(m.of) == 0 && !m.any {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.turn++
	if m.any {
		k.of, k.by = nil, nil
		return
	}
	for _, id := range m.of {
		delete(k.of, k.by[id])
		delete(k.by, id)
	}
}
