package routing

import "parley"

// transferable returns an active interaction of a that may be transferred.
func (t *turn) transferable(a parley.AgentID, id, next parley.InteractionID) (*interaction, error) {
	i, err := t.mine(a, id)
	switch {
	case err != nil:
		return nil, err
	case i.State == parley.WrapUp, i.State.Final():
		return nil, parley.ErrInteractionEnded
	case i.State != parley.Active, i.Pending != "", next == "", t.interaction(next) != nil, t.buried(next):
		return nil, parley.ErrConflict
	}
	return i, nil
}

// transferToQueue ends the sender's part and begins a new interaction in another
// queue, at its old entry time.
//
// Source: I20, XFR-01, XFR-03, XFR-05, XFR-06.
func (t *turn) transferToQueue(c TransferToQueue) error {
	i, err := t.transferable(c.Agent, c.Interaction, c.New)
	if err != nil {
		return err
	}
	q := t.queues[c.Queue]
	if q == nil {
		return parley.ErrNotFound
	}
	if refuse := t.settings.TransferUnstaffed != "warn"; !q.Enabled || (q.staff == 0 && (refuse || !c.Anyway)) {
		return parley.ErrQueueUnstaffed.With(map[string]any{"warn": q.Enabled && !refuse})
	}
	was := i.InteractionState
	t.emit(InteractionTransferred{At: t.at(), Interaction: i.ID, Agent: c.Agent, New: c.New, Queue: q.ID, Done: true})
	t.endTalk(i, parley.EndedByAgent, whyTransferred)
	next := t.create(c.New, was)
	if was.Away {
		t.customerAway(next)
	}
	as := t.waits(was.Priority, c.Messages)
	as.Priority, as.Entry, as.Why = boosted(was.Priority, t.settings.TransferBoost), was.Entry, whyTransferred
	t.enter(next, q, as)
	return nil
}

// transferToAgent offers a new interaction to one agent; the sender keeps the
// chat until it is accepted.
//
// Source: I20b, XFR-01, XFR-04.
func (t *turn) transferToAgent(c TransferToAgent) error {
	i, err := t.transferable(c.Agent, c.Interaction, c.New)
	if err != nil {
		return err
	}
	to := t.agents[c.To]
	switch {
	case !t.settings.TransferToAgent:
		return parley.ErrForbidden
	case to == nil:
		return parley.ErrNotFound
	case c.To == c.Agent:
		return parley.ErrConflict
	}
	switch why := to.reach(&t.settings); why {
	case eligible:
	case offered, full:
		return parley.ErrAtCapacity
	default:
		return parley.ErrAgentUnavailable
	}
	t.emit(InteractionCreated{
		At: t.at(), Interaction: c.New, Number: t.number + 1, Conversation: i.Conversation, Journey: i.Journey, Origin: i.ID,
		From: c.Agent, To: c.To, Queue: i.Queue, Required: i.Required, Web: i.Web,
		QueueGrace: i.QueueGrace, CustomerGrace: i.CustomerGrace, Silence: i.Silence, Window: i.Window,
	})
	t.emit(InteractionTransferred{At: t.at(), Interaction: i.ID, Agent: c.Agent, New: c.New, To: c.To})
	t.emit(OfferMade{
		At: t.at(), Offer: parley.OfferID{Interaction: c.New, Attempt: 1}, Agent: c.To, Queue: i.Queue, Round: 1,
		Until: t.now.Add(t.queues[i.Queue].AcceptInterval), Receipt: t.addressed(to, i.Queue),
	})
	return nil
}

// reach returns what keeps a transfer to a from being offered. Membership, stop
// new and the next status it left behind are disregarded.
//
// Source: I20b, CAP-04.
func (a *agent) reach(set *Settings) cause {
	why := a.early()
	if why == stopNew || why == nextSet {
		why = eligible
	}
	return first(why, a.late(set))
}

// addressed is the receipt of an offer that was meant for one agent.
func (s *State) addressed(a *agent, id parley.QueueID) Receipt {
	score := Score{Agent: a.ID, Load: a.load(s.settings.WrapUpCounts), IdleSince: a.IdleSince}
	if m := s.queues[id].members[a.ID]; m != nil {
		score.Level = m.Level
	}
	return Receipt{Config: s.config, Rule: ruleAddressed, Chosen: score, Eligible: 1}
}
