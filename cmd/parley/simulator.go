package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"parley"
	"parley/internal/netguard"
	"parley/internal/simulator"
	simulated "parley/internal/simulator/all"
)

// simulatorPatience is how long a simulated network waits for an answer of ours.
const simulatorPatience = 20 * time.Second

// sandboxed reports whether the center has a simulator. In one that serves people
// customers could be forged with it.
//
// Source: A-132.
func (c *serveCommand) sandboxed() bool { return c.Demo || c.Simulator }

// sandbox is the simulator of a center, while it serves.
type sandbox struct {
	*simulator.Simulator
	door  http.Handler
	gone  context.Context // done when we go
	leave context.CancelFunc
}

// newSandbox makes the simulator of a center at a public address. Its webhooks go
// there and nowhere else.
func newSandbox(public string, clock parley.Clock) *sandbox {
	s := &sandbox{Simulator: simulator.New(simulator.Options{
		Providers: simulated.Providers(),
		Client:    netguard.New(netguard.Options{Inside: true, Within: simulatorPatience}),
		Origins:   []string{public},
		URL:       public,
		Now:       clock.Now,
		Seed:      1,
		Begin:     clock.Now().UnixMilli(), // phones forget with the process; the center does not
	})}
	s.door = s.Handler()
	s.gone, s.leave = context.WithCancel(context.Background())
	return s
}

// ServeHTTP is the simulator's door: whoever waits for news there is sent away
// when we go.
func (s *sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.gone, cancel)()
	s.door.ServeHTTP(w, r.WithContext(ctx))
}

// connect leads every entry point of a simulated network to where that is now, and
// gives it its account there: accounts are kept in memory.
func (h *house) connect(ctx context.Context) error {
	if h.sandbox == nil {
		return nil
	}
	public := h.public()
	if h.command.Demo {
		if err := h.tenant.Office.SeedNetworks(ctx, public); err != nil {
			return fmt.Errorf("the demo's networks cannot be made: %w", err)
		}
	}
	if err := h.connectCRM(ctx, public); err != nil {
		return err
	}
	if err := h.tenant.Office.MoveSimulated(ctx, public); err != nil {
		return fmt.Errorf("entry points cannot be led to the simulator: %w", err)
	}
	return h.accounts.agree(ctx)
}

// connectCRM gives the demo its Dynamics, and opens it at the simulator.
func (h *house) connectCRM(ctx context.Context, public string) error {
	if !h.command.Demo {
		return nil
	}
	a, err := h.tenant.Integration.SeedDemo(ctx, public)
	if err != nil {
		return fmt.Errorf("the demo's CRM cannot be connected: %w", err)
	}
	if a.ID == "" {
		return nil
	}
	if _, err := h.sandbox.Open(simulator.Account{ID: a.ID, Network: a.Network, Settings: a.Settings}); err != nil {
		return fmt.Errorf("the demo's CRM at the simulator: %w", err)
	}
	return nil
}
