// Package hook is the wire format of what we tell programs of others: an event
// in JSON, and a signature by which they know that it is ours and fresh.
package hook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Header carries the signature: t=<Unix seconds>,v1=<HMAC-SHA256 in hex>, with
// a v1 for each active secret.
//
// Source: A-071.
const Header = "Parley-Signature"

// Fresh is how old a signature may be for Verify.
const Fresh = 5 * time.Minute

// Sign returns the header for a body. What is signed is the time as it stands in
// the header, a point and the body.
//
// Source: A-071.
func Sign(secrets []string, at time.Time, body []byte) string {
	t := strconv.FormatInt(at.Unix(), 10)
	parts := []string{"t=" + t}
	for _, s := range secrets {
		parts = append(parts, "v1="+hex.EncodeToString(mac(s, t, body)))
	}
	return strings.Join(parts, ",")
}

// Verify reports whether a header is a fresh signature of a body by one of the
// secrets.
//
// Source: A-071.
func Verify(secrets []string, header string, now time.Time, body []byte) bool {
	fields := strings.Split(header, ",")
	t, ok := strings.CutPrefix(fields[0], "t=")
	seconds, err := strconv.ParseInt(t, 10, 64)
	if !ok || err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > Fresh {
		return false
	}
	return slices.ContainsFunc(fields[1:], func(field string) bool {
		given, err := hex.DecodeString(strings.TrimPrefix(field, "v1="))
		return err == nil && slices.ContainsFunc(secrets, func(s string) bool { return s != "" && hmac.Equal(given, mac(s, t, body)) })
	})
}

func mac(secret, t string, body []byte) []byte {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(t + "."))
	h.Write(body)
	return h.Sum(nil)
}

// Event is the body of every request. A receiver that has seen its ID before has
// nothing to do.
//
// Source: API-02.
type Event struct {
	ID    string `json:"id"`
	Type  string `json:"type"`
	At    int64  `json:"at"`    // when it happened, Unix milliseconds
	Retry int    `json:"retry"` // tries before this one
	Data  any    `json:"data"`
}

// Request makes the signed request that tells of an event.
func Request(ctx context.Context, url string, secrets []string, now time.Time, e Event) (*http.Request, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", e.Type, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Parley")
	r.Header.Set(Header, Sign(secrets, now, body))
	return r, nil
}
