package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Backup writes the whole center, as it is at one moment, into a new file at
// path, while others write. The file is an SQLite database whichever database
// the center is in, so a backup of one kind can be restored into the other. It
// is there only when it is complete, checked and on the disk.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("backup: %s is already there", path)
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() {
		for _, end := range []string{"", "-wal", "-shm", ".lock"} {
			_ = os.Remove(part + end) // whatever an error left behind
		}
	}()
	write := s.backupSQLite
	if s.d == postgres {
		write = s.backupPostgres
	}
	if err := write(ctx, part); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := checkBackup(ctx, part); err != nil {
		return fmt.Errorf("check the backup: %w", err)
	}
	if err := syncFile(part); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return syncFile(filepath.Dir(path))
}

// backupSQLite lets SQLite copy itself, compacted, from a connection that only
// reads.
func (s *Store) backupSQLite(ctx context.Context, part string) error {
	if err := private(part); err != nil {
		return err
	}
	db := openPool(s.dsn, "", 0)
	defer func() { _ = db.Close() }() // it has only read
	_, err := db.ExecContext(ctx, `VACUUM INTO $1`, part)
	return err
}

// backupPostgres copies every row into an SQLite database of the same schema.
func (s *Store) backupPostgres(ctx context.Context, part string) error {
	to, err := Open(ctx, part, Options{})
	if err != nil {
		return err
	}
	err = s.Snapshot(ctx, func(v View, _ int64) error { return to.take(ctx, v) })
	return errors.Join(err, to.rest(ctx), to.Close())
}

// rest leaves an SQLite file alone, without a write-ahead log beside it.
func (s *Store) rest(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// checkBackup has SQLite read all of a backup.
func checkBackup(ctx context.Context, path string) error {
	s, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	bad, err := s.Integrity(ctx)
	if err == nil && len(bad) > 0 {
		err = errors.New(strings.Join(bad, "; "))
	}
	return errors.Join(err, s.Close())
}

// Integrity returns what SQLite finds wrong with its file: pages, indexes,
// references. PostgreSQL checks what it reads by itself.
func (s *Store) Integrity(ctx context.Context) ([]string, error) {
	if s.d == postgres {
		return nil, nil
	}
	bad, err := list(ctx, s.View(), scalar[string], `PRAGMA integrity_check`)
	if err != nil {
		return nil, err
	}
	if len(bad) == 1 && bad[0] == "ok" {
		bad = nil
	}
	orphans, err := list(ctx, s.View(), func(rows *sql.Rows) (string, error) {
		var table, parent string
		var row sql.NullInt64
		var key int64
		err := rows.Scan(&table, &row, &parent, &key)
		return fmt.Sprintf("row %d of %s refers to nothing in %s", row.Int64, table, parent), err
	}, `PRAGMA foreign_key_check`)
	return append(bad, orphans...), err
}

// Restore fills an empty database from a backup, also from an older program's.
func Restore(ctx context.Context, path, dsn string) (err error) {
	dir, err := os.MkdirTemp("", "parley-restore-")
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // a copy of what is still there
	copied := filepath.Join(dir, "backup.db")
	if err := copyFile(path, copied); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	from, err := Open(ctx, copied, Options{}) // brings an older schema up to date
	if err != nil {
		return fmt.Errorf("restore %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	bad, err := from.Integrity(ctx)
	if err != nil || len(bad) > 0 {
		return errors.Join(fmt.Errorf("restore: %s is damaged: %s", path, strings.Join(bad, "; ")), err)
	}
	to, err := Open(ctx, dsn, Options{Fill: true})
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := to.take(ctx, from.View()); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

// ErrNotEmpty says that something is in a database that should be filled.
var ErrNotEmpty = errors.New("the database is not empty: restore into a new one")

// take fills an empty database with all that another one has, in one commit.
// Nobody leads it then.
func (s *Store) take(ctx context.Context, from View) error {
	t, err := s.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }() // after Commit it does nothing
	names, err := s.tables(ctx)
	if err != nil {
		return err
	}
	if _, err := t.tx.ExecContext(ctx, `DELETE FROM fields WHERE predefined`); err != nil { // a new center has them; the other one's count
		return err
	}
	for _, name := range names {
		if some, err := list(ctx, t.View(), scalar[int], `SELECT 1 FROM `+name+` LIMIT 1`); err != nil || len(some) > 0 {
			return errors.Join(ErrNotEmpty, err)
		}
		if err := t.takeTable(ctx, from, name); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
	}
	if _, err := t.tx.ExecContext(ctx, `UPDATE lease SET owner = '', expires_at = 0`); err != nil {
		return err
	}
	if err := t.tx.Commit(); err != nil {
		return err
	}
	return s.count(ctx)
}

// tables returns the names of our tables.
func (s *Store) tables(ctx context.Context) ([]string, error) {
	query := `
		SELECT name
		FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%' AND name <> 'indexed'
			AND name NOT LIKE 'customer_grams%' AND name NOT LIKE 'case_grams%' AND name NOT LIKE 'spoken_words%' -- the search's engine keeps them
		ORDER BY name`
	if s.d == postgres {
		query = `
		SELECT tablename
		FROM pg_tables
		WHERE schemaname = current_schema() AND tablename NOT LIKE 'goose%' AND tablename <> 'indexed'
		ORDER BY tablename`
	}
	return list(ctx, View{q: s.read, d: s.d}, scalar[string], query)
}

// takeTable copies the rows of a table.
func (t *Tx) takeTable(ctx context.Context, from View, name string) error {
	columns, booleans, err := t.columns(ctx, name)
	if err != nil {
		return err
	}
	rows, err := from.q.QueryContext(ctx, `SELECT `+strings.Join(columns, ", ")+` FROM `+name)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells
	head := `INSERT INTO ` + name + ` (` + strings.Join(columns, ", ") + `)`
	var some [][]any
	for rows.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i := range row {
			if n, ok := row[i].(int64); ok && booleans[i] {
				row[i] = n != 0
			}
		}
		if some = append(some, row); len(some) == chunks[0] {
			if err := t.insertMany(ctx, head, some); err != nil {
				return err
			}
			some = some[:0]
		}
	}
	return errors.Join(rows.Err(), t.insertMany(ctx, head, some))
}

// columns returns a table's columns, and which of them must be given booleans.
func (t *Tx) columns(ctx context.Context, table string) (names []string, booleans map[int]bool, err error) {
	rows, err := t.tx.QueryContext(ctx, `SELECT * FROM `+table+` LIMIT 0`) //nolint:unqueryvet // its columns are asked for
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = rows.Close() }() // it has no row
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	booleans = map[int]bool{}
	for i, c := range types {
		names = append(names, c.Name())
		booleans[i] = c.DatabaseTypeName() == "BOOL"
	}
	return names, booleans, rows.Err()
}

func copyFile(from, to string) error {
	in, err := os.Open(from) //nolint:gosec // the operator's own word
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()                                     // it has only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // in our own folder
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// syncFile makes a file, or the names in a folder, survive a power cut.
func syncFile(path string) error {
	f, err := os.Open(path) //nolint:gosec // the operator's own word
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
