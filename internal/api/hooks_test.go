package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// probe is a network that keeps what reached it.
type probe struct {
	mu   sync.Mutex // guards last
	last channel.Request
}

func (*probe) Spec() channel.Spec {
	return channel.Spec{Provider: "probe", Channels: []parley.Channel{parley.SMS}, Key: parley.KeyPhone}
}

func (p *probe) Receive(_ parley.EntryPoint, r channel.Request) (channel.Received, error) {
	if r.Header.Get("Probe") != "yes" {
		return channel.Received{}, parley.ErrBadSignature
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = r
	if r.Method == http.MethodGet {
		return channel.Received{Reply: &channel.Reply{Status: 202, Type: "text/plain; charset=utf-8", Body: []byte("<b>12</b>")}}, nil
	}
	return channel.Received{Messages: []parley.Inbound{{
		Kind: parley.InboundMessage, ExternalID: "m1", From: parley.Keys{{Kind: parley.KeyPhone, Value: "+12065551234"}}, Text: "Hi",
	}}}, nil
}

func (*probe) Send(context.Context, parley.EntryPoint, parley.Outbound) (string, error) {
	return "x", nil
}

// probing is a server with one entry point of the probe's.
func probing(t *testing.T, dsn string) (*here, *probe) {
	t.Helper()
	h := openAt(t, dsn, func(o *Options) { o.Public = "https://desk.example/" })
	queue := h.id(h.as("ada"), "queues", "name", "Sales")
	err := h.tenant.Ledger.Do(t.Context(), ledger.Command{
		Name: "connect",
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.SaveEntryPoint(parley.EntryPoint{
					ID: "ent_probe", Channel: parley.SMS, Provider: "probe", Name: "Probe", Enabled: true, Queue: parley.QueueID(queue), Rev: 1,
				})
				r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_probe"})
			}}, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h, h.probe
}

// knock makes a request at a door of networks.
func (h *here) knock(method, path string, body io.Reader, header ...string) (status int, answer string, head http.Header) {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.url+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return a.StatusCode, string(text), a.Header
}

// TestHooks: the door of networks.
func TestHooks(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		h, p := probing(t, dsn)
		same := regexp.MustCompile(`req_[0-9a-f]+`)
		_, nowhere, _ := h.knock("POST", "/api/nothing", strings.NewReader("{}"))
		for _, path := range []string{"/in/probe/ent_0", "/in/other/ent_probe", "/in/", "/in/probe", "/in/probe/ent_probe/more", "/in/webchat/ent_probe"} {
			status, body, _ := h.knock("POST", path, strings.NewReader("{}"), "Probe", "yes")
			if status != http.StatusNotFound || same.ReplaceAllString(body, "") != same.ReplaceAllString(nowhere, "") {
				t.Errorf("A-063: %s is %d %s", path, status, body)
			}
		}
		if status, _, _ := h.knock("PUT", "/in/probe/ent_probe", strings.NewReader("{}"), "Probe", "yes"); status != http.StatusNotFound {
			t.Errorf("A-063: PUT is %d", status)
		}
		status, body, _ := h.knock("POST", "/in/probe/ent_probe", strings.NewReader("{}"))
		if status != http.StatusForbidden || !strings.Contains(body, `"bad_signature"`) {
			t.Errorf("A-053: unsigned it is %d %s", status, body)
		}
		if strings.Contains(h.log.String(), "ent_probe") {
			t.Error("A-063: the path is in the log")
		}
		raw := "\xef\xbb\xbf{\"a\": 1e400, \"a\":\t\"\\u00e9\xff\"}\n"
		status, body, _ = h.knock("POST", "/in/probe/ent_probe?b=2&a=1%20x", strings.NewReader(raw), "Probe", "yes",
			"Host", "evil.example", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "gopher", "Origin", "https://evil.example")
		if status != http.StatusOK || body != "" {
			t.Errorf("A-054: taken in it is %d %s", status, body)
		}
		if p.last.URL != "https://desk.example/in/probe/ent_probe?b=2&a=1%20x" {
			t.Errorf("A-054: signed for %s", p.last.URL)
		}
		if string(p.last.Body) != raw || p.last.Query.Get("a") != "1 x" {
			t.Errorf("A-053, A-059: the network's code reads %q", p.last.Body)
		}
		status, body, head := h.knock("GET", "/in/probe/ent_probe?crc=1", nil, "Probe", "yes")
		if status != 202 || body != "<b>12</b>" || head.Get("Content-Type") != "text/plain; charset=utf-8" || head.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("A-055, A-061: the handshake is %d %s %v", status, body, head)
		}
		tooMuch := bytes.Repeat([]byte("x"), hookBytesMax+1)
		for _, stream := range []io.Reader{bytes.NewReader(tooMuch), io.MultiReader(bytes.NewReader(tooMuch))} { // with a length and without
			if status, body, _ := h.knock("POST", "/in/probe/ent_probe", stream, "Probe", "yes"); status != http.StatusRequestEntityTooLarge {
				t.Errorf("A-060: 2 MiB and a byte are %d %s", status, body)
			}
		}
		if status, body, _ := h.knock("POST", "/in/probe/ent_probe", strings.NewReader("x"), "Probe", "yes", "Content-Encoding", "gzip"); status != http.StatusUnsupportedMediaType {
			t.Errorf("A-060: packed it is %d %s", status, body)
		}
		if status, _, _ := h.knock("POST", "/in/probe/ent_probe", bytes.NewReader(tooMuch[1:]), "Probe", "yes"); status != http.StatusOK {
			t.Errorf("A-060: 2 MiB are %d", status)
		}
	})
}
