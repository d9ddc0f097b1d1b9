package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"parley/internal/search"
)

// grown asks a table of texts for parts, on PostgreSQL. Its index collects all that
// fit before it shows the first, so it is asked for the newest rows alone, in a
// window that holds enough: a search reads some hundred rows however many there
// are. SQLite's index goes by age itself.
type grown struct {
	table, shown string // shown is the column that is asked for
	like         string // how a part is asked for, so that the index answers
	terms        search.Terms
	limit        int
}

// like asks for a part of a text. To pg_trgm a word begins after each of @.-_+
// too: "com" would be begun in every address. As letters they join what they stand
// between.
const (
	like        = "t.body LIKE {way}"
	likeAddress = like + " AND translate(t.body, '@.-_+', 'qqqqq') LIKE translate({way}, '@.-_+', 'qqqqq')"
)

// windows is the part of an index that says in which windows a text is: one of
// each age, told apart by their last six bits.
var windows = func() string {
	var all []string
	for _, age := range search.Ages {
		all = append(all, fmt.Sprintf("(t.n >> %d) * 64 + %[1]d", age))
	}
	return "ARRAY[" + strings.Join(all, ", ") + "]"
}()

// newest returns the newest rows that fit, at most as many as the limit.
func newest[T any](ctx context.Context, v View, g grown) ([]T, error) {
	found, last, err := freshOf[T](ctx, v, g)
	for age := search.FreshAge; err == nil && len(found) < g.limit && age > 0; {
		age = search.Older(age, len(found), g.limit, last)
		where, args := v.likes(g.terms, g.like)
		if age > 0 {
			window := (last>>age)*64 + int64(age)
			where += fmt.Sprintf("\n\t\t\tAND %s && ARRAY[%d, %d]::BIGINT[]", windows, window, window-64)
		}
		found, err = list(ctx, v, scalar[T], `
		SELECT t.`+g.shown+`
		FROM `+g.table+` t
		WHERE TRUE`+where+`
		ORDER BY t.n + 0 DESC`+atMost(g.limit), args...)
	}
	return found, err
}

// freshOf reads the newest texts themselves, for what many hold is there, and says
// which number is the last.
func freshOf[T any](ctx context.Context, v View, g grown) (found []T, last int64, err error) {
	where, args := v.likes(g.terms, like)
	err = v.each(ctx, func(rows *sql.Rows) error {
		var fits sql.Null[T]
		err := rows.Scan(&last, &fits)
		if fits.Valid {
			found = append(found, fits.V)
		}
		return err
	}, `
		SELECT e.n, f.shown
		FROM (SELECT COALESCE(MAX(n), 0) AS n FROM `+g.table+`) e
		LEFT JOIN (
			SELECT t.n, t.`+g.shown+` AS shown
			FROM (SELECT * FROM `+g.table+` ORDER BY n DESC`+atMost(1<<search.FreshAge)+`) t
			WHERE TRUE`+where+`
			ORDER BY t.n DESC`+atMost(g.limit)+`) f ON TRUE
		ORDER BY f.n DESC`, args...)
	return found, last, err
}
