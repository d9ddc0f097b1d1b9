package meta

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
)

const secret = "0123456789abcdef0123456789abcdef"

func mac(secret, body string) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(body))
	return hex.EncodeToString(m.Sum(nil))
}

func TestSigned(t *testing.T) {
	const body = `{"object":"page","text":"d\u00e9j\u00e0"}`
	right := mac(secret, body)
	old := hmac.New(sha1.New, []byte(secret))
	old.Write([]byte(body))
	for _, c := range []struct {
		name, secret, body string
		header             http.Header
		want               bool
	}{
		{"A-053: right", secret, body, http.Header{"X-Hub-Signature-256": {"sha256=" + right}}, true},
		{"A-053: none", secret, body, http.Header{}, false},
		{"A-053: empty", secret, body, http.Header{"X-Hub-Signature-256": {""}}, false},
		{"A-053: another secret", secret, body, http.Header{"X-Hub-Signature-256": {"sha256=" + mac("x", body)}}, false},
		{"A-053: no secret of ours", "", body, http.Header{"X-Hub-Signature-256": {"sha256=" + mac("", body)}}, false},
		{"A-053: a downgrade", secret, body, http.Header{"X-Hub-Signature-256": {"sha1=" + hex.EncodeToString(old.Sum(nil))}}, false},
		{"A-053: the old header", secret, body, http.Header{"X-Hub-Signature": {"sha256=" + right}}, false},
		{"A-053: re-serialised JSON", secret, "{\"object\":\"page\",\"text\":\"d\u00e9j\u00e0\"}", http.Header{"X-Hub-Signature-256": {"sha256=" + right}}, false},
		{"A-053: a trailing newline", secret, body + "\n", http.Header{"X-Hub-Signature-256": {"sha256=" + right}}, false},
		{"A-053: upper case", secret, body, http.Header{"X-Hub-Signature-256": {"sha256=" + strings.ToUpper(right)}}, false},
		{"A-053: cut off", secret, body, http.Header{"X-Hub-Signature-256": {"sha256=" + right[:62]}}, false},
		{"A-053: two of them", secret, body, http.Header{"X-Hub-Signature-256": {"sha256=" + right, "sha256=" + right}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Signed(c.secret, channel.Request{Header: c.header, Body: []byte(c.body)}); got != c.want {
				t.Errorf("signed: %v, want %v", got, c.want)
			}
		})
	}
}

func TestHandshake(t *testing.T) {
	in := parley.EntryPoint{Secrets: map[string]string{"verify_token": "verify-me-2026"}}
	for _, c := range []struct {
		name, query string
		in          parley.EntryPoint
		want        string
	}{
		{"A-061: right", "hub.mode=subscribe&hub.challenge=123&hub.verify_token=verify-me-2026", in, "123"},
		{"A-061: wrong token", "hub.mode=subscribe&hub.challenge=123&hub.verify_token=verify", in, ""},
		{"A-061: no token", "hub.mode=subscribe&hub.challenge=123", in, ""},
		{"A-061: none of ours either", "hub.mode=subscribe&hub.challenge=123&hub.verify_token=", parley.EntryPoint{}, ""},
		{"A-061: a script", "hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=verify-me-2026", in, ""},
		{"A-061: another mode", "hub.mode=unsubscribe&hub.challenge=123&hub.verify_token=verify-me-2026", in, ""},
		{"A-061: digits without end", "hub.mode=subscribe&hub.challenge=" + strings.Repeat("1", 33) + "&hub.verify_token=verify-me-2026", in, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			query, err := url.ParseQuery(c.query)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Handshake(c.in, channel.Request{Method: "GET", Query: query})
			if c.want == "" && !errors.Is(err, parley.ErrBadSignature) {
				t.Errorf("%v, want %v", err, parley.ErrBadSignature)
			}
			if c.want != "" && (err != nil || string(got.Reply.Body) != c.want || !strings.HasPrefix(got.Reply.Type, "text/plain")) {
				t.Errorf("%+v, %v", got.Reply, err)
			}
		})
	}
}

func TestID(t *testing.T) {
	for in, want := range map[string]string{`"12"`: "12", `9007199254740993`: "9007199254740993", `null`: "", `"a:b"`: "a:b"} {
		var id ID
		if err := json.Unmarshal([]byte(in), &id); err != nil || string(id) != want {
			t.Errorf("A-059: %s is %q, %v", in, id, err)
		}
	}
	for _, in := range []string{`1e400`, `-1`, `1.5`, `true`, `{}`, `["1"]`, `"` + strings.Repeat("x", 513) + `"`} {
		var id ID
		if err := json.Unmarshal([]byte(in), &id); err == nil {
			t.Errorf("A-059: %.20s is taken for an id: %q", in, id)
		}
	}
}

func TestTime(t *testing.T) {
	at := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	for _, in := range []string{`1772442000`, `"1772442000"`, `1772442000000`, `"1772442000000"`} {
		var got Time
		if err := json.Unmarshal([]byte(in), &got); err != nil || !got.Equal(at) {
			t.Errorf("%s is %v, %v", in, got, err)
		}
	}
	for _, in := range []string{`0`, `null`, `""`} {
		got := Time{at}
		if err := json.Unmarshal([]byte(in), &got); err != nil || (in == "0" && !got.IsZero()) {
			t.Errorf("%s is %v, %v", in, got, err)
		}
	}
	for _, in := range []string{`-1`, `1e400`, `"soon"`, `99999999999999999999`, `{}`} {
		var got Time
		if err := json.Unmarshal([]byte(in), &got); err == nil {
			t.Errorf("A-059: %s is taken for a time: %v", in, got)
		}
	}
}

func TestTooMany(t *testing.T) {
	var tally Tally
	for range updatesMax {
		if tally.Full() {
			t.Fatal("1,000 updates are Meta's own batch")
		}
	}
	if !tally.Full() {
		t.Error("one more is too many")
	}
}

func TestProof(t *testing.T) {
	if Proof(secret, "token") != mac(secret, "token") {
		t.Error("appsecret_proof is the token's HMAC under the app's secret, in hexadecimal")
	}
}
