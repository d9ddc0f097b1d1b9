package api

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// TestEarlyFrameEndsTheSocket sends a frame in one piece with the handshake, as
// no browser does: it is read all the same, and ends the socket.
func TestEarlyFrameEndsTheSocket(t *testing.T) {
	h := open(t)
	c := h.as("amy")
	address := strings.TrimPrefix(h.url, "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	frame := []byte{0x81, 0x82, 0, 0, 0, 0, 'h', 'i'} // final, text, masked with zeros
	_, err = fmt.Fprintf(conn, "GET %s?after=0 HTTP/1.1\r\nHost: %s\r\nUser-Agent: Go-http-client/1.1\r\nConnection: Upgrade\r\n"+
		"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\nSec-WebSocket-Protocol: %s, %s\r\n\r\n%s",
		peopleLive, address, "dGhlIHNhbXBsZSBub25jZQ==", socketProtocol, c.ticket(peopleLive), frame)
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	answer, err := http.ReadResponse(in, nil)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("handshake: %v, %v", answer, err)
	}
	for {
		kind, payload := readFrame(t, in)
		if kind == 0x8 {
			if code := int(payload[0])<<8 | int(payload[1]); code != closePolicy {
				t.Errorf("closed with %d", code)
			}
			return
		}
	}
}

// readFrame reads one frame of the server's.
func readFrame(t *testing.T, in *bufio.Reader) (kind byte, payload []byte) {
	t.Helper()
	head := make([]byte, 2)
	if _, err := io.ReadFull(in, head); err != nil {
		t.Fatal(err)
	}
	size := int(head[1])
	if size > 125 {
		more := make([]byte, map[int]int{126: 2, 127: 8}[size])
		if _, err := io.ReadFull(in, more); err != nil {
			t.Fatal(err)
		}
		size = 0
		for _, b := range more {
			size = size<<8 | int(b)
		}
	}
	payload = make([]byte, size)
	if _, err := io.ReadFull(in, payload); err != nil {
		t.Fatal(err)
	}
	return head[0] & 0xf, payload
}

// TestPatience waits for the first byte of a connection, which is read all the same,
// whoever reads.
func TestPatience(t *testing.T) {
	ours, theirs := net.Pipe()
	p := &patient{Conn: ours}
	read := make(chan string)
	go func() {
		b := make([]byte, 5)
		_, _ = io.ReadFull(p, b) // what is missing shows
		read <- string(b)
	}()
	go p.wait()
	if _, err := theirs.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	if got := <-read; got != "hello" {
		t.Errorf("read %q", got)
	}
	if err := theirs.Close(); err != nil {
		t.Fatal(err)
	}
	p.wait() // the end is worth no wait
	if n, err := p.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("read %d after the end: %v", n, err)
	}
}

// TestEarlyComesFirst reads what came with the handshake before what follows.
func TestEarlyComesFirst(t *testing.T) {
	ours, theirs := net.Pipe()
	p := &patient{Conn: ours, early: []byte("he")}
	p.wait()
	go func() {
		_, _ = theirs.Write([]byte("llo")) // what is missing shows
		_ = theirs.Close()
	}()
	if got, err := io.ReadAll(p); err != nil || string(got) != "hello" {
		t.Errorf("read %q, %v", got, err)
	}
}
