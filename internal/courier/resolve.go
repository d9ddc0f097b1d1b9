package courier

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// ResolveKind is the outbox kind of a question to a network: what became of a
// message whose answer was lost. Its data names the message.
const ResolveKind = "resolve"

// resolveAfter is when a network is asked, counted from the one before.
//
// Source: R-46.
var resolveAfter = []time.Duration{time.Minute, 4 * time.Minute, 15 * time.Minute, time.Hour}

// askLater lists the first question, if the network can be asked.
func (e *errand) askLater(r *store.Rows) {
	if _, ok := e.network.(channel.Resolver); !ok {
		return
	}
	data, _ := json.Marshal(deliverRow{Message: e.m.ID}) // plain data always can
	r.Outbox(store.Outbox{Kind: ResolveKind, Data: string(data), RunAt: r.Now().Add(resolveAfter[0])})
}

// resolve asks a network what became of a message, a few times.
func (c *Courier) resolve(ctx context.Context, o store.Outbox) error {
	e, err := c.errand(ctx, o)
	if err != nil {
		return err
	}
	known, err := e.ask(ctx)
	switch {
	case err != nil:
		c.log.Warn("a network does not say what became of a message", "entry_point", e.ID, "error", err)
	case known:
		return nil
	}
	if o.Attempt+1 >= len(resolveAfter) {
		return nil // a person decides
	}
	return &ledger.Retry{After: resolveAfter[o.Attempt+1], Err: errUnknownYet}
}

var errUnknownYet = errors.New("the network does not know yet")

// ask asks the network about every unconfirmed part of a message, and saves what
// it says. It reports whether none is left unconfirmed.
func (e *errand) ask(ctx context.Context) (known bool, err error) {
	resolver, ok := e.network.(channel.Resolver)
	parts, err := e.store.View().ExternalsOf(ctx, e.m.ID)
	if err != nil {
		return false, err
	}
	known = true
	for _, x := range parts {
		if x.State != partUnconfirmed || x.Part >= len(e.pieces) {
			continue
		}
		known = false
		if !ok {
			continue
		}
		p := e.pieces[x.Part]
		p.To = e.to
		s, found, err := e.resolve(ctx, resolver, p)
		if err != nil || !found {
			return false, err
		}
		if err := e.settled(ctx, x.Part, s); err != nil {
			return false, err
		}
		known = true
	}
	return known, nil
}

// alikeMax bounds how many messages of the same words are told apart.
const alikeMax = 10

// resolve asks what became of a part. What the network finds may be another
// message of ours with the same words: then it is asked for one more.
func (e *errand) resolve(ctx context.Context, resolver channel.Resolver, p parley.Outbound) (s parley.Status, found bool, err error) {
	for range alikeMax {
		s, found, err = resolver.Resolve(ctx, e.EntryPoint, p)
		if err != nil || !found || s.ExternalID == "" {
			return s, found, err
		}
		kept, err := e.store.View().Externals(ctx, e.ID, []string{s.ExternalID})
		if err != nil {
			return s, false, err
		}
		if !slices.ContainsFunc(kept, func(x store.External) bool { return x.Direction == store.Out }) {
			return s, true, nil
		}
		p.Not = append(p.Not, s.ExternalID)
	}
	return parley.Status{}, false, nil
}

// settled saves that a network knows a part that was unconfirmed. What comes
// behind it goes on its way.
func (e *errand) settled(ctx context.Context, part int, s parley.Status) error {
	if s.State == "" || s.State == parley.DeliveryPending {
		s.State = parley.DeliverySent
	}
	return e.ledger.Do(ctx, ledger.Command{
		Name:  "resolve",
		Touch: []string{string(e.m.ID), s.ExternalID, tryID(e.m.ID, part)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			t := &tally{Courier: e.Courier, v: v, e: e.EntryPoint, ballots: map[parley.MessageID]*ballot{}}
			b, err := t.of(ctx, e.m.ID)
			if err != nil || !b.has(part) || b.parts[b.at(part)].State != partUnconfirmed {
				return ledger.Plan{}, err
			}
			if s.ExternalID, err = e.ownID(ctx, v, verdict{part: part, id: s.ExternalID}); err != nil {
				return ledger.Plan{}, err
			}
			t.found(b, part, s)
			more := len(b.parts) < b.total() && standing(b.m.Delivery.Parts, b.parts) == parley.DeliveryPending
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				b.save(r)
				if more {
					r.Outbox(Delivers(e.m.ID, e.m.Conversation))
				}
			}}, nil
		},
	})
}

// afresh forgets the parts that did not go, or may not have gone.
func (b *ballot) afresh() {
	for i := b.total(); i >= 0; i-- {
		if at := b.at(i); at >= 0 && lowness[partState(b.parts[at])] < lowness[parley.DeliveryPending] {
			b.forget(i)
		}
	}
	b.say(parley.Delivery{})
}

// Again sends a message once more that failed, and one that is unconfirmed if
// anyway. Parts that went stay gone.
//
// Errors: parley.ErrNotFound, ErrUnconfirmed, ErrConflict if it did not fail.
// Source: CNV-02, P4, R-46.
func (c *Courier) Again(ctx context.Context, id parley.MessageID, anyway bool) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "retry",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			b, err := c.ballot(ctx, v, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			switch b.was.State {
			case parley.DeliveryFailed:
			case parley.DeliveryUnconfirmed:
				if !anyway {
					return ledger.Plan{}, parley.ErrUnconfirmed
				}
			default:
				return ledger.Plan{}, parley.ErrConflict
			}
			b.afresh()
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				b.save(r)
				r.Outbox(Delivers(id, b.m.Conversation))
			}}, nil
		},
	})
}

// Ask asks the network what became of a message that is unconfirmed, and saves
// what it says.
//
// Errors: parley.ErrNetworkSilent if the network does not answer.
// Source: R-46.
func (c *Courier) Ask(ctx context.Context, m parley.Message) error {
	e, err := c.errandOf(ctx, store.Outbox{}, m)
	if err != nil {
		return err
	}
	if _, err := e.ask(ctx); err != nil {
		return parley.ErrNetworkSilent
	}
	return nil
}
