package search

import "strings"

// Grams writes terms as SQLite's FTS5 reads them: of each way, three letters after
// three letters, so that all of it is covered.
func (t Terms) Grams() string {
	var all []string
	for _, ways := range t {
		var some []string
		for _, way := range ways {
			some = append(some, "("+strings.Join(threes(way), " AND ")+")")
		}
		all = append(all, "("+strings.Join(some, " OR ")+")")
	}
	return strings.Join(all, " AND ")
}

func threes(way string) (out []string) {
	runes := []rune(way)
	for i := 0; ; i += gram {
		i = min(i, len(runes)-gram)
		out = append(out, `"`+strings.ReplaceAll(string(runes[i:i+gram]), `"`, `""`)+`"`)
		if i == len(runes)-gram {
			return out
		}
	}
}

// FreshAge is how many of the newest texts are read before PostgreSQL's index is
// asked.
//
// Unit: a power of two.
const FreshAge = 9

// Ages are the windows that PostgreSQL's index keeps of the numbers of texts
// (migration 40).
//
// Unit: powers of two.
var Ages = []int{12, 14, 16, 18, 20, 22}

// Older returns the age whose last two windows hold as many as the limit, as far
// as can be told from how many a younger age holds; 0 = only all texts do. last is
// the last text's number.
func Older(age, found, limit int, last int64) int {
	for _, next := range Ages {
		if next > age && last>>next > 1 && (found+1)<<(next-age) >= limit {
			return next
		}
	}
	return 0
}

// Word returns what of a text can be a word: nothing else may stand in a question
// to an engine.
func Word(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if wordly(r) {
			return r
		}
		return -1
	}, s))
}

// Said is a question to what was said: whole words, and how one begins ("" = none
// is only begun).
type Said struct {
	Whole []string
	Begun string
}

// Asked asks for words, the last one perhaps only begun, in what one agent had, or
// all did ("").
func Asked(words []string, agent string) (s Said) {
	if agent != "" {
		s.Whole = append(s.Whole, Word(agent))
	}
	for i, w := range words {
		if w = Word(w); i == len(words)-1 && len([]rune(w)) >= gram {
			s.Begun = w
		} else {
			s.Whole = append(s.Whole, w)
		}
	}
	return s
}

// Match writes it as an engine reads it.
func (s Said) Match(quote, also, begun string, more ...string) string {
	var parts []string
	for _, w := range s.Whole {
		parts = append(parts, quote+w+quote)
	}
	if s.Begun != "" {
		parts = append(parts, quote+s.Begun+quote+begun)
	}
	return strings.Join(append(parts, more...), also)
}
