package routing

import (
	"fmt"

	"parley"
)

// Evolve remembers one event. It is the only way the state changes: deciding,
// replaying a log and loading agree because all of them come through here.
func (s *State) Evolve(e Event) {
	switch e := e.(type) {
	case AgentChanged, QueueChanged, QueueRemoved, MembershipChanged, SettingPublished:
		s.evolveConfig(e)
	case InteractionCreated:
		s.created(e)
	case ScriptWaits:
		i := s.interaction(e.Interaction)
		i.AnswerUntil = e.Until
		s.set(e.Until, ringAnswer, i)
	case AnswerDue:
		s.interaction(e.Interaction).AnswerUntil = zero
	case WaitMessageDue:
		i := s.interaction(e.Interaction)
		i.MessagesLeft, i.MessageAt = e.Left, e.Next
		s.set(e.Next, ringMessage, i)
	case Queued:
		s.queued(e)
	case OfferMade:
		s.offerMade(e)
	case OfferEnded:
		s.offerEnded(e)
	case Accepted:
		s.accepted(e)
	case Parked, Heard, InactivityWarned, WindowMoved, WindowWarned:
		s.evolvePark(e)
	case CustomerLinkChanged:
		i := s.interaction(e.Interaction)
		i.Away, i.AwayUntil = e.Away, e.Until
		s.set(e.Until, ringAway, i)
	case ConversationEnded:
		s.ended(e)
	case WrapUpStarted, WrapUpExtended, WrapUpOverdue, DispositionSet, Viewed, Dismissed:
		s.evolveWrapUp(e)
	case InteractionClosed:
		s.closed(e)
	case InteractionTransferred:
		i := s.interaction(e.Interaction)
		i.Pending = ""
		if !e.Done {
			i.Pending = e.New
		}
	case PresenceChanged, NextSet, StopNewSet, StopNewCleared, LinkChanged:
		s.evolveAgent(e)
	case Restarted:
		s.restarted(e)
	default:
		panic(fmt.Sprintf("routing: nothing remembers %T", e))
	}
}

// restarted remembers that nobody who waits has a link.
//
// Source: P17b.
func (s *State) restarted(e Restarted) {
	for _, i := range s.interactions {
		if i.Web && !i.Addressed && (i.State == parley.Queued || i.State == parley.Offering || i.Script) {
			i.Away, i.AwayUntil = true, e.At.At.Add(i.QueueGrace)
			s.set(i.AwayUntil, ringAway, i)
		}
	}
}

// created remembers a new interaction.
func (s *State) created(e InteractionCreated) {
	i := &interaction{needs: signature(e.Required), InteractionState: InteractionState{
		ID: e.Interaction, Number: e.Number, Conversation: e.Conversation, Journey: e.Journey, Origin: e.Origin,
		From: e.From, To: e.To, Addressed: e.To != "", Queue: e.Queue, State: parley.Created, Priority: parley.PriorityDefault,
		Required: e.Required, Web: e.Web, QueueGrace: e.QueueGrace, CustomerGrace: e.CustomerGrace,
		Prefer: e.Prefer, PreferUntil: e.PreferUntil, Script: e.Script,
		Silence: e.Silence, Window: e.Window,
	}}
	s.number = max(s.number, e.Number)
	s.interactions[i.ID] = i
	if i.Addressed {
		i.Entry = s.interaction(e.Origin).Entry
		i.Priority = s.interaction(e.Origin).Priority
		return
	}
	s.open[i.Conversation] = i
}

// queued remembers that an interaction waits; if an agent had it, no more.
func (s *State) queued(e Queued) {
	i, q := s.interaction(e.Interaction), s.queues[e.Queue]
	s.leave(i)
	if e.Agent != "" {
		a := s.agents[e.Agent]
		if i.State == parley.Active {
			a.active--
		}
		a.drop(i)
		s.stale(a)
		i.Agent, i.To, i.Pending = "", "", ""
		i.ParkUntil, i.ParkOpen, i.ParkPrefer = zero, false, 0
	}
	i.Queue, i.Priority, i.Entry, i.Until = e.Queue, e.Priority, e.Entry, e.Until
	i.State, i.Script, i.AnswerUntil = parley.Queued, false, zero
	if e.Required != nil {
		i.Required, i.needs = e.Required, signature(e.Required)
	}
	if e.Prefer != "" {
		i.Prefer, i.PreferUntil = e.Prefer, e.PreferUntil
	}
	if e.Every > 0 {
		i.MessageEvery, i.MessagesLeft, i.MessageAt = e.Every, e.Left, e.Message
	}
	s.join(i, q)
	s.set(i.Until, ringQueueMax, i)
	s.set(i.MessageAt, ringMessage, i)
	s.unsettle(q)
}

// join puts i into its class's line.
func (s *State) join(i *interaction, q *queue) {
	i.class = s.classOf(q, i.needs, i.Required)
	i.class.waiting.join(i.place(q))
	q.waiting++
	s.touch(i.class)
}

