package smpp

import (
	"encoding/binary"
	"fmt"
)

// short is the body submit_sm and deliver_sm share: section 4.4.1 and 4.6.1.
type short struct {
	from, to   string
	class      byte // esm_class
	registered byte // registered_delivery
	coding     byte // data_coding
	text       []byte
	tlvs       map[uint16][]byte
}

// parseShort reads the body; a wrong field comes back as the status the ESME is told.
func parseShort(body []byte) (short, Status) {
	f := fields{rest: body}
	var s short
	f.text(5) // service_type
	f.octets(2)
	s.from = f.text(longestAddress)
	f.octets(2)
	s.to = f.text(longestAddress)
	s.class = f.octet()
	f.octets(2) // protocol_id, priority_flag
	f.text(16)  // schedule_delivery_time
	f.text(16)  // validity_period
	s.registered = f.octet()
	f.octet() // replace_if_present_flag
	s.coding = f.octet()
	f.octet() // sm_default_msg_id
	length := int(f.octet())
	if f.err != nil {
		return s, InvalidPDULength
	}
	if length > longestShort {
		return s, InvalidLength
	}
	s.text = f.octets(length)
	if f.err != nil {
		return s, InvalidLength
	}
	if s.tlvs = f.tlvs(); f.err != nil {
		return s, InvalidTLVStream
	}
	return s, OK
}

// bytes returns the body of a deliver_sm.
func (s short) bytes() []byte {
	var w writer
	w.text("")
	w.octets(ton(s.from), npi(s.from))
	w.text(s.from)
	w.octets(ton(s.to), npi(s.to))
	w.text(s.to)
	w.octets(s.class, 0, 0)
	w.text("")
	w.text("")
	w.octets(s.registered, 0, s.coding, 0, byte(len(s.text)))
	w.octets(s.text...)
	for _, tag := range [...]uint16{tagReceiptedID, tagSarRef, tagSarTotal, tagSarSequence, tagNetworkError, tagPayload, tagState} {
		if value, ok := s.tlvs[tag]; ok {
			w.tlv(tag, value)
		}
	}
	return w.out
}

// ton is the type of number: 1 international, 3 network specific (a short code), 5 alphanumeric.
func ton(address string) byte {
	switch {
	case !digits(address):
		return 5
	case len(address) <= 6:
		return 3
	}
	return 1
}

// npi is the numbering plan: 1 (E.164) for a number, 0 for letters.
func npi(address string) byte {
	if digits(address) {
		return 1
	}
	return 0
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// number reads a TLV of one or two octets.
func number(value []byte) (int, bool) {
	switch len(value) {
	case 1:
		return int(value[0]), true
	case 2:
		return int(binary.BigEndian.Uint16(value)), true
	}
	return 0, false
}

var names = map[Command]string{
	bindReceiver: "bind_receiver", bindTransmitter: "bind_transmitter", bindTransceiver: "bind_transceiver", querySM: "query_sm", submitSM: "submit_sm",
	deliverSM: "deliver_sm", unbind: "unbind", cancelSM: "cancel_sm", enquireLink: "enquire_link", genericNack &^ answer: "generic_nack",
}

// String returns the operation's name in the specification.
func (c Command) String() string {
	name, ok := names[c&^answer]
	switch {
	case !ok:
		return fmt.Sprintf("%#x", uint32(c))
	case c&answer != 0 && c != genericNack:
		return name + "_resp"
	}
	return name
}

// shown is the unit as a log shows it. A bind shows nothing: it has the password.
func (p pdu) shown(system string, out bool) PDU {
	row := PDU{System: system, Out: out, Name: p.command.String(), Status: p.status, Sequence: p.sequence}
	if p.command != submitSM && p.command != deliverSM {
		return row
	}
	s, status := parseShort(p.body)
	row.Body = fmt.Sprintf("from %s to %s esm_class %#02x data_coding %#02x octets %x", s.from, s.to, s.class, s.coding, s.text)
	for tag, value := range s.tlvs {
		row.Body += fmt.Sprintf(" tlv %04x %x", tag, value)
	}
	if status != OK {
		row.Body = "malformed"
	}
	return row
}
