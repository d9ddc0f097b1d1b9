package store

import (
	"context"
	"strings"

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
		return newest[parley.CustomerID](ctx, v, grown{"customer_texts", "customer_id", likeAddress, terms, limit})
	}
	where, args := v.likes(terms, "t.body LIKE {way} ESCAPE '\\'")
	args = append(args, terms.Grams())
	return list(ctx, v, scalar[parley.CustomerID], `
		SELECT t.customer_id
		FROM customer_grams g
		JOIN customer_texts t ON t.n = g.rowid
		WHERE customer_grams MATCH `+numbered(len(args), 1)+where+`
		ORDER BY g.rowid DESC`+atMost(limit), args...)
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
