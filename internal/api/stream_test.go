package api

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley"
)

// stream opens a live connection as server-sent events at a door and returns how
// its next message is read.
func (c *client) stream(by *http.Client, url string) (http.Header, func() message) {
	t := c.h.t
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url+peopleLive+"?after=0", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("User-Agent", "Go-http-client/1.1") // as the ticket was asked for
	r.Header.Set("Parley-Ticket", c.ticket(peopleLive))
	answer, err := by.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	return answer.Header, func() message {
		t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var m message
				if err := json.Unmarshal([]byte(data), &m); err != nil {
					t.Fatal(err)
				}
				return m
			}
		}
		t.Fatalf("R-57: the stream ended: %v", lines.Err())
		return message{}
	}
}

// isTold has amy change her presence and waits until a stream says so.
func (c *client) isTold(status string, read func() message) {
	c.h.t.Helper()
	if a := c.call("PUT", "/api/agents/me/presence", map[string]any{"status": status}); a.status >= 300 {
		c.h.t.Fatalf("%d %s", a.status, a.body)
	}
	for told := false; !told; {
		if m := read(); m.Frame != nil {
			for _, e := range m.Frame.Events {
				told = told || e.Type == "presence_changed"
			}
		}
	}
}

// TestStream R-57: the same messages without WebSocket, unbuffered.
func TestStream(t *testing.T) {
	h := open(t)
	amy := h.as("amy")
	head, read := amy.stream(http.DefaultClient, h.url)
	if head.Get("Content-Type") != "text/event-stream" || head.Get("X-Accel-Buffering") != "no" {
		t.Fatalf("R-57: %v", head)
	}
	if m := read(); m.Hello == nil {
		t.Fatalf("R-57: %+v", m)
	}
	amy.isTold("available", read)
	amy.call("DELETE", "/api/session", nil)
	for m := read(); m.Close == nil; m = read() {
	}
}

// eachWay serves something as we do, over one connection for each answer and over one
// for all.
func eachWay(t *testing.T, handler http.Handler, readWithin time.Duration, test func(t *testing.T, web *httptest.Server)) {
	t.Helper()
	for _, shared := range []bool{false, true} {
		t.Run(map[bool]string{false: "HTTP/1.1", true: "HTTP/2"}[shared], func(t *testing.T) {
			web := httptest.NewUnstartedServer(handler)
			web.EnableHTTP2 = shared
			web.Config.ReadTimeout = readWithin
			web.StartTLS()
			defer web.Close()
			defer web.CloseClientConnections()
			test(t, web)
		})
	}
}

// TestQuietStream R-57: an answer that nobody writes to for longer than one message
// may take goes on.
func TestQuietStream(t *testing.T) {
	const within = 50 * time.Millisecond
	quiet := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := newStreamPipe(w, parley.NewSystemClock())
		p.within = within
		for _, text := range []string{"one", "two"} {
			if p.send(r.Context(), []byte(text)) != nil {
				return // its reader says what is missing
			}
			time.Sleep(4 * within)
		}
		p.shut()
	})
	eachWay(t, quiet, 0, func(t *testing.T, web *httptest.Server) {
		answer, err := web.Client().Get(web.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		if body, err := io.ReadAll(answer.Body); err != nil || string(body) != "data: one\n\ndata: two\n\n" {
			t.Errorf("R-57: %q, %v", body, err)
		}
	})
}

// TestLongStream R-57: how long a request may take to arrive bounds no answer.
func TestLongStream(t *testing.T) {
	const within = 200 * time.Millisecond
	h := open(t)
	amy := h.as("amy")
	eachWay(t, h.doors, within, func(t *testing.T, web *httptest.Server) {
		_, read := amy.stream(web.Client(), web.URL)
		if m := read(); m.Hello == nil {
			t.Fatalf("R-57: %+v", m)
		}
		time.Sleep(3 * within)
		for _, status := range []string{"available", "on_break"} {
			amy.isTold(status, read)
		}
	})
}
