package files

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// signer signs requests as stores that speak S3 want it.
//
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
type signer struct{ key, secret, region string }

// The formats of times in signatures.
const (
	signTime = "20060102T150405Z"
	signDay  = "20060102"
)

// sign signs a request whose body has a SHA-256.
func (s signer) sign(r *http.Request, bodySum string, now time.Time) {
	now = now.UTC()
	r.Header.Set("X-Amz-Date", now.Format(signTime))
	r.Header.Set("X-Amz-Content-Sha256", bodySum)
	names, headers := signedHeaders(r)
	request := strings.Join([]string{
		r.Method, escaped(r.URL.Path, true), query(r.URL.Query()), headers, names, bodySum,
	}, "\n")
	scope := now.Format(signDay) + "/" + s.region + "/s3/aws4_request"
	digest := sha256.Sum256([]byte(request))
	text := "AWS4-HMAC-SHA256\n" + now.Format(signTime) + "\n" + scope + "\n" + hex.EncodeToString(digest[:])
	key := []byte("AWS4" + s.secret)
	for _, part := range []string{now.Format(signDay), s.region, "s3", "aws4_request"} {
		key = mac(key, part)
	}
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+s.key+"/"+scope+",SignedHeaders="+names+
		",Signature="+hex.EncodeToString(mac(key, text)))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// signedHeaders returns the names of the headers that are signed and their lines:
// all there are, and the host.
func signedHeaders(r *http.Request) (names, lines string) {
	host := r.Host
	if host == "" {
		host = r.URL.Host
	}
	values := map[string]string{"host": host}
	for name := range r.Header {
		if name != "Authorization" {
			values[strings.ToLower(name)] = strings.Join(strings.Fields(r.Header.Get(name)), " ")
		}
	}
	var all []string
	for name := range values {
		all = append(all, name)
	}
	slices.Sort(all)
	for _, name := range all {
		lines += name + ":" + values[name] + "\n"
	}
	return strings.Join(all, ";"), lines
}

// query is a query as it is signed: in order, spaces as %20.
func query(values url.Values) string {
	var all []string
	for name, list := range values {
		for _, v := range list {
			all = append(all, escaped(name, false)+"="+escaped(v, false))
		}
	}
	slices.Sort(all)
	return strings.Join(all, "&")
}

// escaped encodes all but what RFC 3986 leaves as it is; a path keeps its slashes.
func escaped(text string, isPath bool) string {
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	for _, c := range []byte(text) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '.', c == '_', c == '~', isPath && c == '/':
			out.WriteByte(c)
		default:
			out.WriteString("%" + string(digits[c>>4]) + string(digits[c&15]))
		}
	}
	if isPath && out.Len() == 0 {
		return "/"
	}
	return out.String()
}
