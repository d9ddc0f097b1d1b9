package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"parley"
)

// patience is when a test gives up instead of waiting for ever.
const patience = 30 * time.Second

// command returns serve's settings for a server of its own.
func command(t *testing.T) *serveCommand {
	t.Helper()
	return &serveCommand{
		database: database{Data: t.TempDir()}, Listen: "127.0.0.1:0", MetricsListen: "127.0.0.1:0", Demo: true,
		Connections: 100, PerAddress: 100, LimitScale: 1, LogLevel: "error",
	}
}

// running starts a server and returns where it is; it must end well.
func running(t *testing.T, c *serveCommand) *house {
	t.Helper()
	h, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server: %v", err)
		}
	})
	return h
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// TestServe: a fresh folder becomes a center that serves, with its figures on a
// listener of their own, and stops when asked to; started again it has its data.
func TestServe(t *testing.T) {
	c := command(t)
	for _, start := range []string{"first", "second"} {
		t.Run(start, func(t *testing.T) {
			h := running(t, c)
			if status, body := get(t, h.address()+"/readyz"); status != http.StatusOK {
				t.Fatalf("%d %s", status, body)
			}
			if _, body := get(t, h.address()+"/api/setup"); !strings.Contains(body, `"needed":false`) {
				t.Errorf("the demo center: %s", body)
			}
			if status, _ := get(t, h.address()+"/metrics"); status == http.StatusOK {
				if _, body := get(t, h.address()+"/metrics"); strings.Contains(body, "parley_commits_total") {
					t.Error("A-112: the figures are on the public listener")
				}
			}
			_, figures := get(t, "http://"+h.metrics.Addr().String()+"/metrics")
			for _, want := range []string{"parley_commits_total", "parley_waiting{queue=\"que_", "parley_writer_queue", "parley_outbox{state=\"dead\"} 0", "parley_http_request_seconds"} {
				if !strings.Contains(figures, want) {
					t.Errorf("no %s in the figures", want)
				}
			}
			if strings.Contains(figures, "127.0.0.1") {
				t.Error("the figures hold an address")
			}
		})
	}
}

// TestGreetSavesNothing R-05: a center that is set up serves reads from the start,
// also where nothing can be saved: here nobody writes.
func TestGreetSavesNothing(t *testing.T) {
	c := command(t)
	t.Run("set up", func(t *testing.T) { get(t, running(t, c).address()+"/readyz") })
	c.Demo = false
	h, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.close() }() // nothing was written
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := h.greet(ctx); err != nil {
		t.Errorf("R-05: %v", err)
	}
}

// TestFailedStart: a start that fails says what is wrong and what to do, and
// touches nothing else.
func TestFailedStart(t *testing.T) {
	taken, err := listen(t.Context(), "listen", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, "parley.db"), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(*serveCommand)
		says   string
		code   int
	}{
		{"the port is taken", func(c *serveCommand) { c.Listen = taken.Addr().String() }, "choose another port with --listen", 1},
		{"the port of the figures is taken", func(c *serveCommand) { c.MetricsListen = taken.Addr().String() }, "--metrics-listen", 1},
		{"the data folder is a file", func(c *serveCommand) { c.Data = file }, "name another with --data", 1},
		{"the database is none", func(c *serveCommand) { c.Data = broken }, "restore a copy into an empty folder", 1},
		{"the database does not answer", func(c *serveCommand) { c.Database = "postgres://amy@127.0.0.1:1/parley" }, "check --database", 1},
		{"no such certificate", func(c *serveCommand) { c.TLSCert, c.TLSKey = file, file }, "check --tls-cert and --tls-key", 1},
		{"A-129: the demo for everybody", func(c *serveCommand) { c.Listen = "0.0.0.0:0" }, "listens on this machine only", exitUsage},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := command(t)
			test.change(c)
			err := c.Run(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("got %v, want %q", err, test.says)
			}
			code := 1
			var exit exitCode
			if errors.As(err, &exit) {
				code = exit.ExitCode()
			}
			if code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
		})
	}
}

// TestRefusedByPostgres: who is let in by nobody is told what to check, in one line.
func TestRefusedByPostgres(t *testing.T) {
	for _, code := range []string{"28P01", "28000", "3D000", "42501"} {
		err := fmt.Errorf("create schema: tls: no\n\t%w", &pgconn.PgError{Severity: "FATAL", Message: "no", Code: code})
		if says := advised(err).Error(); !strings.Contains(says, "check the user, the password and the name") || strings.Contains(says, "\n") {
			t.Errorf("%s: %q", code, says)
		}
	}
	if err := errors.New("other"); !errors.Is(advised(err), err) {
		t.Errorf("another error became %v", advised(err))
	}
}

// TestMetricsNobodyAskedFor: a demo does not fail because Prometheus, whose port
// it is, runs on the same machine.
func TestMetricsNobodyAskedFor(t *testing.T) {
	if taken, err := listen(t.Context(), "listen", defaultMetricsListen); err == nil {
		defer func() { _ = taken.Close() }()
	} // else somebody else has it
	c := command(t)
	c.MetricsListen = defaultMetricsListen
	h := running(t, c)
	if status, body := get(t, h.address()+"/readyz"); status != http.StatusOK || h.metrics != nil {
		t.Fatalf("%d %s, figures at %v", status, body, h.metrics)
	}
}

