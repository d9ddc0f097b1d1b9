package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
)

// keptMax is how many statements a connection keeps prepared. The texts of this
// room are fewer; a list's text depends on its filters and may go without.
const keptMax = 512

// sqliteConn is what the driver's connection can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keeper is a connection that keeps its statements prepared: preparing one
// costs SQLite as much as running it. A connection is used by one goroutine at
// a time, so nothing is locked.
type keeper struct {
	sqliteConn
	kept map[string]*kept
}

// kept is a prepared statement, or one that is being read from.
type kept struct {
	driver.Stmt
	order []int // which argument each of its places takes, from 1
	busy  bool
}

func newKeeper(c driver.Conn) (driver.Conn, error) {
	conn, ok := c.(sqliteConn)
	if !ok {
		return nil, fmt.Errorf("the SQLite driver's connection %T lacks a method", c)
	}
	return &keeper{sqliteConn: conn, kept: map[string]*kept{}}, nil
}

// ExecContext runs a statement that returns no rows.
func (k *keeper) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, release, err := k.take(ctx, query)
	if err != nil {
		return nil, err
	}
	defer release()
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, placed(s.order, args))
}

// QueryContext runs a statement that returns rows.
func (k *keeper) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, release, err := k.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, placed(s.order, args))
	if err != nil {
		release()
		return nil, err
	}
	return &keptRows{Rows: rows, release: release}, nil
}

// take returns the statement of a text, and what to call when it is done with.
// One that is still being read from is prepared a second time, for this once.
func (k *keeper) take(ctx context.Context, query string) (*kept, func(), error) {
	s := k.kept[query]
	if s != nil && !s.busy {
		s.busy = true
		return s, func() { s.busy = false }, nil
	}
	text, order := nameless(query)
	prepared, err := k.PrepareContext(ctx, text)
	if err != nil {
		return nil, nil, err
	}
	one := &kept{Stmt: prepared, order: order, busy: true}
	if s != nil || len(k.kept) >= keptMax {
		return one, func() { _ = prepared.Close() }, nil // what went wrong was told by the statement itself
	}
	k.kept[query] = one
	return one, func() { one.busy = false }, nil
}

// nameless returns a text whose places are "?" instead of "$1", and which
// argument each takes: SQLite looks a name up among all names, so a statement of
// many rows would spend its time on that.
func nameless(query string) (text string, order []int) {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(query); i++ {
		c := query[i]
		if c == '\'' {
			quoted = !quoted
		}
		end := i + 1
		for end < len(query) && query[end] >= '0' && query[end] <= '9' {
			end++
		}
		if quoted || c != '$' || end == i+1 {
			b.WriteByte(c)
			continue
		}
		n, _ := strconv.Atoi(query[i+1 : end]) // digits
		order = append(order, n)
		b.WriteByte('?')
		i = end - 1
	}
	return b.String(), order
}

// placed returns the arguments as the places take them.
func placed(order []int, args []driver.NamedValue) []driver.NamedValue {
	if len(order) == 0 {
		return args // its places had no names
	}
	out := make([]driver.NamedValue, 0, len(order))
	for i, n := range order {
		if n > len(args) {
			return args // too few: the driver says so
		}
		out = append(out, driver.NamedValue{Ordinal: i + 1, Value: args[n-1].Value})
	}
	return out
}

// Close lets go of the statements and closes the connection.
func (k *keeper) Close() error {
	for _, s := range k.kept {
		_ = s.Close() // the connection goes with it
	}
	return k.sqliteConn.Close()
}

// keptRows gives its statement back when it is closed.
type keptRows struct {
	driver.Rows
	release func()
}

// Close ends the reading.
func (r *keptRows) Close() error {
	if r.release == nil {
		return nil
	}
	err := r.Rows.Close()
	r.release()
	r.release = nil
	return err
}
