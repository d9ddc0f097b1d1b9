package records

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/search"
	"parley/internal/store"
)

// mentions finds one person in what colleagues wrote for themselves: the name of
// a list they keep, what it is narrowed by.
type mentions struct {
	names  []string // first and last, of them and of those merged into them
	traces []string // addresses, handles, account numbers
}

// in reports whether a text says who they are: an address of theirs, their whole
// name, or nothing but a part of it. A family name among other words does not.
func (m mentions) in(text string) bool {
	folded, words := search.Fold(text), search.Words(text)
	for _, trace := range m.traces {
		whole := strings.TrimPrefix(search.Fold(trace), "+")
		if len(whole) >= traceMin && strings.Contains(folded, whole) {
			return true
		}
		digits := identity.Digits(trace)
		if len(digits) >= identity.DigitsMin && strings.Contains(identity.Digits(text), digits) {
			return true
		}
	}
	return slices.ContainsFunc(m.names, func(name string) bool {
		own := search.Words(name)
		return len(own) > 1 && within(own, words) || len(words) > 0 && within(words, own)
	})
}

// within reports whether all words of some are among others.
func within(some, others []string) bool {
	return !slices.ContainsFunc(some, func(w string) bool { return !slices.Contains(others, w) })
}

// chosen are the parts of a list's address that people choose from a few: no word
// there is about anybody, whatever people are called.
var chosen = []string{"status", "state", "severity", "priority", "visibility", "draft", "sort", "order", "channel", "kind"}

// out returns a list without what names them, and whether it did.
func (m mentions) out(s store.SavedList) (store.SavedList, bool) {
	found := false
	if m.in(s.Name) {
		s.Name, found = parley.Erased, true
	}
	query, err := url.ParseQuery(s.Query)
	if err != nil { // older than the check of it
		return s, found
	}
	kept := len(query)
	for key, values := range query {
		if !slices.Contains(chosen, key) && slices.ContainsFunc(values, m.in) {
			query.Del(key)
		}
	}
	if len(query) < kept {
		s.Query, found = query.Encode(), true
	}
	return s, found
}

// eraseMentions takes a person out of what is not theirs but names them: lists
// that colleagues keep, messages that were left by mail address alone, the last
// words of a network about an entry point. It returns how many lists.
func (r *Records) eraseMentions(ctx context.Context, what erasing) (lists int64, err error) {
	m := mentions{what.Names, what.Traces}
	return lists, r.ledger.Bulk(ctx, func(ctx context.Context, v ledger.View) (ledger.Plan, bool, error) {
		all, err := v.AllSavedLists(ctx)
		if err != nil {
			return ledger.Plan{}, false, err
		}
		var changed []store.SavedList
		for _, s := range all {
			if s, found := m.out(s); found {
				s.Rev++
				changed = append(changed, s)
			}
		}
		lists = int64(len(changed))
		return rows(func(r *store.Rows) {
			for _, s := range changed {
				r.SaveList(s)
			}
			for _, trace := range what.Traces {
				if len(trace) >= traceMin {
					r.EraseAddress(trace)
				}
			}
		}), false, nil
	})
}
