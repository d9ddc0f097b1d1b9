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

// septets reports whether a data_coding travels in the default alphabet: the
// default itself, IA5, and the message classes.
func septets(coding byte) bool {
	return coding == codingDefault || coding == 0x01 || coding == 0xF0 || coding == 0xF1
}

// decode reads octets under a data_coding; false where a handset would show nothing readable.
func decode(coding byte, octets []byte) (string, bool) {
	switch {
	case septets(coding):
		return simulator.GSMText(octets), true
	case coding == codingLatin:
		return latinText(octets), true
	case coding == codingUCS2:
		return simulator.UCSText(octets), true
	}
	return "", false
}
