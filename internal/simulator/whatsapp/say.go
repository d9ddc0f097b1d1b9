package whatsapp

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"parley/internal/simulator"
)

// Say is what a phone does. Besides the common kinds: voice, list_reply, flow,
// template_button, order, system_number (Payload: the new number), system_user_id
// (Payload: the new user id), system_identity, marketing_stop, marketing_resume, unknown, played, echo (the owner answers in the business app),
// chat_open and chat_closed (whether messages are read at once), fail (Options
// code, and now=true for the answer instead of a status: what becomes of our next
// message to this phone) and verify (Meta asks the webhook). Three are about the
// account: message_template_status_update, phone_number_quality_update and
// account_update.
// Options: hide_phone=true, forwarded=true|often, group, late_s.
func (n *network) Say(ctx context.Context, in simulator.In) (string, error) {
	if in.Kind == "verify" {
		return "", n.line.GraphHandshake(ctx, n.line.Account().Webhook, n.line.Setting("verify_token"))
	}
	switch in.Kind {
	case "message_template_status_update", "phone_number_quality_update", "account_update":
		return "", n.news(ctx, in)
	}
	if in.From == "" && in.UserID == "" {
		if in.Kind != "raw" {
			return "", fmt.Errorf("%w: a phone needs from or user_id", simulator.ErrCannot)
		}
		in.From = "15145550000"
	}
	p := n.meet(in)
	if in.Name != "" {
		n.line.Touch(p.who, func(t *simulator.Thread) { t.Name = in.Name })
	}
	switch in.Kind {
	case "raw":
		return "", n.post(ctx, p.who, json.RawMessage(in.Raw))
	case "chat_open", "chat_closed":
		n.mu.Lock()
		p.open = in.Kind == "chat_open"
		n.mu.Unlock()
		return "", nil
	case "fail":
		code, err := strconv.Atoi(in.Options["code"])
		if err != nil {
			return "", fmt.Errorf("%w: fail needs the option code", simulator.ErrCannot)
		}
		n.mu.Lock()
		p.fails = append(p.fails, failure{code, in.Options["now"] == "true"})
		n.mu.Unlock()
		return "", nil
	case "read", "delivered", "played":
		return "", n.mark(ctx, p, in)
	case "echo":
		return n.echo(ctx, p, in)
	case "marketing_stop", "marketing_resume":
		return "", n.preference(ctx, p, strings.TrimPrefix(in.Kind, "marketing_"))
	}
	return n.say(ctx, p, in)
}

// mark tells that our message (or all, without an id) reached the phone, was read
// or was listened to.
func (n *network) mark(ctx context.Context, p *person, in simulator.In) error {
	thread, _ := n.line.Thread(p.who)
	for _, m := range thread.Messages {
		named := in.MessageID == m.ID || in.MessageID == "" && m.State != in.Kind && m.State != "read" && m.State != "failed"
		if m.From != simulator.FromCenter || !named {
			continue
		}
		step := n.step(p, letter{id: m.ID}, in.Kind)
		n.line.Change(p.who, m.ID, func(b *simulator.Message) { b.State = in.Kind })
		if err := n.send(ctx, step.Hook); err != nil {
			return err
		}
	}
	return nil
}

// echo is a message that the owner of the number wrote in the business app.
// Source: .../whatsapp/webhooks/reference/smb_message_echoes
func (n *network) echo(ctx context.Context, p *person, in simulator.In) (string, error) {
	id := n.wamid(p.who)
	n.line.Show(p.who, simulator.Message{ID: id, From: simulator.FromCenter, Kind: "text", Text: in.Text, State: "sent"})
	hook := n.hook(p.who, "smb_message_echoes", map[string]any{"contacts": []any{n.contact(p, p.waID == "")}, "message_echoes": []any{map[string]any{
		"from": n.display(), "to": p.waID, "to_user_id": p.userID, "id": id, "timestamp": n.stamp(), "type": "text", "text": map[string]string{"body": in.Text},
	}}})
	return id, n.send(ctx, hook)
}

func (n *network) stamp() string { return strconv.FormatInt(n.line.Now().Unix(), 10) }

// say posts one message of the customer.
// Source: .../whatsapp/webhooks/reference/messages
func (n *network) say(ctx context.Context, p *person, in simulator.In) (string, error) {
	id := n.wamid(p.who)
	content, bubble, err := n.content(p, in)
	if err != nil {
		return "", err
	}
	message := map[string]any{"id": id, "timestamp": strconv.FormatInt(in.At(n.line.Now()).Unix(), 10), "from_user_id": p.userID}
	hidden := in.Options["hide_phone"] == "true" || p.waID == ""
	if !hidden {
		message["from"] = p.waID
	}
	for key, value := range content {
		message[key] = value
	}
	n.dress(message, in)
	n.show(p, in, bubble, id)
	value := map[string]any{"contacts": []any{n.contact(p, hidden)}, "messages": []any{message}}
	switch in.Kind {
	case "system_user_id":
		delete(message, "from")
		delete(message, "from_user_id")
		fallthrough
	case "system_number":
		delete(value, "contacts")
	}
	return id, n.send(ctx, n.hook(p.who, "messages", value))
}

