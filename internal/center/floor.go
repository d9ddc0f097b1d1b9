package center

import (
	"context"
	"time"

	"parley"
	"parley/internal/routing"
)

// floor is what the router remembers of agents and queues at one moment.
type floor struct {
	settings routing.Settings
	agents   map[parley.AgentID]routing.AgentView
	queues   map[parley.QueueID]lineUp
	crews    map[parley.QueueID]crew // counted when the figures are asked for
}

// lineUp is how a queue stands.
type lineUp struct {
	waiting int
	oldest  time.Time
	staffed bool
}

// floor asks the router, between two batches.
func (c *Center) floor(ctx context.Context, b *book) (floor, error) {
	f := floor{agents: map[parley.AgentID]routing.AgentView{}, queues: map[parley.QueueID]lineUp{}}
	var agents []routing.AgentView
	err := c.ledger.Ask(ctx, func(s *routing.State) {
		f.settings, agents = s.Settings(), s.Agents()
		for id := range b.queues {
			n, oldest := s.Waiting(id)
			f.queues[id] = lineUp{waiting: n, oldest: oldest, staffed: s.Staffed(id)}
		}
	})
	for _, a := range agents {
		f.agents[a.ID] = a
	}
	return f, err
}

// mayTake reports whether an agent could be offered queued work now, as far as
// their own state goes.
//
// Source: docs/routing.md.
func (f floor) mayTake(a routing.AgentView) bool {
	return a.Enabled && a.Conn == parley.ConnUp && a.Base == parley.Available && a.Sub == parley.SubNone && a.Next == "" &&
		a.Offered < f.settings.MaxParallel && a.Load < a.Capacity && (a.Active > 0 || a.WrapUp == 0)
}

// ready counts who could take one more, per queue.
func (f floor) ready(b *book) map[parley.QueueID]int {
	out := map[parley.QueueID]int{}
	for _, m := range b.members {
		if a, ok := f.agents[m.Agent]; ok && m.Assigned && m.Enabled && f.mayTake(a) {
			out[m.Queue]++
		}
	}
	return out
}
