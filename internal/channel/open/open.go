// Package open is the channel of everybody else: a bot, a shop, a network that
// we do not speak. Its customers come by our own HTTP API, with an API key; what
// agents say goes out as signed webhooks in the format of package hook.
//
// Source: API-01 to API-03, docs/api.md.
package open

import (
	"net/http"

	"parley"
	"parley/internal/channel"
)

// Open is the channel API's way out, for one client.
type Open struct {
	client *http.Client
	clock  parley.Clock
}

// New returns the channel; client reaches the programs.
func New(client *http.Client) *Open { return &Open{client, parley.NewSystemClock()} }

// Provider is the channel's name.
const Provider = "open"

// The settings of an entry point, besides channel.Begins.
const (
	webhookURL = "webhook_url"
	secret     = "webhook_secret"
	oldSecret  = "webhook_secret_old" // still signs, while the other end learns the new one
	baseURL    = "base_url"           // where the webhook is instead: scheme and host
)

// Limits of what goes out in one request.
//
// Unit: textMax in code points, fileBytesMax in bytes, perSecond in messages.
const (
	textMax      = 10_000
	fileBytesMax = 25 << 20
	inlineMax    = 1 << 20 // a file without an address goes inside, up to so much
	perSecond    = 50
)

// Spec says what the channel can do.
func (*Open) Spec() channel.Spec {
	return channel.Spec{
		Provider: Provider,
		Channels: []parley.Channel{parley.Open},
		Name:     "Channel API",
		Docs:     "/api/docs",
		Fields: []channel.Field{
			{Name: webhookURL, Required: true, Pattern: `^https?://[^\s\\#@]+$`, Max: 2000},
			{Name: secret, Secret: true, Required: true, Pattern: `^[!-~]{16,200}$`},
			{Name: oldSecret, Secret: true, Pattern: `^[!-~]{16,200}$`},
			{Name: channel.Begins, Default: channel.BeginsScript, Options: []string{channel.BeginsScript, channel.BeginsHandover}},
		},
		Address: channel.Field{Name: "bot_name", Required: true, Pattern: `^[A-Za-z0-9._-]{1,64}$`},
		Limit:   textMax,
		Unit:    channel.CodePoints,
		Files: channel.Files{
			Kinds: []parley.ContentKind{
				parley.ContentImage, parley.ContentVideo, parley.ContentAudio, parley.ContentVoice, parley.ContentDocument, parley.ContentSticker,
			},
			Max:  fileBytesMax,
			Text: textMax,
		},
		Typing:      true,
		Receipts:    true,
		Reads:       true,
		CustomerEnd: true,
		Buttons:     true,
		NewCustomer: "auto_create",
		PerSecond:   perSecond,
		Key:         parley.KeyOpen,
		KeyScope:    true,
	}
}

// Receive takes nothing: whoever writes here has an API key, and another door.
//
// Errors: parley.ErrBadSignature.
func (*Open) Receive(parley.EntryPoint, channel.Request) (channel.Received, error) {
	return channel.Received{}, parley.ErrBadSignature
}
