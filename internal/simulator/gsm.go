package simulator

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
		if b != Escape {
			all[r] = []byte{byte(b)}
		}
	}
	for b, r := range extended {
		all[r] = []byte{Escape, b}
	}
	return all
}()

// Escape leads to the extension table.
const Escape = 0x1B

// GSMBytes encodes text in the default alphabet, an octet a septet; false where a rune has no place in it.
func GSMBytes(text string) ([]byte, bool) {
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

// GSMText decodes the default alphabet. An escape with an unknown follower is a
// space, and a set top bit is ignored, as 6.2.1 asks of a handset.
func GSMText(octets []byte) string {
	var out []rune
	for i := 0; i < len(octets); i++ {
		b := octets[i] & 0x7F
		if b != Escape {
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

// UCSBytes encodes text as UTF-16BE, which handsets read where UCS-2 is declared.
func UCSBytes(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.BigEndian.AppendUint16(out, unit)
	}
	return out
}

// UCSText decodes UTF-16BE; an odd last octet is dropped.
func UCSText(octets []byte) string {
	units := make([]uint16, len(octets)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(octets[2*i:])
	}
	return string(utf16.Decode(units))
}
