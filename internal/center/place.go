package center

import (
	"context"
	"sync"
	"time"

	"parley"
	"parley/internal/routing"
)

// places remembers where visitors stand in the line for a while: those far back
// need not be told every step, and the router is not asked by each of them each
// second.
//
// Source: R-61.
type places struct {
	mu sync.Mutex // owns of
	of map[parley.InteractionID]placed
}

// placed is a place and until when it is told.
type placed struct {
	Place
	until time.Time
}

// How long a place is told: near the front every step shows.
const (
	placeNear    = 5
	placeNearFor = time.Second
	placeFarFor  = 10 * time.Second
)

func (p *places) init() { p.of = map[parley.InteractionID]placed{} }

func (p *places) ask(ctx context.Context, c *Center, id parley.InteractionID) (Place, error) {
	now := c.clock.Now()
	p.mu.Lock()
	had, ok := p.of[id]
	p.mu.Unlock()
	if ok && now.Before(had.until) {
		return had.Place, nil
	}
	var at int
	if err := c.ledger.Ask(ctx, func(s *routing.State) { at = s.Position(id) }); err != nil {
		return Place{}, err
	}
	next := placed{Place: Place{Position: at, Ahead: max(0, at-1)}, until: now.Add(placeNearFor)}
	if at > placeNear {
		next.until = now.Add(placeFarFor)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.of) >= slotsMax {
		clear(p.of)
	}
	p.of[id] = next
	return next.Place, nil
}

// forget takes an interaction out that waits no more.
func (p *places) forget(id parley.InteractionID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.of, id)
}
