// Package whatsapp speaks the WhatsApp Cloud API.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp
package whatsapp

import (
	"net/http"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// WhatsApp is the Cloud API of one client.
type WhatsApp struct{ client *http.Client }

// New returns the channel; client reaches the network.
func New(client *http.Client) *WhatsApp { return &WhatsApp{client} }

// Limits of the network.
//
// Unit: imageBytesMax, soundBytesMax, fileBytesMax in bytes; the texts in UTF-16 code units.
// Source: networks.md 2, 10.
const (
	textMax       = 4096
	captionMax    = 1024
	imageBytesMax = 5 << 20
	soundBytesMax = 16 << 20 // and films
	fileBytesMax  = 100 << 20
)

// fileTypes are what may be uploaded. A table of values is sent as the plain text
// it is.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#supported-media-types
var fileTypes = []string{
	"image/jpeg", "image/png", "video/mp4", "video/3gpp", "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg",
	"application/pdf", "text/plain", "text/csv",
	"application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/vnd.ms-powerpoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

// Spec says what WhatsApp can do.
//
// Source: WAP-05, networks.md 2: about 80 messages a second, one in 6 seconds to
// one person with a burst, 24 hours to answer, 72 after an advertisement.
func (*WhatsApp) Spec() channel.Spec {
	own := []channel.Field{
		{Name: "phone_number_id", Required: true, Pattern: "^[0-9]{5,20}$"},
		{Name: "business_account_id", Required: true, Pattern: "^[0-9]{5,20}$"},
	}
	return channel.Spec{
		Provider: "whatsapp",
		Channels: []parley.Channel{parley.WhatsApp},
		Name:     "WhatsApp (Cloud API)",
		Docs:     "https://developers.facebook.com/documentation/business-messaging/whatsapp/get-started",
		Fields:   append(own, meta.Fields()...),
		Address:  channel.Field{Name: "phone_number", Required: true, Pattern: `^\+[1-9][0-9]{6,14}$`},
		Webhook:  true,
		Limit:    textMax,
		Unit:     channel.UTF16,
		Files: channel.Files{
			Kinds: []parley.ContentKind{parley.ContentImage, parley.ContentVideo, parley.ContentAudio, parley.ContentVoice, parley.ContentDocument, parley.ContentSticker},
			Max:   fileBytesMax,
			Sizes: map[parley.ContentKind]int64{parley.ContentImage: imageBytesMax, parley.ContentVideo: soundBytesMax, parley.ContentAudio: soundBytesMax, parley.ContentVoice: soundBytesMax},
			Types: fileTypes,
			Text:  captionMax,
		},
		Buttons:     true,
		Reactions:   []string{"\U0001F44D", "\u2764\ufe0f", "\U0001F602", "\U0001F62E", "\U0001F622", "\U0001F64F"},
		Typing:      true,
		Receipts:    true,
		Reads:       true,
		Window:      24 * time.Hour,
		AdWindow:    72 * time.Hour,
		Templates:   true,
		NewCustomer: "form",
		PerSecond:   80,
		PerPerson:   6 * time.Second,
		Burst:       40, // Meta lets 45 go at once
		MediaHosts:  meta.MediaHosts,
		Key:         parley.KeyPhone,
		BaseURL:     meta.BaseURL,
		APIVersion:  meta.APIVersion,
	}
}
