package transcript

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"

	"parley"
)

var day = time.Date(2026, 3, 2, 14, 5, 0, 0, time.UTC)

func talked() Document {
	return Document{
		Center: "Cedar & Pine", Case: 1005, Number: 42, Origin: 41, Channel: parley.WebChat, Queue: "Support", Agent: "Amy Chen",
		Customer: "Marie Tremblay", Initiated: day, Accepted: day.Add(time.Minute), Ended: day.Add(time.Hour),
		Codes: []string{"Refund"}, Hash: "0a1b2c",
		Lines: []Line{
			{At: day, Who: "Marie Tremblay", Text: "O\u00f9 est ma commande\u00a0? \U0001f44d\U0001f3fd", Content: &parley.Content{Reactions: []parley.Reaction{{Emoji: "\u2764", By: parley.FromAgent}}}},
			{At: day.Add(time.Minute), Who: "Amy Chen", Code: "agent_joined"},
			{At: day.Add(2 * time.Minute), Who: "Amy Chen", Text: "Here it is.", Content: &parley.Content{Files: []parley.Attachment{{Name: "label.png"}}}},
			{At: day.Add(3 * time.Minute), Who: "Amy Chen", Text: "Impatient", Note: true},
			{At: day.Add(time.Hour), Code: "conversation_ended"},
		},
	}
}

func TestText(t *testing.T) {
	montreal, err := time.LoadLocation("America/Montreal")
	if err != nil {
		t.Fatal(err)
	}
	d := talked()
	got := d.Text(Style{Language: "fr-CA", Zone: montreal})
	for _, want := range []string{
		"Transcription\nCedar & Pine", "Dossier\u00a0: 1005", "D\u00e9but\u00a0: 2026-03-02 09 h 05 HNE", "Clavardage",
		"09 h 05  Marie Tremblay\u00a0: O\u00f9 est ma commande", "(Amy Chen a rejoint la conversation)", "[label.png]", "[\u2764 Cedar & Pine]",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("CRM-08: %q is missing in\n%s", want, got)
		}
	}
	for _, secret := range []string{"Impatient", "Refund", "0a1b2c"} {
		if strings.Contains(got, secret) {
			t.Errorf("XFR-08: the customer gets what is ours: %q", secret)
		}
	}
	got = d.Text(Style{Language: "en", Zone: time.UTC, Internal: true})
	for _, want := range []string{"Initiated: Mar 2, 2026 2:05 PM UTC", "Accepted:", "Ended:", "Transferred from: 41", "Codes: Refund", "Amy Chen (internal note): Impatient", "SHA-256: 0a1b2c"} {
		if !strings.Contains(got, want) {
			t.Errorf("CRM-08: %q is missing in\n%s", want, got)
		}
	}
}

func TestEveryWordIsInBothLanguages(t *testing.T) {
	for code := range englishWords.system {
		if frenchWords.system[code] == "" {
			t.Errorf("LOC-01: %s has no French", code)
		}
	}
	for channel := range englishWords.channels {
		if frenchWords.channels[channel] == "" {
			t.Errorf("LOC-01: %s has no French", channel)
		}
	}
	if len(englishWords.system) != len(frenchWords.system) {
		t.Error("LOC-01: French has a word that English lacks")
	}
}

func TestPDF(t *testing.T) {
	d := talked()
	for range 300 { // several pages
		d.Lines = append(d.Lines, Line{At: day, Who: "Marie Tremblay", Text: strings.Repeat("encore ", 20)})
	}
	s := Style{Language: "fr-CA", Zone: time.UTC, Internal: true}
	first, err := d.PDF(s)
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.PDF(s)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(first, []byte("%PDF-")) || !bytes.Equal(first, again) {
		t.Errorf("CRM-08: a PDF, the same every time: %d and %d bytes", len(first), len(again))
	}
	if n := bytes.Count(first, []byte("/Type /Page\n")); n < 5 {
		t.Errorf("CRM-08: all of it, over pages: %d", n)
	}
	if path := os.Getenv("PARLEY_PDF"); path != "" { // to look at it
		if err := os.WriteFile(path, first, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestShown holds that French is written as it is, and an emoji of several
// characters is one square.
func TestShown(t *testing.T) {
	p := &pages{}
	french := "\u00c9t\u00e9, No\u00ebl, \u0153uf, \u00ab\u00a0gar\u00e7on\u00a0\u00bb \u2014 20\u00a0\u20ac\u2026 l\u2019ao\u00fbt"
	if got := p.shown(french); got != french || p.squares {
		t.Errorf("LOC-01: %q became %q", french, got)
	}
	if got := p.shown("a\U0001f468\u200d\U0001f469\u200d\U0001f467b \U0001f44d\U0001f3fd \u2764\ufe0f"); got != "a\u25a1\u25a1\u25a1b \u25a1 \u25a1" || !p.squares {
		t.Errorf("CRM-08: emoji: %q", got)
	}
	if got := p.shown("\u202emoc.elpmaxe\tx"); got != "moc.elpmaxe x" {
		t.Errorf("A-036: nothing turns the text around: %q", got)
	}
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	if index, err := f.GlyphIndex(nil, square); err != nil || index == 0 {
		t.Errorf("the font has no square: %v", err)
	}
}

// FuzzPDF writes whatever people type.
func FuzzPDF(f *testing.F) {
	f.Add("Bonjour")
	f.Add("\u0645\u0631\u062d\u0628\u0627 \U0001f600 \x00\xff")
	f.Fuzz(func(t *testing.T, text string) {
		d := Document{Customer: text, Lines: []Line{{At: day, Who: text, Text: text}}}
		if _, err := d.PDF(Style{}); err != nil {
			t.Fatal(err)
		}
	})
}
