package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley"
	"parley/internal/routing"
)

// past plays the log again, row by row.
type past struct {
	state    *routing.State
	at       time.Time // of the row before
	receipts map[parley.ConversationID]receipt
	owed     []owed
	kept     []int64 // rows after which the router is kept, those still to come
	found    []Violation
}

// receipt is how far a customer's client was.
type receipt struct {
	Delivered int64 `json:"delivered"`
	Read      int64 `json:"read"`
}

// owed is a status that must follow an offer in the same moment.
type owed struct {
	offer  parley.OfferID
	agent  parley.AgentID
	reason parley.StatusReason
}

// say adds a violation.
func (p *past) say(rule, record, format string, args ...any) {
	p.found = append(p.found, Violation{Rule: rule, Record: record, Says: fmt.Sprintf(format, args...)})
}

// see evaluates one row. It returns false if what follows cannot be evaluated.
func (p *past) see(e parley.Entry) bool {
	row := "entry " + strconv.FormatInt(e.N, 10)
	if e.At.Before(p.at) {
		p.say("INV-14", row, "its time is before that of the row before it")
	}
	if e.At.After(p.at) {
		p.settle()
	}
	p.at = e.At
	if e.Kind == parley.KindDeliveryChanged {
		p.delivered(row, e)
	}
	if !slices.Contains(routing.Kinds(), e.Kind) {
		return true
	}
	event, err := routing.DecodeEvent(e.Kind, e.Data)
	if err != nil {
		p.say("INV-14", row, "%v", err)
		return false
	}
	return p.evolve(row, event) && len(p.found) < Most
}

// evolve evaluates an event and remembers it.
func (p *past) evolve(row string, event routing.Event) (ok bool) {
	defer func() {
		if broken := recover(); broken != nil { // an event about something that is not there
			p.say("INV-03", row, "%s cannot follow: %v", event.Kind(), broken)
			ok = false
		}
	}()
	p.judge(row, event)
	p.state.Evolve(event)
	return true
}

// judge holds an event against the state just before it. An offer is decided
// once more: INV-06 stands for INV-05, INV-07, INV-19 and INV-23 too.
func (p *past) judge(row string, event routing.Event) {
	switch e := event.(type) {
	case routing.OfferMade:
		if err := p.state.Audit(e); err != nil {
			p.say("INV-06", e.Offer.String(), "%v", err)
		}
		p.capacity(e)
	case routing.OfferEnded:
		p.offerEnded(e)
	case routing.Queued:
		i, known := p.state.Interaction(e.Interaction)
		back := known && !i.Entry.IsZero() && slices.Contains(requeued, e.Why)
		if back && !i.Entry.Equal(e.Entry) {
			p.say("INV-09", string(e.Interaction), "%s: it lost its place of %s", row, i.Entry)
		}
	case routing.PresenceChanged:
		p.paid(e.Agent)
	case routing.StopNewSet:
		p.paid(e.Agent)
	case routing.NextSet:
		p.paid(e.Agent)
	}
}

// requeued are the ways back into a queue that keep the place.
var requeued = []string{"rejected", "timed_out", "withdrawn", "agent_lost", "unparked"}

// capacity holds an offer against what its agent may hold.
//
// Source: INV-04.
func (p *past) capacity(e routing.OfferMade) {
	a, known := p.state.Agent(e.Agent)
	if known && a.Load >= a.Capacity {
		p.say("INV-04", e.Offer.String(), "%s already holds %d of %d", e.Agent, a.Load, a.Capacity)
	}
}

// offerEnded holds the end of an offer against the offer.
//
// Source: INV-10, INV-11, INV-12.
func (p *past) offerEnded(e routing.OfferEnded) {
	offers := p.state.Offers(e.Offer.Interaction)
	k := slices.IndexFunc(offers, func(o routing.OfferState) bool { return o.ID == e.Offer })
	if k < 0 || offers[k].State != parley.OfferPending {
		p.say("INV-11", e.Offer.String(), "it ends, but was not pending")
		return
	}
	if e.How == parley.OfferAccepted && e.At.At.After(offers[k].Until) {
		p.say("INV-10", e.Offer.String(), "accepted at %s, after %s", e.At.At, offers[k].Until)
	}
	a, known := p.state.Agent(e.Agent)
	switch {
	case !known:
	case e.How == parley.OfferRejected && a.OnReject != parley.Available,
		e.How == parley.OfferTimedOut && a.OnTimeout != parley.Available:
		p.owed = append(p.owed, owed{offer: e.Offer, agent: e.Agent, reason: e.How.StatusReason()})
	}
}

// paid says that an agent got the status that was owed, or one they chose.
func (p *past) paid(agent parley.AgentID) {
	p.owed = slices.DeleteFunc(p.owed, func(o owed) bool { return o.agent == agent })
}

// settle is called when a moment is over: all that it owed must be paid.
func (p *past) settle() {
	for _, o := range p.owed {
		p.say("INV-12", o.offer.String(), "%s kept their status after it was %s", o.agent, o.reason)
	}
	p.owed = nil
}

// delivered holds what a customer's client has against what it had.
//
// Source: INV-16.
func (p *past) delivered(row string, e parley.Entry) {
	var now receipt
	if err := json.Unmarshal(e.Data, &now); err != nil {
		p.say("INV-16", row, "%v", err)
		return
	}
	if was := p.receipts[e.Conversation]; now.Delivered < was.Delivered || now.Read < was.Read {
		p.say("INV-16", string(e.Conversation), "%s: from %+v back to %+v", row, was, now)
	}
	p.receipts[e.Conversation] = now
}
