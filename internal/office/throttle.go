package office

import (
	"sync"
	"time"

	"parley"
)

// The delays of wrong passwords: the first few are free, then each doubles the
// wait. Nobody is ever locked out.
//
// Source: A-082.
const (
	triesFree    = 3
	triesFreeIP  = 20 // an office behind one address mistypes more often
	delayFirst   = 250 * time.Millisecond
	delayMost    = 8 * time.Second
	triesForget  = 15 * time.Minute
	triesKept    = 20_000 // names and addresses remembered at most
	waitingMost  = 5      // attempts of one address that wait at the same time
	triesAlarmed = 10     // after so many, the log and the answers say so
)

// ErrTooManyTries is a wrong password after many; data: retry_after, in seconds.
// The right one is still let in, so that a name cannot be locked by others.
//
// Source: A-082.
var ErrTooManyTries = &parley.Error{Kind: parley.RateLimited, Code: "too_many_tries"}

// throttle counts wrong passwords by sign-in name and by address, a household's.
type throttle struct {
	mu      sync.Mutex // guards the rest
	tries   map[string]tries
	waiting map[string]int // by address
}

type tries struct {
	n    int
	last time.Time
}

func (t *throttle) init() {
	t.tries, t.waiting = map[string]tries{}, map[string]int{}
}

// delay is how long an attempt waits before its password is looked at.
func (t *throttle) delay(login, ip string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return max(
		t.after("name:"+login, triesFree, now),
		t.after("address:"+ip, triesFreeIP, now),
	)
}

func (t *throttle) after(key string, free int, now time.Time) time.Duration {
	n := t.recent(key, now) - free
	if n < 0 {
		return 0
	}
	return min(delayMost, delayFirst<<min(n, 10))
}

func (t *throttle) recent(key string, now time.Time) int {
	had := t.tries[key]
	if now.Sub(had.last) > triesForget {
		return 0
	}
	return had.n
}

// enter takes a place among an address's waiting attempts; false if it has too
// many.
func (t *throttle) enter(ip string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.waiting[ip] >= waitingMost {
		return false
	}
	t.waiting[ip]++
	return true
}

func (t *throttle) leave(ip string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.waiting[ip]--; t.waiting[ip] <= 0 {
		delete(t.waiting, ip)
	}
}

// wrong counts a wrong password and returns how many of this name there were
// of late.
func (t *throttle) wrong(login, ip string, now time.Time) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.tries) >= triesKept {
		t.forget(now)
	}
	for _, key := range []string{"address:" + ip, "name:" + login} {
		t.tries[key] = tries{n: t.recent(key, now) + 1, last: now}
	}
	return t.tries["name:"+login].n
}

// right forgets the wrong passwords of a name; its address keeps them, or one
// account would buy an attacker new tries at the others.
func (t *throttle) right(login string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.tries, "name:"+login)
}

// forget drops what is old, or all if everything is new.
func (t *throttle) forget(now time.Time) {
	for key, had := range t.tries {
		if now.Sub(had.last) > triesForget {
			delete(t.tries, key)
		}
	}
	if len(t.tries) >= triesKept {
		clear(t.tries)
	}
}
