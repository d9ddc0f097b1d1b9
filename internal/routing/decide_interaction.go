package routing

import (
	"errors"
	"time"

	"parley"
)

// arrive begins an interaction and puts it into its queue, or leaves it with its
// script.
//
// Source: I1, I2, I3.
func (t *turn) arrive(c Arrive) error {
	q := t.queues[c.Queue]
	switch {
	case t.interaction(c.Interaction) != nil || t.buried(c.Interaction):
		return parley.ErrConflict
	case t.open[c.Conversation] != nil:
		return parley.ErrConversationOpen
	case q == nil && !c.Offline && !c.Script:
		return parley.ErrNotFound
	}
	e := InteractionCreated{
		At: t.at(), Interaction: c.Interaction, Number: t.number + 1, Conversation: c.Conversation, Journey: c.Interaction,
		Required: merged(c.Required, nil), Web: c.Web, QueueGrace: c.QueueGrace, CustomerGrace: c.CustomerGrace, Prefer: c.Prefer,
		Script: c.Script && !c.Offline, Silence: c.Silence, Window: c.Window,
	}
	if c.Prefer != "" {
		e.PreferUntil = t.now.Add(c.PreferFor)
	}
	t.emit(e)
	if c.Offline {
		t.emit(InteractionClosed{At: t.at(), Interaction: c.Interaction, State: parley.Offline, Why: whyClosed, Form: true})
		return nil
	}
	if c.Script {
		if c.AnswerFor > 0 {
			t.emit(ScriptWaits{At: t.at(), Interaction: c.Interaction, Until: t.now.Add(c.AnswerFor)})
		}
		return nil
	}
	t.enter(t.interaction(c.Interaction), q, t.waits(c.Priority, c.Messages))
	return nil
}

// buried reports whether an interaction of this id has ended not long ago.
func (t *turn) buried(id parley.InteractionID) bool {
	_, ok := t.gone.graves[id]
	return ok
}

// live returns an interaction that is not over, or the refusal that is due.
func (t *turn) live(id parley.InteractionID) (*interaction, error) {
	i := t.interaction(id)
	switch {
	case i == nil && t.buried(id):
		return nil, parley.ErrInteractionEnded
	case i == nil, i.Addressed:
		return nil, parley.ErrNotFound
	case i.State.Final():
		return nil, parley.ErrInteractionEnded
	}
	return i, nil
}

// customerLeave is an explicit end by the customer.
//
// Source: I7, I13, I17, E5.
func (t *turn) customerLeave(id parley.InteractionID, anywhere bool) error {
	i, err := t.live(id)
	switch {
	case err != nil:
		return err
	case !i.Web && !anywhere:
		return parley.ErrNotCustomerEndable
	case i.State == parley.WrapUp:
		return parley.ErrInteractionEnded
	}
	t.customerGone(i)
	return nil
}

// customerGone ends what a customer left, by word or by silence.
//
// Source: I4, I7, I13, I17.
func (t *turn) customerGone(i *interaction) {
	switch i.State {
	case parley.Created:
		t.abandon(i, InteractionClosed{State: parley.Abandoned, Why: whyLeft})
	case parley.Queued:
		state := parley.Abandoned
		if t.now.Sub(i.Entry) < parley.ShortAbandon {
			state = parley.ShortAbandoned
		}
		t.abandon(i, InteractionClosed{State: state, Why: whyLeft})
	case parley.Offering:
		t.abandon(i, InteractionClosed{State: parley.Abandoned, Why: whyLeft})
	case parley.Parked: // nobody has anything to do with it
		t.emit(InteractionClosed{At: t.at(), Interaction: i.ID, State: parley.Cancelled, Agent: i.Agent, Why: whyLeft})
	default:
		t.endTalk(i, parley.EndedByCustomer, whyLeft)
	}
}

// skipQueue leaves the line for a message. A customer never learns that an offer
// rings (OFR-09), so they may skip then too.
//
// Source: I8.
func (t *turn) skipQueue(c SkipQueue) error {
	i, err := t.live(c.Interaction)
	switch {
	case err != nil:
		return err
	case i.State == parley.WrapUp:
		return parley.ErrInteractionEnded
	case i.State == parley.Active, i.State == parley.Parked:
		return parley.ErrConflict
	}
	t.abandon(i, InteractionClosed{State: parley.Skipped, Why: whySkipped, Form: true})
	return nil
}