// contact is a customer as webhooks introduce them.
func (n *network) contact(p *person, hidden bool) map[string]any {
	n.mu.Lock()
	defer n.mu.Unlock()
	profile := map[string]string{"name": or(p.name, p.who)}
	if p.username != "" {
		profile["username"] = p.username
	}
	contact := map[string]any{"profile": profile, "user_id": p.userID}
	if !hidden {
		contact["wa_id"] = p.waID
	}
	return contact
}

// dress adds what any message can carry: what it answers, forwarded, group, advertisement.
func (n *network) dress(message map[string]any, in simulator.In) {
	around := map[string]any{}
	if in.ReplyTo != "" {
		around["from"], around["id"] = n.display(), in.ReplyTo
	}
	switch in.Options["forwarded"] {
	case "true":
		around["forwarded"] = true
	case "often":
		around["frequently_forwarded"] = true
	}
	if len(around) > 0 {
		message["context"] = around
	}
	if in.Kind == "group" {
		message["group_id"] = or(in.Options["group"], "Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD")
	}
	if in.Kind == "referral" {
		message["referral"] = map[string]string{
			"source_url": "https://fb.me/3cr4Wqqkv", "source_id": "120226305854810726", "source_type": "ad", "headline": or(in.Title, "Chat with us"),
			"body": "Summer succulents are here!", "media_type": "image", "image_url": "https://scontent.xx.fbcdn.net/v/t45.1", "ctwa_clid": "Aff-n8ZTODiE79d22KtAwQKj9e",
		}
	}
}

// show puts what the customer did on the phone.
func (n *network) show(p *person, in simulator.In, bubble simulator.Message, id string) {
	at := in.At(n.line.Now()).UnixMilli()
	switch in.Kind {
	case "reaction":
		n.line.React(p.who, in.MessageID, simulator.FromCustomer, in.Emoji)
	case "edit":
		n.line.Change(p.who, in.MessageID, func(m *simulator.Message) { m.Text, m.Edited = in.Text, true })
	case "revoke":
		n.line.Change(p.who, in.MessageID, func(m *simulator.Message) { m.Text, m.Media, m.Deleted = "", nil, true })
	case "referral":
		n.mu.Lock()
		p.adUntil = n.line.Now().Add(adWindow)
		n.mu.Unlock()
		fallthrough
	default:
		bubble.ID, bubble.From, bubble.ReplyTo, bubble.State = id, simulator.FromCustomer, in.ReplyTo, "sent"
		bubble.At = at
		n.line.Show(p.who, bubble)
	}
	n.line.Touch(p.who, func(t *simulator.Thread) { t.SaidAt = at })
}

// hook is a webhook of this number about one phone; nil while no app is told.
func (n *network) hook(who, field string, value map[string]any) *simulator.Hook {
	n.mu.Lock()
	subscribed := n.subscribed
	n.mu.Unlock()
	if !subscribed {
		return nil
	}
	value["messaging_product"] = "whatsapp"
	value["metadata"] = map[string]string{"display_phone_number": n.display(), "phone_number_id": n.phoneID()}
	hook, err := n.line.GraphHook(who, map[string]any{"object": "whatsapp_business_account", "entry": []any{
		map[string]any{"id": n.waba(), "changes": []any{map[string]any{"value": value, "field": field}}}}})
	if err != nil {
		panic(err) // maps of strings become JSON
	}
	return &hook
}

// send posts a webhook, if there is one.
func (n *network) send(ctx context.Context, hook *simulator.Hook) error {
	if hook == nil {
		return nil
	}
	return n.line.Webhook(ctx, *hook)
}

// post signs and posts a body as it is.
func (n *network) post(ctx context.Context, who string, body any) error {
	hook, err := n.line.GraphHook(who, body)
	if err != nil {
		return fmt.Errorf("%w: %w", simulator.ErrCannot, err)
	}
	return n.line.Webhook(ctx, hook)
}

// base64Sum is a file's hash as webhooks write it; a lookup writes it in hex.
func base64Sum(m simulator.Media) string {
	sum := sha256.Sum256(m.Data)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// keep makes a file of what the customer sends and returns what the webhook says of it.
func (n *network) keep(in simulator.In) (simulator.Media, map[string]any) {
	m := in.Sent(fmt.Sprint(2_754_859_441_498_128 + n.line.Serial()))
	n.line.Keep(m)
	about := map[string]any{"id": m.ID, "mime_type": m.MIME, "sha256": base64Sum(m)}
	expires := n.line.Now().Add(mediaURLLives)
	about["url"] = n.line.URL(fmt.Sprintf("/lookaside/whatsapp_business/attachments?mid=%s&ext=%d&hash=%s", m.ID, expires.Unix(), m.SHA256()[:24]))
	if m.Caption != "" && in.Kind != "audio" && in.Kind != "voice" && in.Kind != "sticker" {
		about["caption"] = m.Caption
	}
	return m, about
}
