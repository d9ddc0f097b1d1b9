package main

import (
	"crypto/tls"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme/autocert"

	"parley"
)

// certificates gets the certificate of one host from Let's Encrypt and tells
// the log when there is none: whoever opened the page sees a broken handshake
// and no reason. mu owns told.
type certificates struct {
	host  string
	get   func(*tls.ClientHelloInfo) (*tls.Certificate, error)
	clock parley.Clock
	log   *slog.Logger

	mu   sync.Mutex
	told time.Time
}

// certificateQuiet is how long a refusal is not told again: autocert answers
// with the same one for as long.
const certificateQuiet = time.Minute

// acmeConfig returns the configuration whose certificate comes from Let's Encrypt.
func (c *serveCommand) acmeConfig(clock parley.Clock, log *slog.Logger) *tls.Config {
	manager := &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		HostPolicy: autocert.HostWhitelist(c.ACME),
		Cache:      autocert.DirCache(filepath.Join(c.Data, "acme")),
	}
	config := manager.TLSConfig()
	config.GetCertificate = (&certificates{host: c.ACME, get: config.GetCertificate, clock: clock, log: log}).certificate
	return config
}

// certificate answers one handshake. Names that are not ours are strangers' tries.
func (c *certificates) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	found, err := c.get(hello)
	if err != nil && strings.EqualFold(hello.ServerName, c.host) && c.due() {
		c.log.Warn("Let's Encrypt gave no certificate: the name's DNS must lead to this machine, and it must be reached from outside on port 443",
			"host", c.host, "error", err)
	}
	return found, err
}

func (c *certificates) due() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	if !c.told.IsZero() && now.Sub(c.told) < certificateQuiet {
		return false
	}
	c.told = now
	return true
}
