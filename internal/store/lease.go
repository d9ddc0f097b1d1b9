package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"parley"
)

// ErrLed says that another process leads the center and is alive.
var ErrLed = errors.New("the center is led by another process")

// Claim is what one look at the lease row saw. A leader moves it all the time;
// one that has stopped moving may be taken over. So no two clocks are compared.
type Claim struct {
	owner     string
	epoch     int64
	expiresAt int64
	head      int64
	batch     int64
}

// Free reports whether nobody claims to lead.
func (c Claim) Free() bool { return c.expiresAt == 0 }

// Watch reads the lease row, which it makes if there is none.
func (s *Store) Watch(ctx context.Context) (Claim, error) {
	_, err := s.write.ExecContext(ctx, `
		INSERT INTO lease (id, owner, epoch, expires_at, head, batch)
		VALUES (1, '', 0, 0, 0, 0)
		ON CONFLICT (id) DO NOTHING`)
	if err != nil {
		return Claim{}, fmt.Errorf("make the lease: %w", err)
	}
	return one(ctx, View{q: s.write, d: s.d}, scanClaim, `
		SELECT owner, epoch, expires_at, head, batch
		FROM lease
		WHERE id = 1`)
}

func scanClaim(rows *sql.Rows) (c Claim, err error) {
	err = rows.Scan(&c.owner, &c.epoch, &c.expiresAt, &c.head, &c.batch)
	return c, err
}

// Lead takes the lease over from c, if nobody has moved it since. On SQLite the
// lock on the file has already said who leads. Errors: ErrLed.
func (s *Store) Lead(ctx context.Context, c Claim, owner string, until time.Time) error {
	now, err := one(ctx, View{q: s.write, d: s.d}, scanClaim, `
		UPDATE lease
		SET owner = $1, epoch = epoch + 1, expires_at = $2
		WHERE epoch = $3 AND expires_at = $4
		RETURNING owner, epoch, expires_at, head, batch`,
		owner, ms(until), c.epoch, c.expiresAt)
	if errors.Is(err, parley.ErrNotFound) {
		return ErrLed
	}
	if err != nil {
		return fmt.Errorf("take the lease: %w", err)
	}
	s.known.forget()
	s.visits.forget(moved{any: true})
	s.lease = lease{owner: owner, epoch: now.epoch, head: now.head, batch: now.batch}
	return nil
}

// Alone reports whether no second process can open this database.
func (s *Store) Alone() bool { return s.d == sqlite }

// Renew shows that the leader lives. Errors: ErrFenced.
func (s *Store) Renew(ctx context.Context, until time.Time) error {
	res, err := s.write.ExecContext(ctx, `
		UPDATE lease
		SET expires_at = $1
		WHERE owner = $2 AND epoch = $3`,
		ms(until), s.lease.owner, s.lease.epoch)
	if err != nil {
		return fmt.Errorf("renew the lease: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(ErrFenced, err)
	}
	return nil
}

// Resume is for after an error. It reads where the database really stands, and
// reports whether the commit whose answer was lost took place: it waits for one
// that is still under way, and its new epoch shuts out whatever comes later.
// Errors: ErrFenced.
func (s *Store) Resume(ctx context.Context) (committed bool, err error) {
	if err := s.inject("resume"); err != nil {
		return false, fmt.Errorf("resume: %w", err)
	}
	s.hangUp()
	c, err := one(ctx, View{q: s.write, d: s.d}, scanClaim, `
		UPDATE lease
		SET epoch = epoch + 1
		WHERE owner = $1
		RETURNING owner, epoch, expires_at, head, batch`,
		s.lease.owner)
	if errors.Is(err, parley.ErrNotFound) {
		return false, ErrFenced
	}
	if err != nil {
		return false, fmt.Errorf("resume: %w", err)
	}
	committed = c.batch > s.lease.batch
	s.lease = lease{owner: c.owner, epoch: c.epoch, head: c.head, batch: c.batch}
	return committed, nil
}

// hangUp closes the connections that lie idle: when one is dead, so are they.
func (s *Store) hangUp() {
	if s.d != postgres {
		return
	}
	s.read.SetMaxIdleConns(-1)
	s.read.SetMaxIdleConns(readers)
	s.write.SetMaxIdleConns(-1)
	s.write.SetMaxIdleConns(1)
}

// Release gives the lease up, so that the next leader need not wait.
func (s *Store) Release(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, `
		UPDATE lease
		SET expires_at = 0
		WHERE owner = $1 AND epoch = $2`,
		s.lease.owner, s.lease.epoch)
	if err != nil {
		return fmt.Errorf("release the lease: %w", err)
	}
	return nil
}
