package webhook

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley"
	"parley/internal/netguard"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// API-02: an event is told again, with its id and the number of the try, and the
// next of its conversation waits for it; another conversation does not.
func TestRetries(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.status <- http.StatusInternalServerError
		s := x.webhook(Message)
		x.says("zoe", "one")
		first := x.next()
		x.says("zoe", "two")
		x.says("yan", "three")
		if g := x.next(); !strings.Contains(string(g.body), "three") {
			t.Fatalf("API-02: out of order: %s", g.body)
		}
		x.until(s.ID, "the first try is kept", func(all []Told) bool {
			return slices.ContainsFunc(all, func(e Told) bool { return e.ID == first.event.ID && e.Attempt == 1 && e.Status == 500 }) && x.waits()
		})
		x.later(time.Minute)
		again, second := x.next(), x.next()
		if again.event.ID != first.event.ID || again.event.Retry != 1 || !strings.Contains(string(second.body), "two") {
			t.Errorf("API-02: then comes %s and %s", again.body, second.body)
		}
		for _, e := range x.settled(s.ID) {
			if e.State != store.EventDelivered || e.Error != "" {
				t.Errorf("API-02: in the end it is %+v", e)
			}
		}
		if v, err := x.Find(t.Context(), x.ada, s.ID); err != nil || v.FailingSince != 0 {
			t.Errorf("API-02: it arrives: %+v, %v", v, err)
		}
	})
}

// API-02: what was told can be told again, one or all, under the same id.
func TestReplay(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		s := x.webhook(Message)
		x.says("zoe", "one")
		x.says("zoe", "two")
		one, two := x.next(), x.next()
		x.settled(s.ID)
		if n, err := x.Replay(ctx, x.ada, s.ID, Again{Event: one.event.ID}); err != nil || n != 1 {
			t.Fatalf("API-02: %d, %v", n, err)
		}
		if g := x.next(); g.event.ID != one.event.ID {
			t.Errorf("API-02: it is %s", g.event.ID)
		}
		x.settled(s.ID)
		if n, err := x.Replay(ctx, x.ada, s.ID, Again{Since: x.clock.Now().Add(-time.Hour)}); err != nil || n != 2 {
			t.Fatalf("API-02: %d, %v", n, err)
		}
		if a, b := x.next(), x.next(); a.event.ID != one.event.ID || b.event.ID != two.event.ID {
			t.Errorf("API-02: in order: %s, %s", a.event.ID, b.event.ID)
		}
		x.settled(s.ID)
		if n, err := x.Replay(ctx, x.ada, s.ID, Again{Since: x.clock.Now().Add(time.Hour)}); err != nil || n != 0 {
			t.Errorf("API-02: nothing since: %d, %v", n, err)
		}
		other := x.webhook(Queued)
		if _, err := x.Replay(ctx, x.ada, other.ID, Again{Event: one.event.ID}); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("API-02: another's event: %v", err)
		}
	})
}

// API-02: an address at which nothing arrives for three days is given up; people
// are told, and nothing more is sent until somebody enables it.
func TestGivenUp(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		s := x.webhook(Message)
		for range 2 {
			x.status <- http.StatusBadGateway
		}
		x.says("zoe", "one")
		x.next()
		x.until(s.ID, "the failure is kept, and when it is told again", func(all []Told) bool {
			return all[0].Attempt == 1 && x.waits()
		})
		if v, err := x.Find(ctx, x.ada, s.ID); err != nil || v.FailingSince == 0 || !v.Enabled {
			t.Fatalf("API-02: after one failure it is %+v, %v", v, err)
		}
		x.later(offAfter)
		x.next()
		if e := x.settled(s.ID)[0]; e.State != store.EventFailed || e.Status != 502 {
			t.Errorf("API-02: after a day an event is given up: %+v", e)
		}
		v, err := x.Find(ctx, x.ada, s.ID)
		x.must(err)
		if v.Enabled || v.Why != whyFailing {
			t.Errorf("API-02: after three days it is %+v", v)
		}
		x.until(s.ID, "nobody wants to be told", func([]Told) bool { return !x.wanted() })
		alarms, err := x.Store.View().OutboxDue(ctx, AlarmKind, x.clock.Now().Add(time.Hour), 10)
		x.must(err)
		if len(alarms)+len(x.dead()) == 0 {
			t.Error("API-02: nobody is told")
		}
		x.says("zoe", "two")
		v.Enabled = true
		x.must(x.Save(ctx, x.ada, s.ID, v.Input))
		x.says("zoe", "three")
		if g := x.next(); !strings.Contains(string(g.body), "three") {
			t.Errorf("API-02: enabled again it is told %s", g.body)
		}
	})
}

