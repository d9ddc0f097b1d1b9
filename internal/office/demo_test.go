package office

import (
	"testing"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestSeedDemo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := emptyPlace(t, s), t.Context()
		for range 2 { // a second start adds nothing
			if err := p.SeedDemo(ctx); err != nil {
				t.Fatal(err)
			}
		}
		amy := get(s.View().CredentialNamed(ctx, "amy"))(t)
		if !amy.Demo || amy.Role != parley.RoleAgent {
			t.Errorf("amy is an agent of the demo: %+v", amy)
		}
		if n := len(get(s.View().Agents(ctx))(t)); n != 5 {
			t.Errorf("%d people", n)
		}
		queues := get(s.View().Queues(ctx))(t)
		if len(queues) != 2 || queues[1].Name != "Support" {
			t.Errorf("queues: %v", queues)
		}
		q, _ := p.queue(queues[1].ID)
		if !q.CodeRequired {
			t.Error("WRP-07: Support requires an outcome")
		}
		point := get(s.View().EntryPoint(ctx, "ent_demo"))(t)
		if !point.Script.Schedule.Open(p.clock.Now()) {
			t.Error("SCR-06: the demo shop is always open")
		}
		_, err := p.SignIn(ctx, SignIn{Login: "amy", Password: "demo", IP: "10.0.0.1"})
		refused(t, "A-082: demo accounts work on loopback only", err, parley.ErrDemoOnlyOnLoopback)
		get(p.SignIn(ctx, SignIn{Login: "amy", Password: "demo", IP: "127.0.0.1", Loopback: true}))(t)
	})
}
