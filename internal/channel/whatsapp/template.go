package whatsapp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"parley"
	"parley/internal/channel/meta"
)

// The parts of a template that take values.
const (
	partHeader = "header"
	partBody   = "body"
	partButton = "button"
)

// listed is a template as Meta tells it.
type listed struct {
	Name       string      `json:"name"`
	Language   string      `json:"language"`
	Status     string      `json:"status"`
	Components []component `json:"components"`
}

type component struct {
	Type    string   `json:"type"`
	Format  string   `json:"format"`
	Text    string   `json:"text"`
	Buttons []button `json:"buttons"`
}

type button struct {
	Type string `json:"type"`
	Text string `json:"text"`
	URL  string `json:"url"`
}

// ListTemplates lists what we can fill: approved, of texts, with values for their
// header, body and addresses, be they numbered or named.
//
// Errors: *channel.SendError.
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
func (w *WhatsApp) ListTemplates(ctx context.Context, in parley.EntryPoint) ([]parley.Template, error) {
	var list []parley.Template
	query := url.Values{"fields": {"name,language,status,parameter_format,components"}, "limit": {"100"}}
	err := meta.New(w.client, in).All(ctx, in.Setting("business_account_id")+"/message_templates", query, func(raw json.RawMessage) error {
		var t listed
		if json.Unmarshal(raw, &t) != nil || t.Status != "APPROVED" {
			return nil
		}
		var d draft
		for _, c := range t.Components {
			d.add(c)
		}
		if d.body && !d.beyond {
			list = append(list, parley.Template{Name: t.Name, Language: t.Language, Body: strings.Join(d.lines, "\n"), Slots: d.wanted()})
		}
		return nil
	})
	return list, verdict(err)
}

// draft is a template while its parts are put together.
type draft struct {
	lines  []string
	slots  []parley.TemplateSlot
	body   bool
	beyond bool // it needs what we cannot give: a picture, a code
}

// add puts a part below the others, its values numbered after theirs.
func (d *draft) add(c component) {
	switch c.Type {
	case "HEADER":
		if c.Format != "" && c.Format != "TEXT" {
			d.beyond = true
			return
		}
		d.line(c.Text, parley.TemplateSlot{Part: partHeader})
	case "BODY":
		d.body = d.body || c.Text != ""
		d.line(c.Text, parley.TemplateSlot{Part: partBody})
	case "FOOTER":
		d.line(c.Text, parley.TemplateSlot{})
	case "BUTTONS":
		for n, b := range c.Buttons {
			switch b.Type {
			case "OTP", "COPY_CODE", "FLOW":
				d.beyond = true
			case "URL":
				if strings.Contains(b.URL, "{{") { // else it is sent as it stands
					d.line(strings.TrimSpace(b.Text+" "+b.URL), parley.TemplateSlot{Part: partButton, Button: n})
				}
			}
		}
	}
}

// blank is a value's place: {{1}} or {{first_name}}.
var blank = regexp.MustCompile(`\{\{\s*(\w+)\s*\}\}`)

// line adds a text whose values belong to a part. A name that comes twice in a
// part is one value; so is a number.
func (d *draft) line(text string, where parley.TemplateSlot) {
	first := len(d.slots)
	d.lines = append(d.lines, blank.ReplaceAllStringFunc(text, func(hole string) string {
		slot := where
		slot.Name = blank.FindStringSubmatch(hole)[1]
		if n := slices.Index(d.slots[first:], slot); n >= 0 {
			return fmt.Sprintf("{{%d}}", first+n+1)
		}
		d.slots = append(d.slots, slot)
		return fmt.Sprintf("{{%d}}", len(d.slots))
	}))
}

// wanted are the slots as they are kept: none where all values are the body's, by
// number.
func (d *draft) wanted() []parley.TemplateSlot {
	plain := true
	for n, s := range d.slots {
		if strings.Trim(s.Name, "0123456789") == "" {
			d.slots[n].Name = ""
		}
		plain = plain && s.Part == partBody && d.slots[n].Name == ""
	}
	if plain {
		return nil
	}
	return d.slots
}

// template writes a template with its values, each where it belongs.
//
// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/template-messages
func template(t *parley.Template) object {
	out := object{"name": t.Name, "language": object{"code": t.Language}}
	var parts []object
	for n, value := range t.Values {
		slot := parley.TemplateSlot{Part: partBody}
		if n < len(t.Slots) {
			slot = t.Slots[n]
		}
		given := object{"type": "text", "text": value}
		if slot.Name != "" {
			given["parameter_name"] = slot.Name
		}
		part := object{"type": slot.Part}
		if slot.Part == partButton {
			part["sub_type"], part["index"] = "url", fmt.Sprint(slot.Button)
		}
		at := slices.IndexFunc(parts, func(p object) bool { return p["type"] == part["type"] && p["index"] == part["index"] })
		if at < 0 {
			at, parts = len(parts), append(parts, part)
		}
		had, _ := parts[at]["parameters"].([]object)
		parts[at]["parameters"] = append(had, given)
	}
	if len(parts) > 0 {
		out["components"] = parts
	}
	return out
}
