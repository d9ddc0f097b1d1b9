// Package transcript writes what was said in a conversation as a text to mail and
// as a PDF to keep, in a reader's language and time zone.
//
// Begin with Document; words.go holds the words, pdf.go the pages.
package transcript

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley"
)

// Document is a conversation to be written down.
type Document struct {
	Center    string // who keeps it
	Case      int64  // number, 0 = it is no case
	Number    int64  // of the interaction, 0 = it is all of a conversation
	Origin    int64  // of the interaction it was transferred from, 0 = none
	Channel   parley.Channel
	Queue     string
	Agent     string
	Customer  string
	Initiated time.Time
	Accepted  time.Time // zero = nobody did
	Ended     time.Time // zero = it goes on
	Codes     []string
	Lines     []Line
	Hash      string // of the messages, when they are final; "" before
}

// Line is one message, or what the system noted.
type Line struct {
	ID        parley.MessageID // "" of a note
	At        time.Time
	Who       string // "" = the system, or Elsewhere
	Elsewhere bool   // ours, but nobody's here: a bot's, or written in another app
	Code      string // of a system line
	Text      string
	Content   *parley.Content  // what it carries besides its text, nil = nothing
	Delivery  *parley.Delivery // of what went to a network
	Note      bool             // colleagues wrote it beside the conversation: no customer sees it
}

// Style is for whom a document is written.
type Style struct {
	Language string // en or fr-CA
	Zone     *time.Location
	Internal bool // with codes and notes: for colleagues, never for the customer
}

// fact is one row of the head.
type fact struct{ label, value string }

// facts returns the head of the document.
//
// Source: CRM-08.
func (d Document) facts(s Style) []fact {
	w := wordsOf(s.Language)
	out := []fact{}
	add := func(label, value string) {
		if value != "" {
			out = append(out, fact{label, value})
		}
	}
	if d.Case > 0 {
		add(w.caseNumber, strconv.FormatInt(d.Case, 10))
	}
	if d.Number > 0 {
		add(w.number, strconv.FormatInt(d.Number, 10))
	}
	if d.Origin > 0 && d.Origin != d.Number {
		add(w.origin, strconv.FormatInt(d.Origin, 10))
	}
	add(w.customer, d.Customer)
	add(w.channel, w.channels[d.Channel])
	add(w.queue, d.Queue)
	add(w.agent, d.Agent)
	add(w.initiated, s.moment(d.Initiated))
	add(w.accepted, s.moment(d.Accepted))
	add(w.ended, s.moment(d.Ended))
	if s.Internal {
		add(w.codes, strings.Join(d.Codes, ", "))
		add(w.hash, d.Hash)
	}
	return out
}

// lines returns what the reader may see.
func (d Document) lines(s Style) []Line {
	out := make([]Line, 0, len(d.Lines))
	for _, l := range d.Lines {
		if !l.Note || s.Internal {
			out = append(out, l)
		}
	}
	return out
}

// said returns who wrote a line, and what it says in words.
func (d Document) said(l Line, s Style) (who, text string) {
	w := wordsOf(s.Language)
	if l.Code != "" {
		known, ok := w.system[l.Code]
		if !ok {
			known = w.system["other"]
		}
		return "", strings.ReplaceAll(known, "{name}", l.Who)
	}
	who = d.author(l, s)
	if l.Note {
		who = fmt.Sprintf(w.note, l.Who)
	}
	parts := append(d.quote(l, s), l.body(s)...)
	return who, strings.Join(append(parts, d.marks(l)...), "\n")
}

// author is who wrote a line: a bot goes by what colleagues call it, and by the
// center's name towards the customer.
//
// Source: API-01.
func (d Document) author(l Line, s Style) string {
	switch {
	case l.Elsewhere && s.Internal:
		return Elsewhere(s.Language)
	case l.Elsewhere:
		return d.Center
	}
	return l.Who
}

// quoteMax bounds what is repeated of a message that another answers.
//
// Unit: characters.
const quoteMax = 80

// quote says what a line answers, if that is in the document.
func (d Document) quote(l Line, s Style) []string {
	if l.Content == nil || l.Content.ReplyTo == "" {
		return nil
	}
	at := slices.IndexFunc(d.Lines, func(x Line) bool { return x.ID == l.Content.ReplyTo })
	if at < 0 {
		return nil
	}
	said := []rune(strings.Join(strings.Fields(strings.Join(d.Lines[at].body(s), " ")), " "))
	if len(said) > quoteMax {
		said = append(said[:quoteMax], '\u2026')
	}
	return []string{"> " + d.author(d.Lines[at], s) + Colon(s.Language) + string(said)}
}

// marks are the emojis under a line, with whose they are.
func (d Document) marks(l Line) []string {
	if l.Content == nil {
		return nil
	}
	var out []string
	for _, r := range l.Content.Reactions {
		who := d.Customer
		if r.By != parley.FromCustomer {
			who = d.Center
		}
		if r.Failed == "" {
			out = append(out, "["+r.Emoji+" "+who+"]")
		}
	}
	return out
}

// Text returns the document as plain text.
func (d Document) Text(s Style) string {
	said, _ := d.Part(s, "")
	return d.Head(s) + said
}

// Head returns what stands above the lines of a text.
func (d Document) Head(s Style) string {
	var out strings.Builder
	out.WriteString(wordsOf(s.Language).title + "\n" + d.Center + "\n\n")
	for _, f := range d.facts(s) {
		out.WriteString(f.label + Colon(s.Language) + f.value + "\n")
	}
	return out.String()
}

// Part returns the lines as text, for a document that is written in parts: day is
// the last one that stands above, "" at the beginning; the last of these comes back.
func (d Document) Part(s Style, day string) (text, last string) {
	var out strings.Builder
	for _, l := range d.lines(s) {
		if now := s.day(l.At); now != day {
			day = now
			out.WriteString("\n" + day + "\n")
		}
		who, text := d.said(l, s)
		if who == "" {
			out.WriteString(s.clock(l.At) + "  (" + text + ")\n")
			continue
		}
		out.WriteString(s.clock(l.At) + "  " + who + Colon(s.Language) + strings.ReplaceAll(text, "\n", "\n  ") + "\n")
	}
	return out.String(), day
}

// moment writes a time with its day, "" for none.
func (s Style) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	zone := t.In(s.zone()).Format("MST")
	if french(s.Language) && frenchZones[zone] != "" {
		zone = frenchZones[zone]
	}
	return s.day(t) + " " + s.clock(t) + " " + zone
}

func (s Style) day(t time.Time) string {
	if french(s.Language) {
		return t.In(s.zone()).Format(time.DateOnly)
	}
	return t.In(s.zone()).Format("Jan 2, 2006")
}

func (s Style) clock(t time.Time) string {
	if french(s.Language) {
		return t.In(s.zone()).Format("15 h 04")
	}
	return t.In(s.zone()).Format("3:04 PM")
}

func (s Style) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

func french(language string) bool { return strings.HasPrefix(language, "fr") }
