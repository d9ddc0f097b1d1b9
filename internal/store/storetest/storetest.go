// Package storetest opens empty databases for tests: each test runs on SQLite
// and on PostgreSQL.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that drops schemas

	"parley/internal/store"
)

// Each runs a test on an empty database of each kind.
func Each(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	EachDSN(t, func(t *testing.T, dsn string) { f(t, Open(t, dsn, store.Options{})) })
}

// EachDSN runs a test with the address of an empty database of each kind. With
// -short there is only SQLite.
func EachDSN(t *testing.T, f func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) {
		if testing.Short() {
			t.Skip("PostgreSQL is for the long tests")
		}
		f(t, Postgres(t))
	})
}

// Open opens a database until the test ends.
func Open(t testing.TB, dsn string, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), dsn, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // a test that cares closes it itself
	return s
}

// SQLite returns the path of a database that is not there yet.
func SQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "center.db")
}

// server is the PostgreSQL server of this test process.
var server struct {
	once    sync.Once
	address string
	err     error
	schemas atomic.Int64
}

// StartPostgres starts a server that ends with this process; for programs that
// measure.
func StartPostgres() (address string, err error) { return startPostgres() }

// Postgres returns the address of a schema that is not there yet. The server is
// the one PARLEY_TEST_POSTGRES names, else one that ends with this process.
func Postgres(t testing.TB) string {
	t.Helper()
	server.once.Do(func() {
		server.address = os.Getenv("PARLEY_TEST_POSTGRES")
		if server.address == "" {
			server.address, server.err = startPostgres()
		}
	})
	if server.err != nil {
		t.Fatalf("start PostgreSQL: %v (or name a server in PARLEY_TEST_POSTGRES)", server.err)
	}
	schema := fmt.Sprintf("test_%d_%d", os.Getpid(), server.schemas.Add(1))
	t.Cleanup(func() { drop(t, schema) })
	address, err := url.Parse(server.address)
	if err != nil {
		t.Fatal("PARLEY_TEST_POSTGRES is not an address")
	}
	values := address.Query()
	values.Set("schema", schema)
	address.RawQuery = values.Encode()
	return address.String()
}

func drop(t testing.TB, schema string) {
	db, err := sql.Open("pgx", server.address)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = db.Close() }() // nothing was written through it
	if _, err := db.Exec(`DROP SCHEMA IF EXISTS ` + schema + ` CASCADE`); err != nil {
		t.Error(err)
	}
}
