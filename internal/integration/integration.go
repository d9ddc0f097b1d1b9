// Package integration connects a center with CRMs outside: it looks up who
// writes, keeps whom an agent chose, and files every served conversation there.
// Nothing in it holds up a conversation.
//
// Begin with lookup.go, choice.go and push.go; connection.go is what an
// administrator sets up.
package integration

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"

	"parley"
	"parley/internal/crm"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/store"
)

// Rooms are what an Integration stands on.
type Rooms struct {
	Ledger *ledger.Ledger
	Store  *store.Store
	Clock  parley.Clock
	Log    *slog.Logger
	Seal   *seal.Seal
	CRMs   map[string]crm.CRM // by kind; none: there is nothing to connect
	Change ledger.Changer
}

// Integration is a center's outside CRMs.
type Integration struct {
	Rooms
	known    atomic.Pointer[[]store.Connection] // those that are there
	changing atomic.Int32                       // commands that change them and are not yet known
	mu       sync.Mutex                         // held while they are read anew
	cache    cache
	owners   owners
	fuses    fuses
	hearing  hearing
	figures  figures
}

// New opens it. It follows the ledger, so call it before Ledger.Run.
func New(ctx context.Context, r Rooms) (*Integration, error) {
	i := &Integration{Rooms: r}
	i.cache.init()
	i.owners.init()
	i.fuses.init()
	r.Ledger.OnEvents(i.happens)
	r.Ledger.Subscribe(i.follow)
	r.Ledger.HandleMany(lookupKind, lookupsAtOnce, i.lookup)
	r.Ledger.HandleMany(pushKind, pushesAtOnce, i.push)
	return i, i.load(ctx)
}

// load reads which connections there are.
func (i *Integration) load(ctx context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	all, err := i.Store.View().Connections(ctx)
	if err == nil {
		i.known.Store(&all)
	}
	return err
}

// connections are those that are there, to the writer: one that comes or goes in
// the same batch counts.
func (i *Integration) connections(ctx context.Context, v store.View) ([]store.Connection, error) {
	if i.changing.Load() > 0 {
		return v.Connections(ctx)
	}
	return *i.known.Load(), nil
}

// follow takes in that a connection changed.
func (i *Integration) follow(batch []parley.Entry) {
	for _, e := range batch {
		if e.Kind == parley.KindConfigChanged && strings.HasPrefix(e.Subject, "crm_") {
			if err := i.load(context.Background()); err != nil {
				i.Log.Error("the CRMs are not read anew", "error", err)
			}
			return
		}
	}
}

// happens adds what follows from routing's events, in the same commit: a lookup
// of who is offered, a log of what was served.
//
// Source: DYN-02, DYN-06.
func (i *Integration) happens(ctx context.Context, v ledger.View, es []routing.Event, r *store.Rows) error {
	for _, e := range es {
		var err error
		switch e := e.(type) {
		case routing.OfferMade:
			err = i.asks(ctx, v, e.Offer, r)
		case routing.InteractionClosed:
			if e.Agent != "" {
				err = i.logs(ctx, v, e.Interaction, r)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// opened is a connection as its CRM is asked.
//
// Errors: *crm.Error of code config for a kind this program does not know, auth
// if its secrets do not open.
func (i *Integration) opened(c store.Connection) (crm.CRM, crm.Connection, error) {
	kind := i.CRMs[c.Kind]
	if kind == nil {
		return nil, crm.Connection{}, &crm.Error{Code: crm.Config, Detail: crm.NotOurs}
	}
	secrets, err := i.Seal.OpenSecrets(c.ID, c.Sealed)
	if err != nil {
		return nil, crm.Connection{}, &crm.Error{Code: crm.Auth, Detail: crm.Sealed}
	}
	return kind, crm.Connection{ID: c.ID, Settings: c.Settings, Secrets: secrets, Objects: c.Objects, Now: i.Clock.Now}, nil
}

// The refusals of outside CRMs as callers get them.
var (
	errUnavailable = &parley.Error{Kind: parley.Unavailable, Code: "crm_unavailable"}
	errDuplicate   = &parley.Error{Kind: parley.Conflict, Code: "crm_duplicate"}
	errRefused     = &parley.Error{Kind: parley.Conflict, Code: "crm_refused"}
)

// verdict is what an outside CRM's answer means: anything that is none of its
// refusals is transient.
func verdict(err error) *crm.Error {
	var e *crm.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e
	}
	return &crm.Error{Code: crm.Transient, Detail: crm.NoAnswer}
}

// passing reports whether a refusal may be gone the next time.
func passing(e *crm.Error) bool { return e.Code == crm.Transient || e.Code == crm.Throttled }

// refusal is a verdict as callers get it.
func refusal(e *crm.Error) error {
	switch {
	case e == nil:
		return nil
	case passing(e) || e.Code == crm.Auth:
		return errUnavailable
	case e.Code == crm.Duplicate:
		return errDuplicate
	}
	return errRefused.With(map[string]any{"code": string(e.Code)})
}

// pauses lists that nothing more is asked of a CRM that does not let us in, until
// somebody sets it up anew. rev is that of the connection as it was used: what an
// older one was told says nothing of the one there is now.
//
// Source: DYN-08.
func (i *Integration) pauses(ctx context.Context, id string, rev int64) error {
	err := i.do(ctx, "pause_crm", []string{id}, func(ctx context.Context, v ledger.View) (func(*store.Rows), error) {
		c, err := v.Connection(ctx, id)
		if err != nil || c.Rev != rev || c.Paused != "" || !c.RemovedAt.IsZero() {
			return nil, err
		}
		c.Paused, c.Rev = string(crm.Auth), c.Rev+1
		return func(r *store.Rows) {
			r.SaveConnection(c)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: id})
		}, nil
	})
	if err != nil {
		return err
	}
	return i.load(ctx)
}

// do hands in a command that only saves rows; nil rows: there is nothing to do.
func (i *Integration) do(ctx context.Context, name string, touch []string, plan func(context.Context, ledger.View) (func(*store.Rows), error)) error {
	return i.Ledger.Do(ctx, ledger.Command{Name: name, Touch: touch, Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
		rows, err := plan(ctx, v)
		if err != nil || rows == nil {
			return ledger.Plan{}, err
		}
		return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, nil
	}})
}

// uuid is a random one, as outside CRMs want ids.
//
// Source: RFC 9562, section 5.4.
func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	s := hex.EncodeToString(b[:])
	return strings.Join([]string{s[:8], s[8:12], s[12:16], s[16:20], s[20:]}, "-")
}
