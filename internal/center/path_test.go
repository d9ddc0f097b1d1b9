package center

import (
	"fmt"
	"testing"

	"parley"
	"parley/internal/store"
)

// TestWhyTellsTheWay: RTE-10, SCR-02: why tells each object that was passed, and by
// which answer, in the version the contact met.
func TestWhyTellsTheWay(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.draws(asks(), "ent_support")
		x.works(amy)
		v := x.visits("ent_support", bea)
		x.answers(v, "Else")
		offer := x.ringing(v)
		later := asks()
		later.Objects[0].Options[1].Text.EN = "Something else"
		x.do("later", func(r *store.Rows) {
			r.AddScriptVersion(parley.FlowVersion{Script: "scr_asks", Version: 2, Flow: later, By: ada.Agent, At: r.Now()})
			r.SaveScript(parley.FlowScript{ID: "scr_asks", Name: "Asks more", Kind: parley.ScriptChat, Draft: later, Published: 2, Rev: 2})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "scr_asks"})
		})
		why, err := x.WhyOffered(t.Context(), sam, offer)
		x.must(err)
		if p := why.Path; p == nil || p.Name != "Asks more" || p.Version != 1 || len(p.Steps) == 0 {
			t.Fatalf("RTE-10: the way is %+v", p)
		}
		way := ""
		for _, s := range why.Path.Steps {
			way += fmt.Sprintf("%s %s %s", s.Object, s.Kind, s.Exit)
			if s.Answer != nil {
				way += " (" + s.Answer.EN + ")"
			}
			way += "; "
		}
		if want := "What menu 2 (Else); Rest forward ; "; way != want {
			t.Errorf("SCR-02: the way was %q, not %q", way, want)
		}
	})
}
