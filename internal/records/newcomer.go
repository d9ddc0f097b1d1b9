package records

import (
	"context"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// AddNewcomer makes a customer of a visitor nobody knows, where an entry point
// makes them by itself (crm.new_customer_mode = auto_create). What was claimed
// and cannot be kept is left out; without any name or address there is nobody to
// keep, and the id is "". The record is a draft until somebody completes it.
//
// Source: POP-03, CRM-02.
func AddNewcomer(ctx context.Context, v store.View, r *store.Rows, who parley.Visitor) (parley.CustomerID, error) {
	first, last, _ := strings.Cut(identity.Text(who.Name), " ")
	in := CustomerInput{FirstName: cutTo(first, nameMax), LastName: cutTo(strings.TrimSpace(last), nameMax), Draft: true}
	if email := identity.Email(who.Email); identity.IsEmail(email) {
		if _, err := v.CustomerWithEmail(ctx, email); absent(err) {
			in.Emails = []string{email}
		} else if err != nil {
			return "", err
		}
	}
	if who.Phone != "" {
		in.Phones = []string{who.Phone}
	}
	c, keys, f := in.check()
	if len(f) > 0 { // a phone that is none, or nothing at all
		in.Phones = nil
		if c, keys, f = in.check(); len(f) > 0 {
			return "", nil
		}
	}
	c.ID, c.Rev, c.CreatedAt, c.UpdatedAt = parley.CustomerID(parley.NewID("cus", r.Now())), 1, r.Now(), r.Now()
	if err := number(ctx, v, &c); err != nil {
		return "", err
	}
	r.SaveCustomer(c, keys)
	r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Subject: string(c.ID)})
	return c.ID, nil
}

// cutTo returns at most n code points of a text.
func cutTo(text string, n int) string {
	if letters := []rune(text); len(letters) > n {
		return string(letters[:n])
	}
	return text
}
