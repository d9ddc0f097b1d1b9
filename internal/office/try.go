package office

import (
	"context"
	"errors"
	"slices"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/settings"
	"parley/internal/store"
)

// Answer is what a network said when it was asked whether a set-up works.
type Answer struct {
	OK         bool   `json:"ok"`
	Code       string `json:"code"`        // why not: a class of failure
	Detail     string `json:"detail"`      // the network's own words, or a word of ours
	Account    string `json:"account"`     // as the network calls it
	TokenUntil int64  `json:"token_until"` // Unix milliseconds, 0 = it does not expire, or nobody knows
	Subscribed bool   `json:"subscribed"`  // it calls our webhook
}

// troubles are what is wrong with the set-up, whatever was asked: a wrong number
// in a test is not.
var troubles = []channel.Code{channel.Auth, channel.Blocked, channel.Config}

// askWithin is how long a network may take to answer an administrator.
const askWithin = 20 * time.Second

// testText is what a test says to whoever holds the phone.
const testText = "Parley test / Essai Parley"

// Check asks an entry point's network whether the set-up works. A good answer
// ends a trouble that was noted.
//
// Errors: parley.ErrForbidden, ErrNotFound, also where the network cannot be asked.
// Source: R-48, SOC-01.
func (o *Office) Check(ctx context.Context, me parley.Actor, id parley.EntryPointID) (Answer, error) {
	var got channel.Health
	return o.ask(ctx, me, trial{id: id, name: "check_entry_point", ask: func(ctx context.Context, e parley.EntryPoint) (err error) {
		checker, ok := o.networks[e.Provider].(channel.Checker)
		if !ok {
			return parley.ErrNotFound
		}
		got, err = checker.Check(ctx, e)
		return channel.Beforehand(err)
	}, good: func(r *store.Rows, a *Answer) {
		*a = Answer{OK: true, Detail: got.Detail, Account: got.Account, Subscribed: got.Subscribed, TokenUntil: parley.Millis(got.TokenExpires)}
		r.SaveTrouble(id, "", "")
		r.SaveToken(id, got.TokenExpires)
	}})
}

// Register tells an entry point's network our webhook's address. Once it took that,
// the address is as good as verified, and the credentials are good.
//
// Errors: parley.ErrForbidden, ErrNotFound, also where the network takes no address.
func (o *Office) Register(ctx context.Context, me parley.Actor, id parley.EntryPointID, webhook string) (Answer, error) {
	return o.ask(ctx, me, trial{id: id, name: "register_webhook", ask: func(ctx context.Context, e parley.EntryPoint) error {
		registrar, ok := o.networks[e.Provider].(channel.Registrar)
		if !ok {
			return parley.ErrNotFound
		}
		return channel.Beforehand(registrar.Register(ctx, e, webhook))
	}, good: func(r *store.Rows, a *Answer) {
		*a = Answer{OK: true, Subscribed: true}
		r.Beat(id, store.Beat{Handshake: true})
		r.SaveTrouble(id, "", "")
	}})
}

// SendTest sends one short text to an address, past all conversations. What becomes
// of it the network reports to our webhook.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrShortCode, ErrCountryOff, an Invalid
// one.
// Source: SMS-01, SMS-04.
func (o *Office) SendTest(ctx context.Context, me parley.Actor, id parley.EntryPointID, to parley.Address, webhook string) (Answer, error) {
	e, err := o.networked(ctx, me, id)
	if err != nil {
		return Answer{}, err
	}
	key, err := o.recipient(ctx, e, to)
	if err != nil {
		return Answer{}, err
	}
	m := parley.Outbound{
		ID: parley.MessageID(o.id("msg")), Parts: 1, To: parley.Keys{key}, Text: testText, Human: true, InWindow: true,
	}
	known, sent := false, ""
	return o.ask(ctx, me, trial{id: id, name: "send_test", ask: func(ctx context.Context, e parley.EntryPoint) (err error) {
		network := o.networks[e.Provider]
		sent, err = network.Send(ctx, channel.Reporting(e, network.Spec(), webhook), m)
		return err
	}, read: func(ctx context.Context, v ledger.View) error {
		found, err := v.Externals(ctx, id, []string{sent})
		known = len(found) > 0
		return err
	}, good: func(r *store.Rows, a *Answer) {
		*a = Answer{OK: true, Detail: sent}
		if sent != "" && !known { // its echo is nobody's message
			r.AddExternal(store.External{ID: sent, EntryPoint: id, Direction: store.Out, State: string(parley.DeliverySent)})
		}
		r.Beat(id, store.Beat{Sent: 1})
		r.SaveTrouble(id, "", "")
	}})
}

