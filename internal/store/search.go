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
	var args []any
	where := &strings.Builder{}
	for _, ways := range terms {
		where.WriteString("\n\t\t\tAND (")
		for i, way := range ways {
			if i > 0 {
				where.WriteString(" OR ")
			}
			args = append(args, v.pattern(way))
			where.WriteString("t.body LIKE " + numbered(len(args), 1) + ` ESCAPE '\'`)
		}
		where.WriteString(")")
	}
	if v.d == postgres {
		return list(ctx, v, scalar[parley.CustomerID], `
		SELECT t.customer_id
		FROM customer_texts t
		WHERE TRUE`+where.String()+atMost(limit), args...)
	}
	args = append(args, grams(terms))
	return list(ctx, v, scalar[parley.CustomerID], `
		SELECT t.customer_id
		FROM customer_grams g
		JOIN customer_texts t ON t.n = g.rowid
		WHERE customer_grams MATCH `+numbered(len(args), 1)+where.String()+`
		ORDER BY g.rowid DESC`+atMost(limit), args...)
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

// SpokenWith returns interactions that have ended and in which all of the words
// were said, the last one perhaps only begun; the newest first, of one agent
// unless agent is "".
func (v View) SpokenWith(ctx context.Context, words []string, agent parley.AgentID, limit int) ([]parley.InteractionID, error) {
	if len(words) == 0 {
		return []parley.InteractionID{}, nil
	}
	quote, also, begun := `"`, " AND ", " *"
	if v.d == postgres {
		quote, also, begun = "'", " & ", ":*"
	}
	var parts []string
	if agent != "" {
		parts = append(parts, quote+agentWord(agent)+quote)
	}
	for i, w := range words {
		part := quote + strings.Map(wordly, w) + quote
		if i == len(words)-1 && len([]rune(w)) >= 3 {
			part += begun
		}
		parts = append(parts, part)
	}
	query := `
		SELECT t.interaction_id
		FROM spoken_words w
		JOIN spoken_texts t ON t.n = w.rowid
		WHERE spoken_words MATCH $1
		ORDER BY w.rowid DESC`
	if v.d == postgres {
		query = `
		WITH hits AS MATERIALIZED ( -- by the words, always: read by its age, each text would be cut up anew
			SELECT n, interaction_id
			FROM spoken_texts
			WHERE to_tsvector('pg_catalog.simple', body) @@ to_tsquery('pg_catalog.simple', $1))
		SELECT interaction_id
		FROM hits
		ORDER BY n DESC`
	}
	return list(ctx, v, scalar[parley.InteractionID], query+atMost(limit), strings.Join(parts, also))
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
