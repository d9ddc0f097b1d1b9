package routing

import (
	"cmp"
	"time"

	"parley"
)

// ring says which deadline a timer is.
type ring uint8

// The deadlines, in the order they are handled within one millisecond.
const (
	ringAccept       ring = iota // T_accept
	ringOfferGrace               // T_offer_grace
	ringQueueMax                 // T_queue_max
	ringAway                     // T_queue_grace, T_customer_grace
	ringWrapUp                   // T_wrap
	ringAgentGrace               // T_agent_grace
	ringReturn                   // T_auto_return
	ringAnswer                   // an answer to the script
	ringMessage                  // a message to who waits
	ringPark                     // T_park
	ringSilenceWarn              // T_inactive_warn
	ringSilenceClose             // T_inactive_close
	ringWindowWarn               // T_channel_window is near
	ringWindowClose              // T_channel_window
)

// ringsOfInteraction are the deadlines an interaction can have.
var ringsOfInteraction = []ring{
	ringAccept, ringQueueMax, ringAway, ringWrapUp, ringAnswer, ringMessage, ringPark, ringSilenceWarn, ringSilenceClose,
	ringWindowWarn, ringWindowClose,
}

// timer is a deadline of an agent or an interaction.
type timer struct {
	at   int64 // Unix milliseconds
	ring ring
	who  ringer
}

// ringer is who has deadlines: an agent or an interaction.
type ringer interface {
	name() string
	// deadline returns when one is due, the zero time if it does not run.
	deadline(ring) time.Time
}

func (a *agent) name() string       { return string(a.ID) }
func (i *interaction) name() string { return string(i.ID) }

// timers is a heap of deadlines, the earliest first. A deadline that no longer
// holds stays until it comes up or the heap is swept; who it belongs to knows.
type timers struct {
	heap  []timer
	sweep int // length at which to sweep
}

// before orders timers; the order is total, so that the day goes the same way
// after a restart.
func (a timer) before(b timer) bool {
	if a.at != b.at {
		return a.at < b.at
	}
	return cmp.Or(cmp.Compare(a.ring, b.ring), cmp.Compare(a.who.name(), b.who.name())) < 0
}

// sweepMin is the length under which sweeping is not worth it.
const sweepMin = 4096

// set adds a deadline; none if at is zero.
func (s *State) set(at time.Time, r ring, who ringer) {
	if at.IsZero() {
		return
	}
	ts := &s.timers
	if len(ts.heap) >= max(ts.sweep, sweepMin) {
		s.sweepTimers()
	}
	ts.heap = append(ts.heap, timer{at: parley.Millis(at), ring: r, who: who})
	ts.up(len(ts.heap) - 1)
}

// sweepTimers forgets the deadlines that no longer hold.
func (s *State) sweepTimers() { s.timers.only(timer.holds) }

// only forgets all deadlines but those to be kept.
func (ts *timers) only(kept func(timer) bool) {
	old := ts.heap
	ts.heap = make([]timer, 0, len(old))
	for _, t := range old {
		if kept(t) {
			ts.heap = append(ts.heap, t)
			ts.up(len(ts.heap) - 1)
		}
	}
	ts.sweep = 2 * len(ts.heap)
}

// up moves a timer towards the earliest.
func (ts *timers) up(at int) {
	h := ts.heap
	for at > 0 {
		parent := (at - 1) / arity
		if !h[at].before(h[parent]) {
			return
		}
		h[at], h[parent] = h[parent], h[at]
		at = parent
	}
}

// pop takes the earliest out.
func (ts *timers) pop() {
	h := ts.heap
	last := len(h) - 1
	h[0] = h[last]
	h[last] = timer{}
	h = h[:last]
	ts.heap = h
	for at := 0; ; {
		best := at
		for k := at*arity + 1; k <= min(at*arity+arity, last-1); k++ {
			if h[k].before(h[best]) {
				best = k
			}
		}
		if best == at {
			return
		}
		h[at], h[best] = h[best], h[at]
		at = best
	}
}

// earliest returns the first deadline that holds.
func (s *State) earliest() (timer, bool) {
	for len(s.timers.heap) > 0 {
		if t := s.timers.heap[0]; t.holds() {
			return t, true
		}
		s.timers.pop()
	}
	return timer{}, false
}

// Next returns the next deadline, the zero time if there is none. It is
// inclusive: the alarm rings one millisecond after it.
func (s *State) Next() time.Time {
	t, ok := s.earliest()
	if !ok {
		return time.Time{}
	}
	return parley.FromMillis(t.at)
}

// Deadline names a deadline that somebody has.
type Deadline struct {
	Who  string // an agent or an interaction
	ring ring
	at   int64
}

func (t timer) deadline() Deadline { return Deadline{t.who.name(), t.ring, t.at} }

// Earliest names the next deadline, the zero one if there is none.
func (s *State) Earliest() Deadline {
	t, ok := s.earliest()
	if !ok {
		return Deadline{}
	}
	return t.deadline()
}

// Forget lets no deadline among some come, until the state is loaded again.
func (s *State) Forget(some map[Deadline]bool) {
	if len(some) > 0 {
		s.timers.only(func(t timer) bool { return !some[t.deadline()] })
	}
}

// holds reports whether a timer's deadline still is one.
func (t timer) holds() bool { return parley.Millis(t.who.deadline(t.ring)) == t.at }

// deadline returns when a deadline of a is due, the zero time if it does not run.
func (a *agent) deadline(r ring) time.Time {
	switch r {
	case ringOfferGrace:
		return a.OfferUntil
	case ringAgentGrace:
		return a.GraceUntil
	default:
		return a.ReturnAt
	}
}

// deadline returns when a deadline of i is due, the zero time if it does not run.
func (i *interaction) deadline(r ring) time.Time {
	switch r {
	case ringAccept:
		if o := i.pending(); o != nil {
			return o.Until
		}
	case ringQueueMax:
		if i.State == parley.Queued {
			return i.Until
		}
	case ringAway:
		return i.AwayUntil
	case ringWrapUp:
		if i.State == parley.WrapUp && !i.Overdue {
			return i.WrapUpUntil
		}
	case ringAnswer:
		if i.Script {
			return i.AnswerUntil
		}
	case ringMessage:
		if i.State == parley.Queued {
			return i.MessageAt
		}
	case ringPark:
		return i.ParkUntil
	case ringSilenceWarn:
		if !i.Warned {
			return i.silenceAt(i.Silence.Warn)
		}
	case ringSilenceClose:
		return i.silenceAt(i.Silence.Close)
	case ringWindowWarn:
		if !i.WindowWarned {
			return i.windowAt(i.Window.Warn)
		}
	case ringWindowClose:
		return i.windowAt(0)
	}
	return time.Time{}
}
