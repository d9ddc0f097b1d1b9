package center

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley"
)

// TestVariables is WEB-04, WEB-05, A-002: what a site says of its visitor reaches
// the agent as it was said; too much, too long or oddly named is refused.
func TestVariables(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.works(amy)
		many := parley.Variables{}
		for n := range parley.VariablesMax + 1 {
			many[fmt.Sprintf("v%d", n)] = "1"
		}
		for name, told := range map[string]parley.Variables{
			"too_many":     many,
			"too_long":     {"plan": strings.Repeat("x", parley.VariableMax+1)},
			"unknown":      {"<script>": "1"},
			"invalid_text": {"plan": "\xff"},
		} {
			_, err := x.Begin(t.Context(), Contact{EntryPoint: "ent_support", ClientID: x.client(), Visitor: parley.Visitor{Variables: told}})
			var refused *parley.Error
			if !errors.As(err, &refused) || len(refused.Fields) != 1 || refused.Fields[0] != (parley.FieldError{Field: "variables", Code: name}) {
				t.Errorf("A-002: %s is answered %v", name, err)
			}
		}
		v := x.visits("ent_support", parley.Visitor{Name: "Bea", Variables: parley.Variables{
			"plan": "gold\nring", "none": " ", "card": "4111 1111 1111 1111",
		}})
		x.must(x.AcceptOffer(t.Context(), amy, x.ringing(v)))
		x.news(0)
		got := x.shown(amy, x.latest(v).ID).Visitor.Variables
		if len(got) != 2 || got["plan"] != "gold ring" || !strings.HasSuffix(got["card"], "1111") || strings.HasPrefix(got["card"], "4111") {
			t.Errorf("WEB-05, A-118: the agent sees %+v", got)
		}
	})
}
