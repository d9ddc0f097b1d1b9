package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestBackup backs a center up while messages come in, and restores it into an
// empty database of either kind: it is a whole center of one moment.
func TestBackup(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := open(t, s)
		x.available("agt_amy")
		x.arrive("int_1", "con_1")
		var enough atomic.Bool
		sent, ended := make(chan struct{}, 1), make(chan int)
		go func() {
			n := 0
			for ; !enough.Load(); n++ {
				if err := x.Do(context.Background(), message("con_1", fmt.Sprint("client ", n))); err != nil {
					t.Error(err)
					break
				}
				select {
				case sent <- struct{}{}:
				default:
				}
			}
			ended <- n
		}()
		<-sent
		path := filepath.Join(t.TempDir(), "backup.db")
		if err := s.Backup(t.Context(), path); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read it: %v, %v", info.Mode(), err)
		}
		enough.Store(true)
		n := <-ended
		if err := s.Backup(t.Context(), path); err == nil {
			t.Error("a second backup takes the place of the first")
		}
		storetest.EachDSN(t, func(t *testing.T, dsn string) { restored(t, path, dsn, n) })
	})
}

// restored restores a backup that was made while n messages came in.
func restored(t *testing.T, path, dsn string, n int) {
	t.Helper()
	if err := store.Restore(t.Context(), path, dsn); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), path, dsn); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("into one that is not empty: %v", err)
	}
	y := newTown(t, storetest.Open(t, dsn, store.Options{}))
	c, err := y.s.View().Conversation(t.Context(), "con_1")
	if err != nil || c.LastSeq < 1 || int(c.LastSeq) > n {
		t.Errorf("%d of %d messages, %v", c.LastSeq, n, err)
	}
	for i, e := range y.log() {
		if e.N != int64(i+1) {
			t.Fatalf("log row %d has number %d", i+1, e.N)
		}
	}
	y.run()
	y.route(routing.CustomerLeave{Interaction: "int_1"}) // and it works
	y.asOnDisk()
}

// TestDamaged refuses a backup that is not one, or not what it was.
func TestDamaged(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{})
	x := open(t, s)
	for i := range 200 {
		x.must(Plan{Rows: func(r *store.Rows, _ []routing.Event) {
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: fmt.Sprint("subject ", i)})
		}})
	}
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte("subject 100"))
	clear(content[at-at%4096 : at-at%4096+100]) // the head of a page
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), path, storetest.SQLite(t)); err == nil {
		t.Error("a damaged backup is restored")
	}
	err = store.Restore(t.Context(), filepath.Join(t.TempDir(), "none.db"), storetest.SQLite(t))
	if err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("from nothing: %v", err)
	}
}
