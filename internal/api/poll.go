package api

import (
	"net/url"
	"reflect"
	"strconv"
	"time"

	"parley"
)

// Polls. A network that holds an answer back until it is whole lets no stream
// through. There the browser asks for an answer that ends: with what is new after
// its cursor, or, if nothing is, with the first news of the next seconds. It is a
// line as any other, which closes itself with closeAsk; the browser asks on.
const (
	waitMax     = 25 * time.Second // proxies that cut do so after 30 s or more
	returnsSoon = 10 * time.Second // how long somebody who polls counts as there between two answers
)

// span is where a live connection begins, and whether it ends by itself.
type span struct {
	after int64
	poll  bool          // it ends after its first news
	wait  time.Duration // how long a poll waits for them; 0: it says what is known now
}

// spanOf reads what a live connection is asked to cover: ?after=n, and for a poll
// &wait=s in seconds. Errors: parley.ErrBadRequest.
func spanOf(query url.Values) (span, error) {
	var asked span
	if v := query.Get("after"); v != "" {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n < 0 {
			return span{}, parley.ErrBadRequest
		}
		asked.after = n
	}
	if v := query.Get("wait"); v != "" {
		s, err := strconv.Atoi(v)
		if err != nil || s < 0 || s > int(waitMax/time.Second) {
			return span{}, parley.ErrBadRequest
		}
		asked.poll, asked.wait = true, time.Duration(s)*time.Second
	}
	return asked, nil
}

// greets reports whether a connection begins with hello. An answer that waits may
// be held back with it, and a clock that is read late is wrong.
func (s span) greets() bool { return s.wait == 0 }

// tells reports whether a reader whose cursor is n learns anything from a frame: an
// event, or that there is a gap.
func (f frame) tells(n int64) bool {
	return f.From != n || reflect.ValueOf(f.Events).Len() > 0
}

// hold keeps the owner of a poll that has ended connected until they had time to
// ask again, or their session ends.
func (h *hub) hold(l *line) {
	key := l.link()
	if key == (linkKey{}) {
		return // nobody's link
	}
	h.mu.Lock()
	enlist(h.held, key, l)
	h.mu.Unlock()
	time.AfterFunc(returnsSoon, func() {
		h.mu.Lock()
		strike(h.held, key, l)
		h.mu.Unlock()
		h.links.settle(key)
	})
}

// release stops holding who polled in a session, and returns whose links that
// concerns. The caller holds mu.
func (h *hub) release(session string) (freed []linkKey) {
	for key, lines := range h.held {
		for l := range lines {
			if l.session() == session {
				strike(h.held, key, l)
				freed = append(freed, key)
			}
		}
	}
	return freed
}

// answered reports whether a line is a poll that ended as polls do.
func (l *line) answered() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.poll && l.code == closeAsk
}
