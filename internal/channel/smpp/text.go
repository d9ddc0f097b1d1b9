package smpp

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"parley"
)

// data_coding.
//
// Source: SMPP 3.4, section 5.2.19; networks.md 8.
const (
	codingDefault byte = 0x00
	codingASCII   byte = 0x01
	codingLatin   byte = 0x03
	codingUCS2    byte = 0x08
)

// classUDH is the flag of esm_class that a header stands before the text.
const classUDH byte = 0x40

// How long messages travel, and which alphabet data_coding 0 is: what networks
// differ in, and tell their customers.
const (
	longUDH     = "udh"
	longUDH16   = "udh16"
	longSAR     = "sar"
	longPayload = "payload"
	latin1      = "latin1"
)

// encode writes a text in the narrowest alphabet that has every letter.
func encode(text, alphabet string) ([]byte, byte) {
	if alphabet == latin1 {
		if octets, ok := latin(text); ok {
			return octets, codingLatin
		}
	} else if octets, ok := parley.GSMEncode(text); ok {
		return octets, codingDefault
	}
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = binary.BigEndian.AppendUint16(out, unit)
	}
	return out, codingUCS2
}

func latin(text string) ([]byte, bool) {
	var out []byte
	for _, r := range text {
		if r > 0xff {
			return nil, false
		}
		out = append(out, byte(r))
	}
	return out, true
}

// decode reads octets; false where they are no text.
func decode(octets []byte, coding byte, alphabet string) (string, bool) {
	if coding&0xf4 == 0xf0 { // a message class, of text
		coding = codingDefault
	}
	switch {
	case coding == codingUCS2:
		units := make([]uint16, len(octets)/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(octets[2*i:])
		}
		return string(utf16.Decode(units)), true
	case coding == codingLatin, coding == codingDefault && alphabet == latin1:
		var out strings.Builder
		for _, b := range octets {
			out.WriteRune(rune(b))
		}
		return out.String(), true
	case coding == codingASCII:
		return strings.ToValidUTF8(string(octets), "\ufffd"), true
	case coding == codingDefault:
		return parley.GSMDecode(octets), true
	}
	return "", false
}

// room is how much one message holds alone, and as one of several by udh or by
// another way, whose header may be one octet longer.
//
// Unit: octets on our wire; those of GSM are septets in the air.
func room(coding byte, long string) (alone, each int) {
	gsm := coding == codingDefault
	switch {
	case gsm && long == longUDH:
		return 160, 153
	case gsm:
		return 160, 152
	case long == longUDH:
		return 140, 134
	}
	return 140, 132
}

// cut splits octets so that no letter is torn.
func cut(octets []byte, coding byte, long string) [][]byte {
	alone, each := room(coding, long)
	if len(octets) <= alone || long == longPayload {
		return [][]byte{octets}
	}
	var parts [][]byte
	for len(octets) > each {
		n := each
		switch {
		case coding == codingDefault && octets[n-1] == 0x1b:
			n--
		case coding == codingUCS2 && octets[n-2]&0xfc == 0xd8:
			n -= 2
		}
		parts, octets = append(parts, octets[:n]), octets[n:]
	}
	return append(parts, octets)
}

// pack makes the messages that carry a text, of which m is the pattern.
//
// Source: networks.md 8; 3GPP TS 23.040, section 9.2.3.24.1.
func pack(m short, text string, in parley.EntryPoint, ref uint16) []short {
	long := in.Setting("long_messages")
	if long == "" {
		long = longUDH
	}
	octets, coding := encode(text, in.Setting("default_alphabet"))
	m.coding = coding
	parts := cut(octets, coding, long)
	var out []short
	for i, octets := range parts {
		one, n, total := m, byte(i+1), byte(len(parts))
		one.text = octets
		switch {
		case len(parts) == 1 && long == longPayload && len(octets) > shortMax:
			one.text, one.tlvs = nil, map[uint16][]byte{tagPayload: octets}
		case len(parts) == 1:
		case long == longSAR:
			one.tlvs = map[uint16][]byte{tagSarRef: {byte(ref >> 8), byte(ref)}, tagSarTotal: {total}, tagSarPart: {n}}
		case long == longUDH16:
			one.class |= classUDH
			one.text = append([]byte{6, 8, 4, byte(ref >> 8), byte(ref), total, n}, octets...)
		default:
			one.class |= classUDH
			one.text = append([]byte{5, 0, 3, byte(ref), total, n}, octets...)
		}
		out = append(out, one)
	}
	return out
}

// piece is a part of a long message as it came.
type piece struct {
	ref, total, part int // total 1: it is whole
	coding           byte
	octets           []byte
}

// unpack finds out which part of what a message is.
//
// Errors: errMalformed for a header that is none.
func unpack(m short) (piece, error) {
	p := piece{total: 1, part: 1, coding: m.coding, octets: m.octets()}
	if m.class&classUDH != 0 {
		return p.header()
	}
	if total, some := number(m.tlvs[tagSarTotal]); some {
		ref, okRef := number(m.tlvs[tagSarRef])
		part, okPart := number(m.tlvs[tagSarPart])
		if !okRef || !okPart || part < 1 || part > total {
			return p, errMalformed
		}
		p.ref, p.total, p.part = ref, total, part
	}
	return p, nil
}

// header takes the user data header off.
func (p piece) header() (piece, error) {
	s := scanner{rest: p.octets}
	head := scanner{rest: s.octets(int(s.octet()))}
	if s.bad {
		return p, errMalformed
	}
	p.octets = s.rest
	for len(head.rest) > 0 && !head.bad {
		element := head.octet()
		value := head.octets(int(head.octet()))
		switch {
		case element == 0x00 && len(value) == 3:
			p.ref, p.total, p.part = int(value[0]), int(value[1]), int(value[2])
		case element == 0x08 && len(value) == 4:
			p.ref, p.total, p.part = int(binary.BigEndian.Uint16(value)), int(value[2]), int(value[3])
		}
	}
	if head.bad || p.part < 1 || p.part > p.total {
		return p, errMalformed
	}
	return p, nil
}

// number reads an optional parameter of one or two octets.
func number(value []byte) (int, bool) {
	switch len(value) {
	case 1:
		return int(value[0]), true
	case 2:
		return int(binary.BigEndian.Uint16(value)), true
	}
	return 0, false
}
