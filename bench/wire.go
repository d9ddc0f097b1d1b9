package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// wire is one kept-alive HTTP connection that does no more than it must, so that
// the load takes little of the cores it shares with the server.
type wire struct {
	host string
	conn net.Conn
	in   *bufio.Reader
	out  []byte
}

func dial(host string) (*wire, error) {
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &wire{host: host, conn: conn, in: bufio.NewReaderSize(conn, 4096)}, nil
}

// do sends one request and returns its status.
func (w *wire) do(method, path, head string, body []byte) (int, error) {
	w.out = fmt.Appendf(w.out[:0], "%s %s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", method, path, w.host, head, len(body))
	w.out = append(w.out, body...)
	if err := w.conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return 0, err
	}
	if _, err := w.conn.Write(w.out); err != nil {
		return 0, err
	}
	return w.answer()
}

// answer reads a status line, headers and a body it throws away.
func (w *wire) answer() (int, error) {
	line, err := w.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("answered %q", line)
	}
	status, err := strconv.Atoi(string(line[9:12]))
	if err != nil {
		return 0, err
	}
	length := 0
	for {
		line, err = w.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok && bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		} else if ok && bytes.EqualFold(name, []byte("Transfer-Encoding")) {
			return status, w.chunked()
		}
	}
	_, err = w.in.Discard(length)
	return status, err
}

func (w *wire) chunked() error {
	for {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 64)
		if err != nil {
			return err
		}
		if _, err := io.CopyN(io.Discard, w.in, n+2); err != nil || n == 0 {
			return err
		}
	}
}
