package routing

import "parley"

// Why an event happened, where its kind does not say it.
const (
	whyArrived       = "arrived"
	whyTransferred   = "transferred"
	whyOverflow      = "overflow"
	whyAgentLost     = "agent_lost"
	whyLinkLost      = "link_lost"
	whyMembership    = "membership"
	whySupervisor    = "supervisor"
	whyRestart       = "restart"
	whyTransferEnded = "transfer_ended"
	whyWrapUpExpired = "wrapup_expired"
	whyQueueFull     = "queue_full"
	whyNoAgents      = "no_agents"
	whyMaxWait       = "max_wait"
	whyClosed        = "closed"
	whyBlocked       = "blocked"
	whyLeft          = "left"
	whyScript        = "script"
	whySkipped       = "skipped"
	whyUnparked      = "unparked"
	whyInactivity    = "inactivity"
	whyWindow        = "window"
)

// offer makes the offer that was chosen.
//
// Source: P5, I5.
func (t *turn) offer(ch choice) {
	t.emit(t.made(&ch, t.at()))
}

// made is the event of a choice.
func (s *State) made(ch *choice, at At) OfferMade {
	q := ch.class.queue
	return OfferMade{
		At:      at,
		Offer:   parley.OfferID{Interaction: ch.who.ID, Attempt: ch.who.Attempts + 1},
		Agent:   ch.seat.agent.ID,
		Queue:   q.ID,
		Round:   ch.round,
		Until:   at.At.Add(q.AcceptInterval),
		Receipt: s.receipt(ch),
	}
}

// answerable returns the interaction whose offer a may answer now. done reports
// that the same answer was given before.
//
// Source: E3, E4, E5.
func (t *turn) answerable(id parley.AgentID, offer parley.OfferID, answer parley.OfferState) (i *interaction, done bool, err error) {
	i = t.interaction(offer.Interaction)
	offers := t.gone.graves[offer.Interaction].offers
	if i != nil {
		offers = i.offers
	}
	if offer.Attempt < 1 || offer.Attempt > len(offers) || offers[offer.Attempt-1].Agent != id {
		return nil, false, parley.ErrNotFound
	}
	switch o := offers[offer.Attempt-1]; {
	case o.State == answer:
		return i, true, nil
	case o.State == parley.OfferAbandoned:
		return nil, false, parley.ErrCustomerLeft
	case o.State != parley.OfferPending || t.now.After(o.Until) || t.offerGraceOver(id):
		return nil, false, parley.ErrOfferExpired
	}
	return i, false, nil
}

// offerGraceOver reports whether an agent whose link is lost may answer no more.
func (t *turn) offerGraceOver(id parley.AgentID) bool {
	until := t.agents[id].OfferUntil
	return !until.IsZero() && t.now.After(until)
}

// accept makes the offered interaction the agent's. One addressed to them takes
// the conversation over from its sender in the same breath.
//
// Source: P6, I10, I20b, E4.
func (t *turn) accept(c Accept) error {
	i, done, err := t.answerable(c.Agent, c.Offer, parley.OfferAccepted)
	if err != nil || done {
		return err
	}
	a := t.agents[c.Agent]
	t.emit(OfferEnded{At: t.at(), Offer: c.Offer, Agent: a.ID, How: parley.OfferAccepted})
	if a.active+a.wrapping == 0 && a.Sub == parley.SubNone && a.Next != "" && a.Next == t.settings.AfterWrapUp {
		t.emit(NextSet{At: t.at(), Agent: a.ID}) // E31b: put off for this offer, and now it is work
	}
	if !i.Addressed {
		t.emit(Accepted{At: t.at(), Interaction: i.ID, Agent: a.ID, Again: i.resumed()})
		t.heard(i)
		t.windowTaken(i)
		return nil
	}
	sent := t.interaction(i.Origin)
	away, until := sent.Away, sent.AwayUntil
	t.emit(InteractionTransferred{At: t.at(), Interaction: sent.ID, Agent: sent.Agent, New: i.ID, To: a.ID, Done: true})
	t.endTalk(sent, parley.EndedByAgent, whyTransferred)
	t.emit(Accepted{At: t.at(), Interaction: i.ID, Agent: a.ID})
	t.heard(i)
	t.windowTaken(i)
	if away {
		t.emit(CustomerLinkChanged{At: t.at(), Interaction: i.ID, Agent: a.ID, Away: true, Until: until})
	}
	return nil
}

