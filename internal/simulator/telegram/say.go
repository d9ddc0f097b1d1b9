package telegram

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"parley/internal/simulator"
)

// Say is what a person does. Besides the common kinds: start (Payload: of a deep
// link), voice, button (presses Payload below MessageID), block, unblock, poll
// and fail (Options code, after; Text: what becomes of our next message).
// Options: forwarded=true; language=fr-CA, the app's from now on.
func (n *network) Say(ctx context.Context, in simulator.In) (string, error) {
	if in.Kind == "raw" {
		return "", n.post(ctx, in.From, in.Raw)
	}
	id, err := strconv.ParseInt(in.From, 10, 64)
	if err != nil {
		return "", fmt.Errorf("%w: a person's from is a number", simulator.ErrCannot)
	}
	p := n.meet(id, in)
	n.line.Touch(in.From, func(t *simulator.Thread) { t.Name = or(in.Name, t.Name) })
	switch in.Kind {
	case "block", "unblock":
		return "", n.member(ctx, p, in)
	case "fail":
		code, err := strconv.Atoi(in.Options["code"])
		after, _ := strconv.Atoi(in.Options["after"])
		if err != nil || code < 400 || code > 599 {
			return "", fmt.Errorf("%w: fail needs the option code", simulator.ErrCannot)
		}
		n.mu.Lock()
		p.fails = append(p.fails, refusal{code: code, words: or(in.Text, "Bad Request"), after: after})
		n.mu.Unlock()
		return "", nil
	case "edit", "reaction", "button":
		return "", n.about(ctx, p, in)
	}
	return n.say(ctx, p, in)
}

// member tells that the person blocked the bot, or no longer does.
func (n *network) member(ctx context.Context, p *person, in simulator.In) error {
	now := map[bool]string{true: "kicked", false: "member"}
	blocks := in.Kind == "block"
	n.mu.Lock()
	p.blocked = blocks
	n.mu.Unlock()
	user, chat := n.user(p)
	member := func(status string) map[string]any {
		m := map[string]any{"user": n.me(), "status": status}
		if status == "kicked" {
			m["until_date"] = 0
		}
		return m
	}
	return n.update(ctx, in.From, "my_chat_member", map[string]any{"chat": chat, "from": user, "date": n.line.Now().Unix(),
		"old_chat_member": member(now[!blocks]), "new_chat_member": member(now[blocks])})
}

// about is an update that is about a message.
func (n *network) about(ctx context.Context, p *person, in simulator.In) error {
	owner, m, ok := n.line.Find(in.MessageID)
	if !ok || owner != in.From {
		return fmt.Errorf("%w: message %q is not on that phone", simulator.ErrCannot, in.MessageID)
	}
	user, chat := n.user(p)
	now := n.line.Now().Unix()
	n.line.Touch(in.From, func(t *simulator.Thread) { t.SaidAt = n.line.Now().UnixMilli() })
	switch in.Kind {
	case "edit":
		n.line.Change(in.From, m.ID, func(b *simulator.Message) { b.Text, b.Edited = in.Text, true })
		return n.update(ctx, in.From, "edited_message", map[string]any{"message_id": number(m.ID), "from": user, "chat": chat, "date": m.At / 1000, "edit_date": now, "text": in.Text})
	case "button":
		return n.update(ctx, in.From, "callback_query", map[string]any{"id": fmt.Sprintf("%d%09d", p.id, n.line.Serial()), "from": user, "chat_instance": "-1034",
			"data": in.Payload, "message": map[string]any{"message_id": number(m.ID), "from": n.me(), "chat": chat, "date": m.At / 1000, "text": m.Text}})
	}
	n.line.React(in.From, m.ID, simulator.FromCustomer, in.Emoji)
	list := func(emoji string) []any {
		if emoji == "" {
			return []any{}
		}
		return []any{map[string]string{"type": "emoji", "emoji": emoji}}
	}
	return n.update(ctx, in.From, "message_reaction", map[string]any{"chat": chat, "message_id": number(m.ID), "user": user, "date": now,
		"old_reaction": list(m.Reactions[simulator.FromCustomer]), "new_reaction": list(in.Emoji)})
}

