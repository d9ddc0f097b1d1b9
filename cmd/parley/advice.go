package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"parley/internal/store"
)

// advised says in one line what to do about a database that does not answer, lets
// nobody in or is damaged; any other error stays as it is.
func advised(err error) error {
	lines := strings.Split(err.Error(), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	switch {
	case damaged(err):
		return fmt.Errorf("the file is damaged or is no database: keep it, restore a copy into an empty folder with parley restore, and serve that one (%s)", last)
	case refused(err):
		return fmt.Errorf("PostgreSQL does not let us in: check the user, the password and the name in --database, and what that user may do there (%s)", last)
	case store.TroubleOf(err) == store.Lost:
		return fmt.Errorf("the database does not answer: start it, or check --database (%s)", last)
	}
	return err
}

// damaged reports whether SQLite found its file damaged, or to be none of its own:
// only a copy helps.
//
// Source: https://sqlite.org/rescode.html.
func damaged(err error) bool {
	var lite *sqlite3.Error
	return errors.As(err, &lite) && (lite.Code()&0xff == lib.SQLITE_CORRUPT || lite.Code()&0xff == lib.SQLITE_NOTADB)
}

// refused reports whether PostgreSQL answers and does not let us in: a wrong user or
// password, a database that is not there, a right that is missing.
//
// Source: https://www.postgresql.org/docs/15/errcodes-appendix.html.
func refused(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (strings.HasPrefix(pg.Code, "28") || pg.Code == "3D000" || pg.Code == "42501")
}
