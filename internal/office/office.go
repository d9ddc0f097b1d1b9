// Package office runs the place: people and their sign-in, queues, settings,
// lists, keys, and the audit log of who changed what.
//
// Begin with office.go and people.go; world.go is how a change of the
// configuration reaches routing, signin.go how people come in.
package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley"
	"parley/internal/auth/password"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/mail"
	"parley/internal/routing"
	"parley/internal/seal"
	"parley/internal/store"
)

// Office is what administrators and people at the door do in one center.
type Office struct {
	ledger   *ledger.Ledger
	store    *store.Store
	clock    parley.Clock
	seal     *seal.Seal                 // of what nobody may read in the database
	networks map[string]channel.Channel // by provider
	hasher   *password.Hasher
	sessions sessions
	throttle throttle
	sso      sso
	wait     func(ctx context.Context, d time.Duration) error // tests do not wait
	send     func(ctx context.Context, s mail.Settings, m mail.Message) error
}

// New opens the office. It follows the ledger, so call it before Ledger.Run.
// key seals what nobody may read in the database.
func New(l *ledger.Ledger, s *store.Store, clock parley.Clock, key *seal.Seal) *Office {
	o := &Office{ledger: l, store: s, clock: clock, seal: key, hasher: password.New(), wait: wait, send: mail.Send}
	o.sessions.init()
	o.throttle.init()
	o.sso.flows = map[string]*ssoFlow{}
	l.OnEvents(o.happens)
	l.Subscribe(o.follow)
	l.Handle(mailKind, o.deliver)
	l.Handle(alarmKind, o.alarm)
	return o
}

// may reports whether somebody has a right.
//
// Errors: parley.ErrForbidden.
func may(me parley.Actor, p parley.Permission) error {
	if me.Visitor != "" || !me.Has(p) {
		return parley.ErrForbidden
	}
	return nil
}

// change is what an administrator's command does.
type change struct {
	subject string              // id of what changed
	before  any                 // nil if it is new
	after   any                 // nil if it is gone
	quiet   bool                // nothing changed: no row at all
	rows    func(r *store.Rows) // its rows; may be nil
	routes  []routing.Command
}

// change hands in an administrator's command: its rows, what routing is told,
// the audit row and the news of it are one commit.
//
// Source: CFG-04.
func (o *Office) change(ctx context.Context, me parley.Actor, name string, plan func(ctx context.Context, v ledger.View) (change, error), touch ...string) error {
	if err := may(me, parley.MayAdminister); err != nil {
		return err
	}
	return o.do(ctx, me, name, plan, touch...)
}

// do is change without the question whether one may. Every change adds to the
// audit log, so that naming it sees the rows of every earlier one of the batch;
// touch names what others than administrators change too.
func (o *Office) do(ctx context.Context, me parley.Actor, name string, plan func(ctx context.Context, v ledger.View) (change, error), touch ...string) error {
	return o.ledger.Do(ctx, ledger.Command{
		Name:  name,
		Touch: append(touch, store.AuditTouch),
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, err := plan(ctx, v)
			if err != nil || c.quiet {
				return ledger.Plan{}, err
			}
			last, err := v.AuditLast(ctx)
			if err != nil {
				return ledger.Plan{}, err
			}
			row := audit(me, name, c)
			row.At = v.Now
			return ledger.Plan{
				Routes: c.routes,
				Rows: func(r *store.Rows, _ []routing.Event) {
					if c.rows != nil {
						c.rows(r)
					}
					r.AddAudit(last, row)
					r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: c.subject, Agent: me.Agent})
				},
			}, nil
		},
	})
}

// audit returns the row that tells of a change.
func audit(me parley.Actor, action string, c change) store.Audit {
	return store.Audit{
		Actor: me.By(), IP: me.IP, Request: me.Request, Action: action, Subject: c.subject,
		Before: told(c.before), After: told(c.after),
	}
}

// told is a thing as the audit log keeps it.
func told(thing any) string {
	if thing == nil {
		return ""
	}
	b, err := json.Marshal(thing)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", thing, err)) // a broken type of ours
	}
	return string(b)
}

// inUse refuses to remove what something else refers to.
func inUse(n int) error {
	if n == 0 {
		return nil
	}
	return parley.ErrInUse.With(map[string]any{"count": n})
}

// absent reports whether err says that there is no such thing.
func absent(err error) bool { return errors.Is(err, parley.ErrNotFound) }

// id returns a new id.
func (o *Office) id(prefix string) string { return parley.NewID(prefix, o.clock.Now()) }

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
