// Package meta is what WhatsApp, Messenger and Instagram share: how Meta signs,
// how it verifies a webhook, how it wraps events, and its Graph API.
package meta

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// updatesMax bounds the updates of one request; Meta sends 1,000 at most.
//
// Source: networks.md 2.
const updatesMax = 1000

// Fields are the credentials every channel of Meta asks for, in the order of its
// form, after those of its own.
func Fields() []channel.Field {
	return []channel.Field{
		{Name: "access_token", Secret: true, Required: true, Max: 1024, Pattern: `^[!-~]+$`},
		{Name: "app_secret", Secret: true, Required: true, Pattern: "^[0-9a-f]{32}$"},
		{Name: "verify_token", Secret: true, Ours: true, Required: true, Pattern: "^[A-Za-z0-9._~-]{8,128}$"},
		{Name: "app_id", Pattern: "^[0-9]{5,20}$"},
	}
}

// Signed reports whether the app's secret made the signature of the body, byte
// for byte as it came. Only SHA-256 counts; an empty secret signs nothing.
//
// Source: A-053, networks.md 0 row 6 and 1.
func Signed(secret string, r channel.Request) bool {
	given, ok := strings.CutPrefix(r.Header.Get("X-Hub-Signature-256"), "sha256=")
	if !ok || secret == "" || len(r.Header.Values("X-Hub-Signature-256")) != 1 {
		return false
	}
	sum, err := hex.DecodeString(given)
	if err != nil || given != strings.ToLower(given) {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(r.Body)
	return hmac.Equal(mac.Sum(nil), sum)
}

var challenge = regexp.MustCompile(`^[0-9]{1,32}$`)

// Handshake answers the question Meta asks before it uses a webhook's address.
//
// Errors: parley.ErrBadSignature for whatever is not that question.
// Source: A-061.
func Handshake(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	token := in.Setting("verify_token")
	given, word := r.Query.Get("hub.verify_token"), r.Query.Get("hub.challenge")
	right := token != "" && subtle.ConstantTimeCompare(digest(token), digest(given)) == 1
	if !right || r.Query.Get("hub.mode") != "subscribe" || !challenge.MatchString(word) {
		return channel.Received{}, parley.ErrBadSignature
	}
	return channel.Received{Reply: &channel.Reply{Status: http.StatusOK, Type: "text/plain; charset=utf-8", Body: []byte(word)}}, nil
}

// digest makes tokens of any length equally long, so that comparing them tells nothing.
func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// Entry is one object's updates: a business account's, a page's.
type Entry struct {
	ID        ID                `json:"id"`
	Time      Time              `json:"time"`
	Changes   []json.RawMessage `json:"changes"`
	Messaging []json.RawMessage `json:"messaging"`
	Standby   []json.RawMessage `json:"standby"`
}

// Read checks the signature and unwraps the events of a webhook. What it cannot
// read it says in odd.
//
// Errors: parley.ErrBadSignature.
func Read(in parley.EntryPoint, r channel.Request, objects ...string) (entries []Entry, odd string, err error) {
	if !Signed(in.Setting("app_secret"), r) {
		return nil, "", parley.ErrBadSignature
	}
	var body struct {
		Object string            `json:"object"`
		Entry  []json.RawMessage `json:"entry"`
	}
	if err := json.Unmarshal(r.Body, &body); err != nil {
		return nil, "not_json " + channel.Words(err.Error()), nil
	}
	known := false
	for _, object := range objects {
		known = known || body.Object == object
	}
	if !known {
		return nil, "unknown_kind " + channel.Words(body.Object), nil
	}
	for _, raw := range body.Entry {
		var e Entry
		if err := json.Unmarshal(raw, &e); err != nil {
			odd = "unreadable_part entry: " + channel.Words(err.Error())
			continue
		}
		entries = append(entries, e)
	}
	return entries, odd, nil
}

// othersMax bounds how many other accounts one request is taken to be about.
const othersMax = 50

// Add adds an account's id to those a request is about, once.
func Add(others []string, id string) []string {
	if slices.Contains(others, id) || len(others) >= othersMax {
		return others
	}
	return append(others, id)
}

// Tally bounds how much of one request is read.
type Tally int

// Full counts an update and reports whether it is one too many.
func (t *Tally) Full() bool {
	*t++
	return *t > updatesMax
}

// TooMany is what to say of the updates that were not read.
const TooMany = "too_many"

// ID is an identifier of Meta's: text, or digits which some events send as a
// number. A number keeps every digit.
type ID string

var number = regexp.MustCompile(`^[0-9]{1,40}$`)

// UnmarshalJSON takes a string or an integer. null is no id.
func (id *ID) UnmarshalJSON(raw []byte) error {
	switch {
	case bytes.Equal(raw, []byte("null")):
		*id = ""
	case len(raw) > 0 && raw[0] == '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		if len(s) > 512 {
			return errors.New("an id of more than 512 bytes")
		}
		*id = ID(s)
	case number.Match(raw):
		*id = ID(raw)
	default:
		return fmt.Errorf("no id: %.40q", raw)
	}
	return nil
}

// Time is a time as Meta writes it: seconds or milliseconds, a number or a string.
//
// Source: networks.md 3.
type Time struct{ time.Time }

// UnmarshalJSON takes whatever of these it is; 0, null and "" are no time.
func (t *Time) UnmarshalJSON(raw []byte) error {
	raw = bytes.Trim(raw, `"`)
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return nil
	}
	var n int64
	if !number.Match(raw) || json.Unmarshal(raw, &n) != nil {
		return fmt.Errorf("no time: %.40q", raw)
	}
	t.Time = unix(n)
	return nil
}

// milliseconds is from where on a number of Meta's counts milliseconds: as
// seconds it would be the year 5138.
const milliseconds = 100_000_000_000

func unix(n int64) time.Time {
	switch {
	case n == 0:
		return time.Time{}
	case n < milliseconds:
		return time.Unix(n, 0).UTC()
	}
	return time.UnixMilli(n).UTC()
}
