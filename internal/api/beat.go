package api

import (
	"context"
	"time"
)

// visitorGaugesEvery is how often a waiting visitor's place is looked at: nobody
// needs it more often, and with 100,000 waiting it must not be.
const visitorGaugesEvery = 10

// beats is how many seconds the lines are spread over, so that they do not all
// write at once.
const beats = int64(beatEvery / time.Second)

// moments are the parts of a second over which the lines are spread: 500 people
// told at once are a wave in which an offer would wait.
const moments = 20

// looks are the seconds in which figures are asked for after something happened.
// An answer may be a second old, so one look could show what was before, for as
// long as nothing else happens.
const looks = 3

// run sends the beats and the gauges until ctx ends.
func (h *hub) run(ctx context.Context) error {
	ticker := time.NewTicker(time.Second / moments)
	defer ticker.Stop()
	left := 0
	for moment := int64(0); ; moment++ {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if moment%moments == 0 {
				left = h.looks(left)
			}
			h.beat(ctx, moment, left > 0)
		}
	}
}

// looks returns in how many seconds, this one with them, the figures are asked for.
func (h *hub) looks(left int) int {
	if h.dirty.Swap(false) {
		return looks
	}
	return max(0, left-1)
}

// beat gives a moment's share of the lines their heartbeat, if it is their
// second, and the figures if they may have changed.
func (h *hub) beat(ctx context.Context, moment int64, dirty bool) {
	second := moment / moments
	for _, l := range h.chosen(func(l *line) bool { return l.slot%moments == moment%moments }) {
		turn := l.slot / moments
		if turn%beats == second%beats {
			l.mu.Lock()
			l.due = true
			l.mu.Unlock()
			l.kick()
			if l.who.Session != "" {
				h.feed.seen(l.who.Session)
			}
		}
		if l.who.Visitor == "" && dirty || l.who.Visitor != "" && turn%visitorGaugesEvery == second%visitorGaugesEvery {
			l.sayGauges(ctx)
		}
	}
}
