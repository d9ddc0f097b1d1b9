// Package eightbyeight speaks the SMS API of 8x8 CPaaS.
//
// Source: https://developer.8x8.com/connect/reference/send-sms-single
package eightbyeight

import (
	"net/http"

	"parley/internal/channel"
)

// EightByEight is the network for one client.
type EightByEight struct{ client *http.Client }

// New returns the channel; client reaches the network.
func New(client *http.Client) *EightByEight { return &EightByEight{client} }

// baseURL is the API where most accounts are; other regions have their own host.
const baseURL = "https://sms.8x8.com"

// Spec says what 8x8 can do by SMS. 8x8 signs nothing: whoever knows webhook_key
// is believed, which the webhook's address carries (?knock=) or its Authorization
// header. status_callback is that address without the key.
//
// Source: SMS-03 to SMS-06, networks.md 7.
func (*EightByEight) Spec() channel.Spec {
	s := channel.SMS("eightbyeight", "8x8 (SMS)")
	s.Docs = "https://developer.8x8.com/connect/docs/getting-started-with-sms-api"
	s.Webhook, s.BaseURL = true, baseURL
	s.Fields = []channel.Field{
		{Name: "subaccount_id", Required: true, Pattern: `^[A-Za-z0-9._&-]{3,50}$`},
		{Name: "api_key", Secret: true, Required: true, Pattern: "^[!-~]{8,256}$"},
		{Name: "webhook_key", Secret: true, Ours: true, Required: true, Pattern: "^[A-Za-z0-9_-]{16,128}$"},
		{Name: "status_callback", Pattern: `^(https?://[^\s#]+)?$`, Max: 1024},
		{Name: "base_url", Default: baseURL, Options: []string{baseURL, "https://sms.us.8x8.com", "https://sms.8x8.uk", "https://sms.8x8.id"}},
	}
	return s
}
