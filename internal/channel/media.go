package channel

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"parley"
	"parley/internal/netguard"
)

// FromNetwork reports whether a file's address is one of the network's own: HTTPS
// at one of its media hosts, or wherever base_url says its API is.
//
// Source: A-057.
func FromNetwork(s Spec, in parley.EntryPoint, address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Host == "" {
		return false
	}
	if base, err := url.Parse(in.Setting("base_url")); err == nil && base.Host != "" && u.Scheme == base.Scheme && u.Host == base.Host {
		return true
	}
	if u.Scheme != "https" || (u.Port() != "" && u.Port() != "443") {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, allowed := range s.MediaHosts {
		if host == allowed || (strings.HasPrefix(allowed, ".") && strings.HasSuffix(host, allowed)) {
			return true
		}
	}
	return false
}

// Download starts to fetch a file. The caller closes the body and bounds it.
//
// Errors: *SendError: MediaFault where the file is gone, not ours to see or at an
// address that may not be called, Auth
// where the token is no good, Throttled and Transient where trying again makes sense.
func Download(client *http.Client, req *http.Request) (File, error) {
	response, err := client.Do(req)
	if errors.Is(err, netguard.ErrBlocked) { // another try would change nothing
		return File{}, &SendError{Code: MediaFault, Detail: "blocked"}
	}
	if err != nil {
		return File{}, lost(req, false, err)
	}
	if response.StatusCode != http.StatusOK {
		response.Body.Close()
		e := Answer{Status: response.StatusCode, Header: response.Header}.Failed()
		switch e.Code {
		case Throttled, Transient, Auth:
		case UnknownOutcome:
			e.Code = Transient
		default:
			e.Code, e.Detail = MediaFault, "expired"
		}
		return File{}, e
	}
	kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";")
	return File{Body: response.Body, Type: strings.TrimSpace(kind), Size: response.ContentLength}, nil
}

// SHA256 reads a hash as networks write it, hexadecimal or base64, into lower
// case hexadecimal; "" if it is neither.
func SHA256(s string) string {
	if raw, err := hex.DecodeString(s); err == nil && len(raw) == 32 {
		return strings.ToLower(s)
	}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		if raw, err := encoding.DecodeString(s); err == nil && len(raw) == 32 {
			return hex.EncodeToString(raw)
		}
	}
	return ""
}
