package smpp

import (
	"cmp"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// session is one connection of an ESME.
type session struct {
	center *Center
	conn   net.Conn

	// guarded by center.mu
	system string
	mode   Command // the bind that opened it; 0 before
	held   map[uint32]Submit
	ended  bool

	pushing  sync.Mutex // held while deliver_sm are chosen and written
	write    sync.Mutex
	sequence atomic.Uint32
	asked    atomic.Bool // whether it lives, and it has not answered yet
}

// run serves the connection until it ends.
func (s *session) run() {
	defer s.center.forget(s)
	defer s.cut()
	idle := time.AfterFunc(s.center.options.Idle, s.silent)
	defer idle.Stop()
	for {
		p, err := readPDU(s.conn)
		switch {
		case errors.Is(err, errLength):
			s.answer(p, genericNack, InvalidPDULength, nil)
			return
		case err != nil:
			return
		}
		s.asked.Store(false)
		idle.Reset(s.center.options.Idle)
		s.center.options.Log(p.shown(s.bound(), false))
		if !s.take(p) {
			return
		}
	}
}

// silent asks an ESME that has not been heard for long whether it lives, and cuts
// the connection the second time, or when it never bound.
func (s *session) silent() {
	if s.bound() == "" || s.asked.Swap(true) {
		s.cut()
		return
	}
	time.AfterFunc(s.center.options.Idle, func() {
		if s.asked.Load() {
			s.cut()
		}
	})
	s.ask(enquireLink)
}

func (s *session) cut() { _ = s.conn.Close() }

// bound returns the system id once the ESME is bound.
func (s *session) bound() string {
	s.center.mu.Lock()
	defer s.center.mu.Unlock()
	return s.system
}

// take handles one unit and reports whether the connection goes on.
func (s *session) take(p pdu) bool {
	switch p.command {
	case bindReceiver, bindTransmitter, bindTransceiver:
		return s.bind(p)
	case enquireLink:
		s.answer(p, enquireLinkAnswer, OK, nil)
		if system := s.bound(); system != "" {
			s.center.retry(system)
		}
	case enquireLinkAnswer, genericNack:
	case unbind:
		s.answer(p, unbindAnswer, OK, nil)
		return false
	case unbindAnswer:
		return false
	case submitSM:
		return s.submit(p)
	case querySM:
		s.query(p)
	case cancelSM:
		s.answer(p, cancelSM|answer, CancelFailed, nil) // what is here is with the phone already
	case deliverAnswer:
		s.center.acked(s, p)
	default:
		s.answer(p, genericNack, InvalidCommand, nil)
	}
	return true
}

// bind opens the session. A refusal is a header without body, as section 4.1.2
// allows, and the connection stays: the ESME may try again.
func (s *session) bind(p pdu) bool {
	if s.bound() != "" {
		s.answer(p, p.command|answer, AlreadyBound, nil)
		return true
	}
	f := fields{rest: p.body}
	system, password := f.text(15), f.text(8)
	f.text(12) // system_type
	version := f.octet()
	f.octets(2)
	f.text(40) // address_range
	if f.err != nil || system == "" {
		s.answer(p, p.command|answer, BindFailed, nil)
		return true
	}
	if status := s.center.options.Login(system, password); status != OK {
		s.answer(p, p.command|answer, status, nil)
		return true
	}
	var w writer
	w.text("parley-smsc")
	if version >= versionThirtyFour {
		w.tlv(tagInterfaceVersion, []byte{versionThirtyFour})
	}
	s.answer(p, p.command|answer, OK, w.out)
	s.center.mu.Lock()
	s.system, s.mode = system, p.command
	s.center.mu.Unlock()
	s.center.retry(system)
	return true
}

// submit takes one message piece.
func (s *session) submit(p pdu) bool {
	s.center.mu.Lock()
	mode, system, held := s.mode, s.system, len(s.held)
	s.center.mu.Unlock()
	if mode != bindTransmitter && mode != bindTransceiver {
		s.answer(p, submitSM|answer, WrongBindState, nil)
		return true
	}
	manner := s.center.options.Manner(system)
	if held >= cmp.Or(manner.Window, 10) {
		s.answer(p, submitSM|answer, Throttled, nil)
		return true
	}
	one, status := s.center.receive(system, p.body)
	if status != OK {
		s.answer(p, submitSM|answer, status, nil)
		return true
	}
	if manner.Hold {
		s.center.mu.Lock()
		s.held[p.sequence] = one
		s.center.mu.Unlock()
		return true
	}
	return s.settle(p.sequence, one)
}

// settle asks what happens to a piece, answers it and sends its receipts.
func (s *session) settle(sequence uint32, one Submit) bool {
	v := s.center.options.Submit(one)
	if v.Status != OK {
		s.center.drop(one.ID)
		s.answer(pdu{sequence: sequence}, submitSM|answer, v.Status, nil)
		return true
	}
	if v.Early {
		s.center.receipts(one.ID, v)
	}
	switch {
	case v.Cut:
		s.cut()
	case !v.Silent:
		var w writer
		w.text(s.center.answerID(one.System, one.ID))
		s.answer(pdu{sequence: sequence}, submitSM|answer, OK, w.out)
	}
	if !v.Early {
		s.center.receipts(one.ID, v)
	}
	return !v.Cut
}

// query tells where a message stands: section 4.8.
func (s *session) query(p pdu) {
	f := fields{rest: p.body}
	id := f.text(64)
	m, ok := s.center.find(s.bound(), id)
	if f.err != nil || !ok {
		s.answer(p, querySM|answer, QueryFailed, nil)
		return
	}
	var w writer
	w.text(id)
	if m.state.final() {
		w.text(m.done.UTC().Format("060102150405") + "000+")
	} else {
		w.text("")
	}
	w.octets(byte(m.state), 0)
	s.answer(p, querySM|answer, OK, w.out)
}

// answer writes a response to p.
func (s *session) answer(p pdu, command Command, status Status, body []byte) {
	s.send(pdu{command: command, status: status, sequence: p.sequence, body: body})
}

// ask sends a request without body.
func (s *session) ask(command Command) {
	s.send(pdu{command: command, sequence: s.next()})
}

func (s *session) next() uint32 { return s.sequence.Add(1) & 0x7FFFFFFF }

// send writes one unit; a connection that takes nothing for ten seconds is cut.
func (s *session) send(p pdu) {
	s.write.Lock()
	defer s.write.Unlock()
	stuck := time.AfterFunc(10*time.Second, s.cut)
	defer stuck.Stop()
	if _, err := s.conn.Write(p.bytes()); err != nil {
		s.cut()
		return
	}
	s.center.options.Log(p.shown(s.bound(), true))
}
