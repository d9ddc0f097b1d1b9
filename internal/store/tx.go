package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"parley"
)

// ErrFenced says that another process leads the center: what this one decided
// meanwhile is not saved.
var ErrFenced = errors.New("another process leads this center")

// Tx is one batch: all its rows are saved, or none.
type Tx struct {
	s       *Store
	tx      *sql.Tx
	rows    Rows
	head    int64          // of the log, with what is written so far
	written []parley.Entry // log rows written so far
	changed bool
	saved   bool // all of it is: nothing is open any more
	wake    bool
	moved   moved
}

// Begin begins a batch. Only the ledger calls it.
func (s *Store) Begin(ctx context.Context) (*Tx, error) {
	if s.write == nil {
		return nil, errors.New("begin: opened read only")
	}
	if err := s.inject("begin"); err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	s.known.bound()
	return &Tx{s: s, tx: tx, head: s.lease.head, rows: Rows{places: &s.places, known: &s.known}}, nil
}

func (s *Store) inject(point string) error {
	if s.o.Inject == nil {
		return nil
	}
	return s.o.Inject(point)
}

// View reads what is written so far, also by this batch.
func (t *Tx) View() View { return View{q: t.tx, d: t.s.d} }

// Fresh reads what is listed so far: it writes it first, not committed, if the
// question concerns a table that waits.
func (t *Tx) Fresh() View { return View{q: fresh{t}, d: t.s.d} }

// fresh writes before it reads, if it must.
type fresh struct{ t *Tx }

func (f fresh) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if f.t.rows.waits(query) {
		if err := f.t.Flush(ctx); err != nil {
			return nil, err
		}
	}
	return f.t.tx.QueryContext(ctx, query, args...)
}

// Rows is where a command of this time lists what it saves.
func (t *Tx) Rows(at time.Time) *Rows {
	t.rows.now = at
	return &t.rows
}

// Touched reports whether rows listed but not yet written concern one of ids.
func (t *Tx) Touched(ids []string) bool { return t.rows.touched(ids) }

// Flush writes what is listed, not committed.
func (t *Tx) Flush(ctx context.Context) error {
	t.rows.settle()
	r := t.rows
	t.rows = Rows{places: r.places, known: r.known, now: r.now}
	if r.empty() {
		return nil
	}
	t.changed, t.wake = true, t.wake || r.wake
	t.moved.add(r.moved)
	if err := t.write(ctx, r.ops); err != nil {
		return err
	}
	if err := t.addTexts(ctx, r.bodies); err != nil {
		return err
	}
	if err := t.addSubjects(ctx, r.filed); err != nil {
		return err
	}
	messages, err := t.messageRows(ctx, &r)
	if err != nil {
		return err
	}
	entries, err := t.entryRows(ctx, &r)
	if err != nil {
		return err
	}
	if err := t.write(ctx, append(messages, entries...)); err != nil {
		return err
	}
	return t.stretch(ctx, &r)
}

// exec writes what a statement says.
func (t *Tx) exec(ctx context.Context, x op) error {
	done, err := t.tx.ExecContext(ctx, x.query, x.args...)
	if err != nil {
		return fmt.Errorf("%s: %w", firstLine(x.query), err)
	}
	if x.otherwise == nil {
		return nil
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return t.exec(ctx, *x.otherwise)
}

// Written returns the batch's log rows that are written so far, numbered.
func (t *Tx) Written() []parley.Entry { return t.written }

// Commit writes what is listed and makes all of it last, if this process still
// leads. It returns the batch's log rows. Errors: ErrFenced.
func (t *Tx) Commit(ctx context.Context) ([]parley.Entry, error) {
	if err := t.Flush(ctx); err != nil {
		return nil, err
	}
	if !t.changed {
		t.saved = true
		return nil, t.tx.Rollback()
	}
	lease := &t.s.lease
	if err := t.fence(ctx); err != nil {
		return nil, err
	}
	if err := t.s.inject("commit"); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	if err := t.tx.Commit(); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	t.s.visits.forget(t.moved)
	if err := t.s.inject("committed"); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	lease.head = t.head
	lease.batch++
	t.saved = true
	return t.written, nil
}

// fence moves the head of the log, which only the leader can.
func (t *Tx) fence(ctx context.Context) error {
	res, err := t.tx.ExecContext(ctx, `
		UPDATE lease
		SET head = $1, batch = batch + 1
		WHERE owner = $2 AND epoch = $3`,
		t.head, t.s.lease.owner, t.s.lease.epoch)
	if err != nil {
		return fmt.Errorf("move the head: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(ErrFenced, err)
	}
	return nil
}

// Wake reports whether the batch put something into the outbox.
func (t *Tx) Wake() bool { return t.wake }

// Rollback forgets the batch; after Commit it does nothing.
func (t *Tx) Rollback() error {
	if !t.saved {
		t.s.known.forget()
		t.s.visits.forget(moved{any: true}) // it may have been saved after all
	}
	if err := t.tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

// chunks are how many rows one statement inserts: few sizes, so that few
// statements are prepared. The first is for what is filled by the thousand: SQLite's
// index of words writes a segment for each statement, and merges them.
var chunks = []int{piece, 64, 32, 16, 8, 4, 2, 1}

// insertMany inserts rows. head is "INSERT INTO t (a, b)".
func (t *Tx) insertMany(ctx context.Context, head string, rows [][]any) error {
	return t.write(ctx, inserts(head, rows))
}

// inserts returns as few statements as there are chunks.
func inserts(head string, rows [][]any) (ops []op) {
	for len(rows) > 0 {
		size := chunk(min(len(rows), argsMost/len(rows[0])))
		args := make([]any, 0, size*len(rows[0]))
		for _, row := range rows[:size] {
			args = append(args, row...)
		}
		ops = append(ops, op{query: head + placeholders(size, len(rows[0])), args: args})
		rows = rows[size:]
	}
	return ops
}

// argsMost is how many arguments a statement takes, on both databases.
//
// Source: SQLITE_MAX_VARIABLE_NUMBER.
const argsMost = 32_766

// chunk returns how many of n rows the next statement takes.
func chunk(n int) int {
	for _, size := range chunks {
		if n >= size {
			return size
		}
	}
	return n
}

// pieces goes through rows in as few chunks as there are.
func pieces[T any](rows []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for len(rows) > 0 {
			size := chunk(len(rows))
			if !yield(rows[:size]) {
				return
			}
			rows = rows[size:]
		}
	}
}

// placeholders returns "VALUES ($1, $2), ($3, $4)" for two rows of two columns.
func placeholders(rows, columns int) string {
	var b strings.Builder
	b.WriteString("\nVALUES ")
	for i := range rows * columns {
		switch {
		case i%columns != 0:
			b.WriteString(", ")
		case i > 0:
			b.WriteString("), (")
		default:
			b.WriteString("(")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	b.WriteString(")")
	return b.String()
}
