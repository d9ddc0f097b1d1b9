package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"pgregory.net/rapid"

	"parley"
	"parley/internal/center"
)

// book is a log kept in memory, with the feed a center would give.
type book struct {
	mu      sync.Mutex
	entries []parley.Entry
	told    []string
	reach   int64 // of the replay
}

func (b *book) add(n int) []parley.Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	from := len(b.entries)
	for range n {
		b.entries = append(b.entries, parley.Entry{N: int64(len(b.entries) + 1), Agent: "agt_amy"})
	}
	return slices.Clone(b.entries[from:])
}

func (b *book) feed() feed {
	number := func(es []parley.Entry) []int64 {
		out := []int64{}
		for _, e := range es {
			out = append(out, e.N)
		}
		return out
	}
	return feed{
		concerns: func(e parley.Entry) center.Audience {
			return center.Audience{Agents: []parley.AgentID{e.Agent}, Supervisors: true}
		},
		events: func(_ context.Context, _ parley.Actor, es []parley.Entry) (any, int, error) {
			return number(es), len(es), nil
		},
		replay: func(_ context.Context, _ parley.Actor, after int64) (any, int64, bool, error) {
			b.mu.Lock()
			defer b.mu.Unlock()
			head := int64(len(b.entries))
			return number(b.entries[after:]), head, head-after <= b.reach, nil
		},
		gauges: func(context.Context, parley.Actor) (any, error) { return nil, nil },
		link: func(_ context.Context, who linkKey, up bool) error {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.told = append(b.told, fmt.Sprint(who.agent, who.visitor, " ", up))
			return nil
		},
		seen: func(string) {},
		head: b.head,
	}
}

func (b *book) head() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return int64(len(b.entries))
}

func testHub(f feed) *hub {
	return newHub(f, parley.NewSystemClock(), slog.New(slog.DiscardHandler), DefaultLimits(), newMetrics(prometheus.NewRegistry()).hub)
}

// screen is a browser: it applies frames as a browser does, and fails on a gap.
type screen struct {
	mu    sync.Mutex
	n     int64
	seen  []int64
	gap   bool
	code  int
	stuck chan struct{} // if not nil, a send waits for it
	more  chan struct{}
}

func (s *screen) send(_ context.Context, message []byte) error {
	if s.stuck != nil {
		<-s.stuck
	}
	var m struct {
		Frame *struct {
			From, To int64
			Events   []int64
		}
	}
	if err := json.Unmarshal(message, &m); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.signal()
	if f := m.Frame; f != nil && f.To > s.n {
		if f.From != s.n {
			s.gap = true
			return errors.New("gap")
		}
		s.seen, s.n = append(s.seen, f.Events...), f.To
	}
	return nil
}

func (s *screen) signal() {
	select {
	case s.more <- struct{}{}:
	default:
	}
}

func (s *screen) beat(context.Context) error { return nil }

func (s *screen) close(code int, _ string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.code = code
	s.signal()
}

// until waits for a state of the screen.
func (s *screen) until(reached func() bool) {
	for {
		s.mu.Lock()
		ok := reached()
		s.mu.Unlock()
		if ok {
			return
		}
		<-s.more
	}
}

// TestReplayRace has batches announced while a browser registers, replays and
// catches up, at any moment: it sees every entry, once, in order.
func TestReplayRace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &book{reach: 1000}
		h := testHub(b.feed())
		h.announce(b.add(rapid.IntRange(1, 40).Draw(t, "before")))
		batches := rapid.SliceOfN(rapid.IntRange(1, 5), 1, 20).Draw(t, "batches")
		after := rapid.Int64Range(0, h.head.Load()).Draw(t, "after")

		var writer sync.WaitGroup
		writer.Go(func() {
			for _, n := range batches {
				h.announce(b.add(n))
			}
		})
		s := &screen{n: after, more: make(chan struct{}, 1)}
		l := newLine(h, parley.Actor{Agent: "agt_amy", Session: "ses_1"}, s)
		head, err := h.add(l)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.open(t.Context(), after, head, struct{}{}); err != nil {
			t.Fatal(err)
		}
		writer.Wait()
		last := h.head.Load()
		l.kick()
		s.until(func() bool { return s.gap || s.n >= last })
		h.remove(l)
		for i, n := range s.seen {
			if s.gap || n != after+int64(i)+1 {
				t.Fatalf("RES-04: after %d the browser saw %v, gap %v", after, s.seen, s.gap)
			}
		}
		if int64(len(s.seen)) != last-after {
			t.Fatalf("RES-04: after %d up to %d the browser saw %v", after, last, s.seen)
		}
	})
}

// TestTooFarBack leaves a gap that the browser sees, so that it fetches a snapshot.
func TestTooFarBack(t *testing.T) {
	b := &book{reach: 50}
	h := testHub(b.feed())
	h.announce(b.add(60))
	s := &screen{more: make(chan struct{}, 1)}
	l := newLine(h, parley.Actor{Agent: "agt_amy"}, s)
	head, _ := h.add(l)
	if err := l.open(t.Context(), 1, head, struct{}{}); err == nil || !s.gap {
		t.Fatalf("beyond the replay's reach the first frame must start at the head: gap %v, %v", s.gap, err)
	}
}

