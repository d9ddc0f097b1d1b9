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
	soon    int // those who could still be accepted in time; counted with crews
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
		a.Offered < f.settings.MaxParallel && !a.Full && (a.Active > 0 || a.WrapUp == 0)
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

// crew is how the members of a queue stand.
type crew struct{ on, available, busy, resting int }

// members counts, per queue, those who are logged in and switched on.
func (f floor) members(b *book) map[parley.QueueID]crew {
	out := map[parley.QueueID]crew{}
	for _, m := range b.members {
		a, ok := f.agents[m.Agent]
		if !ok || !m.Assigned || !m.Enabled || a.Base == parley.LoggedOut {
			continue
		}
		n := out[m.Queue]
		n.on++
		if f.mayTake(a) { // the busy with room too; not one whose link is lost, who shows as available
			n.available++
		}
		switch a.Displayed() {
		case parley.Busy, parley.PostProcessing, parley.Offered:
			n.busy++
		case parley.OnBreak, parley.WorkOffline:
			n.resting++
		}
		out[m.Queue] = n
	}
	return out
}
