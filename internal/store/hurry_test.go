package store_test

import (
	"path/filepath"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestNoHurryToRead R-13: on PostgreSQL a command that copies or audits a center
// reads as long as it takes; who serves people does not.
func TestNoHurryToRead(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is for the long tests")
	}
	dsn := storetest.Postgres(t)
	for _, c := range []struct {
		o    store.Options
		want string
	}{{store.Options{}, "30s 1min"}, {store.Options{ReadOnly: true}, "0 0"}} {
		if got, err := storetest.Open(t, dsn, c.o).Timeouts(t.Context()); err != nil || got != c.want {
			t.Errorf("R-13: with %+v a statement and a pause may take %s, %v; want %s", c.o, got, err, c.want)
		}
	}
}

// TestNoHurryToRestore R-13: PostgreSQL checks all that a restored center refers to
// when it is committed, however long that takes.
func TestNoHurryToRestore(t *testing.T) {
	if testing.Short() {
		t.Skip("PostgreSQL is for the long tests")
	}
	from := storetest.Open(t, storetest.SQLite(t), store.Options{})
	storetest.Lead(t, from, "test")
	storetest.Save(t, from, storetest.Day, storetest.Group)
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := from.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	dsn := storetest.Postgres(t)
	to := storetest.Open(t, dsn, store.Options{})
	for pool, connections := range to.Pools() {
		for _, slow := range []string{
			`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(3); RETURN NULL; END'`,
			`CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON groups DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()`,
		} {
			if connections > 1 {
				continue // it only reads
			}
			if _, err := pool.ExecContext(t.Context(), slow); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	defer store.Hurry("2000")()
	if err := store.Restore(t.Context(), path, dsn); err != nil {
		t.Errorf("R-13: a center whose check takes long: %v", err)
	}
}
