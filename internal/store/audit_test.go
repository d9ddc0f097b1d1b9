package store_test

import (
	"context"
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// chain adds three rows to the audit log.
func chain(t *testing.T, s *store.Store) {
	t.Helper()
	storetest.Lead(t, s, "own_test")
	for _, action := range []string{"create_skill", "save_skill", "remove_skill"} {
		last, err := s.View().AuditLast(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
			r.AddAudit(last, store.Audit{At: storetest.Day, Actor: "agt_ada", Action: action, Subject: "skl_1", After: `{"name":"French"}`})
		})
	}
}

func broken(t *testing.T, s *store.Store) int64 {
	t.Helper()
	id, err := s.View().AuditBroken(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// unguard takes away what keeps the audit log from changing, as somebody with
// the database's own rights could.
func unguard(t *testing.T, s *store.Store) {
	t.Helper()
	statements := []string{`ALTER TABLE audit DISABLE TRIGGER ALL`}
	if strings.HasSuffix(t.Name(), "/sqlite") {
		statements = []string{`DROP TRIGGER audit_update`, `DROP TRIGGER audit_delete`}
	}
	storetest.Save(t, s, storetest.Day, func(r *store.Rows) {
		for _, statement := range statements {
			r.Exec(statement)
		}
	})
}

func TestAuditGrowsOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		chain(t, s)
		for _, change := range []string{`UPDATE audit SET actor = 'agt_eve' WHERE id = 2`, `DELETE FROM audit WHERE id = 2`} {
			tx, err := s.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			tx.Rows(storetest.Day).Exec(change)
			if _, err := tx.Commit(t.Context()); err == nil {
				t.Errorf("A-117: the database lets us: %s", change)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
		}
		if id := broken(t, s); id != 0 {
			t.Errorf("A-117: nothing changed, but the chain breaks at %d", id)
		}
	})
}

func TestAuditShowsTampering(t *testing.T) {
	for name, change := range map[string]string{
		"A-117: a row that was changed": `UPDATE audit SET actor = 'agt_eve' WHERE id = 2`,
		"A-117: a row that was deleted": `DELETE FROM audit WHERE id = 2`,
		"A-117: a time that was moved":  `UPDATE audit SET at = at + 1 WHERE id = 2`,
		"A-117: a hash that was forged": `UPDATE audit SET hash = '' WHERE id = 2`,
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				chain(t, s)
				unguard(t, s)
				storetest.Save(t, s, storetest.Day, func(r *store.Rows) { r.Exec(change) })
				if id := broken(t, s); id != 2 {
					t.Errorf("the chain breaks at %d", id)
				}
			})
		})
	}
}