// customerLost starts the grace of a web customer whose link went.
//
// Source: I18, T_queue_grace, T_customer_grace.
func (t *turn) customerLost(c CustomerLost) error {
	i, err := t.live(c.Interaction)
	if err != nil {
		return err
	}
	if i.Web && !i.Away && i.State != parley.WrapUp {
		t.customerAway(i)
	}
	return nil
}

// customerAway starts the grace that belongs to where i stands.
func (t *turn) customerAway(i *interaction) {
	grace := i.QueueGrace
	if i.State == parley.Active {
		grace = i.CustomerGrace
	}
	t.emit(CustomerLinkChanged{At: t.at(), Interaction: i.ID, Agent: i.Agent, Away: true, Until: t.now.Add(grace)})
}

// customerBack ends it.
//
// Source: I19.
func (t *turn) customerBack(c CustomerBack) error {
	i, err := t.live(c.Interaction)
	if err != nil {
		return err
	}
	if i.Away {
		t.emit(CustomerLinkChanged{At: t.at(), Interaction: i.ID, Agent: i.Agent})
	}
	return nil
}

// endTalk closes the conversation for both sides; the agent's part goes into
// wrap-up, or is done at once if there is nothing to do.
//
// Source: I16, I17, I20, P12, P12b, WRP-02.
func (t *turn) endTalk(i *interaction, by parley.EndedBy, why string) {
	t.cancelPending(i)
	a, q := t.agents[i.Agent], t.queues[i.Queue]
	ack := by == parley.EndedByCustomer
	t.emit(ConversationEnded{At: t.at(), Interaction: i.ID, Agent: a.ID, By: by, Why: why})
	required := q.CodeRequired || a.CodeRequired
	if q.WrapUp == 0 && (!required || i.Complete) {
		t.finalize(i, closing{unviewed: ack})
		t.rest(a, parley.ReasonAgent)
		return
	}
	e := WrapUpStarted{At: t.at(), Interaction: i.ID, Agent: a.ID, AwaitAck: ack, CodeRequired: required}
	if q.WrapUp > 0 {
		e.Until = t.now.Add(q.WrapUp)
	}
	t.emit(e)
	if q.WrapUp == 0 {
		t.emit(WrapUpOverdue{At: t.at(), Interaction: i.ID, Agent: a.ID})
	}
}

// cancelPending ends the transfer of i to an agent who has yet to accept it.
//
// Source: I20b: the chat ends first.
func (t *turn) cancelPending(i *interaction) {
	if i.Pending == "" {
		return
	}
	to := t.interaction(i.Pending)
	a := t.agents[to.To]
	t.endOffer(to, OfferEnded{How: parley.OfferWithdrawn, Why: whyTransferEnded}, whyTransferEnded)
	t.unblock(a)
}

// closing says how an interaction is finalized.
type closing struct {
	why      string
	unviewed bool // its row stays until the agent has opened it
	missing  bool // a required code was never chosen
}

// finalize logs an interaction. The agent's idle time starts anew if a queue had
// delivered it.
//
// Source: I26, P12b, P13, RTE-03.
func (t *turn) finalize(i *interaction, c closing) {
	t.emit(InteractionClosed{
		At: t.at(), Interaction: i.ID, State: parley.Logged, Agent: i.Agent, Why: c.why, Unviewed: c.unviewed,
		CodeMissing: c.missing, Idle: i.To == "",
	})
}

// codeOpen reports whether a required list is not answered.
//
// Source: WRP-07.
func (i *interaction) codeOpen() bool { return i.CodeRequired && !i.Complete }

// obeyWrapUp decides what an agent asked about an interaction of theirs.
func (t *turn) obeyWrapUp(cmd Command) error {
	switch cmd := cmd.(type) {
	case End:
		return t.end(cmd)
	case SetComplete:
		return t.setComplete(cmd)
	case View:
		return t.view(cmd)
	case Dismiss:
		return t.dismiss(cmd)
	case Finish:
		return t.finish(cmd)
	case ExtendWrapUp:
		return t.extendWrapUp(cmd)
	}
	return nil
}

