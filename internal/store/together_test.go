package store_test

import (
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestTogether: a statement that fails among several is named, none of them is
// saved, and the next batch is.
func TestTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		claim, err := s.Watch(ctx)
		if err == nil {
			err = s.Lead(ctx, claim, "amy", storetest.Day)
		}
		if err != nil {
			t.Fatal(err)
		}
		skill := func(r *store.Rows, id string) {
			r.Exec(`
		INSERT INTO skills (id, name, rev)
		VALUES ($1, $1, 1)`, id)
		}
		save := func(list func(r *store.Rows)) error {
			tx, err := s.Begin(ctx)
			if err != nil {
				return err
			}
			defer func() { _ = tx.Rollback() }() // after Commit it does nothing
			list(tx.Rows(storetest.Day))
			_, err = tx.Commit(ctx)
			return err
		}
		err = save(func(r *store.Rows) {
			skill(r, "skl_french")
			r.Exec(`
		UPDATE skills
		SET rev = 1 / (rev - rev)
		WHERE id = $1`, "skl_french")
			skill(r, "skl_german")
		})
		if err == nil || !strings.Contains(err.Error(), "UPDATE skills") {
			t.Errorf("a statement that fails: %v", err)
		}
		if err := save(func(r *store.Rows) { skill(r, "skl_french"); skill(r, "skl_dutch") }); err != nil {
			t.Error(err)
		}
		if kept, err := s.View().Skills(ctx); err != nil || len(kept) != 2 {
			t.Errorf("%d of 2 skills were kept, %v", len(kept), err)
		}
	})
}
