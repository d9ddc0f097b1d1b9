// Package vonage speaks Vonage's SMS API (formerly Nexmo).
//
// Source: https://developer.vonage.com/en/api/sms
package vonage

import (
	"net/http"
	"strings"

	"parley"
	"parley/internal/channel"
)

// Vonage is the network for one client.
type Vonage struct{ client *http.Client }

// New returns the channel; client reaches the network.
func New(client *http.Client) *Vonage { return &Vonage{client} }

// baseURL is Vonage's API.
const baseURL = "https://rest.nexmo.com"

// Spec says what Vonage can do by SMS. Its webhooks must be signed, which is a
// switch in its dashboard.
//
// Source: SMS-03 to SMS-06, networks.md 6.
func (*Vonage) Spec() channel.Spec {
	s := channel.SMS("vonage", "Vonage (SMS)")
	s.Docs = "https://developer.vonage.com/en/getting-started/concepts/signing-messages"
	s.Webhook, s.BaseURL = true, baseURL
	s.Fields = []channel.Field{
		{Name: "api_key", Required: true, Pattern: "^[A-Za-z0-9]{4,32}$"},
		{Name: "api_secret", Secret: true, Required: true, Pattern: "^[!-~]{4,128}$"},
		{Name: "signature_secret", Secret: true, Required: true, Pattern: "^[!-~]{8,128}$"},
		{Name: "signature_method", Options: []string{"sha256", "sha512", "sha1", "md5", "md5hash"}, Default: "sha256"},
		{Name: "status_callback", Pattern: `^(https?://[^\s#]+)?$`, Max: 1024},
	}
	return s
}

// base is where the API is.
func base(in parley.EntryPoint) string {
	if b := in.Setting("base_url"); b != "" {
		return strings.TrimRight(b, "/")
	}
	return baseURL
}

func digits(number string) string { return strings.TrimPrefix(number, "+") }
