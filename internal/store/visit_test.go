package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// opens checks what a token opens, and until when; "" is nothing.
func opens(t *testing.T, s *store.Store, hash string, want parley.ConversationID, until time.Time) {
	t.Helper()
	v, err := s.Visit(t.Context(), hash)
	if want == "" {
		if !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("A-042: %s opens %+v, %v", hash, v, err)
		}
		return
	}
	if err != nil || v.Conversation != want || !v.Until.Equal(until) {
		t.Errorf("A-042: %s opens %+v, %v, want %s until %s", hash, v, err, want, until)
	}
}

// TestVisitsAreRemembered: A-042: a token is read once, and what a batch changes of
// it counts at once.
func TestVisitsAreRemembered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		begun(t, s)
		soon, later := storetest.Day.Add(time.Hour), storetest.Day.Add(2*time.Hour)
		save := func(list func(r *store.Rows)) { storetest.Save(t, s, storetest.Day, list) }
		save(func(r *store.Rows) { r.SaveVisit(talk, "first", later) })
		opens(t, s, "first", talk, later)
		for db, connections := range s.Pools() { // behind our back
			if connections > 1 {
				continue // it reads only
			}
			if _, err := db.ExecContext(t.Context(), `UPDATE conversations SET token_until = 1`); err != nil {
				t.Fatal(err)
			}
		}
		opens(t, s, "first", talk, later)
		save(func(r *store.Rows) { r.SaveVisitUntil(talk, soon) })
		opens(t, s, "first", talk, soon)
		save(func(r *store.Rows) { r.SaveVisit(talk, "second", later) })
		opens(t, s, "first", "", soon)
		opens(t, s, "second", talk, later)
		save(func(r *store.Rows) { r.LinkCustomer(talk, "cus_bea") })
		save(func(r *store.Rows) { r.Erase("cus_bea") })
		opens(t, s, "second", "", later)
	})
}

// TestVisitOfALostBatch: A-042: what a batch that was not saved did is forgotten.
func TestVisitOfALostBatch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		begun(t, s)
		until := storetest.Day.Add(time.Hour)
		storetest.Save(t, s, storetest.Day, func(r *store.Rows) { r.SaveVisit(talk, "first", until) })
		opens(t, s, "first", talk, until)
		tx, err := s.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		tx.Rows(storetest.Day).SaveVisit(talk, "second", until)
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		opens(t, s, "second", "", until)
		opens(t, s, "first", talk, until)
	})
}

// TestVisitWhileItChanges: A-042: whoever looks while tokens change never finds an
// old one once the change is saved.
func TestVisitWhileItChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		begun(t, s)
		until := storetest.Day.Add(time.Hour)
		var wg sync.WaitGroup
		for i := range 100 {
			old, hash := fmt.Sprint("token", i-1), fmt.Sprint("token", i)
			for range 3 {
				wg.Go(func() { _, _ = s.Visit(t.Context(), old) }) // there or not: what it leaves behind counts
			}
			storetest.Save(t, s, storetest.Day, func(r *store.Rows) { r.SaveVisit(talk, hash, until) })
			opens(t, s, old, "", until)
			opens(t, s, hash, talk, until)
		}
		wg.Wait()
	})
}
