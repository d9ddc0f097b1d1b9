package api

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
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
type lean struct{ http.ResponseWriter }

// Hijack takes the connection from the HTTP server.
func (l lean) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, old, err := http.NewResponseController(l.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take the connection: %w", err)
	}
	early := make([]byte, old.Reader.Buffered()) // what came before it was asked for
	if _, err := io.ReadFull(old.Reader, early); err != nil {
		return nil, nil, fmt.Errorf("read what came early: %w", err)
	}
	in := bufio.NewReaderSize(io.MultiReader(bytes.NewReader(early), conn), max(leanRead, len(early)))
	if _, err := in.Peek(len(early)); err != nil { // the next reader looks at what is buffered
		return nil, nil, fmt.Errorf("keep what came early: %w", err)
	}
	return conn, bufio.NewReadWriter(in, bufio.NewWriterSize(conn, leanWrite)), nil
}
