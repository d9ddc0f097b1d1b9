package routing

import (
	"time"

	"parley"
)

// class is everything of one queue that requires the same skills: what waits,
// and who could take it. All that decides who is offered what is kept ready
// here, so that a decision needs to look at nobody else.
type class struct {
	queue   *queue
	needs   []Requirement // the queue's and the script's (RTE-11)
	waiting line
	ranking ranking
	kept    [causes]int // assigned members kept out, by cause
	touched bool
}

// seat is an assigned member in one class.
type seat struct {
	agent  *agent
	class  *class
	member *member
	fixed  cause // what does not depend on the agent's day: switched off, queue, skill
	cause  cause // why they are kept out; eligible if they are not
	at     int   // in the ranking, -1 if not there
}

// cause is a Reason as a small number, in the order of docs/routing.md.
type cause uint8

// The causes; unplaced is a seat nobody has looked at yet.
const (
	eligible cause = iota
	notMember
	disabled
	noLink
	notAvailable
	stopNew
	nextSet
	switchedOff
	queueDisabled
	skill
	offered
	full
	wrappingUp
	hadIt
	causes
	unplaced
)

// reasons are the names of the causes.
var reasons = [causes]Reason{
	"", ReasonNotMember, ReasonDisabled, ReasonNoLink, ReasonNotAvailable, ReasonStopNew, ReasonNextSet,
	ReasonSwitchedOff, ReasonQueueDisabled, ReasonSkill, ReasonOffered, ReasonFull, ReasonWrappingUp, ReasonHadIt,
}

// early returns what keeps a out of every queue, before queues are looked at.
func (a *agent) early() cause {
	switch {
	case !a.Enabled:
		return disabled
	case a.Conn != parley.ConnUp:
		return noLink
	case a.Base != parley.Available:
		return notAvailable
	case a.Sub != parley.SubNone:
		return stopNew
	case a.Next != "":
		return nextSet
	}
	return eligible
}

// late returns what keeps a out because of what they hold.
func (a *agent) late(set *Settings) cause {
	switch {
	case a.offered >= set.MaxParallel:
		return offered
	case a.full(set.WrapUpCounts):
		return full
	case a.active == 0 && a.wrapping > 0:
		return wrappingUp
	}
	return eligible
}

// fixed returns what keeps m out of a class however their day goes.
func (m *member) fixed(needs []Requirement) cause {
	switch {
	case !m.Enabled:
		return switchedOff
	case !m.queue.serves():
		return queueDisabled
	case lacks(m.agent.Skills, needs) != nil:
		return skill
	}
	return eligible
}

// lacks returns the first requirement that skills do not meet, nil if all are.
//
// Source: RTE-11.
func lacks(skills map[parley.SkillID]int, needs []Requirement) *Requirement {
	for k := range needs {
		if skills[needs[k].Skill] < needs[k].Level {
			return &needs[k]
		}
	}
	return nil
}

// first returns the first that is not eligible.
func first(causes ...cause) cause {
	for _, c := range causes {
		if c != eligible {
			return c
		}
	}
	return eligible
}

// flush brings the seats of every agent who changed up to date.
func (s *State) flush() {
	for k, a := range s.dirty {
		a.dirty = false
		s.dirty[k] = nil
		early, late := a.early(), a.late(&s.settings)
		load, idle := int32(a.load(s.settings.WrapUpCounts)), parley.Millis(a.IdleSince)
		for _, seat := range a.seats {
			why := early
			if why == eligible {
				if why = seat.fixed; why == eligible {
					why = late
				}
			}
			s.seat(seat, why, standing{level: int32(seat.member.Level), load: load, idle: idle, seat: seat})
		}
	}
	s.dirty = s.dirty[:0]
}

// seat puts one seat where it now belongs.
func (s *State) seat(seat *seat, why cause, as standing) {
	c := seat.class
	if seat.cause != why {
		if seat.cause != unplaced && seat.cause != eligible {
			c.kept[seat.cause]--
		}
		if why != eligible {
			c.kept[why]++
		}
		seat.cause = why
	}
	if why != eligible {
		if seat.at >= 0 {
			c.ranking.drop(seat.at)
		}
		return
	}
	if c.queue.Policy == parley.PolicyIdle {
		as.load = 0
	}
	c.ranking.put(as)
	s.touch(c)
}

// unseat takes a seat out of its class.
func (s *seat) unseat() {
	if s.at >= 0 {
		s.class.ranking.drop(s.at)
	}
	if s.cause != unplaced && s.cause != eligible {
		s.class.kept[s.cause]--
	}
	s.cause = unplaced
}

// stale marks a's seats to be looked at before the next decision.
func (s *State) stale(a *agent) {
	if !a.dirty {
		a.dirty = true
		s.dirty = append(s.dirty, a)
	}
}

// touch marks a class where a pair may have become possible.
func (s *State) touch(c *class) {
	if !c.touched {
		c.touched = true
		s.touched = append(s.touched, c)
	}
}

