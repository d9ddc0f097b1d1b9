package store

import (
	"context"
	"strings"
	"unicode"

	"parley"
	"parley/internal/search"
)

// Finder reads as a search does: what it asks is found by the engines' own
// indexes, of words and of three letters, and never by reading a table through.
func (s *Store) Finder() View { return View{q: s.find, d: s.d, most: s.patience()} }

// CustomersLike returns customers in whose text each of the terms is found, in one
// of its ways, at most limit. Terms have three letters at least.
func (v View) CustomersLike(ctx context.Context, terms search.Terms, limit int) ([]parley.CustomerID, error) {
	if len(terms) == 0 {
		return []parley.CustomerID{}, nil
	}
	if v.d == postgres {
		return v.likePostgres(ctx, terms, limit)
	}
	where, args := v.likes(terms, "t.body LIKE {way} ESCAPE '\\'")
	args = append(args, grams(terms))
	return list(ctx, v, scalar[parley.CustomerID], `
		SELECT t.customer_id
		FROM customer_grams g
		JOIN customer_texts t ON t.n = g.rowid
		WHERE customer_grams MATCH `+numbered(len(args), 1)+where+`
		ORDER BY g.rowid DESC`+atMost(limit), args...)
}

// freshTexts is how many of the newest texts PostgreSQL reads before it asks its
// index, which collects all there are before it shows the first: what many have is
// found among the newest.
const freshTexts = 2000

func (v View) likePostgres(ctx context.Context, terms search.Terms, limit int) ([]parley.CustomerID, error) {
	where, args := v.likes(terms, "t.body LIKE {way}")
	newest, err := list(ctx, v, scalar[parley.CustomerID], `
		SELECT t.customer_id
		FROM (
			SELECT customer_id, body
			FROM customer_texts
			ORDER BY n DESC`+atMost(freshTexts)+`) t
		WHERE TRUE`+where+atMost(limit), args...)
	if err != nil || len(newest) == limit {
		return newest, err
	}
	// To pg_trgm a word begins after each of @.-_+ too: "com" would be begun in
	// every address. As letters they join what they stand between.
	where, args = v.likes(terms, "t.body LIKE {way} AND translate(t.body, '@.-_+', 'qqqqq') LIKE translate({way}, '@.-_+', 'qqqqq')")
	return list(ctx, v, scalar[parley.CustomerID], `
		SELECT t.customer_id
		FROM customer_texts t
		WHERE TRUE`+where+atMost(limit), args...)
}

// likes writes that each of the terms is there in one of its ways.
func (v View) likes(terms search.Terms, like string) (where string, args []any) {
	var b strings.Builder
	for _, ways := range terms {
		var either []string
		for _, way := range ways {
			args = append(args, v.pattern(way))
			either = append(either, strings.ReplaceAll(like, "{way}", numbered(len(args), 1)))
		}
		b.WriteString("\n\t\t\tAND (" + strings.Join(either, " OR ") + ")")
	}
	return b.String(), args
}

var likeless = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

func (View) pattern(way string) string { return "%" + likeless.Replace(way) + "%" }

// grams writes terms as FTS5 reads them: of each way, three letters after three
// letters, so that all of it is covered.
func grams(terms search.Terms) string {
	var all []string
	for _, ways := range terms {
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
	for i := 0; ; i += 3 {
		i = min(i, len(runes)-3)
		out = append(out, `"`+strings.ReplaceAll(string(runes[i:i+3]), `"`, `""`)+`"`)
		if i == len(runes)-3 {
			return out
		}
	}
}

// SpeltLike returns the words of customers that are one slip away from a word.
func (v View) SpeltLike(ctx context.Context, word string) ([]string, error) {
	if !search.Forgivable(word) {
		return nil, nil
	}
	variants := search.Variants(word)
	near, err := list(ctx, v, scalar[string], `
		SELECT DISTINCT word
		FROM spellings
		WHERE variant IN (`+numbered(1, len(variants))+`)
		ORDER BY word`+atMost(200), anys(variants)...)
	var out []string
	for _, n := range near {
		if n != word && search.Near(word, n) {
			out = append(out, n)
		}
	}
	return out, err
}

// wordly keeps what words are made of: nothing else may stand in a question to an
// engine.
func wordly(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return -1
}

// agentWord is an agent as a word of a transcript: whose it was.
func agentWord(id parley.AgentID) string { return strings.ToLower(strings.Map(wordly, string(id))) }
