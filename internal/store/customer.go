package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"parley"
)

// CustomerKeys are what a customer is searched and ordered by.
type CustomerKeys struct {
	Folded     string   // first and last name
	FoldedLast string   // last and first name
	Digits     []string // of each phone
}

const customerCells = `c.id, c.account_number, c.first_name, c.last_name, c.language, c.zone, c.notes, c.home, c.other,
			c.draft, c.created_by, c.created_at, c.updated_at, c.rev, c.folded, c.folded_last`

const customerColumns = `
		SELECT ` + customerCells + `
		FROM customers c`

// CustomerRow is a customer with its keys, as lists need it.
type CustomerRow struct {
	parley.Customer
	CustomerKeys
	Key string // what a list was ordered by: a place in it
}

// Customer returns one, with e-mails and phones. Errors: parley.ErrNotFound.
func (v View) Customer(ctx context.Context, id parley.CustomerID) (parley.Customer, error) {
	rows, err := v.Customers(ctx, id)
	if err != nil {
		return parley.Customer{}, err
	}
	if len(rows) == 0 {
		return parley.Customer{}, parley.ErrNotFound
	}
	return rows[0].Customer, nil
}

// Customers returns those of the ids that exist, in the order of the ids.
func (v View) Customers(ctx context.Context, ids ...parley.CustomerID) ([]CustomerRow, error) {
	if len(ids) == 0 {
		return []CustomerRow{}, nil
	}
	rows, err := list(ctx, v, scanCustomer, customerColumns+`
		WHERE c.id IN (`+numbered(1, len(ids))+`)`, anys(ids)...)
	if err != nil {
		return nil, err
	}
	place := map[parley.CustomerID]CustomerRow{}
	for _, c := range rows {
		place[c.ID] = c
	}
	rows = rows[:0]
	for _, id := range ids {
		if c, ok := place[id]; ok {
			rows = append(rows, c)
			delete(place, id)
		}
	}
	return v.withAddresses(ctx, rows)
}

func scanCustomer(rows *sql.Rows) (CustomerRow, error) { return scanCustomerWith(rows) }

// scanCustomerWith scans a customer's cells, and what follows them.
func scanCustomerWith(rows *sql.Rows, more ...any) (CustomerRow, error) {
	var c CustomerRow
	var created, updated int64
	var home, other string
	err := rows.Scan(append([]any{
		&c.ID, &c.AccountNumber, &c.FirstName, &c.LastName, &c.Language, &c.Zone, &c.Notes, &home, &other,
		&c.Draft, &c.CreatedBy, &created, &updated, &c.Rev, &c.Folded, &c.FoldedLast,
	}, more...)...)
	c.CreatedAt, c.UpdatedAt = parley.FromMillis(created), parley.FromMillis(updated)
	return c, errors.Join(err, readPlace(home, &c.Home), readPlace(other, &c.Other))
}

// readPlace reads a postal address as a column keeps it.
func readPlace(text string, p *parley.PostalAddress) error {
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), p); err != nil {
		return fmt.Errorf("read a postal address: %w", err)
	}
	return nil
}

// placeText is the inverse of readPlace.
func placeText(p parley.PostalAddress) string {
	if p == (parley.PostalAddress{}) {
		return ""
	}
	return string(mustJSON(p))
}

// address is one e-mail or phone of a customer.
type address struct {
	customer parley.CustomerID
	key      string
	shown    string
}

func scanAddress(rows *sql.Rows) (address, error) {
	var a address
	err := rows.Scan(&a.customer, &a.key, &a.shown)
	return a, err
}

// withAddresses adds the e-mails and phones of customers.
func (v View) withAddresses(ctx context.Context, rows []CustomerRow) ([]CustomerRow, error) {
	if len(rows) == 0 {
		return rows, nil
	}
	ids := make([]parley.CustomerID, len(rows))
	place := map[parley.CustomerID]*CustomerRow{}
	for i := range rows {
		rows[i].Emails, rows[i].Phones = []string{}, []string{}
		ids[i], place[rows[i].ID] = rows[i].ID, &rows[i]
	}
	emails, err := list(ctx, v, scanAddress, `
		SELECT customer_id, email, ''
		FROM customer_emails
		WHERE customer_id IN (`+numbered(1, len(ids))+`)
		ORDER BY customer_id, sort_order`, anys(ids)...)
	if err != nil {
		return nil, err
	}
	for _, a := range emails {
		c := place[a.customer]
		c.Emails = append(c.Emails, a.key)
	}
	phones, err := list(ctx, v, scanAddress, `
		SELECT customer_id, digits, shown
		FROM customer_phones
		WHERE customer_id IN (`+numbered(1, len(ids))+`)
		ORDER BY customer_id, sort_order`, anys(ids)...)
	for _, a := range phones {
		c := place[a.customer]
		c.Phones, c.Digits = append(c.Phones, a.shown), append(c.Digits, a.key)
	}
	if err != nil {
		return nil, err
	}
	values, err := v.FieldValues(ctx, anys(ids)...)
	for i := range rows {
		rows[i].Fields = values[string(rows[i].ID)]
	}
	return rows, err
}

