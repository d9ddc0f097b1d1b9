package integration

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley"
	"parley/internal/crm"
	"parley/internal/ledger"
	"parley/internal/store"
)

// How logs are pushed: one at a time to each CRM, in order, for a day.
//
// Source: R-49, DYN-08.
const (
	pushKind     = "crm_log"
	pushesAtOnce = 4 // CRMs at the same time
	pushWithin   = 30 * time.Second
	pushFor      = 24 * time.Hour
	pausedFor    = time.Hour // then it is looked whether it still is
)

// Why a log failed that no CRM refused.
const (
	whyGivenUp = "given_up" // nothing was heard for a day
	whyRemoved = "removed"  // the connection is gone
)

// logs lists the logs of a served interaction, in the commit that closes it: one
// for each CRM.
//
// Source: DYN-06.
func (i *Integration) logs(ctx context.Context, v ledger.View, id parley.InteractionID, r *store.Rows) error {
	all, err := i.connections(ctx, v.View)
	for _, c := range all {
		l := store.CRMLog{ID: uuid(), Connection: c.ID, Interaction: id, CreatedAt: r.Now()}
		waits(r, l)
	}
	return err
}

// waits lists that a log is to be pushed, behind those before it.
func waits(r *store.Rows, l store.CRMLog) {
	l.State, l.Error, l.Detail, l.Attempt, l.Rev = store.CRMPending, "", "", 0, l.Rev+1
	r.SaveCRMLog(l)
	data, _ := json.Marshal(pushed{l.ID}) // plain data always can
	r.Outbox(store.Outbox{Kind: pushKind, Subject: l.Connection, Data: string(data)})
}

// pushed is the data of an outbox row: which log.
type pushed struct {
	Log string `json:"log"`
}

// attempt is one try to push a log, and what came of it.
type attempt struct {
	outbox    store.Outbox
	log       store.CRMLog
	records   []store.CRMRecord // looked up now, because it could not be at the offer
	looked    bool
	regarding store.CRMRef
	ref       crm.Ref
	owner     string
	refused   *crm.Error
	paused    bool  // nothing was tried
	rev       int64 // of the connection as it was used
}

// push pushes one log and keeps how that went.
func (i *Integration) push(ctx context.Context, o store.Outbox) error {
	var p pushed
	if err := json.Unmarshal([]byte(o.Data), &p); err != nil {
		return fmt.Errorf("a log: %w", errors.Join(err, ledger.ErrGiveUp))
	}
	v := i.Store.View()
	l, err := v.CRMLog(ctx, p.Log)
	if err != nil {
		return err
	}
	if l.State != store.CRMPending {
		return nil
	}
	c, err := v.Connection(ctx, l.Connection)
	if err != nil {
		return err
	}
	try := attempt{outbox: o, log: l, rev: c.Rev, paused: c.Paused != ""}
	switch {
	case !c.RemovedAt.IsZero():
		try.refused, try.paused = &crm.Error{Code: whyRemoved}, false
	case try.paused:
	default:
		if err := i.write(ctx, v, c, &try); err != nil {
			return err
		}
	}
	if err := i.settle(ctx, try); err != nil {
		return err
	}
	if !try.paused {
		i.learn(ctx, c, try)
	}
	return ledger.ErrSettled
}

// write writes a log to its CRM, under who was chosen. Where the lookup at the
// offer got no answer, or found nobody, it is made now: the record may be there,
// made meanwhile in the CRM's own form.
func (i *Integration) write(ctx context.Context, v store.View, c store.Connection, try *attempt) error {
	m, err := v.CRMMatch(ctx, try.log.Interaction, c.ID)
	if err != nil && !errors.Is(err, parley.ErrNotFound) {
		return err
	}
	if m.Chosen.ID == "" && (m.State != store.CRMFound || len(m.Records) == 0) {
		try.records, try.refused, err = i.search(ctx, v, asked{try.log.Interaction, c.ID})
		if err != nil || try.refused != nil {
			return err
		}
		m.Records, try.looked = try.records, true
	}
	try.regarding = m.Regarding()
	body, err := bodyOf(ctx, v, try.log, c.Settings[keyLanguage])
	if err != nil {
		return err
	}
	body.Regarding, body.Was = crm.Ref(try.regarding), crm.Ref(try.log.Ref)
	at, err := seatOf(ctx, v, c, try.log.Interaction)
	if err != nil {
		return err
	}
	kind, to, err := i.opened(c)
	if err == nil {
		limited, cancel := context.WithTimeout(ctx, pushWithin)
		defer cancel()
		try.ref, err = i.file(limited, target{kind, to, at}, &body)
		try.owner = body.Owner
	}
	try.refused = verdict(err)
	return ctx.Err() // we are ending: it stays due
}

