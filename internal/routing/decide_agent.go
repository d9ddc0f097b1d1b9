package routing

import (
	"time"

	"parley"
)

// obeyAgent decides what an agent, or a supervisor for them, asked.
func (t *turn) obeyAgent(cmd Command) error {
	var id parley.AgentID
	switch cmd := cmd.(type) {
	case Login:
		id = cmd.Agent
	case Logout:
		id = cmd.Agent
	case SetStatus:
		id = cmd.Agent
	case StopNew:
		id = cmd.Agent
	case Resume:
		id = cmd.Agent
	case ForceLogout:
		id = cmd.Agent
	case LinkLost:
		id = cmd.Agent
	case LinkUp:
		id = cmd.Agent
	}
	a := t.agents[id]
	if a == nil {
		return parley.ErrNotFound
	}
	switch cmd := cmd.(type) {
	case Login:
		return t.login(a)
	case Logout:
		return t.logout(a, cmd.Code)
	case SetStatus:
		return t.setStatus(a, cmd)
	case StopNew:
		return t.stopNew(a)
	case Resume:
		if a.Sub == parley.SubStopNew {
			t.emit(StopNewCleared{At: t.at(), Agent: a.ID})
		}
	case ForceLogout:
		if a.loggedIn() {
			t.signOff(a, parley.ReasonSupervisor, cmd.By)
		}
	case LinkLost:
		t.linkLost(a)
	case LinkUp:
		if a.Conn == parley.ConnGrace {
			t.emit(LinkChanged{At: t.at(), Agent: a.ID, Conn: parley.ConnUp})
		}
	}
	return nil
}

// login starts a working session, or takes over the one that runs.
//
// Source: P1, PRE-02, SEC-08.
func (t *turn) login(a *agent) error {
	if !a.Enabled {
		return parley.ErrForbidden
	}
	if !a.loggedIn() {
		t.present(a, PresenceChanged{To: t.settings.LoginStatus, Reason: parley.ReasonLogin})
	}
	if a.Conn != parley.ConnUp {
		t.emit(LinkChanged{At: t.at(), Agent: a.ID, Conn: parley.ConnUp})
	}
	return nil
}

// present changes a base status; e says to what and why.
//
// Source: RTE-03: idle time starts anew only if the tenant ticks it.
func (t *turn) present(a *agent, e PresenceChanged) {
	e.At, e.Agent = t.at(), a.ID
	e.Idle = t.settings.IdleResetOnStatus && e.To != a.Base
	t.emit(e)
}

// logout ends a's own session.
//
// Source: P23, PRE-17.
func (t *turn) logout(a *agent, code parley.StatusCodeID) error {
	if !a.loggedIn() {
		return nil
	}
	if a.offered+a.active+a.wrapping > 0 {
		var open []parley.InteractionID
		for _, i := range a.held() {
			if !i.State.Final() && i.State != parley.Parked {
				open = append(open, i.ID)
			}
		}
		return parley.ErrInteractionsOpen.With(map[string]any{"interactions": open})
	}
	t.present(a, PresenceChanged{To: parley.LoggedOut, Code: code})
	t.emit(LinkChanged{At: t.at(), Agent: a.ID, Conn: parley.ConnDown})
	return nil
}

// setStatus is a person's choice, or a supervisor's for them.
//
// Source: P2, P3, P3b, P3c, P4, P15.
func (t *turn) setStatus(a *agent, c SetStatus) error {
	switch c.Status {
	case parley.Available, parley.OnBreak, parley.WorkOffline:
	default:
		return parley.ErrPresenceNotAllowed
	}
	if !a.loggedIn() {
		return parley.ErrPresenceNotAllowed // PRE-03: only by logging in
	}
	if a.active+a.wrapping > 0 {
		deferred := c.By != "" || t.settings.BusyMenuDeferred || (a.active == 0 && c.Status == parley.WorkOffline)
		if !deferred {
			return parley.ErrBusy
		}
		if a.Next != c.Status || a.NextByMiss || a.By != c.By {
			t.emit(NextSet{At: t.at(), Agent: a.ID, Next: c.Status, By: c.By})
		}
		return nil
	}
	return t.setStatusNow(a, c)
}

// setStatusNow changes the status of an agent who has nothing active or in
// wrap-up. A ringing offer ends: as a reject if it was their own choice, without
// penalty if it was a supervisor's.
//
// Source: P3, P15, E6.
func (t *turn) setStatusNow(a *agent, c SetStatus) error {
	same := a.Base == c.Status && a.Code == c.Code && a.Reason == parley.ReasonAgent
	if same && c.By == "" && a.Sub == parley.SubNone && a.Next == "" && (a.offered == 0 || c.Status == parley.Available) {
		return nil
	}
	if a.offered > 0 && c.Status != parley.Available {
		if c.By == "" && !a.MayReject {
			return parley.ErrAnswerOfferFirst
		}
		for _, i := range a.ringing() {
			if c.By == "" {
				t.endOffer(i, OfferEnded{How: parley.OfferRejected, Code: c.Code}, string(parley.OfferRejected))
			} else {
				t.endOffer(i, OfferEnded{How: parley.OfferWithdrawn, Why: whySupervisor}, string(parley.OfferWithdrawn))
			}
		}
	}
	e := PresenceChanged{To: c.Status, Code: c.Code, By: c.By}
	if c.By != "" {
		e.Reason = parley.ReasonSupervisor
	}
	t.present(a, e)
	return nil
}