// mine returns an interaction a handles or handled and that is still in their
// list, or the refusal that is due.
func (t *turn) mine(id parley.AgentID, i parley.InteractionID) (*interaction, error) {
	it := t.interaction(i)
	if it == nil && t.gone.graves[i].agent == id && id != "" {
		return nil, parley.ErrInteractionEnded
	}
	if it == nil || it.Agent != id || id == "" {
		return nil, parley.ErrNotFound
	}
	return it, nil
}

// end is the agent's.
//
// Source: I16.
func (t *turn) end(c End) error {
	i, err := t.mine(c.Agent, c.Interaction)
	if err != nil {
		return err
	}
	if i.State == parley.Parked {
		return parley.ErrConflict
	}
	if i.State != parley.Active {
		return parley.ErrInteractionEnded
	}
	why := ""
	if c.Blocked {
		why = whyBlocked
	}
	t.endTalk(i, parley.EndedByAgent, why)
	return nil
}

// setComplete notes whether every required list is answered.
//
// Source: I24, I25e, WRP-06.
func (t *turn) setComplete(c SetComplete) error {
	i := t.interaction(c.Interaction)
	switch {
	case i == nil && t.buried(c.Interaction):
		return parley.ErrInteractionEnded
	case i == nil, i.Agent == "":
		return parley.ErrNotFound
	case i.Complete != c.Complete:
		t.emit(DispositionSet{At: t.at(), Interaction: i.ID, Agent: i.Agent, Complete: c.Complete})
	}
	return nil
}

// view is the agent opening a row whose customer had ended it.
//
// Source: I25d, I25e, WRP-12.
func (t *turn) view(c View) error {
	i, err := t.mine(c.Agent, c.Interaction)
	if err != nil {
		return err
	}
	if i.AwaitAck {
		t.emit(Viewed{At: t.at(), Interaction: i.ID, Agent: c.Agent})
	}
	return nil
}

// dismiss takes a final row out of the agent's list, once they have opened it.
//
// Source: I25e, RES-03.
func (t *turn) dismiss(c Dismiss) error {
	i, err := t.mine(c.Agent, c.Interaction)
	switch {
	case errors.Is(err, parley.ErrInteractionEnded):
		return nil // twice is once
	case err != nil:
		return err
	case !i.Unviewed, i.AwaitAck:
		return parley.ErrConflict
	}
	t.emit(Dismissed{At: t.at(), Interaction: i.ID, Agent: c.Agent})
	return nil
}

// finish is Wrap up.
//
// Source: I25, WRP-04, WRP-07.
func (t *turn) finish(c Finish) error {
	i, err := t.mine(c.Agent, c.Interaction)
	switch {
	case errors.Is(err, parley.ErrInteractionEnded), err == nil && i.State.Final():
		return nil // twice is once
	case err != nil:
		return err
	case i.State != parley.WrapUp:
		return parley.ErrConflict
	case i.codeOpen():
		return parley.ErrDispositionRequired
	}
	t.finalize(i, closing{})
	t.rest(t.agents[c.Agent], parley.ReasonAgent)
	return nil
}

// extendWrapUp moves the deadline of a wrap-up that still runs.
//
// Source: WRP-11.
func (t *turn) extendWrapUp(c ExtendWrapUp) error {
	i, err := t.mine(c.Agent, c.Interaction)
	if err != nil {
		return err
	}
	if c.Max <= 0 {
		return parley.ErrForbidden
	}
	if i.State != parley.WrapUp || i.Overdue || i.WrapUpUntil.IsZero() {
		return parley.ErrConflict
	}
	until := earlier(i.WrapUpUntil.Add(c.By), i.WrapUpFrom.Add(c.Max))
	if !until.After(i.WrapUpUntil) {
		return parley.ErrConflict
	}
	t.emit(WrapUpExtended{At: t.at(), Interaction: i.ID, Agent: c.Agent, Until: until})
	return nil
}

// earlier returns the earlier of two times.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
