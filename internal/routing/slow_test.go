package routing

import (
	"cmp"
	"slices"
	"time"

	"parley"
)

// slow is the rules written out plainly over everything the router remembers. It
// is not fast and not indexed; choose.go is, and must agree.
type slow struct {
	Snapshot
	now time.Time
}

// agentOf, queueOf and memberOf find by looking.
func (s *slow) agentOf(id parley.AgentID) *AgentState {
	for k := range s.Agents {
		if s.Agents[k].ID == id {
			return &s.Agents[k]
		}
	}
	return nil
}

func (s *slow) queueOf(id parley.QueueID) *QueueState {
	for k := range s.Queues {
		if s.Queues[k].ID == id {
			return &s.Queues[k]
		}
	}
	return nil
}

func (s *slow) memberOf(a parley.AgentID, q parley.QueueID) *parley.Membership {
	for k := range s.Memberships {
		if m := &s.Memberships[k]; m.Agent == a && m.Queue == q {
			return m
		}
	}
	return nil
}

// counts are the offers that ring, what is active and what is in wrap-up.
func (s *slow) counts(id parley.AgentID) (o, a, w int) {
	for _, offer := range s.Offers {
		if offer.Agent == id && offer.State == parley.OfferPending {
			o++
		}
	}
	for _, i := range s.Interactions {
		if i.Agent == id && i.State == parley.Active {
			a++
		}
		if i.Agent == id && i.State == parley.WrapUp {
			w++
		}
	}
	return o, a, w
}

// load is how many slots an agent has taken.
func (s *slow) load(id parley.AgentID) int {
	o, a, w := s.counts(id)
	if s.Settings.WrapUpCounts {
		return o + a + w
	}
	return o + a
}

// excluded returns the first line of "eligible" in 5.1 that does not hold, but
// for OFR-08.
func (s *slow) excluded(a *AgentState, i *InteractionState) Reason {
	q, m := s.queueOf(i.Queue), s.memberOf(a.ID, i.Queue)
	o, act, w := s.counts(a.ID)
	switch {
	case m == nil || !m.Assigned:
		return ReasonNotMember
	case !a.Enabled:
		return ReasonDisabled
	case a.Conn != parley.ConnUp:
		return ReasonNoLink
	case a.Base != parley.Available:
		return ReasonNotAvailable
	case a.Sub != parley.SubNone:
		return ReasonStopNew
	case a.Next != "":
		return ReasonNextSet
	case !m.Enabled:
		return ReasonSwitchedOff
	case !q.Enabled && q.OnClose != parley.QueueDrain && q.OnClose != parley.QueueWait && q.OnClose != "":
		return ReasonQueueDisabled
	}
	for _, r := range append(slices.Clone(q.Required), i.Required...) {
		if a.Skills[r.Skill] < r.Level {
			return ReasonSkill
		}
	}
	switch {
	case o >= s.Settings.MaxParallel:
		return ReasonOffered
	case s.load(a.ID) >= a.Capacity, o+act+w >= parley.CapacityMax:
		return ReasonFull
	case act == 0 && w > 0:
		return ReasonWrappingUp
	}
	return ""
}

// had reports whether a declined i in its round (OFR-08).
func (s *slow) had(a *AgentState, i *InteractionState) bool {
	for _, o := range s.Offers {
		if o.ID.Interaction == i.ID && o.Agent == a.ID && o.Round == i.Round &&
			(o.State == parley.OfferRejected || o.State == parley.OfferTimedOut) {
			return s.Settings.ExcludeRejecter
		}
	}
	return false
}

// verdict is who may have an interaction.
type verdict struct {
	eligible []*AgentState // the best first
	excluded map[Reason]int
	round    int
}

// judge says who may have i. Once everybody who could have had it has, a new
// round begins.
func (s *slow) judge(i *InteractionState) verdict {
	v := verdict{round: max(i.Round, 1)}
	var had []*AgentState
	v.excluded = map[Reason]int{}
	for k := range s.Agents {
		a := &s.Agents[k]
		switch why := s.excluded(a, i); {
		case why != "":
			v.excluded[why]++
		case s.had(a, i):
			had = append(had, a)
		default:
			v.eligible = append(v.eligible, a)
		}
	}
	switch {
	case len(v.eligible) == 0 && len(had) > 0:
		v.eligible, v.round = had, v.round+1
	case len(had) > 0:
		v.excluded[ReasonHadIt] = len(had)
	}
	q := s.queueOf(i.Queue)
	slices.SortFunc(v.eligible, func(a, b *AgentState) int { return s.compare(a, b, q) })
	if i.Prefer != "" && !s.now.After(i.PreferUntil) {
		for k, a := range v.eligible {
			if a.ID == i.Prefer {
				v.eligible = append([]*AgentState{a}, append(slices.Clone(v.eligible[:k]), v.eligible[k+1:]...)...)
				break
			}
		}
	}
	return v
}

// compare orders two agents for q's work: RTE-01, RTE-02, RTE-05.
func (s *slow) compare(a, b *AgentState, q *QueueState) int {
	byLoad := cmp.Compare(s.load(a.ID), s.load(b.ID))
	if q.Policy == parley.PolicyIdle {
		byLoad = 0
	}
	return cmp.Or(
		cmp.Compare(s.memberOf(b.ID, q.ID).Level, s.memberOf(a.ID, q.ID).Level),
		byLoad,
		a.IdleSince.Compare(b.IdleSince),
		cmp.Compare(a.ID, b.ID),
	)
}

// before orders two waiting interactions: RTE-06.
func (s *slow) before(x, y *InteractionState) int {
	p, q := s.queueOf(x.Queue), s.queueOf(y.Queue)
	byAge := cmp.Or(x.Entry.Compare(y.Entry), cmp.Compare(x.Number, y.Number))
	switch {
	case p.Priority != q.Priority:
		return cmp.Compare(q.Priority, p.Priority)
	case p.Priority == 8:
		return byAge
	case p.ID == q.ID:
		return cmp.Or(cmp.Compare(y.Priority, x.Priority), byAge)
	}
	return cmp.Or(cmp.Compare(p.LastOfferSeq, q.LastOfferSeq), cmp.Compare(p.ID, q.ID))
}

// first returns the first interaction that has an eligible agent: RTE-12. It
// returns nil if there is none.
func (s *slow) first() (*InteractionState, verdict) {
	var waiting []*InteractionState
	for k := range s.Interactions {
		if s.Interactions[k].State == parley.Queued {
			waiting = append(waiting, &s.Interactions[k])
		}
	}
	slices.SortFunc(waiting, s.before)
	for _, i := range waiting {
		if v := s.judge(i); len(v.eligible) > 0 {
			return i, v
		}
	}
	return nil, verdict{}
}
