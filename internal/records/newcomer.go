package records

import (
	"context"
	"strings"
	"time"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// AddNewcomer makes a customer of a visitor nobody knows, where an entry point
// makes them by itself (crm.new_customer_mode = auto_create).
func AddNewcomer(ctx context.Context, v store.View, r *store.Rows, who parley.Visitor) (parley.CustomerID, error) {
	id, add, err := PlanNewcomer(ctx, v, r.Now(), who)
	if add != nil {
		add(r)
	}
	return id, err
}

// PlanNewcomer is AddNewcomer while a command is planned: add lists the rows. What
// was claimed and cannot be kept is left out; without any name or address there
// is nobody to keep, and the id is "". The record is a draft until somebody
// completes it.
//
// Source: POP-03, CRM-02.
func PlanNewcomer(ctx context.Context, v store.View, now time.Time, who parley.Visitor) (parley.CustomerID, func(*store.Rows), error) {
	name := identity.Text(who.Name)
	if name == "" {
		name = identity.Text(who.Handle)
	}
	first, last, _ := strings.Cut(name, " ")
	in := CustomerInput{FirstName: cutTo(first, nameMax), LastName: cutTo(strings.TrimSpace(last), nameMax), Draft: true}
	if email := identity.Email(who.Email); identity.IsEmail(email) {
		if _, err := v.CustomerWithEmail(ctx, email); absent(err) {
			in.Emails = []string{email}
		} else if err != nil {
			return "", nil, err
		}
	}
	if who.Phone != "" {
		in.Phones = []string{who.Phone}
	}
	country, err := countryOf(ctx, v)
	if err != nil {
		return "", nil, err
	}
	c, keys, f := in.check(country)
	if len(f) > 0 { // a phone that is none, or nothing at all
		in.Phones = nil
		if c, keys, f = in.check(country); len(f) > 0 {
			return "", nil, nil
		}
	}
	c.ID, c.Rev, c.CreatedAt, c.UpdatedAt = parley.CustomerID(parley.NewID("cus", now)), 1, now, now
	if err := number(ctx, v, &c); err != nil {
		return "", nil, err
	}
	return c.ID, func(r *store.Rows) {
		r.SaveCustomer(c, keys)
		r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(c.ID)})
	}, nil
}

// cutTo returns at most n code points of a text.
func cutTo(text string, n int) string {
	if letters := []rune(text); len(letters) > n {
		return string(letters[:n])
	}
	return text
}
