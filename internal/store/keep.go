package store

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// keptMax is how many statements a connection keeps prepared. The texts of this
// room are fewer; a list's text depends on its filters and may go without.
const keptMax = 256

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
	busy bool
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
	return s.(driver.StmtExecContext).ExecContext(ctx, args)
}

// QueryContext runs a statement that returns rows.
func (k *keeper) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, release, err := k.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		release()
		return nil, err
	}
	return &keptRows{Rows: rows, release: release}, nil
}

// take returns the statement of a text, and what to call when it is done with.
// One that is still being read from is prepared a second time, for this once.
func (k *keeper) take(ctx context.Context, query string) (driver.Stmt, func(), error) {
	s := k.kept[query]
	if s != nil && !s.busy {
		s.busy = true
		return s.Stmt, func() { s.busy = false }, nil
	}
	prepared, err := k.PrepareContext(ctx, query)
	if err != nil {
		return nil, nil, err
	}
	if s != nil || len(k.kept) >= keptMax {
		return prepared, func() { _ = prepared.Close() }, nil // what went wrong was told by the statement itself
	}
	s = &kept{Stmt: prepared, busy: true}
	k.kept[query] = s
	return prepared, func() { s.busy = false }, nil
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
