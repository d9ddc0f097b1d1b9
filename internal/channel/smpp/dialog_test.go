package smpp

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
)

// house is a Host that remembers.
type house struct {
	mu      sync.Mutex
	kept    []channel.Received
	trouble []string
	fail    int // how often the disk refuses first
	ids     map[string]int
}

func (h *house) Now() time.Time                                { return conformance.Day }
func (h *house) Save(context.Context, map[string]string) error { return nil }

func (h *house) Receive(_ context.Context, r channel.Received, raw []byte) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fail > 0 {
		h.fail--
		return parley.ErrStorageUnavailable
	}
	if len(raw) == 0 {
		return errors.New("nothing came")
	}
	for i, m := range r.Messages {
		r.Messages[i].ExternalID = h.known(m.ExternalID)
	}
	h.kept = append(h.kept, r)
	return nil
}

// known numbers what is another id each time, so that recordings can tell which
// are the same.
func (h *house) known(id string) string {
	short, _, once := strings.Cut(id, ":t_")
	if !once {
		return id
	}
	if h.ids == nil {
		h.ids = map[string]int{}
	}
	if h.ids[id] == 0 {
		h.ids[id] = len(h.ids) + 1
	}
	return fmt.Sprintf("%s: the %d. one", short, h.ids[id])
}

func (h *house) Trouble(_ context.Context, n *channel.News) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n == nil {
		h.trouble = append(h.trouble, "none")
		return
	}
	h.trouble = append(h.trouble, string(n.Code)+" "+n.Detail)
}

// TestRecordings plays dialogs with a message center. A line is one thing it does:
//
//	hear            reads what we say
//	ok, no          answers it: with a body, or with a status
//	tell            says a command with a status and a body
//	deliver         says a deliver_sm with that body
//	send            lets somebody send, without waiting for it
//	pass            lets time pass
//	fail            lets the disk refuse so often
//	cut             hangs up
//	again           is called again: Run runs anew
func TestRecordings(t *testing.T) {
	conformance.Each(t, func(t *testing.T, in parley.EntryPoint, section func(string) string) (out any) {
		synctest.Test(t, func(t *testing.T) { out = dialog(t, in, section("dialog")) })
		return out
	})
}

// center is the other end of a dialog.
type center struct {
	t        *testing.T
	ch       *SMPP
	in       parley.EntryPoint
	house    *house
	conn     net.Conn
	dialed   chan net.Conn
	ended    chan error
	stop     context.CancelFunc
	sequence uint32
	last     pdu
	us       []string
	sending  sync.WaitGroup
	sent     []string
}

func dialog(t *testing.T, in parley.EntryPoint, script string) any {
	c := &center{t: t, in: in, house: &house{}, dialed: make(chan net.Conn, 1), ended: make(chan error, 1), sequence: 100}
	c.ch = New(func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		c.dialed <- theirs
		return ours, nil
	})
	c.ch.refs.Store(0x4140)
	c.run()
	for line := range strings.Lines(script) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		c.step(verb, rest)
		synctest.Wait()
	}
	c.hangUp()
	c.sending.Wait()
	return map[string]any{"us": c.us, "kept": c.house.kept, "sent": c.sent, "trouble": c.house.trouble}
}

func (c *center) run() {
	ctx, stop := context.WithCancel(c.t.Context())
	c.stop = stop
	go func() { c.ended <- c.ch.Run(ctx, c.in, c.house) }()
	c.conn = <-c.dialed
}

// hangUp ends the connection; whatever is still said is not heard.
func (c *center) hangUp() {
	go func() { _, _ = io.Copy(io.Discard, c.conn) }()
	c.stop()
	<-c.ended
	_ = c.conn.Close()
}

func (c *center) step(verb, rest string) {
	switch verb {
	case "hear":
		p, err := readPDU(c.conn)
		if err != nil {
			c.us = append(c.us, "gone")
			return
		}
		c.last = p
		c.us = append(c.us, fmt.Sprintf("%08x status %#x number %d: %x", uint32(p.command), p.status, p.sequence, p.body))
	case "ok":
		c.say(pdu{command: c.last.command | answerTo, sequence: c.last.sequence, body: c.bytes(rest)})
	case "no":
		c.say(pdu{command: c.last.command | answerTo, status: c.number(rest), sequence: c.last.sequence})
	case "tell":
		f := strings.Fields(rest + " ")
		c.sequence++
		p := pdu{command: command(c.number(f[0])), status: c.number(f[1]), sequence: c.sequence}
		if len(f) > 2 {
			p.body = c.bytes(f[2])
		}
		c.say(p)
	case "deliver":
		c.sequence++
		c.say(pdu{command: deliverSM, sequence: c.sequence, body: c.bytes(rest)})
	case "send":
		c.send(rest)
	case "pass":
		d, err := time.ParseDuration(rest)
		if err != nil {
			c.t.Fatal(err)
		}
		time.Sleep(d)
	case "fail":
		c.house.fail = int(c.number(rest))
	case "cut":
		_ = c.conn.Close()
	case "again":
		_ = c.conn.Close()
		<-c.ended
		c.run()
	case "raw":
		if _, err := c.conn.Write(c.bytes(rest)); err != nil {
			c.t.Fatal(err)
		}
	default:
		c.t.Fatalf("nobody can %q", verb)
	}
}

func (c *center) say(p pdu) {
	if _, err := c.conn.Write(p.bytes()); err != nil {
		c.us = append(c.us, "gone")
	}
}

func (c *center) bytes(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		c.t.Fatal(err)
	}
	return b
}

func (c *center) number(s string) uint32 {
	n, err := strconv.ParseUint(s, 0, 32)
	if err != nil {
		c.t.Fatal(err)
	}
	return uint32(n)
}

func (c *center) send(raw string) {
	var m parley.Outbound
	if err := json.Unmarshal([]byte(raw), &m); err != nil {
		c.t.Fatal(err)
	}
	at := len(c.sent)
	c.sent = append(c.sent, "nothing yet")
	c.sending.Go(func() {
		ctx, cancel := context.WithTimeout(c.t.Context(), 15*time.Second)
		defer cancel()
		id, err := c.ch.Send(ctx, c.in, m)
		c.house.mu.Lock()
		defer c.house.mu.Unlock()
		if c.sent[at] = id; err != nil {
			c.sent[at] = err.Error()
		}
	})
}
