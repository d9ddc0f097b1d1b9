package store

import (
	"context"
	"database/sql"

	"parley"
	"parley/internal/search"
)

// subjectOf is a case's subject as it is searched.
func subjectOf(subject string) string { return search.Record{Name: subject}.Body() }

// indexCase lists a case whose subject may have changed.
func (r *Rows) indexCase(id parley.CaseID) {
	r.filed = append(r.filed, id)
	r.note("case_texts")
}

// addSubjects writes what cases are found by; n is their number.
func (t *Tx) addSubjects(ctx context.Context, ids []parley.CaseID) error {
	for part := range pieces(ids) {
		type filed struct {
			n       int64
			subject string
			body    sql.NullString
		}
		all, err := list(ctx, t.View(), func(rows *sql.Rows) (c filed, err error) {
			err = rows.Scan(&c.n, &c.subject, &c.body)
			return c, err
		}, `
			SELECT k.number, k.subject, t.body
			FROM cases k
			LEFT JOIN case_texts t ON t.n = k.number
			WHERE k.id IN (`+numbered(1, len(part))+`)`, anys(part)...)
		if err != nil {
			return err
		}
		var added [][]any
		for _, c := range all {
			switch body := subjectOf(c.subject); {
			case body == c.body.String:
			case !c.body.Valid:
				added = append(added, []any{c.n, body})
			case body == "":
				err = t.exec(ctx, op{query: `DELETE FROM case_texts WHERE n = $1`, args: []any{c.n}})
			default:
				err = t.exec(ctx, op{query: `UPDATE case_texts SET body = $2 WHERE n = $1`, args: []any{c.n, body}})
			}
			if err != nil {
				return err
			}
		}
		if err := t.insertMany(ctx, `
		INSERT INTO case_texts (n, body)`, added); err != nil {
			return err
		}
	}
	return nil
}

// CasesLike returns cases in whose subject each of the terms is found, in one of its
// ways, at most limit. Terms have three letters at least.
func (v View) CasesLike(ctx context.Context, terms search.Terms, limit int) ([]parley.Case, error) {
	if len(terms) == 0 {
		return []parley.Case{}, nil
	}
	numbers, err := v.casesLike(ctx, terms, limit)
	if err != nil || len(numbers) == 0 {
		return []parley.Case{}, err
	}
	return list(ctx, v, scanCase, caseColumns+`
		WHERE k.number IN (`+numbered(1, len(numbers))+`)
		ORDER BY k.number DESC`, anys(numbers)...)
}

func (v View) casesLike(ctx context.Context, terms search.Terms, limit int) ([]int64, error) {
	if v.d == sqlite {
		where, args := v.likes(terms, `t.body LIKE {way} ESCAPE '\'`)
		args = append(args, terms.Grams())
		return list(ctx, v, scalar[int64], `
		SELECT t.n
		FROM case_grams g
		JOIN case_texts t ON t.n = g.rowid
		WHERE case_grams MATCH `+numbered(len(args), 1)+where+`
		ORDER BY g.rowid DESC`+atMost(limit), args...)
	}
	return newest[int64](ctx, v, grown{"case_texts", "n", like, terms, limit})
}

// nextSubjects indexes the subjects of cases that were there before.
func nextSubjects(ctx context.Context, t *Tx, after string) (string, int, error) {
	ids, err := list(ctx, t.View(), scalar[parley.CaseID], `
		SELECT id
		FROM cases
		WHERE id > $1
		ORDER BY id`+atMost(piece), after)
	if err != nil || len(ids) == 0 {
		return after, 0, err
	}
	return string(ids[len(ids)-1]), len(ids), t.addSubjects(ctx, ids)
}
