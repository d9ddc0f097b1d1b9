package store

import (
	"context"
	"database/sql"
	"strconv"

	"parley"
)

// CustomerOrder is what a list of customers is ordered by, and what a search
// looks through: each has an index.
type CustomerOrder string

// The orders.
const (
	ByName    CustomerOrder = "name"
	ByLast    CustomerOrder = "last"
	ByCreated CustomerOrder = "created" // the newest first
	ByAccount CustomerOrder = "account"
	ByEmail   CustomerOrder = "email"
	ByPhone   CustomerOrder = "phone"
	ByOpen    CustomerOrder = "open" // who has an open case, by their newest
)

// CustomerRange is a stretch of one order: keys from From, before To, and
// behind the place of (AfterKey, AfterID).
type CustomerRange struct {
	Order    CustomerOrder
	From, To string  // "" = open
	WithOpen bool    // only who has an open case
	Reader   *Reader // that this reader sees; nil = somebody who sees all
	AfterKey string
	AfterID  parley.CustomerID // "" = from the start
	Limit    int
}

// customerKeys are the columns of the orders. A map, not what somebody sent,
// chooses them.
var customerKeys = map[CustomerOrder]customerKey{
	ByName:    {"c.folded", "c.id", "customers c"},
	ByLast:    {"c.folded_last", "c.id", "customers c"},
	ByCreated: {"c.created_at", "c.id", "customers c"},
	ByAccount: {"c.account_number", "", "customers c"},
	ByEmail:   {"e.email", "", "customer_emails e JOIN customers c ON c.id = e.customer_id"},
	ByOpen: {"k.number", "", `(
			SELECT number, customer_id
			FROM cases o
			WHERE status = 'open' AND customer_id <> ''
				AND number = (SELECT MAX(n.number) FROM cases n WHERE n.customer_id = o.customer_id AND n.status = 'open')) k
		JOIN customers c ON c.id = k.customer_id`},
	ByPhone: {"p.digits", "p.customer_id", "customer_phones p JOIN customers c ON c.id = p.customer_id"},
}

// customerKey are the columns of an index: a key, and whose it is unless no two
// customers share one.
type customerKey struct{ key, tie, tables string }

// CustomerRange returns customers of one stretch. One with two e-mails is
// there twice in ByEmail.
func (v View) CustomerRange(ctx context.Context, r CustomerRange) ([]CustomerRow, error) {
	k, ok := customerKeys[r.Order]
	if !ok {
		return nil, parley.ErrNotFound
	}
	where, args, err := r.where(k)
	if err != nil {
		return nil, err
	}
	direction := " ASC"
	if r.Order == ByCreated || r.Order == ByOpen {
		direction = " DESC"
	}
	order := k.key + direction
	if k.tie != "" {
		order += ", " + k.tie + direction
	}
	rows, err := list(ctx, v, scanCustomerPlace, `
		SELECT `+customerCells+`, `+k.key+`
		FROM `+k.tables+`
		`+where+`
		ORDER BY `+order+atMost(r.Limit), args...)
	if err != nil {
		return nil, err
	}
	return v.withAddresses(ctx, rows)
}

// where says which keys are meant. A key is never empty, so that "" is no bound.
func (r CustomerRange) where(k customerKey) (string, []any, error) {
	where, args := "WHERE TRUE", []any{}
	add := func(condition string, values ...any) {
		args = append(args, values...)
		where += "\n\t\t\tAND " + condition
	}
	next := func(n int) string { return "$" + strconv.Itoa(len(args)+n) }
	if r.From != "" {
		add(k.key+" >= "+next(1), r.From)
	}
	if r.To != "" {
		add(k.key+" < "+next(1), r.To)
	}
	switch open := "SELECT 1 FROM cases o WHERE o.customer_id = c.id AND o.status = 'open'"; {
	case r.WithOpen && r.Reader != nil: // of EXISTS PostgreSQL would make a join, and leave the order's index
		add("("+open+" AND "+r.Reader.sees("o", len(args)+1)+" LIMIT 1) = 1", r.Reader.Agent, r.Reader.Group)
	case r.WithOpen && r.Order != ByOpen:
		add("EXISTS (" + open + ")")
	}
	switch {
	case r.AfterID == "":
	case r.Order == ByOpen:
		number, err := strconv.ParseInt(r.AfterKey, 10, 64)
		if err != nil {
			return "", nil, parley.ErrBadRequest
		}
		add(k.key+" < "+next(1), number)
	case k.tie == "":
		add(k.key+" > "+next(1), r.AfterKey)
	case r.Order == ByCreated:
		at, err := strconv.ParseInt(r.AfterKey, 10, 64)
		if err != nil {
			return "", nil, parley.ErrBadRequest
		}
		add("("+k.key+", "+k.tie+") < ("+next(1)+", "+next(2)+")", at, r.AfterID)
	default:
		add("("+k.key+", "+k.tie+") > ("+next(1)+", "+next(2)+")", r.AfterKey, r.AfterID)
	}
	return where, args, nil
}

func scanCustomerPlace(rows *sql.Rows) (CustomerRow, error) {
	var key string
	c, err := scanCustomerWith(rows, &key)
	c.Key = key
	return c, err
}

// Keys returns what a customer is found by in an order of texts.
func (c CustomerRow) Keys(o CustomerOrder) []string {
	switch o {
	case ByName:
		return []string{c.Folded}
	case ByLast:
		return []string{c.FoldedLast}
	case ByAccount:
		return []string{c.AccountNumber}
	case ByEmail:
		return c.Emails
	case ByPhone:
		return c.Digits
	}
	return nil
}

// OpenCases returns how many open cases each of the customers has that a reader sees;
// nil = somebody who sees all.
func (v View) OpenCases(ctx context.Context, reader *Reader, ids ...parley.CustomerID) (map[parley.CustomerID]int, error) {
	out := map[parley.CustomerID]int{}
	if len(ids) == 0 {
		return out, nil
	}
	seen, args := "", anys(ids)
	if reader != nil {
		seen, args = " AND "+reader.sees("cases", len(ids)+1), append(args, reader.Agent, reader.Group)
	}
	_, err := list(ctx, v, func(rows *sql.Rows) (struct{}, error) {
		var id parley.CustomerID
		var n int
		err := rows.Scan(&id, &n)
		out[id] = n
		return struct{}{}, err
	}, `
		SELECT customer_id, COUNT(*)
		FROM cases
		WHERE customer_id IN (`+numbered(1, len(ids))+`) AND status = 'open'`+seen+`
		GROUP BY customer_id`, args...)
	return out, err
}
