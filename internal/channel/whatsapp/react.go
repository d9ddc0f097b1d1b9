package whatsapp

import (
	"context"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// React shows our emoji under a customer's message; an empty one takes it away.
// Meta takes it as a message of its own and says later if it is of no use: the
// message is older than 30 days, or was deleted.
//
// Errors: *channel.SendError.
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/reaction-messages
func (w *WhatsApp) React(ctx context.Context, in parley.EntryPoint, r channel.Reaction) error {
	body, err := addressed(parley.Outbound{To: r.To})
	if err != nil {
		return err
	}
	body["biz_opaque_callback_data"] = r.Ref
	body["type"], body["reaction"] = "reaction", object{"message_id": r.Target, "emoji": r.Emoji}
	return verdict(meta.New(w.client, in).Post(ctx, in.Setting("phone_number_id")+"/messages", body, &struct{}{}))
}
