package drill

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
)

// crowd is visitors who write and agents who answer, until they are told to stop.
type crowd struct {
	t    *testing.T
	base string
	book *book
	rest time.Duration         // between two lines of one visitor
	met  func(*people.Visitor) // told of everybody who has come, if set

	leave  chan struct{} // closed: visitors finish what they were sending, and go
	guests sync.WaitGroup
	staff  sync.WaitGroup
	home   context.CancelFunc // agents go home
}

// linesPerVisit is after how many lines a visitor ends the chat and comes anew.
const linesPerVisit = 12

func openDoors(ctx context.Context, t *testing.T, base string, visitors int, logins ...string) *crowd {
	t.Helper()
	c := newCrowd(t, base)
	c.open(ctx, visitors, logins...)
	return c
}

func newCrowd(t *testing.T, base string) *crowd {
	return &crowd{t: t, base: base, book: newBook(), rest: 20 * time.Millisecond, leave: make(chan struct{})}
}

func (c *crowd) open(ctx context.Context, visitors int, logins ...string) {
	c.t.Helper()
	work, home := context.WithCancel(ctx)
	c.home = home
	for _, login := range logins {
		a, err := people.SignIn(ctx, c.base, login, "demo")
		if err != nil {
			c.t.Fatalf("sign in %s: %v", login, err)
		}
		c.staff.Add(1)
		go func() { defer c.staff.Done(); c.serve(work, a) }()
	}
	for i := range visitors {
		c.guests.Add(1)
		go func() { defer c.guests.Done(); c.visit(ctx, fmt.Sprintf("guest%d", i)) }()
	}
}

// more waits until that many more lines are acknowledged.
func (c *crowd) more(ctx context.Context, n int) {
	c.t.Helper()
	n += len(c.book.known())
	await(ctx, c.t, func() bool { return len(c.book.known()) >= n }, time.Minute)
	if got := len(c.book.known()); got < n {
		c.t.Fatalf("only %d lines are acknowledged, and no more come", got)
	}
}

// close lets everybody finish and go.
func (c *crowd) close() {
	close(c.leave)
	c.guests.Wait()
	c.home()
	c.staff.Wait()
}

func (c *crowd) leaving() bool {
	select {
	case <-c.leave:
		return true
	default:
		return false
	}
}

// visit comes again and again; each line is sent until it is acknowledged.
func (c *crowd) visit(ctx context.Context, name string) {
	for visit := 0; !c.leaving() && ctx.Err() == nil; visit++ {
		who := fmt.Sprintf("%s-%d", name, visit)
		v := people.NewVisitor(c.base, who)
		question := unique(who, 0)
		c.book.intend(question)
		if err := v.Begin(ctx, "ent_demo", question); err != nil {
			if ctx.Err() == nil { // else the drill is over
				c.t.Errorf("%s could not begin: %v", who, err)
			}
			return
		}
		c.book.meet(v)
		if c.met != nil {
			c.met(v)
		}
		for n := 1; n <= linesPerVisit && !c.leaving(); n++ {
			if !c.say(ctx, v, unique(who, n)) {
				break
			}
			time.Sleep(c.rest)
		}
		_ = people.Insist(ctx, func() error { return v.End(ctx) }) // an agent may have ended it first
	}
}

// say sends text with one client id until it is acknowledged; false if the chat has ended.
func (c *crowd) say(ctx context.Context, v *people.Visitor, text string) bool {
	id := uuid.NewString()
	c.book.intend(text)
	var ack people.Ack
	err := people.Insist(ctx, func() (err error) { ack, err = v.Send(ctx, id, text); return err })
	if err != nil {
		return false
	}
	c.book.ack(text, ack)
	return true
}

// serve follows the news from its cursor, over and over, as a browser does.
func (c *crowd) serve(ctx context.Context, a *people.Agent) {
	desk := &desk{crowd: c, agent: a, answered: map[string]int{}, mine: map[string]string{}}
	for ctx.Err() == nil {
		_ = people.Insist(ctx, func() error { return a.Ready(ctx) }) // refused while busy: then it is as it should be
		snapshot, err := a.Snapshot(ctx)
		if err == nil {
			desk.open(ctx, snapshot)
			_, err = a.Follow(ctx, snapshot.N, func(f people.Frame) { desk.read(ctx, f) })
		}
		if err != nil && ctx.Err() == nil {
			time.Sleep(5 * time.Millisecond) // the server is being killed and started
		}
	}
}
