package simulator

import (
	"bytes"
	"strings"
	"testing"
)

func TestTheDefaultAlphabet(t *testing.T) {
	seen := map[rune]bool{}
	for b, r := range basic {
		if octets, ok := GSMBytes(string(r)); b != Escape && (!ok || !bytes.Equal(octets, []byte{byte(b)}) || seen[r]) {
			t.Errorf("septet %#x", b)
		}
		seen[r] = true
	}
	if _, ok := GSMBytes("\u00e7"); ok {
		t.Error("the small c with cedilla is in no GSM alphabet; only the big one is")
	}
	if got := GSMText([]byte{0, Escape, 0x65, Escape, 0x7F, Escape}); got != "@\u20ac " {
		t.Errorf("got %q", got)
	}
}

func TestSegmentsCountAsTheNetworksDo(t *testing.T) {
	for name, each := range map[string]struct {
		text    string
		parts   int
		unicode bool
	}{
		"empty":                {"", 1, false},
		"160 septets":          {strings.Repeat("a", 160), 1, false},
		"161 septets":          {strings.Repeat("a", 161), 2, false},
		"306 septets":          {strings.Repeat("a", 306), 2, false},
		"307 septets":          {strings.Repeat("a", 307), 3, false},
		"80 braces":            {strings.Repeat("{", 80), 1, false},
		"153 braces":           {strings.Repeat("{", 153), 3, false}, // 76 fit in a part: no escape is parted
		"70 units":             {strings.Repeat("\u00e7", 70), 1, true},
		"71 units":             {strings.Repeat("\u00e7", 71), 2, true},
		"35 emoji":             {strings.Repeat("\U0001F44D", 35), 1, true},
		"67 emoji are 3 parts": {strings.Repeat("\U0001F44D", 67), 3, true},
	} {
		parts, unicode := Segments(each.text)
		if len(parts) != each.parts || unicode != each.unicode || strings.Join(parts, "") != each.text {
			t.Errorf("%s: %d parts, unicode %v", name, len(parts), unicode)
		}
	}
}