// waits reports whether an event is to be told again, later: from then on the clock
// may pass.
func (x *town) waits() bool {
	x.t.Helper()
	next, err := x.Store.View().OutboxNext(x.t.Context(), outboxKind, x.clock.Now())
	x.must(err)
	return !next.IsZero()
}

// dead are the letters that were given up.
func (x *town) dead() []store.Outbox {
	x.t.Helper()
	rows, err := x.Store.View().OutboxDead(x.t.Context(), "", 10)
	x.must(err)
	return rows
}

// API-02: an address that answers 410 wants no more.
func TestGone(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		s := x.webhook(Message)
		x.status <- http.StatusGone
		x.says("zoe", "one")
		x.next()
		x.settled(s.ID)
		if v, err := x.Find(t.Context(), x.ada, s.ID); err != nil || v.Enabled || v.Why != whyGone {
			t.Errorf("API-02: it is %+v, %v", v, err)
		}
	})
}

// API-02, CNV-06: that somebody types is told once in a while.
func TestTyping(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.Typing("con_zoe", parley.FromAgent, true) // nobody asked
		s := x.webhook(Activity)
		x.Typing("con_zoe", parley.FromAgent, true)
		if g := x.next(); !strings.Contains(string(g.event.Data), `"activity":{"by":"agent","typing":true}`) {
			t.Errorf("API-02: it says %s", g.event.Data)
		}
		x.Typing("con_zoe", parley.FromAgent, true)
		x.Typing("con_zoe", parley.FromAgent, false)
		if g := x.next(); !strings.Contains(string(g.event.Data), `"typing":false`) {
			t.Errorf("API-02: then it says %s", g.event.Data)
		}
		if all := x.settled(s.ID); len(all) != 2 {
			t.Errorf("API-02: told are %+v", all)
		}
	})
}

// webhooks do not reach into our own network, and tell no
// more than that there was no answer.
func TestTripwire(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, ctx := open(t, s, netguard.Options{}), t.Context()
		var hits atomic.Int64
		wire := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
		defer wire.Close()
		port := wire.URL[strings.LastIndex(wire.URL, ":"):]
		for _, host := range []string{"127.0.0.1" + port, "localhost" + port, "[::1]" + port, "2130706433" + port, "127.0.0.1:1", "169.254.169.254", "10.0.0.1"} {
			s, err := x.Create(ctx, x.ada, Input{Name: host, URL: "http://" + host + "/", Events: []string{Message}, Enabled: true})
			x.must(err)
			if v, err := x.Verify(ctx, x.ada, s.ID); err != nil || v != (Verdict{false, 0, whyUnreachable}) {
				t.Errorf("A-070: %s: %+v, %v", host, v, err)
			}
		}
		x.says("zoe", "Hi")
		all, err := x.All(ctx, x.ada)
		x.must(err)
		for _, v := range all {
			x.until(v.ID, "it was tried", func(all []Told) bool {
				return slices.ContainsFunc(all, func(e Told) bool { return e.Type == Message && e.Attempt > 0 })
			})
		}
		if hits.Load() != 0 {
			t.Errorf("A-067: the tripwire was touched %d times", hits.Load())
		}
	})
}

