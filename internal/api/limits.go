package api

import (
	"hash/maphash"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"parley"
)

// Limits are how much one side may ask of us. Everybody has a bucket of their
// own, so that one who asks too much is turned away and all others are served.
//
// Source.
type Limits struct {
	SignIns    Pace // per address; every address is one of parley.Household
	Contacts   Pace // per address: conversations begun, offline forms
	Visitor    Pace // per conversation: all requests of one visitor
	Person     Pace // per session or API key: all requests
	Anonymous  Pace // per address: requests without a sign-in
	Handshakes Pace // live connections with a ticket, all together
	PerAddress Pace // live connections, per address
	Hooks      Pace // per entry point: requests of its network
	Uploads    Pace // per address: visitors' files
	Copies     Pace // per address: transcripts taken along
	PerVisitor int  // live connections at once
	PerAgent   int
}

// Pace is a rate and how many may come at once.
type Pace struct {
	PerSecond float64
	Burst     int
}

// DefaultLimits returns the product's limits.
func DefaultLimits() Limits {
	return Limits{
		SignIns:    Pace{1, 20},
		Contacts:   Pace{0.5, 30},
		Visitor:    Pace{10, 60},
		Person:     Pace{50, 200},
		Anonymous:  Pace{50, 300},
		Handshakes: Pace{1000, 1000},
		PerAddress: Pace{200, 1000},
		Hooks:      Pace{2000, 4000},
		Uploads:    Pace{1, 60},
		Copies:     Pace{1, 20},
		PerVisitor: 5,
		PerAgent:   20,
	}
}

// Scaled returns the limits with every pace times factor: for a benchmark, whose
// thousands of customers all come from one address.
func (l Limits) Scaled(factor float64) Limits {
	for _, p := range []*Pace{&l.SignIns, &l.Contacts, &l.Visitor, &l.Person, &l.Anonymous, &l.Handshakes, &l.PerAddress, &l.Hooks, &l.Uploads, &l.Copies} {
		p.PerSecond *= factor
		p.Burst = int(float64(p.Burst) * factor)
	}
	return l
}

// buckets hold one bucket per key, in shards; a bucket nobody asked of for a
// while is full again and is dropped.
type buckets struct {
	pace   Pace
	clock  parley.Clock
	seed   maphash.Seed
	shards [16]shard
}

// shard is a part of the buckets. Its mutex owns both fields.
type shard struct {
	mu     sync.Mutex
	of     map[string]*bucket
	sweepN int
}

type bucket struct {
	limiter *rate.Limiter
	used    time.Time
}

func newBuckets(pace Pace, clock parley.Clock) *buckets {
	b := &buckets{pace: pace, clock: clock, seed: maphash.MakeSeed()}
	for i := range b.shards {
		b.shards[i].of = map[string]*bucket{}
	}
	return b
}

// take takes one from key's bucket. Errors: parley.ErrRateLimited.
func (b *buckets) take(key string) error {
	now := b.clock.Now()
	s := &b.shards[maphash.String(b.seed, key)%uint64(len(b.shards))]
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.of[key]
	if !ok {
		s.sweep(now, b.full())
		found = &bucket{limiter: rate.NewLimiter(rate.Limit(b.pace.PerSecond), b.pace.Burst)}
		s.of[key] = found
	}
	found.used = now
	if !found.limiter.AllowN(now, 1) {
		return parley.ErrRateLimited
	}
	return nil
}

// households are buckets by address.
type households struct{ *buckets }

// take takes one from the bucket of an address. Errors: parley.ErrRateLimited.
func (h households) take(ip string) error { return h.buckets.take(parley.Household(ip)) }

// full is how long an empty bucket needs to be full again.
func (b *buckets) full() time.Duration {
	return time.Duration(float64(b.pace.Burst)/b.pace.PerSecond*float64(time.Second)) + time.Second
}

// sweepEvery is how many new keys come between two sweeps of a shard.
const sweepEvery = 256

func (s *shard) sweep(now time.Time, full time.Duration) {
	if s.sweepN++; s.sweepN < sweepEvery {
		return
	}
	s.sweepN = 0
	for key, b := range s.of {
		if now.Sub(b.used) > full {
			delete(s.of, key)
		}
	}
}

// guards are the buckets of a server.
type guards struct {
	visitors, people, handshakes, hooks                       *buckets
	signIns, contacts, anonymous, perAddress, uploads, copies households
}

func newGuards(l Limits, clock parley.Clock) guards {
	return guards{
		visitors:   newBuckets(l.Visitor, clock),
		people:     newBuckets(l.Person, clock),
		handshakes: newBuckets(l.Handshakes, clock),
		hooks:      newBuckets(l.Hooks, clock),
		signIns:    households{newBuckets(l.SignIns, clock)},
		contacts:   households{newBuckets(l.Contacts, clock)},
		anonymous:  households{newBuckets(l.Anonymous, clock)},
		perAddress: households{newBuckets(l.PerAddress, clock)},
		uploads:    households{newBuckets(l.Uploads, clock)},
		copies:     households{newBuckets(l.Copies, clock)},
	}
}
