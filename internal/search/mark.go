package search

import (
	"slices"
	"strings"
)

// Piece is a stretch of a line, and whether it is what was searched.
type Piece struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit"`
}

// around is how much of a line is shown on each side of the first hit.
//
// Unit: code points.
const around = 60

// Marks cuts a line into pieces: those words that begin as one of words, and what
// is between. Not ok: none does.
func Marks(line string, words []string) (pieces []Piece, ok bool) {
	runes := []rune(strings.Join(strings.Fields(line), " "))
	first, last := -1, 0
	type span struct{ from, to int }
	var hits []span
	for i := 0; i < len(runes); {
		if !wordly(runes[i]) {
			i++
			continue
		}
		end := i
		for end < len(runes) && wordly(runes[end]) {
			end++
		}
		folded := Fold(string(runes[i:end]))
		if slices.ContainsFunc(words, func(w string) bool { return w != "" && strings.HasPrefix(folded, w) }) {
			if first < 0 {
				first = i
			}
			last = end
			hits = append(hits, span{i, end})
		}
		i = end
	}
	if first < 0 {
		return nil, false
	}
	from, to := max(0, first-around), min(len(runes), max(last, first)+around)
	to = min(to, first+4*around)
	if from > 0 {
		pieces = append(pieces, Piece{Text: "\u2026"})
	}
	add := func(a, b int, hit bool) {
		if a, b = max(a, from), min(b, to); a < b {
			pieces = append(pieces, Piece{Text: string(runes[a:b]), Hit: hit})
		}
	}
	at := from
	for _, h := range hits {
		add(at, h.from, false)
		add(h.from, h.to, true)
		at = max(at, h.to)
	}
	add(at, to, false)
	if to < len(runes) {
		pieces = append(pieces, Piece{Text: "\u2026"})
	}
	return pieces, true
}

// Hits returns how many of words a line holds.
func Hits(line string, words []string) int {
	have, n := Words(line), 0
	for _, w := range words {
		if slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			n++
		}
	}
	return n
}