// say posts a message of the person.
// Source: https://core.telegram.org/bots/api#message
func (n *network) say(ctx context.Context, p *person, in simulator.In) (string, error) {
	bubble := simulator.Message{ID: strconv.FormatInt(n.line.Serial(), 10), From: simulator.FromCustomer, Kind: in.Kind, Text: in.Text, ReplyTo: in.ReplyTo, State: "sent"}
	user, chat := n.user(p)
	message := map[string]any{"message_id": number(bubble.ID), "from": user, "chat": chat, "date": n.line.Now().Unix()}
	if err := n.content(in, message, &bubble); err != nil {
		return "", err
	}
	if in.ReplyTo != "" {
		_, answered, _ := n.line.Find(in.ReplyTo)
		message["reply_to_message"] = map[string]any{"message_id": number(in.ReplyTo), "chat": chat, "date": answered.At / 1000, "text": answered.Text}
	}
	if in.Options["forwarded"] == "true" {
		message["forward_origin"] = map[string]any{"type": "hidden_user", "sender_user_name": "Bob", "date": n.line.Now().Unix()}
	}
	n.line.Show(in.From, bubble)
	return bubble.ID, n.update(ctx, in.From, "message", message)
}

// content fills in what the kind of a message decides.
func (n *network) content(in simulator.In, message map[string]any, bubble *simulator.Message) error {
	switch in.Kind {
	case "text":
		message["text"] = or(in.Text, "Hello!")
		bubble.Text = or(in.Text, "Hello!")
	case "start":
		text := strings.TrimSpace("/start " + in.Payload)
		message["text"], bubble.Text = text, text
		message["entities"] = []any{map[string]any{"type": "bot_command", "offset": 0, "length": 6}}
	case "group":
		message["chat"] = map[string]any{"id": -1001234567890, "type": "supergroup", "title": "A group"}
		message["text"] = or(in.Text, "Hello!")
	case "image", "document", "video", "audio", "voice", "sticker":
		n.withFile(in, message, bubble)
	case "location":
		at := simulator.Location{Latitude: 45.5017, Longitude: -73.5673}
		if in.Location != nil {
			at = *in.Location
		}
		bubble.Location = &at
		message["location"] = map[string]float64{"latitude": at.Latitude, "longitude": at.Longitude}
		if at.Name != "" {
			message["venue"] = map[string]any{"location": message["location"], "title": at.Name, "address": at.Address}
		}
	case "contacts":
		card := simulator.Contact{Name: "Ada King", Phone: "+15145550177"}
		if len(in.Contacts) > 0 {
			card = in.Contacts[0]
		}
		bubble.Contacts = []simulator.Contact{card}
		message["contact"] = map[string]string{"phone_number": card.Phone, "first_name": card.Name}
	case "poll", "unsupported":
		message["poll"] = map[string]any{"id": "5280", "question": or(in.Text, "Tea or coffee?"), "options": []any{}, "total_voter_count": 0, "is_closed": false, "is_anonymous": true, "type": "regular"}
	default:
		return fmt.Errorf("%w: %q on Telegram", simulator.ErrCannot, in.Kind)
	}
	return nil
}

func (n *network) withFile(in simulator.In, message map[string]any, bubble *simulator.Message) {
	field := in.Kind
	switch in.Kind {
	case "image":
		field = "photo"
	case "voice":
		in.Kind = "audio"
	}
	file := in.Sent(n.fileID())
	n.line.Keep(file)
	message[field] = described(field, file)
	bubble.Kind, bubble.Media, bubble.Text = in.Kind, file.Shown(), file.Caption
	if file.Caption != "" && field != "sticker" {
		message["caption"] = file.Caption
	}
}
