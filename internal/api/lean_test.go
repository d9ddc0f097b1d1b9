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
