package courier

import (
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/sony/gobreaker/v2"
	"golang.org/x/time/rate"

	"parley"
	"parley/internal/channel"
)

// How many sends an entry point has on the way, and when its network counts as
// away.
const (
	laneMost     = 256                   // sends at the same time
	backLeast    = 20 * time.Millisecond // when who found all busy comes back
	backMost     = time.Second           // at most, for each full lane before them
	breakerFails = 5                     // in a row
	breakerRest  = 30 * time.Second
	peopleMost   = 50_000 // customers whose pace is remembered per entry point
	slotKeep     = time.Hour
)

// traffic keeps the speed of each entry point's network: how many messages a second
// it takes, how often one customer may be written to, for how long it asked us
// to wait, and whether it answers at all. It forgets all when the process ends.
//
// Source: networks.md 12, R-46.
type traffic struct {
	clock parley.Clock
	mu    sync.Mutex // guards the rest
	lanes map[parley.EntryPointID]*lane
}

// lane is one entry point's.
type lane struct {
	breaker *gobreaker.TwoStepCircuitBreaker[struct{}]
	limit   *rate.Limiter
	until   time.Time // the network asked to wait
	busy    int
	took    time.Duration // what a turn takes, of late
	queued  int           // told to come back because all were busy, since one was free
	people  map[parley.Address]*person
	slots   map[string]time.Time // when whom's turn is, by part
}

// person is a customer's own pace.
type person struct {
	limit *rate.Limiter
	until time.Time
}

func (p *traffic) init(clock parley.Clock) { p.clock, p.lanes = clock, map[parley.EntryPointID]*lane{} }

// errAway is how the breaker learns that a network did not answer.
var errAway = errors.New("the network does not answer")

func (p *traffic) lane(e parley.EntryPointID, s channel.Spec) *lane {
	l := p.lanes[e]
	if l == nil {
		l = &lane{
			limit: rate.NewLimiter(rate.Inf, 0), people: map[parley.Address]*person{}, slots: map[string]time.Time{},
			breaker: gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
				Name: string(e), MaxRequests: 1, Timeout: breakerRest,
				ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= breakerFails },
			}),
		}
		if s.PerSecond > 0 {
			l.limit = rate.NewLimiter(rate.Limit(s.PerSecond), max(1, int(s.PerSecond)))
		}
		p.lanes[e] = l
	}
	return l
}

// turn is a part that may go now: whoever got it calls over when it went.
type turn struct {
	traffic *traffic
	lane    *lane
	since   time.Time
	done    func(error)
}

// over ends a turn; away tells that the network did not answer.
func (t turn) over(away bool) {
	t.traffic.mu.Lock()
	t.lane.busy--
	t.lane.took += (t.traffic.clock.Now().Sub(t.since) - t.lane.took) / 8
	t.lane.queued = 0
	t.traffic.mu.Unlock()
	if away {
		t.done(errAway)
		return
	}
	t.done(nil)
}

// take asks for a turn. wait > 0: not now, but then. Whose turn is fixed keeps
// it, so nobody asks twice in vain.
func (p *traffic) take(e parley.EntryPointID, s channel.Spec, to parley.Address, part string) (turn, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, l := p.clock.Now(), p.lane(e, s)
	if wait := max(l.until.Sub(now), l.person(to, s).until.Sub(now)); wait > 0 {
		return turn{}, wait + spread(wait/8)
	}
	if wait := l.slot(now, s, to, part); wait > 0 {
		return turn{}, wait
	}
	if l.busy >= laneMost {
		l.queued++
		back := min(max(l.took, backLeast), backMost)
		return turn{}, back*time.Duration(1+l.queued/laneMost) + spread(back)
	}
	done, err := l.breaker.Allow()
	if err != nil {
		return turn{}, breakerRest/2 + spread(breakerRest)
	}
	l.busy++
	delete(l.slots, part)
	return turn{p, l, now, done}, 0
}

// slot returns how long it is to a part's turn, which it fixes.
func (l *lane) slot(now time.Time, s channel.Spec, to parley.Address, part string) time.Duration {
	if at, ok := l.slots[part]; ok {
		return at.Sub(now)
	}
	wait := max(l.limit.ReserveN(now, 1).DelayFrom(now), l.person(to, s).limit.ReserveN(now, 1).DelayFrom(now))
	if len(l.slots) >= peopleMost {
		for k, at := range l.slots {
			if now.Sub(at) > slotKeep {
				delete(l.slots, k)
			}
		}
	}
	l.slots[part] = now.Add(wait)
	return wait
}

func (l *lane) person(to parley.Address, s channel.Spec) *person {
	one := l.people[to]
	if one == nil {
		if len(l.people) >= peopleMost {
			clear(l.people)
		}
		one = &person{limit: rate.NewLimiter(rate.Inf, 0)}
		if s.PerPerson > 0 {
			one.limit = rate.NewLimiter(rate.Every(s.PerPerson), max(1, s.Burst))
		}
		l.people[to] = one
	}
	return one
}

// hold lets nothing go to whom a network named for a time.
func (p *traffic) hold(e parley.EntryPointID, s channel.Spec, to parley.Address, err *channel.SendError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l, until := p.lane(e, s), p.clock.Now().Add(err.After)
	switch {
	case err.After <= 0:
	case err.Whom == channel.OneRecipient:
		l.person(to, s).until = until
	case until.After(l.until):
		l.until = until
	}
}

// away tells whether a network did not answer several times in a row, so that it
// is left alone.
func (p *traffic) away(e parley.EntryPointID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.lanes[e]
	return l != nil && l.breaker.State() != gobreaker.StateClosed
}

// WaitsFor returns why what is sent by an entry point waits, "" if it does not: it
// was paused, or its network is in trouble and is left alone for now.
//
// Source: R-48.
func (c *Courier) WaitsFor(e parley.EntryPoint) string {
	if e.Paused != "" || !c.pulse.isIll(e.ID) {
		return e.Paused
	}
	if c.traffic.held(e.ID) {
		return string(channel.Throttled)
	}
	if c.traffic.away(e.ID) {
		return string(channel.Transient)
	}
	return ""
}

// held tells whether a network asked us to wait, and the time is not over.
func (p *traffic) held(e parley.EntryPointID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.lanes[e]
	return l != nil && l.until.After(p.clock.Now())
}

// forget begins an entry point afresh: it was set up anew.
func (p *traffic) forget(e parley.EntryPointID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.lanes, e)
}

// spread returns a random part of d.
func spread(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return rand.N(d)
}
