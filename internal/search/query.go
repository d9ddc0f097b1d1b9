package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Query is what a typed line means.
type Query struct {
	Text   string   // folded, one blank between words
	Words  []string // each must be found
	Digits string   // of a phone, in whatever way it was typed; "" = it is none
	Number string   // of a case: digits after an optional #; "" = it is none
}

// wordsMost bounds how many words of a line count.
const wordsMost = 8

// waysMost bounds what one word may have been meant as.
const waysMost = 12

// gram is the least that a trigram engine finds.
//
// Unit: letters.
const gram = 3

// Parse reads a line.
func Parse(line string) Query {
	q := Query{Text: strings.Join(strings.Fields(Fold(line)), " ")}
	if found, only := digits(line); only {
		q.Number, q.Digits = found, local(found)
		if len(q.Digits) >= gram {
			q.Words = []string{q.Digits}
			return q
		}
	}
	if after, ok := strings.CutPrefix(q.Text, "#"); ok {
		if found, only := digits(after); only {
			q.Number = found
		}
	}
	for part := range strings.FieldsSeq(q.Text) {
		q.Words = append(q.Words, parts(part)...)
	}
	q.Words = unique(joinDigits(q.Words))
	q.Words = q.Words[:min(len(q.Words), wordsMost)]
	return q
}

// local returns a number's digits without what only says that it is dialed from
// abroad or from the same country: 00 and 0.
func local(digits string) string {
	if bare := strings.TrimLeft(digits, "0"); len(bare) >= gram {
		return bare
	}
	return digits
}

// parts are the words of what stands between two blanks; an e-mail stays whole.
func parts(s string) []string {
	if at := strings.IndexByte(s, '@'); at >= 0 {
		return []string{strings.Trim(s, ".,;:<>()[]\"'")}
	}
	return Words(s)
}

// joinDigits makes one word of digits that stand beside each other: people group
// phone numbers.
func joinDigits(words []string) []string {
	var out []string
	joined := false
	for _, w := range words {
		_, only := digits(w)
		if only && joined {
			out[len(out)-1] += w
			continue
		}
		joined, out = only, append(out, w)
	}
	return out
}

func unique(words []string) []string {
	var out []string
	for _, w := range words {
		if w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// Terms says how the words of a query shall be found in a body: each of the
// outer list, in one of the ways of the inner.
type Terms [][]string

// Whole asks for whole words.
func (q Query) Whole() Terms { return q.terms(func(w string) string { return " " + w + " " }) }

// Begun asks for words that begin so.
func (q Query) Begun() Terms { return q.terms(func(w string) string { return " " + w }) }

// Inside asks for any part of a word; for single letters only where they are words
// and nothing else is asked for. Who is found by Whole or Begun is found by it too.
func (q Query) Inside() Terms {
	parts := q.terms(func(w string) string {
		if utf8.RuneCountInString(w) < gram {
			return " " + w
		}
		return w
	})
	if len(parts) == 0 {
		return q.Whole()
	}
	return parts
}

// terms leaves out what an engine cannot find: one letter.
func (q Query) terms(as func(string) string) Terms {
	var out Terms
	for _, w := range q.Words {
		if t := as(w); utf8.RuneCountInString(t) >= gram {
			out = append(out, []string{t})
		}
	}
	return out
}

// Forgiven asks for words as they may have been meant. known are the words near
// to each of the query's own; nil if there is none, and the word then counts as
// it was typed.
func (q Query) Forgiven(known map[string][]string) Terms {
	var out Terms
	for _, w := range q.Words {
		var ways []string
		ways = append(ways, known[w][:min(len(known[w]), waysMost)]...)
		if utf8.RuneCountInString(w) >= gram {
			ways = append(ways, w)
		} else if utf8.RuneCountInString(w) == gram-1 {
			ways = append(ways, " "+w)
		}
		if len(ways) > 0 {
			out = append(out, ways)
		}
	}
	return out
}
