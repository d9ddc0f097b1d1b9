package x

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strings"

	"parley"
	"parley/internal/channel"
)

// Receive reads a webhook in either envelope, or answers the challenge X sends
// every hour.
//
// Errors: parley.ErrBadSignature; parley.ErrBadRequest for a challenge we do not sign.
// Source: networks.md 1, 4.
func (*X) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	if r.Method == http.MethodGet {
		return challenge(in, r)
	}
	if !signed(in, r) {
		return channel.Received{}, parley.ErrBadSignature
	}
	rd := &reader{in: in}
	var top map[string]json.RawMessage
	if err := json.Unmarshal(r.Body, &top); err != nil {
		rd.out.Unreadable("not_json " + channel.Words(err.Error()))
		return rd.out, nil
	}
	if data, ok := top["data"]; ok {
		rd.activity(data)
	} else {
		rd.account(r.Body, top)
	}
	return rd.out, nil
}

// challenge answers X's question whether this is our webhook.
//
// Source: A-055; https://docs.x.com/x-api/webhooks/quickstart
func challenge(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	secret := in.Setting("consumer_secret")
	if secret == "" {
		secret = in.Setting("client_secret")
	}
	token := r.Query.Get("crc_token")
	if secret == "" || !word.MatchString(token) || len(r.Query["crc_token"]) != 1 {
		return channel.Received{}, parley.ErrBadRequest
	}
	body, err := json.Marshal(map[string]string{"response_token": hmac256(secret, []byte(token))})
	if err != nil {
		return channel.Received{}, fmt.Errorf("encode the answer: %w", err)
	}
	return channel.Received{Reply: &channel.Reply{Status: http.StatusOK, Type: "application/json; charset=utf-8", Body: body}}, nil
}

// reader gathers what one request says.
type reader struct {
	in  parley.EntryPoint
	out channel.Received
}

// me is our own account.
func (rd *reader) me() string { return string(rd.in.Address) }

// activity reads the envelope of the X Activity API.
//
// Source: https://docs.x.com/x-api/activity/event-payloads
func (rd *reader) activity(raw json.RawMessage) {
	var e struct {
		UUID   id     `json:"event_uuid"`
		Type   string `json:"event_type"`
		Filter struct {
			UserID id `json:"user_id"`
		} `json:"filter"`
		Payload json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		rd.out.Unreadable("unreadable_part data: " + channel.Words(err.Error()))
		return
	}
	if e.Filter.UserID == "" {
		rd.out.Unreadable("no_account")
		return
	}
	if string(e.Filter.UserID) != rd.me() {
		rd.out.Others = []string{string(e.Filter.UserID)}
		return
	}
	switch e.Type {
	case "dm.received", "dm.sent", "dm.read", "dm.indicate_typing":
		rd.messages(e.Payload)
	case "chat.received", "chat.sent":
		rd.encrypted(string(e.UUID), e.Payload)
	case "chat.conversation_join":
	case "oauth.revoke":
		rd.revoked("oauth.revoke")
	default:
		rd.out.Unreadable("unknown_kind " + channel.Words(e.Type))
	}
}

// quiet are the account's other activities, to which a subscription to all belongs.
var quiet = map[string]bool{
	"for_user_id": true, "users": true, "apps": true, "user_has_blocked": true, "tweet_create_events": true, "favorite_events": true,
	"follow_events": true, "unfollow_events": true, "block_events": true, "unblock_events": true, "mute_events": true,
	"unmute_events": true, "tweet_delete_events": true, "direct_message_events": true, "is_blocked_by": true,
	"direct_message_indicate_typing_events": true, "direct_message_mark_read_events": true, "user_event": true,
}

// account reads the envelope of the Account Activity API.
//
// Source: https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
func (rd *reader) account(body []byte, top map[string]json.RawMessage) {
	for name := range top {
		if !quiet[name] {
			rd.out.Unreadable("unknown_kind " + channel.Words(name))
		}
	}
	if raw, ok := top["user_event"]; ok {
		var e struct {
			Revoke *struct {
				Source struct {
					UserID id `json:"user_id"`
				} `json:"source"`
			} `json:"revoke"`
		}
		switch err := json.Unmarshal(raw, &e); {
		case err != nil || e.Revoke == nil:
			rd.out.Unreadable("unknown_kind user_event")
		case string(e.Revoke.Source.UserID) == rd.me():
			rd.revoked("user_event.revoke")
		default:
			rd.out.Others = []string{string(e.Revoke.Source.UserID)}
		}
		return
	}
	var forUser id
	if err := json.Unmarshal(top["for_user_id"], &forUser); err != nil || forUser == "" {
		rd.out.Unreadable("no_account")
		return
	}
	if string(forUser) != rd.me() {
		rd.out.Others = []string{string(forUser)}
		return
	}
	rd.messages(body)
}

// revoked tells that the account took the app's access back: nothing can be sent.
func (rd *reader) revoked(what string) {
	rd.out.News = append(rd.out.News, channel.News{Code: channel.Auth, Detail: what})
}

// messages reads what both envelopes carry alike.
func (rd *reader) messages(raw json.RawMessage) {
	var p payload
	if err := json.Unmarshal(raw, &p); err != nil {
		rd.out.Unreadable("unreadable_part payload: " + channel.Words(err.Error()))
		return
	}
	for _, raw := range p.Messages {
		rd.message(p, raw)
	}
	for _, raw := range p.Typing {
		rd.typing(raw)
	}
	for _, raw := range p.Reads {
		rd.read(raw)
	}
}