// TestRestoredLog: a cursor beyond the end of the log, which a restore made
// shorter, is a gap too.
func TestRestoredLog(t *testing.T) {
	b := &book{reach: 50}
	h := testHub(b.feed())
	h.announce(b.add(3))
	s := &screen{n: 9, more: make(chan struct{}, 1)}
	l := newLine(h, parley.Actor{Agent: "agt_amy"}, s)
	head, _ := h.add(l)
	if err := l.open(t.Context(), 9, head, struct{}{}); err == nil || !s.gap {
		t.Fatalf("a browser from before the restore must see a gap: %v, %v", s.gap, err)
	}
}

// TestSlowReader R-50: a reader that takes nothing is closed with 4008, at most
// 1 MiB late, and its neighbor never notices.
func TestSlowReader(t *testing.T) {
	b := &book{}
	h := testHub(b.feed())
	slow := &screen{more: make(chan struct{}, 1)}
	quick := &screen{more: make(chan struct{}, 1)}
	var lines []*line
	for _, s := range []*screen{slow, quick} {
		l := newLine(h, parley.Actor{Agent: "agt_amy", Session: "ses_1"}, s)
		head, err := h.add(l)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.open(t.Context(), 0, head, struct{}{}); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l)
	}
	stuck := make(chan struct{})
	slow.mu.Lock()
	slow.stuck = stuck
	slow.mu.Unlock()
	for range bufferBytesMax/entryBytes/frameEntries + 4 {
		h.announce(b.add(frameEntries))
		quick.until(func() bool { return quick.n == h.head.Load() })
	}
	slow.until(func() bool { return slow.code != 0 })
	close(stuck)
	if slow.code != closeSlow {
		t.Errorf("R-50: closed with %d, want 4008", slow.code)
	}
	if quick.code != 0 || int64(len(quick.seen)) != h.head.Load() {
		t.Errorf("R-50: the neighbor was closed (%d) or missed news (%d of %d)", quick.code, len(quick.seen), h.head.Load())
	}
	for _, l := range lines {
		l.abort()
		h.remove(l)
	}
	h.group.Wait()
}

// TestCaps A-048: so many live connections and no more.
func TestCaps(t *testing.T) {
	h := testHub((&book{}).feed())
	open := func(who parley.Actor) error {
		_, err := h.add(newLine(h, who, &screen{}))
		return err
	}
	for name, who := range map[string]parley.Actor{
		"5 of a visitor": {Visitor: "con_1"}, "20 of an agent": {Agent: "agt_amy", Session: "ses_1"},
	} {
		most := h.limits.PerAgent
		if who.Visitor != "" {
			most = h.limits.PerVisitor
		}
		for i := range most {
			if err := open(who); err != nil {
				t.Fatalf("A-048: %s: the %d. is refused: %v", name, i+1, err)
			}
		}
		if err := open(who); !errors.Is(err, parley.ErrRateLimited) {
			t.Errorf("A-048: %s: one more gives %v", name, err)
		}
	}
	if err := open(parley.Actor{Visitor: "con_2"}); err != nil {
		t.Errorf("A-048: another visitor is refused: %v", err)
	}
}

// TestLinks P17, P18: the first line is told as up, the loss of the last as lost.
func TestLinks(t *testing.T) {
	b := &book{}
	h := testHub(b.feed())
	amy := parley.Actor{Agent: "agt_amy", Session: "ses_1"}
	one, two := newLine(h, amy, &screen{}), newLine(h, amy, &screen{})
	for _, l := range []*line{one, two} {
		_, _ = h.add(l)
		h.links.settle(l.link())
	}
	for _, l := range []*line{one, two} {
		h.remove(l)
		h.links.settle(l.link())
	}
	if want := []string{"agt_amy true", "agt_amy false"}; !slices.Equal(b.told, want) {
		t.Errorf("P17, P18: told %v, want %v", b.told, want)
	}
}

// TestRevoked A-044: every line of a session ends with its code; nobody else's.
func TestRevoked(t *testing.T) {
	b := &book{}
	h := testHub(b.feed())
	screens := map[string]*screen{"ses_1": {more: make(chan struct{}, 1)}, "ses_2": {more: make(chan struct{}, 1)}}
	for session, s := range screens {
		l := newLine(h, parley.Actor{Agent: "agt_amy", Session: session}, s)
		head, _ := h.add(l)
		if err := l.open(t.Context(), 0, head, struct{}{}); err != nil {
			t.Fatal(err)
		}
	}
	h.end("ses_1", closeTakenOver, "taken_over")
	screens["ses_1"].until(func() bool { return screens["ses_1"].code != 0 })
	h.announce(b.add(1))
	screens["ses_2"].until(func() bool { return screens["ses_2"].n == 1 })
	if got := screens["ses_1"]; got.code != closeTakenOver || len(got.seen) != 0 {
		t.Errorf("A-044: the revoked line has code %d and saw %v", got.code, got.seen)
	}
	if screens["ses_2"].code != 0 {
		t.Errorf("A-044: another session was closed with %d", screens["ses_2"].code)
	}
}

// TestFiguresSettle: MON-02: figures may be a second old when they are asked for,
// so after the last thing that happened they are asked for until they are of later.
func TestFiguresSettle(t *testing.T) {
	h := &hub{}
	h.dirty.Store(true)
	var got []int
	left := 0
	for range 5 {
		left = h.looks(left)
		got = append(got, left)
	}
	if want := []int{3, 2, 1, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("MON-02: asked for in %v, not %v", got, want)
	}
}
