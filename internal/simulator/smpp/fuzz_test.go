package smpp

import (
	"bytes"
	"testing"
)

// FuzzSession feeds a connection with anything: it must answer or end, never fall over.
func FuzzSession(f *testing.F) {
	f.Add(pdu{command: bindTransceiver, sequence: 1, body: bindBody("amy", "secret")}.bytes())
	f.Add(pdu{command: submitSM, sequence: 2, body: message("hi").bytes()}.bytes())
	long := pack(short{from: "1", to: "15145550134"}, bytes.Repeat([]byte{'a'}, 200), Manner{Carriage: SAR}, 7)
	f.Add(pdu{command: submitSM, sequence: 3, body: long[0].bytes()}.bytes())
	f.Add([]byte{0, 0, 0, 16, 0, 0, 0, 0x15, 0, 0, 0, 0, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, stream []byte) {
		p, err := readPDU(bytes.NewReader(stream))
		if err != nil {
			return
		}
		if got := p.bytes(); !bytes.Equal(got, stream[:len(got)]) {
			t.Errorf("%x came back as %x", stream, got)
		}
		p.shown("amy", false)
		s, status := parseShort(p.body)
		if status != OK {
			return
		}
		if part, status := parsePart(s); status == OK && (part.number < 1 || part.number > part.total || part.total > partsMost) {
			t.Errorf("part %d of %d", part.number, part.total)
		}
		decode(s.coding, s.text)
	})
}
