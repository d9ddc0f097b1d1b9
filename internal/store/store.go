// Package store keeps a center in SQL: SQLite or PostgreSQL, one set of
// statements. Anybody may read through a View; only the ledger writes.
//
// Begin with store.go and tx.go; then there is one file per noun.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"parley"
)

// Options say how a database is opened.
type Options struct {
	// ReadOnly opens without the right to write: no lock, no migration. A
	// backup or a verification runs so beside the server.
	ReadOnly bool
	// Fill opens a database that a backup is restored into: its references are
	// checked in one commit, however long that takes.
	Fill bool
	// NoMigrate leaves the schema as it is.
	NoMigrate bool
	// PagesMax bounds the size of an SQLite file. 0 = no bound.
	//
	// Unit: pages of 4,096 bytes.
	PagesMax int
	// Inject is asked at each "begin", "commit", "committed" (the answer is
	// lost), "resume" and "checkpoint"; an error it returns counts as the
	// database's. Only tests set it.
	Inject func(point string) error
	// Indexed is told how many records of a kind, there before they could be
	// searched, are indexed by now.
	Indexed func(kind string, records int, done bool)
}

// Store is one center's database.
type Store struct {
	d      dialect
	dsn    string
	o      Options
	write  *sql.DB // one connection; nil if read only
	read   *sql.DB
	find   *sql.DB   // reads as a search does; SQLite's is read
	lock   io.Closer // of an SQLite file
	lease  lease     // the ledger's goroutine owns it
	places places
	known  known // the ledger's goroutine owns it
	visits visits
}

// lease is what this process believes of the lease row.
type lease struct {
	owner string
	epoch int64
	head  int64
	batch int64
}

// readers is how many connections read at the same time.
const readers = 4

// finders is how many connections search at the same time, on PostgreSQL.
const finders = 2

// Open opens a center's database: the path of a file (SQLite), or a postgres://
// address with ?schema=name. It brings the schema up to date and refuses a
// database that would not keep what it is told.
func Open(ctx context.Context, dsn string, o Options) (*Store, error) {
	s := &Store{dsn: dsn, o: o, places: places{of: map[parley.InteractionID]parley.ConversationID{}}}
	s.known.forget()
	open := s.openSQLite
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		s.d, open = postgres, s.openPostgres
	}
	if err := open(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	ready := s.migrate
	if o.ReadOnly || o.NoMigrate {
		ready = s.checkVersion
	}
	err := ready(ctx)
	if err == nil {
		err = s.count(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends every connection.
func (s *Store) Close() error {
	var errs []error
	pools := []*sql.DB{s.write, s.read}
	if s.find != s.read {
		pools = append(pools, s.find)
	}
	for _, db := range pools {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}

// View reads from the pool.
func (s *Store) View() View { return View{q: s.read, d: s.d, most: s.patience()} }

// patience is how long a reader waits: a command that audits or copies, as long
// as it takes.
func (s *Store) patience() time.Duration {
	if s.d == sqlite || s.o.ReadOnly {
		return 0
	}
	return readMost
}

// Snapshot calls f with a view that does not move, and the number of the last
// log row it sees.
func (s *Store) Snapshot(ctx context.Context, f func(v View, head int64) error) error {
	ctx, cancel := View{most: s.patience()}.within(ctx)
	defer cancel()
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: s.d == postgres, Isolation: s.d.snapshot()})
	if err != nil {
		return unanswered(fmt.Errorf("begin a snapshot: %w", err))
	}
	defer func() { _ = tx.Rollback() }() // it has only read
	v := View{q: tx, d: s.d}
	head, err := v.Head(ctx)
	if err != nil {
		return err
	}
	return f(v, head)
}

// Head returns the number of the last log row, 0 if there is none.
func (v View) Head(ctx context.Context) (int64, error) {
	n, err := one(ctx, v, scalar[int64], `
		SELECT head
		FROM lease
		WHERE id = 1`)
	if errors.Is(err, parley.ErrNotFound) {
		return 0, nil
	}
	return n, err
}

// places remembers which conversation an interaction belongs to: it never
// changes, and every log row of an interaction names it.
type places struct {
	mu sync.Mutex
	of map[parley.InteractionID]parley.ConversationID
}

// placesMax bounds the memory of places; beyond it, it starts afresh.
//
// Unit: interactions.
const placesMax = 200_000

func (p *places) get(i parley.InteractionID) (parley.ConversationID, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, ok := p.of[i]
	return c, ok
}

func (p *places) put(i parley.InteractionID, c parley.ConversationID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.of) >= placesMax {
		clear(p.of)
	}
	p.of[i] = c
}

// ms returns a time as a column keeps it.
func ms(t time.Time) int64 { return parley.Millis(t) }
