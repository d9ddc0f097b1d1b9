package smpp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// pdu is one protocol data unit: four numbers and a body.
type pdu struct {
	command  Command
	status   Status
	sequence uint32
	body     []byte
}

// errMalformed is a body that ends too early or has a field without its end.
var errMalformed = errors.New("smpp: malformed body")

// errLength is a command_length no PDU can have: the stream is lost.
var errLength = errors.New("smpp: impossible command length")

// readPDU reads one unit. errLength means that nothing after it can be trusted.
func readPDU(r io.Reader) (pdu, error) {
	var head [headerSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return pdu{}, fmt.Errorf("read header: %w", err)
	}
	length := binary.BigEndian.Uint32(head[0:])
	p := pdu{
		command:  Command(binary.BigEndian.Uint32(head[4:])),
		status:   Status(binary.BigEndian.Uint32(head[8:])),
		sequence: binary.BigEndian.Uint32(head[12:]),
	}
	if length < headerSize || length > longestPDU {
		return p, errLength
	}
	p.body = make([]byte, length-headerSize)
	if _, err := io.ReadFull(r, p.body); err != nil {
		return p, fmt.Errorf("read body: %w", err)
	}
	return p, nil
}

// bytes returns the unit as it goes over the wire.
func (p pdu) bytes() []byte {
	out := make([]byte, headerSize, headerSize+len(p.body))
	binary.BigEndian.PutUint32(out[0:], uint32(headerSize+len(p.body)))
	binary.BigEndian.PutUint32(out[4:], uint32(p.command))
	binary.BigEndian.PutUint32(out[8:], uint32(p.status))
	binary.BigEndian.PutUint32(out[12:], p.sequence)
	return append(out, p.body...)
}

// fields takes a body apart, front to back. The first fault stays.
type fields struct {
	rest []byte
	err  error
}

func (f *fields) octet() byte {
	if b := f.octets(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (f *fields) octets(n int) []byte {
	if f.err != nil || len(f.rest) < n {
		f.err = errMalformed
		return nil
	}
	b := f.rest[:n]
	f.rest = f.rest[n:]
	return b
}

// text reads a C octet string of at most longest octets without its end.
func (f *fields) text(longest int) string {
	for i := 0; f.err == nil && i <= longest && i < len(f.rest); i++ {
		if f.rest[i] == 0 {
			s := string(f.rest[:i])
			f.rest = f.rest[i+1:]
			return s
		}
	}
	f.err = errMalformed
	return ""
}

// tlvs reads what is left as optional parameters; a repeated tag keeps its last value.
func (f *fields) tlvs() map[uint16][]byte {
	found := map[uint16][]byte{}
	for f.err == nil && len(f.rest) > 0 {
		head := f.octets(4)
		if head == nil {
			break
		}
		if value := f.octets(int(binary.BigEndian.Uint16(head[2:]))); f.err == nil {
			found[binary.BigEndian.Uint16(head)] = value
		}
	}
	return found
}

// writer puts a body together.
type writer struct{ out []byte }

func (w *writer) octets(b ...byte) { w.out = append(w.out, b...) }

func (w *writer) text(s string) { w.out = append(append(w.out, s...), 0) }

func (w *writer) tlv(tag uint16, value []byte) {
	w.out = binary.BigEndian.AppendUint16(w.out, tag)
	w.out = binary.BigEndian.AppendUint16(w.out, uint16(len(value)))
	w.out = append(w.out, value...)
}
