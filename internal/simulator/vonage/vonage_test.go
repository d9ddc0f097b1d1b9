package vonage_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
	"parley/internal/simulator/simtest"
	"parley/internal/simulator/vonage"
)

const sam = "+15145550134"

// open starts an account, and lets the ping of the saved address pass.
func open(t *testing.T, settings map[string]string) *simtest.Rig {
	t.Helper()
	all := map[string]string{"api_key": "abcd1234", "api_secret": "a-secret-of-amy", "address": "+15145550100"}
	maps.Copy(all, settings)
	r := simtest.New(t, vonage.Provider, all)
	if ping := r.Heard(); len(ping) != 1 || ping[0].Method != http.MethodGet || len(ping[0].Body) != 0 || ping[0].Path != "/in/acc" {
		t.Fatalf("the ping: %+v", ping)
	}
	return r
}

// parameters reads webhooks that came as JSON.
func parameters(t *testing.T, heard []simtest.Hook) (all []map[string]string) {
	t.Helper()
	for _, h := range heard {
		var one map[string]string
		if err := json.Unmarshal(h.Body, &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
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
	r := open(t, map[string]string{"signature_secret": "secret", "signature_method": "sha256"})
	r.Answer(func(simtest.Hook) (int, string) { return http.StatusInternalServerError, "" })
	if _, err := r.Say(t.Context(), simulator.In{Account: "acc", From: sam, Kind: "text", Text: "hello?"}); !errors.Is(err, simulator.ErrRefused) {
		t.Errorf("the phone was told %v", err)
	}
	var heard []simtest.Hook
	for range 48 {
		heard = append(heard, r.Heard()...)
		r.Advance(time.Hour)
	}
	if len(heard) != 8 || !bytes.Equal(heard[0].Body, heard[7].Body) {
		t.Errorf("%d attempts", len(heard))
	}
}

// TestALaterDayIsSignedToday: a center refuses signatures of a time to come.
func TestALaterDayIsSignedToday(t *testing.T) {
	r := open(t, map[string]string{"signature_secret": "secret"})
	stamp := func() string {
		r.Said(simulator.In{From: sam, Kind: "text", Text: "hello?"})
		return parameters(t, r.Heard())[0]["timestamp"]
	}
	before := stamp()
	r.Advance(24 * time.Hour)
	if after := stamp(); before == "" || after != before {
		t.Errorf("signed at %s, then at %s", before, after)
	}
}

func TestAPartMayNeverCome(t *testing.T) {
	r := open(t, nil)
	r.Said(simulator.In{From: sam, Kind: "text", Text: strings.Repeat("a", 400), Options: map[string]string{"parts": "1"}})
	if got := parameters(t, r.Heard()); len(got) != 1 || got[0]["concat-total"] != "3" || got[0]["concat-part"] != "1" {
		t.Errorf("%v", got)
	}
}

func TestBinaryAndRaw(t *testing.T) {
	r := open(t, nil)
	r.Said(simulator.In{From: sam, Kind: "binary", Options: map[string]string{"data": "0102", "udh": "050003010201"}})
	r.Said(simulator.In{From: sam, Kind: "raw", Raw: []byte(`{"messageId": null, "text": "x"}`)})
	got := parameters(t, r.Heard())
	if m := got[0]; m["type"] != "binary" || m["data"] != "0102" || m["udh"] != "050003010201" {
		t.Errorf("%v", m)
	}
	if m := got[1]; m["messageId"] != "" || m["text"] != "x" {
		t.Errorf("%v", m)
	}
}

func TestEveryPhoneCanDoWhatItsNetworkLists(t *testing.T) {
	for _, kind := range vonage.Provider.Kinds {
		r := open(t, nil)
		r.Said(simulator.In{From: sam, Kind: kind, Text: "x", Raw: []byte("{}"), Options: map[string]string{"code": "1"}})
	}
}
