package courier

import (
	"context"
	"errors"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// host is what a network's connection may ask of the house.
type host struct {
	*Courier
	id parley.EntryPointID
}

// Receive keeps what came.
func (h *host) Receive(ctx context.Context, r channel.Received, raw []byte) error {
	return h.keep(ctx, h.id, r, raw)
}

// Save keeps refreshed secrets, over what was there.
func (h *host) Save(ctx context.Context, secrets map[string]string) error {
	if h.seal == nil {
		return errors.New("no key to seal with")
	}
	return h.ledger.Do(ctx, ledger.Command{
		Name:  "save_token",
		Touch: []string{string(h.id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			e, err := v.EntryPoint(ctx, h.id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if e, err = h.Unsealed(e); err != nil {
				return ledger.Plan{}, err
			}
			all := map[string]string{}
			for name, value := range e.Secrets {
				all[name] = value
			}
			for name, value := range secrets {
				all[name] = value
			}
			sealed := h.seal.Secrets(string(h.id), all)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.SaveSealed(h.id, sealed)
				r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(h.id)})
			}}, nil
		},
	})
}

// Trouble tells administrators that the entry point needs attention; nil: it
// works again.
func (h *host) Trouble(ctx context.Context, news *channel.News) {
	if news == nil {
		news = &channel.News{}
	}
	h.noted("a network's trouble is not kept", h.attention(ctx, h.id, *news))
}

// Now is the house's time.
func (h *host) Now() time.Time { return h.clock.Now() }

// attention keeps what is wrong with an entry point. Where the network does not
// know us or does not want us, nothing more is sent until somebody has looked.
//
// Source: R-48, SOC-01.
func (c *Courier) attention(ctx context.Context, id parley.EntryPointID, n channel.News) error {
	b, err := c.book(ctx)
	if err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "trouble",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			rows, err := c.Attends(ctx, v, b, id, n)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, err
		},
	})
}

// Attends plans it.
func (c *Courier) Attends(ctx context.Context, v ledger.View, b *Book, id parley.EntryPointID, n channel.News) (func(*store.Rows), error) {
	health, err := v.Health(ctx, id)
	if err != nil || n.Code == "" && health.ErrorCode == "" {
		return func(*store.Rows) {}, err
	}
	return func(r *store.Rows) {
		r.SaveTrouble(id, string(n.Code), detail(n.Detail))
		if n.Code == channel.Auth || n.Code == channel.Blocked {
			r.SavePaused(id, string(n.Code))
		}
		if n.Code != "" {
			c.pulse.trouble(id)
		}
		if health.ErrorCode == string(n.Code) {
			return
		}
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(id)})
		if n.Code != "" {
			mailAlarm(r, b, id, string(n.Code))
		}
	}, nil
}

// How early people are told that a token ends, and how often.
const (
	tokenSoon  = 7 * 24 * time.Hour
	tokenAgain = 24 * time.Hour
)

// alarmToken says that a token ends soon.
const alarmToken = "token"

// Checks asks every network that can be asked whether our set-up works.
//
// Source: R-48, SOC-01.
func (c *Courier) Checks(ctx context.Context) error {
	b, err := c.book(ctx)
	if err != nil {
		return err
	}
	before := c.clock.Now().Add(-earlyKeep)
	errs := []error{c.ledger.Do(ctx, ledger.Command{
		Name: "sweep_early",
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.SweepEarly(before) }}, nil
		},
	})}
	for id, e := range b.Entrances {
		checker, ok := c.channels[e.Provider].(channel.Checker)
		if ok && e.Enabled {
			errs = append(errs, c.checkup(ctx, b, id, checker))
		}
	}
	return errors.Join(errs...)
}

// checkup asks one network.
func (c *Courier) checkup(ctx context.Context, b *Book, id parley.EntryPointID, checker channel.Checker) error {
	e, err := c.Unsealed(b.Entrances[id])
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	health, err := checker.Check(limited, e)
	if said := sendError(err); said != nil {
		if said.Code == channel.Transient || said.Code == channel.Throttled || said.Code == channel.UnknownOutcome {
			return nil // it is away: who sends finds out
		}
		return c.attention(ctx, id, channel.News{Code: said.Code, Detail: said.Detail})
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "token",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			was, err := v.Health(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				if !was.TokenUntil.Equal(health.TokenExpires) {
					r.SaveToken(id, health.TokenExpires)
				}
				ends := !health.TokenExpires.IsZero() && health.TokenExpires.Sub(v.Now) < tokenSoon
				if ends && v.Now.Sub(was.WarnedAt) >= tokenAgain {
					r.SaveWarned(id)
					mailAlarm(r, b, id, alarmToken)
				}
			}}, nil
		},
	})
}
