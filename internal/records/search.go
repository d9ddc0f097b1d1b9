package records

import (
	"context"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/store"
)

// queryMax bounds what can be searched for.
//
// Unit: code points.
// Source: A-099.
const queryMax = 200

// CustomerQuery narrows a list of customers.
type CustomerQuery struct {
	Text  string // beginning of a name, account number, e-mail or phone; "" = all
	Sort  string // name or created; a search has its own order
	Open  bool   // who has an open case; without a text by the newest of them
	After string
	Limit int

	reader *store.Reader // who asks
}

// arm is one way to be found: a stretch of one order. A search goes through
// its arms one after the other, each in the order of its index, so that every
// page costs as little as the first.
type arm struct {
	store.CustomerRange
	finds func(store.CustomerRow) bool // whether the arm finds a customer at all
}

// place is where a list of customers goes on.
type place struct {
	Arm int               `json:"a"`
	Key string            `json:"k"`
	ID  parley.CustomerID `json:"i"`
}

// Customers returns a page of customers.
//
// Errors: parley.ErrForbidden, ErrBadRequest for a wrong place, an Invalid one
// for an unknown order or a search that is too long.
func (r *Records) Customers(ctx context.Context, me parley.Actor, q CustomerQuery) (Page[Customer], error) {
	page := Page[Customer]{Items: []Customer{}}
	if err := may(me, parley.MayRecords); err != nil {
		return page, err
	}
	q.reader = readerOf(me)
	arms, err := q.arms()
	if err != nil {
		return page, err
	}
	var from place
	if q.After != "" {
		if err := at(q.After, &from); err != nil {
			return page, err
		}
	}
	rows, next, err := q.walk(ctx, r.store.View(), arms, from)
	if err != nil {
		return page, err
	}
	page.Next = next
	page.Items, err = r.shown(ctx, me, rows)
	return page, err
}

// readsMost is how many stretches one page is made of at most: whom an earlier
// arm has found is passed over, and they can be many. The page is then short, and
// the next one goes on.
const readsMost = 8

// walk returns the next rows of the arms, each customer once, and where the
// next page begins.
func (q CustomerQuery) walk(ctx context.Context, v store.View, arms []arm, from place) ([]store.CustomerRow, string, error) {
	out, seen, limit := []store.CustomerRow{}, map[parley.CustomerID]bool{}, bounded(q.Limit)
	reads := 0
	for n := from.Arm; n >= 0 && n < len(arms); reads++ {
		if reads == readsMost {
			return out, cursor(from), nil
		}
		stretch := arms[n].CustomerRange
		stretch.AfterKey, stretch.AfterID, stretch.Limit, stretch.WithOpen, stretch.Reader = from.Key, from.ID, limit+1, q.Open, q.reader
		rows, err := v.CustomerRange(ctx, stretch)
		if err != nil {
			return nil, "", err
		}
		for _, c := range rows {
			if len(out) == limit {
				return out, cursor(from), nil
			}
			from = place{Arm: n, Key: c.Key, ID: c.ID}
			if !seen[c.ID] && first(arms, n, c) {
				seen[c.ID] = true
				out = append(out, c)
			}
		}
		if len(rows) <= limit { // the arm is at its end
			n++
			from = place{Arm: n}
		}
	}
	return out, "", nil
}

// first reports whether arm n is the first that finds c, at c's first key in
// it: so each customer is in a search once.
func first(arms []arm, n int, c store.CustomerRow) bool {
	for _, a := range arms[:n] {
		if a.finds(c) {
			return false
		}
	}
	for _, key := range c.Keys(arms[n].Order) {
		if arms[n].holds(key) && key < c.Key {
			return false
		}
	}
	return true
}

func (a arm) holds(key string) bool {
	return (a.From == "" || key >= a.From) && (a.To == "" || key < a.To)
}

// arms says where to look for what somebody typed.
func (q CustomerQuery) arms() ([]arm, error) {
	var f parley.Faults
	f.Text("q", q.Text, 0, queryMax)
	if err := f.Err(); err != nil {
		return nil, err
	}
	text := strings.TrimSpace(q.Text)
	if text == "" {
		order := store.CustomerOrder(q.Sort)
		switch order {
		case "":
			order = store.ByName
		case store.ByName, store.ByCreated:
		default:
			return nil, parley.ErrInvalid(parley.FieldError{Field: "sort", Code: "unknown"})
		}
		if q.Open {
			order = store.ByOpen
		}
		return []arm{{CustomerRange: store.CustomerRange{Order: order}}}, nil
	}
	arms := []arm{beginning(store.ByAccount, identity.Account(text)), beginning(store.ByEmail, identity.Email(text))}
	if digits := identity.Digits(text); len(digits) >= 3 && !strings.ContainsAny(text, "@") {
		arms = append(arms, beginning(store.ByPhone, digits))
	}
	if folded := identity.Fold(text); folded != "" {
		arms = append(arms, beginning(store.ByName, folded), beginning(store.ByLast, folded))
	}
	return arms, nil
}

