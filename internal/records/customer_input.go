package records

import (
	"context"
	"slices"
	"time"

	"parley"
	"parley/internal/identity"
	"parley/internal/settings"
	"parley/internal/store"
)

// CustomerInput is what a person fills in.
type CustomerInput struct {
	AccountNumber string               `json:"account_number,omitempty"` // "" = the center makes one
	FirstName     string               `json:"first_name,omitempty"`
	LastName      string               `json:"last_name,omitempty"`
	Emails        []string             `json:"emails,omitempty"`
	Phones        []string             `json:"phones,omitempty"`
	Home          parley.PostalAddress `json:"home,omitempty"`
	Other         parley.PostalAddress `json:"other,omitempty"`
	Language      string               `json:"language,omitempty"`
	Zone          string               `json:"zone,omitempty"`
	Notes         string               `json:"notes,omitempty"`
	Fields        map[string]string    `json:"fields,omitempty" doc:"by id; without it what is kept stays"`
	Draft         bool                 `json:"draft,omitempty"`
	Rev           int64                `json:"rev,omitempty"` // the one that was edited; 0 for a new customer
}

// The bounds of a customer.
//
// Unit: code points; addresses.
// Source: CRM-02.
const (
	nameMax         = 80
	phoneMax        = 32
	addressesMax    = 10
	languageMax     = 35
	zoneMax         = 64
	postalMax       = 120
	postalLinesMax  = 400
	customerNoteMax = 10_000
)

// checked returns the input as it is kept, with its keys, or all that is wrong
// with it. before is what the fields of the customer say now.
func (r *Records) checked(ctx context.Context, in CustomerInput, before map[parley.FieldID]string) (parley.Customer, store.CustomerKeys, parley.Faults, error) {
	v := r.store.View()
	country, err := countryOf(ctx, v)
	if err != nil {
		return parley.Customer{}, store.CustomerKeys{}, nil, err
	}
	c, keys, f := in.check(country)
	if err := mask(ctx, v, &c.Notes); err != nil {
		return c, keys, f, err
	}
	given := in.Fields
	if given == nil && in.Rev > 0 {
		c.Fields = before
		return c, keys, f, nil
	}
	c.Fields, err = FieldsOf(ctx, v, Asked{Of: parley.OfCustomer, Given: given, Before: before, New: in.Rev == 0}, &f)
	return c, keys, f, err
}

// countryOf returns the country of phone numbers that name none.
//
// Source: SMS-08.
func countryOf(ctx context.Context, v store.View) (string, error) {
	values, err := v.Settings(ctx)
	return settings.New(values).Text("phone.default_country", settings.At{}), err
}

// check returns the input as it is kept, with its keys, or all that is wrong
// with it but for the center's own fields. A draft may lack names, not
// everything.
func (in CustomerInput) check(country string) (parley.Customer, store.CustomerKeys, parley.Faults) {
	var f parley.Faults
	least := 1
	if in.Draft {
		least = 0
	}
	c := parley.Customer{
		FirstName:     parley.OneLine(identity.Text(in.FirstName)),
		LastName:      parley.OneLine(identity.Text(in.LastName)),
		AccountNumber: identity.Account(in.AccountNumber),
		Language:      identity.Text(in.Language),
		Zone:          identity.Text(in.Zone),
		Notes:         identity.Text(in.Notes),
		Home:          postal(in.Home, "home", &f),
		Other:         postal(in.Other, "other", &f),
		Draft:         in.Draft,
		Emails:        []string{},
		Phones:        []string{},
	}
	f.Name("account_number", c.AccountNumber, 0, identity.AccountMax)
	f.Text("first_name", c.FirstName, least, nameMax)
	f.Text("last_name", c.LastName, least, nameMax)
	f.Name("language", c.Language, 0, languageMax)
	f.Text("notes", c.Notes, 0, customerNoteMax)
	zoned(c.Zone, &f)
	if in.Draft && c.Name() == "" && len(in.Emails)+len(in.Phones) == 0 {
		f.Add("first_name", "required")
	}
	keys := namesOf(c)
	in.emails(&c, &f)
	in.phones(&c, &keys, country, &f)
	return c, keys, f
}

// Own returns what no two customers share: the account number and the e-mails.
func (in CustomerInput) Own() []string {
	c, _, _ := in.check("")
	if c.AccountNumber == "" {
		return c.Emails
	}
	return append([]string{c.AccountNumber}, c.Emails...)
}

// namesOf returns what a customer is searched and ordered by, but for phones.
func namesOf(c parley.Customer) store.CustomerKeys {
	return store.CustomerKeys{
		Folded:     identity.Fold(c.FirstName + " " + c.LastName),
		FoldedLast: identity.Fold(c.LastName + " " + c.FirstName),
	}
}

// zoned notes if a time zone is none.
func zoned(name string, f *parley.Faults) {
	if name == "" {
		return
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" || len(name) > zoneMax {
		f.Add("zone", "unknown")
	}
}

// postal returns an address as it is kept.
func postal(p parley.PostalAddress, name string, f *parley.Faults) parley.PostalAddress {
	for _, part := range []struct {
		name string
		text *string
		most int
	}{
		{"lines", &p.Lines, postalLinesMax}, {"city", &p.City, postalMax}, {"region", &p.Region, postalMax},
		{"postal_code", &p.PostalCode, postalMax}, {"country", &p.Country, postalMax},
	} {
		*part.text = identity.Text(*part.text)
		f.Text(name+"."+part.name, *part.text, 0, part.most)
	}
	return p
}

func (in CustomerInput) emails(c *parley.Customer, f *parley.Faults) {
	if len(in.Emails) > addressesMax {
		f.Add("emails", "too_many")
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
}

// phones keeps numbers in E.164: those without a country are of the center's.
// What is no number of a country is kept as it was typed.
//
// Source: CRM-02, SMS-08.
func (in CustomerInput) phones(c *parley.Customer, keys *store.CustomerKeys, country string, f *parley.Faults) {
	if len(in.Phones) > addressesMax {
		f.Add("phones", "too_many")
	}
	for i, s := range in.Phones {
		field, digits, shown := parley.Index("phones", i, ""), identity.Digits(s), identity.Text(s)
		f.Text(field, shown, 0, phoneMax)
		if e164, ok := identity.Phone(shown, country); ok {
			digits, shown = identity.Digits(e164), e164
		}
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
