package store

import (
	"database/sql"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// dialect is which database stands behind a View: all that differs between the
// two is in this file, in sqlite.go and in postgres.go.
type dialect int

const (
	sqlite dialect = iota
	postgres
)

//go:embed migrations
var migrations embed.FS

// String returns the folder's name.
func (d dialect) String() string {
	if d == postgres {
		return "postgres"
	}
	return "sqlite"
}

// steps returns the migrations, and what goose calls the database.
func (d dialect) steps() (fs.FS, goose.Dialect, error) {
	dir, err := fs.Sub(migrations, "migrations/"+d.String())
	if d == postgres {
		return dir, goose.DialectPostgres, err
	}
	return dir, goose.DialectSQLite3, err
}

// snapshot returns the isolation under which one transaction's reads agree.
func (d dialect) snapshot() sql.IsolationLevel {
	if d == postgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault // SQLite's readers always see one moment
}
