package center

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"parley"
)

// knocks bounds how often something happens at an entry point.
type knocks struct {
	every time.Duration
	burst int

	mu sync.Mutex // guards of
	of map[parley.EntryPointID]*rate.Limiter
}

// init allows burst at once, and one more each time every has passed.
//
// Source: A-055.
func (k *knocks) init(every time.Duration, burst int) {
	k.every, k.burst, k.of = every, burst, map[parley.EntryPointID]*rate.Limiter{}
}

// take reports whether it may happen once more now.
func (k *knocks) take(id parley.EntryPointID, now time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.of[id]
	if l == nil {
		l = rate.NewLimiter(rate.Every(k.every), k.burst)
		k.of[id] = l
	}
	return l.AllowN(now, 1)
}
