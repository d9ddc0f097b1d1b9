package integration

import (
	"math/rand/v2"
	"sync"
	"time"
)

// How patient we are with a CRM that does not answer.
//
// Source: R-49.
const (
	fuseAfter = 5 // failures in a row
	fuseFor   = 30 * time.Second
	firstWait = time.Second
	mostWait  = 15 * time.Minute
)

// fuses keep lookups away from CRMs that do not answer or have asked for rest:
// nobody waits for what cannot come. Pushes have their own patience; one that
// goes through mends the fuse.
type fuses struct {
	mu sync.Mutex // owns the rest
	of map[string]*fuse
}

type fuse struct {
	failures int
	until    time.Time // nothing is looked up before
}

func (f *fuses) init() { f.of = map[string]*fuse{} }

// open reports whether a CRM rests.
func (f *fuses) open(id string, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	x := f.of[id]
	return x != nil && now.Before(x.until)
}

// failed takes in that a CRM did not answer; it asked for rest if rest is not 0.
func (f *fuses) failed(id string, now time.Time, rest time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	x := f.of[id]
	if x == nil {
		x = &fuse{}
		f.of[id] = x
	}
	x.failures++
	if rest == 0 && x.failures >= fuseAfter {
		rest = fuseFor
	}
	if until := now.Add(rest); until.After(x.until) {
		x.until = until
	}
}

// mended takes in that a CRM answered, and reports whether it had not before.
func (f *fuses) mended(id string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, had := f.of[id]
	delete(f.of, id)
	return had
}

// backoff is how long to wait after so many tries: full jitter of 1 s * 2^n, 15
// minutes at most, and never so short that it is none.
func backoff(attempt int) time.Duration {
	most := mostWait
	if attempt < 10 {
		most = min(mostWait, firstWait<<attempt)
	}
	return firstWait/4 + rand.N(most)
}
