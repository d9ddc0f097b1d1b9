package courier

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// verdict is what became of a part: its id, or why it did not go.
type verdict struct {
	part int // -1: whichever was left on its way
	id   string
	err  *channel.SendError
}

// trying keeps that a part is about to go. If this process dies before it knows
// more, the part counts as unconfirmed.
func (e *errand) trying(ctx context.Context, n int) error {
	x := store.External{ID: tryID(e.m.ID, n), EntryPoint: e.ID, Message: e.m.ID, Part: n, State: partTrying}
	return e.ledger.Do(ctx, ledger.Command{
		Name: "try_part",
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.SaveTry(x)
				if e.m.Delivery.Parts != len(e.pieces) {
					e.m.Delivery.Parts = len(e.pieces)
					r.SaveDelivery(e.m.ID, *e.m.Delivery)
				}
			}}, nil
		},
	})
}

// conclude saves a verdict, and all that follows from it, in one commit, also on a
// full disk: without it the message would be left unconfirmed. It returns nil if
// there are more parts to send.
//
// Source: R-05.
func (e *errand) conclude(ctx context.Context, d verdict) error {
	more := d.err == nil && d.part < len(e.pieces)-1
	err := e.ledger.Insist(ctx, ledger.Command{
		Name:  "deliver",
		Spare: true,
		Touch: []string{string(e.m.ID), tryID(e.m.ID, max(d.part, 0)), d.id},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			rows, err := e.judge(ctx, v, d)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, err
		},
	})
	if err != nil || more {
		return err
	}
	return ledger.ErrSettled
}

// judge plans what a verdict changes, and what the network says by it of the time
// to answer.
func (e *errand) judge(ctx context.Context, v ledger.View, d verdict) (func(*store.Rows), error) {
	b, err := e.ballot(ctx, v, e.m.ID)
	if err != nil {
		return nil, err
	}
	rules, err := e.rule(ctx, v, b, d)
	if err != nil {
		return nil, err
	}
	shuts, err := e.shuts(ctx, v, b)
	return func(r *store.Rows) { rules(r); shuts(r) }, err
}

