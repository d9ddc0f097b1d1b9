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
		shown := func(of parley.AgentID) Pops {
			v, at := settings.New(get(p.store.View().Settings(ctx))(t)), settings.At{Agent: of}
			return Pops{v.Bool("pop.on_offer", at), v.Bool("pop.on_accept", at), v.Bool("pop.on_end", at)}
		}
		want := Pops{OnAccept: true}
		if err := p.SavePops(ctx, me, want); err != nil {
			t.Fatal(err)
		}
		if got := shown(amy); got != want {
			t.Errorf("POP-07: %+v", got)
		}
		if got := shown("agt_other"); got != (Pops{OnOffer: true}) {
			t.Errorf("POP-07: another's changed: %+v", got)
		}
		err := p.SaveSettings(ctx, p.ada, []Value{{Scope: parley.ScopeTenant, Key: "agents.may_change_screenpop", Value: false}})
		if err != nil {
			t.Fatal(err)
		}
		refused(t, "POP-07", p.SavePops(ctx, me, Pops{OnEnd: true}), parley.ErrForbidden)
		if got := shown(amy); got != want {
			t.Errorf("POP-07: changed although refused: %+v", got)
		}
	})
}
