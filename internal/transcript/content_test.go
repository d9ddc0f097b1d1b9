package transcript

import (
	"encoding/json"
	"maps"
	"os"
	"strings"
	"testing"

	"parley"
)

// TestContent holds that nothing a message can carry is missing on paper.
func TestContent(t *testing.T) {
	picture := parley.Attachment{Kind: parley.ContentVoice, State: parley.AttachmentFailed, Why: "expired"}
	form := []parley.Pair{{Name: "day", Value: "monday"}, {Name: "source_id", Value: "12"}, {Name: "ref"}}
	for name, c := range map[string]struct {
		line Line
		want string // for the customer, in French
		ours string // for colleagues, in English; "" = not looked at
	}{
		"text":            {line: Line{Text: "a"}, want: "a"},
		"A-118: erased":   {line: Line{Text: parley.Erased}, want: "[effac\u00e9]", ours: parley.Erased},
		"file":            {line: Line{Content: &parley.Content{Files: []parley.Attachment{picture}}}, want: "[Message vocal\u00a0: Le r\u00e9seau a supprim\u00e9 le fichier.]"},
		"caption":         {line: Line{Text: "a", Content: &parley.Content{Files: []parley.Attachment{{Name: "x.pdf", Caption: "a"}}}}, want: "a\n[x.pdf]"},
		"sticker":         {line: Line{Content: &parley.Content{Files: []parley.Attachment{{Kind: parley.ContentSticker}}}}, want: "[Autocollant]"},
		"place":           {line: Line{Text: "a", Content: &parley.Content{Location: &parley.Location{Latitude: 45.5, Longitude: -73}}}, want: "Lieu, 45.50000, -73.00000"},
		"people":          {line: Line{Text: "Jo", Content: &parley.Content{Contacts: []parley.ContactCard{{Name: "Jo", Phones: []string{"+1"}}}}}, want: "Jo, +1"},
		"form":            {line: Line{Text: "Sent", Content: &parley.Content{Kind: parley.ContentForm, Fields: form}}, want: "Sent\n[Formulaire]\nday\u00a0: monday\nNum\u00e9ro de la source\u00a0: 12"},
		"placeholder":     {line: Line{Content: &parley.Content{Kind: parley.ContentPlaceholder, Note: "new"}}, want: "[Le r\u00e9seau ne transmet pas ce genre de message.]"},
		"automatic":       {line: Line{Text: "a", Content: &parley.Content{Note: autoReply}}, want: "a"},
		"choices":         {line: Line{Text: "a", Content: &parley.Content{Options: []parley.Choice{{Title: "b"}}}}, want: "a\n- b"},
		"forwarded":       {line: Line{Text: "a", Content: &parley.Content{Forwarded: true}}, want: "[Transf\u00e9r\u00e9]\na"},
		"forwarded a lot": {line: Line{Text: "a", Content: &parley.Content{Forwarded: true, Often: true}}, want: "[Transf\u00e9r\u00e9 de nombreuses fois]\na"},
		"late":            {line: Line{Text: "a", Content: &parley.Content{SentAt: parley.Millis(day)}}, want: "[\u00c9crit le 2026-03-02 14 h 05 UTC]\na"},
		"edited":          {line: Line{Text: "a", Content: &parley.Content{Edited: "b"}}, want: "b", ours: "b\n[Before it was edited: a]"},
		"taken back":      {line: Line{Text: "a", Content: &parley.Content{RevokedAt: 1}}, want: "[Retir\u00e9]", ours: "[Taken back]\na"},
		"failed":          {line: Line{Text: "a", Delivery: &parley.Delivery{State: parley.DeliveryFailed}}, want: "a\n[Non envoy\u00e9]"},
		"unconfirmed":     {line: Line{Text: "a", Delivery: &parley.Delivery{State: parley.DeliveryUnconfirmed}}, want: "a\n[Non confirm\u00e9]"},
		"read":            {line: Line{Text: "a", Delivery: &parley.Delivery{State: parley.DeliveryRead}}, want: "a"},
	} {
		m := parley.Message{Text: c.line.Text, Content: c.line.Content, Delivery: c.line.Delivery}
		if got := Words(m, Style{Language: "fr-CA"}); got != c.want {
			t.Errorf("CRM-08: %s: %q, want %q", name, got, c.want)
		}
		if got := strings.Join(c.line.body(Style{Internal: true}), "\n"); c.ours != "" && got != c.ours {
			t.Errorf("CRM-08: %s for colleagues: %q, want %q", name, got, c.ours)
		}
	}
}

func TestBot(t *testing.T) {
	// API-01: what a bot said is not the system's, and no line without a name.
	d := Document{Center: "Cedar & Pine", Lines: []Line{
		{ID: "msg_1", At: day, Elsewhere: true, Text: "How can I help?"},
		{At: day, Who: "Ada King", Text: "My bill", Content: &parley.Content{ReplyTo: "msg_1"}},
	}}
	for _, c := range []struct {
		style Style
		want  string
	}{
		{Style{Language: "en"}, "Cedar & Pine"},
		{Style{Language: "en", Internal: true}, "Bot or another app"},
		{Style{Language: "fr-CA", Internal: true}, "Robot ou autre application"},
	} {
		got, colon := d.Text(c.style), wordsOf(c.style.Language).colon
		if !strings.Contains(got, "  "+c.want+colon+"How can I help?") || !strings.Contains(got, "> "+c.want+colon+"How can I help?") {
			t.Errorf("%q is not in\n%s", c.want, got)
		}
	}
}

// TestQuote holds that an answer says what it answers.
func TestQuote(t *testing.T) {
	long := strings.Repeat("where ", 40)
	d := Document{Lines: []Line{
		{ID: "msg_1", At: day, Who: "Marie", Text: long},
		{ID: "msg_2", At: day, Who: "Amy", Text: "Here", Content: &parley.Content{ReplyTo: "msg_1"}},
		{ID: "msg_3", At: day, Who: "Amy", Text: "There", Content: &parley.Content{ReplyTo: "msg_0"}},
	}}
	got := d.Text(Style{})
	for _, want := range []string{"Amy: > Marie: " + strings.TrimSpace(long[:80]), "\u2026\n  Here\n", "Amy: There\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("CRM-08: %q is missing in\n%s", want, got)
		}
	}
}

// TestPaperSaysWhatTheScreenSays holds the words against the screen's.
func TestPaperSaysWhatTheScreenSays(t *testing.T) {
	for language, words := range map[string]content{"en": englishContent, "fr-CA": frenchContent} {
		raw, err := os.ReadFile("../../web/app/src/i18n/" + language + "/talk.json")
		if err != nil {
			t.Fatal(err)
		}
		var screen struct {
			Kind, Note, Why, Field, Source map[string]string
			State                          map[parley.DeliveryState]string
		}
		if err := json.Unmarshal(raw, &screen); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(screen.Note, words.notes) || !maps.Equal(screen.Why, words.whys) || !maps.Equal(screen.Field, words.fields) || !maps.Equal(screen.Source, words.sources) {
			t.Errorf("LOC-01: %s: a note, a reason or a field is called otherwise on the screen", language)
		}
		for kind, word := range words.kinds {
			if screen.Kind[kind] != word {
				t.Errorf("LOC-01: %s: %s is %q on the screen, %q on paper", language, kind, screen.Kind[kind], word)
			}
		}
		for state, word := range words.fates {
			if screen.State[state] != word {
				t.Errorf("LOC-01: %s: %s is %q on the screen, %q on paper", language, state, screen.State[state], word)
			}
		}
	}
}