// stopNew blocks further queued work; an offer that rings stays.
//
// Source: P10, CAP-04, CAP-07.
func (t *turn) stopNew(a *agent) error {
	if a.Sub == parley.SubStopNew {
		return nil
	}
	if a.active == 0 {
		return parley.ErrPresenceNotAllowed
	}
	t.emit(StopNewSet{At: t.at(), Agent: a.ID})
	return nil
}

// linkLost starts the grace of an agent whose last socket went.
//
// Source: P17, RES-01.
func (t *turn) linkLost(a *agent) {
	if a.loggedIn() && a.Conn == parley.ConnUp {
		t.agentAway(a)
	}
}

// agentAway starts an agent's grace.
func (t *turn) agentAway(a *agent) {
	e := LinkChanged{At: t.at(), Agent: a.ID, Conn: parley.ConnGrace, Until: t.now.Add(t.settings.AgentGrace)}
	if a.offered > 0 {
		e.OfferUntil = t.now.Add(t.settings.OfferGrace)
	}
	t.emit(e)
}

// signOff logs a out whatever they hold: offers are withdrawn, active work goes
// back to its queue, wrap-ups are closed as expired.
//
// Source: P16, P19, P24, I21, RES-02.
func (t *turn) signOff(a *agent, reason parley.StatusReason, by parley.AgentID) {
	why := whySupervisor
	if reason == parley.ReasonConnectionLost {
		why = whyLinkLost
	}
	for _, i := range a.ringing() {
		t.endOffer(i, OfferEnded{How: parley.OfferWithdrawn, Why: why}, string(parley.OfferWithdrawn))
	}
	for _, i := range a.held() {
		switch i.State {
		case parley.Active:
			t.requeue(i)
		case parley.WrapUp:
			t.finalize(i, closing{why: whyWrapUpExpired, missing: i.codeOpen()})
		}
	}
	t.present(a, PresenceChanged{To: parley.LoggedOut, Reason: reason, By: by})
	t.emit(LinkChanged{At: t.at(), Agent: a.ID, Conn: parley.ConnDown})
}

// requeue puts an interaction whose agent is gone back into its queue, ahead of
// those who came later.
//
// Source: I21, E16.
func (t *turn) requeue(i *interaction) {
	t.cancelPending(i)
	q := t.queues[i.Queue]
	e := Queued{
		At: t.at(), Interaction: i.ID, Queue: q.ID, Priority: boosted(i.Priority, t.settings.RequeueBoost),
		Entry: i.Entry, Agent: i.Agent, Why: whyAgentLost,
	}
	if q.MaxWait > 0 && !keeps(q.OnMaxWait) {
		e.Until = t.now.Add(q.MaxWait)
	}
	t.emit(e)
}

// priorityMax is the highest priority of an interaction.
//
// Source: parley.PriorityDefault.
const priorityMax = 1000

// boosted adds to a priority within its range.
func boosted(priority, boost int) int { return min(max(priority+boost, 0), priorityMax) }

// rest gives a their next status once nothing is active or wrapping up. While an
// offer still rings it only notes what to become.
//
// Source: P14, PRE-08, PRE-10, CAP-06, E31b.
func (t *turn) rest(a *agent, why parley.StatusReason) {
	if a.active+a.wrapping > 0 {
		return
	}
	e := PresenceChanged{To: a.Next}
	switch {
	case a.NextByMiss:
		e.Reason, e.Return = a.Reason, t.returnAt(a, a.Next)
	case a.Next != "":
		if e.By = a.By; e.By != "" {
			e.Reason = parley.ReasonSupervisor
		}
	case a.Sub == parley.SubStopNew:
		e.To = t.settings.AfterStopNew
	default:
		e.To, e.Reason = t.settings.AfterWrapUp, why
	}
	if a.offered == 0 {
		t.present(a, e)
		return
	}
	if a.Sub == parley.SubNone && a.Next == "" && e.To != parley.Available {
		t.emit(NextSet{At: t.at(), Agent: a.ID, Next: e.To})
	}
}

// unblock finishes what rest put off, after the offer it waited for is gone.
//
// Source: P14, E31b.
func (t *turn) unblock(a *agent) {
	if a.offered+a.active+a.wrapping == 0 && (a.Sub == parley.SubStopNew || a.Next != "") {
		t.rest(a, parley.ReasonAgent)
	}
}

// returnAt is when an automatic status ends by itself, the zero time if never.
//
// Source: PRE-11, T_auto_return.
func (t *turn) returnAt(a *agent, to parley.Presence) (at time.Time) {
	if a.AutoReturn > 0 && (to == parley.OnBreak || to == parley.WorkOffline) {
		at = t.now.Add(a.AutoReturn)
	}
	return at
}
