package smpp

import (
	"context"
	"errors"
	"net"
	"strconv"
	"sync"
	"time"

	"parley"
	"parley/internal/channel"
)

// The rhythm of a connection.
//
// Source: networks.md 8: enquire_link every 15 to 30 seconds.
const (
	beatEvery    = 20 * time.Second
	answerWithin = 10 * time.Second // of anything asked
	writeWithin  = 10 * time.Second
	windowUsual  = 10
	lateMax      = 1000 // unanswered messages whose late answer still counts
)

// outgoing names the part of a message that a submit_sm carries.
type outgoing struct {
	message parley.MessageID
	part    int
	last    bool
}

// session is one connection.
type session struct {
	conn   net.Conn
	ids    string // how the network writes ids
	center string // system_id of the message center
	window chan struct{}
	work   chan item // 64: as many deliver_sm as wait for the disk; more are asked to come again
	done   chan struct{}
	write  sync.Mutex // one unit after the other

	mu       sync.Mutex // all below
	ended    bool
	why      error
	sequence uint32
	waiting  map[uint32]chan pdu
	late     map[uint32]outgoing
}

// item is something for the disk: a deliver_sm, or the late answer to a submit_sm.
type item struct {
	pdu
	of *outgoing
}

func newSession(conn net.Conn, in parley.EntryPoint) *session {
	window, err := strconv.Atoi(in.Setting("window"))
	if err != nil || window < 1 || window > 99 {
		window = windowUsual
	}
	return &session{
		conn: conn, ids: in.Setting("message_ids"), window: make(chan struct{}, window), work: make(chan item, 64), done: make(chan struct{}),
		waiting: map[uint32]chan pdu{}, late: map[uint32]outgoing{},
	}
}

// errSilent ends a connection whose other end no longer answers.
var errSilent = errors.New("smpp: the message center does not answer")

// end ends the connection for the first reason given.
func (l *session) end(why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return
	}
	l.ended, l.why = true, why
	close(l.done)
	_ = l.conn.Close() // it is over either way
}

// send writes one unit. Who takes nothing for ten seconds is gone.
func (l *session) send(p pdu) error {
	l.write.Lock()
	defer l.write.Unlock()
	stuck := time.AfterFunc(writeWithin, func() { l.end(errSilent) })
	defer stuck.Stop()
	if _, err := l.conn.Write(p.bytes()); err != nil {
		l.end(err)
		return err
	}
	return nil
}

// answer answers what the message center asked.
func (l *session) answer(p pdu, status uint32) {
	answer := pdu{command: p.command | answerTo, status: status, sequence: p.sequence}
	if p.command == deliverSM {
		answer.body = []byte{0} // message_id, which is always empty
	}
	_ = l.send(answer) // if it does not arrive, the connection has ended
}

// ask asks and waits for the answer. what is the message that a submit_sm carries.
//
// Errors: *channel.SendError: Transient where nothing was sent, UnknownOutcome
// where it may have been.
func (l *session) ask(ctx context.Context, c command, body []byte, what *outgoing) (pdu, *channel.SendError) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	if what != nil {
		select {
		case l.window <- struct{}{}:
			defer func() { <-l.window }()
		case <-l.done:
			return pdu{}, offline()
		case <-ctx.Done():
			return pdu{}, &channel.SendError{Code: channel.Transient, Detail: "window_full"}
		}
	}
	sequence, answer, ok := l.expect()
	if !ok {
		return pdu{}, offline()
	}
	if l.send(pdu{command: c, sequence: sequence, body: body}) != nil {
		return l.missed(sequence, answer, nil)
	}
	select {
	case p := <-answer:
		return p, nil
	case <-l.done:
		return l.missed(sequence, answer, nil)
	case <-ctx.Done():
		return l.missed(sequence, answer, what)
	}
}

// expect takes a number for something to be asked.
func (l *session) expect() (uint32, chan pdu, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sequence = l.sequence%0x7fffffff + 1
	answer := make(chan pdu, 1) // its one answer does not wait for who asked
	l.waiting[l.sequence] = answer
	return l.sequence, answer, !l.ended
}

// missed stops waiting. An answer that came in the last moment counts; one that
// comes later still tells what became of what.
func (l *session) missed(sequence uint32, answer chan pdu, what *outgoing) (pdu, *channel.SendError) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.waiting, sequence)
	select {
	case p := <-answer:
		return p, nil
	default:
	}
	if what != nil && len(l.late) < lateMax {
		l.late[sequence] = *what
	}
	return pdu{}, &channel.SendError{Code: channel.UnknownOutcome, Detail: "no_answer"}
}

// listen reads until the connection ends.
func (l *session) listen() {
	for {
		p, err := readPDU(l.conn)
		if errors.Is(err, errLength) {
			_ = l.send(pdu{command: nack, status: 0x02, sequence: p.sequence})
		}
		if err != nil {
			l.end(err)
			return
		}
		l.take(p)
	}
}

func (l *session) take(p pdu) {
	switch {
	case p.command == deliverSM:
		l.hand(item{pdu: p})
	case p.command == enquireLink:
		l.answer(p, 0)
	case p.command == unbind:
		l.answer(p, 0)
		l.end(errors.New("smpp: the message center asked us to go"))
	case p.command == unbind|answerTo:
		l.end(net.ErrClosed)
	case p.command&answerTo != 0:
		l.answered(p)
	default:
		_ = l.send(pdu{command: nack, status: 0x03, sequence: p.sequence})
	}
}

// notNow asks for a deliver_sm to come again.
//
// Source: SMPP 3.4, section 5.1.3: ESME_RX_T_APPN.
const notNow = 0x64

// hand gives something to whoever keeps it. If too much waits, it is to come again.
func (l *session) hand(i item) {
	select {
	case l.work <- i:
	default:
		if i.of == nil {
			l.answer(i.pdu, notNow)
		}
	}
}

// answered gives an answer to who waits for it.
func (l *session) answered(p pdu) {
	l.mu.Lock()
	answer, waits := l.waiting[p.sequence]
	delete(l.waiting, p.sequence)
	of, late := l.late[p.sequence]
	delete(l.late, p.sequence)
	l.mu.Unlock()
	switch {
	case waits:
		answer <- p
	case late:
		l.hand(item{p, &of})
	}
}
