package hook

import (
	"io"
	"strings"
	"testing"
	"time"
)

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// the signature is one that anybody can make anew, by a published recipe.
func TestSignature(t *testing.T) {
	// printf '1772442000.{"a":1}' | openssl dgst -sha256 -hmac s3cret
	const want = "t=1772442000,v1=12503386f157f28d0a5f72bef7f530142c4cd9b4b1d2b20c0dbd20b0a29aeb28"
	if got := Sign([]string{"s3cret"}, now, []byte(`{"a":1}`)); got != want {
		t.Errorf("A-071: %s is not %s", got, want)
	}
}

func TestVerify(t *testing.T) {
	body := []byte(`{"id":"evt_1"}`)
	both := Sign([]string{"new", "old"}, now, body)
	for _, c := range []struct {
		name    string
		secrets []string
		header  string
		now     time.Time
		body    string
		want    bool
	}{
		{"A-071: the new secret", []string{"new"}, both, now, string(body), true},
		{"A-071: the old secret, while both are active", []string{"old"}, both, now, string(body), true},
		{"A-071: another secret", []string{"other"}, both, now, string(body), false},
		{"A-071: no secret", []string{""}, Sign([]string{""}, now, body), now, string(body), false},
		{"A-071: tampered", []string{"new"}, both, now, string(body) + " ", false},
		{"A-071: replayed within minutes", []string{"new"}, both, now.Add(Fresh), string(body), true},
		{"A-071: replayed later", []string{"new"}, both, now.Add(Fresh + time.Second), string(body), false},
		{"A-071: from the future", []string{"new"}, both, now.Add(-Fresh - time.Second), string(body), false},
		{"A-071: its time changed", []string{"new"}, strings.Replace(both, "t=1772442000", "t=1772442001", 1), now, string(body), false},
		{"A-071: none", []string{"new"}, "", now, string(body), false},
		{"A-071: no signature in it", []string{"new"}, "t=1772442000", now, string(body), false},
		{"A-071: a broken one", []string{"new"}, "t=1772442000,v1=zz", now, string(body), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Verify(c.secrets, c.header, c.now, []byte(c.body)); got != c.want {
				t.Errorf("it is %v", got)
			}
		})
	}
}

func TestRequest(t *testing.T) {
	r, err := Request(t.Context(), "https://bot.example/in", []string{"new"}, now, Event{ID: "evt_1", Type: "verify", At: 5, Retry: 2, Data: map[string]string{"a": "b"}})
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(r.Body)
	if want := `{"id":"evt_1","type":"verify","at":5,"retry":2,"data":{"a":"b"}}`; string(body) != want {
		t.Errorf("API-02: the body is %s", body)
	}
	if r.Method != "POST" || r.Header.Get("Content-Type") != "application/json" || !Verify([]string{"new"}, r.Header.Get(Header), now, body) {
		t.Errorf("A-071: the request is %s %v", r.Method, r.Header)
	}
}
