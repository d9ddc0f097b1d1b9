package store_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestOpen(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		for range 2 { // the second time there is nothing to migrate
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

var _ = context.Background
var _ = sql.ErrNoRows
var _ = filepath.Join
var _ = strings.Contains
