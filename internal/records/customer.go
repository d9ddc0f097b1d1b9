package records

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// Customer is a customer as people see it.
type Customer struct {
	ID            parley.CustomerID    `json:"id"`
	AccountNumber string               `json:"account_number"`
	FirstName     string               `json:"first_name"`
	LastName      string               `json:"last_name"`
	Emails        []string             `json:"emails"`
	Phones        []string             `json:"phones" doc:"E.164, or as typed where it is none"`
	Home          parley.PostalAddress `json:"home" doc:"primary address"`
	Other         parley.PostalAddress `json:"other" doc:"secondary address"`
	Language      string               `json:"language" doc:"en, fr ..., empty = not known"`
	Zone          string               `json:"zone" doc:"time zone, IANA name"`
	Notes         string               `json:"notes"`
	Fields        map[string]string    `json:"fields" doc:"what the center's own fields say, by id"`
	Draft         bool                 `json:"draft"`
	CreatedAt     int64                `json:"created_at"`
	UpdatedAt     int64                `json:"updated_at"`
	Rev           int64                `json:"rev"`
	OpenCases     int                  `json:"open_cases"`
	Keys          []Key                `json:"keys,omitempty" doc:"the addresses they write from; of one customer, not of a list"`
	Retired       *Retired             `json:"retired,omitempty" doc:"why it is no longer among the customers"`
}

func view(c parley.Customer, open int) Customer {
	out := Customer{
		ID: c.ID, AccountNumber: c.AccountNumber, FirstName: c.FirstName, LastName: c.LastName,
		Emails: c.Emails, Phones: c.Phones, Home: c.Home, Other: c.Other,
		Language: c.Language, Zone: c.Zone, Notes: c.Notes, Fields: map[string]string{}, Draft: c.Draft,
		CreatedAt: parley.Millis(c.CreatedAt), UpdatedAt: parley.Millis(c.UpdatedAt), Rev: c.Rev, OpenCases: open,
	}
	for id, value := range c.Fields {
		out.Fields[string(id)] = value
	}
	return out
}

// taken notes account numbers and e-mails that another customer has; an e-mail by
// its place among those that were typed, of which some may be none.
//
// Source: CRM-02.
func taken(ctx context.Context, v store.View, c parley.Customer, typed []string, f *parley.Faults) error {
	others := func(field string, who parley.CustomerID, err error) error {
		if absent(err) || err == nil && who == c.ID {
			return nil
		}
		if err == nil {
			err = takenBy(ctx, v, field, who, f)
		}
		return err
	}
	who, err := v.CustomerWithAccount(ctx, c.AccountNumber)
	if err := others("account_number", who, err); err != nil {
		return err
	}
	for _, email := range c.Emails {
		at := slices.IndexFunc(typed, func(s string) bool { return identity.Email(s) == email })
		who, err := v.CustomerWithEmail(ctx, email)
		if err := others(parley.Index("emails", at, ""), who, err); err != nil {
			return err
		}
	}
	return nil
}

// takenBy notes that a customer has what should be another's, and says which: the
// two may be one person.
func takenBy(ctx context.Context, v store.View, field string, who parley.CustomerID, f *parley.Faults) error {
	c, err := v.Customer(ctx, who)
	*f = append(*f, parley.FieldError{Field: field, Code: "taken", Whose: strings.TrimSpace(c.Name() + " " + c.AccountNumber)})
	return err
}

// Customer returns one. The id of one that was merged leads to its survivor.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (r *Records) Customer(ctx context.Context, me parley.Actor, id parley.CustomerID) (Customer, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Customer{}, err
	}
	v := r.store.View()
	c, err := v.Customer(ctx, id)
	if absent(err) {
		return r.retired(ctx, id)
	}
	if err != nil {
		return Customer{}, err
	}
	open, err := v.OpenCases(ctx, readerOf(me), id)
	if err != nil {
		return Customer{}, err
	}
	out := view(c, open[id])
	out.Keys, err = keys(ctx, v, id)
	return out, err
}

// CreateCustomer adds a customer. With an interaction, its conversation and
// its case belong to the customer from the same commit on.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault,
// ErrNotFound for the interaction.
func (r *Records) CreateCustomer(ctx context.Context, me parley.Actor, in CustomerInput, i parley.InteractionID) (parley.CustomerID, error) {
	return r.CreateCustomerWith(ctx, me, in, i, func(*store.Rows, parley.CustomerID) {})
}

