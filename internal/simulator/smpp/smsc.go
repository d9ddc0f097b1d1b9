// Package smpp is a simulated message center (SMSC) of SMPP 3.4: what an ESME
// binds to, with the phones behind it. Its codec is its own, so that it cannot
// share a mistake with the product's.
//
// Source: the SMPP Protocol Specification v3.4, issue 1.2; 3GPP TS 23.038 and
// 23.040 for the alphabet and the headers of long messages.
package smpp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Manner is what message centers differ in. The zero value is the commonest one.
type Manner struct {
	Carriage  Carriage // how long messages go to the ESME; "" is udh8
	Careless  bool     // long messages are cut anywhere, also inside a character
	Latin     bool     // customers' messages go out as Latin-1 where they can, else GSM 03.38
	TLV       bool     // receipts name message and state in TLVs
	NoText    bool     // receipts have no text; only with TLV
	HexIDs    bool     // ids are hexadecimal in submit_sm_resp and decimal in the receipt
	Window    int      // submit_sm that may wait for their answer at once; more are throttled; 0 is 10
	Hold      bool     // submit_sm are answered when Release is called
	NoReceipt bool     // no receipts, whatever was asked for
}

// Submit is one submit_sm that was accepted for looking at.
type Submit struct {
	System   string // system_id of the session
	ID       uint64 // the message id this center gave it
	From, To string
	Coding   byte     // data_coding
	How      Carriage // how the piece travelled
	Part     int      // 1 to Parts
	Parts    int
	Whole    bool // the last piece is here: Text is the whole message
	Text     string
	Receipt  byte // registered_delivery
}

// Verdict is what happens to a submit_sm.
type Verdict struct {
	Status Status  // what the ESME is answered; anything but OK has no body
	Silent bool    // it is accepted and never answered
	Cut    bool    // it is accepted, and the connection ends instead of an answer
	Early  bool    // the receipts go out before the answer
	States []State // receipts to send at once, in this order
	Err    string  // three digits of the network's error in the receipts; "" is 000
}

// Options are the center's ears. All functions must be safe for many sessions at once.
type Options struct {
	Now    func() time.Time                        // must be given
	Idle   time.Duration                           // silence after which enquire_link is sent, and cut after as much again; 0 is 60 s
	Login  func(system, password string) Status    // answers a bind; nil lets everybody in
	Manner func(system string) Manner              // nil is the zero Manner
	Submit func(Submit) Verdict                    // nil accepts and delivers
	Acked  func(system, tag string, status Status) // a deliver_sm was answered; tag is Mobile's, "" of a receipt
	Log    func(PDU)                               // every unit, without passwords; nil is silence
}

// PDU is one unit as a log shows it.
type PDU struct {
	System   string
	Out      bool // to the ESME
	Name     string
	Status   Status
	Sequence uint32
	Body     string // what a message says, in words; "" of the rest
}

// Center is a running SMSC.
type Center struct {
	options  Options
	listener net.Listener
	wait     sync.WaitGroup

	mu       sync.Mutex
	closed   bool
	sessions map[*session]bool
	waiting  map[string][]*delivery // by system id: deliver_sm that no ESME has answered, in order
	sent     map[uint64]*submitted
	order    []uint64 // of sent, oldest first
	lastID   uint64
	lastRef  uint16
	joiner   joiner
}

// delivery is one deliver_sm until it is answered.
type delivery struct {
	tag      string
	body     []byte
	on       *session // where it was sent; nil before and after a session ended
	sequence uint32   // of the deliver_sm on that session
	refused  bool     // not now, said the ESME: wait for retry
	tries    int
}

// submitted is what a center remembers of a message.
type submitted struct {
	system, from, to string
	at, done         time.Time
	state            State
	err              string
	receipt          byte
	text             string // the first twenty characters, for the receipt
}

// ErrUnknownMessage is a message id the center never gave or has forgotten.
var ErrUnknownMessage = errors.New("smpp: unknown message")

// ErrFull means that 10,000 deliver_sm wait for an ESME already.
var ErrFull = errors.New("smpp: too many messages wait for this system id")

// Listen starts a center on a TCP address; port 0 is a free one.
func Listen(address string, o Options) (*Center, error) {
	if o.Idle == 0 {
		o.Idle = time.Minute
	}
	if o.Login == nil {
		o.Login = func(string, string) Status { return OK }
	}
	if o.Manner == nil {
		o.Manner = func(string) Manner { return Manner{} }
	}
	if o.Submit == nil {
		o.Submit = func(Submit) Verdict { return Verdict{States: []State{Delivered}} }
	}
	if o.Acked == nil {
		o.Acked = func(string, string, Status) {}
	}
	if o.Log == nil {
		o.Log = func(PDU) {}
	}
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for smpp: %w", err)
	}
	c := &Center{options: o, listener: l, sessions: map[*session]bool{}, waiting: map[string][]*delivery{}, sent: map[uint64]*submitted{}}
	c.wait.Add(1)
	go c.accept()
	return c, nil
}

// Address is host and port to bind to.
func (c *Center) Address() string { return c.listener.Addr().String() }

// Close ends every session without a word and stops listening.
func (c *Center) Close() error {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	err := c.listener.Close()
	c.Cut("")
	c.wait.Wait()
	return err
}

func (c *Center) accept() {
	defer c.wait.Done()
	for {
		conn, err := c.listener.Accept()
		if err != nil {
			return
		}
		s := &session{center: c, conn: conn, held: map[uint32]Submit{}}
		c.mu.Lock()
		if c.closed || len(c.sessions) >= sessionsMost {
			c.mu.Unlock()
			_ = conn.Close()
			continue
		}
		c.sessions[s] = true
		c.wait.Add(1)
		c.mu.Unlock()
		go func() {
			defer c.wait.Done()
			s.run()
		}()
	}
}

// Cut breaks the connections of a system id without unbind; "" means all.
func (c *Center) Cut(system string) {
	for _, s := range c.of(system) {
		s.cut()
	}
}

// Unbind asks the ESMEs of a system id to go, as before maintenance; "" means all.
func (c *Center) Unbind(system string) {
	for _, s := range c.of(system) {
		s.ask(unbind)
	}
}

// EnquireLink asks the ESMEs of a system id whether they live; "" means all.
func (c *Center) EnquireLink(system string) {
	for _, s := range c.of(system) {
		s.ask(enquireLink)
	}
}

// Bound counts the sessions of a system id.
func (c *Center) Bound(system string) int {
	n := 0
	for _, s := range c.of(system) {
		if s.bound() != "" {
			n++
		}
	}
	return n
}

func (c *Center) of(system string) []*session {
	c.mu.Lock()
	defer c.mu.Unlock()
	var found []*session
	for s := range c.sessions {
		if system == "" || s.system == system {
			found = append(found, s)
		}
	}
	return found
}

// forget ends a session's part: what it never answered is sent again to the next one.
func (c *Center) forget(s *session) {
	c.mu.Lock()
	delete(c.sessions, s)
	s.ended = true
	for _, d := range c.waiting[s.system] {
		if d.on == s {
			d.on = nil
		}
	}
	system := s.system
	c.mu.Unlock()
	if system != "" {
		c.retry(system)
	}
}
