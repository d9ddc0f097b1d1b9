package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"parley"
)

// links keeps the center's knowledge of who is connected equal to what is: the
// first line of an agent or visitor is told as up, the loss of the last as lost.
// What is told is the state when telling, so a reload that takes a moment may
// tell nothing at all, and nothing is told out of order. What could not be told is
// told again and again: who came or went while nothing could be saved may not come
// or go another time.
//
// Source: P17, P18, I18, I19.
type links struct {
	tell  func(ctx context.Context, who linkKey, up bool) error
	count func(linkKey) int
	log   *slog.Logger

	mu      sync.Mutex // owns the rest
	told    map[linkKey]bool
	doubt   map[linkKey]bool // the center may not know what is, whatever it was told
	busy    map[linkKey]bool // somebody is telling; true: look again afterwards
	stopped bool
}

const (
	linkWithin = 10 * time.Second // how long one telling may take; the center may be reloading
	linkAgain  = time.Second      // how long after one that failed, give or take half of it
)

// settle tells the center until it knows what is. The first try runs in the
// goroutine of the line that came or went, and more of them in their own.
func (k *links) settle(who linkKey) {
	if who == (linkKey{}) {
		return // an API key has no presence
	}
	k.mu.Lock()
	_, telling := k.busy[who]
	k.busy[who] = telling
	k.mu.Unlock()
	if !telling {
		k.try(who)
	}
}

// try tells what is until it has not changed meanwhile. If that fails it is tried
// again a little later, and not by all in the same moment. Only one at a time tells
// of somebody.
func (k *links) try(who linkKey) {
	for {
		ok := k.once(who)
		k.mu.Lock()
		if k.stopped || ok && !k.busy[who] {
			delete(k.busy, who)
			k.mu.Unlock()
			return
		}
		k.busy[who] = false
		k.mu.Unlock()
		if !ok {
			time.AfterFunc(linkAgain/2+rand.N(linkAgain), func() { k.try(who) })
			return
		}
	}
}

// once tells the present state if it is news, and reports whether the center knows
// it now.
func (k *links) once(who linkKey) bool {
	up := k.count(who) > 0
	k.mu.Lock()
	known := k.stopped || k.told[who] == up && !k.doubt[who]
	k.mu.Unlock()
	if known {
		return true
	}
	ctx, cancel := context.WithTimeout(context.Background(), linkWithin)
	defer cancel()
	err := k.tell(ctx, who, up)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil && !moot(err) { // it may still have been obeyed
		if !k.doubt[who] {
			k.log.Warn("link not told", slog.Bool("up", up), slog.Any("error", err))
		}
		k.doubt[who] = true
		return false
	}
	delete(k.doubt, who)
	if up {
		k.told[who] = true
	} else {
		delete(k.told, who)
	}
	return true
}

// moot reports whether there is nothing to tell: logged out, ended.
func moot(err error) bool {
	var refusal *parley.Error
	return errors.As(err, &refusal) && refusal.Kind != parley.Unavailable && refusal.Kind != parley.Internal
}

// expect has the lines looked for of those who begin on the web: whose first one
// never opens is away as if it had gone.
//
// Source: I7, I18.
func (k *links) expect(batch []parley.Entry) {
	for _, e := range batch {
		if !begins(e) {
			continue
		}
		who := linkKey{visitor: e.Conversation}
		time.AfterFunc(returnsSoon, func() {
			k.mu.Lock()
			if !k.told[who] {
				k.doubt[who] = true
			}
			k.mu.Unlock()
			k.settle(who)
		})
	}
}

// begins reports whether a customer came in on the web.
func begins(e parley.Entry) bool {
	var created struct {
		Web    bool   `json:"web"`
		Origin string `json:"origin"` // a later leg's
	}
	return e.Kind == "interaction_created" && json.Unmarshal(e.Data, &created) == nil && created.Web && created.Origin == ""
}

// stop tells nothing from here on: at a restart every link enters grace anyway
// (P17b), and nobody loses an offer because we go away.
func (k *links) stop() {
	k.mu.Lock()
	k.stopped = true
	k.mu.Unlock()
}
