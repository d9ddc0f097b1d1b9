package messenger

import (
	"fmt"

	"parley/internal/simulator"
)

// stickers are ids of the like button's sizes and of one cat.
var stickers = map[string]int64{"": 369239263222822, "cat": 1635487083365474}

// content is what a person's event says, and its bubble.
// Source: .../messenger-platform/webhooks/webhook-events
func (n *network) content(p *person, in simulator.In, id string) (event, simulator.Message, error) {
	bubble := simulator.Message{Kind: in.Kind, Text: in.Text}
	message := map[string]any{"mid": id}
	if in.ReplyTo != "" {
		message["reply_to"] = map[string]string{"mid": in.ReplyTo}
	}
	switch in.Kind {
	case "text", "quick_reply", "button":
		bubble.Text = or(in.Text, or(in.Title, "Hello!"))
		message["text"] = bubble.Text
		if in.Kind != "text" {
			message["quick_reply"] = map[string]string{"payload": in.Payload}
		}
	case "image", "video", "audio", "document", "sticker":
		m := in.Sent(n.attachmentID())
		m.Caption = "" // Messenger's files have none: a text is a message of its own
		n.line.Keep(m)
		bubble.Media, bubble.Text = m.Shown(), ""
		message["attachments"] = []any{n.attached(in, &m)}
	case "location":
		at := simulator.Location{Latitude: 45.5017, Longitude: -73.5673, Name: "Place Ville Marie"}
		if in.Location != nil {
			at = *in.Location
		}
		bubble.Location = &at
		message["attachments"] = []any{map[string]any{"type": "location", "title": at.Name, "url": "https://www.facebook.com/l.php?u=maps",
			"payload": map[string]any{"coordinates": map[string]float64{"lat": at.Latitude, "long": at.Longitude}}}}
	case "fallback":
		message["text"] = or(in.Text, "https://example.com/")
		message["attachments"] = []any{map[string]any{"type": "fallback", "title": or(in.Title, "Example"), "payload": map[string]string{"url": or(in.Text, "https://example.com/")}}}
	case "unsupported":
		message["is_unsupported"] = true
		message["attachments"] = []any{map[string]any{"type": or(in.Payload, "ig_reel"), "payload": nil}}
	case "story_reply":
		message["text"] = in.Text
		message["reply_to"] = map[string]any{"story": map[string]string{"id": "17854360229135492", "url": n.line.URL("/cdn/story/story.png")}}
	case "story_mention":
		message["attachments"] = []any{map[string]any{"type": "story_mention", "payload": map[string]string{"url": n.line.URL("/cdn/story/story.png")}}}
	case "revoke":
		return event{"message": map[string]any{"mid": in.MessageID, "is_deleted": true}}, bubble, nil
	default:
		return n.eventless(p, in, id, bubble)
	}
	return event{"message": message}, bubble, nil
}

// attached is one attachment of a message. A sticker comes as sticker alone since
// August 2026.
// Source: networks.md 0, row 5.
func (n *network) attached(in simulator.In, m *simulator.Media) map[string]any {
	kind := in.Kind
	payload := map[string]any{"url": n.address(m)}
	switch kind {
	case "document":
		kind = "file"
	case "sticker":
		payload["sticker_id"] = stickers[in.Payload]
	}
	return map[string]any{"type": kind, "payload": payload}
}

// eventless are events that are no message.
func (n *network) eventless(p *person, in simulator.In, id string, bubble simulator.Message) (event, simulator.Message, error) {
	referral := map[string]any{"ref": or(in.Payload, "summer"), "source": "ADS", "type": "OPEN_THREAD", "ad_id": "6045246247433",
		"ads_context_data": map[string]string{"ad_title": or(in.Title, "Summer"), "photo_url": "https://scontent.xx.fbcdn.net/v/t45.1", "product_id": "4215"}}
	switch in.Kind {
	case "postback":
		bubble.Text = in.Title
		postback := map[string]any{"mid": id, "title": in.Title, "payload": in.Payload}
		n.mu.Lock()
		if p.other {
			delete(postback, "payload") // in standby the payload is kept from us
		}
		n.mu.Unlock()
		return event{"postback": postback}, bubble, nil
	case "reaction":
		reaction := map[string]any{"mid": in.MessageID, "action": "unreact"}
		if in.Emoji != "" {
			reaction["action"], reaction["emoji"], reaction["reaction"] = "react", in.Emoji, named(in.Emoji)
		}
		return event{"reaction": reaction}, bubble, nil
	case "edit":
		n.mu.Lock()
		p.edits[in.MessageID]++
		times := p.edits[in.MessageID]
		n.mu.Unlock()
		return event{"message_edit": map[string]any{"mid": in.MessageID, "text": in.Text, "num_edit": times}}, bubble, nil
	case "referral":
		return event{"referral": referral}, bubble, nil
	case "optin":
		return event{"optin": map[string]string{"type": "notification_messages", "payload": in.Payload, "title": in.Title}}, bubble, nil
	}
	return nil, bubble, fmt.Errorf("%w: %q on Messenger", simulator.ErrCannot, in.Kind)
}

// named is Meta's word for an emoji.
// Source: .../webhooks/webhook-events/message-reactions
func named(emoji string) string {
	words := map[string]string{"\u2764": "love", "\u2764\ufe0f": "love", "\U0001F44D": "like", "\U0001F44E": "dislike", "\U0001F620": "angry", "\U0001F622": "sad", "\U0001F62E": "wow", "\U0001F606": "smile"}
	if word, ok := words[emoji]; ok {
		return word
	}
	return "other"
}
