package routing

import (
	"errors"
	"fmt"

	"parley"
)

// Check returns every invariant that does not hold, nil if all do.
//
// Source: INV-01 to INV-04, INV-08, INV-20.
func (s *State) Check() error {
	s.flush()
	var bad []error
	say := func(format string, args ...any) { bad = append(bad, fmt.Errorf(format, args...)) }
	for _, i := range s.interactions {
		s.checkInteraction(i, say)
	}
	for id, i := range s.open {
		if i.Conversation != id || !i.State.Open() || i.Addressed {
			say("conversation %s: %s is not its open interaction", id, i.ID)
		}
	}
	for _, a := range s.roster {
		s.checkAgent(a, say)
	}
	for _, q := range s.queues {
		s.checkQueue(q, say)
	}
	return errors.Join(bad...)
}

// checkInteraction holds 5.8 (1) and (4).
func (s *State) checkInteraction(i *interaction, say func(string, ...any)) {
	pending := 0
	for k, o := range i.offers {
		if o.State == parley.OfferPending {
			pending++
		}
		if o.ID.Attempt != k+1 {
			say("%s: attempt %d is number %d", i.ID, o.ID.Attempt, k+1)
		}
	}
	if want := map[bool]int{true: 1}[i.State == parley.Offering]; pending != want {
		say("%s: %s with %d pending offers", i.ID, i.State, pending)
	}
	if owned := i.State == parley.Active || i.State == parley.Parked || i.State == parley.WrapUp || i.Unviewed; owned != (i.Agent != "") {
		say("%s: %s, handled by %q", i.ID, i.State, i.Agent)
	}
	if waits := i.State == parley.Queued; waits != (i.class != nil) {
		say("%s: %s, in a line: %t", i.ID, i.State, i.class != nil)
	}
	if i.State.Open() && !i.Addressed && s.open[i.Conversation] != i {
		say("%s: a second open interaction of %s", i.ID, i.Conversation)
	}
	if i.State.Final() && !i.Unviewed {
		say("%s: %s and still remembered", i.ID, i.State)
	}
	if parked := i.State == parley.Parked; parked == i.ParkUntil.IsZero() || parked && i.Web {
		say("%s: %s until %v, on the web: %t", i.ID, i.State, i.ParkUntil, i.Web)
	}
	if i.Script != (i.State == parley.Created) {
		say("%s: %s, and its script runs: %t", i.ID, i.State, i.Script)
	}
	if i.Away == i.AwayUntil.IsZero() {
		say("%s: away %t until %v", i.ID, i.Away, i.AwayUntil)
	}
	if i.Addressed && (s.interactions[i.Origin] == nil || s.interactions[i.Origin].Pending != i.ID) {
		say("%s: addressed to %s by nobody", i.ID, i.To)
	}
	if to := s.interactions[i.Pending]; i.Pending != "" && (to == nil || !to.Addressed || i.State != parley.Active) {
		say("%s: %s, being transferred as %s", i.ID, i.State, i.Pending)
	}
}

// checkAgent holds 5.8 (5), (7) and the tuple of 5.1.
func (s *State) checkAgent(a *agent, say func(string, ...any)) {
	var o, act, w int
	for _, i := range a.rows {
		switch p := i.pending(); {
		case i.State == parley.Offering && p != nil && p.Agent == a.ID:
			o++
		case i.State == parley.Active && i.Agent == a.ID:
			act++
		case i.State == parley.WrapUp && i.Agent == a.ID:
			w++
		case i.State == parley.Parked && i.Agent == a.ID: // takes no slot
		case !i.Unviewed || i.Agent != a.ID:
			say("%s: holds %s, which is %s", a.ID, i.ID, i.State)
		}
		if i.codeOpen() && i.State == parley.WrapUp && s.view(a).Displayed() == parley.Available {
			say("%s: available with %s uncoded", a.ID, i.ID)
		}
	}
	if o != a.offered || act != a.active || w != a.wrapping {
		say("%s: counts %d %d %d, holds %d %d %d", a.ID, a.offered, a.active, a.wrapping, o, act, w)
	}
	switch in := a.loggedIn(); {
	case !in && (o+act+w > 0 || a.Conn != parley.ConnDown):
		say("%s: logged out with %d %d %d, link %s", a.ID, o, act, w, a.Conn)
	case in && a.Conn == parley.ConnDown:
		say("%s: %s without a link or a grace", a.ID, a.Base)
	case !a.Enabled && in:
		say("%s: disabled and %s", a.ID, a.Base)
	case (a.Conn == parley.ConnGrace) == a.GraceUntil.IsZero():
		say("%s: link %s until %v", a.ID, a.Conn, a.GraceUntil)
	case !a.OfferUntil.IsZero() && (o == 0 || a.Conn != parley.ConnGrace):
		say("%s: link %s with %d offers, to answer until %v", a.ID, a.Conn, o, a.OfferUntil)
	case o+act+w == 0 && (a.Sub != parley.SubNone || a.Next != ""):
		say("%s: nothing to do, but %s and then %q", a.ID, a.Sub, a.Next)
	case a.NextByMiss && (a.Sub == parley.SubNone || a.Next == ""):
		say("%s: missed an offer, but %s and then %q", a.ID, a.Sub, a.Next)
	}
}

// checkQueue holds 5.8 (9) and that what is counted is what there is.
func (s *State) checkQueue(q *queue, say func(string, ...any)) {
	waiting, staff := 0, 0
	for _, m := range q.members {
		if m.Assigned && m.Enabled && m.agent.loggedIn() {
			staff++
		}
	}
	for _, c := range q.classes {
		waiting += c.waiting.n
		var kept [causes]int
		able := 0
		for _, m := range q.members {
			if !m.Assigned {
				continue
			}
			if why := s.keptOut(m.agent, q, c.needs); why != eligible {
				kept[why]++
			} else {
				able++
			}
		}
		if kept != c.kept || able != len(c.ranking) {
			say("%s: counts %v and %d eligible, should be %v and %d", q.ID, c.kept, len(c.ranking), kept, able)
		}
		if c.ready() {
			say("%s: %s waits, and %s could take it", q.ID, c.waiting.first().who.ID, c.ranking[0].seat.agent.ID)
		}
	}
	if waiting != q.waiting || staff != q.staff {
		say("%s: %d waiting and %d staff, should be %d and %d", q.ID, q.waiting, q.staff, waiting, staff)
	}
}
