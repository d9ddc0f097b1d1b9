package routing

import "parley"

// tick handles deadlines that lie before now, in order, and at most so many of
// them; 0 is all. At the deadline itself nothing is due: a command of that
// millisecond still counts.
func (t *turn) tick(c Tick) {
	for n := 0; c.Most == 0 || n < c.Most; n++ {
		d, ok := t.earliest()
		if !ok || d.at >= parley.Millis(t.now) {
			return
		}
		t.timers.pop()
		if d.at >= parley.Millis(c.Deaf) || !t.spare(d) {
			t.ring(d)
		}
	}
}

// spare lets the grace of a lost link begin again; false if the deadline is another.
//
// Source: P18, I19.
func (t *turn) spare(d timer) bool {
	switch who := d.who.(type) {
	case *agent:
		if d.ring == ringAgentGrace {
			t.agentAway(who)
			return true
		}
	case *interaction:
		if d.ring == ringAway {
			t.customerAway(who)
			return true
		}
	}
	return false
}

// ring handles one deadline that has passed.
func (t *turn) ring(d timer) {
	switch who := d.who.(type) {
	case *agent:
		t.ringAgent(who, d.ring)
	case *interaction:
		t.ringInteraction(who, d.ring)
	}
}

// ringInteraction handles a deadline of an interaction.
//
// Source: I4, I7, I9, I12, I13, I17, I22, I23, I25b, SCR-02.
func (t *turn) ringInteraction(i *interaction, r ring) {
	switch r {
	case ringAccept:
		t.lapse(i)
	case ringQueueMax:
		t.waitedTooLong(i)
	case ringAway:
		t.customerGone(i)
	case ringWrapUp:
		t.wrapUpDue(i)
	case ringAnswer:
		t.emit(AnswerDue{At: t.at(), Interaction: i.ID})
	case ringMessage:
		t.wordDue(i)
	case ringPark:
		t.takeUp(i)
	case ringSilenceWarn:
		t.emit(InactivityWarned{At: t.at(), Interaction: i.ID, Agent: i.Agent})
	case ringSilenceClose:
		t.endTalk(i, parley.EndedBySystem, whyInactivity)
	case ringWindowWarn:
		t.emit(WindowWarned{At: t.at(), Interaction: i.ID, Agent: i.Agent})
	case ringWindowClose:
		t.endTalk(i, parley.EndedBySystem, whyWindow)
	}
}

// ringAgent handles a deadline of an agent.
//
// Source: P9, P19, P20.
func (t *turn) ringAgent(a *agent, r ring) {
	switch r {
	case ringOfferGrace:
		for _, i := range a.ringing() {
			t.withdraw(i, whyLinkLost)
		}
	case ringAgentGrace:
		t.signOff(a, parley.ReasonConnectionLost, "")
	case ringReturn:
		t.present(a, PresenceChanged{To: parley.Available, Reason: parley.ReasonAutoReturn})
	}
}

// lapse ends an offer nobody answered in time; while its agent's link is lost it
// is withdrawn, never timed out.
//
// Source: P8, P9, I12, I14.
func (t *turn) lapse(i *interaction) {
	a := t.agents[i.pending().Agent]
	if a.Conn == parley.ConnGrace {
		t.withdraw(i, whyLinkLost)
		return
	}
	t.decline(i, OfferEnded{How: parley.OfferTimedOut}, a.OnTimeout)
}

// waitedTooLong applies the queue's policy to one who waited the longest allowed.
// If even the overflow queue would not keep them, they wait on.
//
// Source: I9, QUE-09.
func (t *turn) waitedTooLong(i *interaction) {
	q := t.queues[i.Queue]
	if !keeps(q.OnMaxWait) && t.divert(i.where(), keep{q.OnMaxWait, whyMaxWait}) {
		return
	}
	stay := i.where()
	stay.At, stay.Why = t.at(), whyMaxWait
	t.emit(stay)
}

// wrapUpDue ends a wrap-up whose time is over, unless a required code is missing.
// A row its agent never opened stays in their list.
//
// Source: I25b, I25c, I25d, WRP-05, WRP-07, RES-03.
func (t *turn) wrapUpDue(i *interaction) {
	if i.codeOpen() {
		t.emit(WrapUpOverdue{At: t.at(), Interaction: i.ID, Agent: i.Agent})
		return
	}
	a := t.agents[i.Agent]
	t.finalize(i, closing{why: whyWrapUpExpired, unviewed: i.AwaitAck})
	t.rest(a, parley.ReasonWrapUpExpired)
}
