package netguard

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestAddresses is: what counts is the address that is dialed,
// however it was written.
func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		address string
		allowed bool
	}{
		{"93.184.216.34:443", true},
		{"93.184.216.34:80", true},
		{"[2606:2800:220:1::1]:443", true},
		{"93.184.216.34:22", false},
		{"93.184.216.34:8080", false},
		{"127.0.0.1:443", false},
		{"127.8.8.8:443", false},
		{"[::1]:443", false},
		{"0.0.0.0:443", false},
		{"0.1.2.3:443", false},
		{"[::]:443", false},
		{"10.1.2.3:443", false},
		{"172.16.0.1:443", false},
		{"172.31.255.255:443", false},
		{"172.32.0.1:443", true},
		{"192.168.1.1:443", false},
		{"100.64.0.1:443", false},
		{"100.100.100.200:443", false}, // Alibaba's metadata
		{"169.254.169.254:80", false},
		{"[fd00:ec2::254]:80", false},
		{"[fd00::1]:443", false},
		{"[fc00::1]:443", false},
		{"[fe80::1]:443", false},
		{"[fe80::1%eth0]:443", false},
		{"[fec0::1]:443", false},
		{"[::ffff:127.0.0.1]:443", false},
		{"[::ffff:10.0.0.1]:443", false},
		{"[::ffff:93.184.216.34]:443", true},
		{"[::127.0.0.1]:443", false},
		{"[64:ff9b::7f00:1]:443", false},
		{"[2002:7f00:1::]:443", false},
		{"[2001::1]:443", false},
		{"[2001:db8::1]:443", false},
		{"[ff02::1]:443", false},
		{"224.0.0.1:443", false},
		{"255.255.255.255:443", false},
		{"240.0.0.1:443", false},
		{"198.18.0.1:443", false},
		{"192.0.2.1:443", false},
		{"198.51.100.1:443", false},
		{"203.0.113.1:443", false},
	} {
		if err := (Options{}).control("tcp", c.address, nil); (err == nil) != c.allowed {
			t.Errorf("%s: %v, allowed %t", c.address, err, c.allowed)
		}
	}
	if (Options{}).control("unix", "/run/docker.sock", nil) == nil {
		t.Error("a socket of this machine was dialed")
	}
	if err := (Options{Loopback: true}).control("tcp", "127.0.0.1:9", nil); err != nil {
		t.Errorf("loopback was asked for: %v", err)
	}
	if (Options{Loopback: true}).control("tcp", "10.0.0.1:443", nil) == nil {
		t.Error("loopback is not the whole private network")
	}
	if err := (Options{Ports: []uint16{8443}}).control("tcp", "93.184.216.34:8443", nil); err != nil {
		t.Errorf("the port was asked for: %v", err)
	}
}

// FuzzMay holds that an address inside another one is judged like itself.
func FuzzMay(f *testing.F) {
	f.Add(byte(127), byte(0), byte(0), byte(1))
	f.Add(byte(8), byte(8), byte(8), byte(8))
	f.Fuzz(func(t *testing.T, a, b, c, d byte) {
		plain := netip.AddrFrom4([4]byte{a, b, c, d})
		mapped := netip.AddrFrom16(plain.As16())
		if (Options{}).may(plain) != (Options{}).may(mapped) {
			t.Errorf("%s and %s are the same place", plain, mapped)
		}
	})
}

// TestTripwire is: every spelling of this machine, none arrives.
func TestTripwire(t *testing.T) {
	var hits atomic.Int64
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer trap.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(trap.URL, "http://"), ":")
	var n uint16
	if _, err := fmt.Sscan(port, &n); err != nil {
		t.Fatal(err)
	}
	client := New(Options{Ports: []uint16{n}})
	for _, host := range []string{
		"127.0.0.1", "localhost", "localhost.", "[::1]", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1",
		"0177.0.0.1",
	} {
		answer, err := client.Get("http://" + host + ":" + port + "/")
		if err == nil {
			t.Errorf("%s was called: %s", host, answer.Status)
			_ = answer.Body.Close()
		}
	}
	if hits.Load() > 0 {
		t.Errorf("the tripwire was touched %d times", hits.Load())
	}
}