// message reads one message. What we sent ourselves, by whatever way, is an echo:
// the customer is the one it went to.
func (rd *reader) message(p payload, raw json.RawMessage) {
	var m event
	if err := json.Unmarshal(raw, &m); err != nil {
		rd.out.Unreadable("unreadable_part message: " + channel.Words(err.Error()))
		if m = outline(raw); m.ID == "" {
			return
		}
	}
	if m.Type != "message_create" {
		rd.out.Unreadable("unknown_kind " + channel.Words(m.Type))
		return
	}
	in := parley.Inbound{Kind: parley.InboundMessage, ExternalID: string(m.ID), SentAt: m.At.Time, Window: parley.WindowOpens}
	who := string(m.Create.Sender)
	if who == rd.me() {
		in.Echo, in.AppID, in.Window = true, string(m.Create.App), parley.WindowNone
		who = string(m.Create.Target.Recipient)
	}
	in.From = keys(who)
	if len(in.From) == 0 || m.ID == "" {
		rd.out.Unreadable("from_nobody")
		return
	}
	in.Name, in.Handle = p.user(who)
	fill(&in, m.Create.Data)
	rd.out.Messages = append(rd.out.Messages, in)
}

// outline is what is left of a message whose body is broken.
func outline(raw json.RawMessage) event {
	var m struct {
		Type   string `json:"type"`
		ID     id     `json:"id"`
		Create struct {
			Sender id `json:"sender_id"`
			Target struct {
				Recipient id `json:"recipient_id"`
			} `json:"target"`
		} `json:"message_create"`
	}
	if json.Unmarshal(raw, &m) != nil {
		return event{}
	}
	e := event{Type: m.Type, ID: m.ID}
	e.Create.Sender, e.Create.Target.Recipient = m.Create.Sender, m.Create.Target.Recipient
	return e
}

func (rd *reader) typing(raw json.RawMessage) {
	var t signal
	if err := json.Unmarshal(raw, &t); err != nil || len(keys(string(t.Sender))) == 0 {
		rd.out.Unreadable("unreadable_part typing")
		return
	}
	if string(t.Sender) == rd.me() {
		return
	}
	rd.out.Messages = append(rd.out.Messages, parley.Inbound{
		Kind: parley.InboundTyping, ExternalID: fmt.Sprintf("typing:%s:%d", t.Sender, t.At.UnixMilli()), From: keys(string(t.Sender)), SentAt: t.At.Time,
	})
}

// read tells that somebody read what we wrote, up to a message and a time.
func (rd *reader) read(raw json.RawMessage) {
	var s signal
	if err := json.Unmarshal(raw, &s); err != nil || len(keys(string(s.Sender))) == 0 {
		rd.out.Unreadable("unreadable_part read")
		return
	}
	if string(s.Sender) == rd.me() {
		return
	}
	if s.Last != "" {
		rd.out.Statuses = append(rd.out.Statuses, parley.Status{ExternalID: string(s.Last), State: parley.DeliveryRead, At: s.At.Time})
	}
	if !s.At.IsZero() {
		rd.out.Statuses = append(rd.out.Statuses, parley.Status{State: parley.DeliveryRead, At: s.At.Time, Watermark: s.At.Time, From: keys(string(s.Sender))})
	}
}

// encrypted shows that something came which only the customer's phone can read.
//
// Source: networks.md 0 row 2.
func (rd *reader) encrypted(uuid string, raw json.RawMessage) {
	var c struct {
		ID           string `json:"id"`
		At           when   `json:"created_at_msec"`
		Sender       id     `json:"sender_id"`
		Conversation string `json:"conversation_id"`
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		rd.out.Unreadable("unreadable_part chat: " + channel.Words(err.Error()))
		return
	}
	other := ""
	for _, side := range strings.Split(c.Conversation, ":") {
		if side != rd.me() {
			other = side
		}
	}
	in := parley.Inbound{Kind: parley.InboundMessage, ExternalID: c.ID, SentAt: c.At.Time, Window: parley.WindowOpens}
	in.Content = &parley.Content{Kind: parley.ContentPlaceholder, Note: "encrypted"}
	if string(c.Sender) == rd.me() {
		in.Echo, in.Window = true, parley.WindowNone
	} else if c.Sender != "" {
		other = string(c.Sender)
	}
	if in.ExternalID == "" {
		in.ExternalID = uuid
	}
	in.From = keys(other)
	if len(in.From) == 0 || in.ExternalID == "" {
		rd.out.Unreadable("from_nobody")
		return
	}
	rd.out.Messages = append(rd.out.Messages, in)
}

// fill reads what a message says. Its text is escaped for HTML, its links are
// short; the link of its own file stands at the end.
//
// Source: networks.md 4.
func fill(in *parley.Inbound, d data) {
	text := html.UnescapeString(d.Text)
	if a := d.Attachment; a != nil && a.Type == "media" {
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), a.Media.Short))
		in.Content = a.Media.content()
	} else if a != nil {
		in.Content = a.place()
	}
	for _, u := range d.Entities.URLs {
		if u.Short != "" && (strings.HasPrefix(u.Long, "https://") || strings.HasPrefix(u.Long, "http://")) {
			text = strings.ReplaceAll(text, u.Short, u.Long)
		}
	}
	in.Text = text
	if q := d.QuickReply; q != nil && in.Content == nil {
		in.Content = &parley.Content{Kind: parley.ContentChoice, Choice: &parley.Choice{ID: q.Metadata, Title: text}}
	}
	if in.Text == "" && in.Content == nil {
		in.Content = &parley.Content{Kind: parley.ContentPlaceholder, Note: "unsupported"}
	}
}
