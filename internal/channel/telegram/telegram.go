// Package telegram speaks Telegram's Bot API. It is also what docs/add-a-channel.md
// shows step by step.
//
// Source: https://core.telegram.org/bots/api
package telegram

import (
	"net/http"
	"regexp"
	"time"

	"parley"
	"parley/internal/channel"
)

// Telegram is the Bot API for one client.
type Telegram struct{ client *http.Client }

// New returns the channel; client reaches the network.
func New(client *http.Client) *Telegram { return &Telegram{client} }

// Limits of the network.
//
// Unit: photoBytesMax, fileBytesMax in bytes.
// Source: https://core.telegram.org/bots/api#sending-files
const (
	photoBytesMax = 10 << 20
	fileBytesMax  = 50 << 20
	baseURL       = "https://api.telegram.org"
)

// Spec says what Telegram can do.
//
// Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this:
// 30 messages a second, one a second to one person with short bursts.
func (*Telegram) Spec() channel.Spec {
	return channel.Spec{
		Provider: "telegram",
		Channels: []parley.Channel{parley.Telegram},
		Name:     "Telegram (bot)",
		Docs:     "https://core.telegram.org/bots/features#botfather",
		Fields: []channel.Field{
			{Name: "bot_token", Secret: true, Required: true, Pattern: "^[0-9]{3,20}:[A-Za-z0-9_-]{3,100}$"},
			{Name: "secret_token", Secret: true, Ours: true, Required: true, Pattern: "^[A-Za-z0-9_-]{8,256}$"},
		},
		Address: channel.Field{Name: "bot_id", Required: true, Pattern: "^[0-9]{3,20}$"},
		Webhook: true,
		Limit:   4096,
		Unit:    channel.UTF16,
		Files: channel.Files{
			Kinds: []parley.ContentKind{parley.ContentImage, parley.ContentVideo, parley.ContentAudio, parley.ContentVoice, parley.ContentDocument},
			Max:   fileBytesMax,
			Text:  1024,
		},
		Buttons:     true,
		Reactions:   []string{"\U0001F44D", "\u2764", "\U0001F601", "\U0001F631", "\U0001F622", "\U0001F64F"}, // of those it takes from bots
		Typing:      true,
		NewCustomer: "auto_create",
		PerSecond:   30,
		PerPerson:   time.Second,
		Burst:       10,
		MediaHosts:  []string{"api.telegram.org"},
		Key:         parley.KeyTelegram,
		BaseURL:     baseURL,
	}
}

var number = regexp.MustCompile(`^-?[0-9]{1,20}$`)
