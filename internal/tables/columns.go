package tables

import (
	"context"
	"slices"
	"strings"

	"parley"
	"parley/internal/records"
	"parley/internal/search"
)

// column is one thing that a table of customers says of each: how it is read out
// of a record, and what a cell means for what somebody would have typed in.
type column struct {
	name string
	of   func(records.Customer) string
	into func(in *records.CustomerInput, cell string)
}

// idColumn is whose row it is where the account number is not known; no cell makes
// an id.
const idColumn = "id"

// builtin are the columns that every center has.
//
// Source: CRM-02.
var builtin = slices.Concat([]column{
	{"account_number", func(c records.Customer) string { return c.AccountNumber }, func(in *records.CustomerInput, cell string) { in.AccountNumber = cell }},
	{"first_name", func(c records.Customer) string { return c.FirstName }, func(in *records.CustomerInput, cell string) { in.FirstName = cell }},
	{"last_name", func(c records.Customer) string { return c.LastName }, func(in *records.CustomerInput, cell string) { in.LastName = cell }},
	{"email", func(c records.Customer) string { return strings.Join(c.Emails, "; ") }, func(in *records.CustomerInput, cell string) { in.Emails = append(in.Emails, several(cell)...) }},
	{"phone", func(c records.Customer) string { return strings.Join(c.Phones, "; ") }, func(in *records.CustomerInput, cell string) { in.Phones = append(in.Phones, several(cell)...) }},
	{"language", func(c records.Customer) string { return c.Language }, func(in *records.CustomerInput, cell string) { in.Language = cell }},
	{"zone", func(c records.Customer) string { return c.Zone }, func(in *records.CustomerInput, cell string) { in.Zone = cell }},
	{"notes", func(c records.Customer) string { return c.Notes }, func(in *records.CustomerInput, cell string) { in.Notes = cell }},
},
	place("home_", func(c *records.Customer) *parley.PostalAddress { return &c.Home }, func(in *records.CustomerInput) *parley.PostalAddress { return &in.Home }),
	place("other_", func(c *records.Customer) *parley.PostalAddress { return &c.Other }, func(in *records.CustomerInput) *parley.PostalAddress { return &in.Other }),
	[]column{{idColumn, func(c records.Customer) string { return string(c.ID) }, func(*records.CustomerInput, string) {}}},
)

// place are the columns of an address.
func place(prefix string, of func(*records.Customer) *parley.PostalAddress, into func(*records.CustomerInput) *parley.PostalAddress) (out []column) {
	for _, part := range []struct {
		name string
		of   func(*parley.PostalAddress) *string
	}{
		{"lines", func(p *parley.PostalAddress) *string { return &p.Lines }},
		{"city", func(p *parley.PostalAddress) *string { return &p.City }},
		{"region", func(p *parley.PostalAddress) *string { return &p.Region }},
		{"postal_code", func(p *parley.PostalAddress) *string { return &p.PostalCode }},
		{"country", func(p *parley.PostalAddress) *string { return &p.Country }},
	} {
		out = append(out, column{
			name: prefix + part.name,
			of:   func(c records.Customer) string { return *part.of(of(&c)) },
			into: func(in *records.CustomerInput, cell string) { *part.of(into(in)) = cell },
		})
	}
	return out
}

// owned is the column of one of the center's own fields.
//
// Source: CRM-05.
func owned(f parley.CustomField) column {
	return column{
		name: "fields." + f.Name,
		of:   func(c records.Customer) string { return c.Fields[string(f.ID)] },
		into: func(in *records.CustomerInput, cell string) { in.Fields[string(f.ID)] = cell },
	}
}

// known are the columns of a table of this center, and its own fields by the name
// of their column. A field that is no longer asked for goes out, and does not come in.
type known struct {
	out []column
	in  []column
	own map[string]parley.CustomField // of in
}

// columns returns the columns there are.
func (t *Tables) columns(ctx context.Context) (known, error) {
	fields, err := t.store.View().Fields(ctx, parley.OfCustomer)
	k := known{out: slices.Clone(builtin), in: slices.Clone(builtin), own: map[string]parley.CustomField{}}
	for _, f := range fields {
		c := owned(f)
		k.out = append(k.out, c)
		if f.Active {
			k.in, k.own[c.name] = append(k.in, c), f
		}
	}
	return k, err
}

// heads are how people name the columns.
var heads = map[string]string{
	"account": "account_number", "customer number": "account_number", "numero de compte": "account_number", "compte": "account_number",
	"customer id": idColumn, "identifiant": idColumn,
	"given name": "first_name", "prenom": "first_name",
	"surname": "last_name", "family name": "last_name", "nom": "last_name", "nom de famille": "last_name",
	"e mail": "email", "emails": "email", "courriel": "email", "email address": "email", "adresse courriel": "email",
	"phones": "phone", "telephone": "phone", "mobile": "phone", "cell": "phone", "cellulaire": "phone", "phone number": "phone",
	"langue": "language", "note": "notes", "remarques": "notes", "time zone": "zone", "fuseau horaire": "zone",
	"address": "home_lines", "street": "home_lines", "adresse": "home_lines", "rue": "home_lines",
	"city": "home_city", "ville": "home_city", "province": "home_region", "state": "home_region", "region": "home_region",
	"postal code": "home_postal_code", "zip": "home_postal_code", "zip code": "home_postal_code", "code postal": "home_postal_code",
	"country": "home_country", "pays": "home_country",
}

// guess says what columns are by their heads: those of a table that was exported,
// the product's words, then what the center calls its own fields.
func (k known) guess(head []string) []string {
	out := make([]string, len(head))
	for i, h := range head {
		if slices.ContainsFunc(k.in, func(c column) bool { return c.name == h }) {
			out[i] = h
			continue
		}
		h = plain(h)
		out[i] = heads[h]
		for _, c := range k.in { // in the order of the forms: two fields may have one label
			f := k.own[c.name]
			if out[i] == "" && h != "" && slices.Contains([]string{plain(c.name), plain(f.Name), plain(f.Label), plain(f.LabelFR)}, h) {
				out[i] = c.name
			}
		}
	}
	return out
}

// plain is a head as it is compared.
func plain(s string) string { return strings.Join(search.Words(s), " ") }

// pick returns what each column of a file is; the zero column is left out.
//
// Errors: an Invalid one that names a column nobody knows.
func (k known) pick(names, head []string) ([]column, error) {
	out := make([]column, len(names))
	for i, name := range names {
		n := slices.IndexFunc(k.in, func(c column) bool { return c.name == name })
		if name != "" && n < 0 || i >= len(head) {
			return nil, parley.ErrInvalid(parley.FieldError{Field: parley.Index("columns", i, ""), Code: "unknown"})
		}
		if name != "" {
			out[i] = k.in[n]
		}
	}
	if strings.Join(names, "") == "" {
		return nil, parley.ErrInvalid(parley.FieldError{Field: "columns", Code: "required"})
	}
	return out, nil
}

// several are the addresses of one cell.
func several(cell string) (out []string) {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == ',' || r == '|' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