// rule plans what becomes of the message.
func (e *errand) rule(ctx context.Context, v ledger.View, b *ballot, d verdict) (func(*store.Rows), error) {
	if d.part < 0 {
		return e.interrupted(b, d), nil
	}
	if d.err == nil {
		return e.went(ctx, v, b, d)
	}
	health, err := v.Health(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	told := health.ErrorCode == string(d.err.Code)
	switch d.err.Code {
	case channel.Throttled, channel.Transient:
		return e.again(v.Now, b, d, health), nil
	case channel.UnknownOutcome:
		b.set(d.part, partUnconfirmed)
		b.say(parley.Delivery{Code: string(d.err.Code), Detail: d.err.Detail})
		return func(r *store.Rows) {
			b.save(r)
			e.askLater(r)
			r.OutboxDone(e.o)
			if e.traffic.away(e.ID) {
				e.trouble(r, e.ID, d.err, told)
			}
		}, nil
	case channel.Auth, channel.Blocked:
		return e.pauses(b, d, told), nil
	}
	return e.fails(b, d, told), nil
}

// went plans that a network has a part. What it said of it early counts now.
//
// Source: R-41.
func (e *errand) went(ctx context.Context, v ledger.View, b *ballot, d verdict) (func(*store.Rows), error) {
	id, err := e.ownID(ctx, v, d)
	if err != nil {
		return nil, err
	}
	early, forget, err := e.earlies(ctx, v, id, tryID(e.m.ID, d.part))
	if err != nil {
		return nil, err
	}
	b.name(d.part, id)
	b.set(d.part, string(parley.DeliverySent))
	if standing(b.total(), b.parts) != parley.DeliveryFailed { // why an earlier part did not go stays
		b.say(parley.Delivery{})
	}
	for _, s := range early {
		b.hear(d.part, parley.Status{State: s.State, Code: s.Code, Detail: s.Detail})
	}
	last := d.part == len(e.pieces)-1
	return func(r *store.Rows) {
		b.save(r)
		forget(r)
		if last {
			r.OutboxDone(e.o)
		}
		e.spend(r, d.part)
		e.pulse.sent(r, e.ID)
	}, nil
}

// earlies returns what was said early of a part, by the network's id and, up to a
// moment, by ours; and what forgets it.
func (e *errand) earlies(ctx context.Context, v ledger.View, ids ...string) (early []store.Early, forget func(*store.Rows), err error) {
	var known []string
	for _, id := range ids {
		some, err := v.Earlies(ctx, e.ID, id)
		if err != nil {
			return nil, nil, err
		}
		if len(some) > 0 {
			early, known = append(early, some...), append(known, id)
		}
	}
	return early, func(r *store.Rows) {
		for _, id := range known {
			r.Unpark(e.ID, id)
		}
	}, nil
}

// ownID returns the id under which a part is kept: the network's, unless it gave
// none or one that another message has.
func (e *errand) ownID(ctx context.Context, v ledger.View, d verdict) (string, error) {
	stand := "sent:" + tryID(e.m.ID, d.part)
	if d.id == "" {
		return stand, nil
	}
	kept, err := v.Externals(ctx, e.ID, []string{d.id})
	if slices.ContainsFunc(kept, func(x store.External) bool { return x.Direction == store.Out }) {
		return stand, err
	}
	return d.id, err
}

// interrupted plans that a part was on its way when a process died.
//
// Source: P4, R-46, M12.
func (e *errand) interrupted(b *ballot, d verdict) func(*store.Rows) {
	for _, x := range b.parts {
		if x.State == partTrying {
			b.set(x.Part, partUnconfirmed)
		}
	}
	b.say(parley.Delivery{Code: string(d.err.Code), Detail: d.err.Detail})
	return func(r *store.Rows) {
		b.save(r)
		e.askLater(r)
		r.OutboxDone(e.o)
	}
}

// illAfter is how long a message is tried in vain before its entry point counts
// as in trouble, and longAfter how long a network may ask us to wait before.
const (
	illAfter  = 5 * time.Second
	longAfter = time.Minute
)

// again plans another try, with full jitter, until the message was tried for so
// long that a person must decide. Where nothing else goes either, administrators
// are told meanwhile.
//
// Source: networks.md 12, R-48.
func (e *errand) again(now time.Time, b *ballot, d verdict, h store.Health) func(*store.Rows) {
	since := now
	if code := b.m.Delivery.Code; code == string(channel.Throttled) || code == string(channel.Transient) {
		since = parley.FromMillis(b.m.Delivery.At)
	}
	if now.Sub(since) >= deliverFor {
		return e.fails(b, d, true)
	}
	long := now.Sub(since) >= illAfter || d.err.After >= longAfter
	ill := d.err.Whom == channel.WholeAccount && (e.traffic.away(e.ID) || long && h.SentAt.Before(since))
	at := now.Add(max(d.err.After, deliverLeast+spread(min(deliverMost, deliverFirst<<min(e.o.Attempt, 10)))))
	b.forget(d.part)
	b.say(parley.Delivery{Code: string(d.err.Code), Detail: d.err.Detail, At: parley.Millis(since)})
	return func(r *store.Rows) {
		b.save(r)
		r.Unpark(e.ID, tryID(e.m.ID, d.part)) // what was read then was something else
		r.OutboxRetry(e.o, at, d.err.Error())
		if ill {
			e.trouble(r, e.ID, d.err, h.ErrorCode == string(d.err.Code))
		}
	}
}

// fails plans that a message did not go, and that a person may try again.
func (e *errand) fails(b *ballot, d verdict, told bool) func(*store.Rows) {
	if !b.has(d.part) { // it was refused before it was tried
		b.parts = append(b.parts, store.External{ID: tryID(e.m.ID, d.part), EntryPoint: e.ID, Message: e.m.ID, Part: d.part})
		b.fresh = append(b.fresh, d.part)
	}
	b.set(d.part, partFailed)
	b.say(parley.Delivery{Code: string(d.err.Code), Detail: d.err.Detail})
	return func(r *store.Rows) {
		b.save(r)
		r.OutboxDone(e.o)
		e.pulse.failed(e.ID)
		if d.err.Code == channel.Config {
			e.trouble(r, e.ID, d.err, told)
		}
	}
}

// pauses plans that nothing is sent any more until an administrator has looked:
// the network does not know us, or does not want us. The message waits.
func (e *errand) pauses(b *ballot, d verdict, told bool) func(*store.Rows) {
	b.forget(d.part)
	b.say(parley.Delivery{Code: string(d.err.Code), Detail: d.err.Detail})
	return func(r *store.Rows) {
		b.save(r)
		r.OutboxWait(e.o, r.Now().Add(pausedFor))
		r.SavePaused(e.ID, string(d.err.Code))
		e.trouble(r, e.ID, d.err, told)
	}
}

// trouble lists that an entry point needs attention, and tells whom it concerns,
// unless they were told: administrators, and the agents who write there. A limit
// ends by itself, so that nobody is mailed.
func (e *errand) trouble(r *store.Rows, id parley.EntryPointID, why *channel.SendError, told bool) {
	e.pulse.trouble(id)
	r.SaveTrouble(id, string(why.Code), detail(why.Detail))
	if !told {
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(id)})
		if why.Code != channel.Throttled {
			mailAlarm(r, e.book, id, string(why.Code))
		}
	}
}

// deliveryEntry tells how a message stands.
func deliveryEntry(m parley.Message, state parley.DeliveryState) parley.Entry {
	data, _ := json.Marshal(map[string]string{"message": string(m.ID), "state": string(state)}) // plain data always can
	return parley.Entry{
		Kind: parley.KindDeliveryChanged, Conversation: m.Conversation, Interaction: m.Interaction, Message: m.ID, Data: data,
	}
}
