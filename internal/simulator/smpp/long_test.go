package smpp

import (
	"slices"
	"strings"
	"testing"
)

func TestLongMessagesBothWaysInEveryCarriage(t *testing.T) {
	texts := []string{"short", strings.Repeat("GSM {braces} ", 30), strings.Repeat("caf\u00e9 \u2013 na\u00efve \U0001F44D ", 40), "@\x0c", strings.Repeat("\U0001F44D", 100)}
	for _, how := range []Carriage{UDH8, UDH16, SAR, Payload} {
		for _, careless := range []bool{false, true} {
			for i, text := range texts {
				octets, coding := encode(text, false)
				parts := pack(short{from: "1", to: "2", coding: coding}, octets, Manner{Carriage: how, Careless: careless}, 7)
				slices.Reverse(parts) // any order will do
				var j joiner
				for n, s := range parts {
					s, status := parseShort(s.bytes())
					p, second := parsePart(s)
					if status != OK || second != OK || p.total != len(parts) || (p.how != Payload && len(p.octets) > p.room(coding)) {
						t.Fatalf("%s text %d: %v %v %+v", how, i, status, second, p)
					}
					whole, complete := j.add(pile{ref: p.ref, total: p.total}, p)
					if complete != (n == len(parts)-1) {
						t.Fatalf("%s text %d: complete after part %d of %d", how, i, n+1, len(parts))
					}
					if got, _ := decode(coding, whole); complete && got != text {
						t.Errorf("%s text %d: %q", how, i, got)
					}
				}
				if len(j.piles) != 0 || len(j.order) != 0 {
					t.Errorf("%s text %d: pieces are left", how, i)
				}
			}
		}
	}
}

func TestPiecesThatNeverBecomeWholeAreForgotten(t *testing.T) {
	var j joiner
	for ref := range 3 * unfinishedMost {
		j.add(pile{ref: ref, total: 2}, part{total: 2, number: 1})
	}
	if len(j.piles) != unfinishedMost || len(j.order) != unfinishedMost {
		t.Errorf("%d piles, %d in order", len(j.piles), len(j.order))
	}
}
