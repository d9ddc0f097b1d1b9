// Package twilio speaks Twilio's Programmable Messaging: SMS by its REST API and
// its signed webhooks.
//
// Source: https://www.twilio.com/docs/messaging
package twilio

import (
	"net/http"

	"parley/internal/channel"
)

// Twilio is the network for one client.
type Twilio struct{ client *http.Client }

// New returns the channel; client reaches the network.
func New(client *http.Client) *Twilio { return &Twilio{client} }

// baseURL is Twilio's API.
const baseURL = "https://api.twilio.com"

// Spec says what Twilio can do by SMS. status_callback is our own webhook's
// address: Twilio tells of delivered only where each call asks it to.
//
// Source: SMS-03 to SMS-06, networks.md 5.
func (*Twilio) Spec() channel.Spec {
	s := channel.SMS("twilio", "Twilio (SMS)")
	s.Docs = "https://www.twilio.com/docs/messaging/quickstart"
	s.Webhook, s.BaseURL = true, baseURL
	s.Fields = []channel.Field{
		{Name: "account_sid", Required: true, Pattern: "^AC[0-9a-f]{32}$"},
		{Name: "auth_token", Secret: true, Required: true, Pattern: "^[0-9A-Za-z]{16,64}$"},
		{Name: "messaging_service_sid", Pattern: "^(MG[0-9a-f]{32})?$"},
		{Name: "status_callback", Pattern: "^(https?://[^\\s#]+)?$", Max: 1024},
	}
	return s
}
