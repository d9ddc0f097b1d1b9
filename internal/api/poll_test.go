package api

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"parley"
)

// poll asks once and returns all that the answer says, when it has ended.
func (c *client) poll(path, query string) (int, []message) {
	c.h.t.Helper()
	r, err := http.NewRequestWithContext(c.h.t.Context(), "GET", c.h.url+path+query, nil)
	if err != nil {
		c.h.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Parley-Ticket", c.ticket(path))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		c.h.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.h.t.Fatal(err)
	}
	var said []message
	for line := range strings.Lines(string(body)) {
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			var m message
			if err := json.Unmarshal([]byte(data), &m); err != nil {
				c.h.t.Fatalf("%s: %v", data, err)
			}
			said = append(said, m)
		}
	}
	return answer.StatusCode, said
}

// read goes through an answer: where the cursor stands after it, the events and
// how it ended. It fails on a gap.
func read(t *testing.T, after int64, said []message) (int64, []string, string) {
	t.Helper()
	var kinds []string
	for _, m := range said {
		if m.Frame == nil {
			continue
		}
		if m.Frame.From != after {
			t.Fatalf("R-57: a frame from %d after %d", m.Frame.From, after)
		}
		after = m.Frame.To
		for _, e := range m.Frame.Events {
			kinds = append(kinds, e.Type)
		}
	}
	last := said[len(said)-1]
	if last.Close == nil {
		t.Fatalf("R-57: the answer does not say why it ended: %+v", last)
	}
	return after, kinds, string(*last.Close)
}

// TestPoll R-57: where answers are held back until they are whole, one that ends
// says the same as a socket does, from the same cursor.
func TestPoll(t *testing.T) { eachDatabase(t, polls) }

func polls(t *testing.T, h *here) {
	t.Helper()
	amy := h.as("amy")
	var snapshot struct{ N int64 }
	amy.call("GET", "/api/live/snapshot", nil).into(t, &snapshot)
	_, said := amy.poll(peopleLive, fmt.Sprintf("?wait=0&after=%d", snapshot.N))
	if said[0].Hello == nil {
		t.Errorf("R-57: the first answer begins with %+v", said[0])
	}
	n, _, why := read(t, snapshot.N, said)
	if !strings.Contains(why, "4001") {
		t.Errorf("R-57: it ended with %s", why)
	}
	// What happens while an answer waits ends it; what happens between two is in the next.
	for _, status := range []string{"available", "on_break"} {
		var doing sync.WaitGroup
		doing.Go(func() {
			if a := amy.call("PUT", "/api/agents/me/presence", map[string]any{"status": status}); a.status >= 300 {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
		for told := false; !told; {
			_, said := amy.poll(peopleLive, fmt.Sprintf("?wait=25&after=%d", n))
			if said[0].Hello != nil {
				t.Error("R-57: a clock that may be read late")
			}
			var kinds []string
			n, kinds, _ = read(t, n, said)
			told = slices.Contains(kinds, "presence_changed")
		}
		doing.Wait()
	}
	for _, wait := range []string{"-1", "26", "x", "1e1", "99999999999999999999"} {
		if status, _ := amy.poll(peopleLive, "?after=0&wait="+wait); status != http.StatusBadRequest {
			t.Errorf("A-048: a wait of %s: %d", wait, status)
		}
	}
}

// TestPollRevoked A-044: a sign-in that ends takes the answer it waits for with it.
func TestPollRevoked(t *testing.T) {
	h := testHub((&book{}).feed())
	s := &screen{more: make(chan struct{}, 1)}
	l := newLine(h, parley.Actor{Agent: "agt_amy", Session: "ses_1"}, s)
	l.poll = true
	head, _ := h.add(l)
	if err := l.open(t.Context(), 0, head, nil); err != nil {
		t.Fatal(err)
	}
	h.end("ses_1", closeRevoked, "revoked")
	s.until(func() bool { return s.code != 0 })
	if s.code != closeRevoked || l.answered() {
		t.Errorf("A-044: closed with %d, to come back: %v", s.code, l.answered())
	}
}

// TestPollRace has batches announced while a browser asks again and again, at any
// moment: it sees every entry, once, in order.
func TestPollRace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &book{reach: 1000}
		h := testHub(b.feed())
		h.announce(b.add(rapid.IntRange(1, 40).Draw(t, "before")))
		batches := rapid.SliceOfN(rapid.IntRange(1, 5), 1, 20).Draw(t, "batches")
		var writer sync.WaitGroup
		total := h.head.Load()
		for _, n := range batches {
			total += int64(n)
		}
		writer.Go(func() {
			for _, n := range batches {
				h.announce(b.add(n))
			}
		})
		var seen []int64
		for n := int64(0); n < total; {
			s := &screen{n: n, more: make(chan struct{}, 1)}
			l := newLine(h, parley.Actor{Agent: "agt_amy", Session: "ses_1"}, s)
			l.poll = true
			head, err := h.add(l)
			if err != nil {
				t.Fatal(err)
			}
			if err := l.open(t.Context(), n, head, nil); err != nil {
				t.Fatal(err)
			}
			s.until(func() bool { return s.code != 0 })
			h.remove(l)
			if s.gap || s.code != closeAsk {
				t.Fatalf("R-57: after %d: gap %v, closed with %d", n, s.gap, s.code)
			}
			seen, n = append(seen, s.seen...), s.n
		}
		writer.Wait()
		for i, n := range seen {
			if n != int64(i)+1 {
				t.Fatalf("R-57: the browser saw %v", seen)
			}
		}
		if int64(len(seen)) != total {
			t.Fatalf("R-57: the browser saw %d of %d", len(seen), total)
		}
	})
}

// TestPollLink P17: between two answers nobody is lost; who does not ask again is,
// and at once if their session is over.
func TestPollLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &book{}
		h := testHub(b.feed())
		ask := func() {
			l := newLine(h, parley.Actor{Agent: "agt_amy", Session: "ses_1"}, &screen{more: make(chan struct{}, 1)})
			l.poll = true
			_, _ = h.add(l)
			h.links.settle(l.link())
			l.end(closeAsk, "ask on")
			if !l.answered() {
				t.Error("R-57: it does not count as answered")
			}
			h.hold(l)
			h.remove(l)
			h.links.settle(l.link())
		}
		told := func(when string, want ...string) {
			t.Helper()
			synctest.Wait()
			b.mu.Lock()
			defer b.mu.Unlock()
			if !slices.Equal(b.told, want) {
				t.Errorf("P17: %s: told %v, want %v", when, b.told, want)
			}
		}
		for range 5 {
			ask()
			time.Sleep(returnsSoon / 2)
		}
		told("asking again and again", "agt_amy true")
		time.Sleep(returnsSoon)
		told("not asking again", "agt_amy true", "agt_amy false")
		ask()
		told("asking once more", "agt_amy true", "agt_amy false", "agt_amy true")
		h.end("ses_1", closeSignedOut, "signed_out")
		told("signed out", "agt_amy true", "agt_amy false", "agt_amy true", "agt_amy false")
	})
}
