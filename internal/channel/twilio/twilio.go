// Package twilio speaks Twilio's Programmable Messaging: SMS by its REST API and
// its signed webhooks.
//
// Source: https://www.twilio.com/docs/messaging
package twilio

import (
	"net/http"

	"parley"
	"parley/internal/channel"
)

// Twilio is the network for one client.
type Twilio struct{ client *http.Client }

// New returns the channel; client reaches the network.
func New(client *http.Client) *Twilio { return &Twilio{client} }

// textMax is the longest text of one call; Twilio cuts it into segments itself.
//
// Unit: UTF-16 code units.
// Source: providers.md 5, error 21617.
const textMax = 1600

// baseURL is Twilio's API.
const baseURL = "https://api.twilio.com"

// Spec says what Twilio can do by SMS. status_callback is our own webhook's
// address: Twilio tells of delivered only where each call asks it to.
//
// Source: SMS-03 to SMS-06, providers.md 5.
func (*Twilio) Spec() channel.Spec {
	return channel.Spec{
		Provider: "twilio",
		Channels: []parley.Channel{parley.SMS},
		Name:     "Twilio (SMS)",
		Docs:     "https://www.twilio.com/docs/messaging/quickstart",
		Fields: []channel.Field{
			{Name: "account_sid", Required: true, Pattern: "^AC[0-9a-f]{32}$"},
			{Name: "auth_token", Secret: true, Required: true, Pattern: "^[0-9A-Za-z]{16,64}$"},
			{Name: "messaging_service_sid", Pattern: "^(MG[0-9a-f]{32})?$"},
			{Name: "status_callback", Pattern: "^(https?://[^\\s#]+)?$", Max: 1024},
		},
		Address:     channel.Field{Name: "phone_number", Required: true, Pattern: `^\+[1-9][0-9]{6,14}$`},
		Webhook:     true,
		Limit:       textMax,
		Unit:        channel.UTF16,
		PlainText:   true,
		Receipts:    true,
		Segments:    true,
		NewCustomer: "form",
		Key:         parley.KeyPhone,
		BaseURL:     baseURL,
	}
}
