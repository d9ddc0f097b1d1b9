package routing

import (
	"cmp"
	"slices"
	"time"

	"parley"
)

// zero is no time at all.
var zero time.Time

// evolveAgent remembers what an agent's status or link became.
func (s *State) evolveAgent(e Event) {
	switch e := e.(type) {
	case PresenceChanged:
		s.presenceChanged(e)
	case NextSet:
		a := s.agents[e.Agent]
		a.Next, a.NextByMiss, a.By = e.Next, false, e.By
		s.stale(a)
	case StopNewSet:
		a := s.agents[e.Agent]
		a.Sub = parley.SubStopNew
		if e.Next != "" {
			a.Next, a.NextByMiss, a.Reason, a.By = e.Next, true, e.Reason, ""
		}
		s.stale(a)
	case StopNewCleared:
		a := s.agents[e.Agent]
		a.Sub = parley.SubNone
		if a.NextByMiss {
			a.Next, a.NextByMiss, a.Reason = "", false, ""
		}
		s.stale(a)
	case LinkChanged:
		a := s.agents[e.Agent]
		a.Conn, a.GraceUntil, a.OfferUntil = e.Conn, e.Until, e.OfferUntil
		s.set(e.Until, ringAgentGrace, a)
		s.set(e.OfferUntil, ringOfferGrace, a)
		s.stale(a)
	}
}

// presenceChanged remembers a base status. Stop new and a stored next status
// never outlive one.
func (s *State) presenceChanged(e PresenceChanged) {
	a := s.agents[e.Agent]
	a.Base, a.Sub, a.Next, a.NextByMiss = e.To, parley.SubNone, "", false
	a.Since, a.Reason, a.Code, a.By, a.ReturnAt = e.At.At, e.Reason, e.Code, e.By, e.Return
	if e.Reason == parley.ReasonLogin {
		a.EverLoggedIn = true
	}
	if e.Idle {
		a.IdleSince = e.At.At
	}
	s.set(e.Return, ringReturn, a)
	s.stale(a)
	for _, m := range a.members {
		s.recount(m)
	}
}

// recount brings a queue's staff up to date after one of its members changed.
//
// Source: QUE-08.
func (s *State) recount(m *member) {
	staffs := m.Assigned && m.Enabled && m.agent.loggedIn()
	if staffs == m.staffs {
		return
	}
	m.staffs = staffs
	if staffs {
		m.queue.staff++
		return
	}
	m.queue.staff--
	s.unsettle(m.queue)
}

// unsettle marks a queue whose policies may have something to say.
func (s *State) unsettle(q *queue) {
	if !q.unsettled {
		q.unsettled = true
		s.unsettled = append(s.unsettled, q)
	}
}

// evolveConfig remembers a version of the configuration.
func (s *State) evolveConfig(e Event) {
	switch e := e.(type) {
	case AgentChanged:
		s.config = e.Config
		s.agentChanged(e.Agent)
	case QueueChanged:
		s.config = e.Config
		s.queueChanged(e.Queue)
	case QueueRemoved:
		s.config = e.Config
		s.queueRemoved(e.Queue)
	case MembershipChanged:
		s.config = e.Config
		s.membershipChanged(e.Membership)
	case SettingPublished:
		s.config, s.settings = e.Config, e.Settings
		for _, a := range s.roster {
			s.stale(a)
		}
	}
}

// agentChanged adds an agent, logged out, or replaces their configuration.
func (s *State) agentChanged(c AgentConfig) {
	a := s.agents[c.ID]
	if a == nil {
		a = s.addAgent(AgentState{
			AgentConfig: c, Base: parley.LoggedOut, Sub: parley.SubNone, Conn: parley.ConnDown,
			Since: c.CreatedAt, IdleSince: c.CreatedAt,
		})
	}
	a.AgentConfig = c
	for _, m := range a.members {
		s.reseat(m)
	}
	s.stale(a)
}

// addAgent adds an agent to the roster.
func (s *State) addAgent(st AgentState) *agent {
	a := &agent{AgentState: st}
	s.agents[a.ID] = a
	at, _ := slices.BinarySearchFunc(s.roster, a, func(x, y *agent) int { return cmp.Compare(x.ID, y.ID) })
	s.roster = slices.Insert(s.roster, at, a)
	s.stale(a)
	return a
}

