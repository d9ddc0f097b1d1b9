package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	sqlite3 "modernc.org/sqlite"
)

// pragmas are what every connection must have: what was acknowledged is on the
// disk, and what the schema forbids is refused. They are set when a connection
// opens, and then read back: SQLite ignores what it does not know.
//
// Source: R-12.
var pragmas = []struct{ name, set, want string }{
	{"busy_timeout", "5000", "5000"}, // first, so that the others wait
	{"journal_mode", "wal", "wal"},
	{"synchronous", "full", "2"},
	{"foreign_keys", "1", "1"},
	{"secure_delete", "1", "1"},
}

// oldest is the first SQLite without the fault that could lose a page of the
// log when two connections checkpoint.
//
// Source: https://sqlite.org/wal.html, section 11.
var oldest = [3]int{3, 51, 3}

// openSQLite opens the one connection that writes, and the pool that reads.
func (s *Store) openSQLite(ctx context.Context) error {
	if !s.o.ReadOnly {
		lock, err := lockFile(sqlitePath(s.dsn) + ".lock")
		if err != nil {
			return err
		}
		s.lock = lock
		if err := private(sqlitePath(s.dsn)); err != nil {
			return err
		}
		s.write = openPool(s.dsn, "_txlock=immediate&_pragma=wal_autocheckpoint(8000)&_pragma=temp_store(2)&_pragma=cache_size(-16000)", s.o.PagesMax)
		s.write.SetMaxOpenConns(1)
		if err := s.write.PingContext(ctx); err != nil {
			return fmt.Errorf("open %s: %w", s.dsn, err)
		}
	}
	s.read = openPool(s.dsn, "_pragma=query_only(1)", 0)
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	s.find = s.read
	if err := s.read.PingContext(ctx); err != nil {
		return fmt.Errorf("open %s: %w", s.dsn, err)
	}
	return nil
}

// private makes a file that only this user can read, if it is not there yet.
// SQLite gives the files beside it the same rights.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o600) //nolint:gosec // the operator's own word
	if err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	return f.Close()
}

// openPool opens a pool whose every connection is checked.
func openPool(dsn, option string, pagesMax int) *sql.DB {
	values := url.Values{}
	for _, p := range pragmas {
		values.Add("_pragma", p.name+"("+p.set+")")
	}
	if pagesMax > 0 {
		values.Add("_pragma", "max_page_count("+strconv.Itoa(pagesMax)+")")
	}
	return sql.OpenDB(newConnector(sqliteURI(dsn) + values.Encode() + "&" + option))
}

// sqliteURI returns a file's path, or a file: address, ready for more options.
func sqliteURI(dsn string) string {
	if !strings.HasPrefix(dsn, "file:") {
		dsn = "file:" + (&url.URL{Path: dsn}).EscapedPath()
	}
	if strings.Contains(dsn, "?") {
		return dsn + "&"
	}
	return dsn + "?"
}

// sqlitePath returns the file of a path or of a file: address.
func sqlitePath(dsn string) string {
	if !strings.HasPrefix(dsn, "file:") {
		return dsn
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(dsn, "file:"), "?")
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	return strings.TrimPrefix(path, "//")
}

// connector opens connections and refuses those that are not as they must be.
type connector struct {
	driver *sqlite3.Driver
	dsn    string
}

func newConnector(dsn string) connector {
	d := &sqlite3.Driver{}
	d.RegisterConnectionHook(func(c sqlite3.ExecQuerierContext, _ string) error {
		return checkConnection(context.Background(), c)
	})
	return connector{driver: d, dsn: dsn}
}

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	return newKeeper(conn)
}

// Driver returns the driver.
func (c connector) Driver() driver.Driver { return c.driver }

// checkConnection reads the version and every pragma back.
func checkConnection(ctx context.Context, c sqlite3.ExecQuerierContext) error {
	version, err := ask(ctx, c, "SELECT sqlite_version()")
	if err != nil {
		return err
	}
	if before(version, oldest) {
		return fmt.Errorf("SQLite %s can lose data: %d.%d.%d or newer is needed", version, oldest[0], oldest[1], oldest[2])
	}
	for _, p := range pragmas {
		got, err := ask(ctx, c, "PRAGMA "+p.name)
		if err != nil {
			return err
		}
		if !enough(p.name, got, p.want) {
			return fmt.Errorf("SQLite pragma %s is %s, not %s: acknowledged data would not be safe", p.name, got, p.want)
		}
	}
	return nil
}

// enough reports whether a pragma's value is what it must be; a longer wait
// than the least is fine.
func enough(name, got, want string) bool {
	if name != "busy_timeout" {
		return got == want
	}
	n, err := strconv.Atoi(got)
	least, _ := strconv.Atoi(want)
	return err == nil && n >= least
}

// before reports whether a version is older than another.
func before(version string, than [3]int) bool {
	for i, part := range strings.SplitN(version, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil || n != than[i] {
			return err != nil || n < than[i]
		}
	}
	return false
}

// ask returns the one value of a query, on a connection that no pool knows yet.
func ask(ctx context.Context, c sqlite3.ExecQuerierContext, query string) (value string, err error) {
	rows, err := c.QueryContext(ctx, query, nil)
	if err != nil {
		return "", fmt.Errorf("%s: %w", query, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	out := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(out); err != nil {
		return "", fmt.Errorf("%s: %w", query, err)
	}
	return fmt.Sprint(out[0]), nil
}

// Checkpoint moves what the write-ahead log holds into the file, as far as
// readers let it, from a reader's connection. On PostgreSQL the server does so.
// begun is told while it is under way.
func (s *Store) Checkpoint(ctx context.Context, begun func()) error {
	if s.d != sqlite {
		return nil
	}
	if err := s.inject("checkpoint"); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := s.read.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
		ended <- err
	}()
	begun()
	if err := <-ended; err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}
