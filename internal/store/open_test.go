package store_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

var update = flag.Bool("update", false, "write the golden schemas")

// TestOpen opens a database twice: the second time there is nothing to migrate.
func TestOpen(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		for range 2 {
			s, err := store.Open(t.Context(), dsn, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if head, err := s.View().Head(t.Context()); err != nil || head != 0 {
				t.Errorf("head %d, %v; want 0", head, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestNewer refuses a database that a newer program has been at.
func TestNewer(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn, store.Options{})
		storetest.Lead(t, s, "test")
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			r.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true)
		})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for _, o := range []store.Options{{}, {NoMigrate: true}, {ReadOnly: true}} {
			_, err := store.Open(t.Context(), dsn, o)
			if err == nil || !strings.Contains(err.Error(), "start the newer program") {
				t.Errorf("with %+v it opens: %v", o, err)
			}
		}
	})
}

// TestLocked refuses a second process on one file, in a sentence; who only reads
// may.
func TestLocked(t *testing.T) {
	path := storetest.SQLite(t)
	first := storetest.Open(t, path, store.Options{})
	_, err := store.Open(t.Context(), path, store.Options{})
	if err == nil || !strings.Contains(err.Error(), "another process serves this database") {
		t.Errorf("the second opens with %v", err)
	}
	reader := storetest.Open(t, path, store.Options{ReadOnly: true})
	if _, err := reader.View().Head(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := reader.Begin(t.Context()); err == nil {
		t.Error("a reader begins to write")
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.Open(t, path, store.Options{})
}

// TestPragmas asks every connection of both pools for what it was told (R-12, M1).
// An operator's address that says otherwise is refused.
func TestPragmas(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{})
	want := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "secure_delete": "1",
	}
	for pool, connections := range s.Pools() {
		for i := range connections {
			c, err := pool.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = c.Close() }() // all are open at once, so each is a new one
			for name, value := range want {
				var got string
				if err := c.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&got); err != nil || got != value {
					t.Errorf("connection %d: %s is %s, %v; want %s", i, name, got, err, value)
				}
			}
		}
	}
	_, err := store.Open(t.Context(), "file:"+storetest.SQLite(t)+"?_pragma=busy_timeout(1)", store.Options{})
	if err == nil || !strings.Contains(err.Error(), "busy_timeout") {
		t.Errorf("with a wait of its own it opens: %v", err)
	}
}

// TestUnsafe refuses connections that would not keep what was acknowledged, and
// names the reason.
func TestUnsafe(t *testing.T) {
	path := storetest.SQLite(t)
	for pragma, value := range map[string]string{
		"synchronous": "normal", "journal_mode": "delete", "foreign_keys": "0", "busy_timeout": "4999", "secure_delete": "0",
	} {
		err := store.OpenRaw(t.Context(), path, pragma, value)
		if err == nil || !strings.Contains(err.Error(), pragma) {
			t.Errorf("with %s=%s it opens: %v", pragma, value, err)
		}
	}
	for version, old := range map[string]bool{"3.51.2": true, "3.50.9": true, "3.51.3": false, "3.54.1": false, "4.0.0": false, "": true} {
		if got := store.TooOld(version); got != old {
			t.Errorf("version %q is too old: %t, want %t", version, got, old)
		}
	}
}

// TestAsynchronous has an address ask PostgreSQL to acknowledge early: our word
// counts.
func TestAsynchronous(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t)+"&synchronous_commit=off", store.Options{})
	for pool := range s.Pools() {
		var got string
		if err := pool.QueryRowContext(t.Context(), "SHOW synchronous_commit").Scan(&got); err != nil || got != "on" {
			t.Errorf("synchronous_commit is %s, %v", got, err)
		}
	}
}

