package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/drill/people"
)

// chatHost is who the certificates of these tests are for.
const chatHost = "chat.example.com"

// TestACME A-116: a real authority (Pebble, Let's Encrypt's own test server) asks
// for proof over the connection itself and issues; Parley serves with it, keeps
// it, and started again asks nobody: the authority is gone by then.
func TestACME(t *testing.T) {
	c := command(t)
	c.Demo, c.ACME = false, chatHost
	folder := t.TempDir()
	var roots *x509.CertPool
	var first *big.Int
	t.Run("the first", func(t *testing.T) {
		port := number(t)
		c.Listen = fmt.Sprintf("127.0.0.1:%d", port)
		p := pebble(t, folder, port)
		c.ACMEDirectory, c.ACMERoots = p.directory, p.roots
		roots = p.issuer(t)
		first = handshake(t, running(t, c), roots)
		d := &doctorCommand{*c}
		if f := d.certificate(t.Context(), parley.NewSystemClock()); f.err != nil {
			t.Errorf("the doctor: %v", f.err)
		}
	})
	if t.Failed() {
		return
	}
	t.Run("kept", func(t *testing.T) {
		d := &doctorCommand{*c}
		if f := d.certificate(t.Context(), parley.NewSystemClock()); f.err == nil {
			t.Fatalf("the authority is gone, and the doctor says %s", f.says)
		}
		if again := handshake(t, running(t, c), roots); again.Cmp(first) != 0 {
			t.Errorf("another certificate: %x, was %x", again, first)
		}
	})
	t.Run("another authority's is not shown", func(t *testing.T) {
		other := *c
		other.ACMEDirectory = "https://127.0.0.1:1/dir"
		h := running(t, &other)
		if _, err := dial(t, h, roots); err == nil {
			t.Error("a certificate of the one before")
		}
	})
}

// TestAuthority: what cannot work is said before the start.
func TestAuthority(t *testing.T) {
	file := filepath.Join(t.TempDir(), "roots.pem")
	if err := os.WriteFile(file, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		host string
		of   authority
		want string
	}{
		{"", authority{ACMEDirectory: "https://ca.example.com/dir"}, "need --acme,"},
		{chatHost, authority{ACMEDirectory: "http://ca.example.com/dir"}, "expected https://host/path"},
		{chatHost, authority{ACMEDirectory: "::"}, "expected https://host/path"},
		{chatHost, authority{ACMERoots: file}, "needs --acme-directory"},
		{chatHost, authority{ACMEDirectory: "https://ca.example.com/dir", ACMERoots: file}, "takes PEM"},
		{chatHost, authority{ACMEDirectory: "https://ca.example.com/dir", ACMERoots: file + "x"}, "check --acme-roots"},
		{chatHost, authority{ACMEDirectory: "https://ca.example.com/dir"}, ""},
		{chatHost, authority{}, ""},
		{"", authority{}, ""},
	} {
		faults := c.of.faults(c.host)
		if _, err := c.of.client(); err != nil && len(faults) == 0 {
			faults = append(faults, err)
		}
		if said := fmt.Sprint(faults); len(faults) > 1 || !strings.Contains(said, c.want) || c.want == "" && len(faults) > 0 {
			t.Errorf("%q %+v: %s, want %q", c.host, c.of, said, c.want)
		}
	}
}

