package drill

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
	"parley/internal/store/storetest"
)

// wire lies between the server and its database, and can be cut.
type wire struct {
	to   string
	mu   sync.Mutex // guards what follows
	news *sync.Cond // one of them has changed
	ends map[net.Conn]bool
	hold [2]bool // what goes to the database; what comes from it
	dead bool    // nobody is let in
}

// The two ways on a wire.
const (
	there = iota
	back
)

// lay lays a wire to address and returns it with the address of its near end.
func lay(t *testing.T, address string) (*wire, string) {
	t.Helper()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{to: at.Host, ends: map[net.Conn]bool{}}
	w.news = sync.NewCond(&w.mu)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { w.join(near) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close() // ends the loop above
		w.set(true, false, false)
		w.cut()
		all.Wait()
	})
	at.Host = l.Addr().String()
	return w, at.String()
}

// join carries what two ends say until one of them is gone.
func (w *wire) join(near net.Conn) {
	far, err := net.Dial("tcp", w.to)
	if err != nil {
		_ = near.Close() // there is nobody at the other end
		return
	}
	w.mu.Lock()
	w.ends[near], w.ends[far] = true, true
	if w.dead {
		_, _ = near.Close(), far.Close()
	}
	w.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { w.carry(far, near, there) })
	both.Go(func() { w.carry(near, far, back) })
	both.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.ends, near)
	delete(w.ends, far)
}

func (w *wire) carry(to io.WriteCloser, from io.ReadCloser, way int) {
	defer func() { _, _ = to.Close(), from.Close() }() // the other way ends with this one
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		w.mu.Lock()
		for w.hold[way] {
			w.news.Wait()
		}
		w.mu.Unlock()
		if _, broken := to.Write(buffer[:n]); err != nil || broken != nil {
			return
		}
	}
}

// set says who is let in and which ways are held.
func (w *wire) set(dead, holdThere, holdBack bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead, w.hold = dead, [2]bool{holdThere, holdBack}
	w.news.Broadcast()
}

// cut breaks every connection.
func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.ends {
		_ = c.Close() // each twice at most
	}
}

// TestWireCut is R-22: the way to PostgreSQL is cut, swallows everything, or
// loses the answers only. Sending is refused meanwhile, and goes on by itself;
// a commit whose answer was lost counts once.
func TestWireCut(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	w, address := lay(t, storetest.Postgres(t))
	s := server(t, address)
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	crowd := openDoors(ctx, t, s.URL, 8, "amy", "bob")
	v := people.NewVisitor(s.URL, "ann")
	crowd.book.intend("hello")
	if err := v.Begin(ctx, "ent_demo", "hello"); err != nil {
		t.Fatal(err)
	}
	crowd.book.meet(v)
	for name, sever := range map[string]func(){
		"cut":        func() { w.set(true, false, false); w.cut() },
		"black hole": func() { w.set(false, true, true) },
		"one way":    func() { w.set(false, false, true) },
	} {
		crowd.more(ctx, 40)
		sever()
		crowd.refused(ctx, v, name)
		w.set(false, false, false)
		crowd.more(ctx, 40)
	}
	crowd.close()
	crowd.book.audit(ctx, t)
	clean(ctx, t, s)
}

// refused has a visitor send until a line is refused because nothing can be saved.
func (c *crowd) refused(ctx context.Context, v *people.Visitor, why string) {
	c.t.Helper()
	for n := 0; ; n++ {
		text := "in vain " + uuid.NewString()
		c.book.intend(text)
		ack, err := v.Send(ctx, uuid.NewString(), text)
		var refusal *people.Refusal
		switch {
		case err == nil && n < 100:
			c.book.ack(text, ack) // it was on its way before
		case errors.As(err, &refusal) && refusal.Status == 503:
			return
		default:
			c.t.Fatalf("%s: a line is answered %v", why, err)
		}
	}
}
