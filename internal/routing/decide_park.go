package routing

import "parley"

// park lays an active interaction aside: its slot is free, and nothing is to be
// wrapped up. The agent's status changes only if it waited for this.
//
// Source: I29.
func (t *turn) park(c Park) error {
	i, err := t.mine(c.Agent, c.Interaction)
	switch {
	case err != nil:
		return err
	case i.State == parley.Parked && i.ParkOpen == c.Open && (c.Open || i.ParkUntil.Equal(millis(c.Until))):
		return nil // twice is once
	case i.State == parley.WrapUp || i.State.Final():
		return parley.ErrInteractionEnded
	case i.State != parley.Active, i.Web, i.Pending != "":
		return parley.ErrConflict
	case !c.Until.After(t.now):
		return parley.ErrBadRequest
	}
	a := t.agents[c.Agent]
	t.emit(Parked{
		At: t.at(), Interaction: i.ID, Agent: a.ID, Until: millis(c.Until), Open: c.Open, PreferFor: c.PreferFor,
	})
	t.unblock(a)
	return nil
}

// unpark takes up again what was parked. Without an agent it is a customer's
// message, which is never refused; an agent who takes it back must be able to.
//
// Source: I30.
func (t *turn) unpark(c Unpark) error {
	if c.Agent == "" {
		if i := t.interaction(c.Interaction); i != nil && i.State == parley.Parked {
			t.takeUp(i)
		}
		return nil
	}
	i := t.interaction(c.Interaction)
	if i != nil && i.Prefer == c.Agent && (i.State == parley.Queued || i.State == parley.Offering) {
		return nil // twice is once
	}
	i, err := t.mine(c.Agent, c.Interaction)
	switch {
	case err != nil:
		return err
	case i.State == parley.WrapUp || i.State.Final():
		return parley.ErrInteractionEnded
	case i.State != parley.Parked:
		return parley.ErrConflict
	}
	q := t.queues[i.Queue]
	switch t.keptOut(t.agents[c.Agent], q, merged(q.Required, i.Required)) {
	case eligible:
	case offered, full:
		return parley.ErrAtCapacity
	default:
		return parley.ErrAgentUnavailable
	}
	t.takeUp(i)
	return nil
}

// resumed reports whether somebody had i before: it was parked, or they were lost.
func (i *interaction) resumed() bool {
	for _, o := range i.offers[:len(i.offers)-1] {
		if o.State == parley.OfferAccepted {
			return true
		}
	}
	return false
}

// takeUp puts a parked interaction back into its queue, where it was, first for
// the agent who parked it.
//
// Source: I30, RPL-03.
func (t *turn) takeUp(i *interaction) {
	q := t.queues[i.Queue]
	e := Queued{
		At: t.at(), Interaction: i.ID, Queue: q.ID, Priority: i.Priority, Entry: i.Entry, Agent: i.Agent, Why: whyUnparked,
	}
	if i.ParkPrefer > 0 {
		e.Prefer, e.PreferUntil = i.Agent, t.now.Add(i.ParkPrefer)
	}
	if q.MaxWait > 0 && !keeps(q.OnMaxWait) {
		e.Until = t.now.Add(q.MaxWait)
	}
	t.emit(e)
}
