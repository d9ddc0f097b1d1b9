package office

import (
	"context"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/auth"
	"parley/internal/ledger"
)

// hangUp calls do for somebody who hangs up while the writer is busy: it is done
// after they are gone.
func (p *place) hangUp(do func(ctx context.Context) error) error {
	p.t.Helper()
	ctx, gone := context.WithCancel(p.t.Context())
	defer gone()
	begun, free, answered, freed := make(chan struct{}), make(chan struct{}), make(chan error, 1), make(chan error, 1)
	var once sync.Once
	go func() {
		freed <- p.ledger.Do(p.t.Context(), ledger.Command{Name: "busy", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			once.Do(func() { close(begun) })
			<-free
			return ledger.Plan{}, nil
		}})
	}()
	<-begun
	go func() { answered <- do(ctx) }()
	for p.ledger.Depth() == 0 && len(answered) == 0 {
		time.Sleep(time.Millisecond)
	}
	gone()
	time.Sleep(20 * time.Millisecond) // whoever does not stay has gone now
	close(free)
	if err := <-freed; err != nil {
		p.t.Fatal(err)
	}
	return <-answered
}

// TestAskerGone A-044: what ends a session or changes its rights reaches it, also
// when whoever asked hangs up while it is saved.
func TestAskerGone(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		amy := p.hire("amy")
		var e ends
		p.OnEnd(e.add)
		promoted := get(p.Agent(t.Context(), p.ada, amy))(t).AgentInput
		promoted.Role = parley.RoleSupervisor
		group := get(p.Groups(t.Context(), p.ada))(t)[0]
		group.Preset = parley.PresetConsole
		for _, one := range []struct {
			name, why string
			do        func(ctx context.Context, me parley.Actor) error
		}{
			{"a new role", auth.Rescoped, func(ctx context.Context, _ parley.Actor) error {
				return p.SaveAgent(ctx, p.ada, amy, promoted)
			}},
			{"a new password", auth.Revoked, func(ctx context.Context, _ parley.Actor) error {
				return p.SetPassword(ctx, p.ada, amy, secret)
			}},
			{"ended by an administrator", auth.Revoked, func(ctx context.Context, me parley.Actor) error {
				return p.EndSession(ctx, p.ada, me.Session)
			}},
			{"signed out", auth.SignedOut, func(ctx context.Context, me parley.Actor) error { return p.SignOut(ctx, me, "") }},
			{"taken over", auth.TakenOver, func(ctx context.Context, _ parley.Actor) error {
				_, err := p.SignIn(ctx, SignIn{Login: "amy", Password: secret, TakeOver: true})
				return err
			}},
			{"a new preset of the group", auth.Rescoped, func(ctx context.Context, _ parley.Actor) error {
				return p.SaveGroup(ctx, p.ada, group.ID, group.GroupInput)
			}},
		} {
			in, me := p.enterAs("amy")
			if err := p.hangUp(func(ctx context.Context) error { return one.do(ctx, me) }); err != nil || !e.has(in.Session, one.why) {
				t.Errorf("A-044: %s: %v, told %v", one.name, err, e.list)
			}
		}
		key := get(p.CreateAPIKey(t.Context(), p.ada, "reports", []parley.Permission{parley.MayRecords}))(t).ID
		if err := p.hangUp(func(ctx context.Context) error { return p.RevokeAPIKey(ctx, p.ada, key) }); err != nil || !e.has(key, auth.Revoked) {
			t.Errorf("A-044: a revoked key: %v, told %v", err, e.list)
		}
	})
}
