package messenger

import (
	"context"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// React shows our emoji under a customer's message. Messenger takes any emoji,
// Instagram only its word for a heart.
//
// Errors: *channel.SendError.
// Source: https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/sender-actions,
// https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/sender-actions
func (m *Messenger) React(ctx context.Context, in parley.EntryPoint, r channel.Reaction) error {
	who := r.To.Of(m.kind())
	if who == "" {
		return &channel.SendError{Code: channel.BadNumber, Detail: "no_address"}
	}
	action, payload := "unreact", object{"message_id": r.Target}
	if r.Emoji != "" {
		action, payload["reaction"] = "react", r.Emoji
	}
	if r.Emoji != "" && m.instagram {
		payload["reaction"] = "love"
	}
	body := object{"recipient": object{"id": string(who)}, "sender_action": action, "payload": payload}
	return verdict(meta.New(m.client, in).Post(ctx, page(in)+"/messages", body, &struct{}{}))
}
