package courier

import (
	"context"
	"errors"
	"sync"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// The rhythms of what runs beside the conversations.
const (
	beatEvery   = 2 * time.Second
	checkEvery  = 5 * time.Minute
	runAgain    = time.Second     // the first pause after a connection ended
	runAgainMax = time.Minute
	runPatience = 3 // ends in a row before administrators are told
	earlyKeep   = 24 * time.Hour
)

// runners keep a connection or a token alive for each entry point that needs one.
// Run's goroutine owns of and paused.
type runners struct {
	poke   chan struct{} // 1: the configuration changed
	of     map[parley.EntryPointID]*running
	paused map[parley.EntryPointID]string
	all    sync.WaitGroup
}

// running is an entry point's, as it was set up then.
type running struct {
	rev  int64
	stop context.CancelFunc
}

func (r *runners) init() {
	r.poke, r.of, r.paused = make(chan struct{}, 1), map[parley.EntryPointID]*running{}, map[parley.EntryPointID]string{}
}

// Wake tells that the configuration changed.
func (c *Courier) Wake() {
	select {
	case c.runners.poke <- struct{}{}:
	default:
	}
}

// Run keeps the networks' connections, counts and checks going until ctx ends.
func (c *Courier) Run(ctx context.Context) error {
	beat, check := time.NewTicker(beatEvery), time.NewTicker(checkEvery)
	defer beat.Stop()
	defer check.Stop()
	defer c.runners.all.Wait()
	c.noted("the troubles of networks are not known", c.recallTroubles(ctx))
	c.Wake()
	for range marksAtOnce {
		c.runners.all.Go(func() { c.runMarks(ctx) })
	}
	for {
		select {
		case <-ctx.Done():
			c.noted("what was sent is not counted", c.beats(context.WithoutCancel(ctx)))
			return nil
		case <-c.runners.poke:
			c.noted("networks are not supervised", c.Supervise(ctx))
		case <-beat.C:
			c.noted("what was sent is not counted", c.beats(ctx))
		case <-check.C:
			c.noted("networks are not checked", c.Checks(ctx))
		}
	}
}

// noted logs what could not be done and is done again.
func (c *Courier) noted(what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		c.log.Error("something of the networks is done again", "what", what, "error", err)
	}
}

// recallTroubles remembers which entry points have a trouble that a message that
// goes ends.
func (c *Courier) recallTroubles(ctx context.Context) error {
	list, err := c.store.View().Healths(ctx)
	for _, h := range list {
		if h.ErrorCode != "" {
			c.pulse.trouble(h.EntryPoint)
		}
	}
	return err
}

// Supervise starts and stops connections as the configuration says, and lets what
// waited at a paused entry point go on.
func (c *Courier) Supervise(ctx context.Context) error {
	b, err := c.book(ctx)
	if err != nil {
		return err
	}
	for id, one := range c.runners.of {
		if e, ok := b.Entrances[id]; !ok || e.Rev != one.rev {
			one.stop()
			delete(c.runners.of, id)
		}
	}
	for id, e := range b.Entrances {
		if c.runners.paused[id] != "" && e.Paused == "" {
			if err := c.resumed(ctx, id); err != nil {
				return err
			}
		}
		c.runners.paused[id] = e.Paused
		runner, ok := c.channels[e.Provider].(channel.Runner)
		if !ok || !e.Enabled || e.Paused != "" || c.runners.of[id] != nil {
			continue
		}
		run, stop := context.WithCancel(ctx)
		c.runners.of[id] = &running{rev: e.Rev, stop: stop}
		c.runners.all.Go(func() { c.keepRunning(run, id, runner) })
	}
	return nil
}

// resumed lets the messages of an entry point go that waited, in their order.
func (c *Courier) resumed(ctx context.Context, id parley.EntryPointID) error {
	c.traffic.forget(id)
	return c.ledger.Do(ctx, ledger.Command{
		Name: "resume",
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.OutboxSoon(DeliverKind, id)
				r.OutboxSoon(reactKind, id)
			}}, nil
		},
	})
}

// keepRunning runs a connection again whenever it ends, with growing pauses.
func (c *Courier) keepRunning(ctx context.Context, id parley.EntryPointID, runner channel.Runner) {
	h := &host{c, id}
	for ends := 0; ctx.Err() == nil; ends++ {
		began := c.clock.Now()
		err := c.runOnce(ctx, h, runner)
		if ctx.Err() != nil {
			return
		}
		if c.clock.Now().Sub(began) > runAgainMax {
			ends = 0
		}
		c.log.Warn("a network's connection ended", "entry_point", id, "error", err)
		if ends == runPatience && err != nil {
			h.Trouble(ctx, &channel.News{Code: channel.Transient, Detail: channel.Words(err.Error())})
		}
		select {
		case <-ctx.Done():
		case <-time.After(runAgain + spread(min(runAgainMax, runAgain<<min(ends, 10)))):
		}
	}
}

func (c *Courier) runOnce(ctx context.Context, h *host, runner channel.Runner) error {
	e, err := c.store.View().EntryPoint(ctx, h.id)
	if err != nil {
		return err
	}
	if e, err = c.Unsealed(e); err != nil {
		return err
	}
	return runner.Run(ctx, e, h)
}

// Pause stops what is sent by an entry point, or lets it go on. What waits loses
// nothing and goes on in order.
//
// Errors: parley.ErrNotFound.
func (c *Courier) Pause(ctx context.Context, me parley.Actor, id parley.EntryPointID, on bool) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "pause",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			e, err := v.EntryPoint(ctx, id)
			if err != nil || (e.Paused != "") == on {
				return ledger.Plan{}, err
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				why := ""
				if on {
					why = pausedByAdmin
				} else {
					r.SaveTrouble(id, "", "")
				}
				r.SavePaused(id, why)
				r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(id), Agent: me.Agent})
			}}, nil
		},
	})
}

const pausedByAdmin = "admin"
