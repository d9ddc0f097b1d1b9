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
	ID            parley.CustomerID `json:"id"`
	AccountNumber string            `json:"account_number"`
	FirstName     string            `json:"first_name"`
	LastName      string            `json:"last_name"`
	Emails        []string          `json:"emails"`
	Phones        []string          `json:"phones"`
	Draft         bool              `json:"draft"`
	CreatedAt     int64             `json:"created_at"`
	UpdatedAt     int64             `json:"updated_at"`
	Rev           int64             `json:"rev"`
	OpenCases     int               `json:"open_cases"`
	Keys          []Key             `json:"keys,omitempty" doc:"the addresses they write from; of one customer, not of a list"`
}

func view(c parley.Customer, open int) Customer {
	return Customer{
		ID: c.ID, AccountNumber: c.AccountNumber, FirstName: c.FirstName, LastName: c.LastName,
		Emails: c.Emails, Phones: c.Phones, Draft: c.Draft,
		CreatedAt: parley.Millis(c.CreatedAt), UpdatedAt: parley.Millis(c.UpdatedAt), Rev: c.Rev, OpenCases: open,
	}
}

// CustomerInput is what a person fills in.
type CustomerInput struct {
	AccountNumber string   `json:"account_number,omitempty"` // "" = the center makes one
	FirstName     string   `json:"first_name,omitempty"`
	LastName      string   `json:"last_name,omitempty"`
	Emails        []string `json:"emails,omitempty"`
	Phones        []string `json:"phones,omitempty"`
	Draft         bool     `json:"draft,omitempty"`
	Rev           int64    `json:"rev,omitempty"` // the one that was edited; 0 for a new customer
}

// The bounds of a customer.
//
// Unit: code points; addresses.
// Source: CRM-02.
const (
	nameMax      = 80
	phoneMax     = 32
	addressesMax = 10
)

// check returns the input as it is kept, with its keys, or all that is wrong
// with it. A draft may lack names, not everything.
func (in CustomerInput) check() (parley.Customer, store.CustomerKeys, parley.Faults) {
	var f parley.Faults
	least := 1
	if in.Draft {
		least = 0
	}
	c := parley.Customer{
		FirstName:     identity.Text(in.FirstName),
		LastName:      identity.Text(in.LastName),
		AccountNumber: identity.Account(in.AccountNumber),
		Draft:         in.Draft,
		Emails:        []string{},
		Phones:        []string{},
	}
	f.Text("account_number", c.AccountNumber, 0, identity.AccountMax)
	f.Text("first_name", c.FirstName, least, nameMax)
	f.Text("last_name", c.LastName, least, nameMax)
	if in.Draft && c.Name() == "" && len(in.Emails)+len(in.Phones) == 0 {
		f.Add("first_name", "required")
	}
	keys := store.CustomerKeys{
		Folded:     identity.Fold(c.FirstName + " " + c.LastName),
		FoldedLast: identity.Fold(c.LastName + " " + c.FirstName),
	}
	in.addresses(&c, &keys, &f)
	return c, keys, f
}

func (in CustomerInput) addresses(c *parley.Customer, keys *store.CustomerKeys, f *parley.Faults) {
	if len(in.Emails) > addressesMax {
		f.Add("emails", "too_many")
	}
	if len(in.Phones) > addressesMax {
		f.Add("phones", "too_many")
	}
	for i, s := range in.Emails {
		field, email := parley.Index("emails", i, ""), identity.Email(s)
		switch {
		case !identity.IsEmail(email):
			f.Add(field, "not_an_email")
		case slices.Contains(c.Emails, email):
			f.Add(field, "repeated")
		default:
			c.Emails = append(c.Emails, email)
		}
	}
	for i, s := range in.Phones {
		field, digits := parley.Index("phones", i, ""), identity.Digits(s)
		shown := identity.Text(s)
		f.Text(field, shown, 0, phoneMax)
		switch {
		case len(digits) < 3 || len(digits) > identity.DigitsMax:
			f.Add(field, "not_a_phone")
		case slices.Contains(keys.Digits, digits):
			f.Add(field, "repeated")
		default:
			c.Phones, keys.Digits = append(c.Phones, shown), append(keys.Digits, digits)
		}
	}
}

// taken notes account numbers and e-mails that another customer has.
//
// Source: CRM-02.
func taken(ctx context.Context, v store.View, c parley.Customer, f *parley.Faults) error {
	who, err := v.CustomerWithAccount(ctx, c.AccountNumber)
	switch {
	case err == nil && who != c.ID:
		f.Add("account_number", "taken")
	case err != nil && !absent(err):
		return err
	}
	for i, email := range c.Emails {
		who, err := v.CustomerWithEmail(ctx, email)
		switch {
		case err == nil && who != c.ID:
			f.Add(parley.Index("emails", i, ""), "taken")
		case err != nil && !absent(err):
			return err
		}
	}
	return nil
}

// Customer returns one. Errors: parley.ErrForbidden, ErrNotFound.
func (r *Records) Customer(ctx context.Context, me parley.Actor, id parley.CustomerID) (Customer, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return Customer{}, err
	}
	c, err := r.store.View().Customer(ctx, id)
	if err != nil {
		return Customer{}, err
	}
	open, err := r.store.View().OpenCases(ctx, id)
	if err != nil {
		return Customer{}, err
	}
	out := view(c, open[id])
	out.Keys, err = keys(ctx, r.store.View(), id)
	return out, err
}

// CreateCustomer adds a customer. With an interaction, its conversation and
// its case belong to the customer from the same commit on.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault,
// ErrNotFound for the interaction.
func (r *Records) CreateCustomer(ctx context.Context, me parley.Actor, in CustomerInput, i parley.InteractionID) (parley.CustomerID, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return "", err
	}
	c, keys, f := in.check()
	c.ID = parley.CustomerID(parley.NewID("cus", r.clock.Now()))
	c.CreatedBy, c.Rev = me.Agent, 1
	err := r.ledger.Do(ctx, ledger.Command{
		Name:  "create_customer",
		Touch: append([]string{string(i), c.AccountNumber}, c.Emails...),
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			c, f := c, slices.Clone(f)
			if err := number(ctx, v.View, &c); err != nil {
				return ledger.Plan{}, err
			}
			if err := taken(ctx, v.View, c, &f); err != nil {
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
			}), nil
		},
	})
	return c.ID, err
}

// SaveCustomer replaces a customer.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict if somebody else saved
// meanwhile, an Invalid one naming every field at fault.
func (r *Records) SaveCustomer(ctx context.Context, me parley.Actor, id parley.CustomerID, in CustomerInput) error {
	if err := may(me, parley.MayRecords); err != nil {
		return err
	}
	c, keys, f := in.check()
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
				return ledger.Plan{}, parley.ErrConflict
			}
			c.ID, c.CreatedAt, c.CreatedBy = id, old.CreatedAt, old.CreatedBy
			c.UpdatedAt, c.Rev = v.Now, old.Rev+1
			if c.AccountNumber == "" {
				c.AccountNumber = old.AccountNumber
			}
			if err := taken(ctx, v.View, c, &f); err != nil {
				return ledger.Plan{}, err
			}
			if err := f.Err(); err != nil {
				return ledger.Plan{}, err
			}
			return rows(func(r *store.Rows) {
				r.SaveCustomer(c, keys)
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
