package search

import (
	"cmp"
	"slices"
	"strings"
)

// Points of a way to be found. A higher one beats any number of lower ones of
// other words: the sum counts, and each step is more than all words can add below.
const (
	pointsExact  = 1000 // the whole account number, e-mail, phone or name
	pointsBegins = 400  // one of them begins so
	pointsWord   = 40
	pointsBegun  = 20
	pointsInside = 8
	pointsNear   = 4
)

// Order sorts records, the best fit first, and leaves out those that do not fit
// at all. Of two that fit alike, the one that stood first stays first.
func (q Query) Order(records []Record) []Record {
	return Best(q, records, func(r Record) Record { return r }, len(records))
}

// Best returns those of items whose record fits, in the same order, at most limit.
func Best[T any](q Query, items []T, record func(T) Record, limit int) []T {
	type scored struct {
		item   T
		points int
	}
	var all []scored
	for _, item := range items {
		if p := q.points(record(item)); p > 0 {
			all = append(all, scored{item, p})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.points, a.points) })
	out := make([]T, min(limit, len(all)))
	for i := range out {
		out[i] = all[i].item
	}
	return out
}

// points says how well a record fits; 0 = not.
func (q Query) points(r Record) int {
	sum := q.identity(r)
	body := r.Body()
	words := strings.Fields(body)
	for _, w := range q.Words {
		p := fit(w, body, words)
		if p == 0 && sum < pointsBegins {
			return 0
		}
		sum += p
	}
	if sum > 0 {
		sum += q.inOrder(r)
	}
	return sum
}

// identity is how well the whole line fits one of the keys.
func (q Query) identity(r Record) int {
	if q.Text == "" {
		return 0
	}
	name := strings.Join(Words(r.Name), " ")
	line := strings.Join(Words(q.Text), " ")
	keys := append([]string{strings.TrimSpace(Fold(r.Account))}, r.Emails...)
	best := 0
	for _, k := range keys {
		best = max(best, key(q.Text, k))
	}
	best = max(best, key(line, name))
	if q.Digits != "" {
		for _, p := range r.Phones {
			best = max(best, key(q.Digits, p))
			if len(q.Digits) >= 7 && strings.HasSuffix(p, q.Digits) {
				best = max(best, pointsBegins+len(q.Digits))
			}
		}
	}
	return best
}

func key(text, key string) int {
	switch {
	case text == "" || key == "":
		return 0
	case text == key:
		return pointsExact
	case strings.HasPrefix(key, text):
		return pointsBegins
	}
	return 0
}

// fit is how well one word is found in a body.
func fit(w, body string, words []string) int {
	switch {
	case strings.Contains(body, " "+w+" "):
		return pointsWord
	case strings.Contains(body, " "+w):
		return pointsBegun
	case strings.Contains(body, w):
		return pointsInside
	case !Forgivable(w):
		return 0
	}
	for _, other := range words {
		if Near(w, other) {
			return pointsNear
		}
		for _, part := range Words(other) {
			if Near(w, part) {
				return pointsNear
			}
		}
	}
	return 0
}

// inOrder prefers names whose words stand as they were typed.
func (q Query) inOrder(r Record) int {
	name, at := Words(r.Name), 0
	for _, w := range q.Words {
		i := slices.IndexFunc(name[at:], func(n string) bool { return strings.HasPrefix(n, w) || Near(n, w) && Forgivable(w) })
		if i < 0 {
			return 0
		}
		at += i + 1
	}
	if len(name) == len(q.Words) {
		return 6
	}
	return 3
}
