package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Trouble is what kind of failure an error of the database is, and with that
// what the ledger does about it.
type Trouble int

// The kinds of trouble.
const (
	Bug    Trouble = iota // a fault of ours: a broken constraint, a wrong statement
	Busy                  // the same again may succeed
	Full                  // the disk is full or read-only: until the cause is gone
	Broken                // the disk or the file cannot be trusted: the process must end
	Lost                  // the database does not answer: whether it committed is not known
	Fenced                // another process leads
)

// String names it for the log.
func (t Trouble) String() string {
	return [...]string{"bug", "busy", "full", "broken", "lost", "fenced"}[t]
}

// TroubleOf tells what kind of failure err is.
//
// Source: house.md, "When saving fails".
func TroubleOf(err error) Trouble {
	var lite *sqlite3.Error
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.Is(err, ErrFenced):
		return Fenced
	case errors.As(err, &lite):
		return sqliteTrouble(lite.Code())
	case errors.As(err, &pg):
		return postgresTrouble(pg.Code)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EROFS):
		return Full
	case errors.Is(err, syscall.EIO):
		return Broken
	case errors.As(err, &connect), errors.As(err, &network), errors.Is(err, driver.ErrBadConn),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		errors.Is(err, context.DeadlineExceeded), pgconn.Timeout(err):
		return Lost
	case strings.Contains(errorText(err), "conn closed"): // pgx has no name for it
		return Lost
	}
	return Bug
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// sqliteTrouble sorts SQLite's result codes.
//
// Source: https://sqlite.org/rescode.html.
func sqliteTrouble(code int) Trouble {
	switch code & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return Busy
	case lib.SQLITE_FULL, lib.SQLITE_READONLY:
		return Full
	case lib.SQLITE_IOERR, lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_CANTOPEN, lib.SQLITE_NOMEM,
		lib.SQLITE_PROTOCOL:
		return Broken
	}
	return Bug
}

// postgresTrouble sorts PostgreSQL's error codes.
//
// Source: https://www.postgresql.org/docs/15/errcodes-appendix.html.
func postgresTrouble(code string) Trouble {
	switch code {
	case "40001", "40P01", "55P03": // serialization, deadlock, a lock not had in time
		return Busy
	case "53100", "25006": // disk full, read-only transaction
		return Full
	case "57014": // the statement took too long
		return Lost
	}
	switch code[:min(2, len(code))] {
	case "08", "57", "58", "53", "XX": // connection, shutdown, system, resources, internal
		return Lost
	}
	return Bug
}

// Probe saves and removes something of some size, and so finds out whether the
// database can be written to again.
func (s *Store) Probe(ctx context.Context) error {
	t, err := s.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }() // after Commit it does nothing
	r := t.Rows(time.UnixMilli(0).UTC())
	r.Outbox(Outbox{ID: "out_probe", Data: strings.Repeat(" ", probeBytes)})
	r.Exec(`
		DELETE FROM outbox
		WHERE id = 'out_probe'`)
	_, err = t.Commit(ctx)
	return err
}

// probeBytes is more than one batch of ordinary commands takes.
//
// Unit: bytes.
const probeBytes = 256 << 10
