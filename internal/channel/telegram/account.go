package telegram

import (
	"context"
	"encoding/json"
	"strings"

	"parley"
	"parley/internal/channel"
)

// Profile asks who somebody is.
//
// Errors: *channel.SendError.
// Source: https://core.telegram.org/bots/api#getchat
func (t *Telegram) Profile(ctx context.Context, in parley.EntryPoint, who parley.Keys) (channel.Profile, error) {
	var c chat
	err := t.post(ctx, in, "getChat", object{"chat_id": json.Number(who.Of(parley.KeyTelegram))}, &c)
	return channel.Profile{Name: strings.TrimSpace(c.First + " " + c.Last), Handle: c.Username}, err
}

// Check asks whose token it is, and whether Telegram posts to us.
//
// Errors: *channel.SendError; Config where the token is another bot's.
// Source: https://core.telegram.org/bots/api#getme, #getwebhookinfo
func (t *Telegram) Check(ctx context.Context, in parley.EntryPoint) (channel.Health, error) {
	var me user
	if err := t.post(ctx, in, "getMe", object{}, &me); err != nil {
		return channel.Health{}, err
	}
	health := channel.Health{Account: strings.TrimSpace(me.First + " @" + me.Username)}
	if me.ID.String() != string(in.Address) {
		return health, &channel.SendError{Code: channel.Config, Detail: "other_token " + me.ID.String()}
	}
	var hook struct {
		URL   string `json:"url"`
		Error string `json:"last_error_message"`
	}
	err := t.post(ctx, in, "getWebhookInfo", object{}, &hook)
	health.Subscribed = strings.Contains(hook.URL, string(in.ID))
	health.Detail = channel.Words(hook.Error)
	return health, err
}

// Fits refuses a token that is another bot's: it begins with its bot's id.
//
// Source: https://core.telegram.org/bots/api#authorizing-your-bot
func (t *Telegram) Fits(in parley.EntryPoint, f *parley.Faults) {
	if bot, _, ok := strings.Cut(in.Setting("bot_token"), ":"); ok && in.Address != "" && bot != string(in.Address) {
		f.Add("address", "other_token")
	}
}

// updates are what we ask for.
var updates = []string{"message", "edited_message", "callback_query", "my_chat_member", "message_reaction"}

// Register tells Telegram our webhook's address, and the secret to repeat.
//
// Errors: *channel.SendError.
// Source: https://core.telegram.org/bots/api#setwebhook
func (t *Telegram) Register(ctx context.Context, in parley.EntryPoint, webhook string) error {
	var done bool
	return t.post(ctx, in, "setWebhook", object{"url": webhook, "secret_token": in.Setting("secret_token"), "allowed_updates": updates}, &done)
}