// queueChanged adds a queue or replaces its configuration.
func (s *State) queueChanged(c QueueConfig) {
	q := s.queues[c.ID]
	if q == nil {
		s.addQueue(QueueState{QueueConfig: c})
		return
	}
	waiting := q.line()
	for _, i := range waiting {
		s.leave(i)
	}
	q.QueueConfig = c
	q.classes = map[string]*class{}
	for _, m := range q.members {
		m.agent.unseat(q)
	}
	s.classOf(q, "", nil)
	for _, i := range waiting {
		s.join(i, q)
	}
	s.unsettle(q)
}

// addQueue adds a queue with the class of what its script requires nothing for.
func (s *State) addQueue(st QueueState) *queue {
	q := &queue{QueueState: st, members: map[parley.AgentID]*member{}, classes: map[string]*class{}}
	s.queues[q.ID] = q
	s.offers = max(s.offers, q.LastOfferSeq)
	s.classOf(q, "", nil)
	return q
}

// queueRemoved forgets a queue in which nothing is left to do.
func (s *State) queueRemoved(id parley.QueueID) {
	q := s.queues[id]
	for _, m := range q.members {
		m.agent.unseat(q)
		m.agent.members = slices.DeleteFunc(m.agent.members, func(x *member) bool { return x == m })
	}
	delete(s.queues, id)
	s.touched = slices.DeleteFunc(s.touched, func(c *class) bool { return c.queue == q })
	s.unsettled = slices.DeleteFunc(s.unsettled, func(x *queue) bool { return x == q })
	s.offers = 0
	for _, other := range s.queues {
		s.offers = max(s.offers, other.LastOfferSeq)
	}
}

// membershipChanged adds or replaces a membership.
func (s *State) membershipChanged(ms parley.Membership) {
	a, q := s.agents[ms.Agent], s.queues[ms.Queue]
	m := q.members[ms.Agent]
	if m == nil {
		m = &member{agent: a, queue: q}
		q.members[ms.Agent] = m
		at, _ := slices.BinarySearchFunc(a.members, ms.Queue, func(x *member, id parley.QueueID) int {
			return cmp.Compare(x.queue.ID, id)
		})
		a.members = slices.Insert(a.members, at, m)
	}
	m.Membership = ms
	s.recount(m)
	s.reseat(m)
}

// reseat gives a member a fresh seat in every class of the queue, or none.
func (s *State) reseat(m *member) {
	m.agent.unseat(m.queue)
	if m.Assigned {
		for _, c := range m.queue.classes {
			m.sit(c)
		}
	}
	s.stale(m.agent)
}

// sit gives m a seat in c.
func (m *member) sit(c *class) {
	m.agent.seats = append(m.agent.seats, &seat{
		agent: m.agent, class: c, member: m, fixed: m.fixed(c.needs), cause: unplaced, at: -1,
	})
}

// unseat takes every seat of a in q away.
func (a *agent) unseat(q *queue) {
	a.seats = slices.DeleteFunc(a.seats, func(st *seat) bool {
		if st.class.queue != q {
			return false
		}
		st.unseat()
		return true
	})
}

// classOf returns the class of what requires script, whose signature is needs, in
// q, and makes it if it is the first of its kind.
func (s *State) classOf(q *queue, needs string, script []Requirement) *class {
	c := q.classes[needs]
	if c != nil {
		return c
	}
	c = &class{queue: q, needs: merged(q.Required, script)}
	q.classes[needs] = c
	for _, m := range q.members {
		if m.Assigned {
			m.sit(c)
			s.stale(m.agent)
		}
	}
	return c
}

// line returns all that waits in q, in the order it is served.
func (q *queue) line() []*interaction {
	all := make([]*interaction, 0, q.waiting)
	for _, c := range q.classes {
		c.waiting.all(func(i *interaction) bool {
			all = append(all, i)
			return true
		})
	}
	slices.SortFunc(all, func(x, y *interaction) int {
		a, b := x.place(q), y.place(q)
		return order(&a, &b)
	})
	return all
}
