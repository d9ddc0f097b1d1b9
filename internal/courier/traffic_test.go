package courier

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/store/storetest"
)

// still is a clock that a test sets.
type still struct{ now time.Time }

func (s *still) Now() time.Time { return s.now }

const zoe parley.Address = "+12065550199"

// TestBreaker: R-46: a network that does not answer five times in a row is left
// alone for a while.
func TestBreaker(t *testing.T) {
	var p traffic
	p.init(&still{storetest.Day})
	for i := range breakerFails {
		turn, wait := p.take("ent_wire", channel.Spec{}, zoe, fmt.Sprint(i))
		if wait > 0 {
			t.Fatalf("send %d waits %s", i, wait)
		}
		turn.over(true)
	}
	if _, wait := p.take("ent_wire", channel.Spec{}, zoe, "x"); wait <= 0 {
		t.Error("one more was let through")
	}
	if _, wait := p.take("ent_other", channel.Spec{}, zoe, "x"); wait > 0 {
		t.Error("another network must wait too")
	}
}

// TestFull: R-46: whoever finds all turns of a network taken comes back after what
// a turn takes there, later the more of them there are.
func TestFull(t *testing.T) {
	clock := &still{storetest.Day}
	var p traffic
	p.init(clock)
	take := func(part int) (turn, time.Duration) {
		return p.take("ent_wire", channel.Spec{}, zoe, fmt.Sprint(part))
	}
	first, _ := take(0)
	clock.now = clock.now.Add(800 * time.Millisecond)
	first.over(false)
	for i := range laneMost {
		if _, wait := take(i); wait > 0 {
			t.Fatalf("send %d waits %s", i, wait)
		}
	}
	const turn = 100 * time.Millisecond // an eighth of the first
	for i := range 2 * laneMost {
		_, wait := take(laneMost + i)
		least := turn * time.Duration(1+(i+1)/laneMost)
		if wait < least || wait >= least+turn {
			t.Fatalf("number %d of those who are too many waits %s, want %s and up to %s more", i+1, wait, least, turn)
		}
	}
}

// TestPace: R-46: one customer's pace is kept beside the network's, and whoever a
// network named waits alone.
func TestPace(t *testing.T) {
	clock := &still{storetest.Day}
	spec := channel.Spec{PerPerson: time.Second, Burst: 1}
	var p traffic
	p.init(clock)
	go1 := func(to parley.Address, part string) time.Duration {
		turn, wait := p.take("ent_wire", spec, to, part)
		if wait <= 0 {
			turn.over(false)
		}
		return wait
	}
	if wait := go1(zoe, "1"); wait > 0 {
		t.Errorf("the first waits %s", wait)
	}
	if wait := go1(zoe, "2"); wait != time.Second {
		t.Errorf("the second waits %s, want 1s", wait)
	}
	clock.now = clock.now.Add(time.Second)
	if wait := go1(zoe, "2"); wait > 0 {
		t.Errorf("whose turn was fixed waits %s more", wait)
	}
	p.hold("ent_wire", spec, zoe, &channel.SendError{Code: channel.Throttled, Whom: channel.OneRecipient, After: time.Minute})
	if wait := go1(zoe, "3"); wait < time.Minute {
		t.Errorf("whom the network named waits %s, want a minute", wait)
	}
	if wait := go1("+12065550198", "4"); wait > 0 {
		t.Errorf("somebody else waits %s", wait)
	}
}

// TestSendError: P4: an error that is no network's verdict says nothing of whether
// it arrived.
func TestSendError(t *testing.T) {
	if got := sendError(errors.New("broken")); got.Code != channel.UnknownOutcome {
		t.Errorf("it counts as %s", got.Code)
	}
	if got := sendError(fmt.Errorf("send: %w", &channel.SendError{Code: channel.Auth})); got.Code != channel.Auth {
		t.Errorf("it counts as %s", got.Code)
	}
}
