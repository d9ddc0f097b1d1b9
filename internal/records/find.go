package records

import (
	"context"
	"slices"

	"parley"
	"parley/internal/search"
	"parley/internal/store"
)

// Found is what one line finds, each kind the best first.
type Found struct {
	Customers []Customer `json:"customers"`
	Cases     []Case     `json:"cases"`
	Talks     []Heard    `json:"talks"`
}

// Heard is an interaction in which the words were said, and the line in which most
// of them were.
type Heard struct {
	Interaction Talked         `json:"interaction"`
	Seq         int64          `json:"seq"`
	Sender      parley.Sender  `json:"sender"`
	At          int64          `json:"at"`
	Pieces      []search.Piece `json:"pieces"`
}

// The bounds of a search.
//
// Unit: records.
const (
	foundMax   = 20 // of each kind
	foundFew   = 5  // fewer customers than this, and slips are forgiven
	handedMost = 80 // that the database hands over for one way to look
	namesakes  = 6  // that each order of customers adds
)

// Search finds customers, cases and conversations by what somebody types: any
// part of a name, e-mail, phone or account number, a case's number, words that
// were said. A supervisor finds everybody's conversations, an agent their own.
//
// Errors: parley.ErrForbidden, an Invalid one for a line that is too long.
// Source: issue 4, section 1; CRM-11.
func (r *Records) Search(ctx context.Context, me parley.Actor, line string, limit int) (Found, error) {
	out := Found{Customers: []Customer{}, Cases: []Case{}, Talks: []Heard{}}
	if err := may(me, parley.MayRecords); err != nil {
		return out, err
	}
	var f parley.Faults
	f.Text("q", line, 0, queryMax)
	if err := f.Err(); err != nil {
		return out, err
	}
	q := search.Parse(line)
	if q.Text == "" {
		return out, nil
	}
	if limit <= 0 || limit > foundMax {
		limit = foundMax
	}
	rows, err := r.whoFits(ctx, q, limit)
	if err != nil {
		return out, err
	}
	if out.Customers, err = r.shown(ctx, me, rows); err != nil {
		return out, err
	}
	if out.Cases, err = r.casesFor(ctx, me, q, rows, limit); err != nil {
		return out, err
	}
	out.Talks, err = r.heard(ctx, me, q, limit)
	return out, err
}

func (r *Records) shown(ctx context.Context, me parley.Actor, rows []store.CustomerRow) ([]Customer, error) {
	ids := make([]parley.CustomerID, len(rows))
	for i, c := range rows {
		ids[i] = c.ID
	}
	open, err := r.store.View().OpenCases(ctx, readerOf(me), ids...)
	out := make([]Customer, len(rows))
	for i, c := range rows {
		out[i] = view(c.Customer, open[c.ID])
	}
	return out, err
}

// crowd is who may fit, each once.
type crowd struct {
	rows []store.CustomerRow
	has  map[parley.CustomerID]bool
}

func (c *crowd) add(rows ...store.CustomerRow) {
	for _, row := range rows {
		if !c.has[row.ID] {
			c.has[row.ID] = true
			c.rows = append(c.rows, row)
		}
	}
}

// order returns those who fit, the best first, at most limit.
func (c *crowd) order(q search.Query, limit int) []store.CustomerRow {
	return search.Best(q, c.rows, store.CustomerRow.Record, limit)
}

// whoFits asks the database for those who may be meant, the surest way first, and
// orders them. It stops when there are enough.
func (r *Records) whoFits(ctx context.Context, q search.Query, limit int) ([]store.CustomerRow, error) {
	c := &crowd{has: map[parley.CustomerID]bool{}}
	if err := r.namesakes(ctx, q, c); err != nil {
		return nil, err
	}
	if best, err := r.fits(ctx, q, c, limit); err != nil || len(best) == limit {
		return best, err
	}
	best := c.order(q, limit)
	if len(best) >= foundFew {
		return best, nil
	}
	known, any := map[string][]string{}, false
	for _, w := range q.Words {
		near, err := r.store.Finder().SpeltLike(ctx, w)
		if err != nil {
			return nil, err
		}
		known[w], any = near, any || len(near) > 0
	}
	if !any {
		return best, nil
	}
	if err := r.like(ctx, q.Forgiven(known), c); err != nil {
		return nil, err
	}
	return c.order(q, limit), nil
}

// fits adds those in whose text any part is: all, if they are few. Of many those
// come first who have whole words, and then those that begin so.
func (r *Records) fits(ctx context.Context, q search.Query, c *crowd, limit int) ([]store.CustomerRow, error) {
	parts, err := r.store.Finder().CustomersLike(ctx, q.Inside(), handedMost)
	if err != nil {
		return nil, err
	}
	many := len(parts) == handedMost && q.Digits == ""
	if many {
		if err := r.like(ctx, q.Whole(), c); err != nil {
			return nil, err
		}
		if best := c.order(q, limit); len(best) == limit {
			return best, nil
		}
	}
	if err := r.known(ctx, parts, c); err != nil {
		return nil, err
	}
	if many {
		err = r.like(ctx, q.Begun(), c)
	}
	return c.order(q, limit), err
}