// ready reports whether something waits that somebody may be offered.
func (c *class) ready() bool { return c.waiting.n > 0 && len(c.ranking) > 0 }

// dispatch offers the first interaction that has an eligible agent to its best
// agent, until no such pair is left.
//
// Source: RTE-07, RTE-12.
func (t *turn) dispatch() {
	for {
		t.flush()
		c := t.next()
		if c == nil {
			return
		}
		t.offer(t.choose(c, t.now))
	}
}

// next returns the class whose first interaction comes first, nil if none is
// ready, and forgets touched classes that are not.
func (s *State) next() *class {
	var best *class
	kept := s.touched[:0]
	for _, c := range s.touched {
		if !c.ready() {
			c.touched = false
			continue
		}
		kept = append(kept, c)
		if best == nil || c.before(best) {
			best = c
		}
	}
	clear(s.touched[len(kept):])
	s.touched = kept
	return best
}

// before reports whether c's first interaction is served sooner than d's.
//
// Source: RTE-06.
func (c *class) before(d *class) bool {
	p, q := c.queue, d.queue
	switch {
	case p == q, p.pooled() && q.pooled():
		return c.waiting.first().before(d.waiting.first())
	case p.Priority != q.Priority:
		return p.Priority > q.Priority
	case p.LastOfferSeq != q.LastOfferSeq:
		return p.LastOfferSeq < q.LastOfferSeq
	}
	return p.ID < q.ID
}

// choice is who is offered what, and all that led to it.
type choice struct {
	class  *class
	who    *interaction
	seat   *seat // the agent
	second *seat // who would have been, nil if nobody
	round  int
	had    int // eligible but for OFR-08
	rule   string
}

// choose returns the best agent for the first interaction of a ready class.
//
// Source: RTE-01 to RTE-05, OFR-08, RPL-03.
func (s *State) choose(c *class, now time.Time) choice {
	i := c.waiting.first().who
	s.hand = i
	ch := choice{class: c, who: i, round: max(i.Round, 1)}
	if s.settings.ExcludeRejecter && len(i.offers) > 0 {
		if ch.had = s.had(i, c); ch.had == len(c.ranking) {
			ch.had, ch.round = 0, ch.round+1 // everybody has had it: a new round
		}
	}
	if ch.had == 0 {
		ch.seat, ch.second = c.ranking.bestTwo()
	} else {
		ch.seat, ch.second = c.ranking.best(func(st *seat) bool { return i.declinedBy(st.agent, ch.round) })
	}
	if st := s.preferred(&ch, now); st != nil {
		if st != ch.seat {
			ch.seat, ch.second = st, ch.seat
		}
		ch.rule = rulePreferred
		return ch
	}
	ch.rule = rule(ch.seat, ch.second, s.settings.WrapUpCounts)
	return ch
}

// preferred returns the seat of the agent the interaction is kept for, if they
// may have it now.
//
// Source: RPL-03.
func (s *State) preferred(ch *choice, now time.Time) *seat {
	i := ch.who
	if i.Prefer == "" || now.After(i.PreferUntil) {
		return nil
	}
	st := ch.class.seatOf(s.agents[i.Prefer])
	if st == nil || st.cause != eligible || (ch.had > 0 && i.declinedBy(st.agent, ch.round)) {
		return nil
	}
	return st
}

// seatOf returns a's seat in c, nil if they have none.
func (c *class) seatOf(a *agent) *seat {
	if a == nil {
		return nil
	}
	for _, st := range a.seats {
		if st.class == c {
			return st
		}
	}
	return nil
}

// declinedBy reports whether a rejected i or let it lapse in a round.
func (i *interaction) declinedBy(a *agent, round int) bool {
	for k := len(i.offers) - 1; k >= 0 && i.offers[k].Round == round; k-- {
		if o := &i.offers[k]; o.Agent == a.ID && declined(o.State) {
			return true
		}
	}
	return false
}

// declined reports whether an offer ended by its agent's doing or not doing.
func declined(s parley.OfferState) bool {
	return s == parley.OfferRejected || s == parley.OfferTimedOut
}

// had counts the eligible agents of c who declined i in its round.
func (s *State) had(i *interaction, c *class) int {
	n := 0
	for k := len(i.offers) - 1; k >= 0 && i.offers[k].Round == i.Round; k-- {
		if !declined(i.offers[k].State) || i.again(k) {
			continue
		}
		if st := c.seatOf(s.agents[i.offers[k].Agent]); st != nil && st.cause == eligible {
			n++
		}
	}
	return n
}

// again reports whether the agent of offer k declined a later one of its round,
// so that nobody is counted twice.
func (i *interaction) again(k int) bool {
	for j := k + 1; j < len(i.offers); j++ {
		if i.offers[j].Agent == i.offers[k].Agent && declined(i.offers[j].State) {
			return true
		}
	}
	return false
}
