package main

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"parley"
	"parley/internal/channel"
	"parley/internal/office"
	"parley/internal/simulator"
)

// accounts keeps the simulator's accounts as the entry points have them: one that
// is saved has its phones at once. What was opened by the simulator's own API is
// left alone. agree owns of.
type accounts struct {
	*house
	poke chan struct{} // 1: an entry point changed
	of   map[parley.EntryPointID]simulator.Account
}

// newAccounts listens to what changes.
func newAccounts(h *house) *accounts {
	a := &accounts{h, make(chan struct{}, 1), map[parley.EntryPointID]simulator.Account{}}
	h.tenant.Ledger.Subscribe(func(batch []parley.Entry) {
		if slices.ContainsFunc(batch, func(e parley.Entry) bool {
			return e.Kind == parley.KindConfigChanged && strings.HasPrefix(e.Subject, "ent_")
		}) {
			a.wake()
		}
	})
	return a
}

func (a *accounts) wake() {
	select {
	case a.poke <- struct{}{}:
	default:
	}
}

// run follows the entry points until ctx ends.
func (a *accounts) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-a.poke:
			if err := a.agree(ctx); err != nil && ctx.Err() == nil {
				a.log.Error("the simulator's accounts are not as the entry points say", "error", err)
			}
		}
	}
}

// agree opens, changes and shuts accounts. One that cannot be opened is told of and
// left: its entry point finds nobody at its network.
func (a *accounts) agree(ctx context.Context) error {
	points, err := a.tenant.Office.Simulated(ctx, a.public())
	if err != nil {
		return err
	}
	want := map[parley.EntryPointID]simulator.Account{}
	for _, p := range points {
		want[p.ID] = a.account(p)
	}
	for id, had := range a.of {
		if want[id].ID != had.ID {
			_ = a.sandbox.Shut(had.ID) // it may be gone
			delete(a.of, id)
		}
	}
	for _, p := range points {
		if a.bring(p, want[p.ID]) {
			a.challenge(ctx, p)
		}
	}
	return nil
}

// bring opens the account of an entry point, or tells it what changed. It reports
// whether it did either.
func (a *accounts) bring(p office.SimulatedPoint, now simulator.Account) bool {
	was, ours := a.of[p.ID]
	switch {
	case ours:
		now.Settings = told(a.channels[p.Provider], was.Settings, now.Settings)
		if maps.Equal(was.Settings, now.Settings) || a.sandbox.Tell(now) != nil {
			return false
		}
	case a.sandbox.Line(now.ID) != nil:
		return false
	default:
		if _, err := a.sandbox.Open(now); err != nil {
			a.log.Warn("an entry point has no account at the simulator", "entry_point", p.ID, "error", err)
			return false
		}
	}
	a.of[p.ID] = now
	return true
}

// challenge has a network that asks who is behind a webhook's address ask now: its
// owner has just saved it there. At the start nobody answers yet, and nobody has to.
func (a *accounts) challenge(ctx context.Context, p office.SimulatedPoint) {
	if !a.serving.Load() || !a.sandbox.Can(p.Provider, "verify") {
		return
	}
	if _, err := a.sandbox.Say(ctx, simulator.In{Account: p.Account, Kind: "verify"}); err != nil {
		a.log.Warn("a simulated network did not verify the webhook", "entry_point", p.ID, "error", err)
	}
}

// account is what an entry point knows of its account, as the simulator wants it:
// our end under its own name as well, and the one form a network has for a word of ours.
func (a *accounts) account(p office.SimulatedPoint) simulator.Account {
	out := map[string]string{"address": string(p.Address)}
	if network := a.channels[p.Provider]; network != nil {
		out[network.Spec().Address.Name] = string(p.Address)
	}
	maps.Copy(out, p.Settings)
	maps.Copy(out, p.Secrets)
	if key := p.Secrets["webhook_key"]; key != "" {
		out["webhook_header"] = "Authorization: Bearer " + key
	}
	if p.Settings["host"] != "" {
		out["listen"] = "127.0.0.1:" + p.Settings["port"]
	}
	return simulator.Account{ID: p.Account, Network: p.Provider, Settings: out, Webhook: a.public() + "/in/" + p.Provider + "/" + string(p.ID)}
}

// told is what an account knows from now on. Credentials are the network's to give:
// it keeps the first ones, and refuses others as a real one does. What is ours to
// choose, its owner brings there.
func told(network channel.Channel, was, now map[string]string) map[string]string {
	out := maps.Clone(now)
	if network == nil {
		return out
	}
	for _, f := range network.Spec().Fields {
		if f.Secret && !f.Ours {
			out[f.Name] = cmp.Or(was[f.Name], now[f.Name])
		}
	}
	for name := range was {
		if _, still := now[name]; !still {
			out[name] = ""
		}
	}
	return out
}
