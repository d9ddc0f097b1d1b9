package twilio

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/conformance"
)

// sign signs as Twilio does: a form with its parameters, anything else by its hash.
func sign(in parley.EntryPoint, r *channel.Request) {
	var form url.Values
	address := strings.ReplaceAll(r.URL, "'", "%27")
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		form, _ = url.ParseQuery(string(r.Body))
	}
	r.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(signature(in.Setting("auth_token"), address, form)))
}

func TestRecordings(t *testing.T) { conformance.Play(t, New(conformance.Client()), sign) }

func entryPoint(t testing.TB) parley.EntryPoint {
	raw, err := os.ReadFile("testdata/entrypoint.json")
	if err != nil {
		t.Fatal(err)
	}
	return conformance.EntryPoint(t, string(raw))
}

// held is what Twilio is held to.
func held(t testing.TB) conformance.Held {
	return conformance.Held{Channel: New(nil), In: entryPoint(t), Sign: sign, Nobody: true, Covers: true, Odd: []string{"MessageSid=", "MessageSid=SM1&AccountSid=AC1"}}
}

func TestHeld(t *testing.T) { held(t).Hold(t) }

func FuzzReceive(f *testing.F) { held(f).Fuzz(f) }

// The examples of Twilio's own libraries.
//
// Source: https://github.com/twilio/twilio-node, webhooks.spec.js.
func TestSignatureVectors(t *testing.T) {
	const address = "https://mycompany.com/myapp.php?foo=1&bar=2"
	form := url.Values{"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+14158675309"}, "Digits": {"1234"}, "From": {"+14158675309"}, "To": {"+18005551212"}}
	hash := address + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
	for want, got := range map[string][]byte{
		"RSOYDt4T1cUTdK1PDd93/VVr8B8=": signature("12345", address, form),
		"a9nBmqA0ju/hNViExpshrM61xv4=": signature("12345", hash, nil),
	} {
		if base64.StdEncoding.EncodeToString(got) != want {
			t.Errorf("A-053: %x is not %s", got, want)
		}
	}
	repeated := url.Values{"MediaUrl": {"b", "a", "b"}}
	if string(signature("12345", address, repeated)) != string(signature("12345", address, url.Values{"MediaUrl": {"a", "b"}})) {
		t.Error("repeated values are sorted, and each counts once")
	}
}

// TestAddress is A-054: the address is ours as configured, whichever way Twilio
// writes its port, and nothing else.
func TestAddress(t *testing.T) {
	in := parley.EntryPoint{Secrets: map[string]string{"auth_token": "token"}}
	const body = "MessageSid=SM1"
	form, _ := url.ParseQuery(body)
	for _, c := range []struct {
		ours, theirs string
		want         bool
	}{
		{"https://parley.example/in", "https://parley.example/in", true},
		{"https://parley.example/in", "https://parley.example:443/in", true},
		{"https://parley.example:8443/in?a=1", "https://parley.example/in?a=1", true},
		{"http://parley.example/in", "http://parley.example:80/in", true},
		{"https://parley.example/in?a='b'", "https://parley.example/in?a=%27b%27", true},
		{"https://parley.example/in?a=%27b%27", "https://parley.example:443/in?a='b'", true},
		{"https://parley.example/in", "http://parley.example/in", false},
		{"https://parley.example/in", "https://other.example/in", false},
		{"https://parley.example/in?x=1", "https://parley.example/in", false},
		{"https://parley.example/in", "https://parley.example/in/", false},
		{"https://parley.example/in", "https://parley.example:444/in", false},
	} {
		r := channel.Request{Method: "POST", URL: c.ours, Body: []byte(body), Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "X-Forwarded-Host": {"other.example"}, "Host": {"other.example"}}}
		r.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(signature("token", c.theirs, form)))
		if _, err := signed(in, r); (err == nil) != c.want {
			t.Errorf("A-054: signed for %s, called at %s: %v", c.theirs, c.ours, err)
		}
	}
	r := channel.Request{Method: "POST", URL: "https://parley.example/in", Body: []byte(body), Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}}
	right := base64.StdEncoding.EncodeToString(signature("token", r.URL, form))
	r.Header["X-Twilio-Signature"] = []string{right, right}
	if _, err := signed(in, r); !errors.Is(err, parley.ErrBadSignature) {
		t.Error("A-053: two signatures")
	}
}

// TestMessaging: a messaging service is at a host of its own, in the account's
// region; where the API is somebody else's, it is there as well.
func TestMessaging(t *testing.T) {
	for base, want := range map[string]string{
		"":                                     "https://messaging.twilio.com",
		"https://api.twilio.com/":              "https://messaging.twilio.com",
		"https://api.dublin.ie1.twilio.com":    "https://messaging.dublin.ie1.twilio.com",
		"https://api.twilio.com.example":       "https://api.twilio.com.example",
		"https://parley.example/sim/api/x/acc": "https://parley.example/sim/api/x/acc",
	} {
		in := parley.EntryPoint{Settings: map[string]string{"base_url": base, "messaging_service_sid": "MG1"}}
		if got := messaging(in); got != want+"/v1/Services/MG1" {
			t.Errorf("%q: %s", base, got)
		}
	}
}

func TestClass(t *testing.T) {
	// Source: networks.md 5, the table of errors.
	conformance.Classes(t, class, map[channel.Code][]int{
		channel.Throttled:            {20429, 21611, 30001, 30022, 63018},
		channel.Transient:            {20500, 30008},
		channel.Auth:                 {20003},
		channel.BadNumber:            {21211, 21614, 30005, 30006},
		channel.RecipientUnavailable: {21612, 30003},
		channel.Config:               {21408, 30034, 21606},
		channel.OptedOut:             {21610},
		channel.TooLong:              {21617},
		channel.Refused:              {30004, 30007},
		channel.WindowClosed:         {63016},
		channel.Blocked:              {30002, 10001},
		channel.Undeliverable:        {0, 30009},
		channel.BadRequest:           {21602, 99999, -1},
	})
}

func TestPackedText(t *testing.T) {
	long := strings.Repeat("It is a long one. ", 8)
	packed := base64.StdEncoding.EncodeToString([]byte(long))
	for body, want := range map[string]string{
		packed:                       long,
		"dGVzdCBvbmU=":               "dGVzdCBvbmU=", // too short to be one
		strings.Repeat("abcd", 40):   strings.Repeat("abcd", 40),
		packed + " ":                 packed + " ",
		strings.Repeat("QUJDRA", 20): strings.Repeat("QUJDRA", 20), // no space in it
		base64.StdEncoding.EncodeToString([]byte(long + "\x00 \x01")): base64.StdEncoding.EncodeToString([]byte(long + "\x00 \x01")),
	} {
		if got := text(url.Values{"Body": {body}}); got != want {
			t.Errorf("%q is %q", body, got)
		}
	}
}
