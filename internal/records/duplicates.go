package records

import (
	"context"
	"slices"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// Duplicate is a customer who may be the same person, and why one could think so.
type Duplicate struct {
	Customer Customer   `json:"customer"`
	Evidence []Evidence `json:"evidence" doc:"the strongest first"`
}

// Evidence is one thing two customers have in common.
type Evidence struct {
	Kind  string `json:"kind" enum:"phone,name,name_alike,names_swapped,email_alike"`
	Value string `json:"value" doc:"what the other has"`
}

// weight orders what two customers may have in common.
var weight = map[string]int{"phone": 4, "name": 3, "names_swapped": 2, "name_alike": 2, "email_alike": 1}

// How far a search for duplicates looks, and how many it tells.
//
// Unit: customers.
const (
	alikeMax     = 100
	duplicateMax = 10
)

// localMin is how long the part of an e-mail before the @ must be to say
// something about a person: info@ and sales@ say nothing.
//
// Unit: bytes.
const localMin = 6

// Duplicates returns who may be the same person as a customer: the same phone,
// the same name or one that differs in a letter, an e-mail of the same name
// elsewhere. It changes nothing.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (r *Records) Duplicates(ctx context.Context, me parley.Actor, id parley.CustomerID) ([]Duplicate, error) {
	if err := may(me, parley.MayRecords); err != nil {
		return nil, err
	}
	v := r.store.View()
	own, err := v.Customers(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(own) == 0 {
		return nil, parley.ErrNotFound
	}
	found, err := candidates(ctx, v, own[0])
	if err != nil {
		return nil, err
	}
	out := []Duplicate{}
	for _, c := range found {
		if why := common(own[0], c); len(why) > 0 {
			out = append(out, Duplicate{Customer: view(c.Customer, 0), Evidence: why})
		}
	}
	slices.SortStableFunc(out, func(a, b Duplicate) int { return sum(b.Evidence) - sum(a.Evidence) })
	return out[:min(len(out), duplicateMax)], nil
}

func sum(why []Evidence) (n int) {
	for _, e := range why {
		n += weight[e.Kind]
	}
	return n
}

// candidates returns who shares a key with a customer: each by an index.
func candidates(ctx context.Context, v store.View, own store.CustomerRow) ([]store.CustomerRow, error) {
	seen := map[parley.CustomerID]bool{own.ID: true}
	var out []store.CustomerRow
	add := func(rows []store.CustomerRow) {
		for _, c := range rows {
			if !seen[c.ID] {
				seen[c.ID] = true
				out = append(out, c)
			}
		}
	}
	for _, digits := range own.Digits {
		ids, err := v.CustomersWithPhone(ctx, digits, matchMax)
		if err != nil {
			return nil, err
		}
		rows, err := v.Customers(ctx, ids...)
		if err != nil {
			return nil, err
		}
		add(rows)
	}
	for _, s := range stretches(own) {
		rows, err := v.CustomerRange(ctx, s)
		if err != nil {
			return nil, err
		}
		add(rows)
	}
	return out, nil
}

// stretches are where people with nearly the same name or e-mail stand.
func stretches(own store.CustomerRow) []store.CustomerRange {
	var out []store.CustomerRange
	add := func(order store.CustomerOrder, prefix string) {
		out = append(out, store.CustomerRange{Order: order, From: prefix, To: identity.After(prefix), Limit: alikeMax})
	}
	if first, last := identity.Fold(own.FirstName), identity.Fold(own.LastName); first != "" && last != "" {
		add(store.ByName, first+" "+initial(last))
		add(store.ByLast, last+" "+initial(first))
		add(store.ByName, last+" "+first)
	}
	for _, email := range own.Emails {
		if local, _, ok := strings.Cut(email, "@"); ok && len(local) >= localMin {
			add(store.ByEmail, local+"@")
		}
	}
	return out
}

func initial(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// common returns what two customers have in common, the strongest first.
func common(a, b store.CustomerRow) []Evidence {
	out := []Evidence{}
	for i, digits := range b.Digits {
		if slices.Contains(a.Digits, digits) {
			out = append(out, Evidence{"phone", b.Phones[i]})
		}
	}
	switch {
	case a.LastName == "" || b.LastName == "" || a.FirstName == "" || b.FirstName == "":
	case a.Folded == b.Folded:
		out = append(out, Evidence{"name", b.Name()})
	case a.Folded == b.FoldedLast:
		out = append(out, Evidence{"names_swapped", b.Name()})
	case nearly(a.Folded, b.Folded):
		out = append(out, Evidence{"name_alike", b.Name()})
	}
	for _, email := range b.Emails {
		local, _, _ := strings.Cut(email, "@")
		if len(local) >= localMin && slices.ContainsFunc(a.Emails, func(own string) bool { return strings.HasPrefix(own, local+"@") }) {
			out = append(out, Evidence{"email_alike", email})
		}
	}
	return out
}

// nearly reports whether two texts differ in one letter: another, one more, one
// less, or two that changed places.
func nearly(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	rest := func(from, of int) bool { return slices.Equal(x[min(from, len(x)):], y[min(of, len(y)):]) }
	if len(x) < len(y) {
		return rest(i, i+1)
	}
	swapped := i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && rest(i+2, i+2)
	return rest(i+1, i+1) || swapped
}