// TestStoppedAtOnce: who is asked to stop before it serves has not failed; a
// process that waits for another to end is.
func TestStoppedAtOnce(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := command(t).Run(ctx); err != nil {
		t.Errorf("a failure: %v", err)
	}
}

// TestRefusedCertificate: Let's Encrypt's refusal is told in words, once a
// minute, and strangers who try other names are not.
func TestRefusedCertificate(t *testing.T) {
	var told strings.Builder
	refused := errors.New("urn:ietf:params:acme:error:dns")
	certs := &certificates{
		host: "chat.example.com", from: letsEncrypt, clock: parley.NewSystemClock(), log: slog.New(slog.NewTextHandler(&told, nil)),
		get: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, refused },
	}
	for _, name := range []string{"chat.example.com", "Chat.Example.com", "other.example.com", ""} {
		if _, err := certs.certificate(&tls.ClientHelloInfo{ServerName: name}); !errors.Is(err, refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if said := told.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, "port 443") || !strings.Contains(said, refused.Error()) {
		t.Errorf("told: %q", said)
	}
}

// TestSetupLink A-093: without the demo there is no account, and a link that
// begins the center once.
func TestSetupLink(t *testing.T) {
	c := command(t)
	c.Demo = false
	h := running(t, c)
	if _, body := get(t, h.address()+"/api/setup"); !strings.Contains(body, `"needed":true`) {
		t.Errorf("A-093: %s", body)
	}
	if status, _ := get(t, h.address()+"/demo/shop"); status != http.StatusNotFound {
		t.Errorf("A-129: the demo's pages without the demo: %d", status)
	}
}

// TestCrowd: so many connections, so many of one address, and those
// beyond are closed; room comes back when one ends.
func TestCrowd(t *testing.T) {
	plain, err := listen(t.Context(), "listen", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &crowd{Listener: plain, all: 3, each: 2, of: map[string]int{}}
	defer func() { _ = c.Close() }()
	accepted := make(chan net.Conn)
	go func() {
		for {
			conn, err := c.Accept()
			if err != nil {
				return
			}
			accepted <- conn
		}
	}()
	dial := func() net.Conn {
		conn, err := net.DialTimeout("tcp", plain.Addr().String(), patience)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		return conn
	}
	dial()
	first := <-accepted
	dial()
	<-accepted
	third := dial()
	_ = third.SetReadDeadline(time.Now().Add(patience))
	if _, err := third.Read(make([]byte, 1)); !errors.Is(err, io.EOF) && !strings.Contains(fmt.Sprint(err), "reset") {
		t.Errorf("A-049: a third of one address: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	dial()
	if conn := <-accepted; conn == nil {
		t.Error("A-049: no room came back")
	}
}

// far is a connection from somewhere.
type far struct {
	net.Conn
	from string
}

func (f far) RemoteAddr() net.Addr { return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(f.from)) }

// TestCrowdOfOneLine A-049: one line at home is one, whatever address of its own it
// comes from.
func TestCrowdOfOneLine(t *testing.T) {
	c := &crowd{all: 10, each: 2, of: map[string]int{}}
	for from, want := range map[string]bool{
		"[2001:db8:1:2::a]:443": false, "[2001:db8:1:2:b::]:443": false, "[2001:db8:1:3::a]:443": true, "203.0.113.9:443": true,
	} {
		c.of = map[string]int{household(far{from: "[2001:db8:1:2::1]:1"}): 2}
		if got := c.enter(household(far{from: from})); got != want {
			t.Errorf("A-049: from %s: let in %v, want %v", from, got, want)
		}
	}
}

// TestSilentConnection: a connection that says nothing is dropped.
func TestSilentConnection(t *testing.T) {
	h := running(t, command(t))
	conn, err := net.DialTimeout("tcp", h.web.Addr().String(), patience)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("A-049: half a header is still awaited: %v", err)
	}
}

// TestRelease: the linker passes over a name that is no variable without a word,
// so what make builds would not know its version.
func TestRelease(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(makefile), "-X main.release=") {
		t.Error("make does not set the variable release")
	}
	defer func(was string) { release = was }(release)
	release = "1.2.3"
	if got := version(); got != "1.2.3" {
		t.Errorf("a release calls itself %q", got)
	}
}

// TestReached: what is printed can be opened, also where every address is listened on.
func TestReached(t *testing.T) {
	for listens, want := range map[string]string{
		"0.0.0.0:8080": "localhost:8080", "[::]:8080": "localhost:8080", "127.0.0.1:8080": "127.0.0.1:8080", "[::1]:80": "[::1]:80", "192.0.2.2:443": "192.0.2.2:443",
	} {
		if got := reached(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(listens))); got != want {
			t.Errorf("%s: %s, want %s", listens, got, want)
		}
		all := strings.HasPrefix(want, "localhost:")
		if got := everywhere(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(listens))); (got != "") != all {
			t.Errorf("%s: %q is said of it", listens, got)
		}
	}
}
