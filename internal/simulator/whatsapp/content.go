package whatsapp

import (
	"fmt"

	"parley/internal/simulator"
)

// content is the part of a message which its type decides, and its bubble.
func (n *network) content(p *person, in simulator.In) (map[string]any, simulator.Message, error) {
	bubble := simulator.Message{Kind: in.Kind, Text: in.Text}
	typed := func(kind string, value any) (map[string]any, simulator.Message, error) {
		return map[string]any{"type": kind, kind: value}, bubble, nil
	}
	switch in.Kind {
	case "text", "group", "referral":
		return typed("text", map[string]string{"body": or(in.Text, "Hello! Can I get more info on this?")})
	case "image", "video", "document", "audio", "voice", "sticker":
		return n.withFile(in, bubble)
	case "location":
		at := simulator.Location{Latitude: 45.5017, Longitude: -73.5673, Name: "Place Ville Marie", Address: "1 Place Ville Marie, Montreal"}
		if in.Location != nil {
			at = *in.Location
		}
		bubble.Location = &at
		return typed("location", at)
	case "contacts":
		cards := in.Contacts
		if len(cards) == 0 {
			cards = []simulator.Contact{{Name: "Ada King", Phone: "+15145550177", Email: "ada@example.com"}}
		}
		bubble.Contacts = cards
		return typed("contacts", cardsOf(cards))
	case "button":
		bubble.Text = in.Title
		return typed("interactive", map[string]any{"type": "button_reply", "button_reply": map[string]string{"id": in.Payload, "title": in.Title}})
	case "list_reply":
		bubble.Text = in.Title
		return typed("interactive", map[string]any{"type": "list_reply", "list_reply": map[string]string{"id": in.Payload, "title": in.Title, "description": in.Text}})
	case "flow":
		return typed("interactive", map[string]any{"type": "nfm_reply", "nfm_reply": map[string]string{"name": "flow", "body": "Sent", "response_json": or(in.Payload, `{"flow_token":"unused","day":"monday"}`)}})
	case "template_button":
		bubble.Text = in.Title
		return typed("button", map[string]string{"text": in.Title, "payload": or(in.Payload, in.Title)})
	case "reaction":
		reaction := map[string]string{"message_id": in.MessageID}
		if in.Emoji != "" || in.Options["empty"] == "true" { // taken back: empty, or not there
			reaction["emoji"] = in.Emoji
		}
		return typed("reaction", reaction)
	case "edit":
		return typed("edit", map[string]any{"original_message_id": in.MessageID, "message": n.edited(in)})
	case "revoke":
		return typed("revoke", map[string]string{"original_message_id": in.MessageID})
	}
	return n.rare(p, in, bubble)
}

// edited is what a message became: of a file, its caption.
func (n *network) edited(in simulator.In) map[string]any {
	_, was, _ := n.line.Find(in.MessageID)
	if was.Media == nil {
		return map[string]any{"type": "text", "text": map[string]string{"body": in.Text}}
	}
	file, _ := n.line.File(was.Media.ID)
	return map[string]any{"type": was.Kind, was.Kind: map[string]any{"id": file.ID, "mime_type": file.MIME, "sha256": base64Sum(file), "caption": in.Text}}
}

// rare are the types that few customers ever send.
func (n *network) rare(p *person, in simulator.In, bubble simulator.Message) (map[string]any, simulator.Message, error) {
	typed := func(kind string, value any) (map[string]any, simulator.Message, error) {
		return map[string]any{"type": kind, kind: value}, bubble, nil
	}
	switch in.Kind {
	case "order":
		return typed("order", map[string]any{"catalog_id": "194836987003835", "text": in.Text, "product_items": []any{
			map[string]any{"product_retailer_id": "di9ozbzfi4", "quantity": 2, "item_price": 30, "currency": "CAD"}}})
	case "system_number":
		return typed("system", map[string]string{"type": "user_changed_number", "wa_id": digits(in.Payload),
			"body": fmt.Sprintf("User %s changed from %s to %s", or(in.Name, in.From), in.From, in.Payload)})
	case "system_user_id":
		n.mu.Lock()
		was := p.userID
		p.userID = or(in.Payload, was)
		n.mu.Unlock()
		return typed("system", map[string]string{"type": "user_changed_user_id", "user_id": in.Payload, "previous_user_id": was,
			"body": fmt.Sprintf("User changed from %s to %s", was, in.Payload)})
	case "system_identity":
		content := map[string]any{"type": "system", "system": map[string]string{"type": "customer_identity_changed", "body": "User identity changed"},
			"identity": map[string]any{"acknowledged": true, "created_timestamp": n.stamp(), "hash": "DF2lS5v2W6x="}}
		return content, bubble, nil
	case "unsupported":
		return map[string]any{"type": "unsupported", "unsupported": map[string]string{"type": or(in.Payload, "poll_creation")}, "errors": []any{map[string]any{
			"code": 131051, "title": "Message type unknown", "message": "Message type unknown", "error_data": map[string]string{"details": "Message type is currently not supported."}}}}, bubble, nil
	case "unknown":
		return typed(or(in.Payload, "hologram"), map[string]string{"of": "tomorrow"})
	}
	return nil, bubble, fmt.Errorf("%w: %q on WhatsApp", simulator.ErrCannot, in.Kind)
}

// withFile is a message with media.
func (n *network) withFile(in simulator.In, bubble simulator.Message) (map[string]any, simulator.Message, error) {
	kind := in.Kind
	if kind == "voice" {
		in.Kind = "audio"
	}
	m, about := n.keep(in)
	switch kind {
	case "document":
		about["filename"] = m.Filename
	case "sticker":
		about["animated"] = in.Options["animated"] == "true"
	case "audio", "voice":
		about["voice"] = kind == "voice" || in.Options["voice"] == "true"
	}
	bubble.Kind, bubble.Media, bubble.Text = in.Kind, m.Shown(), m.Caption
	return map[string]any{"type": in.Kind, in.Kind: about}, bubble, nil
}

// cardsOf are contact cards as WhatsApp writes them.
// Source: .../whatsapp/webhooks/reference/messages/contacts
func cardsOf(cards []simulator.Contact) []any {
	var out []any
	for _, c := range cards {
		card := map[string]any{"name": map[string]string{"formatted_name": c.Name, "first_name": c.Name}}
		if c.Phone != "" {
			card["phones"] = []any{map[string]string{"phone": c.Phone, "wa_id": digits(c.Phone), "type": "MOBILE"}}
		}
		if c.Email != "" {
			card["emails"] = []any{map[string]string{"email": c.Email, "type": "WORK"}}
		}
		out = append(out, card)
	}
	return out
}
