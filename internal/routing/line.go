package routing

import (
	"cmp"
	"slices"
)

// place is where an interaction stands: the smaller goes first.
//
// Source: RTE-06.
type place struct {
	rank   int64 // the priority, negated; 0 in the pool
	entry  int64 // Unix milliseconds
	number int64
	who    *interaction
}

// before reports whether p is served sooner than o.
func (p *place) before(o *place) bool {
	if p.rank != o.rank {
		return p.rank < o.rank
	}
	if p.entry != o.entry {
		return p.entry < o.entry
	}
	return p.number < o.number
}

// line keeps waiting interactions in order, in chunks, so that joining, leaving
// and asking for a rank stay cheap with 100,000 in it.
type line struct {
	chunks [][]place
	n      int
}

// chunkMax is how many places a chunk holds before it is split.
const chunkMax = 256

// first returns who is served first; nil if nobody waits.
func (l *line) first() *place {
	if l.n == 0 {
		return nil
	}
	return &l.chunks[0][0]
}

// find returns where the first place that is not before p is or would be. Who
// leaves is mostly the first, and who comes the last, so it looks there first.
func (l *line) find(p *place) (chunk, at int) {
	n := len(l.chunks)
	switch {
	case n == 0 || !l.chunks[0][0].before(p):
		return 0, 0
	case l.last().before(p):
		return n, 0
	}
	lo, hi := 0, n-1 // the chunk whose last place is the first not before p
	for lo < hi {
		mid := (lo + hi) / 2
		if c := l.chunks[mid]; c[len(c)-1].before(p) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	chunk = lo
	c := l.chunks[chunk]
	lo, hi = 0, len(c)
	for lo < hi {
		mid := (lo + hi) / 2
		if c[mid].before(p) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return chunk, lo
}

// last returns who is served last; somebody must wait.
func (l *line) last() *place {
	c := l.chunks[len(l.chunks)-1]
	return &c[len(c)-1]
}

// order compares as before does.
func order(a, b *place) int {
	return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.entry, b.entry), cmp.Compare(a.number, b.number))
}

// join puts p where it belongs.
func (l *line) join(p place) {
	l.n++
	chunk, at := l.find(&p)
	if chunk == len(l.chunks) {
		if chunk == 0 || len(l.chunks[chunk-1]) >= chunkMax {
			l.chunks = append(l.chunks, append(make([]place, 0, chunkMax), p))
			return
		}
		chunk--
		at = len(l.chunks[chunk])
	}
	c := slices.Insert(l.chunks[chunk], at, p)
	l.chunks[chunk] = c
	if len(c) > chunkMax {
		half := len(c) / 2
		l.chunks = slices.Insert(l.chunks, chunk+1, append(make([]place, 0, chunkMax), c[half:]...))
		clear(c[half:])
		l.chunks[chunk] = c[:half]
	}
}

// leave takes p out. It reports false if p is not there.
func (l *line) leave(p place) bool {
	chunk, at := l.find(&p)
	if chunk == len(l.chunks) || l.chunks[chunk][at].who != p.who {
		return false
	}
	l.n--
	c := l.chunks[chunk]
	switch {
	case len(c) == 1:
		l.chunks = slices.Delete(l.chunks, chunk, chunk+1)
	case at == 0: // the usual way: no copying
		c[0] = place{}
		l.chunks[chunk] = c[1:]
	default:
		l.chunks[chunk] = slices.Delete(c, at, at+1)
	}
	return true
}

// ahead returns how many are served before p.
func (l *line) ahead(p place) int {
	chunk, at := l.find(&p)
	for _, c := range l.chunks[:chunk] {
		at += len(c)
	}
	return at
}

// oldest returns the earliest entry: that of the first of each rank, compared.
//
// Unit: Unix milliseconds; ok is false if nobody waits.
func (l *line) oldest() (entry int64, ok bool) {
	for chunk, at := 0, 0; chunk < len(l.chunks); {
		p := l.chunks[chunk][at]
		if !ok || p.entry < entry {
			entry, ok = p.entry, true
		}
		chunk, at = l.find(&place{rank: p.rank + 1, entry: minEntry})
	}
	return entry, ok
}

// minEntry is before every entry.
const minEntry = -1 << 63

// all yields every place in order.
func (l *line) all(yield func(*interaction) bool) {
	for _, c := range l.chunks {
		for k := range c {
			if !yield(c[k].who) {
				return
			}
		}
	}
}
