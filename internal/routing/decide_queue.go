package routing

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley"
)

// keep is an interaction's fate in a queue that cannot serve it now.
type keep struct {
	action parley.QueueAction
	why    string
}

// policy returns what q does with what waits in it now, QueueWait for nothing.
//
// Source: QUE-08, E12, E13, E14.
func (q *queue) policy() keep {
	switch {
	case !q.serves():
		return keep{q.OnClose, whyClosed}
	case q.staff == 0 && !keeps(q.NoAgents):
		return keep{q.NoAgents, whyNoAgents}
	}
	return keep{action: parley.QueueWait}
}

// entry returns what q does with somebody who comes to its door.
//
// Source: I2, QUE-09, E12.
func (q *queue) entry() keep {
	switch {
	case !q.Enabled && q.serves(): // draining: those inside are served, nobody joins
		return keep{parley.QueueOfflineForm, whyClosed}
	case q.MaxSize > 0 && q.waiting >= q.MaxSize && !keeps(q.OnFull):
		return keep{q.OnFull, whyQueueFull}
	}
	return q.policy()
}

// enter puts i into q as it is told, or does what q's policy says instead.
//
// Source: I2, I9.
func (t *turn) enter(i *interaction, q *queue, as Queued) {
	as.At, as.Interaction, as.Queue = t.at(), i.ID, q.ID
	if k := q.entry(); !keeps(k.action) && t.divert(as, k) {
		return
	}
	if q.MaxWait > 0 && !keeps(q.OnMaxWait) {
		as.Until = t.now.Add(q.MaxWait)
	}
	t.emit(as)
}

// settle applies the policies of every queue that may no longer serve what waits
// in it.
//
// Source: QUE-08, E12, E13, E14.
func (t *turn) settle() {
	for len(t.unsettled) > 0 {
		all := t.unsettled
		t.unsettled = nil
		slices.SortFunc(all, func(a, b *queue) int { return strings.Compare(string(a.ID), string(b.ID)) })
		for _, q := range all {
			q.unsettled = false
		}
		for _, q := range all {
			if k := q.policy(); q.waiting > 0 && !keeps(k.action) {
				for _, i := range q.line() {
					t.divert(i.where(), k)
				}
			}
		}
	}
}

// where is how a waiting interaction stands in its queue.
func (i *interaction) where() Queued {
	return Queued{
		Interaction: i.ID, Queue: i.Queue, Priority: i.Priority, Entry: i.Entry,
		Every: i.MessageEvery, Left: i.MessagesLeft, Message: i.MessageAt,
	}
}

// divert does what a policy says to an interaction that its queue cannot serve.
// It reports false if it stays: an overflow queue that would not keep it is no
// help.
//
// Source: I9, QUE-08, QUE-09.
func (t *turn) divert(at Queued, k keep) bool {
	end := InteractionClosed{At: t.at(), Interaction: at.Interaction, State: parley.Skipped, Why: k.why, Form: true}
	switch k.action {
	case parley.QueueMessageEnd:
		end.State, end.Form = parley.QueueTimeout, false
	case parley.QueueOverflow:
		to := t.queues[t.queues[at.Queue].Overflow]
		if to != nil && keeps(to.entry().action) {
			t.overflow(at, to, k.why)
			return true
		}
		if k.why == whyNoAgents || k.why == whyMaxWait {
			return false
		} // else closed or full: nobody would ever come, so a message is better
	}
	t.emit(end)
	return true
}

// overflow ends an interaction as diverted and begins its next leg in another
// queue, at its old entry time.
//
// Source: I9, QUE-09.
func (t *turn) overflow(at Queued, to *queue, why string) {
	was := t.interaction(at.Interaction).InteractionState
	t.emit(InteractionClosed{At: t.at(), Interaction: was.ID, State: parley.Diverted, Why: why})
	next := t.create(legAfter(was.ID), was)
	if was.Away {
		t.emit(CustomerLinkChanged{At: t.at(), Interaction: next.ID, Away: true, Until: was.AwayUntil})
	}
	at.Until, at.Agent, at.Why = zero, "", whyOverflow
	t.enter(next, to, at)
}

// create begins the interaction that takes from's place in the journey.
func (t *turn) create(id parley.InteractionID, from InteractionState) *interaction {
	t.emit(InteractionCreated{
		At: t.at(), Interaction: id, Number: t.number + 1, Conversation: from.Conversation, Journey: from.Journey,
		Origin: from.ID, From: cmp.Or(from.Agent, from.From), Required: from.Required, Web: from.Web, QueueGrace: from.QueueGrace,
		CustomerGrace: from.CustomerGrace, Prefer: from.Prefer, PreferUntil: from.PreferUntil,
		Silence: from.Silence, Window: from.Window,
	})
	return t.interaction(id)
}

// legAfter returns the id of the leg that follows id after an overflow: its id
// with -2, then -3 ... No clock and no dice are at hand to make another, and a
// leg overflows at most once, so it is unique.
func legAfter(id parley.InteractionID) parley.InteractionID {
	base, n, ok := strings.Cut(string(id), "-")
	leg := 1
	if ok {
		if _, err := fmt.Sscanf(n, "%d", &leg); err != nil {
			base, leg = string(id), 1
		}
	}
	return parley.InteractionID(fmt.Sprintf("%s-%d", base, leg+1))
}
