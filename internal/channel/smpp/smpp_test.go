package smpp

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
)

func entryPoint(t testing.TB) parley.EntryPoint {
	raw, err := os.ReadFile("testdata/entrypoint.json")
	if err != nil {
		t.Fatal(err)
	}
	return conformance.EntryPoint(t, string(raw))
}

func TestForm(t *testing.T) { conformance.Form(t, New(nil).Spec()) }

func TestClass(t *testing.T) {
	// Source: networks.md 8; SMPP 3.4, section 5.1.3.
	conformance.Classes(t, class, map[channel.Code][]uint32{
		channel.Throttled: {0x58, 0x14}, channel.Transient: {0x08, 0x45, 0x05, 0x0d, 0x64}, channel.Auth: {0x0e, 0x0f}, channel.Config: {0x0a},
		channel.BadNumber: {0x0b}, channel.TooLong: {0x01}, channel.Refused: {0x65, 0x400, 0x4ff}, channel.Undeliverable: {0xfe, 0xff}, channel.BadRequest: {0x02, 0x03, 0x43, 0x500},
	})
	if e := verdict(0x58); e.After != pause {
		t.Errorf("throttled for %s", e.After)
	}
	for state, want := range map[byte]parley.DeliveryState{
		1: parley.DeliverySent, 2: parley.DeliveryDelivered, 3: parley.DeliveryFailed, 4: parley.DeliveryFailed, 5: parley.DeliveryFailed, 6: parley.DeliverySent, 7: "", 8: parley.DeliveryFailed, 9: "",
	} {
		if got, code := reached(state); got != want || (got == parley.DeliveryFailed) != (code != "") {
			t.Errorf("state %d is %s, %s", state, got, code)
		}
	}
}

func TestRefusedBeforeItGoes(t *testing.T) {
	in, s := entryPoint(t), New(nil)
	sam := parley.Keys{{Kind: parley.KeyPhone, Value: "+15550142233"}}
	for want, m := range map[channel.Code]parley.Outbound{
		channel.BadNumber:  {ID: "msg_1", Text: "Hi", To: parley.Keys{{Kind: parley.KeyPhone, Value: "32665"}}},
		channel.MediaFault: {ID: "msg_1", File: &parley.OutFile{}, To: sam},
		channel.Transient:  {ID: "msg_1", Text: "Hi", To: sam}, // not connected: nothing went
	} {
		var e *channel.SendError
		if _, err := s.Send(t.Context(), in, m); !errors.As(err, &e) || e.Code != want {
			t.Errorf("SMS-04, SMS-05, R-46: %v, want %s", err, want)
		}
	}
	if _, err := s.Check(t.Context(), in); err == nil {
		t.Error("R-48: it is not connected")
	}
	if _, err := s.Receive(in, channel.Request{Method: "POST", Body: []byte("x")}); !errors.Is(err, parley.ErrNotFound) {
		t.Errorf("A-063: nothing comes by HTTP: %v", err)
	}
}

// TestCertificate: with TLS, a message center whose certificate nobody vouches for
// is not told the password.
func TestCertificate(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	in := entryPoint(t)
	in.Settings["tls"] = "on"
	in.Settings["host"], in.Settings["port"], _ = net.SplitHostPort(server.Listener.Addr().String())
	err := New((&net.Dialer{}).DialContext).Run(t.Context(), in, &house{})
	if err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("it went on: %v", err)
	}
}

func TestDialFails(t *testing.T) {
	down := errors.New("down")
	s := New(func(context.Context, string, string) (net.Conn, error) { return nil, down })
	if err := s.Run(t.Context(), entryPoint(t), &house{}); !errors.Is(err, down) {
		t.Errorf("it ended with %v", err)
	}
}

// TestCut is CNV-05: parts hold what they may, no letter is torn, nothing is lost.
func TestCut(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a", 160), strings.Repeat("a", 161), strings.Repeat("\u20ac", 300), strings.Repeat("\u00e7", 70), strings.Repeat("\u00e7", 71),
		strings.Repeat("a\U0001f600", 400), "\u00e7" + strings.Repeat("\U0001f600", 400),
	} {
		for _, alphabet := range []string{"gsm", latin1} {
			for _, long := range []string{longUDH, longUDH16, longSAR} {
				octets, coding := encode(text, alphabet)
				alone, each := room(coding, long)
				parts := cut(octets, coding, long)
				if !bytes.Equal(bytes.Join(parts, nil), octets) || (len(parts) == 1) != (len(octets) <= alone) {
					t.Errorf("CNV-05: %.10q by %s is %d parts", text, long, len(parts))
				}
				whole := ""
				for _, p := range parts {
					one, ok := decode(p, coding, alphabet)
					if whole += one; !ok || len(parts) > 1 && len(p) > each {
						t.Errorf("CNV-05: a part of %d octets", len(p))
					}
				}
				if whole != text {
					t.Errorf("CNV-05: a letter of %.10q is torn by %s: %q", text, long, whole)
				}
			}
		}
	}
}

// deaf is a connection that takes everything and says nothing.
type deaf struct{ net.Conn }

func (deaf) Write(p []byte) (int, error) { return len(p), nil }
func (deaf) Close() error                { return nil }

func FuzzDeliver(f *testing.F) {
	in := entryPoint(f)
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			if text, ok := strings.CutPrefix(strings.TrimSpace(line), "deliver "); ok {
				body, _ := hex.DecodeString(text)
				f.Add(body, body)
			}
		}
	}
	f.Fuzz(func(t *testing.T, one, two []byte) {
		h := &house{}
		b := &inbox{line: newSession(deaf{}, in), host: h, in: in, doubts: &doubts{}, piles: map[pile]*heap{}}
		for i, body := range [][]byte{one, two} {
			b.deliver(t.Context(), pdu{command: deliverSM, sequence: uint32(i), body: body})
		}
		for range partsWithin {
			b.tick(t.Context())
		}
		if len(h.kept) == 0 || len(b.piles) != 0 {
			t.Fatalf("something was lost: %+v, %+v", h.kept, b.piles)
		}
		for _, r := range h.kept {
			for _, m := range r.Messages {
				if m.ExternalID == "" || m.Kind == "" {
					t.Fatalf("a message without id or kind: %+v", m)
				}
			}
			for _, s := range r.Statuses {
				if s.ExternalID == "" || s.State == "" {
					t.Fatalf("a status of nothing: %+v", s)
				}
			}
		}
	})
}

func FuzzPDU(f *testing.F) {
	f.Add(pdu{command: submitSM, sequence: 1, body: []byte("x")}.bytes())
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 9})
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := readPDU(bytes.NewReader(raw))
		if err == nil && !bytes.Equal(p.bytes(), raw[:len(p.body)+headSize]) {
			t.Fatalf("%x is read as %+v", raw, p)
		}
		if m, err := readShort(p.body); err == nil {
			if again, err := readShort(m.bytes()); err != nil || again.from != m.from || string(again.text) != string(m.text) {
				t.Fatalf("%+v is written as %+v, %v", m, again, err)
			}
		}
	})
}
