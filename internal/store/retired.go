package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley"
)

// Retired is a customer who is no longer among the customers.
type Retired struct {
	ID        parley.CustomerID
	Why       string            // deleted, merged or erased
	Survivor  parley.CustomerID // whom a merged one became
	FirstName string
	LastName  string
	Kept      string // its rows as they were, "" = erased
	By        string // an agent or API key, "" = the system
	At        time.Time
	Until     time.Time // when a deleted one is erased, zero = never
}

// KeptCustomer is a customer with all rows of its own, so that it can come back
// exactly as it was.
type KeptCustomer struct {
	Customer parley.Customer
	Digits   []string // of each phone
	Keys     []CustomerKey
}

// KeepCustomer returns a customer with all rows of its own. Errors:
// parley.ErrNotFound.
func (v View) KeepCustomer(ctx context.Context, id parley.CustomerID) (KeptCustomer, error) {
	rows, err := v.Customers(ctx, id)
	if err == nil && len(rows) == 0 {
		err = parley.ErrNotFound
	}
	if err != nil {
		return KeptCustomer{}, err
	}
	keys, err := v.KeysOfCustomer(ctx, id)
	return KeptCustomer{Customer: rows[0].Customer, Digits: rows[0].Digits, Keys: keys}, err
}

// Text returns the customer as a column keeps it.
func (k KeptCustomer) Text() string { return string(mustJSON(k)) }

// ReadKept is the inverse of KeptCustomer.Text.
func ReadKept(text string) (k KeptCustomer, err error) {
	if err = json.Unmarshal([]byte(text), &k); err != nil {
		err = fmt.Errorf("read a customer that was kept: %w", err)
	}
	return k, err
}

const retiredColumns = `
		SELECT id, why, survivor, first_name, last_name, kept, by_id, at, until
		FROM retired_customers`

func scanRetired(rows *sql.Rows) (r Retired, err error) {
	var at, until int64
	err = rows.Scan(&r.ID, &r.Why, &r.Survivor, &r.FirstName, &r.LastName, &r.Kept, &r.By, &at, &until)
	r.At, r.Until = parley.FromMillis(at), parley.FromMillis(until)
	return r, err
}

// Retired returns one who is no longer among the customers. Errors:
// parley.ErrNotFound.
func (v View) Retired(ctx context.Context, id parley.CustomerID) (Retired, error) {
	return one(ctx, v, scanRetired, retiredColumns+`
		WHERE id = $1`, string(id))
}

// Deleted returns those deleted before a moment, the latest first.
func (v View) Deleted(ctx context.Context, before time.Time, beforeID parley.CustomerID, limit int) ([]Retired, error) {
	return list(ctx, v, scanRetired, retiredColumns+`
		WHERE why = 'deleted' AND (at, id) < ($1, $2)
		ORDER BY at DESC, id DESC`+atMost(limit), ms(before), string(beforeID))
}

// Overdue returns one whose time to come back is over, "" if there is none.
func (v View) Overdue(ctx context.Context, now time.Time) (parley.CustomerID, error) {
	id, err := one(ctx, v, scalar[parley.CustomerID], `
		SELECT id
		FROM retired_customers
		WHERE until > 0 AND until <= $1
		ORDER BY until
		LIMIT 1`, ms(now))
	if errors.Is(err, parley.ErrNotFound) {
		return "", nil
	}
	return id, err
}

// MergedInto returns who became a customer, also by way of another.
func (v View) MergedInto(ctx context.Context, id parley.CustomerID) ([]parley.CustomerID, error) {
	return list(ctx, v, scalar[parley.CustomerID], `
		WITH RECURSIVE became (id) AS (
			SELECT id
			FROM retired_customers
			WHERE survivor = $1
			UNION
			SELECT r.id
			FROM retired_customers r
			JOIN became b ON r.survivor = b.id)
		SELECT id
		FROM became
		ORDER BY id`, string(id))
}

// Retire lists that a customer is no longer among the customers.
func (r *Rows) Retire(x Retired) {
	r.RemoveCustomer(x.ID)
	r.Exec(`
		INSERT INTO retired_customers (id, why, survivor, first_name, last_name, kept, by_id, at, until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE
		SET why = excluded.why, survivor = excluded.survivor, first_name = excluded.first_name,
			last_name = excluded.last_name, kept = excluded.kept, by_id = excluded.by_id, at = excluded.at,
			until = excluded.until`,
		string(x.ID), x.Why, string(x.Survivor), x.FirstName, x.LastName, x.Kept, x.By, ms(r.now), ms(x.Until))
}

// Restore lists that a customer is back, as it was kept.
func (r *Rows) Restore(k KeptCustomer, names CustomerKeys) {
	names.Digits = k.Digits
	r.SaveCustomer(k.Customer, names)
	for _, key := range k.Keys {
		r.SaveCustomerKey(key)
	}
	r.Exec(`
		DELETE FROM retired_customers
		WHERE id = $1`, string(k.Customer.ID))
}
