package smpp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// command is an operation; its answer has the highest bit set.
//
// Source: SMPP 3.4, section 5.1.2.1.
type command uint32

const (
	bindTransceiver command = 0x09
	submitSM        command = 0x04
	deliverSM       command = 0x05
	unbind          command = 0x06
	enquireLink     command = 0x15
	answerTo        command = 0x80000000
	nack            command = 0x80000000
)

// The optional parameters we read or write.
//
// Source: SMPP 3.4, section 5.3.2.
const (
	tagMessageID uint16 = 0x001e
	tagSarRef    uint16 = 0x020c
	tagSarTotal  uint16 = 0x020e
	tagSarPart   uint16 = 0x020f
	tagError     uint16 = 0x0423
	tagPayload   uint16 = 0x0424
	tagState     uint16 = 0x0427
)

// Bounds of the protocol.
//
// Unit: octets.
const (
	headSize = 16
	pduMax   = 128 << 10 // message_payload holds up to 64 KiB
	shortMax = 254
)

// pdu is one unit on the wire.
type pdu struct {
	command  command
	status   uint32
	sequence uint32
	body     []byte
}

var (
	errLength    = errors.New("smpp: an impossible length")
	errMalformed = errors.New("smpp: a body that ends too early")
)

// readPDU reads one unit. After errLength nothing that follows can be trusted.
func readPDU(r io.Reader) (pdu, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return pdu{}, fmt.Errorf("read a head: %w", err)
	}
	n := binary.BigEndian.Uint32(head[:])
	p := pdu{command: command(binary.BigEndian.Uint32(head[4:])), status: binary.BigEndian.Uint32(head[8:]), sequence: binary.BigEndian.Uint32(head[12:])}
	if n < headSize || n > pduMax {
		return p, errLength
	}
	p.body = make([]byte, n-headSize)
	if _, err := io.ReadFull(r, p.body); err != nil {
		return p, fmt.Errorf("read a body: %w", err)
	}
	return p, nil
}

// bytes is the unit as it goes over the wire.
func (p pdu) bytes() []byte {
	out := binary.BigEndian.AppendUint32(make([]byte, 0, headSize+len(p.body)), uint32(headSize+len(p.body)))
	out = binary.BigEndian.AppendUint32(out, uint32(p.command))
	out = binary.BigEndian.AppendUint32(out, p.status)
	out = binary.BigEndian.AppendUint32(out, p.sequence)
	return append(out, p.body...)
}

// scanner takes a body apart from its front; after the first fault it gives nothing.
type scanner struct {
	rest []byte
	bad  bool
}

func (s *scanner) octets(n int) []byte {
	if s.bad || n > len(s.rest) {
		s.bad = true
		return nil
	}
	out := s.rest[:n]
	s.rest = s.rest[n:]
	return out
}

func (s *scanner) octet() byte {
	if b := s.octets(1); b != nil {
		return b[0]
	}
	return 0
}

// text reads up to the next NUL. How long a field may be we leave to the network.
func (s *scanner) text() string {
	for i, b := range s.rest {
		if b == 0 {
			out := string(s.octets(i))
			s.octets(1)
			return out
		}
	}
	s.bad = true
	return ""
}

// party is an address with its type of number.
type party struct {
	ton, npi byte
	number   string
}

// short is the body that submit_sm and deliver_sm share.
//
// Source: SMPP 3.4, sections 4.4.1 and 4.6.1.
type short struct {
	from, to   party
	class      byte // esm_class
	registered byte // registered_delivery
	coding     byte // data_coding
	text       []byte
	tlvs       map[uint16][]byte
}

func readShort(body []byte) (short, error) {
	s := scanner{rest: body}
	var m short
	s.text() // service_type
	m.from = party{s.octet(), s.octet(), s.text()}
	m.to = party{s.octet(), s.octet(), s.text()}
	m.class = s.octet()
	s.octets(2) // protocol_id, priority_flag
	s.text()    // schedule_delivery_time
	s.text()    // validity_period
	m.registered = s.octet()
	s.octet() // replace_if_present_flag
	m.coding = s.octet()
	s.octet() // sm_default_msg_id
	m.text = s.octets(int(s.octet()))
	m.tlvs = map[uint16][]byte{}
	for !s.bad && len(s.rest) > 0 {
		tag, size := s.octets(2), s.octets(2)
		if size == nil {
			break
		}
		m.tlvs[binary.BigEndian.Uint16(tag)] = s.octets(int(binary.BigEndian.Uint16(size)))
	}
	if s.bad {
		return m, errMalformed
	}
	return m, nil
}

func (m short) bytes() []byte {
	out := []byte{0} // service_type
	for _, p := range []party{m.from, m.to} {
		out = append(append(append(out, p.ton, p.npi), p.number...), 0)
	}
	out = append(out, m.class, 0, 0, 0, 0, m.registered, 0, m.coding, 0, byte(len(m.text)))
	out = append(out, m.text...)
	for _, tag := range []uint16{tagSarRef, tagSarTotal, tagSarPart, tagPayload} {
		if value, ok := m.tlvs[tag]; ok {
			out = binary.BigEndian.AppendUint16(out, tag)
			out = binary.BigEndian.AppendUint16(out, uint16(len(value)))
			out = append(out, value...)
		}
	}
	return out
}

// octets are the message's own, wherever they travel.
func (m short) octets() []byte {
	if payload, ok := m.tlvs[tagPayload]; ok && len(m.text) == 0 {
		return payload
	}
	return m.text
}
