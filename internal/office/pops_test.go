package office

import (
	"testing"

	"parley"
	"parley/internal/settings"
)

func TestPops(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		amy := p.hire("amy")
		_, me := p.enterAs("amy")
		yes, no := true, false
		type pops struct{ offer, accept, end bool }
		shown := func(of parley.AgentID) pops {
			v, at := settings.New(get(p.store.View().Settings(ctx))(t)), settings.At{Agent: of}
			return pops{v.Bool("pop.on_offer", at), v.Bool("pop.on_accept", at), v.Bool("pop.on_end", at)}
		}
		want := pops{accept: true}
		if err := p.SavePops(ctx, me, Pops{OnOffer: &no, OnAccept: &yes}); err != nil {
			t.Fatal(err)
		}
		if got := shown(amy); got != want {
			t.Errorf("POP-07: %+v", got)
		}
		if got := shown("agt_other"); got != (pops{offer: true}) {
			t.Errorf("POP-07: another's changed: %+v", got)
		}
		err := p.SaveSettings(ctx, p.ada, []Value{{Scope: parley.ScopeTenant, Key: "agents.may_change_screenpop", Value: false}})
		if err != nil {
			t.Fatal(err)
		}
		refused(t, "POP-07", p.SavePops(ctx, me, Pops{OnEnd: &yes}), parley.ErrForbidden)
		if got := shown(amy); got != want {
			t.Errorf("POP-07: changed although refused: %+v", got)
		}
		if err := p.SaveSettings(ctx, p.ada, []Value{{Scope: parley.ScopeTenant, Key: "pop.on_end", Value: true}}); err != nil {
			t.Fatal(err)
		}
		if got := shown(amy); !got.end || got.offer {
			t.Errorf("POP-01, POP-07: what she never chose is not the center's: %+v", got)
		}
	})
}
