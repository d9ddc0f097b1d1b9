package parley

import (
	"strings"
	"unicode/utf16"
)

// How many units one SMS holds, alone and as one of several.
//
// Unit: septets of GSM 03.38; UTF-16 code units of UCS-2.
// Source: CNV-05, networks.md 10.
const (
	gsmAlone  = 160
	gsmEach   = 153
	ucs2Alone = 70
	ucs2Each  = 67
)

// gsmEscape leads to the extension table.
const gsmEscape = 0x1b

// gsmBasic is the default alphabet in its order; the escape's own place is held by NUL.
//
// Source: 3GPP TS 23.038, section 6.2.1.
var gsmBasic = []rune("@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5" +
	"\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\x00\u00c6\u00e6\u00df\u00c9" +
	" !\"#\u00a4%&'()*+,-./0123456789:;<=>?" +
	"\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7" +
	"\u00bfabcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0")

// gsmExtension is what stands behind the escape: two septets each.
//
// Source: 3GPP TS 23.038, section 6.2.1.1.
var gsmExtension = map[byte]rune{
	0x0a: '\f', 0x14: '^', 0x28: '{', 0x29: '}', 0x2f: '\\', 0x3c: '[', 0x3d: '~', 0x3e: ']', 0x40: '|', 0x65: '\u20ac',
}

// gsmOctets is how each letter is written.
var gsmOctets = func() map[rune]string {
	all := map[rune]string{}
	for i, r := range gsmBasic {
		if i != gsmEscape {
			all[r] = string([]byte{byte(i)})
		}
	}
	for b, r := range gsmExtension {
		all[r] = string([]byte{gsmEscape, b})
	}
	return all
}()

// SMSSegments counts what a text costs by SMS: how many segments, whether it goes
// as UCS-2, and at which code points stand the letters that force it to.
//
// Source: CNV-05, networks.md 10.
func SMSSegments(text string) (segments int, ucs2 bool, forcing []int) {
	letters := []rune(text)
	for i, r := range letters {
		if gsmOctets[r] == "" {
			forcing = append(forcing, i)
		}
	}
	alone, each := gsmAlone, gsmEach
	if ucs2 = len(forcing) > 0; ucs2 {
		alone, each = ucs2Alone, ucs2Each
	}
	if SMSUnits(text) <= alone {
		return min(1, len(letters)), ucs2, forcing
	}
	segments = 1
	full := 0
	for _, r := range letters { // no letter is cut in two
		n := smsUnits(r, ucs2)
		if full += n; full > each {
			segments, full = segments+1, n
		}
	}
	return segments, ucs2, forcing
}

// SMSUnits is how long a text is by SMS.
//
// Unit: septets, or UTF-16 code units if a letter is in no GSM alphabet.
func SMSUnits(text string) int {
	_, gsm := GSMEncode(text)
	n := 0
	for _, r := range text {
		n += smsUnits(r, !gsm)
	}
	return n
}

func smsUnits(r rune, ucs2 bool) int {
	if ucs2 {
		return max(1, utf16.RuneLen(r))
	}
	return len(gsmOctets[r])
}

// GSMEncode writes a text in GSM 03.38, one septet an octet; false if a letter is
// in neither table.
func GSMEncode(text string) ([]byte, bool) {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		octets := gsmOctets[r]
		if octets == "" {
			return nil, false
		}
		out = append(out, octets...)
	}
	return out, true
}

// GSMDecode reads GSM 03.38, one septet an octet. An escape with nothing known
// behind it is a space, as the standard asks.
func GSMDecode(octets []byte) string {
	var out strings.Builder
	escaped := false
	for _, b := range octets {
		b &= 0x7f
		switch r, known := gsmExtension[b]; {
		case escaped && known:
			out.WriteRune(r)
			escaped = false
			continue
		case b == gsmEscape && !escaped:
			escaped = true
			continue
		case escaped:
			out.WriteByte(' ')
			escaped = false
		}
		if b != gsmEscape {
			out.WriteRune(gsmBasic[b])
		}
	}
	if escaped {
		out.WriteByte(' ')
	}
	return out.String()
}

// SMSChoice returns whether a text asks us to write no more (true) or again
// (false); nil if it says anything else. Only a message that is the one word
// counts. YES is left out of the words for again: it answers questions.
//
// Source: SMS-09, networks.md 5, opt-out. ARRET is STOP in Canadian French.
func SMSChoice(text string) *bool {
	out := false
	switch strings.ToUpper(strings.TrimSpace(text)) {
	case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "ARRET", "ARR\u00caT":
		out = true
	case "START", "UNSTOP":
	default:
		return nil
	}
	return &out
}

// SMSHelp returns whether a text asks who writes here and how it stops, and in
// which language; "" if the word does not tell. Only a message that is the one word
// counts, with or without a dot.
//
// Source: SMS-09, networks.md 5, opt-out. AIDE is HELP in Canadian French.
func SMSHelp(text string) (asked bool, language string) {
	switch strings.ToUpper(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "."))) {
	case "HELP", "INFO":
		return true, ""
	case "AIDE":
		return true, "fr-CA"
	}
	return false, ""
}

// SMSPerson returns a sender's number in E.164; "" for a short code, or a name of
// letters: nobody can be answered there.
//
// Source: SMS-04, SMS-08, networks.md 11.
func SMSPerson(sender string) Address {
	digits := strings.TrimPrefix(sender, "+")
	if len(digits) < 7 || len(digits) > 15 || digits[0] == '0' || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return Address("+" + digits)
}

// shortCodeMax is how many digits a short code has at most; numbers have more.
const shortCodeMax = 6

// ShortCode reports whether a phone number is a short code.
//
// Source: SMS-04.
func ShortCode(number string) bool {
	digits := strings.TrimPrefix(number, "+")
	return digits != "" && len(digits) <= shortCodeMax && strings.Trim(digits, "0123456789") == ""
}