// TestOnePending says that the schema itself keeps a second pending offer, a
// second owner and a second open interaction out (M3, INV-01, INV-02).
func TestOnePending(t *testing.T) {
	offer := func(attempt int, state string) func(r *store.Rows) {
		return func(r *store.Rows) {
			r.Exec(`
				INSERT INTO offers (interaction_id, attempt, agent_id, queue_id, round, state, made_at, until, ended_at, why)
				VALUES ('int_1', $1, 'agt_amy', 'que_sales', 1, $2, 0, 0, 0, '')`, attempt, state)
		}
	}
	second := map[string]func(r *store.Rows){
		"pending offer": offer(2, "pending"),
		"owner": func(r *store.Rows) {
			r.Exec(`INSERT INTO assignments (interaction_id, agent_id, started_at, ended_at) VALUES ('int_1', 'agt_bob', 2, 0)`)
		},
		"open interaction": func(r *store.Rows) { r.Events([]routing.Event{created("int_2", 2)}) },
		"agent in a slot": func(r *store.Rows) {
			r.Exec(`INSERT INTO agent_slots (agent_id, slot, interaction_id) VALUES ('agt_amy', 1, 'int_2')`)
		},
		"interaction of a number": func(r *store.Rows) {
			e := created("int_2", 1)
			e.Conversation = "con_2"
			r.Events([]routing.Event{e})
		},
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		filled(t, s)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			r.Events([]routing.Event{created("int_1", 1)})
			offer(1, "pending")(r)
			r.Exec(`INSERT INTO assignments (interaction_id, agent_id, started_at, ended_at) VALUES ('int_1', 'agt_amy', 1, 0)`)
			r.Exec(`INSERT INTO agent_slots (agent_id, slot, interaction_id) VALUES ('agt_amy', 1, 'int_1')`)
		})
		for what, list := range second {
			if err := try(t, s, list); store.TroubleOf(err) != store.Bug || err == nil {
				t.Errorf("a second %s: %v", what, err)
			}
		}
		if err := try(t, s, offer(2, "rejected")); err != nil {
			t.Errorf("a second offer that has ended: %v", err)
		}
	})
}

// TestAppendOnly says that nothing said in the log is ever unsaid (INV-14).
func TestAppendOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		filled(t, s)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) { r.Entry(parley.Entry{Kind: parley.KindConfigChanged}) })
		for _, statement := range []string{`UPDATE entries SET at = 0`, `DELETE FROM entries`} {
			if err := try(t, s, func(r *store.Rows) { r.Exec(statement) }); err == nil {
				t.Errorf("%s is obeyed", statement)
			}
		}
	})
}

// filled is a center that has people and conversations.
func filled(t *testing.T, s *store.Store) {
	t.Helper()
	storetest.Lead(t, s, "test")
	storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
		storetest.Group(r)
		storetest.Agent(r, "agt_amy")
		storetest.Queue(r, "que_sales")
		storetest.EntryPoint(r, "que_sales")
		storetest.Conversation(r, "con_1")
		storetest.Conversation(r, "con_2")
	})
}

func created(id parley.InteractionID, number int64) routing.InteractionCreated {
	return routing.InteractionCreated{
		At: routing.At{At: storetest.Day}, Interaction: id, Number: number, Conversation: "con_1", Journey: id,
		Queue: "que_sales",
	}
}

// try commits what list lists, or says why that cannot be.
func try(t *testing.T, s *store.Store, list func(r *store.Rows)) error {
	t.Helper()
	tx, err := s.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list(tx.Rows(storetest.Day))
	_, err = tx.Commit(t.Context())
	_ = tx.Rollback() // after Commit it does nothing
	return err
}

// TestSchema compares the schemas as they stand with what people read.
func TestSchema(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn, store.Options{})
		got, err := s.Schema(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		got = regexp.MustCompile(`test_\d+_\d+\.`).ReplaceAllString(got, "")
		name := "schema." + strings.TrimPrefix(filepath.Base(t.Name()), "/") + ".sql"
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not the schema as it stands; go test ./internal/store -run TestSchema -update writes it", name)
		}
	})
}
