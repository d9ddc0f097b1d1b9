package ledger

import (
	"sync"

	"parley"
)

// news carries what is saved to those who tell it, in order, on a goroutine of
// its own: whoever tells slowly does not stop the writer.
type news struct {
	mu      sync.Mutex // guards the rest
	some    *sync.Cond
	batches [][]parley.Entry
	closed  bool
	tell    []func([]parley.Entry)
}

func newNews() *news {
	n := &news{}
	n.some = sync.NewCond(&n.mu)
	return n
}

func (n *news) subscribe(f func([]parley.Entry)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.tell = append(n.tell, f)
}

func (n *news) add(batch []parley.Entry) {
	if len(batch) == 0 {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.batches = append(n.batches, batch)
	n.some.Signal()
}

// close lets run end when all is told.
func (n *news) close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.closed = true
	n.some.Signal()
}

// run tells until it is closed.
func (n *news) run() {
	for {
		n.mu.Lock()
		for len(n.batches) == 0 && !n.closed {
			n.some.Wait()
		}
		batches, tell, closed := n.batches, n.tell, n.closed
		n.batches = nil
		n.mu.Unlock()
		for _, batch := range batches {
			for _, f := range tell {
				f(batch)
			}
		}
		if closed && len(batches) == 0 {
			return
		}
	}
}
