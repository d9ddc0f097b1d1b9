package center

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/courier"
	"parley/internal/store"
)

// cable is a wire that keeps a connection, can be asked how it is, and shows the
// customer what we do.
type cable struct {
	*wire
	runs   chan channel.Host // each time a connection begins
	ended  chan struct{}     // each time one ends
	mu     sync.Mutex        // guards the rest
	health channel.Health
	err    error
	marks  chan channel.Mark
}

func newCable(t *testing.T) *cable {
	return &cable{wire: newWire(t), runs: make(chan channel.Host, 8), ended: make(chan struct{}, 8), marks: make(chan channel.Mark, 8)}
}

func (l *cable) Run(ctx context.Context, in parley.EntryPoint, h channel.Host) error {
	if in.Setting("token") == "" {
		return errors.New("no token")
	}
	l.runs <- h
	<-ctx.Done()
	l.ended <- struct{}{}
	return ctx.Err()
}

func (l *cable) Check(context.Context, parley.EntryPoint) (channel.Health, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.health, l.err
}

func (l *cable) Mark(_ context.Context, _ parley.EntryPoint, _ parley.Keys, newest string, what channel.Mark) error {
	if newest != "in."+zoes {
		return errors.New("that is not their newest message")
	}
	l.marks <- what
	return nil
}

// lined is a town on the cable.
func lined(t *testing.T, f func(t *testing.T, x *town, l *cable, id parley.InteractionID)) {
	l := newCable(t)
	wiredBy(t, l.wire, l, func(t *testing.T, x *town, _ *wire, id parley.InteractionID) {
		l.marks = make(chan channel.Mark, 8)
		f(t, x, l, id)
	})
}

// TestConnections: a connection is kept while its entry point is on, and what it
// brings, refreshes and reports is kept.
func TestConnections(t *testing.T) {
	lined(t, func(t *testing.T, x *town, l *cable, _ parley.InteractionID) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- x.Run(ctx) }()
		h := <-l.runs
		x.must(h.Receive(t.Context(), channel.Received{Messages: []parley.Inbound{says(zoes, "by.line", "By the line")}}, []byte("raw")))
		if got := x.said(x.talkOf("ent_wire", phone(zoes))); got[len(got)-1] != "customer: By the line" {
			t.Errorf("said: %q", got)
		}
		x.must(h.Save(t.Context(), map[string]string{"refreshed": "yes"}))
		e, err := x.s.View().EntryPoint(t.Context(), "ent_wire")
		x.must(err)
		e, err = x.courier.Unsealed(e)
		x.must(err)
		if e.Setting("refreshed") != "yes" || e.Setting("token") != "t0ken" {
			t.Errorf("its secrets are %v", e.Secrets)
		}
		h.Trouble(t.Context(), &channel.News{Code: channel.Auth, Detail: "who are you?"})
		<-l.ended
		if e, err = x.s.View().EntryPoint(t.Context(), "ent_wire"); err != nil || e.Paused != "auth" {
			t.Errorf("R-48: it is paused %q, %v", e.Paused, err)
		}
		x.must(x.Pause(t.Context(), ada, "ent_wire", false))
		<-l.runs
		x.do("off", func(r *store.Rows) {
			e.Enabled, e.Rev = false, e.Rev+2
			r.SaveEntryPoint(e)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_wire"})
		})
		<-l.ended
		cancel()
		x.must(<-ended)
	})
}

// TestChecks: SOC-01, R-48: whoever keeps the center running is told a week
// before a token ends, once a day; one that ended pauses the entry point.
func TestChecks(t *testing.T) {
	lined(t, func(t *testing.T, x *town, l *cable, _ parley.InteractionID) {
		x.do("maintenance", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "mail.maintenance", Value: `"ops@example.com ada@example.com"`})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
		})
		mails := func() int {
			due, err := x.s.View().OutboxDue(t.Context(), courier.AlarmKind, x.clock.Now(), 10)
			x.must(err)
			first := len(due)
			if first > 0 { // of one entry point one after the other
				n, err := x.s.View().OutboxWaiting(t.Context(), 100)
				x.must(err)
				return n
			}
			return 0
		}
		x.soon("what was said on the way is sent", func() bool {
			n, err := x.s.View().OutboxWaiting(t.Context(), 1)
			x.must(err)
			return n == 0
		})
		l.health, l.err = channel.Health{}, nil
		l.health = channel.Health{TokenExpires: x.clock.Now().Add(8 * 24 * time.Hour), Subscribed: true}
		x.must(x.courier.Checks(t.Context()))
		if n := mails(); n != 0 {
			t.Errorf("a token that ends in 8 days: %d mails", n)
		}
		x.clock.pass(36 * time.Hour)
		x.must(x.courier.Checks(t.Context()))
		x.must(x.courier.Checks(t.Context()))
		if n := mails(); n != 2 {
			t.Errorf("one that ends in 6 days: %d mails to two addresses", n)
		}
		x.clock.pass(24 * time.Hour)
		x.must(x.courier.Checks(t.Context()))
		if n := mails(); n != 4 {
			t.Errorf("a day later there are %d mails", n)
		}
		h, err := x.s.View().Health(t.Context(), "ent_wire")
		x.must(err)
		if !h.TokenUntil.Equal(l.health.TokenExpires) {
			t.Errorf("it counts until %s", h.TokenUntil)
		}
		l.err = &channel.SendError{Code: channel.Transient}
		x.must(x.courier.Checks(t.Context()))
		l.err = &channel.SendError{Code: channel.Auth, Detail: "expired"}
		x.must(x.courier.Checks(t.Context()))
		e, err := x.s.View().EntryPoint(t.Context(), "ent_wire")
		x.must(err)
		if e.Paused != "auth" {
			t.Errorf("R-48: it is paused %q", e.Paused)
		}
	})
}

// TestMarks: CNV-06: the customer sees that we read and type, once, where the
// network has it.
func TestMarks(t *testing.T) {
	lined(t, func(t *testing.T, x *town, l *cable, _ parley.InteractionID) {
		talk := x.talkOf("ent_wire", phone(zoes)).Visitor
		tell := func(what channel.Mark) { x.must(x.courier.Tell(t.Context(), talk, what)) }
		tell(channel.MarkTyping)
		if len(l.marks) != 0 {
			t.Error("a network without typing was told of it")
		}
		l.does(func(s *channel.Spec) { s.Typing = true })
		for range 3 {
			tell(channel.MarkTyping)
			tell(channel.MarkRead)
		}
		x.clock.pass(3 * time.Second)
		tell(channel.MarkTyping)
		tell(channel.MarkRead)
		if n := len(l.marks); n != 3 {
			t.Errorf("it was told %d times, want typing, read, typing", n)
		}
	})
}

// TestMarked: CNV-06: what an agent does is told to the customer's network.
func TestMarked(t *testing.T) {
	lined(t, func(t *testing.T, x *town, l *cable, id parley.InteractionID) {
		l.does(func(s *channel.Spec) { s.Typing = true })
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- x.Run(ctx) }()
		x.must(x.View(t.Context(), amy, id))
		if got := <-l.marks; got != channel.MarkRead {
			t.Errorf("reading is told as %s", got)
		}
		x.must(x.Type(t.Context(), amy, id, true))
		if got := <-l.marks; got != channel.MarkTyping {
			t.Errorf("typing is told as %s", got)
		}
		stop()
		x.must(<-ended)
	})
}
