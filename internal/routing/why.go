package routing

import (
	"fmt"
	"reflect"
	"strconv"

	"parley"
)

// sources are the rules behind the causes.
var sources = [causes]string{
	"", "QUE-01", "P24", "RES-01", "PRE-04", "CAP-04", "PRE-08", "QUE-01", "QUE-01", "RTE-11", "E1", "CAP-02", "PRE-07", "OFR-08",
}

// Why names every agent an offer passed over because they were kept out, each
// with the smallest change that would have let them in. s must be the state just
// before e.
//
// Source: RTE-10.
func (s *State) Why(e OfferMade) Why {
	w := Why{Receipt: e.Receipt, Agents: []Kept{}}
	i, q := s.interaction(e.Offer.Interaction), s.queues[e.Queue]
	if i == nil || q == nil || i.Addressed {
		return w
	}
	needs := merged(q.Required, i.Required)
	for _, a := range s.roster {
		why := s.keptOut(a, q, needs)
		if why == eligible && s.settings.ExcludeRejecter && i.declinedBy(a, e.Round) {
			why = hadIt
		}
		if why != eligible {
			k := s.smallestChange(a, why, needs)
			k.Agent, k.Reason, k.Source = a.ID, reasons[why], sources[why]
			w.Agents = append(w.Agents, k)
		}
	}
	return w
}

// keptOut returns the first rule that keeps a out of what requires needs in q.
//
// Source: docs/routing.md.
func (s *State) keptOut(a *agent, q *queue, needs []Requirement) cause {
	m := q.members[a.ID]
	if m == nil || !m.Assigned {
		return notMember
	}
	return first(a.early(), m.fixed(needs), a.late(&s.settings))
}

// smallestChange says what an agent had, and what would have let them in.
func (s *State) smallestChange(a *agent, why cause, needs []Requirement) Kept {
	has := func(has, needs string) Kept { return Kept{Has: has, Needs: needs} }
	switch why {
	case notMember:
		return has("unassigned", "assigned")
	case disabled:
		return has("disabled", "enabled")
	case noLink:
		return has(string(a.Conn), string(parley.ConnUp))
	case notAvailable:
		return has(string(a.Base), string(parley.Available))
	case stopNew:
		return has(string(a.Sub), string(parley.SubNone))
	case nextSet:
		return has(string(a.Next), "none")
	case switchedOff, queueDisabled:
		return has("off", "on")
	case skill:
		need := lacks(a.Skills, needs)
		return has(fmt.Sprintf("%s %d", need.Skill, a.Skills[need.Skill]), fmt.Sprintf("%s %d", need.Skill, need.Level))
	case offered:
		return has(strconv.Itoa(a.offered), strconv.Itoa(s.settings.MaxParallel-1))
	case full:
		taken, of := a.room(s.settings.WrapUpCounts)
		return has(strconv.Itoa(taken), strconv.Itoa(of-1))
	case wrappingUp:
		return has(strconv.Itoa(a.wrapping), "0")
	}
	return has("declined", "next_round")
}

// Audit evaluates the decision behind an offer again and returns what differs,
// nil if nothing does. s must be the state just before e.
//
// Source: INV-05, INV-06, INV-07.
func (s *State) Audit(e OfferMade) error {
	i := s.interaction(e.Offer.Interaction)
	if i == nil {
		return fmt.Errorf("offer %s: no such interaction", e.Offer)
	}
	if i.Addressed {
		a := s.agents[e.Agent]
		if why := a.reach(&s.settings); why != eligible {
			return fmt.Errorf("offer %s: %s was kept out: %s", e.Offer, a.ID, reasons[why])
		}
		return differ(e, OfferMade{
			At: e.At, Offer: e.Offer, Agent: i.To, Queue: i.Queue, Round: 1, Until: e.Until, Receipt: s.addressed(a, i.Queue),
		})
	}
	s.flush()
	var best *class
	for _, q := range s.queues {
		for _, c := range q.classes {
			if c.ready() && (best == nil || c.before(best)) {
				best = c
			}
		}
	}
	if best == nil {
		return fmt.Errorf("offer %s: nobody could take anything", e.Offer)
	}
	ch := s.choose(best, e.At.At)
	return differ(e, s.made(&ch, e.At))
}

// differ compares an offer with what should have been offered.
func differ(got, want OfferMade) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("offer %s: was %+v, should be %+v", got.Offer, got, want)
}