// a redirect is not followed.
func TestRedirect(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		var hits atomic.Int64
		wire := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
		defer wire.Close()
		moved := httptest.NewServer(http.RedirectHandler(wire.URL, http.StatusTemporaryRedirect))
		defer moved.Close()
		s, err := x.Create(ctx, x.ada, Input{Name: "moved", URL: moved.URL, Events: []string{Queued}, Enabled: true})
		x.must(err)
		if v, err := x.Verify(ctx, x.ada, s.ID); err != nil || v.Status != 307 || v.OK || hits.Load() != 0 {
			t.Errorf("A-066: %+v, %v, %d", v, err, hits.Load())
		}
	})
}

// an answer without end is not read to it. API-02: verify says who is there.
func TestVerify(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		s := x.webhook(Message)
		if v, err := x.Verify(ctx, x.ada, s.ID); err != nil || v != (Verdict{true, 200, ""}) {
			t.Errorf("API-02: %+v, %v", v, err)
		}
		if g := x.next(); g.event.Type != Verify {
			t.Errorf("API-02: it is %s", g.event.Type)
		}
		if v, err := x.Find(ctx, x.ada, s.ID); err != nil || v.VerifiedAt == 0 {
			t.Errorf("API-02: it shows %+v, %v", v, err)
		}
		endless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			for {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}))
		defer endless.Close()
		s, err := x.Create(ctx, x.ada, Input{Name: "endless", URL: endless.URL, Events: []string{Queued}, Enabled: true})
		x.must(err)
		if v, err := x.Verify(ctx, x.ada, s.ID); err != nil || !v.OK {
			t.Errorf("A-068: %+v, %v", v, err)
		}
	})
}

// only administrators, and only addresses that can be called.
func TestRefused(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx, amy := t.Context(), parley.Actor{Agent: "agt_amy", Role: parley.RoleAgent}
		s := x.webhook(Message)
		_, all := x.All(ctx, amy)
		_, one := x.Find(ctx, amy, s.ID)
		_, create := x.Create(ctx, amy, Input{})
		_, renew := x.Renew(ctx, amy, s.ID)
		_, verify := x.Verify(ctx, amy, s.ID)
		_, events := x.Events(ctx, amy, s.ID, "", 10)
		_, replay := x.Replay(ctx, amy, s.ID, Again{Since: x.clock.Now()})
		for i, err := range []error{
			all, one, create, renew, verify, events, replay, x.Save(ctx, amy, s.ID, Input{}), x.Remove(ctx, amy, s.ID), x.DropOld(ctx, amy, s.ID),
		} {
			if !errors.Is(err, parley.ErrForbidden) {
				t.Errorf("A-017: %d: %v", i, err)
			}
		}
		for _, url := range []string{"", "gopher://a.example/", "http://good@evil.example/", "https://a.example/#b", `https://a.example\@b`, "unix:///x", "/in", "https://caf\u00e9.example/"} {
			_, err := x.Create(ctx, x.ada, Input{Name: "Bot", URL: url, Events: []string{Message}})
			if e := (*parley.Error)(nil); !errors.As(err, &e) || e.Kind != parley.Invalid {
				t.Errorf("A-069: %q: %v", url, err)
			}
		}
		if err := x.Save(ctx, x.ada, s.ID, Input{Name: "Bot", URL: x.url, Events: []string{Message}, Rev: 9}); !errors.Is(err, parley.ErrConflict) {
			t.Errorf("A-018: two at once: %v", err)
		}
		_, err := x.Create(ctx, x.ada, Input{Name: "Bot", URL: x.url, Events: []string{"everything"}})
		if e := (*parley.Error)(nil); !errors.As(err, &e) || len(e.Fields) != 1 {
			t.Errorf("A-018: an unknown type: %v", err)
		}
		x.must(x.Remove(ctx, x.ada, s.ID))
		if _, err := x.Find(ctx, x.ada, s.ID); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("it is gone: %v", err)
		}
	})
}
