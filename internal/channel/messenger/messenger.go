// Package messenger speaks the Messenger Platform: private messages to a Facebook
// page, and to an Instagram account that is linked to one.
//
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform
package messenger

import (
	"net/http"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// Messenger is the platform for one client, on Facebook or on Instagram.
type Messenger struct {
	client    *http.Client
	instagram bool
}

// New returns Facebook Messenger; client reaches the network.
func New(client *http.Client) *Messenger { return &Messenger{client: client} }

// NewInstagram returns Instagram's messages: the same platform, other limits.
func NewInstagram(client *http.Client) *Messenger { return &Messenger{client, true} }

// heart is the one reaction Instagram takes from us.
const heart = "\u2764\ufe0f"

// The largest file, and the largest picture on Instagram.
//
// Unit: bytes.
// Source: networks.md 3, https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets
const (
	fileBytesMax    = 25 << 20
	pictureBytesMax = 8 << 20
)

// instagramTypes are what Instagram takes.
//
// Source: https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload
var instagramTypes = []string{
	"image/png", "image/jpeg", "image/gif", "audio/aac", "audio/mp4", "audio/wav",
	"video/mp4", "video/ogg", "video/x-msvideo", "video/quicktime", "video/webm", "application/pdf",
}

// Spec says what the network can do: 24 hours to answer, 7 days after an
// advertisement, 7 days where a person answers.
//
// Source: SOC-07, networks.md 3, 10.
func (m *Messenger) Spec() channel.Spec {
	s := channel.Spec{
		Provider: "messenger",
		Channels: []parley.Channel{parley.Facebook},
		Name:     "Facebook Messenger",
		Docs:     "https://developers.facebook.com/documentation/business-messaging/messenger-platform/get-started",
		Fields:   meta.Fields(),
		Address:  channel.Field{Name: "page_id", Required: true, Pattern: "^[0-9]{5,25}$"},
		Webhook:  true,
		Limit:    2000,
		Unit:     channel.UTF16,
		Files: channel.Files{
			Kinds: []parley.ContentKind{parley.ContentImage, parley.ContentVideo, parley.ContentAudio, parley.ContentVoice, parley.ContentDocument},
			Max:   fileBytesMax,
			Never: channel.Programs,
		},
		Reactions:   []string{"\U0001F44D", heart, "\U0001F602", "\U0001F62E", "\U0001F622", "\U0001F64F"},
		Typing:      true,
		Receipts:    true,
		Reads:       true,
		Window:      24 * time.Hour,
		AdWindow:    7 * 24 * time.Hour,
		HumanWindow: 7 * 24 * time.Hour,
		NewCustomer: "auto_create",
		PerSecond:   40,
		MediaHosts:  meta.MediaHosts,
		Key:         parley.KeyFacebook,
		KeyScope:    true,
		BaseURL:     meta.BaseURL,
		APIVersion:  meta.APIVersion,
	}
	if m.instagram {
		s.Provider, s.Name, s.Channels = "instagram", "Instagram", []parley.Channel{parley.Instagram}
		s.Fields = append([]channel.Field{{Name: "page_id", Required: true, Pattern: "^[0-9]{5,25}$"}}, s.Fields...)
		s.Address.Name, s.Reactions = "instagram_id", []string{heart}
		s.Limit, s.Unit, s.Key, s.Receipts = 1000, channel.Bytes, parley.KeyInstagram, false
		s.Files.Sizes, s.Files.Never, s.Files.Types = map[parley.ContentKind]int64{parley.ContentImage: pictureBytesMax}, nil, instagramTypes
	}
	return s
}

// page is whose token we hold: the page itself, or the one an Instagram account
// is linked to.
func page(in parley.EntryPoint) string {
	if id := in.Setting("page_id"); id != "" {
		return id
	}
	return string(in.Address)
}

// key is a customer's address on the network.
func (m *Messenger) key(id meta.ID) parley.Keys {
	if id == "" {
		return nil
	}
	return parley.Keys{{Kind: m.kind(), Value: parley.Address(id)}}
}

func (m *Messenger) kind() parley.KeyKind {
	if m.instagram {
		return parley.KeyInstagram
	}
	return parley.KeyFacebook
}
