package api

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"parley"
)

// links keeps the center's knowledge of who is connected equal to what is: the
// first line of an agent or visitor is told as up, the loss of the last as lost.
// What is told is the state when telling, so a reload that takes a moment may
// tell nothing at all, and nothing is told out of order.
//
// Source: P17, P18, I18, I19.
type links struct {
	tell  func(ctx context.Context, who linkKey, up bool) error
	count func(linkKey) int
	log   *slog.Logger

	mu      sync.Mutex // owns the rest
	told    map[linkKey]bool
	busy    map[linkKey]bool // somebody is telling; true: look again afterwards
	stopped bool
}

// linkWithin is how long one telling may take; the center may be reloading.
const linkWithin = 10 * time.Second

// settle tells the center until it knows what is. It runs in the goroutine of
// the line that came or went.
func (k *links) settle(who linkKey) {
	if who == (linkKey{}) {
		return // an API key has no presence
	}
	k.mu.Lock()
	if _, telling := k.busy[who]; telling || k.stopped {
		if telling {
			k.busy[who] = true
		}
		k.mu.Unlock()
		return
	}
	k.busy[who] = false
	k.mu.Unlock()
	for {
		k.once(who)
		k.mu.Lock()
		if !k.busy[who] || k.stopped {
			delete(k.busy, who)
			k.mu.Unlock()
			return
		}
		k.busy[who] = false
		k.mu.Unlock()
	}
}

// once tells the present state if it is news.
func (k *links) once(who linkKey) {
	up := k.count(who) > 0
	k.mu.Lock()
	told, known := k.told[who]
	k.mu.Unlock()
	if known && told == up || !known && !up {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), linkWithin)
	defer cancel()
	err := k.tell(ctx, who, up)
	var refusal *parley.Error
	switch {
	case err == nil:
	case errors.As(err, &refusal) && refusal.Kind != parley.Unavailable: // logged out, ended: nothing to tell
	default:
		k.log.Warn("link not told", slog.Bool("up", up), slog.Any("error", err))
		return // the next line to come or go tells it
	}
	k.mu.Lock()
	if up {
		k.told[who] = true
	} else {
		delete(k.told, who)
	}
	k.mu.Unlock()
}

// stop tells nothing from here on: at a restart every link enters grace anyway
// (P17b), and nobody loses an offer because we go away.
func (k *links) stop() {
	k.mu.Lock()
	k.stopped = true
	k.mu.Unlock()
}
