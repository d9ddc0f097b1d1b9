// Package netguard makes the one HTTP client that speaks with the outside. It
// looks at the address that is really dialed, after the name was resolved, so
// neither a name nor a redirect nor a changed answer leads into our own network.
package netguard

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// How patient and how trusting the client is.
//
// Unit: bytes.
// Source.
const (
	Within        = 10 * time.Second // a whole exchange, its body too
	HeaderMax     = 64 << 10
	BodyMax       = 1 << 20
	MediaMax      = 25 << 20
	connectWithin = 5 * time.Second
	idleWithin    = 90 * time.Second
	idleMost      = 64 // connections kept per host
)

// Options loosen the guard; the zero value is the strict one.
type Options struct {
	Loopback bool           // this machine may be called: the demo's simulator
	Inside   bool           // our own network may be called, at any port: where an operator keeps files
	Ports    []uint16       // allowed besides 80 and 443
	Body     int64          // the largest answer; 0 = BodyMax
	Within   time.Duration  // for a whole exchange whose context names no end; 0 = Within
	Roots    *x509.CertPool // whose certificates are believed; nil = the system's
}

// ErrBlocked says that an address may not be called. It says nothing of whether
// anybody is there.
//
// Source.
var ErrBlocked = errors.New("this address may not be called")

// ErrTooLarge says that an answer was larger than the client takes.
var ErrTooLarge = errors.New("the answer is too large")

// New returns a guarded client. It follows no redirect, asks no proxy and keeps
// no cookies.
//
// Source.
func New(o Options) *http.Client {
	if o.Body == 0 {
		o.Body = BodyMax
	}
	if o.Within == 0 {
		o.Within = Within
	}
	dialer := &net.Dialer{Timeout: connectWithin, Control: o.control}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &guard{most: o.Body, within: o.Within, next: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    connectWithin,
			ResponseHeaderTimeout:  o.Within,
			ExpectContinueTimeout:  time.Second,
			MaxResponseHeaderBytes: HeaderMax,
			MaxIdleConnsPerHost:    idleMost,
			IdleConnTimeout:        idleWithin,
		}},
	}
}

// Dialer returns a guarded way to networks that do not speak HTTP. Ports are not
// looked at.
func Dialer(o Options) func(ctx context.Context, network, address string) (net.Conn, error) {
	d := &net.Dialer{Timeout: connectWithin, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !o.may(to.Addr()) {
			return ErrBlocked
		}
		return nil
	}}
	return d.DialContext
}

// control is asked with the address about to be dialed.
func (o Options) control(network, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") {
		return ErrBlocked
	}
	if !o.may(to.Addr()) || !o.port(to) {
		return ErrBlocked
	}
	return nil
}

func (o Options) port(to netip.AddrPort) bool {
	if o.Inside || to.Port() == 80 || to.Port() == 443 || o.Loopback && to.Addr().Unmap().IsLoopback() {
		return true
	}
	for _, p := range o.Ports {
		if p == to.Port() {
			return true
		}
	}
	return false
}

// may reports whether an address is somebody else's, out in the world.
func (o Options) may(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if o.Inside && (a.IsLoopback() || a.IsPrivate()) {
		return true
	}
	if a.IsLoopback() {
		return o.Loopback
	}
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range ours {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// ours are addresses that are nobody's out in the world, besides those that
// netip knows; those that carry another address are among them.
//
// Source: the IANA special-purpose address registries, RFC 6890.
var ours = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	"5f00::/16", "fec0::/10",
)

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// Check says whether an address written by somebody can be called at all, before
// it is kept: a plain http or https URL with a host, without a user. What the
// host resolves to is looked at when it is called.
//
// Source: A-069.
func Check(address string) error {
	for _, r := range address {
		if r <= ' ' || r == '\\' || r == '#' || r >= 0x7f {
			return ErrBlocked
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return ErrBlocked
	}
	return nil
}

// guard looks at each request, and bounds each answer.
type guard struct {
	next   http.RoundTripper
	most   int64
	within time.Duration
}

// RoundTrip refuses what Check refuses.
func (g *guard) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := Check(r.URL.String()); err != nil {
		return nil, err
	}
	done := func() {}
	if _, ends := r.Context().Deadline(); !ends { // a file may take longer than anything else
		ctx, cancel := context.WithTimeout(r.Context(), g.within)
		r, done = r.WithContext(ctx), cancel
	}
	answer, err := g.next.RoundTrip(r)
	if err != nil {
		done()
		return nil, err
	}
	answer.Body = &bounded{ReadCloser: answer.Body, left: g.most, done: done}
	if answer.ContentLength > g.most {
		return nil, errors.Join(fmt.Errorf("%w: %d bytes", ErrTooLarge, answer.ContentLength), answer.Body.Close())
	}
	return answer, nil
}

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the transport.
func (g *guard) CloseIdleConnections() {
	if t, ok := g.next.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

// bounded is a body that ends with ErrTooLarge instead of going on for ever. It
// counts what comes out, so a small answer that unpacks to a large one is caught.
type bounded struct {
	io.ReadCloser
	left int64
	done func() // the exchange is over
}

// Close ends the exchange.
func (b *bounded) Close() error {
	defer b.done()
	return b.ReadCloser.Close()
}

// Read reads on, up to one byte more than is allowed.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, ErrTooLarge
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n - 1, ErrTooLarge
	}
	return n, err
}
