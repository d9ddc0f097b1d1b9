package telegram

import (
	"context"
	"encoding/json"

	"parley"
	"parley/internal/channel"
)

// React shows our emoji under a customer's message; no emoji takes it away.
//
// Errors: *channel.SendError.
// Source: https://core.telegram.org/bots/api#setmessagereaction
func (t *Telegram) React(ctx context.Context, in parley.EntryPoint, r channel.Reaction) error {
	to := string(r.To.Of(parley.KeyTelegram))
	target := replyTo(parley.Outbound{To: r.To, ReplyTo: r.Target})
	if target == "" {
		return &channel.SendError{Code: channel.BadRequest, Detail: "no_target"}
	}
	shown := []object{}
	if r.Emoji != "" {
		shown = append(shown, object{"type": "emoji", "emoji": r.Emoji})
	}
	var done bool
	return t.post(ctx, in, "setMessageReaction", object{"chat_id": json.Number(to), "message_id": json.Number(target), "reaction": shown}, &done)
}
