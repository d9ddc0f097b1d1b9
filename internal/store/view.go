package store

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"parley"
)

// querier is a pool, a transaction, or the ledger's unfinished batch.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// View reads. Its methods stand in one file per noun.
type View struct {
	q    querier
	d    dialect
	most time.Duration // for one query, 0 without limit
}

// readMost is how long somebody waits for what they asked for. A server may be
// gone without a word; a file answers.
//
// Source.
const readMost = 10 * time.Second

// within ends with the view's patience.
func (v View) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if v.most == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, v.most)
}

// unanswered marks an error that says nothing but that the database does not
// answer, so that whoever asked is told so.
func unanswered(err error) error {
	if TroubleOf(err) != Lost {
		return err
	}
	return fmt.Errorf("%w: %w", parley.ErrStorageUnavailable, err)
}

// list returns what scan makes of every row, an empty list if there is none.
func list[T any](ctx context.Context, v View, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	out := []T{}
	err := v.each(ctx, func(rows *sql.Rows) error {
		t, err := scan(rows)
		if err == nil {
			out = append(out, t)
		}
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// each shows every row to take.
func (v View) each(ctx context.Context, take func(*sql.Rows) error, query string, args ...any) error {
	if !text(args) {
		return nil
	}
	ctx, cancel := v.within(ctx)
	defer cancel()
	rows, err := v.q.QueryContext(ctx, query, v.d.planned(query, args)...)
	if err != nil {
		return unanswered(fmt.Errorf("query %s: %w", firstLine(query), err))
	}
	defer func() { _ = rows.Close() }() // rows.Err tells
	for rows.Next() {
		if err := take(rows); err != nil {
			return fmt.Errorf("scan %s: %w", firstLine(query), err)
		}
	}
	if err := rows.Err(); err != nil {
		return unanswered(fmt.Errorf("read %s: %w", firstLine(query), err))
	}
	return nil
}

// text reports whether every string asked for is one that a column can hold.
// No row has another, and PostgreSQL refuses even to look.
//
// Source: A-099.
func text(args []any) bool {
	for _, a := range args {
		v := reflect.ValueOf(a)
		if v.Kind() == reflect.String && (strings.IndexByte(v.String(), 0) >= 0 || !utf8.ValidString(v.String())) {
			return false
		}
	}
	return true
}

// one returns what scan makes of the first row. Errors: parley.ErrNotFound.
func one[T any](ctx context.Context, v View, scan func(*sql.Rows) (T, error), query string, args ...any) (T, error) {
	all, err := list(ctx, v, scan, query, args...)
	if err != nil || len(all) == 0 {
		var none T
		if err == nil {
			err = parley.ErrNotFound
		}
		return none, err
	}
	return all[0], nil
}

// scalar scans a row of one column.
func scalar[T any](rows *sql.Rows) (T, error) {
	var t T
	err := rows.Scan(&t)
	return t, err
}

// firstLine names a statement in an error, without its values.
func firstLine(query string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(query), "\n")
	return strings.TrimSpace(line)
}
