package center

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// Request is what came to an entry point's door, and Answer what its network
// wants to hear.
type (
	Request = channel.Request
	Answer  = channel.Reply
)

// Receive takes a network's request in: what it says is on the disk when this
// returns nil, in one commit. A repeat adds nothing, whenever it comes, and its Answer is Stale.
// A nil Answer is 200 without a body.
//
// Errors: parley.ErrNotFound for an unknown entry point, ErrBadSignature,
// ErrBadRequest where there is no signature and the body cannot be read,
// ErrRateLimited for too many handshakes, and those of storage.
// Source: networks.md 1, E23, A-053 to A-063.
func (c *Center) Receive(ctx context.Context, id parley.EntryPointID, r Request) (*Answer, error) {
	at, err := c.arrivals(ctx, id)
	if err != nil {
		return nil, err
	}
	open, err := c.courier.Unsealed(at.EntryPoint)
	if err != nil { // an empty secret would let everybody sign
		return nil, err
	}
	r.Now, at.fresh = c.clock.Now(), new(bool)
	got, err := at.network.Receive(open, r)
	if errors.Is(err, parley.ErrBadSignature) {
		c.unsigned(ctx, id)
	}
	if err != nil {
		return nil, err
	}
	if got.Reply != nil && len(got.Messages)+len(got.Statuses)+len(got.News) == 0 && got.Odd == "" && len(r.Body) == 0 {
		if !c.handshakes.take(id, r.Now) {
			return nil, parley.ErrRateLimited
		}
		return got.Reply, c.beat(ctx, id, store.Beat{Handshake: true})
	}
	body := r.Body
	if len(body) == 0 {
		body = []byte(r.Query.Encode())
	}
	unknown, err := c.elsewhere(ctx, at, r, got.Others)
	if err != nil {
		return nil, err
	}
	if unknown != "" {
		got.Unreadable("other_account " + unknown)
	}
	if err := c.keep(ctx, at, got, body); err != nil || *at.fresh {
		return got.Reply, err
	}
	stale := Answer{Status: http.StatusOK}
	if got.Reply != nil {
		stale = *got.Reply
	}
	stale.Stale = true
	return &stale, nil
}

// Keep takes in what came to an entry point without a request: over a connection
// of its own, or from a caller of the channel API. It is on the disk when this
// returns nil.
//
// Errors: parley.ErrNotFound for an unknown entry point, and those of storage.
func (c *Center) Keep(ctx context.Context, id parley.EntryPointID, got channel.Received, raw []byte) error {
	at, err := c.arrivals(ctx, id)
	if err != nil {
		return err
	}
	return c.keep(ctx, at, got, raw)
}

// arrivals is an entry point and the network that carries it.
type arrivals struct {
	parley.EntryPoint
	network channel.Channel
	spec    channel.Spec
	book    *book
	fresh   *bool // set when something came that is new; nil = nobody asks
}

// arrivals finds where something came. Errors: parley.ErrNotFound.
func (c *Center) arrivals(ctx context.Context, id parley.EntryPointID) (arrivals, error) {
	b, err := c.config(ctx)
	if err != nil {
		return arrivals{}, err
	}
	e, ok := b.entrance[id]
	network := c.channels[e.Provider]
	if !ok || network == nil {
		return arrivals{}, parley.ErrNotFound
	}
	return arrivals{e, network, network.Spec(), b, nil}, nil
}

// keep commits what a network said, and then tells who types: that is kept
// nowhere.
func (c *Center) keep(ctx context.Context, at arrivals, got channel.Received, raw []byte) error {
	got.Keepable()
	var typing []parley.Inbound
	said := got.Messages[:0:0]
	for _, m := range got.Messages {
		if m = at.tidy(m); m.Kind == parley.InboundTyping {
			typing = append(typing, m)
			continue
		}
		said = append(said, m)
	}
	got.Messages = said
	if len(said)+len(got.Statuses)+len(got.News) > 0 || got.Odd != "" {
		if err := c.take(ctx, at, got, raw); err != nil {
			return err
		}
	}
	for _, m := range typing {
		c.typed(ctx, at, m)
	}
	return nil
}

func (c *Center) take(ctx context.Context, at arrivals, got channel.Received, raw []byte) error {
	about, err := c.courier.Concerned(ctx, at.ID, got.Statuses)
	if err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "receive",
		Touch: append(touched(got), about...),
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			in := &intake{c: c, arrivals: at, v: v, odd: got.Odd}
			if err := in.read(ctx, got); err != nil {
				return ledger.Plan{}, err
			}
			return in.plan(raw), nil
		},
	})
}

// touched names what a request is about: the ids of its messages and the
// addresses of its people.
func touched(got channel.Received) []string {
	var out []string
	for _, m := range got.Messages {
		out = append(out, m.ExternalID, m.Target, m.Ref, string(m.Customer))
		for _, k := range m.From {
			out = append(out, string(k.Value))
		}
	}
	for _, s := range got.Statuses {
		out = append(out, s.ExternalID, s.Ref)
		for _, k := range s.From {
			out = append(out, string(k.Value))
		}
	}
	return out
}

// plan lists what follows, after the request as it came. One that says nothing
// new leaves nothing behind.
func (in *intake) plan(raw []byte) ledger.Plan {
	if len(in.rows) == 0 && in.odd == "" {
		return ledger.Plan{}
	}
	if in.fresh != nil {
		*in.fresh = true
	}
	return ledger.Plan{
		Routes: in.routes,
		Rows: func(r *store.Rows, _ []routing.Event) {
			r.AddRaw(store.Raw{ID: parley.NewID("raw", in.v.Now), EntryPoint: in.ID, Body: identity.HideCards(raw, in.cards), Odd: in.odd})
			beat := store.Beat{Signed: true, Received: in.received}
			if in.odd != "" {
				beat.Odd = 1
			}
			r.Beat(in.ID, beat)
			for _, list := range in.rows {
				list(r)
			}
		},
	}
}

// unsigned notes a request with a bad signature, once a minute at most: whoever
// knocks without a key must not keep the writer busy.
func (c *Center) unsigned(ctx context.Context, id parley.EntryPointID) {
	if !c.strangers.take(id, c.clock.Now()) {
		return
	}
	if err := c.beat(ctx, id, store.Beat{Unsigned: true}); err != nil {
		c.log.Error("a bad signature is not noted", slog.Any("entry_point", id), slog.Any("error", err))
	}
}

// beat notes what happened at an entry point.
func (c *Center) beat(ctx context.Context, id parley.EntryPointID, b store.Beat) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name: "beat",
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.Beat(id, b) }}, nil
		},
	})
}

// typed tells the agent that a customer types. Who cannot be found types for
// nobody.
func (c *Center) typed(ctx context.Context, at arrivals, m parley.Inbound) {
	found, err := c.store.View().KeyedBy(ctx, at.ID, m.From)
	if err != nil || len(found) == 0 {
		return
	}
	_ = c.VisitorType(ctx, parley.Actor{Visitor: found[0].Conversation}, true) // it is told or it is not
}
