package routing

import (
	"cmp"
	"slices"
	"time"

	"parley"
)

// AgentView is an agent as others may see them.
type AgentView struct {
	AgentState
	Offered int // o: offers pending
	Active  int // a: active interactions
	WrapUp  int // w: interactions in wrap-up
	Load    int // slots taken, of Capacity
	Full    bool
}

// Displayed returns the status everybody sees.
//
// Source: docs/routing.md.
func (v AgentView) Displayed() parley.Presence {
	switch {
	case v.Base == parley.LoggedOut:
		return parley.LoggedOut
	case v.Active > 0:
		return parley.Busy
	case v.WrapUp > 0:
		return parley.PostProcessing
	case v.Offered > 0:
		return parley.Offered
	}
	return v.Base
}

// Spans are when what an agent holds began, 0 where they hold none of it.
//
// Unit: milliseconds.
type Spans struct {
	Offered  int64 // the oldest offer that rings
	Accepted int64 // the oldest interaction they serve
	Ended    int64 // the newest in wrap-up
}

// Since returns when the status everybody sees began: work comes and goes below
// the base status, and an agent available since the morning has been in wrap-up
// for a minute. It is never before the base status, nor before idle where it shows.
//
// Source: PRE-15, MON-01.
func (h Spans) Since(base parley.Presence, since, idle int64) int64 {
	switch {
	case base == parley.LoggedOut:
		return since
	case h.Accepted > 0:
		return max(since, h.Accepted)
	case h.Ended > 0:
		return max(since, h.Ended)
	case h.Offered > 0:
		return max(since, h.Offered)
	case base == parley.Available:
		return max(since, idle)
	}
	return since
}

// Agent returns one agent.
func (s *State) Agent(id parley.AgentID) (AgentView, bool) {
	a := s.agents[id]
	if a == nil {
		return AgentView{}, false
	}
	return s.view(a), true
}

// Agents returns every agent, ordered by id.
func (s *State) Agents() []AgentView {
	all := make([]AgentView, len(s.roster))
	for k, a := range s.roster {
		all[k] = s.view(a)
	}
	return all
}

// view is a as others may see them.
func (s *State) view(a *agent) AgentView {
	return AgentView{
		AgentState: a.AgentState, Offered: a.offered, Active: a.active, WrapUp: a.wrapping,
		Load: a.load(s.settings.WrapUpCounts), Full: a.full(s.settings.WrapUpCounts),
	}
}

// Settings returns the center's settings.
func (s *State) Settings() Settings { return s.settings }

// Queue returns one queue.
func (s *State) Queue(id parley.QueueID) (QueueState, bool) {
	q := s.queues[id]
	if q == nil {
		return QueueState{}, false
	}
	return q.QueueState, true
}

// Membership returns an agent's membership of a queue.
func (s *State) Membership(a parley.AgentID, q parley.QueueID) (parley.Membership, bool) {
	if s.queues[q] == nil || s.queues[q].members[a] == nil {
		return parley.Membership{}, false
	}
	return s.queues[q].members[a].Membership, true
}

// Interaction returns one that is not final, or whose row is still in an agent's
// list.
func (s *State) Interaction(id parley.InteractionID) (InteractionState, bool) {
	i := s.interaction(id)
	if i == nil {
		return InteractionState{}, false
	}
	return i.InteractionState, true
}

// OpenOf returns the open interaction of a conversation.
func (s *State) OpenOf(id parley.ConversationID) (InteractionState, bool) {
	i := s.open[id]
	if i == nil {
		return InteractionState{}, false
	}
	return i.InteractionState, true
}

// Offers returns every offer made of an interaction, the last one last.
func (s *State) Offers(id parley.InteractionID) []OfferState {
	if i := s.interaction(id); i != nil {
		return slices.Clone(i.offers)
	}
	return nil
}

// Held returns the rows of an agent's list: offered to them, active, in wrap-up,
// and final ones they have not dismissed; in the order of their numbers.
func (s *State) Held(id parley.AgentID) []InteractionState {
	a := s.agents[id]
	if a == nil {
		return nil
	}
	all := make([]InteractionState, 0, len(a.rows))
	for _, i := range a.held() {
		all = append(all, i.InteractionState)
	}
	return all
}

// held returns a's rows in the order of their numbers.
func (a *agent) held() []*interaction {
	rows := slices.Clone(a.rows)
	slices.SortFunc(rows, func(x, y *interaction) int { return cmp.Compare(x.Number, y.Number) })
	return rows
}

// Waiting returns how many wait in a queue, and since when the longest.
func (s *State) Waiting(id parley.QueueID) (n int, oldest time.Time) {
	q := s.queues[id]
	if q == nil || q.waiting == 0 {
		return 0, time.Time{}
	}
	var min int64
	found := false
	for _, c := range q.classes {
		if at, ok := c.waiting.oldest(); ok && (!found || at < min) {
			min, found = at, true
		}
	}
	return q.waiting, parley.FromMillis(min)
}

// Position returns an interaction's place in its queue, 1 for the next to be
// served, 0 if it does not wait. One that is being offered keeps the place it
// would return to: its customer never learns of the offer (OFR-09).
func (s *State) Position(id parley.InteractionID) int {
	i := s.interaction(id)
	if i == nil || i.Addressed || (i.State != parley.Queued && i.State != parley.Offering) {
		return 0
	}
	q := s.queues[i.Queue]
	at := 1
	for _, c := range q.classes {
		at += c.waiting.ahead(i.place(q))
	}
	return at
}

// Staffed reports whether somebody assigned to a queue and enabled is logged in.
//
// Source: QUE-08, XFR-05.
func (s *State) Staffed(id parley.QueueID) bool {
	q := s.queues[id]
	return q != nil && q.staff > 0
}

// byID returns every interaction in memory, ordered by id.
func (s *State) byID() []*interaction {
	all := make([]*interaction, 0, len(s.interactions))
	for _, i := range s.interactions {
		all = append(all, i)
	}
	slices.SortFunc(all, func(x, y *interaction) int { return cmp.Compare(x.ID, y.ID) })
	return all
}