// recipient returns an address as its network's key.
func (o *Office) recipient(ctx context.Context, e parley.EntryPoint, to parley.Address) (parley.Key, error) {
	var f parley.Faults
	spec, _ := o.spec(e)
	text := identity.Text(string(to))
	f.Text("to", text, 1, fieldMax)
	if spec.Key != parley.KeyPhone || text == "" {
		return parley.Key{Kind: spec.Key, Value: parley.Address(text)}, f.Err()
	}
	rows, err := o.store.View().Settings(ctx)
	if err != nil {
		return parley.Key{}, err
	}
	phone, ok := identity.Phone(text, settings.New(rows).Text("phone.default_country", settings.At{}))
	switch {
	case shortCode.MatchString(text):
		return parley.Key{}, parley.ErrShortCode
	case !ok:
		f.Add("to", "not_a_phone")
	case spec.Segments:
		if err := o.mayText(ctx, phone); err != nil {
			return parley.Key{}, err
		}
	}
	return parley.Key{Kind: spec.Key, Value: parley.Address(phone)}, f.Err()
}

// mayText refuses a number of a country that is off; while none is listed, none is.
//
// Errors: parley.ErrCountryOff.
func (o *Office) mayText(ctx context.Context, phone string) error {
	listed, err := o.store.View().Countries(ctx)
	if err != nil || len(listed) == 0 {
		return err
	}
	code := identity.Country(phone)
	if slices.ContainsFunc(listed, func(c store.Country) bool { return c.Country == code && c.Send }) {
		return nil
	}
	return parley.ErrCountryOff
}

// trial is one question to a network.
type trial struct {
	id   parley.EntryPointID
	name string // in the audit log
	ask  func(ctx context.Context, e parley.EntryPoint) error
	read func(ctx context.Context, v ledger.View) error // what good has to know; may be nil
	good func(r *store.Rows, a *Answer)                 // what a good answer says, and its rows
}

// ask asks a network and keeps what it said: who asked is in the audit log, with
// neither a secret nor an address.
func (o *Office) ask(ctx context.Context, me parley.Actor, t trial) (Answer, error) {
	e, err := o.networked(ctx, me, t.id)
	if err != nil {
		return Answer{}, err
	}
	if e, err = o.unsealed(e); err != nil {
		return Answer{Code: string(channel.Config), Detail: "secrets_sealed"}, nil
	}
	within, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	said := t.ask(within, e)
	if errors.Is(said, parley.ErrNotFound) {
		return Answer{}, said
	}
	a := refusal(said)
	err = o.change(ctx, me, t.name, func(ctx context.Context, v ledger.View) (change, error) {
		if _, err := v.EntryPoint(ctx, t.id); err != nil {
			return change{}, err // removed meanwhile
		}
		if said == nil && t.read != nil {
			if err := t.read(ctx, v); err != nil {
				return change{}, err
			}
		}
		return change{subject: string(t.id), after: map[string]any{"ok": said == nil, "code": a.Code}, rows: func(r *store.Rows) {
			if said == nil {
				t.good(r, &a)
				return
			}
			if slices.Contains(troubles, channel.Code(a.Code)) {
				r.SaveTrouble(t.id, a.Code, a.Detail)
			}
		}}, nil
	})
	if err != nil {
		return Answer{}, err
	}
	return o.cause(ctx, t.id, a)
}

// cause names what is behind a network that cannot be reached now: where it did
// not take what we sign in with, there is no connection or no token either.
func (o *Office) cause(ctx context.Context, id parley.EntryPointID, a Answer) (Answer, error) {
	if a.Code != string(channel.Transient) {
		return a, nil
	}
	h, err := o.store.View().Health(ctx, id)
	if slices.Contains(troubles, channel.Code(h.ErrorCode)) {
		a.Code, a.Detail = h.ErrorCode, h.ErrorDetail
	}
	return a, err
}

// refusal is what a network said in our words.
func refusal(err error) Answer {
	var said *channel.SendError
	switch {
	case err == nil:
		return Answer{}
	case errors.As(err, &said):
		return Answer{Code: string(said.Code), Detail: said.Detail}
	}
	return Answer{Code: string(channel.UnknownOutcome), Detail: channel.Words(err.Error())}
}