// CreateCustomerWith adds a customer, and what else belongs to that commit.
func (r *Records) CreateCustomerWith(ctx context.Context, me parley.Actor, in CustomerInput, i parley.InteractionID, also func(*store.Rows, parley.CustomerID)) (parley.CustomerID, error) {
	if err := r.Allowed(ctx, me, ToCreate); err != nil {
		return "", err
	}
	c, keys, f, err := r.checked(ctx, in, nil)
	if err != nil {
		return "", err
	}
	c.ID = parley.CustomerID(parley.NewID("cus", r.clock.Now()))
	c.CreatedBy, c.Rev = me.Agent, 1
	err = r.ledger.Do(ctx, ledger.Command{
		Name:  "create_customer",
		Touch: append([]string{string(i), c.AccountNumber, store.AuditTouch}, c.Emails...),
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, f := c, slices.Clone(f)
			if err := number(ctx, v.View, &c); err != nil {
				return ledger.Plan{}, err
			}
			if err := taken(ctx, v.View, c, in.Emails, &f); err != nil {
				return ledger.Plan{}, err
			}
			if err := f.Err(); err != nil {
				return ledger.Plan{}, err
			}
			l, err := linkOf(ctx, v.View, me, i, c.ID)
			if err != nil {
				return ledger.Plan{}, err
			}
			c.CreatedAt, c.UpdatedAt = v.Now, v.Now
			return rows(func(r *store.Rows) {
				r.SaveCustomer(c, keys)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(c.ID), Agent: me.Agent})
				l.rows(r, me)
				also(r, c.ID)
			}), nil
		},
	})
	return c.ID, err
}

// CheckCustomer returns what a customer would be, and what is wrong with it by
// itself and beside those who are there. Without an id it is a new one.
//
// Errors: parley.ErrNotFound.
func (r *Records) CheckCustomer(ctx context.Context, id parley.CustomerID, in CustomerInput) (Customer, parley.Faults, error) {
	var now parley.Customer
	if id != "" {
		var err error
		if now, err = r.store.View().Customer(ctx, id); err != nil {
			return Customer{}, nil, err
		}
	}
	c, _, f, err := r.checked(ctx, in, now.Fields)
	c.ID = id
	if err == nil && len(f) == 0 {
		err = taken(ctx, r.store.View(), c, in.Emails, &f)
	}
	return view(c, 0), f, err
}

// SaveCustomer replaces a customer. What it changes is kept in its history.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if somebody else saved
// meanwhile (data: who and when), an Invalid one naming every field at fault.
func (r *Records) SaveCustomer(ctx context.Context, me parley.Actor, id parley.CustomerID, in CustomerInput) error {
	if err := r.Allowed(ctx, me, ToEdit); err != nil {
		return err
	}
	now, err := r.store.View().Customer(ctx, id)
	if err != nil {
		return err
	}
	c, keys, f, err := r.checked(ctx, in, now.Fields)
	if err != nil {
		return err
	}
	return r.ledger.Do(ctx, ledger.Command{
		Name:  "save_customer",
		Touch: append([]string{string(id), c.AccountNumber}, c.Emails...),
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, f := c, slices.Clone(f)
			old, err := v.Customer(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if old.Rev != in.Rev {
				return ledger.Plan{}, conflict(ctx, v.View, old)
			}
			c.ID, c.CreatedAt, c.CreatedBy = id, old.CreatedAt, old.CreatedBy
			c.UpdatedAt, c.Rev = v.Now, old.Rev+1
			if c.AccountNumber == "" {
				c.AccountNumber = old.AccountNumber
			}
			if err := taken(ctx, v.View, c, in.Emails, &f); err != nil {
				return ledger.Plan{}, err
			}
			if err := f.Err(); err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.SaveCustomer(c, keys)
				record(r, me, old, c)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(id), Agent: me.Agent})
			}), nil
		},
	})
}

// number gives a customer without one an account number nobody has.
func number(ctx context.Context, v store.View, c *parley.Customer) error {
	for c.AccountNumber == "" {
		n, err := rand.Int(rand.Reader, big.NewInt(90_000_000))
		if err != nil {
			return fmt.Errorf("draw an account number: %w", err)
		}
		drawn := fmt.Sprint(10_000_000 + n.Int64())
		_, err = v.CustomerWithAccount(ctx, drawn)
		switch {
		case absent(err):
			c.AccountNumber = drawn
		case err != nil:
			return err
		}
	}
	return nil
}

// rows is a plan that routing has no say in.
func rows(list func(*store.Rows)) ledger.Plan {
	return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { list(r) }}
}

// title returns the first line of a text, at most most code points of it.
func title(s string, most int) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if utf8.RuneCountInString(line) <= most {
		return line
	}
	return strings.TrimSpace(string([]rune(line)[:most]))
}