// TestManners is: no redirect is followed, no answer is endless.
func TestManners(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(make([]byte, 1<<16))
	_ = z.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/secret", http.StatusFound) })
	mux.HandleFunc("/long", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<16)) })
	mux.HandleFunc("/fits", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<10)) })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 512)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	})
	mux.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) {
		for i := range 10_000 {
			w.Header().Set(fmt.Sprintf("X-%d", i), "0123456789")
		}
	})
	mux.HandleFunc("/mute", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	s := httptest.NewServer(mux)
	defer s.Close()
	client := New(Options{Loopback: true, Body: 1 << 10})
	read := func(path string) (int, int, error) {
		answer, err := client.Get(s.URL + path)
		if err != nil {
			return 0, 0, err
		}
		defer func() { _ = answer.Body.Close() }()
		body, err := io.ReadAll(answer.Body)
		return answer.StatusCode, len(body), err
	}
	if status, _, err := read("/away"); err != nil || status != http.StatusFound {
		t.Errorf("a redirect: %d %v", status, err)
	}
	if _, n, err := read("/fits"); err != nil || n != 1<<10 {
		t.Errorf("an answer that fits: %d %v", n, err)
	}
	for _, path := range []string{"/long", "/endless", "/bomb"} {
		if _, n, err := read(path); !errors.Is(err, ErrTooLarge) || n > 1<<10 {
			t.Errorf("%s: %d bytes, %v", path, n, err)
		}
	}
	if _, _, err := read("/headers"); err == nil {
		t.Error("headers without end were read")
	}
	quick := New(Options{Loopback: true, Within: 50 * time.Millisecond})
	if _, err := quick.Get(s.URL + "/mute"); err == nil {
		t.Error("an answer that never comes was waited for")
	}
}

// TestCheck is A-069: an address is read once, and what is odd is refused.
func TestCheck(t *testing.T) {
	for address, good := range map[string]bool{
		"https://api.example.com/v1?a=b":     true,
		"http://example.com":                 true,
		"gopher://example.com":               false,
		"unix:///run/docker.sock":            false,
		"file:///etc/passwd":                 false,
		"https://good@evil.example":          false,
		"https://example.com/#x":             false,
		`https://example.com\@evil.example/`: false,
		"https://exa mple.com":               false,
		"https://example.com/\r\nHost: x":    false,
		"https://ex\u0430mple.com":           false,
		"https:///path":                      false,
		"https:example.com":                  false,
		"//example.com":                      false,
		"":                                   false,
	} {
		if err := Check(address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// TestNobodyGoesAround is A-067: whoever calls out does it with a client that
// was handed in, so that there is no way around the guard.
func TestNobodyGoesAround(t *testing.T) {
	around := regexp.MustCompile(`http\.(DefaultClient|DefaultTransport|Get\(|Post\(|PostForm\(|Head\()|&?http\.(Client|Transport)\{`)
	allowed := map[string]bool{
		"internal/netguard":            true,
		"bench":                        true, // a client of ours, from outside
		"examples/bot":                 true, // likewise
		"internal/channel/conformance": true, // plays recordings, for tests
		"internal/crm/conformance":     true, // likewise
	}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch filepath.Base(p) {
			case "node_modules", ".git", "tmp", "data", "bin":
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") || allowed[filepath.ToSlash(filepath.Dir(rel))] ||
			strings.HasPrefix(rel, filepath.Join("internal", "drill")) {
			return nil
		}
		text, err := os.ReadFile(p)
		if m := around.Find(text); m != nil {
			t.Errorf("%s goes around the guard: %s", rel, m)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestInside says that what an operator set up may stand in our own network, and
// nothing else may.
func TestInside(t *testing.T) {
	inside := Options{Inside: true}
	for address, want := range map[string]bool{
		"10.1.2.3:9000": true, "127.0.0.1:9000": true, "192.168.0.9:443": true, "[fd00::1]:9000": true,
		"169.254.169.254:80": false, "[fe80::1]:80": false, "0.0.0.0:80": false,
	} {
		if got := inside.control("tcp", address, nil) == nil; got != want {
			t.Errorf("A-064: %s from inside: %v", address, got)
		}
		if (Options{}).control("tcp", address, nil) == nil {
			t.Errorf("A-064: %s from outside is called", address)
		}
	}
}
