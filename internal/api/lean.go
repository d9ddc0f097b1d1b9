package api

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
)

// The buffers of a live connection. It reads frames of control, and writes what
// is longer than its buffer in two pieces.
//
// Unit: bytes.
const (
	leanRead  = 256
	leanWrite = 1024
)

// lean hands over a connection with buffers of its own, small ones: thousands
// of them are held, and nearly all are idle.
type lean struct {
	http.ResponseWriter
	conn *patient // that was handed over, nil before
}

// Hijack takes the connection from the HTTP server.
func (l *lean) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, old, err := http.NewResponseController(l.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take the connection: %w", err)
	}
	early := make([]byte, old.Reader.Buffered()) // what came before it was asked for
	if _, err := io.ReadFull(old.Reader, early); err != nil {
		return nil, nil, fmt.Errorf("read what came early: %w", err)
	}
	l.conn = &patient{Conn: conn, early: early}
	return l.conn, bufio.NewReadWriter(bufio.NewReaderSize(l.conn, leanRead), bufio.NewWriterSize(conn, leanWrite)), nil
}

// patient is a connection for whose first byte somebody can wait.
type patient struct {
	net.Conn
	first [1]byte

	mu    sync.Mutex // owns early; held while somebody waits
	early []byte     // read, and not yet handed on
}

// wait returns when something came or the connection has ended. Whoever waits here
// stands on a small part of a stack, and the collector takes the rest away: a stack
// is as large as others were when it began, and those who shake hands need more than
// a reader ever will.
func (p *patient) wait() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.early) == 0 {
		n, _ := p.Conn.Read(p.first[:]) // whoever reads next is told why nothing came
		p.early = p.first[:n]
	}
}

// Read reads what came early first.
func (p *patient) Read(b []byte) (int, error) {
	if n := p.before(b); n > 0 {
		return n, nil
	}
	return p.Conn.Read(b)
}

// before hands on what came early.
func (p *patient) before(b []byte) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := copy(b, p.early)
	p.early = p.early[n:]
	return n
}