// numbered returns n placeholders from $first on.
func numbered(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(first+i))
	}
	return b.String()
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, t := range list {
		out[i] = t
	}
	return out
}

// CustomerWithAccount returns who has an account number. Errors:
// parley.ErrNotFound.
func (v View) CustomerWithAccount(ctx context.Context, number string) (parley.CustomerID, error) {
	return one(ctx, v, scalar[parley.CustomerID], `
		SELECT id
		FROM customers
		WHERE account_number = $1`, number)
}

// CustomerWithEmail returns who has an e-mail address, in lower case. Errors:
// parley.ErrNotFound.
func (v View) CustomerWithEmail(ctx context.Context, email string) (parley.CustomerID, error) {
	return one(ctx, v, scalar[parley.CustomerID], `
		SELECT customer_id
		FROM customer_emails
		WHERE email = $1`, email)
}

// CustomersWithPhone returns who has a phone with these digits, at most limit,
// by name.
func (v View) CustomersWithPhone(ctx context.Context, digits string, limit int) ([]parley.CustomerID, error) {
	return list(ctx, v, scalar[parley.CustomerID], `
		SELECT p.customer_id
		FROM customer_phones p
		JOIN customers c ON c.id = p.customer_id
		WHERE p.digits = $1
		ORDER BY c.folded, c.id
		LIMIT $2`, digits, limit)
}

// SaveCustomer adds a customer or replaces one, with e-mails, phones and fields.
func (r *Rows) SaveCustomer(c parley.Customer, k CustomerKeys) {
	r.indexCustomer(c.ID, recordOf(c, k).Body())
	r.Exec(`
		INSERT INTO customers (id, account_number, first_name, last_name, language, zone, notes, home, other,
			folded, folded_last, draft, created_by, created_at, updated_at, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE
		SET account_number = excluded.account_number, first_name = excluded.first_name, last_name = excluded.last_name,
			language = excluded.language, zone = excluded.zone, notes = excluded.notes,
			home = excluded.home, other = excluded.other,
			folded = excluded.folded, folded_last = excluded.folded_last, draft = excluded.draft,
			updated_at = excluded.updated_at, rev = excluded.rev`,
		string(c.ID), c.AccountNumber, c.FirstName, c.LastName, c.Language, c.Zone, c.Notes, placeText(c.Home), placeText(c.Other),
		k.Folded, k.FoldedLast, c.Draft, string(c.CreatedBy), ms(c.CreatedAt), ms(c.UpdatedAt), c.Rev)
	r.Exec(`
		DELETE FROM customer_emails
		WHERE customer_id = $1`, c.ID)
	for i, email := range c.Emails {
		r.Exec(`
			INSERT INTO customer_emails (email, customer_id, sort_order)
			VALUES ($1, $2, $3)`, email, c.ID, i)
	}
	r.Exec(`
		DELETE FROM customer_phones
		WHERE customer_id = $1`, c.ID)
	for i, phone := range c.Phones {
		r.Exec(`
			INSERT INTO customer_phones (customer_id, digits, shown, sort_order)
			VALUES ($1, $2, $3, $4)`, c.ID, k.Digits[i], phone, i)
	}
	r.SaveFieldValues(string(c.ID), c.Fields)
}

// RemoveCustomer takes a customer away from lists and matches, with e-mails,
// phones, addresses on networks and fields.
func (r *Rows) RemoveCustomer(id parley.CustomerID) {
	for _, query := range []string{`
		DELETE FROM customer_emails
		WHERE customer_id = $1`, `
		DELETE FROM customer_phones
		WHERE customer_id = $1`, `
		DELETE FROM customer_keys
		WHERE customer_id = $1`, `
		DELETE FROM field_values
		WHERE record_id = $1`, `
		DELETE FROM customers
		WHERE id = $1`} {
		r.Exec(query, string(id))
	}
	r.UnindexCustomer(id)
}

// CustomersWithValue returns whose field of a name holds a value, at most limit.
// It is found by an index.
//
// Source: POP-04: a mapped field.
func (v View) CustomersWithValue(ctx context.Context, field, value string, limit int) ([]parley.CustomerID, error) {
	return list(ctx, v, scalar[parley.CustomerID], `
		SELECT c.id
		FROM fields f
		JOIN field_values x ON x.field_id = f.id AND x.value = $2
		JOIN customers c ON c.id = x.record_id
		WHERE f.object = 'customer' AND f.name = $1
		ORDER BY c.id
		LIMIT $3`, field, value, limit)
}

// HasCustomer reports whether an id is a customer's.
func (v View) HasCustomer(ctx context.Context, id parley.CustomerID) (bool, error) {
	n, err := one(ctx, v, scalar[int], `
		SELECT COUNT(*)
		FROM customers
		WHERE id = $1`, string(id))
	return n > 0, err
}
