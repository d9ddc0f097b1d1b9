package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"parley"
	"parley/internal/center"
)

// pipe carries messages to one browser: a socket or server-sent events.
type pipe interface {
	send(ctx context.Context, message []byte) error
	beat(ctx context.Context) error // notices a peer that has silently gone
	close(code int, why string)
}

// Limits of a line.
const (
	bufferBytesMax = 1 << 20          // waiting for one reader; more is too slow
	entryBytes     = 512              // what one waiting entry counts for: its event is about that long
	frameEntries   = 256              // joined into one frame at most
	writeWithin    = 10 * time.Second // one message; and the answer to a beat
)

// line is one live connection. It holds a cursor: all its owner may see up to n
// has been sent. What concerns it waits here as entries and is joined with its
// content by the writer, which runs only while there is something to write.
type line struct {
	hub  *hub
	who  parley.Actor
	pipe pipe
	slot int64         // which moment of a beat is its own
	poll bool          // it ends after its first news
	gone chan struct{} // closed when the line has ended
	shut chan struct{} // closed when its pipe has been closed by the writer

	mu      sync.Mutex // owns the rest
	n       int64
	pending []parley.Entry
	asides  [][]byte
	bytes   int // waiting or being written
	due     bool
	writing bool
	ended   bool
	code    int
	why     string
	gauges  []byte // last sent
}

func newLine(h *hub, who parley.Actor, p pipe) *line {
	return &line{hub: h, who: who, pipe: p, slot: h.next.Add(1), gone: make(chan struct{}), shut: make(chan struct{}), writing: true}
}

// session is what the line's sign-in is known by; an API key is one.
func (l *line) session() string {
	if l.who.Key != "" {
		return l.who.Key
	}
	return l.who.Session
}

func (l *line) kind() string {
	if l.who.Visitor != "" {
		return "visitor"
	}
	return "agent"
}

func (l *line) link() linkKey { return linkKey{agent: l.who.Agent, visitor: l.who.Visitor} }

// take queues an entry. A reader whose buffer overflows is closed with 4008; it
// comes back with its cursor and reads from SQL.
func (l *line) take(e parley.Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended || e.N <= l.n || len(l.pending) > 0 && l.pending[len(l.pending)-1].N >= e.N {
		return
	}
	l.pending = append(l.pending, e)
	l.grow(entryBytes)
}

// say queues a message that is no part of the log.
func (l *line) say(encoded []byte) {
	l.mu.Lock()
	if l.ended {
		l.mu.Unlock()
		return
	}
	l.asides = append(l.asides, encoded)
	l.grow(len(encoded))
	l.mu.Unlock()
	l.kick()
}

// grow counts what waits. The caller holds mu.
func (l *line) grow(bytes int) {
	if l.bytes += bytes; l.bytes > bufferBytesMax {
		l.hub.counts.slow.Inc()
		l.finish(closeSlow, "slow")
	}
}

// end closes the line with a code, after what was already said.
func (l *line) end(code int, why string) {
	l.mu.Lock()
	l.finish(code, why)
	l.mu.Unlock()
}

// finish is end for a caller that holds mu.
func (l *line) finish(code int, why string) {
	if l.ended {
		return
	}
	l.ended, l.code, l.why = true, code, why
	l.pending = nil
	close(l.gone)
	if code == closeSlow { // whoever writes now is stuck: close beside them
		l.asides = nil
		l.hub.group.Go(func() { l.pipe.close(code, why) })
		return
	}
	l.start()
}

// abort ends a line whose connection is already gone: nothing more is written.
func (l *line) abort() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asides = nil
	if !l.ended {
		l.ended, l.code, l.why = true, closeAgain, "gone"
		l.pending = nil
		close(l.gone)
	}
}

// kick makes the writer run if there is something to write.
func (l *line) kick() {
	l.mu.Lock()
	l.start()
	l.mu.Unlock()
}

// start starts the writer if none runs. The caller holds mu.
func (l *line) start() {
	if !l.writing {
		l.writing = true
		l.hub.group.Go(l.write)
	}
}

// work is what the writer takes at once.
type work struct {
	from, to int64
	entries  []parley.Entry
	asides   [][]byte
	beat     bool
	last     bool // nothing follows: close
}

// pick takes what waits, at most one frame of it. Not ok: there is nothing, and
// the writer stops.
func (l *line) pick() (work, bool) {
	head := l.hub.head.Load() // before looking: all up to it that concerns us is in pending
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended && len(l.asides) == 0 {
		return work{last: true}, true
	}
	if len(l.pending) == 0 && len(l.asides) == 0 && !l.due {
		l.writing = false
		return work{}, false
	}
	w := work{from: l.n, to: max(l.n, head), entries: l.pending, asides: l.asides, beat: l.due}
	l.pending, l.asides, l.due = nil, nil, false
	if len(w.entries) > frameEntries {
		l.pending = w.entries[frameEntries:]
		w.entries = w.entries[:frameEntries:frameEntries]
		w.to = w.entries[frameEntries-1].N
	} else if k := len(w.entries); k > 0 {
		w.to = max(w.to, w.entries[k-1].N)
	}
	if len(w.entries) == 0 && !w.beat {
		w.to = w.from // an aside alone moves no cursor
	}
	return w, true
}