// leave takes i out of its line, if it waits.
func (s *State) leave(i *interaction) {
	if i.class == nil {
		return
	}
	if !i.class.waiting.leave(i.place(i.class.queue)) {
		panic(fmt.Sprintf("routing: %s is not where it waits", i.ID))
	}
	i.class.queue.waiting--
	i.class = nil
}

// offerMade remembers a pending offer.
func (s *State) offerMade(e OfferMade) {
	i, a := s.interaction(e.Offer.Interaction), s.agents[e.Agent]
	s.leave(i)
	i.State, i.Attempts, i.Round = parley.Offering, e.Offer.Attempt, e.Round
	i.offers = append(i.offers, OfferState{
		ID: e.Offer, Agent: e.Agent, Queue: e.Queue, Round: e.Round, State: parley.OfferPending, Made: e.At.At, Until: e.Until,
	})
	a.offered++
	a.rows = append(a.rows, i)
	s.stale(a)
	if !i.Addressed {
		s.offers++
		q := s.queues[e.Queue]
		q.LastOffer, q.LastOfferSeq = e.At.At, s.offers
	}
	s.set(e.Until, ringAccept, i)
}

// offerEnded remembers how an offer ended. Between this event and the next of
// its command the interaction is neither waiting nor anybody's.
func (s *State) offerEnded(e OfferEnded) {
	i, a := s.interaction(e.Offer.Interaction), s.agents[e.Agent]
	i.pending().State = e.How
	i.State = parley.Created
	a.offered--
	if a.offered == 0 {
		a.OfferUntil = zero
	}
	a.drop(i)
	s.stale(a)
}

// accepted remembers that an interaction is the agent's.
func (s *State) accepted(e Accepted) {
	i, a := s.interaction(e.Interaction), s.agents[e.Agent]
	i.State, i.Agent, i.Addressed, i.Until = parley.Active, e.Agent, false, zero
	i.Prefer, i.PreferUntil = "", zero
	i.MessageEvery, i.MessagesLeft, i.MessageAt = 0, 0, zero
	s.open[i.Conversation] = i
	a.active++
	a.rows = append(a.rows, i)
	a.ReturnAt = zero
	s.stale(a)
	s.setWindow(i)
}

// ended remembers that the talk is over; the agent has the rest to do.
func (s *State) ended(e ConversationEnded) {
	i, a := s.interaction(e.Interaction), s.agents[e.Agent]
	i.State, i.Away, i.AwayUntil = parley.WrapUp, false, zero
	a.active--
	a.wrapping++
	s.stale(a)
	s.shut(i)
}

// shut takes i from its conversation's open place.
func (s *State) shut(i *interaction) {
	if s.open[i.Conversation] == i {
		delete(s.open, i.Conversation)
	}
}

// closed remembers the end of an interaction.
func (s *State) closed(e InteractionClosed) {
	i := s.interaction(e.Interaction)
	s.leave(i)
	if i.State == parley.WrapUp {
		a := s.agents[i.Agent]
		a.wrapping--
		if e.Idle {
			a.IdleSince = e.At.At
		}
		if !e.Unviewed {
			a.drop(i)
		}
		s.stale(a)
	}
	if i.State == parley.Parked {
		s.agents[i.Agent].drop(i)
	}
	if i.Addressed {
		s.interaction(i.Origin).Pending = ""
	}
	i.Script, i.AnswerUntil, i.MessageAt = false, zero, zero
	i.ParkUntil = zero
	i.State, i.Unviewed, i.AwaitAck, i.Away, i.AwayUntil = e.State, e.Unviewed, e.Unviewed, false, zero
	s.shut(i)
	if !i.Unviewed {
		s.forget(i)
	}
}

// forget takes i out of memory.
func (s *State) forget(i *interaction) {
	delete(s.interactions, i.ID)
	s.hand = nil
	s.gone.bury(i)
}

// evolveWrapUp remembers what happens to an interaction after its talk.
func (s *State) evolveWrapUp(e Event) {
	switch e := e.(type) {
	case WrapUpStarted:
		i := s.interaction(e.Interaction)
		i.WrapUpFrom, i.WrapUpUntil, i.AwaitAck, i.CodeRequired = e.At.At, e.Until, e.AwaitAck, e.CodeRequired
		s.set(e.Until, ringWrapUp, i)
	case WrapUpExtended:
		i := s.interaction(e.Interaction)
		i.WrapUpUntil = e.Until
		s.set(e.Until, ringWrapUp, i)
	case WrapUpOverdue:
		s.interaction(e.Interaction).Overdue = true
	case DispositionSet:
		s.interaction(e.Interaction).Complete = e.Complete
	case Viewed:
		s.interaction(e.Interaction).AwaitAck = false
	case Dismissed:
		i := s.interaction(e.Interaction)
		i.Unviewed = false
		s.agents[e.Agent].drop(i)
		s.forget(i)
	}
}

// drop takes i out of a's rows.
func (a *agent) drop(i *interaction) {
	for k, row := range a.rows {
		if row == i {
			a.rows = append(a.rows[:k], a.rows[k+1:]...)
			return
		}
	}
}
