package office

import (
	"fmt"
	"maps"
	"testing"

	"parley"
)

// TestShortcuts keeps the keys that each person chose, on whatever machine they
// sign in next.
func TestShortcuts(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := t.Context()
		p.hire("amy")
		p.hire("bob")
		_, amy := p.enterAs("amy")
		_, bob := p.enterAs("bob")
		same := func(who parley.Actor, want parley.Shortcuts) {
			t.Helper()
			got := get(p.Shortcuts(ctx, who))(t)
			if got.Letters != want.Letters || !maps.Equal(got.Keys, want.Keys) {
				t.Errorf("UX-70: %+v, want %+v", got, want)
			}
		}
		usual := parley.Shortcuts{Letters: true}
		same(amy, usual)
		for _, mine := range []parley.Shortcuts{
			{Letters: false, Keys: map[string]string{"accept": "F4", "transfer": "alt+x"}},
			{Letters: true, Keys: map[string]string{"transfer": "q"}},
		} {
			if err := p.SaveShortcuts(ctx, amy, mine); err != nil {
				t.Fatal(err)
			}
			same(amy, mine)
			same(bob, usual)
		}

		refused(t, "UX-70: a program", p.SaveShortcuts(ctx, parley.Actor{Key: "key_1"}, usual), parley.ErrForbidden)
		many := map[string]string{}
		for n := range shortcutsMax + 1 {
			many[fmt.Sprint("act", n)] = fmt.Sprint("key", n)
		}
		for _, bad := range []struct {
			keys map[string]string
			want parley.FieldError
		}{
			{many, parley.FieldError{Field: "keys", Code: "too_many"}},
			{map[string]string{"accept": ""}, parley.FieldError{Field: "keys.accept", Code: "required"}},
			{map[string]string{"": "x"}, parley.FieldError{Field: "keys", Code: "required"}},
			{map[string]string{"end": "x", "accept": "x"}, parley.FieldError{Field: "keys.end", Code: "taken"}},
		} {
			faulty(t, "UX-70", p.SaveShortcuts(ctx, amy, parley.Shortcuts{Keys: bad.keys}), bad.want)
		}
		same(amy, parley.Shortcuts{Letters: true, Keys: map[string]string{"transfer": "q"}})
	})
}