// write runs until nothing waits.
func (l *line) write() {
	for {
		w, ok := l.pick()
		if !ok {
			return
		}
		if w.last {
			l.pipe.close(l.code, l.why)
			close(l.shut)
			return
		}
		if err := l.deliver(w); err != nil {
			l.end(closeAgain, "again")
		}
	}
}

// deliver sends one piece of work and moves the cursor.
func (l *line) deliver(w work) error {
	ctx, cancel := context.WithTimeout(context.Background(), writeWithin)
	defer cancel()
	size := len(w.entries) * entryBytes
	if len(w.entries) > 0 || w.beat {
		f, err := l.join(ctx, w)
		if err != nil {
			return err
		}
		if err := l.pipe.send(ctx, encode(frameMessage{f})); err != nil {
			return err
		}
	}
	for _, a := range w.asides {
		if err := l.pipe.send(ctx, a); err != nil {
			return err
		}
		size += len(a)
	}
	l.mu.Lock()
	l.n = max(l.n, w.to)
	l.bytes -= size
	if l.poll && size > 0 {
		l.finish(closeAsk, "ask on")
	}
	l.mu.Unlock()
	if w.beat {
		return l.pipe.beat(ctx)
	}
	return nil
}

// join makes a frame of entries. If events cannot mend what the reader has, the
// frame leaves a gap: they see it and fetch a snapshot.
func (l *line) join(ctx context.Context, w work) (frame, error) {
	if len(w.entries) == 0 {
		return frame{w.from, w.to, noEvents}, nil
	}
	events, count, err := l.hub.feed.events(ctx, l.who, w.entries)
	switch {
	case errors.Is(err, center.ErrStale):
		return frame{w.to, w.to, noEvents}, nil
	case err != nil:
		l.hub.log.Error("join events", slog.Any("error", err))
		return frame{}, fmt.Errorf("join events: %w", err)
	case count == 0:
		events = noEvents
	}
	return frame{w.from, w.to, events}, nil
}

// open brings the line from its cursor to the present: hello, then what it
// missed from SQL, then what queued up meanwhile. Beyond the replay's reach the
// first frame starts at the head, and the client sees the gap. A hello of nil is
// not said.
func (l *line) open(ctx context.Context, after, head int64, hello any) error {
	if hello != nil {
		if err := l.pipe.send(ctx, encode(hello)); err != nil {
			return err
		}
	}
	f, to, err := l.first(ctx, after, head)
	if err != nil {
		return err
	}
	if err := l.pipe.send(ctx, encode(frameMessage{f})); err != nil {
		return err
	}
	l.mu.Lock()
	l.n = to
	keep := l.pending[:0:0]
	for _, e := range l.pending {
		if e.N > to {
			keep = append(keep, e)
		} else {
			l.bytes -= entryBytes
		}
	}
	l.pending = keep
	if l.poll && f.tells(after) {
		l.finish(closeAsk, "ask on")
	}
	l.mu.Unlock()
	if encoded := l.newGauges(ctx); encoded != nil {
		if err := l.pipe.send(ctx, encoded); err != nil {
			return err
		}
	}
	l.hub.group.Go(l.write)
	return nil
}

// first returns the frame a line begins with, and where its cursor stands then.
func (l *line) first(ctx context.Context, after, head int64) (frame, int64, error) {
	switch {
	case after > l.hub.feed.head(): // a log that was restored is shorter: nothing they have counts
		return frame{after + 1, after + 1, noEvents}, head, nil
	case after >= head: // the snapshot was newer than what has been announced
		return frame{after, after, noEvents}, after, nil
	}
	events, to, ok, err := l.hub.feed.replay(ctx, l.who, after)
	switch {
	case err != nil:
		return frame{}, 0, err
	case !ok:
		return frame{head, head, noEvents}, head, nil
	}
	to = max(to, head)
	return frame{after, to, events}, to, nil
}

// sayGauges sends the figures if they changed since the last time.
func (l *line) sayGauges(ctx context.Context) {
	if encoded := l.newGauges(ctx); encoded != nil {
		l.say(encoded)
	}
}

// newGauges returns the figures if they are not those sent last.
func (l *line) newGauges(ctx context.Context) []byte {
	view, err := l.hub.feed.gauges(ctx, l.who)
	if err != nil || view == nil {
		return nil
	}
	encoded := encode(gaugesMessage{view})
	l.mu.Lock()
	same := bytes.Equal(encoded, l.gauges)
	if !same {
		l.gauges = bytes.Clone(encoded) // without the room it was written in
	}
	l.mu.Unlock()
	if same {
		return nil
	}
	return encoded
}

// frame is all its reader may see in (From, To].
type frame struct {
	From   int64 `json:"from"`
	To     int64 `json:"to"`
	Events any   `json:"events"`
}

type frameMessage struct {
	Frame frame `json:"frame"`
}

type gaugesMessage struct {
	Gauges any `json:"gauges"`
}

var noEvents any = []struct{}{}

// encode is JSON without a trailing line. What the doors send always encodes.
func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err))
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
