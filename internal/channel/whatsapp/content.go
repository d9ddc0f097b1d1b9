package whatsapp

import (
	"bytes"
	"encoding/json"
	"strings"

	"parley"
	"parley/internal/channel"
)

// fill reads what a message says into in. It returns false for a type we do not
// know: the message then shows that something came.
//
// Source: networks.md 2.
func fill(in *parley.Inbound, h head, m message) bool {
	in.Window = parley.WindowOpens
	known := body(in, h, m)
	if h.GroupID != "" {
		in.Kind, in.Text, in.Window = parley.InboundMessage, "", parley.WindowNone
		in.Target, in.Emoji = "", ""
		in.Content = placeholder("group")
		return known
	}
	if in.Kind != parley.InboundMessage {
		return known
	}
	about(in, h)
	return known
}

// body reads the part that depends on the type.
func body(in *parley.Inbound, h head, m message) bool {
	switch {
	case h.Type == "text":
		in.Text = m.Text.Body
	case file(in, h, m):
	case h.Type == "location" && m.Location != nil:
		l := m.Location
		in.Content = &parley.Content{Kind: parley.ContentLocation, Location: &parley.Location{Latitude: l.Latitude, Longitude: l.Longitude, Name: l.Name, Address: l.Address}}
		in.Text = join(", ", l.Name, l.Address)
	case h.Type == "contacts" && len(m.Contacts) > 0:
		cards(in, m.Contacts)
	case h.Type == "order" && m.Order != nil:
		items(in, m.Order)
	case h.Type == "interactive" && m.Interactive != nil:
		return answer(in, m.Interactive)
	case h.Type == "button" && m.Button != nil:
		choose(in, string(m.Button.Payload), m.Button.Text)
	case h.Type == "reaction" && m.Reaction != nil:
		in.Kind, in.Target, in.Emoji = parley.InboundReaction, string(m.Reaction.MessageID), m.Reaction.Emoji
	case h.Type == "edit" && m.Edit != nil:
		in.Kind, in.Target, in.Window = parley.InboundEdit, string(m.Edit.Original), parley.WindowNone
		in.Text = edited(m.Edit.Message)
	case h.Type == "revoke" && m.Revoke != nil:
		in.Kind, in.Target, in.Window = parley.InboundRevoke, string(m.Revoke.Original), parley.WindowNone
	case h.Type == "system" && m.System != nil:
		return moved(in, m.System)
	case h.Type == "request_welcome":
		in.Kind = parley.InboundAction
	default:
		in.Content = placeholder("unsupported")
		for _, f := range m.Errors {
			in.Content.Fields = append(in.Content.Fields, parley.Pair{Name: "reason", Value: f.detail()})
		}
		return h.Type == "unsupported" || h.Type == "unknown" || h.Type == "errors"
	}
	return true
}

func placeholder(note string) *parley.Content {
	return &parley.Content{Kind: parley.ContentPlaceholder, Note: note}
}

// file reads the types that carry one.
func file(in *parley.Inbound, h head, m message) bool {
	f, kind := m.Image, parley.ContentImage
	switch h.Type {
	case "image":
	case "video":
		f, kind = m.Video, parley.ContentVideo
	case "audio", "voice":
		f, kind = m.Audio, parley.ContentAudio
		if f != nil && f.Voice {
			kind = parley.ContentVoice
		}
	case "document":
		f, kind = m.Document, parley.ContentDocument
	case "sticker":
		f, kind = m.Sticker, parley.ContentSticker
	default:
		return false
	}
	if f == nil || f.ID == "" {
		return false
	}
	mime, _, _ := strings.Cut(f.MimeType, ";")
	in.Text = f.Caption
	in.Content = &parley.Content{Kind: kind, Files: []parley.Attachment{{
		Kind: kind, Name: f.Filename, Type: strings.TrimSpace(mime), State: parley.AttachmentFetching,
		Ref: string(f.ID), SHA256: channel.SHA256(f.SHA256), Caption: f.Caption,
	}}}
	return true
}

func cards(in *parley.Inbound, list []card) {
	in.Content = &parley.Content{Kind: parley.ContentContacts}
	var names []string
	for _, c := range list {
		name := c.Name.Formatted
		if name == "" {
			name = join(" ", c.Name.First, c.Name.Last)
		}
		out := parley.ContactCard{Name: name}
		for _, p := range c.Phones {
			out.Phones = append(out.Phones, p.Phone)
		}
		for _, e := range c.Emails {
			out.Emails = append(out.Emails, e.Email)
		}
		in.Content.Contacts = append(in.Content.Contacts, out)
		names = append(names, join(" ", append([]string{name}, append(out.Phones, out.Emails...)...)...))
	}
	in.Text = strings.Join(names, "\n")
}

