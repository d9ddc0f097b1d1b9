package x

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/channel"
)

// word is what X may ask us to sign. It has no braces and no quotes: else anybody
// could have us sign an event, as both signatures are the same function of the
// same key.
//
// Source: A-055.
var word = regexp.MustCompile(`^[A-Za-z0-9+/=_-]{1,128}$`)

// hmac256 is the signature X writes and asks for.
func hmac256(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return "sha256=" + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// signed reports whether X signed the body, byte for byte as it came: with the
// app's consumer secret, or with its client secret where it has only that one.
//
// Source: A-053; https://docs.x.com/x-api/webhooks/introduction
func signed(in parley.EntryPoint, r channel.Request) bool {
	secret, given := in.Setting("consumer_secret"), r.Header.Values("X-Twitter-Webhooks-Signature")
	if secret == "" {
		secret, given = in.Setting("client_secret"), r.Header.Values("X-Twitter-Webhooks-Signature-Oauth2")
	}
	if secret == "" || len(given) != 1 || word.Match(r.Body) {
		return false // a body that is a word could have been signed by our own answer to the challenge
	}
	return hmac.Equal([]byte(hmac256(secret, r.Body)), []byte(given[0]))
}

// oauth1 signs a call as the user.
//
// Source: https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
func oauth1(in parley.EntryPoint, req *http.Request, form url.Values, now time.Time) string {
	params := url.Values{
		"oauth_consumer_key":     {in.Setting("consumer_key")},
		"oauth_nonce":            {rand.Text()},
		"oauth_signature_method": {"HMAC-SHA1"},
		"oauth_timestamp":        {fmt.Sprint(now.Unix())},
		"oauth_token":            {in.Setting("access_token")},
		"oauth_version":          {"1.0"},
	}
	var header []string
	for name, values := range params {
		header = append(header, name+`="`+percent(values[0])+`"`)
	}
	signature := percent(signature1(in, req, params, form))
	header = append(header, `oauth_signature="`+signature+`"`)
	slices.Sort(header)
	return "OAuth " + strings.Join(header, ", ")
}

// signature1 is the signature of a call's method, address and parameters.
func signature1(in parley.EntryPoint, req *http.Request, params, form url.Values) string {
	var pairs []string
	for _, values := range []url.Values{params, form, req.URL.Query()} {
		for name, list := range values {
			for _, v := range list {
				pairs = append(pairs, percent(name)+"="+percent(v))
			}
		}
	}
	slices.Sort(pairs)
	address := url.URL{Scheme: strings.ToLower(req.URL.Scheme), Host: strings.ToLower(req.URL.Host), Path: req.URL.Path, RawPath: req.URL.RawPath}
	mac := hmac.New(sha1.New, []byte(percent(in.Setting("consumer_secret"))+"&"+percent(in.Setting("access_token_secret"))))
	mac.Write([]byte(req.Method + "&" + percent(address.String()) + "&" + percent(strings.Join(pairs, "&"))))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// percent encodes all but the letters, digits and marks RFC 5849, 3.6 names.
func percent(s string) string {
	var out strings.Builder
	for _, b := range []byte(s) {
		if b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || strings.IndexByte("-._~", b) >= 0 {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}
