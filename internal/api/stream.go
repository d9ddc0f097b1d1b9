package api

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"parley"
)

// serveStream is the live connection for a network without WebSocket: the same
// messages as server-sent events, read by fetch with a header, to the end of
// the session or of a poll.
func (s *Server) serveStream(w http.ResponseWriter, r *http.Request, who parley.Actor, asked span) {
	p := newStreamPipe(w, s.clock)
	l := newLine(s.hub, who, p)
	l.poll = asked.poll
	head, err := s.hub.add(l)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	defer s.leave(l)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	s.hub.group.Go(func() { s.hub.links.settle(l.link()) })
	var hello any
	if asked.greets() {
		hello = s.hello()
	}
	if err := l.open(r.Context(), asked.after, head, hello); err != nil {
		l.abort()
		p.shut()
		return
	}
	var enough <-chan time.Time
	if asked.poll {
		timer := time.NewTimer(asked.wait)
		defer timer.Stop()
		enough = timer.C
	}
	select {
	case <-r.Context().Done():
		l.abort()
	case <-enough:
		l.end(closeAsk, "ask on")
		p.wait()
	case <-l.gone:
		p.wait()
	}
	if l.answered() {
		s.hub.hold(l)
	}
	p.shut()
}

// streamPipe writes server-sent events. Once shut it writes nothing more: the
// answer belongs to its handler, which has returned. mu owns all but done.
type streamPipe struct {
	w      http.ResponseWriter
	to     *http.ResponseController
	clock  parley.Clock
	within time.Duration // one message
	once   sync.Once
	done   chan struct{}
	mu     sync.Mutex
	over   bool
}

func newStreamPipe(w http.ResponseWriter, clock parley.Clock) *streamPipe {
	return &streamPipe{w: w, to: http.NewResponseController(w), clock: clock, within: writeWithin}
}

func (p *streamPipe) send(_ context.Context, message []byte) error {
	return p.write("data: %s\n\n", message)
}

func (p *streamPipe) beat(context.Context) error { return p.write(": %s\n\n", "beat") }

// close says why as a last message, since a stream has no close code.
func (p *streamPipe) close(code int, why string) {
	_ = p.write("data: %s\n\n", encode(closeMessage{closeView{code, why}}))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	p.once.Do(func() { close(p.ended()) })
}

// ended is closed after the last message. The caller holds mu.
func (p *streamPipe) ended() chan struct{} {
	if p.done == nil {
		p.done = make(chan struct{})
	}
	return p.done
}

// wait waits for the last message, or as long as one may take.
func (p *streamPipe) wait() {
	p.mu.Lock()
	done := p.ended()
	p.mu.Unlock()
	timer := time.NewTimer(p.within)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	}
}

// shut lets no writer touch the answer any more.
func (p *streamPipe) shut() {
	if p.mu.TryLock() { // the answer must end whole
		_ = p.to.SetWriteDeadline(p.clock.Now().Add(p.within))
	} else { // somebody is writing, perhaps stuck
		_ = p.to.SetWriteDeadline(p.clock.Now())
		p.mu.Lock()
	}
	p.over = true
	p.mu.Unlock()
}

// write writes one event and sends it. Between two there is no deadline: where one
// connection carries many answers, it ends also the answer that nobody is writing.
func (p *streamPipe) write(format string, text any) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over {
		return http.ErrHandlerTimeout
	}
	if err := p.to.SetWriteDeadline(p.clock.Now().Add(p.within)); err != nil {
		return fmt.Errorf("write deadline: %w", err)
	}
	if _, err := fmt.Fprintf(p.w, format, text); err != nil {
		return fmt.Errorf("write event: %w", err)
	}
	if err := p.to.Flush(); err != nil {
		return fmt.Errorf("send event: %w", err)
	}
	return p.to.SetWriteDeadline(time.Time{})
}

type closeMessage struct {
	Close closeView `json:"close"`
}

type closeView struct {
	Code int    `json:"code"`
	Why  string `json:"why"`
}
