package vonage_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/vonage"
)

const sam = "+15145550134"

// place is a simulator with one account, and the product its webhooks reach.
type place struct {
	t      *testing.T
	sim    *simulator.Simulator
	clock  time.Time
	status int // what webhooks are answered
	heard  [][]byte
}

// open starts both, and lets the ping of the saved address pass.
func open(t *testing.T, settings map[string]string) *place {
	t.Helper()
	p := &place{t: t, clock: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), status: 200}
	product := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		p.heard = append(p.heard, body)
		w.WriteHeader(p.status)
	}))
	t.Cleanup(product.Close)
	p.sim = simulator.New(simulator.Options{
		Providers: []simulator.Provider{vonage.Provider}, Client: product.Client(), Now: func() time.Time { return p.clock }, Seed: 1, Hurry: 1,
	})
	all := map[string]string{"api_key": "abcd1234", "api_secret": "a-secret-of-amy", "address": "+15145550100"}
	for key, value := range settings {
		all[key] = value
	}
	if _, err := p.sim.Open(simulator.Account{ID: "sms", Network: "vonage", Webhook: product.URL + "/in/vonage/7", Settings: all}); err != nil {
		t.Fatal(err)
	}
	p.sim.Flush(t.Context())
	if len(p.heard) != 1 || len(p.heard[0]) != 0 {
		t.Fatalf("the ping: %q", p.heard)
	}
	p.heard = nil
	return p
}

func (p *place) say(in simulator.In) error {
	in.Account, in.From = "sms", sam
	_, err := p.sim.Say(p.t.Context(), in)
	return err
}

func TestSignaturesAreTheDocumentedOnes(t *testing.T) {
	body := url.Values{"b": {"x&y=z"}, "a": {"1"}, "sig": {"is left out"}}
	// Computed with md5sum, and openssl dgst -hmac secret, over &a=1&b=x_y_z.
	for method, want := range map[string]string{
		"md5hash": "d088c52d7310db7e614291e02965665f",
		"":        "d088c52d7310db7e614291e02965665f",
		"md5":     "8348c9e5aa5135a83c575f9de7b55ada",
		"sha1":    "33cd9f1ca7993b0c339fa65305ff4c43918bf738",
		"sha256":  "df118f87671493df4adacdac13cfe0589acd128b696c2eecf46e96e6494c11f5",
		"sha512":  "47153083adeb4a277ee7b5f55030c19caa49742773fbe9fe457653a5d9af25845ecfe3b2dfbc325c7ae38124954b28a2e8bca71c30de948dcb125ae26d039395",
	} {
		if got, err := vonage.Signature(method, "secret", body); err != nil || got != want {
			t.Errorf("%s: %s, %v", method, got, err)
		}
	}
	if _, err := vonage.Signature("rot13", "secret", body); err == nil {
		t.Error("an unknown method signs")
	}
}

func TestAnUnknownMethodOpensNoAccount(t *testing.T) {
	s := simulator.New(simulator.Options{Providers: []simulator.Provider{vonage.Provider}, Now: time.Now})
	settings := map[string]string{"api_key": "k", "api_secret": "s", "address": "+15145550100", "signature_secret": "x", "signature_method": "rot13"}
	if _, err := s.Open(simulator.Account{Network: "vonage", Settings: settings}); err == nil {
		t.Error("opened")
	}
}

func TestAWebhookComesAgainForADay(t *testing.T) {
	p := open(t, map[string]string{"signature_secret": "secret", "signature_method": "sha256"})
	p.status = 500
	if p.say(simulator.In{Kind: "text", Text: "hello?"}) == nil {
		t.Error("the phone was not told that it was refused")
	}
	for range 48 {
		p.clock = p.clock.Add(time.Hour)
		p.sim.Flush(t.Context())
	}
	if len(p.heard) != 8 || !bytes.Equal(p.heard[0], p.heard[7]) {
		t.Errorf("%d attempts", len(p.heard))
	}
}

func TestAPartMayNeverCome(t *testing.T) {
	p := open(t, nil)
	if err := p.say(simulator.In{Kind: "text", Text: strings.Repeat("a", 400), Options: map[string]string{"parts": "1"}}); err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(p.heard[0], &got); err != nil || len(p.heard) != 1 || got["concat-total"] != "3" || got["concat-part"] != "1" {
		t.Errorf("%d webhooks, %v, %v", len(p.heard), got, err)
	}
}

func TestBinaryAndRaw(t *testing.T) {
	p := open(t, nil)
	if err := p.say(simulator.In{Kind: "binary", Options: map[string]string{"data": "0102", "udh": "050003010201"}}); err != nil {
		t.Fatal(err)
	}
	if err := p.say(simulator.In{Kind: "raw", Raw: []byte(`{"messageId": null, "text": "x"}`)}); err != nil {
		t.Fatal(err)
	}
	var binary, raw map[string]string
	if err := json.Unmarshal(p.heard[0], &binary); err != nil || binary["type"] != "binary" || binary["data"] != "0102" || binary["udh"] != "050003010201" {
		t.Errorf("%v, %v", binary, err)
	}
	if err := json.Unmarshal(p.heard[1], &raw); err != nil || raw["messageId"] != "" || raw["text"] != "x" {
		t.Errorf("%v, %v", raw, err)
	}
}
