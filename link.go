package parley

import (
	"net/url"
	"strings"
)

// SafeLink reports whether an address may be followed.
//
// Source: A-005.
func SafeLink(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "https", "http":
		return u.Host != "" && u.User == nil
	case "mailto", "tel":
		return u.Opaque != ""
	}
	return false
}