// settle keeps how a try went, with its outbox row, in one commit.
func (i *Integration) settle(ctx context.Context, try attempt) error {
	l := try.log
	return i.do(context.WithoutCancel(ctx), "crm_pushed", []string{string(l.Interaction), l.ID, l.Connection}, func(ctx context.Context, v ledger.View) (func(*store.Rows), error) {
		m, err := v.CRMMatch(ctx, l.Interaction, l.Connection)
		if err != nil && !errors.Is(err, parley.ErrNotFound) {
			return nil, err
		}
		now, err := v.CRMLog(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		c, err := v.Connection(ctx, l.Connection)
		if err != nil {
			return nil, err
		}
		anew := c.Rev != try.rev // what kept it from us may be gone
		if try.paused {
			return func(r *store.Rows) { r.OutboxWait(try.outbox, later(r.Now(), pausedFor, anew)) }, nil
		}
		if now.Error == store.CRMErased { // while it was being written
			return func(r *store.Rows) { r.OutboxDone(try.outbox) }, nil
		}
		now.Attempt, now.TriedAt, now.Rev = now.Attempt+1, v.Now, now.Rev+1
		return func(r *store.Rows) {
			if try.looked {
				m.Interaction, m.Connection, m.State, m.Records, m.Rev = l.Interaction, l.Connection, store.CRMFound, try.records, m.Rev+1
				r.SaveCRMMatch(m)
			}
			if try.refused != nil {
				refused(r, now, try, anew)
				return
			}
			posted(r, now, try, m)
		}, nil
	})
}

// posted lists that a log is there. If somebody else was chosen while it was
// being written it is written again, under them.
func posted(r *store.Rows, l store.CRMLog, try attempt, m store.CRMMatch) {
	l.State, l.Error, l.Detail, l.PostedAt = store.CRMPosted, "", "", r.Now()
	l.Regarding, l.Ref = try.regarding, store.CRMRef(try.ref)
	if try.owner != "" { // written again without one it stays whose it is
		l.Owner = try.owner
	}
	r.OutboxDone(try.outbox)
	if m.Regarding() != try.regarding {
		waits(r, l)
		return
	}
	r.SaveCRMLog(l)
}

// refused lists that a log is not there: it is tried again, or it failed and the
// rest goes on.
func refused(r *store.Rows, l store.CRMLog, try attempt, anew bool) {
	e := try.refused
	l.Error, l.Detail = string(e.Code), e.Detail
	switch {
	case e.Code == crm.Auth: // until somebody sets the connection up anew
		r.OutboxWait(try.outbox, later(r.Now(), pausedFor, anew))
	case passing(e) && r.Now().Sub(try.outbox.CreatedAt) < pushFor:
		wait := backoff(try.outbox.Attempt)
		if e.After > 0 {
			wait = e.After
		}
		r.OutboxRetry(try.outbox, later(r.Now(), wait, anew), e.Error())
	case passing(e):
		l.State, l.Error = store.CRMFailed, whyGivenUp
		r.OutboxDone(try.outbox)
	default:
		l.State = store.CRMFailed
		r.OutboxDone(try.outbox)
	}
	r.SaveCRMLog(l)
}

// later is when something is tried next: at once if the connection was set up
// anew meanwhile.
func later(now time.Time, wait time.Duration, anew bool) time.Time {
	if anew {
		return now
	}
	return now.Add(wait)
}

// learn takes in what a try says of the CRM itself.
func (i *Integration) learn(ctx context.Context, c store.Connection, try attempt) {
	e := try.refused
	i.figures.wrote(c.Kind, e)
	i.hearing.hear(c, e)
	switch {
	case e == nil:
		i.fuses.mended(c.ID)
	case e.After > 0: // it asks for rest; that it takes no log says nothing of lookups
		i.fuses.failed(c.ID, i.Clock.Now(), e.After)
	case e.Code == crm.Auth:
		if err := i.pauses(ctx, c.ID, try.rev); err != nil {
			i.Log.Error("a CRM is not paused", "connection", c.ID, "error", err)
		}
	}
}

// Retry pushes a failed log again, behind those that wait. One that is not failed
// stays as it is.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (i *Integration) Retry(ctx context.Context, me parley.Actor, id parley.InteractionID, connection string) error {
	return i.do(ctx, "retry_crm_log", []string{string(id), connection}, func(ctx context.Context, v ledger.View) (func(*store.Rows), error) {
		if err := sees(ctx, v.View, me, id); err != nil {
			return nil, err
		}
		l, err := v.CRMLogOf(ctx, id, connection)
		if err != nil || l.State != store.CRMFailed || l.Error == store.CRMErased {
			return nil, err
		}
		return func(r *store.Rows) { waits(r, l) }, nil
	})
}

// retriedMost is how many logs are pushed again by one command.
const retriedMost = 1000

// RetryAll pushes the failed logs of a connection again, in their order, and
// returns how many.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (i *Integration) RetryAll(ctx context.Context, me parley.Actor, id string) (n int, err error) {
	return n, i.Change(ctx, me, "retry_crm_logs", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		if _, err := v.Connection(ctx, id); err != nil {
			return ledger.Change{}, err
		}
		all, err := v.CRMLogs(ctx, id, store.CRMFailed, store.CRMLog{}, retriedMost)
		n = len(all)
		return ledger.Change{Subject: id, After: map[string]int{"logs": n}, Rows: func(r *store.Rows) {
			for _, l := range all {
				waits(r, l)
			}
		}}, err
	})
}
