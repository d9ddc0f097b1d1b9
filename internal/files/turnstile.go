package files

import (
	"sync"

	"parley"
)

// Turnstile lets only so many in at the same time: Each of one, Most of all.
type Turnstile struct {
	Each, Most int

	mu  sync.Mutex // guards all and of
	all int
	of  map[string]int
}

// Enter lets one in; leave lets it out. Errors: parley.ErrTooManyFiles.
func (t *Turnstile) Enter(who string) (leave func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all >= t.Most || t.of[who] >= t.Each {
		return nil, parley.ErrTooManyFiles
	}
	if t.of == nil {
		t.of = map[string]int{}
	}
	t.all++
	t.of[who]++
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.all--
		if t.of[who]--; t.of[who] == 0 {
			delete(t.of, who)
		}
	}, nil
}