// number returns a free port.
func number(t *testing.T) int {
	t.Helper()
	port, err := people.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// dial shakes hands with a server under its public name.
func dial(t *testing.T, h *house, roots *x509.CertPool) (*tls.Conn, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	defer cancel()
	d := tls.Dialer{Config: &tls.Config{MinVersion: tls.VersionTLS12, ServerName: chatHost, RootCAs: roots}}
	conn, err := d.DialContext(ctx, "tcp", h.web.Addr().String())
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn.(*tls.Conn), nil
}

// handshake asks a server for a page and returns its certificate's number.
func handshake(t *testing.T, h *house, roots *x509.CertPool) *big.Int {
	t.Helper()
	conn, err := dial(t, h, roots)
	for give := time.Now().Add(4 * patience); err != nil; conn, err = dial(t, h, roots) { // an authority takes longer than one handshake may
		if time.Now().After(give) {
			t.Fatal(err)
		}
		<-time.After(5 * time.Millisecond)
	}
	client := &http.Client{Transport: &http.Transport{DialTLSContext: func(context.Context, string, string) (net.Conn, error) { return conn, nil }}}
	if status, body := ask(t, client, "https://"+chatHost+"/readyz"); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	return conn.ConnectionState().PeerCertificates[0].SerialNumber
}

func ask(t *testing.T, client *http.Client, url string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(body)
}

// testAuthority is a Pebble that runs.
type testAuthority struct {
	directory  string
	roots      string // file: who vouches for its own address
	management string
	client     *http.Client
}

// pebble runs the authority until the test ends; its files are in folder. It proves names against the
// given port; its resolver says that every name is this machine.
func pebble(t *testing.T, folder string, port int) testAuthority {
	t.Helper()
	roots := ownCertificate(t, folder)
	resolver, listens, manages := number(t), number(t), number(t)
	config, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": fmt.Sprintf("127.0.0.1:%d", listens), "managementListenAddress": fmt.Sprintf("127.0.0.1:%d", manages),
		"certificate": filepath.Join(folder, "cert.pem"), "privateKey": filepath.Join(folder, "key.pem"),
		"httpPort": number(t), "tlsPort": port,
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "pebble.json"), config, 0o600); err != nil {
		t.Fatal(err)
	}
	begin(t, "pebble-challtestsrv", "-dnsserver", fmt.Sprintf("127.0.0.1:%d", resolver), "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "",
		"-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "", "-management", fmt.Sprintf("127.0.0.1:%d", number(t)))
	begin(t, "pebble", "-config", filepath.Join(folder, "pebble.json"), "-dnsserver", fmt.Sprintf("127.0.0.1:%d", resolver))
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(roots)
	p := testAuthority{
		directory: fmt.Sprintf("https://127.0.0.1:%d/dir", listens), management: fmt.Sprintf("https://127.0.0.1:%d", manages),
		roots:  filepath.Join(folder, "cert.pem"),
		client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool}}},
	}
	for give := time.Now().Add(4 * patience); ; {
		status, said := ask(t, p.client, p.directory)
		if status == http.StatusOK {
			return p
		}
		if time.Now().After(give) {
			t.Fatalf("pebble does not answer: %d %s", status, said)
		}
		<-time.After(5 * time.Millisecond)
	}
}

// issuer is what the authority's certificates are trusted by.
func (p testAuthority) issuer(t *testing.T) *x509.CertPool {
	t.Helper()
	_, root := ask(t, p.client, p.management+"/roots/0")
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM([]byte(root)) {
		t.Fatalf("no root: %s", root)
	}
	return pool
}

// begin runs a tool until the test ends.
func begin(t *testing.T, tool string, args ...string) {
	t.Helper()
	path, err := exec.CommandContext(t.Context(), "go", "tool", "-modfile=../../tools/go.mod", "-n", tool).Output()
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	run := exec.Command(strings.TrimSpace(string(path)), args...)
	run.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1")
	var said bytes.Buffer
	run.Stdout, run.Stderr = &said, &said
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = run.Process.Kill()
		_ = run.Wait()
		if t.Failed() {
			t.Logf("%s said:\n%s", tool, said.String())
		}
	})
}

// ownCertificate writes what the authority shows for its own address, and returns it.
func ownCertificate(t *testing.T, folder string) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sheet := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a private authority"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, sheet, sheet, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	for name, text := range map[string][]byte{"cert.pem": cert, "key.pem": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})} {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert
}
