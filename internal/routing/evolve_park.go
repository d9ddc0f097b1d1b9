package routing

import "parley"

// evolvePark remembers what happens to a talk that rests.
func (s *State) evolvePark(e Event) {
	switch e := e.(type) {
	case Parked:
		s.parked(e)
	case Heard:
		i := s.interaction(e.Interaction)
		i.LastWord, i.Warned = e.At.At, false
		s.set(i.deadline(ringSilenceWarn), ringSilenceWarn, i)
		s.set(i.deadline(ringSilenceClose), ringSilenceClose, i)
	case InactivityWarned:
		s.interaction(e.Interaction).Warned = true
	case WindowMoved:
		i := s.interaction(e.Interaction)
		i.Window.Until, i.WindowWarned = e.Until, false
		s.setWindow(i)
	case WindowWarned:
		s.interaction(e.Interaction).WindowWarned = true
	}
}

// parked remembers an interaction that was laid aside: it stays in its agent's
// list, and takes no slot.
func (s *State) parked(e Parked) {
	i, a := s.interaction(e.Interaction), s.agents[e.Agent]
	i.State, i.ParkUntil, i.ParkOpen, i.ParkPrefer = parley.Parked, e.Until, e.Open, e.PreferFor
	a.active--
	s.stale(a)
	s.set(e.Until, ringPark, i)
}