// reject declines an offer, with the right to.
//
// Source: P7, I11, SEC-04, OFR-05.
func (t *turn) reject(c Reject) error {
	i, done, err := t.answerable(c.Agent, c.Offer, parley.OfferRejected)
	if err != nil || done {
		return err
	}
	a := t.agents[c.Agent]
	if !a.MayReject {
		return parley.ErrRejectNotPermitted
	}
	t.decline(i, OfferEnded{How: parley.OfferRejected, Code: c.Code}, a.OnReject)
	return nil
}

// decline ends an offer that its agent did not take. The interaction keeps its
// place; one addressed to this agent is cancelled. An idle agent leaves
// Available; one who is busy or wrapping up stops taking new work, and changes
// status after the last wrap-up.
//
// Source: P7, P8, I11, I12, I20b, PRE-09, PRE-10.
func (t *turn) decline(i *interaction, e OfferEnded, status parley.Presence) {
	a := t.agents[i.pending().Agent]
	t.endOffer(i, e, string(e.How))
	if a.active+a.wrapping == 0 {
		t.present(a, PresenceChanged{To: status, Reason: e.How.StatusReason(), Code: e.Code, Return: t.returnAt(a, status)})
		return
	}
	t.emit(StopNewSet{At: t.at(), Agent: a.ID, Next: status, Reason: e.How.StatusReason()})
}

// withdraw takes an offer back without penalty; its agent's idle time stands.
//
// Source: P9, I14.
func (t *turn) withdraw(i *interaction, why string) {
	a := t.agents[i.pending().Agent]
	t.endOffer(i, OfferEnded{How: parley.OfferWithdrawn, Why: why}, string(parley.OfferWithdrawn))
	t.unblock(a)
}

// endOffer ends an offer that was not accepted and puts its interaction back
// where it was; one addressed to an agent is cancelled, and its sender told.
//
// Source: OFR-07, I11, I12, I14, I20b.
func (t *turn) endOffer(i *interaction, e OfferEnded, why string) {
	o := i.pending()
	e.At, e.Offer, e.Agent = t.at(), o.ID, o.Agent
	t.emit(e)
	if i.Addressed {
		t.emit(InteractionClosed{At: t.at(), Interaction: i.ID, State: parley.Cancelled, Why: why})
		return
	}
	t.emit(Queued{
		At: t.at(), Interaction: i.ID, Queue: i.Queue, Priority: i.Priority, Entry: i.Entry, Until: i.Until, Why: why,
	})
}

// abandon ends an offer whose customer is gone; the agent's status and idle time
// are untouched.
//
// Source: I13, OFR-10, RTE-04.
func (t *turn) abandon(i *interaction, end InteractionClosed) {
	if o := i.pending(); o != nil {
		a := t.agents[o.Agent]
		t.emit(OfferEnded{At: t.at(), Offer: o.ID, Agent: a.ID, How: parley.OfferAbandoned})
		defer t.unblock(a)
	}
	end.At, end.Interaction = t.at(), i.ID
	t.emit(end)
}

// ringing returns what is offered to a now.
func (a *agent) ringing() []*interaction {
	var all []*interaction
	if a.offered == 0 {
		return nil
	}
	for _, i := range a.held() {
		if i.State == parley.Offering {
			all = append(all, i)
		}
	}
	return all
}
