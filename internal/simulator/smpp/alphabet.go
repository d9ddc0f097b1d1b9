package smpp

import (
	"encoding/binary"
	"unicode/utf16"
)

// basic is the default alphabet of 3GPP TS 23.038, 6.2.1: septet to rune. 0x1B leads to extended.
var basic = [128]rune{
	'@', 0xA3, '$', 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, '\n', 0xD8, 0xF8, '\r', 0xC5, 0xE5,
	0x394, '_', 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0x1B, 0xC6, 0xE6, 0xDF, 0xC9,
	' ', '!', '"', '#', 0xA4, '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
	'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
	0xA1, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
	'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 0xC4, 0xD6, 0xD1, 0xDC, 0xA7,
	0xBF, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
	'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
}

// extended is the extension table of 6.2.1.1, behind an escape.
var extended = map[byte]rune{0x0A: '\f', 0x14: '^', 0x28: '{', 0x29: '}', 0x2F: '\\', 0x3C: '[', 0x3D: '~', 0x3E: ']', 0x40: '|', 0x65: 0x20AC}

var septets = func() map[rune][]byte {
	all := map[rune][]byte{}
	for b, r := range basic {
		if b != escape {
			all[r] = []byte{byte(b)}
		}
	}
	for b, r := range extended {
		all[r] = []byte{escape, b}
	}
	return all
}()

const escape = 0x1B

// gsmBytes encodes text in the default alphabet, an octet a septet; false where a rune has no place in it.
func gsmBytes(text string) ([]byte, bool) {
	var out []byte
	for _, r := range text {
		b, ok := septets[r]
		if !ok {
			return nil, false
		}
		out = append(out, b...)
	}
	return out, true
}

// gsmText decodes the default alphabet. An escape with an unknown follower is a
// space, and a set top bit is ignored, as 6.2.1 asks of a handset.
func gsmText(octets []byte) string {
	var out []rune
	for i := 0; i < len(octets); i++ {
		b := octets[i] & 0x7F
		if b != escape {
			out = append(out, basic[b])
			continue
		}
		if i++; i == len(octets) {
			break
		}
		if r, ok := extended[octets[i]&0x7F]; ok {
			out = append(out, r)
		} else {
			out = append(out, ' ')
		}
	}
	return string(out)
}

// latinBytes encodes text in ISO 8859-1.
func latinBytes(text string) ([]byte, bool) {
	var out []byte
	for _, r := range text {
		if r > 0xFF {
			return nil, false
		}
		out = append(out, byte(r))
	}
	return out, true
}

func latinText(octets []byte) string {
	out := make([]rune, len(octets))
	for i, b := range octets {
		out[i] = rune(b)
	}
	return string(out)
}

// ucsBytes encodes text as UTF-16BE, which handsets read where UCS-2 is declared.
func ucsBytes(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.BigEndian.AppendUint16(out, unit)
	}
	return out
}

// ucsText decodes UTF-16BE; an odd last octet is dropped.
func ucsText(octets []byte) string {
	units := make([]uint16, len(octets)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(octets[2*i:])
	}
	return string(utf16.Decode(units))
}

// decode reads octets under a data_coding; false where a handset would show nothing readable.
func decode(coding byte, octets []byte) (string, bool) {
	switch coding {
	case codingDefault, 0x01, 0xF0, 0xF1: // also IA5, which the networks carry in the default alphabet, and message classes
		return gsmText(octets), true
	case codingLatin:
		return latinText(octets), true
	case codingUCS2:
		return ucsText(octets), true
	}
	return "", false
}
