package center

import (
	"fmt"
	"strings"
	"testing"

	"parley"
)

// TestVariables is WEB-04, WEB-05, A-002: what a site says of its visitor reaches
// the agent as it was said; what is too much, too long or oddly named does not.
func TestVariables(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.works(amy)
		many := parley.Variables{}
		for n := range parley.VariablesMax + 1 {
			many[fmt.Sprintf("v%02d", n)] = "1"
		}
		if got := variables(many); len(got) != parley.VariablesMax || got["v20"] != "" || got["v19"] != "1" {
			t.Errorf("A-002: of too many these count: %+v", got)
		}
		v := x.visits("ent_support", parley.Visitor{Name: "Bea", Variables: parley.Variables{
			"plan": "gold\nring", "none": " ", "<script>": "1", "bytes": "\xff", "long": strings.Repeat("x", parley.VariableMax+1), "card": "4111 1111 1111 1111",
		}})
		x.must(x.AcceptOffer(t.Context(), amy, x.ringing(v)))
		x.news(0)
		got := x.shown(amy, x.latest(v).ID).Visitor.Variables
		if len(got) != 2 || got["plan"] != "gold ring" || !strings.HasSuffix(got["card"], "1111") || strings.HasPrefix(got["card"], "4111") {
			t.Errorf("WEB-05, A-118: the agent sees %+v", got)
		}
	})
}
