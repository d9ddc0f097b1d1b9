package messenger

import (
	"encoding/json"
	"net/url"
	"path"
	"strings"

	"parley"
	"parley/internal/channel"
)

// content reads what a message carries besides its text.
//
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/webhook-events/messages
func (rd *reader) content(in *parley.Inbound, m *message) {
	switch {
	case m.Unsupported:
		in.Content = placeholder("unsupported")
		return
	case m.QuickReply != nil:
		in.Content = &parley.Content{Kind: parley.ContentChoice, Choice: &parley.Choice{ID: m.QuickReply.Payload, Title: m.Text}}
	}
	for _, raw := range m.Attachments {
		var a attachment
		if err := json.Unmarshal(raw, &a); err != nil {
			rd.out.Unreadable("unreadable_part attachment: " + channel.Words(err.Error()))
			a = attachment{}
		}
		rd.attachment(in, a)
	}
	if story := m.ReplyTo.Story; story != nil {
		rd.story(in, parley.ContentStory, story.URL)
	}
	if in.Content == nil && in.Text == "" {
		in.Content = placeholder("unsupported")
	}
}

func placeholder(note string) *parley.Content {
	return &parley.Content{Kind: parley.ContentPlaceholder, Note: note}
}

// kinds are Meta's words for files.
var kinds = map[string]parley.ContentKind{
	"image": parley.ContentImage, "video": parley.ContentVideo, "audio": parley.ContentAudio, "file": parley.ContentDocument,
	"sticker": parley.ContentSticker, "ig_reel": parley.ContentVideo, "reel": parley.ContentVideo, "share": parley.ContentImage, "ig_post": parley.ContentImage,
	"animated_image": parley.ContentImage, "media": parley.ContentImage,
}

// attachment adds one. A sticker was sent as a picture with a sticker_id before
// August 2026, and for a while as both.
//
// Source: networks.md 0 row 5, 3.
func (rd *reader) attachment(in *parley.Inbound, a attachment) {
	p := a.Payload
	if p == nil {
		p = &payload{}
	}
	kind, isFile := kinds[a.Type]
	switch {
	case a.Type == "story_mention":
		rd.story(in, parley.ContentMention, p.URL)
	case a.Type == "location" && p.Coordinates != nil:
		c := start(in, parley.ContentLocation)
		c.Location = &parley.Location{Latitude: p.Coordinates.Lat, Longitude: p.Coordinates.Long, Name: a.Title}
	case a.Type == "fallback" || a.Type == "template" || a.Type == "link":
		link(start(in, parley.ContentText), a, p)
	case isFile:
		if p.StickerID != "" {
			kind = parley.ContentSticker
		}
		rd.file(in, kind, a, p)
	default:
		if in.Content == nil {
			in.Content = placeholder("unsupported")
		}
		rd.out.Unreadable("unknown_kind " + channel.Words(a.Type))
	}
}

// start returns the message's content, begun as kind if it has none.
func start(in *parley.Inbound, kind parley.ContentKind) *parley.Content {
	if in.Content == nil || in.Content.Kind == parley.ContentPlaceholder {
		in.Content = &parley.Content{Kind: kind}
	}
	return in.Content
}

// file adds a file if its address is one of Meta's; another is shown as a link,
// none as something that cannot be shown.
func (rd *reader) file(in *parley.Inbound, kind parley.ContentKind, a attachment, p *payload) {
	if !channel.FromNetwork(rd.Spec(), rd.in, p.URL) {
		if strings.HasPrefix(p.URL, "https://") {
			link(start(in, parley.ContentText), a, p)
		} else if in.Content == nil {
			in.Content = placeholder("attachment_unavailable")
		}
		return
	}
	c := start(in, kind)
	for _, f := range c.Files {
		if f.Ref == p.URL {
			return
		}
	}
	f := parley.Attachment{Kind: kind, State: parley.AttachmentFetching, Ref: p.URL}
	if u, err := url.Parse(p.URL); err == nil && kind == parley.ContentDocument {
		if name := path.Base(u.Path); name != "." && name != "/" {
			f.Name = name
		}
	}
	c.Files = append(c.Files, f)
	if title := p.Title + a.Title; title != "" {
		c.Fields = append(c.Fields, parley.Pair{Name: "title", Value: title})
	}
}

// link shows what has no file: a shared page, a template.
func link(c *parley.Content, a attachment, p *payload) {
	pairs := []parley.Pair{{Name: "title", Value: a.Title}, {Name: "title", Value: p.Title}, {Name: "text", Value: p.Text}, {Name: "url", Value: a.URL}, {Name: "url", Value: p.URL}}
	for _, e := range p.Elements {
		pairs = append(pairs, parley.Pair{Name: "title", Value: e.Title}, parley.Pair{Name: "text", Value: e.Subtitle})
	}
	for _, pair := range pairs {
		if pair.Value != "" {
			c.Fields = append(c.Fields, pair)
		}
	}
}

// story shows the story the customer answers or mentions us in.
func (rd *reader) story(in *parley.Inbound, kind parley.ContentKind, address string) {
	if in.Content == nil {
		in.Content = &parley.Content{Kind: kind}
	}
	if channel.FromNetwork(rd.Spec(), rd.in, address) {
		in.Content.Files = append(in.Content.Files, parley.Attachment{Kind: kind, State: parley.AttachmentFetching, Ref: address})
	}
}

// refer notes where the customer came from; an advertisement keeps the window
// open longer.
func refer(in *parley.Inbound, r *referral) {
	if r.Source == "ADS" && !in.Echo {
		in.Window = parley.WindowAd
	}
	c := start(in, parley.ContentReferral)
	for _, pair := range []parley.Pair{{Name: "headline", Value: r.Ad.Title}, {Name: "source_type", Value: r.Source}, {Name: "source_id", Value: string(r.AdID)}, {Name: "ref", Value: r.Ref}} {
		if pair.Value != "" {
			c.Fields = append(c.Fields, pair)
		}
	}
}
