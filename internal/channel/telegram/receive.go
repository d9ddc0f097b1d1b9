package telegram

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"strings"

	"parley"
	"parley/internal/channel"
)

// Receive reads an update. Telegram signs nothing: it repeats the secret it was
// given with the webhook's address.
//
// Errors: parley.ErrBadSignature.
// Source: https://core.telegram.org/bots/api#setwebhook
func (*Telegram) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	given := r.Header.Values("X-Telegram-Bot-Api-Secret-Token")
	if r.Method != http.MethodPost || len(given) != 1 || !same(in.Setting("secret_token"), given[0]) {
		return channel.Received{}, parley.ErrBadSignature
	}
	rd := &reader{}
	var u update
	if err := json.Unmarshal(r.Body, &u); err != nil || !number.MatchString(u.ID.String()) {
		rd.out.Unreadable("unreadable_part update")
		return rd.out, nil
	}
	rd.update(u)
	return rd.out, nil
}

// same compares secrets in a time that tells nothing of them.
func same(ours, theirs string) bool {
	a, b := sha256.Sum256([]byte(ours)), sha256.Sum256([]byte(theirs))
	return ours != "" && hmac.Equal(a[:], b[:])
}

// reader gathers what one update says.
type reader struct{ out channel.Received }

func (rd *reader) update(u update) {
	id := "update:" + u.ID.String()
	switch {
	case u.Message != nil:
		rd.message(u.Message, "")
	case u.Edited != nil:
		rd.message(u.Edited, id)
	case u.Callback != nil:
		rd.callback(*u.Callback)
	case u.Member != nil:
		rd.member(*u.Member, id)
	case u.Reaction != nil:
		rd.reaction(*u.Reaction, id)
	default:
		rd.out.Unreadable("unknown_kind update")
	}
}

// message reads a message, or what became of one: then edit is the update's id.
// One whose body is broken is still shown as something that came.
func (rd *reader) message(raw json.RawMessage, edit string) {
	var h head
	if err := json.Unmarshal(raw, &h); err != nil || !number.MatchString(h.ID.String()) {
		rd.out.Unreadable("no_id")
		return
	}
	in := parley.Inbound{Kind: parley.InboundMessage, ExternalID: external(h.Chat.ID, h.ID), SentAt: h.Date.Time(), Window: parley.WindowOpens}
	if !from(&in, h.Chat, h.From) {
		rd.out.Unreadable("from_nobody")
		return
	}
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		rd.out.Unreadable("unreadable_part message: " + channel.Words(err.Error()))
		m = message{}
	} else if !fill(&in, h, m) {
		rd.out.Unreadable("unknown_kind message")
	}
	switch {
	case h.Chat.Type != "private":
		in.Text, in.Target, in.Content, in.Window = "", "", placeholder("group"), parley.WindowNone
		if edit != "" {
			return
		}
	case edit != "":
		in = parley.Inbound{Kind: parley.InboundEdit, ExternalID: edit, Target: in.ExternalID, Text: in.Text, From: in.From, Name: in.Name, Handle: in.Handle, SentAt: in.SentAt, Language: in.Language}
		if m.Location != nil { // a live place that moved
			return
		}
	case in.Content == nil && in.Text == "":
		in.Content = placeholder("unsupported")
	}
	rd.out.Messages = append(rd.out.Messages, in)
}

// external is a message's id: Telegram counts them per chat.
func external(chat, message json.Number) string { return chat.String() + ":" + message.String() }

// from says who it is. A group is never one person's conversation.
func from(in *parley.Inbound, c chat, u *user) bool {
	if !number.MatchString(c.ID.String()) {
		return false
	}
	who := c.ID.String()
	if c.Type != "private" {
		who = "group:" + who
	} else if u != nil {
		in.Name, in.Handle, in.Language = strings.TrimSpace(u.First+" "+u.Last), u.Username, u.Language
	} else {
		in.Name, in.Handle = strings.TrimSpace(c.First+" "+c.Last), c.Username
	}
	in.From = parley.Keys{{Kind: parley.KeyTelegram, Value: parley.Address(who)}}
	return true
}

// callback reads a pressed button. Mark answers it, so that it stops waiting.
func (rd *reader) callback(c callback) {
	var h head
	var m message
	if json.Unmarshal(c.Message, &h) != nil || c.ID == "" || len(c.ID) > 64 {
		rd.out.Unreadable("no_id")
		return
	}
	in := parley.Inbound{Kind: parley.InboundMessage, ExternalID: "callback:" + c.ID, Window: parley.WindowOpens}
	if h.Chat.Type != "private" || !from(&in, h.Chat, &c.From) {
		rd.out.Unreadable("from_nobody")
		return
	}
	title := c.Data
	if json.Unmarshal(c.Message, &m) == nil {
		for _, row := range m.Keyboard.Rows {
			for _, button := range row {
				if button.Data == c.Data {
					title = button.Text
				}
			}
		}
	}
	in.Text, in.Target = title, external(h.Chat.ID, h.ID)
	in.Content = &parley.Content{Kind: parley.ContentChoice, Choice: &parley.Choice{ID: c.Data, Title: title}}
	rd.out.Messages = append(rd.out.Messages, in)
}

// member reads that the customer blocked the bot, or let it in again: they are not
// written to, or they are.
func (rd *reader) member(m member, id string) {
	in := parley.Inbound{Kind: parley.InboundAction, ExternalID: id, SentAt: m.Date.Time()}
	if m.Chat.Type != "private" {
		return // somebody put the bot into a group
	}
	if !from(&in, m.Chat, &m.From) {
		rd.out.Unreadable("unreadable_part my_chat_member")
		return
	}
	out := m.New.Status == "kicked"
	in.OptOut = &out
	rd.out.Messages = append(rd.out.Messages, in)
}

func (rd *reader) reaction(r reacted, id string) {
	in := parley.Inbound{Kind: parley.InboundReaction, ExternalID: id, Target: external(r.Chat.ID, r.ID), SentAt: r.Date.Time(), Window: parley.WindowOpens}
	if r.Chat.Type != "private" || !from(&in, r.Chat, r.User) {
		rd.out.Unreadable("unreadable_part message_reaction")
		return
	}
	if n := len(r.New); n > 0 {
		if in.Emoji = r.New[n-1].Emoji; in.Emoji == "" {
			in.Emoji = "\u2753" // a picture of its own, which has no letter
		}
	}
	rd.out.Messages = append(rd.out.Messages, in)
}
