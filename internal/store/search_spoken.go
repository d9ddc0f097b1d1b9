package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"parley"
	"parley/internal/search"
)

// SpokenWith returns interactions that have ended and in which all of the words
// were said, the last one perhaps only begun; the newest first, of one agent
// unless agent is "".
func (v View) SpokenWith(ctx context.Context, words []string, agent parley.AgentID, limit int) ([]parley.InteractionID, error) {
	if len(words) == 0 {
		return []parley.InteractionID{}, nil
	}
	s := spoken{search.Asked(words, string(agent)), limit}
	found, err := s.newest(ctx, v)
	switch {
	case err != nil || len(found) == limit:
		return found, err
	case v.d == postgres:
		return s.onPostgres(ctx, v)
	}
	return s.onSQLite(ctx, v)
}

// spoken is a question to what was said.
type spoken struct {
	search.Said
	limit int
}

// freshTalks is how many of the newest texts are read before an index is asked:
// what most texts hold is there, and an index would first collect all that hold it.
const freshTalks = 500

// onSQLite asks for whole words, which its index finds one by one, the newest
// first; all that begin so it has to bring together.
func (s spoken) onSQLite(ctx context.Context, v View) ([]parley.InteractionID, error) {
	ask := func(begun string) ([]parley.InteractionID, error) {
		return list(ctx, v, scalar[parley.InteractionID], `
		SELECT t.interaction_id
		FROM spoken_words w
		JOIN spoken_texts t ON t.n = w.rowid
		WHERE spoken_words MATCH $1
		ORDER BY w.rowid DESC`+atMost(s.limit), s.Match(`"`, " AND ", begun))
	}
	found, err := ask("")
	if err != nil || s.Begun == "" || len(found) == s.limit {
		return found, err
	}
	return ask(" *")
}

// ages are the windows that PostgreSQL's index keeps of the numbers of what was
// said, as powers of two: each text is in one of each size. What is found less
// than once in a hundred texts is hardly more often than the list is long in the
// first of them that holds enough, so a search reads a few hundred rows however
// many there are. SQLite's index goes by age itself.
var ages = []int{14, 18, 22}

// onPostgres looks in windows that grow.
func (s spoken) onPostgres(ctx context.Context, v View) ([]parley.InteractionID, error) {
	ends, err := one(ctx, v, func(rows *sql.Rows) (x [2]int64, err error) {
		err = rows.Scan(&x[0], &x[1])
		return x, err
	}, `
		SELECT COALESCE(MIN(n), 0), COALESCE(MAX(n), 0)
		FROM spoken_texts`)
	if err != nil {
		return nil, err
	}
	for _, age := range ages {
		last := ends[1] >> age
		if (last-1)<<age <= ends[0] {
			break // it holds all there are
		}
		found, err := s.indexed(ctx, v, "("+ageWord(age, last)+" | "+ageWord(age, last-1)+")")
		if err != nil || len(found) == s.limit {
			return found, err
		}
	}
	return s.indexed(ctx, v)
}

// ageWord is a window as a word of a text, as the index of migration 23 has it.
func ageWord(age int, window int64) string {
	return "'parleyage" + strconv.Itoa(age) + "x" + strconv.FormatInt(window, 10) + "'"
}

// newest reads the newest texts themselves.
func (s spoken) newest(ctx context.Context, v View) ([]parley.InteractionID, error) {
	var args []any
	where := &strings.Builder{}
	also := func(pattern string) {
		args = append(args, pattern)
		where.WriteString("\n\t\t\tAND ' ' || t.body || ' ' LIKE " + numbered(len(args), 1))
	}
	for _, w := range s.Whole {
		also("% " + w + " %")
	}
	if s.Begun != "" {
		also("% " + s.Begun + "%")
	}
	return list(ctx, v, scalar[parley.InteractionID], `
		SELECT t.interaction_id
		FROM (
			SELECT n, interaction_id, body
			FROM spoken_texts
			ORDER BY n DESC`+atMost(freshTalks)+`) t
		WHERE TRUE`+where.String()+`
		ORDER BY t.n DESC`+atMost(s.limit), args...)
}

// indexed asks the index, always: read by its age, each text would be cut up anew.
func (s spoken) indexed(ctx context.Context, v View, windows ...string) ([]parley.InteractionID, error) {
	return list(ctx, v, scalar[parley.InteractionID], `
		WITH hits AS MATERIALIZED (
			SELECT n, interaction_id
			FROM spoken_texts
			WHERE to_tsvector('pg_catalog.simple', body || ' parleyage14x' || (n >> 14)::TEXT || ' parleyage18x' || (n >> 18)::TEXT || ' parleyage22x' || (n >> 22)::TEXT)
				@@ to_tsquery('pg_catalog.simple', $1))
		SELECT interaction_id
		FROM hits
		ORDER BY n DESC`+atMost(s.limit), s.Match("'", " & ", ":*", windows...))
}
