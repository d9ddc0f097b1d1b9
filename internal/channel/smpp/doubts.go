package smpp

import (
	"crypto/sha256"
	"sync"
)

// doubts remembers which messages are on the disk of which the message center may
// not know it, because the connection ended before it could prove that it read our
// answer. SMPP gives messages no ids: one of the same bytes that comes next is the
// same one again, and takes the same id.
//
// Source: R-43.
type doubts struct {
	mu    sync.Mutex // all below
	fresh []doubt    // answered on this connection, in order
	old   map[[sha256.Size]byte]string
	beats int // proofs since the connection began
}

type doubt struct {
	body [sha256.Size]byte
	id   string
}

// How long a message is expected to come again after a new connection, and how
// many are remembered.
//
// Unit: beats; messages.
const (
	doubtBeats = 15
	doubtsMax  = 1000
)

// begin is called when a connection begins: what was not proved is in doubt.
func (d *doubts) begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.old == nil {
		d.old = map[[sha256.Size]byte]string{}
	}
	for _, f := range d.fresh {
		if len(d.old) < doubtsMax {
			d.old[f.body] = f.id
		}
	}
	d.fresh, d.beats = nil, 0
}

// again returns the id under which the same bytes were kept before, "" if it is new.
func (d *doubts) again(body []byte) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	sum := sha256.Sum256(body)
	id := d.old[sum]
	delete(d.old, sum)
	return id
}

// kept notes a message that is on the disk and was answered.
func (d *doubts) kept(body []byte, id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fresh = append(d.fresh, doubt{sha256.Sum256(body), id})
}

// mark returns how many answers were written so far; proved says that they were read.
func (d *doubts) mark() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.fresh)
}

func (d *doubts) proved(before int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fresh = d.fresh[min(before, len(d.fresh)):]
	if d.beats++; d.beats == doubtBeats {
		clear(d.old)
	}
}
