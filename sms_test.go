package parley

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSMSSegments is CNV-05: the same vectors hold in the browser (web/app/src/parts/sms.ts).
func TestSMSSegments(t *testing.T) {
	raw, err := os.ReadFile("testdata/sms.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name, Text string
		Repeat     int
		Segments   int
		Units      int
		UCS2       bool
		Forcing    []int
	}
	if err := json.Unmarshal(raw, &vectors); err != nil || len(vectors) < 20 {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	for _, v := range vectors {
		text := strings.Repeat(v.Text, max(1, v.Repeat))
		segments, ucs2, forcing := SMSSegments(text)
		if segments != v.Segments || ucs2 != v.UCS2 || !slices.Equal(forcing, v.Forcing) || SMSUnits(text) != v.Units {
			t.Errorf("CNV-05: %s: %d segments of %d units, UCS-2 %t by %v; want %+v", v.Name, segments, SMSUnits(text), ucs2, forcing, v)
		}
	}
}

func TestGSMAlphabet(t *testing.T) {
	if len(gsmBasic) != 128 {
		t.Fatalf("%d letters", len(gsmBasic))
	}
	for text, want := range map[string]string{
		"@\u00a3\u00e9\u00e0\u00c7":  "\x00\x01\x05\x7f\x09",
		"\u20ac[]{}^~\\|\f":          "\x1be\x1b<\x1b>\x1b(\x1b)\x1b\x14\x1b=\x1b/\x1b@\x1b\n",
		"A \u00a1\u00bf\u0394\u00a4": "A \x40\x60\x10\x24",
	} {
		got, ok := GSMEncode(text)
		if !ok || string(got) != want || GSMDecode(got) != text {
			t.Errorf("%q is %x, read back as %q", text, got, GSMDecode(got))
		}
	}
	for _, text := range []string{"\u00e7", "\u2019", "\u2013", "\u00a0", "\t", "`", "\u00e1", "\u00ea", "\x1b", "\x00", "\U0001f600"} {
		if _, ok := GSMEncode(text); ok {
			t.Errorf("%q is in no GSM alphabet", text)
		}
	}
	for octets, want := range map[string]string{"\x1b": " ", "\x1ba": " a", "\x1b\x1b": " ", "\x80\xc1": "@A", "a\x1b\x1be": "a e"} {
		if got := GSMDecode([]byte(octets)); got != want {
			t.Errorf("%x is %q, want %q", octets, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom(slices.DeleteFunc(append(slices.Clone(gsmBasic), '\u20ac', '{', '\f'), func(r rune) bool { return r == 0 }))).Draw(t, "text")
		octets, ok := GSMEncode(text)
		if !ok || GSMDecode(octets) != text || SMSUnits(text) != len(octets) {
			t.Fatalf("%q: %x, %q", text, octets, GSMDecode(octets))
		}
	})
}

func TestSMSChoice(t *testing.T) {
	for _, word := range []string{"STOP", "stop", " Stop\n", "STOPALL", "Unsubscribe", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "arret", "arr\u00eat"} {
		if got := SMSChoice(word); got == nil || !*got {
			t.Errorf("SMS-09: %q asks for no more", word)
		}
	}
	for _, word := range []string{"START", "unstop"} {
		if got := SMSChoice(word); got == nil || *got {
			t.Errorf("SMS-09: %q asks for more", word)
		}
	}
	for _, text := range []string{"", "yes", "HELP", "stop it", "please stop", "STOP.", "cancel my order", "the end"} {
		if SMSChoice(text) != nil {
			t.Errorf("SMS-09: %q is an ordinary message", text)
		}
	}
}

func TestSMSHelp(t *testing.T) {
	for text, language := range map[string]string{"HELP": "", "help": "", " Help.\n": "", "INFO": "", "aide": "fr-CA", "Aide. ": "fr-CA"} {
		if asked, got := SMSHelp(text); !asked || got != language {
			t.Errorf("SMS-09: %q asks for help: %v, in %q", text, asked, got)
		}
	}
	for _, text := range []string{"", ".", "help me", "HELP..", "HELP!", "an info", "helpful", "STOP"} {
		if asked, _ := SMSHelp(text); asked {
			t.Errorf("SMS-09: %q is an ordinary message", text)
		}
	}
}

func TestSMSPerson(t *testing.T) {
	for sender, want := range map[string]Address{
		"+15550142233": "+15550142233", "15550142233": "+15550142233", "+1234567": "+1234567",
		"32665": "", "+32665": "", "123456": "", "TeaHouse": "", "": "", "+": "", "0155501422": "", "1555014223312345": "", "+1 555": "", "whatsapp:+15550142233": "",
	} {
		if got := SMSPerson(sender); got != want {
			t.Errorf("SMS-04: %q is %q, want %q", sender, got, want)
		}
	}
}
