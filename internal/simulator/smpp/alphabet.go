package smpp

import "parley/internal/simulator"

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

// decode reads octets under a data_coding; false where a handset would show nothing readable.
func decode(coding byte, octets []byte) (string, bool) {
	switch coding {
	case codingDefault, 0x01, 0xF0, 0xF1: // also IA5, which the networks carry in the default alphabet, and message classes
		return simulator.GSMText(octets), true
	case codingLatin:
		return latinText(octets), true
	case codingUCS2:
		return simulator.UCSText(octets), true
	}
	return "", false
}
