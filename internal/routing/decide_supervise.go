package routing

import "parley"

// close is a supervisor's or administrator's end.
//
// Source: I28.
func (t *turn) close(c Close) error {
	i := t.interaction(c.Interaction)
	if i == nil && !t.buried(c.Interaction) {
		return parley.ErrNotFound
	}
	if i == nil || i.State.Final() || i.State == parley.WrapUp {
		return parley.ErrInteractionEnded
	}
	if i.State == parley.Active {
		why := whyClosed
		if c.Blocked {
			why = whyBlocked
		}
		t.endTalk(i, parley.EndedBySystem, why)
		return nil
	}
	end := InteractionClosed{At: t.at(), Interaction: i.ID, State: parley.Cancelled, Agent: i.Agent, Why: whySupervisor}
	o := i.pending()
	if o == nil {
		t.emit(end)
		return nil
	}
	a := t.agents[o.Agent]
	t.emit(OfferEnded{At: t.at(), Offer: o.ID, Agent: a.ID, How: parley.OfferWithdrawn, Why: whySupervisor})
	t.emit(end)
	t.unblock(a)
	return nil
}

// restart takes ringing offers back and gives every link its grace, after a
// server started or took over. Other deadlines stand.
//
// Source: P17b, RES-05, E39.
func (t *turn) restart() {
	t.emit(Restarted{At: t.at()})
	for _, a := range t.roster {
		for _, i := range a.ringing() {
			t.withdraw(i, whyRestart)
		}
	}
	for _, a := range t.roster {
		if a.loggedIn() {
			t.emit(LinkChanged{At: t.at(), Agent: a.ID, Conn: parley.ConnGrace, Until: t.now.Add(t.settings.AgentGrace)})
		}
	}
	for _, a := range t.roster {
		for _, i := range a.held() {
			if i.Web && i.State == parley.Active {
				t.customerAway(i)
			}
		}
	}
}
