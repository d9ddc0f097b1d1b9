package integration

import (
	"context"
	"errors"
	"sync"
	"time"

	"parley"
	"parley/internal/crm"
	"parley/internal/identity"
	"parley/internal/store"
)

// How long it is remembered who an agent is in a CRM, and that they are nobody
// there: somebody may just be adding them.
const (
	ownerFor = time.Hour
	noneFor  = 5 * time.Minute
)

// owners keeps who agents are in CRMs.
type owners struct {
	mu sync.Mutex // owns of
	of map[seat]owner
}

// seat is an agent's address in a connection as it was set up.
type seat struct {
	connection string
	rev        int64
	email      string
}

type owner struct {
	id    string // "" = nobody
	until time.Time
}

func (o *owners) init() { o.of = map[seat]owner{} }

func (o *owners) get(at seat, now time.Time) (id string, known bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	had, known := o.of[at]
	return had.id, known && now.Before(had.until)
}

func (o *owners) put(at seat, id string, now time.Time) {
	lasts := ownerFor
	if id == "" {
		lasts = noneFor
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.of) >= cachedMost {
		clear(o.of)
	}
	o.of[at] = owner{id, now.Add(lasts)}
}

// target is a CRM as one log is written to it.
type target struct {
	kind crm.CRM
	to   crm.Connection
	seat seat
}

// file writes a log as its agent's own, where the CRM knows them by their e-mail
// address. Where it does not, or will not have them own it, it stays the one's we
// act as: that a log arrives counts more than whose it is.
//
// Errors: *crm.Error.
// Source: DYN-06.
func (i *Integration) file(ctx context.Context, t target, l *crm.Log) (crm.Ref, error) {
	var err error
	if l.Owner, err = i.ownerOf(ctx, t); err != nil {
		return crm.Ref{}, err
	}
	ref, err := t.kind.Log(ctx, t.to, *l)
	if l.Owner == "" || !theirs(err) {
		return ref, err
	}
	l.Owner = ""
	if ref, err = t.kind.Log(ctx, t.to, *l); err == nil {
		i.owners.put(t.seat, "", i.Clock.Now())
	}
	return ref, err
}

// theirs reports whether a refusal may be about who owns the log.
func theirs(err error) bool {
	e := verdict(err)
	return e != nil && (e.Code == crm.Forbidden || e.Code == crm.NotFound || e.Code == crm.BadRequest)
}

// ownerOf is who an agent is in a CRM, "" if nobody. A CRM that does not let us
// look is one that does not know them; one that does not answer is waited for.
//
// Errors: *crm.Error.
func (i *Integration) ownerOf(ctx context.Context, t target) (string, error) {
	if t.seat.email == "" {
		return "", nil
	}
	if id, known := i.owners.get(t.seat, i.Clock.Now()); known {
		return id, nil
	}
	id, err := t.kind.User(ctx, t.to, t.seat.email)
	if e := verdict(err); e != nil {
		if passing(e) || e.Code == crm.Auth {
			return "", e
		}
		id = ""
	}
	i.owners.put(t.seat, id, i.Clock.Now())
	return id, nil
}

// seatOf is the address in a connection of whose interaction it is.
func seatOf(ctx context.Context, v store.View, c store.Connection, id parley.InteractionID) (seat, error) {
	at := seat{connection: c.ID, rev: c.Rev}
	i, err := v.Interaction(ctx, id)
	if err != nil {
		return at, err
	}
	a, err := v.Agent(ctx, i.Agent)
	if errors.Is(err, parley.ErrNotFound) {
		return at, nil
	}
	if email := identity.Email(a.Email); identity.IsEmail(email) {
		at.email = email
	}
	return at, err
}