func items(in *parley.Inbound, o *order) {
	in.Text = o.Text
	in.Content = &parley.Content{Kind: parley.ContentOrder}
	for _, i := range o.Items {
		in.Content.Fields = append(in.Content.Fields, parley.Pair{
			Name: string(i.Product), Value: join(" ", i.Quantity.String(), "x", i.Price.String(), i.Currency),
		})
	}
}

// answer reads what the customer chose or filled in.
func answer(in *parley.Inbound, i *interactive) bool {
	switch {
	case i.ButtonReply != nil:
		choose(in, string(i.ButtonReply.ID), i.ButtonReply.Title)
	case i.ListReply != nil:
		choose(in, string(i.ListReply.ID), i.ListReply.Title)
	case i.Form != nil:
		in.Text = i.Form.Body
		in.Content = &parley.Content{Kind: parley.ContentForm, Fields: filled(i.Form.Response)}
	default:
		in.Content = placeholder("unsupported")
		return false
	}
	return true
}

func choose(in *parley.Inbound, id, title string) {
	in.Text = title
	in.Content = &parley.Content{Kind: parley.ContentChoice, Choice: &parley.Choice{ID: id, Title: title}}
}

// formFieldsMax bounds the fields read from one form.
const formFieldsMax = 100

// filled reads a form's answers, in the order they came. Meta sends them as text
// that need not be JSON: then it is one field.
func filled(raw json.RawMessage) []parley.Pair {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return []parley.Pair{{Name: "response", Value: text}}
	}
	var out []parley.Pair
	for decoder.More() && len(out) < formFieldsMax {
		name, err := decoder.Token()
		var v json.RawMessage
		if err == nil {
			err = decoder.Decode(&v)
		}
		if err != nil {
			return []parley.Pair{{Name: "response", Value: text}}
		}
		if key, _ := name.(string); key != "flow_token" {
			out = append(out, parley.Pair{Name: key, Value: scalar(v)})
		}
	}
	return out
}

// scalar is a value without the quotes of a string.
func scalar(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var out bytes.Buffer
	if json.Compact(&out, raw) != nil {
		return string(raw)
	}
	return out.String()
}

// edited is the new text of a message: its words, or those below its file.
func edited(raw json.RawMessage) string {
	var h head
	var m message
	if json.Unmarshal(raw, &h) != nil || json.Unmarshal(raw, &m) != nil {
		return ""
	}
	var in parley.Inbound
	body(&in, h, m)
	return in.Text
}

// moved reads that the customer has another number now, or another phone.
func moved(in *parley.Inbound, s *system) bool {
	in.Window = parley.WindowNone
	switch s.Type {
	case "user_changed_number", "customer_changed_number", "user_changed_user_id":
		now := s.WaID
		if now == "" {
			now = s.NewWaID
		}
		fresh := keys(now, s.UserID)
		if len(fresh) == 0 || len(in.From) == 0 {
			break
		}
		in.Kind, in.From = parley.InboundIdentity, parley.Keys{fresh[0], in.From[0]}
		return true
	case "customer_identity_changed":
		in.Kind, in.Content = parley.InboundAction, placeholder(parley.NoteIdentityChanged)
		return true
	}
	in.Kind, in.Content = parley.InboundAction, placeholder("unsupported")
	return s.Type == "user_changed_user_id" // its user_id_update tells the rest
}

// about adds what surrounds a message: forwarded, from an advertisement, about a product.
func about(in *parley.Inbound, h head) {
	var fields []parley.Pair
	kind := parley.ContentText
	if r := h.Referral; r != nil {
		in.Window, kind = parley.WindowAd, parley.ContentReferral
		for _, f := range []parley.Pair{{Name: "headline", Value: r.Headline}, {Name: "body", Value: r.Body}, {Name: "source_url", Value: r.SourceURL}, {Name: "source_type", Value: r.SourceType}, {Name: "source_id", Value: string(r.SourceID)}} {
			if f.Value != "" {
				fields = append(fields, f)
			}
		}
	}
	if p := h.Context.Product.ID; p != "" {
		fields = append(fields, parley.Pair{Name: "product", Value: string(p)})
	}
	forwarded := h.Context.Forwarded || h.Context.Frequently
	if !forwarded && len(fields) == 0 {
		return
	}
	if in.Content == nil {
		in.Content = &parley.Content{Kind: kind}
	}
	in.Content.Forwarded, in.Content.Often = forwarded, h.Context.Frequently
	in.Content.Fields = append(in.Content.Fields, fields...)
}

// join puts what is not empty together.
func join(between string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, between)
}
