package api

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley"
)

// deaf is a center that cannot be told anything for a while.
type deaf struct {
	*book
	hub   *hub
	mu    sync.Mutex // owns the rest
	err   error      // what it answers; nil: it hears
	obeys bool       // although it answers so
	tries int
}

func newDeaf() *deaf {
	d := &deaf{book: &book{}}
	f := d.feed()
	hears := f.link
	f.link = func(ctx context.Context, who linkKey, up bool) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.tries++
		if d.err == nil || d.obeys {
			_ = hears(ctx, who, up) // it never fails
		}
		return d.err
	}
	d.hub = testHub(f)
	return d
}

func (d *deaf) answers(err error, obeys bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.err, d.obeys, d.tries = err, obeys, 0
}

func (d *deaf) tried() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tries
}

// comes opens a line and returns how it goes.
func (d *deaf) comes(who parley.Actor) (goes func()) {
	l := newLine(d.hub, who, &screen{})
	_, _ = d.hub.add(l)
	d.hub.links.settle(l.link())
	return func() {
		d.hub.remove(l)
		d.hub.links.settle(l.link())
	}
}

// heard fails if the center has not heard just this since it was last asked.
func (d *deaf) heard(t *testing.T, when string, want ...string) {
	t.Helper()
	synctest.Wait()
	d.book.mu.Lock()
	defer d.book.mu.Unlock()
	if !slices.Equal(d.told, want) {
		t.Errorf("%s: told %v, want %v", when, d.told, want)
	}
	d.told = nil
}

// TestLinksInOutage P17, P18, I18, I19: who comes or goes while nothing can be saved is
// told once it can be, and only the state that is.
func TestLinksInOutage(t *testing.T) {
	for _, err := range []error{parley.ErrStorageFull, parley.ErrInternal, context.DeadlineExceeded} {
		synctest.Test(t, func(t *testing.T) {
			d := newDeaf()
			amy, zoe := parley.Actor{Agent: "agt_amy", Session: "ses_1"}, parley.Actor{Visitor: "con_1"}
			goes := d.comes(amy)
			d.heard(t, "she comes", "agt_amy true")
			d.answers(err, false)
			goes()
			for range 20 { // she tries again and again, and lets go
				d.comes(amy)()
			}
			time.Sleep(10 * time.Second)
			if n := d.tried(); n > 21 {
				t.Errorf("%v: %d tries in ten seconds", err, n)
			}
			d.answers(nil, false)
			time.Sleep(2 * linkAgain)
			d.heard(t, err.Error()+": gone", "agt_amy false")

			d.answers(err, false)
			stays := d.comes(zoe)
			time.Sleep(time.Minute)
			d.answers(nil, false)
			time.Sleep(2 * linkAgain)
			d.heard(t, err.Error()+": there", "con_1 true")
			time.Sleep(time.Minute)
			d.heard(t, err.Error()+": nothing more")
			stays()
			d.heard(t, err.Error()+": and gone", "con_1 false")
		})
	}
}

// TestLinkObeyed P18: what was answered with an error may have been obeyed all the
// same: who is back is told, though they never were told as gone.
func TestLinkObeyed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDeaf()
		amy := parley.Actor{Agent: "agt_amy", Session: "ses_1"}
		goes := d.comes(amy)
		d.answers(parley.ErrStorageUnavailable, true)
		goes()
		d.heard(t, "obeyed", "agt_amy true", "agt_amy false")
		d.comes(amy)
		d.answers(nil, false)
		time.Sleep(2 * linkAgain)
		d.heard(t, "back", "agt_amy true")
	})
}

// TestLinkMoot P17: who has logged out is told of once.
func TestLinkMoot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDeaf()
		goes := d.comes(parley.Actor{Agent: "agt_amy", Session: "ses_1"})
		d.answers(parley.ErrNotFound, false)
		goes()
		time.Sleep(time.Minute)
		if n := d.tried(); n != 1 {
			t.Errorf("P17: told %d times", n)
		}
	})
}

// TestNoLine I7, I18: who begins on the web and never opens a line is away as one
// whose line went; who has one, or comes from a network, is not.
func TestNoLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDeaf()
		begins := func(c parley.ConversationID, data string) {
			d.hub.announce([]parley.Entry{{N: d.head() + 1, Kind: "interaction_created", Conversation: c, Data: []byte(data)}})
		}
		begins("con_1", `{"web":true}`)
		begins("con_2", `{"web":true}`)
		begins("con_3", `{"script":true}`)
		begins("con_4", `{"web":true,"origin":"int_1"}`)
		goes := d.comes(parley.Actor{Visitor: "con_2"})
		d.heard(t, "one line", "con_2 true")
		time.Sleep(returnsSoon + time.Second)
		d.heard(t, "no line", "con_1 false")
		d.comes(parley.Actor{Visitor: "con_1"})
		goes()
		d.heard(t, "it opens late, and the other goes", "con_1 true", "con_2 false")
		begins("con_2", `{"web":true}`) // again
		time.Sleep(returnsSoon + time.Second)
		d.heard(t, "again, without a line", "con_2 false")
		time.Sleep(time.Hour)
		d.heard(t, "nothing more")
	})
}

// TestBeginsInLog I7: a conversation begun on the web is one of those whose line is
// looked for.
func TestBeginsInLog(t *testing.T) {
	eachDatabase(t, func(t *testing.T, h *here) {
		h.visitor("somebody")
		log, err := h.tenant.Store.View().Entries(t.Context(), 0, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(log, begins); i < 0 || log[i].Conversation == "" {
			t.Error("I7: it is not seen")
		}
	})
}
