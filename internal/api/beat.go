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

// run sends the beats and the gauges until ctx ends.
func (h *hub) run(ctx context.Context) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for second := int64(0); ; second++ {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			h.beat(ctx, second)
		}
	}
}

// beat gives a second's share of the lines their heartbeat, and everybody whose
// figures changed the new ones.
func (h *hub) beat(ctx context.Context, second int64) {
	dirty := h.dirty.Swap(false)
	for _, l := range h.all() {
		if l.slot%beats == second%beats {
			l.mu.Lock()
			l.due = true
			l.mu.Unlock()
			l.kick()
			if l.who.Session != "" {
				h.feed.seen(l.who.Session)
			}
		}
		if l.who.Visitor == "" && dirty || l.who.Visitor != "" && l.slot%visitorGaugesEvery == second%visitorGaugesEvery {
			l.sayGauges(ctx)
		}
	}
}
