package twilio

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parley"
	"parley/internal/channel"
)

// signature is what Twilio writes over an address and parameters. A name that
// comes with several values has them sorted, each once.
//
// Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security; networks.md 5.
func signature(token, address string, form url.Values) []byte {
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(address))
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range slices.Compact(slices.Sorted(slices.Values(form[name]))) {
			mac.Write([]byte(name + value))
		}
	}
	return mac.Sum(nil)
}

// signed checks who sent a request and returns its parameters. A body that is no
// form is signed by its hash in the address, and has none.
//
// Errors: parley.ErrBadSignature.
// Source.
func signed(in parley.EntryPoint, r channel.Request) (url.Values, error) {
	token, given := in.Setting("auth_token"), r.Header.Values("X-Twilio-Signature")
	if token == "" || len(given) != 1 {
		return nil, parley.ErrBadSignature
	}
	got, err := base64.StdEncoding.Strict().DecodeString(given[0])
	if err != nil {
		return nil, parley.ErrBadSignature
	}
	var form, over url.Values
	switch kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); {
	case r.Method == http.MethodGet:
		form = r.Query
	case kind == "application/x-www-form-urlencoded":
		// What is no form is signed as Twilio would: with what can be read of it.
		form, _ = url.ParseQuery(string(r.Body))
		over = form
	default:
		sum := sha256.Sum256(r.Body)
		if !hmac.Equal([]byte(hex.EncodeToString(sum[:])), []byte(strings.ToLower(r.Query.Get("bodySHA256")))) {
			return nil, parley.ErrBadSignature
		}
	}
	for _, address := range variants(r.URL) {
		if hmac.Equal(signature(token, address, over), got) {
			return form, nil
		}
	}
	return nil, parley.ErrBadSignature
}

// variants are the ways Twilio may write our address: with a port and without,
// and with ' as it is or escaped.
//
// Source: networks.md 5, signature details.
func variants(address string) []string {
	all := []string{address}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		port := ":443"
		if u.Scheme == "http" {
			port = ":80"
		}
		before := u.Scheme + "://"
		after, _ := strings.CutPrefix(address, before+u.Host)
		all = append(all, before+u.Hostname()+after, before+u.Hostname()+port+after)
	}
	for _, a := range all {
		all = append(all, strings.ReplaceAll(a, "'", "%27"), strings.ReplaceAll(a, "%27", "'"))
	}
	return all
}
