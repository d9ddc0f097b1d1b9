package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"parley"
	"parley/internal/netguard"
)

// authority says from whom certificates come. The zero value is Let's Encrypt.
type authority struct {
	ACMEDirectory string `name:"acme-directory" help:"Another authority than Let's Encrypt: the address of its ACME directory." env:"PARLEY_ACME_DIRECTORY" placeholder:"URL"`
	ACMERoots     string `name:"acme-roots" help:"Roots that authority's own address is trusted by, besides the system's: PEM." type:"path" env:"PARLEY_ACME_ROOTS" placeholder:"FILE"`
}

// letsEncrypt is who is asked where nobody says.
const letsEncrypt = "Let's Encrypt"

// name is how people call the authority.
func (a authority) name() string {
	if u, err := url.Parse(a.ACMEDirectory); err == nil {
		return cmp.Or(u.Host, letsEncrypt)
	}
	return a.ACMEDirectory
}

// folder is where its certificates are kept below data: those of one authority
// never answer for another.
func (a authority) folder(data string) string {
	u, err := url.Parse(a.ACMEDirectory)
	if err != nil || u.Host == "" {
		return filepath.Join(data, "acme")
	}
	return filepath.Join(data, "acme", strings.ReplaceAll(u.Host, ":", "_"))
}

// publicName is a host name an authority can give a certificate for.
var publicName = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+$`)

func (a authority) faults(host string) []error {
	u, err := url.Parse(a.ACMEDirectory)
	switch {
	case host == "" && (a.ACMEDirectory != "" || a.ACMERoots != ""):
		return []error{errors.New("--acme-directory and --acme-roots need --acme, the host name the certificate is for")}
	case host != "" && !publicName.MatchString(host):
		return []error{fmt.Errorf("--acme %q: expected a host name like chat.example.com", host)}
	case a.ACMEDirectory != "" && (err != nil || u.Scheme != "https" || u.Host == ""):
		return []error{fmt.Errorf("--acme-directory %q: expected https://host/path", a.ACMEDirectory)}
	case a.ACMERoots != "" && a.ACMEDirectory == "":
		return []error{errors.New("--acme-roots needs --acme-directory: " + letsEncrypt + " is trusted by the system's roots")}
	}
	return nil
}

// client speaks with the authority.
//
// Errors: roots that cannot be read.
func (a authority) client() (*acme.Client, error) {
	guard := netguard.Options{Inside: true, Loopback: true} // whom an operator names may be anywhere
	if a.ACMERoots != "" {
		text, err := os.ReadFile(a.ACMERoots)
		if err != nil {
			return nil, fmt.Errorf("the authority's roots cannot be read: %w; check --acme-roots", err)
		}
		if guard.Roots, err = x509.SystemCertPool(); err != nil {
			guard.Roots = x509.NewCertPool() // a machine without roots of its own
		}
		if !guard.Roots.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s has no certificate in it; --acme-roots takes PEM", a.ACMERoots)
		}
	}
	return &acme.Client{DirectoryURL: cmp.Or(a.ACMEDirectory, autocert.DefaultACMEDirectory), HTTPClient: netguard.New(guard)}, nil
}

// answers asks the authority for its directory, as the first handshake will.
func (a authority) answers(ctx context.Context) error {
	client, err := a.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	if _, err := client.Discover(ctx); err != nil {
		return fmt.Errorf("%s does not answer: %w; check --acme-directory and --acme-roots", a.name(), err)
	}
	return nil
}

// answerTimeout is when an authority that says nothing is taken not to be there.
const answerTimeout = 10 * time.Second

// certificates gets the certificate of one host from an authority and tells
// the log when there is none: whoever opened the page sees a broken handshake
// and no reason. mu owns told.
type certificates struct {
	host  string
	from  string // the authority, as people call it
	get   func(*tls.ClientHelloInfo) (*tls.Certificate, error)
	clock parley.Clock
	log   *slog.Logger

	mu   sync.Mutex
	told time.Time
}

// certificateQuiet is how long a refusal is not told again: autocert answers
// with the same one for as long.
const certificateQuiet = time.Minute

// acmeConfig returns the configuration whose certificate comes from an authority.
//
// Errors: roots that cannot be read.
func (c *serveCommand) acmeConfig(clock parley.Clock, log *slog.Logger) (*tls.Config, error) {
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	manager := &autocert.Manager{
		Prompt:     autocert.AcceptTOS,
		HostPolicy: autocert.HostWhitelist(c.ACME),
		Cache:      autocert.DirCache(c.folder(c.Data)),
		Client:     client,
	}
	config := manager.TLSConfig()
	config.MinVersion = tls.VersionTLS12
	ours := &certificates{host: c.ACME, from: c.name(), get: config.GetCertificate, clock: clock, log: log}
	config.GetCertificate = ours.certificate
	go ours.ahead()
	return config, nil
}

// ahead has the certificate before the first visitor needs it: an authority
// takes longer than a handshake may. Nobody waits for it: autocert knows no
// end but its own, after five minutes.
func (c *certificates) ahead() {
	_, _ = c.certificate(&tls.ClientHelloInfo{ // what every browser of today can; a refusal is in the log
		ServerName: c.host, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
	})
}

// certificate answers one handshake. Names that are not ours are strangers' tries.
func (c *certificates) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	found, err := c.get(hello)
	if err != nil && strings.EqualFold(hello.ServerName, c.host) && c.due() {
		c.log.Warn("no certificate: the name's DNS must lead to this machine, and the authority must reach it on port 443",
			"host", c.host, "authority", c.from, "error", err)
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
