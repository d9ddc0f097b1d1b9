package rich

import (
	"encoding/json"
	"strings"
	"testing"

	"parley"
)

const sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func TestParse(t *testing.T) {
	for rich, want := range map[string]string{
		"":                                      `[]`,
		"Plain words.":                          `[{"kind":"text","items":[[{"text":"Plain words."}]]}]`,
		"**Bold** and *slanted*.":               `[{"kind":"text","items":[[{"text":"Bold","bold":true},{"text":" and "},{"text":"slanted","italic":true},{"text":"."}]]}]`,
		"snake_case_word, 2 * 3 * 4":            `[{"kind":"text","items":[[{"text":"snake_case_word, 2 * 3 * 4"}]]}]`,
		"- one\n- two\n\n1. first\n\n2. second": `[{"kind":"bullets","items":[[{"text":"one"}],[{"text":"two"}]]},{"kind":"numbers","items":[[{"text":"first"}],[{"text":"second"}]]}]`,
		"3. third\n4. fourth":                   `[{"kind":"text","items":[[{"text":"3. third\n4. fourth"}]]}]`,
		"1. a\n1. b\n2. c\n4. d":                `[{"kind":"numbers","items":[[{"text":"a"}]]},{"kind":"numbers","items":[[{"text":"b"}],[{"text":"c"}]]},{"kind":"text","items":[[{"text":"4. d"}]]}]`,
		"2026. A good year":                     `[{"kind":"text","items":[[{"text":"2026. A good year"}]]}]`,
		"a\nb\n\nc":                             `[{"kind":"text","items":[[{"text":"a\nb"}]]},{"kind":"text","items":[[{"text":"c"}]]}]`,
		"[us](https://parley.example/)":         `[{"kind":"text","items":[[{"text":"us","link":"https://parley.example/"}]]}]`,
		"[x](javascript:alert(1))":              `[{"kind":"text","items":[[{"text":"[x](javascript:alert(1))"}]]}]`,
		"[x](data:text/html,hi)":                `[{"kind":"text","items":[[{"text":"[x](data:text/html,hi)"}]]}]`,
		"[x](//evil.example)":                   `[{"kind":"text","items":[[{"text":"[x](//evil.example)"}]]}]`,
		"![a](/support/images/" + sum + ")":     `[{"kind":"text","items":[[{"text":"a","image":"` + sum + `"}]]}]`,
		"![a](https://evil.example/x.png)":      `[{"kind":"text","items":[[{"text":"!"},{"text":"a","link":"https://evil.example/x.png"}]]}]`,
		"<b onclick=x>":                         `[{"kind":"text","items":[[{"text":"\u003cb onclick=x\u003e"}]]}]`,
	} {
		got, err := json.Marshal(Parse(rich))
		if err != nil || plainJoin(string(got)) != plainJoin(want) {
			t.Errorf("FAQ-04, A-005, A-008: %q is\n%s, want\n%s", rich, got, want)
		}
	}
}

// plainJoin makes neighbors of plain text one, as they are shown.
func plainJoin(s string) string { return strings.ReplaceAll(s, `"},{"text":"\n"},{"text":"`, `\n`) }

func TestPlain(t *testing.T) {
	for rich, want := range map[string]string{
		"On its **way**.\nSoon.":       "On its way.\nSoon.",
		"- one\n- *two*\n\n1) a\n2) b": "- one\n- two\n\n1. a\n2. b",
		"See [our page](https://parley.example/help), ![a box](/support/images/" + sum + ")": "See our page (https://parley.example/help),",
		"[help@parley.example](mailto:help@parley.example) or [call](tel:+15145550134)":      "help@parley.example or call (+15145550134)",
	} {
		if got := Plain(rich); strings.TrimSpace(got) != want {
			t.Errorf("FAQ-04: %q reads %q, want %q", rich, got, want)
		}
	}
}

func TestPictured(t *testing.T) {
	for text, want := range map[string]bool{
		"plain": false, "d\u00e9j\u00e0 vu": false, "5 \u2013 7": false, "gift \U0001F381": true, "\u263a\ufe0f": true, "\u20ac": false,
	} {
		if got := Pictured(text); got != want {
			t.Errorf("FAQ-05: %q: %v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("**a** *b* [c](https://d) ![e](/support/images/" + sum + ")\n- f\n1. g")
	f.Add("***_[")
	f.Fuzz(func(t *testing.T, rich string) {
		for _, b := range Parse(rich) {
			if len(b.Items) == 0 {
				t.Fatalf("an empty block of %q", rich)
			}
			for _, item := range b.Items {
				for _, s := range item {
					if s.Link != "" && !parley.SafeLink(s.Link) || s.Image != "" && len(s.Image) != 64 {
						t.Fatalf("A-005: %q becomes %+v", rich, s)
					}
				}
			}
		}
		Plain(rich)
	})
}
