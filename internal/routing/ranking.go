package routing

import "slices"

// standing is what RTE-01 compares of one eligible agent in one class.
type standing struct {
	level int32
	load  int32 // 0 where the policy ignores it
	idle  int64 // since, Unix milliseconds
	seat  *seat
}

// before reports whether s is offered work sooner than o.
//
// Source: RTE-01, RTE-02, RTE-05.
func (s *standing) before(o *standing) bool {
	if s.level != o.level {
		return s.level > o.level
	}
	if s.load != o.load {
		return s.load < o.load
	}
	if s.idle != o.idle {
		return s.idle < o.idle
	}
	return s.seat.agent.ID < o.seat.agent.ID
}

// ranking is the eligible agents of a class: a heap of four children a node, the
// best first. Every seat in it knows its place.
type ranking []standing

// arity is how many children a node has.
const arity = 4

// put adds s, or moves it if its seat is there already.
func (r *ranking) put(s standing) {
	at := s.seat.at
	if at < 0 {
		at = len(*r)
		*r = append(*r, s)
	} else {
		(*r)[at] = s
	}
	s.seat.at = at
	if !r.up(at) {
		r.down(at)
	}
}

// drop takes the seat at a place out.
func (r *ranking) drop(at int) {
	h := *r
	last := len(h) - 1
	h[at].seat.at = -1
	if at != last {
		h[at] = h[last]
		h[at].seat.at = at
	}
	h[last] = standing{}
	*r = h[:last]
	if at != last && !r.up(at) {
		r.down(at)
	}
}

// up moves the standing at a place towards the best; it reports whether it moved.
func (r *ranking) up(at int) bool {
	h, from := *r, at
	s := h[at]
	for at > 0 {
		parent := (at - 1) / arity
		if !s.before(&h[parent]) {
			break
		}
		h[at] = h[parent]
		h[at].seat.at = at
		at = parent
	}
	h[at] = s
	s.seat.at = at
	return at != from
}

// down moves the standing at a place away from the best.
func (r *ranking) down(at int) {
	h := *r
	s := h[at]
	for {
		best := h.bestChild(at)
		if best < 0 || !h[best].before(&s) {
			break
		}
		h[at] = h[best]
		h[at].seat.at = at
		at = best
	}
	h[at] = s
	s.seat.at = at
}

// bestChild returns the best of a node's children, -1 if it has none.
func (r ranking) bestChild(at int) int {
	first := at*arity + 1
	if first >= len(r) {
		return -1
	}
	best := first
	for k := first + 1; k < min(first+arity, len(r)); k++ {
		if r[k].before(&r[best]) {
			best = k
		}
	}
	return best
}

// best returns the first two seats in order that skip lets through; nil where
// there is none.
func (r ranking) best(skip func(*seat) bool) (first, second *seat) {
	if len(r) == 0 {
		return nil, nil
	}
	frontier := make([]int, 1, 16) // nodes whose parent was looked at, the best last
	for len(frontier) > 0 {
		at := frontier[len(frontier)-1]
		frontier = frontier[:len(frontier)-1]
		for k := at*arity + 1; k <= min(at*arity+arity, len(r)-1); k++ {
			f, _ := slices.BinarySearchFunc(frontier, k, func(x, k int) int {
				if r[k].before(&r[x]) {
					return -1
				}
				return 1
			})
			frontier = slices.Insert(frontier, f, k)
		}
		switch s := r[at].seat; {
		case skip(s):
		case first == nil:
			first = s
		default:
			return first, s
		}
	}
	return first, nil
}

// bestTwo is best with nobody to skip.
func (r ranking) bestTwo() (first, second *seat) {
	if len(r) == 0 {
		return nil, nil
	}
	if k := r.bestChild(0); k > 0 {
		second = r[k].seat
	}
	return r[0].seat, second
}