// namesakes adds those whose account number, e-mail, phone or name begins as the
// line does: they come first, however many others hold the words somewhere.
func (r *Records) namesakes(ctx context.Context, q search.Query, c *crowd) error {
	arms, err := CustomerQuery{Text: q.Text}.arms()
	if err != nil {
		return err
	}
	for _, a := range arms {
		single := a.Order == store.ByAccount || a.Order == store.ByEmail
		if single && len(q.Words) > 1 || a.Order == store.ByPhone && q.Digits == "" {
			continue
		}
		a.Limit = namesakes
		rows, err := r.store.View().CustomerRange(ctx, a.CustomerRange)
		if err != nil {
			return err
		}
		c.add(rows...)
	}
	return nil
}

// like adds those that the database hands over.
func (r *Records) like(ctx context.Context, terms search.Terms, c *crowd) error {
	ids, err := r.store.Finder().CustomersLike(ctx, terms, handedMost)
	if err != nil {
		return err
	}
	return r.known(ctx, ids, c)
}

// known adds customers by their ids.
func (r *Records) known(ctx context.Context, ids []parley.CustomerID, c *crowd) error {
	ids = slices.DeleteFunc(ids, func(id parley.CustomerID) bool { return c.has[id] })
	rows, err := r.store.View().Customers(ctx, ids...)
	c.add(rows...)
	return err
}

// casesFor returns the case of a number, then those whose subject fits, then the
// newest ones of those who fit best.
func (r *Records) casesFor(ctx context.Context, me parley.Actor, q search.Query, who []store.CustomerRow, limit int) ([]Case, error) {
	v := r.store.View()
	var list []parley.Case
	if number, ok := caseNumber(q.Number); ok {
		c, err := v.CaseNumbered(ctx, number)
		if err != nil && !absent(err) {
			return nil, err
		}
		if err == nil && c.SeenBy(me) {
			list = append(list, c)
		}
	}
	named, err := r.subjects(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, c := range who[:min(len(who), 3)] {
		rows, err := v.CaseRange(ctx, store.CaseRange{Customer: c.ID, Limit: 4})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			named = append(named, row.Case)
		}
	}
	for _, c := range named {
		had := slices.ContainsFunc(list, func(h parley.Case) bool { return h.ID == c.ID })
		if len(list) < limit && !had && c.SeenBy(me) {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return []Case{}, nil
	}
	return cases(ctx, v, list...)
}

// subjects returns the cases whose subject fits, the best first, of those that fit
// alike the newest.
func (r *Records) subjects(ctx context.Context, q search.Query) ([]parley.Case, error) {
	all, err := r.store.Finder().CasesLike(ctx, q.Inside(), handedMost)
	if err != nil {
		return nil, err
	}
	if len(all) == handedMost { // there are more, perhaps better ones
		whole, err := r.store.Finder().CasesLike(ctx, q.Whole(), handedMost)
		if err != nil {
			return nil, err
		}
		all = append(whole, all...)
	}
	return search.Best(q, all, func(c parley.Case) search.Record { return search.Record{Name: c.Subject} }, len(all)), nil
}

// heard returns the newest conversations in which the words were said.
func (r *Records) heard(ctx context.Context, me parley.Actor, q search.Query, limit int) ([]Heard, error) {
	out := []Heard{}
	whose := me.Agent
	switch {
	case me.Has(parley.MaySupervise):
		whose = ""
	case whose == "" || !me.Has(parley.MayServe):
		return out, nil
	}
	words := search.Words(q.Text)
	ids, err := r.store.Finder().SpokenWith(ctx, words, whose, min(limit, 10))
	if err != nil || len(ids) == 0 {
		return out, err
	}
	v := r.store.View()
	talks, err := v.TalkedOf(ctx, ids...)
	if err == nil {
		err = hideLogs(ctx, v, me, talks)
	}
	if err != nil {
		return out, err
	}
	for _, t := range talks {
		messages, err := v.Transcript(ctx, t.Conversation, t.ID)
		if err != nil {
			return out, err
		}
		if h, ok := lineOf(messages, words); ok {
			h.Interaction = *talked(t)
			out = append(out, h)
		}
	}
	return out, nil
}

// lineOf returns the first of the lines that hold most of the words.
func lineOf(messages []parley.Message, words []string) (Heard, bool) {
	best, line, most := parley.Message{}, "", 0
	for _, m := range messages {
		if m.Sender == parley.FromSystem {
			continue
		}
		for _, said := range m.Said() {
			if n := search.Hits(said, words); n > most {
				best, line, most = m, said, n
			}
		}
	}
	pieces, ok := search.Marks(line, words)
	return Heard{Seq: best.Seq, Sender: best.Sender, At: parley.Millis(best.At), Pieces: pieces}, ok
}