// beginning is the arm of all keys that begin with prefix.
func beginning(order store.CustomerOrder, prefix string) arm {
	a := arm{CustomerRange: store.CustomerRange{Order: order, From: prefix, To: identity.After(prefix)}}
	a.finds = func(c store.CustomerRow) bool {
		for _, key := range c.Keys(order) {
			if a.holds(key) {
				return true
			}
		}
		return false
	}
	return a
}

// CaseQuery narrows a list of cases; zero fields do not.
type CaseQuery struct {
	Text     string // a case number, or the beginning of the customer's name
	Status   parley.CaseStatus
	Draft    string // mine or all
	Unlinked bool
	Customer parley.CustomerID
	Mine     bool // whose assignee is who asks
	Channel  parley.Channel
	After    string
	Limit    int
}

// casePlace is where a list of cases goes on.
type casePlace struct {
	Number int64             `json:"n"`
	Name   string            `json:"f"`
	ID     parley.CustomerID `json:"i"`
}

// Cases returns a page of cases, the newest first; found by a name, by name.
//
// Errors: parley.ErrForbidden, ErrBadRequest for a wrong place, an Invalid one
// for an unknown status or draft.
// Source: CRM-11.
func (r *Records) Cases(ctx context.Context, me parley.Actor, q CaseQuery) (Page[Case], error) {
	page := Page[Case]{Items: []Case{}}
	if err := may(me, parley.MayRecords); err != nil {
		return page, err
	}
	stretch, err := q.stretch(me)
	if err != nil {
		return page, err
	}
	if stretch.From != "" && stretch.Unlinked {
		return page, nil // what has no customer has no customer's name
	}
	v := r.store.View()
	if number, ok := caseNumber(q.Text); ok {
		c, err := v.CaseNumbered(ctx, number)
		if absent(err) || err == nil && (!stretch.Holds(c) || !c.SeenBy(me)) {
			return page, nil
		}
		if err != nil {
			return page, err
		}
		page.Items, err = cases(ctx, v, c)
		return page, err
	}
	rows, err := v.CaseRange(ctx, stretch)
	if err != nil {
		return page, err
	}
	if last := stretch.Limit - 2; len(rows) > last+1 {
		rows = rows[:last+1]
		page.Next = cursor(casePlace{rows[last].Number, rows[last].Folded, rows[last].Customer})
	}
	list := make([]parley.Case, len(rows))
	for i, c := range rows {
		list[i] = c.Case
	}
	page.Items, err = cases(ctx, v, list...)
	return page, err
}

// stretch returns the stretch of the list that is asked for, and one row more.
func (q CaseQuery) stretch(me parley.Actor) (store.CaseRange, error) {
	var f parley.Faults
	s := store.CaseRange{Status: q.Status, Unlinked: q.Unlinked, Customer: q.Customer, Channel: q.Channel, Reader: readerOf(me), Limit: bounded(q.Limit) + 1}
	if q.Mine {
		s.Assignee = me.Agent
	}
	parley.OneOf(&f, "status", q.Status, "", parley.CaseOpen, parley.CaseClosed)
	switch q.Draft {
	case "":
	case "mine":
		s.Drafts, s.DraftsOf = true, me.Agent
	case "all":
		s.Drafts = true
	default:
		f.Add("draft", "unknown")
	}
	f.Text("q", q.Text, 0, queryMax)
	if folded := identity.Fold(q.Text); folded != "" {
		s.From, s.To = folded, identity.After(folded)
	}
	if err := f.Err(); err != nil {
		return s, err
	}
	if q.After == "" {
		return s, nil
	}
	var from casePlace
	if err := at(q.After, &from); err != nil {
		return s, err
	}
	if s.ByName() {
		s.AfterName, s.AfterID, s.AfterNumber = from.Name, from.ID, from.Number
	} else {
		s.Before = from.Number
	}
	return s, nil
}
