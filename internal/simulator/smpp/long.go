package smpp

import (
	"encoding/binary"
	"slices"

	"parley/internal/simulator"
)

// Carriage is how a text longer than one message travels.
type Carriage string

// The ways networks differ in.
const (
	UDH8    Carriage = "udh8"    // user data header 05 00 03, 8-bit reference
	UDH16   Carriage = "udh16"   // user data header 06 08 04, 16-bit reference
	SAR     Carriage = "sar"     // sar_msg_ref_num, sar_total_segments, sar_segment_seqnum
	Payload Carriage = "payload" // message_payload, in one piece
	Plain   Carriage = "plain"   // short enough for one message
)

// part is one piece of a message as it was submitted.
type part struct {
	how    Carriage
	ref    int
	total  int
	number int // 1 to total
	header int // octets of the user data header, its length included
	octets []byte
}

// parsePart finds out how the piece travels. InvalidESMClass: the header indicator is set and no header stands there.
func parsePart(s short) (part, Status) {
	p := part{how: Plain, total: 1, number: 1, octets: s.text}
	if payload, ok := s.tlvs[tagPayload]; ok {
		if len(s.text) > 0 {
			return p, InvalidLength // section 5.3.2.32: then sm_length is zero
		}
		p.how, p.octets = Payload, payload
	}
	if s.class&featureUDH != 0 {
		return p.unwrap()
	}
	total, some := s.tlvs[tagSarTotal]
	if !some {
		return p, OK
	}
	ref, okRef := number(s.tlvs[tagSarRef])
	all, okTotal := number(total)
	nth, okNumber := number(s.tlvs[tagSarSequence])
	if !okRef || !okTotal || !okNumber || all < 1 || nth < 1 || nth > all {
		return p, InvalidTLVLength
	}
	p.how, p.ref, p.total, p.number = SAR, ref, all, nth
	return p, OK
}

// unwrap reads the user data header at the front of the octets and takes it off.
func (p part) unwrap() (part, Status) {
	if len(p.octets) < 1 || int(p.octets[0]) > len(p.octets)-1 {
		return p, InvalidESMClass
	}
	head := p.octets[1 : 1+p.octets[0]]
	p.header = 1 + len(head)
	p.octets = p.octets[p.header:]
	for len(head) >= 2 {
		element, size := head[0], int(head[1])
		if size > len(head)-2 {
			return p, InvalidESMClass
		}
		value := head[2 : 2+size]
		head = head[2+size:]
		switch {
		case element == 0x00 && size == 3:
			p.how, p.ref, p.total, p.number = UDH8, int(value[0]), int(value[1]), int(value[2])
		case element == 0x08 && size == 4:
			p.how, p.ref, p.total, p.number = UDH16, int(binary.BigEndian.Uint16(value)), int(value[2]), int(value[3])
		}
	}
	if p.total < 1 || p.number < 1 || p.number > p.total {
		return p, InvalidESMClass
	}
	return p, OK
}

// pile identifies the pieces that belong together.
type pile struct {
	system, from, to string
	how              Carriage
	ref, total       int
}

// joiner lays pieces aside until a message is whole; raw octets, because a
// character may be cut in two between pieces.
type joiner struct {
	piles map[pile]map[int][]byte
	order []pile // oldest first, so that what never becomes whole cannot fill memory
}

// add lays one piece aside and returns the whole once it is there.
func (j *joiner) add(key pile, p part) ([]byte, bool) {
	if p.total == 1 {
		return p.octets, true
	}
	if j.piles == nil {
		j.piles = map[pile]map[int][]byte{}
	}
	if j.piles[key] == nil {
		j.piles[key] = map[int][]byte{}
		j.order = append(j.order, key)
		if len(j.order) > unfinishedMost {
			delete(j.piles, j.order[0])
			j.order = j.order[1:]
		}
	}
	j.piles[key][p.number] = p.octets
	if len(j.piles[key]) < p.total {
		return nil, false
	}
	var whole []byte
	for i := 1; i <= p.total; i++ {
		whole = append(whole, j.piles[key][i]...)
	}
	delete(j.piles, key)
	j.order = slices.DeleteFunc(j.order, func(k pile) bool { return k == key })
	return whole, true
}

// encode chooses the narrowest alphabet that has every character, and returns its data_coding.
func encode(text string, latin bool) ([]byte, byte) {
	if latin {
		if octets, ok := latinBytes(text); ok {
			return octets, codingLatin
		}
	} else if octets, ok := simulator.GSMBytes(text); ok {
		return octets, codingDefault
	}
	return simulator.UCSBytes(text), codingUCS2
}

// room is how many octets one message holds under a coding: 160 septets or 140 octets.
func room(coding byte) int {
	if septets(coding) {
		return 160
	}
	return 140
}

// room is what is left beside the header.
func (p part) room(coding byte) int {
	if septets(coding) {
		return (140 - p.header) * 8 / 7
	}
	return 140 - p.header
}

// cut splits octets into pieces the carriage can hold. A good handset never
// parts an escape from its follower nor a surrogate from its half; careless ones do.
func cut(octets []byte, coding byte, how Carriage, careless bool) [][]byte {
	size := room(coding)
	if how == Payload || len(octets) <= size {
		return [][]byte{octets}
	}
	switch {
	case coding == codingDefault && how == UDH16:
		size = 152 // 7 octets of header are 8 septets
	case coding == codingDefault:
		size = 153
	case how == UDH16:
		size = 132 // 133 rounded down to whole characters
	default:
		size = 134
	}
	var parts [][]byte
	for len(octets) > 0 && len(parts) < partsMost {
		n := min(size, len(octets))
		if rest := n < len(octets) && !careless; rest && coding == codingDefault && octets[n-1] == simulator.Escape {
			n--
		} else if rest && coding == codingUCS2 && octets[n-2]&0xFC == 0xD8 {
			n -= 2
		}
		parts = append(parts, octets[:n])
		octets = octets[n:]
	}
	return parts
}

// pack returns the deliver_sm bodies that carry the octets.
func pack(s short, octets []byte, m Manner, ref uint16) []short {
	how := m.Carriage
	parts := cut(octets, s.coding, how, m.Careless)
	if len(parts) == 1 {
		s.text = octets
		if how == Payload {
			s.text, s.tlvs = nil, map[uint16][]byte{tagPayload: octets}
		}
		return []short{s}
	}
	var out []short
	for i, octets := range parts {
		one, n, total := s, byte(i+1), byte(len(parts))
		switch how {
		case SAR:
			one.text = octets
			one.tlvs = map[uint16][]byte{tagSarRef: binary.BigEndian.AppendUint16(nil, ref), tagSarTotal: {total}, tagSarSequence: {n}}
		case UDH16:
			one.class |= featureUDH
			one.text = append([]byte{6, 8, 4, byte(ref >> 8), byte(ref), total, n}, octets...)
		default:
			one.class |= featureUDH
			one.text = append([]byte{5, 0, 3, byte(ref), total, n}, octets...)
		}
		out = append(out, one)
	}
	return out
}
