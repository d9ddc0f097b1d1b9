package vonage

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
)

// sign signs as Vonage does: the signature is one more parameter. What cannot be
// read has none.
func sign(in parley.EntryPoint, r *channel.Request) {
	p, err := read(*r)
	if err != nil {
		return
	}
	p["sig"] = hex.EncodeToString(signature(in.Setting("signature_method"), in.Setting("signature_secret"), p))
	values := url.Values{}
	for name, value := range p {
		values.Set(name, value)
	}
	switch {
	case r.Method == http.MethodGet:
		r.Query = values
	case strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded"):
		r.Body = []byte(values.Encode())
	default:
		r.Body, _ = json.Marshal(p)
	}
}

func TestRecordings(t *testing.T) { conformance.Play(t, New(conformance.Client()), sign) }

func entryPoint(t testing.TB) parley.EntryPoint {
	raw, err := os.ReadFile("testdata/entrypoint.json")
	if err != nil {
		t.Fatal(err)
	}
	return conformance.EntryPoint(t, string(raw))
}

// held is what Vonage is held to.
func held(t testing.TB) conformance.Held {
	return conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: sign, Nobody: true, Inside: true, Odd: []string{`{"timestamp":"1772442000"}`, `{"timestamp":"1772442000","messageId":""}`}}
}

func TestHeld(t *testing.T) { held(t).Hold(t) }

func FuzzReceive(f *testing.F) { held(f).Fuzz(f) }

// The signatures of one set of parameters, written out: &a=1&b=x_y_z.
//
// Source: networks.md 6; each computed with openssl.
func TestSignatureVectors(t *testing.T) {
	p := params{"b": "x&y=z", "a": "1", "sig": "is left out"}
	for method, want := range vectors {
		if got := hex.EncodeToString(signature(method, "secret", p)); got != want {
			t.Errorf("A-053: %s is %s, want %s", method, got, want)
		}
	}
}

func TestSigned(t *testing.T) {
	in := entryPoint(t)
	right := func() params {
		p := params{"messageId": "1", "text": "Hello", "timestamp": "1772442000"}
		p["sig"] = hex.EncodeToString(signature("sha256", "sign-0123456789", p))
		return p
	}
	resign := func(p params, method, secret string) {
		p["sig"] = hex.EncodeToString(signature(method, secret, p))
	}
	for _, c := range []struct {
		name   string
		change func(params)
		want   bool
	}{
		{"right", func(params) {}, true},
		{"the same in capitals", func(p params) { p["sig"] = strings.ToUpper(p["sig"]) }, true}, // the same bytes
		{"none", func(p params) { delete(p, "sig") }, false},
		{"empty", func(p params) { p["sig"] = "" }, false},
		{"cut off", func(p params) { p["sig"] = p["sig"][:62] }, false},
		{"another text", func(p params) { p["text"] = "hello" }, false},
		{"one more parameter", func(p params) { p["x"] = "" }, false},
		{"one less", func(p params) { delete(p, "text") }, false},
		{"another secret", func(p params) { resign(p, "sha256", "x") }, false},
		{"an empty secret", func(p params) { resign(p, "sha256", "") }, false},
		{"a downgrade to MD5", func(p params) { resign(p, "md5hash", "sign-0123456789") }, false},
		{"stale by a second", func(p params) { p["timestamp"] = "1772351999"; resign(p, "sha256", "sign-0123456789") }, false},
		{"just not stale", func(p params) { p["timestamp"] = "1772352000"; resign(p, "sha256", "sign-0123456789") }, true},
		{"six minutes ahead", func(p params) { p["timestamp"] = "1772442360"; resign(p, "sha256", "sign-0123456789") }, true},
		{"more than that", func(p params) { p["timestamp"] = "1772442361"; resign(p, "sha256", "sign-0123456789") }, false},
		{"no time", func(p params) { p["timestamp"] = "soon"; resign(p, "sha256", "sign-0123456789") }, false},
	} {
		p := right()
		c.change(p)
		body, _ := json.Marshal(p)
		_, err := signed(in, channel.Request{Method: "POST", Header: http.Header{}, Body: body, Now: conformance.Day})
		if (err == nil) != c.want || (err != nil && !errors.Is(err, parley.ErrBadSignature)) {
			t.Errorf("A-053, A-056: %s: %v", c.name, err)
		}
	}
	in.Secrets = nil
	p := right()
	resign(p, "sha256", "")
	body, _ := json.Marshal(p)
	if _, err := signed(in, channel.Request{Method: "POST", Header: http.Header{}, Body: body, Now: conformance.Day}); err == nil {
		t.Error("A-053: no secret of ours")
	}
}

func TestClass(t *testing.T) {
	// Source: networks.md 6, and the pages named in errors.go.
	conformance.Classes(t, func(s string) channel.Code { return class(s, "") }, map[channel.Code][]string{
		channel.Throttled: {"1"}, channel.Transient: {"5", "10"}, channel.Auth: {"4"}, channel.BadNumber: {"6", "33"}, channel.RecipientUnavailable: {"7"},
		channel.Blocked: {"8"}, channel.Config: {"9", "11", "14", "15", "23", "29"}, channel.TooLong: {"12"}, channel.BadRequest: {"2", "3", "22", "", "4711"},
	})
	conformance.Classes(t, receiptClass, map[channel.Code][]string{
		channel.RecipientUnavailable: {"2", "7", "12"}, channel.BadNumber: {"3", "5", "9", "11"}, channel.OptedOut: {"4", "53"}, channel.Refused: {"6", "10", "52"},
		channel.Transient: {"8"}, channel.Config: {"15", "16"}, channel.Undeliverable: {"1", "99", "", "x"},
	})
	if e := verdict("1", "please wait [ 250 ] and retry"); e.After != 250*time.Millisecond {
		t.Errorf("wait %s", e.After)
	}
}

var vectors = map[string]string{
	"md5hash": "d088c52d7310db7e614291e02965665f",
	"md5":     "8348c9e5aa5135a83c575f9de7b55ada",
	"sha1":    "33cd9f1ca7993b0c339fa65305ff4c43918bf738",
	"sha256":  "df118f87671493df4adacdac13cfe0589acd128b696c2eecf46e96e6494c11f5",
	"sha512":  "47153083adeb4a277ee7b5f55030c19caa49742773fbe9fe457653a5d9af25845ecfe3b2dfbc325c7ae38124954b28a2e8bca71c30de948dcb125ae26d039395",
}
