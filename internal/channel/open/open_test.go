package open

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
	"parley/internal/hook"
)

// API-01, A-066, R-46: what we send and what the answers mean.
func TestRecordings(t *testing.T) {
	conformance.Play(t, New(conformance.Client()), func(parley.EntryPoint, *channel.Request) {})
}

func TestForm(t *testing.T) { conformance.Form(t, New(nil).Spec()) }

// caught is a bot that keeps what it was sent.
func caught(t *testing.T) (in parley.EntryPoint, last func() (*http.Request, []byte)) {
	var request *http.Request
	var body []byte
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		request = r
		body, _ = io.ReadAll(r.Body)
	}))
	t.Cleanup(s.Close)
	in = parley.EntryPoint{
		ID: "ent_bot", Address: "bot", Settings: map[string]string{webhookURL: s.URL + "/in"},
		Secrets: map[string]string{secret: "the-secret-of-today", oldSecret: "the-secret-of-before"},
	}
	return in, func() (*http.Request, []byte) { return request, body }
}

// both secrets sign while both are kept, and the time is signed too.
func TestSignature(t *testing.T) {
	in, last := caught(t)
	o := New(conformance.Client())
	if _, err := o.Send(t.Context(), in, parley.Outbound{ID: "msg_1", Text: "Hi", To: parley.Keys{{Kind: parley.KeyOpen, Value: "zoe"}}}); err != nil {
		t.Fatal(err)
	}
	r, body := last()
	now := o.clock.Now()
	for _, s := range []string{"the-secret-of-today", "the-secret-of-before"} {
		if !hook.Verify([]string{s}, r.Header.Get(hook.Header), now, body) {
			t.Errorf("A-071: %s does not sign", s)
		}
	}
	if hook.Verify([]string{"the-secret-of-today"}, r.Header.Get(hook.Header), now.Add(time.Hour), body) {
		t.Error("A-071: it can be replayed an hour later")
	}
}

// API-02: the other end is told that somebody types, and can be asked whether it is there.
func TestMarkAndCheck(t *testing.T) {
	in, last := caught(t)
	o := New(conformance.Client())
	if err := o.Mark(t.Context(), in, parley.Keys{{Kind: parley.KeyOpen, Value: "zoe"}}, "m1", channel.MarkTyping); err != nil {
		t.Fatal(err)
	}
	if _, body := last(); !contains(body, `"type":"activity"`) || !contains(body, `{"conversation":"zoe","what":"typing","newest":"m1"}`) {
		t.Errorf("API-02: it is told %s", body)
	}
	health, err := o.Check(t.Context(), in)
	if _, body := last(); err != nil || !health.Subscribed || !contains(body, `"type":"verify"`) {
		t.Errorf("API-02: %+v, %v by %s", health, err, body)
	}
	in.Secrets = nil
	if _, err := o.Check(t.Context(), in); !refusedAs(err, channel.Config) {
		t.Errorf("A-071: nothing is posted unsigned: %v", err)
	}
}

func contains(body []byte, part string) bool { return strings.Contains(string(body), part) }

func refusedAs(err error, code channel.Code) bool {
	var e *channel.SendError
	return errors.As(err, &e) && e.Code == code
}
