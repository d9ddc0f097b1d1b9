package whatsapp

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// Limits of interactive messages.
//
// Unit: code points.
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages
const (
	buttonsMax     = 3
	buttonTitleMax = 20
	rowsMax        = 10
	rowTitleMax    = 24
	bodyMax        = 1024 // of a message with buttons or rows
	choiceIDMax    = 200
)

type object = map[string]any

// Send delivers one message and returns its wamid. That is not yet delivery:
// statuses follow.
//
// Errors: *channel.SendError.
// Source: networks.md 2; https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
func (w *WhatsApp) Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (string, error) {
	body, err := addressed(m)
	if err != nil {
		return "", err
	}
	graph := meta.New(w.client, from)
	number := from.Setting("phone_number_id")
	switch {
	case m.Template != nil:
		body["type"], body["template"] = "template", template(m.Template)
	case m.File != nil:
		if err := attach(ctx, graph, number, m, body); err != nil {
			return "", err
		}
	default:
		words(m, body)
	}
	var answer struct {
		Messages []struct {
			ID meta.ID `json:"id"`
		} `json:"messages"`
	}
	if err := graph.Post(ctx, number+"/messages", body, &answer); err != nil {
		return "", verdict(err)
	}
	if len(answer.Messages) == 0 || answer.Messages[0].ID == "" {
		return "", &channel.SendError{Code: channel.UnknownOutcome, Detail: "no_id"}
	}
	return string(answer.Messages[0].ID), nil
}

// addressed begins a message: to a phone number, or to a user id where the
// customer shows no number.
//
// Source: networks.md 0 row 3.
func addressed(m parley.Outbound) (object, error) {
	body := object{"messaging_product": "whatsapp", "recipient_type": "individual", "biz_opaque_callback_data": channel.Ref(m)}
	number, user := string(m.To.Of(parley.KeyPhone)), string(m.To.Of(parley.KeyWhatsApp))
	switch {
	case number != "":
		body["to"] = strings.TrimPrefix(number, "+")
	case strings.HasPrefix(user, "group:"):
		return nil, &channel.SendError{Code: channel.Restricted, Detail: "to_a_group"}
	case user != "":
		body["recipient"] = user
	default:
		return nil, &channel.SendError{Code: channel.BadNumber, Detail: "no_address"}
	}
	if m.ReplyTo != "" {
		body["context"] = object{"message_id": m.ReplyTo}
	}
	return body, nil
}

// words writes a text, with what the customer may choose from.
func words(m parley.Outbound, body object) {
	if choices := interactiveOf(m); choices != nil {
		body["type"], body["interactive"] = "interactive", choices
		return
	}
	text := m.Text
	for i, o := range m.Options {
		text += fmt.Sprintf("\n%d. %s", i+1, o.Title)
	}
	body["type"], body["text"] = "text", object{"body": text, "preview_url": false}
}

// interactiveOf writes options as buttons or as a list; nil where they fit in
// neither: then they are lines of the text.
func interactiveOf(m parley.Outbound) object {
	if len(m.Options) == 0 || utf8.RuneCountInString(m.Text) > bodyMax || m.Text == "" || len(m.Options) > rowsMax {
		return nil
	}
	longest := 0
	for _, o := range m.Options {
		if o.Title == "" || len(o.ID) > choiceIDMax {
			return nil
		}
		longest = max(longest, utf8.RuneCountInString(o.Title))
	}
	text := object{"text": m.Text}
	switch {
	case len(m.Options) <= buttonsMax && longest <= buttonTitleMax:
		buttons := make([]object, len(m.Options))
		for i, o := range m.Options {
			buttons[i] = object{"type": "reply", "reply": object{"id": id(o), "title": o.Title}}
		}
		return object{"type": "button", "body": text, "action": object{"buttons": buttons}}
	case longest <= rowTitleMax:
		rows := make([]object, len(m.Options))
		for i, o := range m.Options {
			rows[i] = object{"id": id(o), "title": o.Title}
		}
		return object{"type": "list", "body": text, "action": object{"button": "\u2630", "sections": []object{{"rows": rows}}}}
	}
	return nil
}

// id is what comes back with a choice; Meta wants one.
func id(o parley.Choice) string {
	if o.ID == "" {
		return o.Title
	}
	return o.ID
}

// attach uploads the file and refers to it. An upload tells nobody anything, so
// that a lost answer to one is never an unknown outcome.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
func attach(ctx context.Context, graph meta.Graph, number string, m parley.Outbound, body object) error {
	if len(m.File.Data) == 0 || len(m.File.Data) > fileBytesMax {
		return &channel.SendError{Code: channel.MediaFault, Detail: "file_too_large"}
	}
	var media struct {
		ID meta.ID `json:"id"`
	}
	sent := *m.File
	if strings.HasPrefix(sent.Type, "text/") {
		sent.Type = "text/plain" // the only one of them it knows
	}
	form := channel.Form{Fields: [][2]string{{"messaging_product", "whatsapp"}, {"type", sent.Type}}, Name: "file", File: &sent}
	err := graph.Upload(ctx, number+"/media", form, &media)
	if err != nil {
		return channel.Beforehand(verdict(err))
	}
	if media.ID == "" {
		return &channel.SendError{Code: channel.Transient, Detail: "no_id"}
	}
	kind := kindOf(m)
	file := object{"id": media.ID}
	if m.Text != "" {
		file["caption"] = m.Text
	}
	if kind == "document" && m.File.Name != "" {
		file["filename"] = m.File.Name
	}
	body["type"], body[kind] = kind, file
	return nil
}

// kindOf is how WhatsApp shows a file. What it would refuse as a picture, or
// could not show with words below it, goes as a document.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#supported-media-types
func kindOf(m parley.Outbound) string {
	f := m.File
	switch f.Kind {
	case parley.ContentImage:
		if (f.Type == "image/jpeg" || f.Type == "image/png") && len(f.Data) <= imageBytesMax {
			return "image"
		}
	case parley.ContentVideo:
		if f.Type == "video/mp4" || f.Type == "video/3gpp" {
			return "video"
		}
	case parley.ContentAudio, parley.ContentVoice:
		if m.Text == "" && strings.HasPrefix(f.Type, "audio/") && f.Type != "audio/wav" && f.Type != "audio/webm" {
			return "audio"
		}
	case parley.ContentSticker:
		if m.Text == "" && f.Type == "image/webp" && len(f.Data) <= 500<<10 {
			return "sticker"
		}
	}
	return "document"
}

// Mark shows the customer that we read, or that somebody writes: at most 25
// seconds long, and it also marks all before as read.
//
// Errors: *channel.SendError.
func (w *WhatsApp) Mark(ctx context.Context, in parley.EntryPoint, _ parley.Keys, newest string, what channel.Mark) error {
	if newest == "" || what == channel.MarkNotTyping {
		return nil // it ends by itself
	}
	body := object{"messaging_product": "whatsapp", "status": "read", "message_id": newest}
	if what == channel.MarkTyping {
		body["typing_indicator"] = object{"type": "text"}
	}
	return verdict(meta.New(w.client, in).Post(ctx, in.Setting("phone_number_id")+"/messages", body, &struct{}{}))
}
