package vonage

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// How far the time of a signature may be from ours. Vonage calls again for a day.
//
// Source: A-056, networks.md 1.
const (
	stampOld   = 25 * time.Hour
	stampAhead = 6 * time.Minute
)

// params are the parameters of a webhook, each once.
type params map[string]string

// signed checks who sent a webhook and returns its parameters.
//
// Errors: parley.ErrBadSignature, also where there are no parameters to be signed.
// Source: A-053; https://developer.vonage.com/en/getting-started/concepts/signing-messages
func signed(in parley.EntryPoint, r channel.Request) (params, error) {
	secret := in.Setting("signature_secret")
	p, err := read(r)
	if err != nil || secret == "" {
		return nil, parley.ErrBadSignature
	}
	given, err := hex.DecodeString(p["sig"])
	if err != nil || len(given) == 0 || !hmac.Equal(signature(in.Setting("signature_method"), secret, p), given) {
		return nil, parley.ErrBadSignature
	}
	seconds, err := strconv.ParseInt(p["timestamp"], 10, 40)
	if age := r.Now.Sub(time.Unix(seconds, 0)); err != nil || age > stampOld || age < -stampAhead {
		return nil, parley.ErrBadSignature
	}
	return p, nil
}

// signature is what Vonage writes over parameters: by the order of their names,
// with what parts them taken out of their values. md5hash has the secret at the
// end instead of being keyed by it.
//
// Source: networks.md 6.
func signature(method, secret string, p params) []byte {
	var sum hash.Hash
	tail := ""
	switch key := []byte(secret); method {
	case "md5hash":
		sum, tail = md5.New(), secret
	case "md5":
		sum = hmac.New(md5.New, key)
	case "sha1":
		sum = hmac.New(sha1.New, key)
	case "sha512":
		sum = hmac.New(sha512.New, key)
	default:
		sum = hmac.New(sha256.New, key)
	}
	clean := strings.NewReplacer("&", "_", "=", "_")
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if name != "sig" {
			_, _ = io.WriteString(sum, "&"+name+"="+clean.Replace(p[name]))
		}
	}
	_, _ = io.WriteString(sum, tail)
	return sum.Sum(nil)
}

var errTwice = errors.New("a parameter stands twice")

// read takes the parameters out of a webhook, in whichever of the three ways the
// account was told to send them.
func read(r channel.Request) (params, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method == http.MethodGet:
		return flat(r.Query)
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(r.Body))
		if err != nil {
			return nil, err
		}
		return flat(form)
	}
	decoder := json.NewDecoder(bytes.NewReader(r.Body))
	if t, err := decoder.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("no object")
	}
	p := params{}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
		if _, there := p[name.(string)]; there {
			return nil, errTwice
		}
		text := ""
		if json.Unmarshal(value, &text) != nil {
			text = string(value) // a number, true: as it stands there
		}
		p[name.(string)] = text
	}
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something behind the object")
	}
	return p, nil
}

func flat(values url.Values) (params, error) {
	p := params{}
	for name, list := range values {
		if len(list) != 1 {
			return nil, errTwice
		}
		p[name] = list[0]
	}
	return p, nil
}
