package transcript

import (
	"fmt"
	"slices"
	"strings"

	"parley"
)

// Words returns what a message says, as the customer may read it: its text as it
// now reads, and a line for each thing it carries besides.
//
// Source: networks.md 2, CRM-08.
func Words(m parley.Message, s Style) string {
	return strings.Join(Line{Text: m.Text, Content: m.Content, Delivery: m.Delivery}.body(s), "\n")
}

// body returns what a line says, each thing by itself. What was taken back is kept
// for colleagues alone; what was changed, too.
func (l Line) body(s Style) []string {
	w := wordsOf(s.Language)
	c := l.Content
	if l.Text == parley.Erased {
		l.Text = w.erased
	}
	if c == nil {
		return append(some(l.Text), l.fate(w)...)
	}
	if c.RevokedAt > 0 {
		if !s.Internal {
			return []string{"[" + w.revoked + "]"}
		}
		return append([]string{"[" + w.revoked + "]"}, some(l.Text)...)
	}
	var out []string
	if c.Often {
		out = append(out, "["+w.often+"]")
	} else if c.Forwarded {
		out = append(out, "["+w.forwarded+"]")
	}
	if c.SentAt > 0 {
		out = append(out, "["+fmt.Sprintf(w.late, s.moment(parley.FromMillis(c.SentAt)))+"]")
	}
	out = append(out, carried(l.Text, c, w)...)
	if c.Edited != "" && c.Edited != l.Text && s.Internal {
		out = append(out, "["+w.edited+w.colon+l.Text+"]")
	}
	return append(out, l.fate(w)...)
}

// carried returns the text and what goes with it, in the order of the screen.
func carried(text string, c *parley.Content, w words) []string {
	if c.Edited != "" {
		text = c.Edited
	}
	var out []string
	for _, f := range c.Files {
		out = append(out, file(f, text, w))
	}
	out = append(out, cards(c, w)...)
	if note := c.Note; note != autoReply && (note != "" || c.Kind == parley.ContentPlaceholder) {
		out = append(out, "["+named(w.notes, note, "unsupported")+"]")
	}
	if c.Location == nil && len(c.Contacts) == 0 { // a card says it better
		out = append(some(text), out...)
	}
	for _, o := range c.Options {
		out = append(out, "- "+o.Title)
	}
	return out
}

// autoReply is the note of a text of the center's own; it stands with no words.
const autoReply = "auto_reply"

// file names a file, and says why it is not here.
func file(f parley.Attachment, text string, w words) string {
	name := f.Name
	if name == "" {
		name = named(w.kinds, string(f.Kind), "document")
	}
	if f.State == parley.AttachmentFailed || f.State == parley.AttachmentRefused {
		name += w.colon + named(w.whys, f.Why, "other")
	}
	if f.Caption != "" && f.Caption != text {
		return "[" + name + "] " + f.Caption
	}
	return "[" + name + "]"
}

// cards are the things of a message that are no file: a place, people, a form, an
// order, an advertisement.
func cards(c *parley.Content, w words) []string {
	var out []string
	if at := c.Location; at != nil {
		place := []string{at.Name, at.Address, fmt.Sprintf("%.5f, %.5f", at.Latitude, at.Longitude)}
		if at.Name == "" {
			place[0] = w.kinds["location"]
		}
		out = append(out, strings.Join(slices.DeleteFunc(place, empty), ", "))
	}
	for _, one := range c.Contacts {
		person := append(append([]string{one.Name}, one.Phones...), one.Emails...)
		out = append(out, strings.Join(slices.DeleteFunc(person, empty), ", "))
	}
	switch c.Kind {
	case parley.ContentForm, parley.ContentOrder, parley.ContentReferral, parley.ContentStory, parley.ContentMention:
		out = append(out, "["+w.kinds[string(c.Kind)]+"]")
	}
	for _, f := range c.Fields {
		value := f.Value
		if f.Name == "source_type" && w.sources[strings.ToLower(value)] != "" {
			value = w.sources[strings.ToLower(value)]
		}
		if value != "" {
			out = append(out, named(w.fields, f.Name, "")+w.colon+value)
		}
	}
	return out
}

// fate says of a message to the customer that it did not arrive, or that nobody
// knows.
func (l Line) fate(w words) []string {
	if l.Delivery == nil || w.fates[l.Delivery.State] == "" {
		return nil
	}
	return []string{"[" + w.fates[l.Delivery.State] + "]"}
}

// named is the word for a code: that of other for one without, the code itself
// where there is no other.
func named(words map[string]string, code, other string) string {
	if word := words[code]; word != "" {
		return word
	}
	if other == "" {
		return code
	}
	return words[other]
}

func empty(s string) bool { return s == "" }

// some is a text as a list, none for an empty one.
func some(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}
