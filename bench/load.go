package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"parley/internal/drill/people"
)

// textLength is how long a measured message is. Unit: bytes.
const textLength = 200

// sentAs begins a measured message; when it was due follows.
const sentAs = "due "

// pace is an open loop: how often something is done, and for how long.
type pace struct {
	host   string
	rate   int // a second
	wires  int // connections; each does one thing at a time
	warm   time.Duration
	length time.Duration
}

// run does one rate times a second: the i-th when it is due. It returns when the
// first was due.
func (p pace) run(ctx context.Context, one func(w *wire, i int, due time.Time) error) error {
	total := int(float64(p.rate) * (p.warm + p.length).Seconds())
	gap, began := time.Second/time.Duration(p.rate), time.Now()
	var wg sync.WaitGroup
	errs := make(chan error, p.wires)
	for lane := range p.wires {
		w, err := dial(p.host)
		if err != nil {
			return err
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer w.conn.Close()
			for i := lane; i < total && ctx.Err() == nil; i += p.wires {
				due := began.Add(time.Duration(i) * gap)
				time.Sleep(time.Until(due))
				if err := one(w, i, due); err != nil {
					errs <- err
					return
				}
			}
		}()
	}
	wg.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return ctx.Err()
	}
}

// flow is an open loop of messages at a rate over many conversations.
type flow struct {
	guests  []*people.Visitor
	wires   int
	acked   spread // due to acknowledged
	seen    spread // due to on the agent's socket
	sent    atomic.Int64
	refused sync.Map // status to count
	measure time.Time
}

// run sends rate messages a second for a while; those due before the warm-up's
// end are not measured.
func (f *flow) run(ctx context.Context, host string, rate int, warm, length time.Duration) error {
	f.measure = time.Now().Add(warm)
	return pace{host, rate, f.wires, warm, length}.run(ctx, func(w *wire, i int, due time.Time) error {
		return f.one(w, f.guests[i%len(f.guests)], due)
	})
}

// one sends a message whose text says when it was due.
func (f *flow) one(w *wire, v *people.Visitor, due time.Time) error {
	text := fmt.Sprintf("%s%d ", sentAs, due.UnixNano())
	text += strings.Repeat("x", textLength-len(text))
	body := fmt.Appendf(nil, `{"client_id":"%s","text":"%s"}`, uuid.NewString(), text)
	status, err := w.do("POST", "/api/public/conversation/messages", "Authorization: Bearer "+v.Bearer+"\r\n", body)
	if err != nil {
		return err
	}
	f.answered(status, due)
	return nil
}

// answered notes an answer, and reports whether it was an acknowledgment.
func (f *flow) answered(status int, due time.Time) bool {
	if status/100 != 2 {
		f.acked.failed()
		n, _ := f.refused.LoadOrStore(status, new(atomic.Int64))
		n.(*atomic.Int64).Add(1)
		return false
	}
	f.sent.Add(1)
	if due.After(f.measure) {
		f.acked.took(time.Since(due))
	}
	return true
}

// arrived notes the messages of a frame an agent read.
func (f *flow) arrived(frame people.Frame) {
	now := time.Now()
	for _, e := range frame.Events {
		if e.Message == nil {
			continue
		}
		rest, ok := strings.CutPrefix(e.Message.Text, sentAs)
		if !ok {
			continue
		}
		when, _, _ := strings.Cut(rest, " ")
		nanos, err := strconv.ParseInt(when, 10, 64)
		if due := time.Unix(0, nanos); err == nil && due.After(f.measure) {
			f.seen.took(now.Sub(due))
		}
	}
}

// count reads every conversation back and compares it with what was acknowledged.
func (f *flow) count(ctx context.Context) (string, error) {
	found := int64(0)
	for _, v := range f.guests {
		messages, err := v.Messages(ctx)
		if err != nil {
			return "", err
		}
		for _, m := range messages {
			if strings.HasPrefix(m.Text, sentAs) {
				found++
			}
		}
	}
	if lost := f.sent.Load() - found; lost != 0 {
		return fmt.Sprintf("**%d acknowledged, %d read back**", f.sent.Load(), found), nil
	}
	return fmt.Sprintf("all %d acknowledged were read back", found), nil
}
