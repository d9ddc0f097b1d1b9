package mail

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// server is an SMTP server on loopback that answers RCPT as told and keeps the
// letters it takes.
type server struct {
	host    string
	port    int
	letters chan string
}

func serve(t *testing.T, rcpt string) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(l.Addr().String())
	n, _ := strconv.Atoi(port)
	s := &server{host: host, port: n, letters: make(chan string, 1)} // 1: the test sends one
	done := make(chan struct{})
	var mu sync.Mutex // guards open
	var open []net.Conn
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, c)
			mu.Unlock()
			s.talk(c, rcpt)
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, c := range open {
			_ = c.Close() // a client that gave up does not always say so
		}
		mu.Unlock()
		<-done
	})
	return s
}

// talk is one session, as little of RFC 5321 as a client needs.
func (s *server) talk(c net.Conn, rcpt string) {
	defer func() { _ = c.Close() }()
	say := func(line string) { _, _ = fmt.Fprintf(c, "%s\r\n", line) }
	in := bufio.NewScanner(c)
	say("220 mail.example")
	for in.Scan() {
		switch verb := strings.ToUpper(strings.Fields(in.Text() + " x")[0]); verb {
		case "EHLO", "HELO":
			say("250 mail.example")
		case "RCPT":
			say(rcpt)
		case "DATA":
			say("354 go on")
			var letter strings.Builder
			for in.Scan() && in.Text() != "." {
				letter.WriteString(in.Text() + "\n")
			}
			s.letters <- letter.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *server) settings() Settings {
	return Settings{Host: s.host, Port: s.port, TLS: "none", From: "support@example.com"}
}

func letter() Message {
	return Message{To: "eve@example.com", Subject: "Acme", Text: "Hello Eve,\nyour parcel is on its way.", ID: "mrp_1"}
}

func TestSend(t *testing.T) {
	s := serve(t, "250 ok")
	if err := Send(context.Background(), s.settings(), letter()); err != nil {
		t.Fatal(err)
	}
	got := <-s.letters
	for _, want := range []string{"Subject: Acme\n", "From: <support@example.com>", "To: <eve@example.com>", "Message-ID: <mrp_1@", "your parcel is on its way."} {
		if !strings.Contains(got, want) {
			t.Errorf("the letter lacks %q:\n%s", want, got)
		}
	}
}

func TestSendRefused(t *testing.T) {
	never, later := serve(t, "550 no such mailbox"), serve(t, "450 try again")
	injected := letter()
	injected.To = "eve@example.com\r\nBcc: all@example.com"
	tests := []struct {
		name string
		s    Settings
		m    Message
		want error
	}{
		{"no server is set", Settings{From: "a@example.com"}, letter(), ErrNotSet},
		{"no sender is set", Settings{Host: "mail.example"}, letter(), ErrNotSet},
		{"the server refuses for good", never.settings(), letter(), ErrRefused},
		{"A-106: a line in the address", never.settings(), injected, ErrRefused},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := Send(context.Background(), tt.s, tt.m); !errors.Is(err, tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
	if err := Send(context.Background(), later.settings(), letter()); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("what may pass is tried again: %v", err)
	}
	tls := later.settings()
	tls.TLS = "starttls"
	if err := Send(context.Background(), tls, letter()); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("without STARTTLS nothing is sent in the clear: %v", err)
	}
}
