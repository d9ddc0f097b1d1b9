package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"syscall"
	"time"

	"parley"
)

// listen opens an address and, if it cannot, says what to do.
func listen(ctx context.Context, flag, address string) (net.Listener, error) {
	config := net.ListenConfig{
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 2},
		Control:         unanswered,
	}
	l, err := config.Listen(ctx, "tcp", address)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken by another program: stop it, or choose another port with --%s", address, flag)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("this user may not listen on %s: choose a port above 1023 with --%s, or allow it (setcap cap_net_bind_service)", address, flag)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("%s is no address of this machine: choose one of its own with --%s", address, flag)
	}
	return nil, fmt.Errorf("listen on %s: %w; choose another address with --%s", address, err, flag)
}

// transport wraps a listener in TLS, if the settings say so.
func (c *serveCommand) transport(l net.Listener, clock parley.Clock, log *slog.Logger) (net.Listener, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
	switch {
	case c.ACME != "":
		given, err := c.acmeConfig(clock, log)
		if err != nil {
			return nil, err
		}
		config = given
	case c.TLSCert != "":
		pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
		if err != nil {
			return nil, fmt.Errorf("the certificate cannot be used: %w; check --tls-cert and --tls-key", err)
		}
		config.Certificates = []tls.Certificate{pair}
	default:
		return l, nil
	}
	return tls.NewListener(l, config), nil
}

// secure reports whether the server speaks TLS itself.
func (c *serveCommand) secure() bool { return c.ACME != "" || c.TLSCert != "" }

// crowd is a listener that holds so many connections at once, and so many of one
// address; those beyond are closed. mu owns the counts.
type crowd struct {
	net.Listener
	all, each int

	mu    sync.Mutex
	total int
	of    map[string]int // by household
}

// Accept returns the next connection there is room for.
func (c *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		ip := household(conn)
		if c.enter(ip) {
			return &counted{Conn: conn, leave: sync.OnceFunc(func() { c.exit(ip) })}, nil
		}
		_ = conn.Close()
	}
}

// household is what a connection is counted by.
func household(conn net.Conn) string {
	if tcp, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
		return parley.Household(tcp.AddrPort().Addr().String())
	}
	return ""
}

func (c *crowd) enter(ip string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.total >= c.all || c.of[ip] >= c.each {
		return false
	}
	c.total++
	c.of[ip]++
	return true
}

func (c *crowd) exit(ip string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total--
	if c.of[ip]--; c.of[ip] == 0 {
		delete(c.of, ip)
	}
}

// counted is a connection that is counted until it is closed.
type counted struct {
	net.Conn
	leave func()
}

// Close closes it and makes room.
func (c *counted) Close() error {
	c.leave()
	return c.Conn.Close()
}
