package api

import (
	"maps"
	"sync"
	"time"

	"parley"
)

// ticketFor is how long a ticket opens a socket, once.
//
// Source: A-051.
const ticketFor = 30 * time.Second

// ticketSweep is how often old tickets are thrown away: after a restart thousands
// are asked for at once.
const ticketSweep = time.Second

// tickets are the single-use passes to the live connections: who asked, from
// where, until when. They are kept by their digest. mu owns held and swept.
type tickets struct {
	clock parley.Clock
	mu    sync.Mutex
	held  map[[32]byte]ticket
	swept time.Time // when the old ones were last thrown away
}

type ticket struct {
	who   parley.Actor
	agent string // the browser's User-Agent
	until time.Time
}

func newTickets(clock parley.Clock) *tickets {
	return &tickets{clock: clock, held: map[[32]byte]ticket{}}
}

// issue returns a ticket for who, good for one handshake by the same browser at
// the same address.
func (t *tickets) issue(who parley.Actor, agent string) string {
	now := t.clock.Now()
	secret := randomToken("tk_", 32)
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.swept) >= ticketSweep {
		t.swept = now
		maps.DeleteFunc(t.held, func(_ [32]byte, held ticket) bool { return now.After(held.until) })
	}
	t.held[digest(secret)] = ticket{who: who, agent: agent, until: now.Add(ticketFor)}
	return secret
}

// redeem takes a ticket. Errors: parley.ErrUnauthenticated if it is unknown,
// used, old, or another browser's or address's.
func (t *tickets) redeem(secret, ip, agent string) (parley.Actor, error) {
	t.mu.Lock()
	held, ok := t.held[digest(secret)]
	delete(t.held, digest(secret))
	t.mu.Unlock()
	if !ok || t.clock.Now().After(held.until) || held.who.IP != ip || held.agent != agent {
		return parley.Actor{}, parley.ErrUnauthenticated
	}
	return held.who, nil
}

// revoke takes back the tickets of a session that ended, or of a key.
func (t *tickets) revoke(session string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key, held := range t.held {
		if held.who.Session == session || held.who.Key == session {
			delete(t.held, key)
		}
	}
}
