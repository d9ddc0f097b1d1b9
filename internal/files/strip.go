package files

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
)

var errBroken = errors.New("not what it says it is")

// cleanJPEG returns a photo without the segments that tell who made it, where and
// with what: EXIF but its orientation, XMP, IPTC, comments, and whatever a camera
// hung behind the end. What its colors need stays.
//
// Source: A-077; ITU T.81 annex B, Exif 3.0 4.6.
func cleanJPEG(raw []byte) (cleaned, error) {
	c := cleaned{turn: 1, frames: 1}
	if len(raw) < 4 || raw[0] != 0xff || raw[1] != 0xd8 {
		return c, errBroken
	}
	out := append(make([]byte, 0, len(raw)), raw[:2]...)
	for at := 2; ; {
		for at < len(raw) && raw[at] == 0xff && at+1 < len(raw) && raw[at+1] == 0xff {
			at++ // padding
		}
		if at+2 > len(raw) || raw[at] != 0xff {
			return c, errBroken
		}
		marker := raw[at+1]
		if marker == 0xd9 {
			c.raw = withTurn(append(out, 0xff, 0xd9), c.turn)
			return c, nil
		}
		if marker == 0x01 || marker >= 0xd0 && marker <= 0xd7 {
			at += 2
			continue
		}
		if at+4 > len(raw) {
			return c, errBroken
		}
		end := at + 2 + int(binary.BigEndian.Uint16(raw[at+2:]))
		if end < at+4 || end > len(raw) {
			return c, errBroken
		}
		body := raw[at+4 : end]
		if marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			c.turn = orientation(body[6:])
		}
		if marker == 0xda { // what follows is the picture, up to the next marker
			end = scanEnd(raw, end)
		}
		if keeps(marker, body) {
			out = append(out, raw[at:end]...)
		}
		if end >= len(raw) { // the end is missing; every browser shows it all the same
			c.raw = withTurn(append(out, 0xff, 0xd9), c.turn)
			return c, nil
		}
		at = end
	}
}

// keeps reports whether a segment stays: all that the picture is made of, its
// density, its color profile and how its colors are meant.
func keeps(marker byte, body []byte) bool {
	switch {
	case marker == 0xfe: // a comment
		return false
	case marker < 0xe0 || marker > 0xef:
		return true
	case marker == 0xe0:
		return bytes.HasPrefix(body, []byte("JFIF\x00"))
	case marker == 0xe2:
		return bytes.HasPrefix(body, []byte("ICC_PROFILE\x00"))
	case marker == 0xee:
		return bytes.HasPrefix(body, []byte("Adobe"))
	}
	return false
}

// scanEnd returns where the entropy-coded data that begins at a place ends.
func scanEnd(raw []byte, at int) int {
	for ; at+1 < len(raw); at++ {
		if next := raw[at+1]; raw[at] == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return at
		}
	}
	return len(raw)
}

// orientation reads how a photo is to be turned from its EXIF, 1 if it does not
// say: the one thing of EXIF that is seen.
func orientation(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II*\x00")) {
		order = binary.LittleEndian
	} else if !bytes.HasPrefix(tiff, []byte("MM\x00*")) {
		return 1
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	count := int64(order.Uint16(tiff[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[entry:]) != 0x0112 {
			continue
		}
		if turn := int(order.Uint16(tiff[entry+8:])); turn >= 1 && turn <= 8 {
			return turn
		}
		return 1
	}
	return 1
}

// withTurn writes an EXIF of nothing but the orientation behind the beginning of a
// photo that is not upright.
func withTurn(raw []byte, turn int) []byte {
	if turn == 1 {
		return raw
	}
	exif := []byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	exif[29] = byte(turn)
	at := 2
	if len(raw) > 6 && raw[2] == 0xff && raw[3] == 0xe0 { // JFIF stands first
		at = 4 + int(binary.BigEndian.Uint16(raw[4:]))
	}
	out := append(make([]byte, 0, len(raw)+len(exif)), raw[:at]...)
	return append(append(out, exif...), raw[at:]...)
}

// The chunks of a PNG that tell of its maker.
var tells = map[string]bool{"eXIf": true, "tEXt": true, "zTXt": true, "iTXt": true, "tIME": true}

// cleanPNG returns a PNG without those chunks and without what hangs behind its
// end.
func cleanPNG(raw []byte) (cleaned, error) {
	c := cleaned{turn: 1, frames: 1}
	const head = "\x89PNG\r\n\x1a\n"
	if !bytes.HasPrefix(raw, []byte(head)) {
		return c, errBroken
	}
	c.raw = append(make([]byte, 0, len(raw)), head...)
	for at := len(head); ; {
		if at+12 > len(raw) {
			return c, errBroken
		}
		end := int64(at) + 12 + int64(binary.BigEndian.Uint32(raw[at:]))
		if end > int64(len(raw)) {
			return c, errBroken
		}
		name := string(raw[at+4 : at+8])
		if crc32.ChecksumIEEE(raw[at+4:end-4]) != binary.BigEndian.Uint32(raw[end-4:]) {
			return c, errBroken
		}
		if name == "fcTL" {
			c.frames++
		}
		if !tells[name] {
			c.raw = append(c.raw, raw[at:end]...)
		}
		if name == "IEND" {
			return c, nil
		}
		at = int(end)
	}
}

// cleanWebP returns a WebP without EXIF and XMP.
func cleanWebP(raw []byte) (cleaned, error) {
	c := cleaned{turn: 1}
	if len(raw) < 12 || string(raw[:4]) != "RIFF" || string(raw[8:12]) != "WEBP" {
		return c, errBroken
	}
	c.raw = append(make([]byte, 0, len(raw)), raw[:12]...)
	for at := 12; at+8 <= len(raw); {
		size := int64(binary.LittleEndian.Uint32(raw[at+4:]))
		end := int64(at) + 8 + size + size&1
		if end > int64(len(raw)) {
			if end-size&1 != int64(len(raw)) { // only the padding may be missing
				return c, errBroken
			}
			end = int64(len(raw))
		}
		name := string(raw[at : at+4])
		switch name {
		case "EXIF", "XMP ":
		default:
			from := len(c.raw)
			c.raw = append(c.raw, raw[at:end]...)
			if name == "VP8X" && size >= 10 {
				c.raw[from+8] &^= 0x0c // neither EXIF nor XMP
			}
		}
		if name == "ANMF" || name == "VP8 " || name == "VP8L" {
			c.frames++
		}
		at = int(end)
	}
	binary.LittleEndian.PutUint32(c.raw[4:], uint32(len(c.raw)-8)) //nolint:gosec // at most 25 MiB
	return c, nil
}

// countGIF counts the frames of a GIF without unpacking them; it stops where
// there are too many. A GIF tells nothing of its maker but in comments, which
// stay.
func countGIF(raw []byte) (cleaned, error) {
	c := cleaned{raw: raw, turn: 1}
	at := 13
	if len(raw) < at {
		return c, errBroken
	}
	at += colors(raw[10])
	for at < len(raw) && c.frames <= framesMax {
		switch raw[at] {
		case 0x3b:
			return c, nil
		case 0x21:
			at = blocks(raw, at+2)
		case 0x2c:
			if at+10 > len(raw) {
				return c, nil
			}
			c.frames++
			at = blocks(raw, at+11+colors(raw[at+9]))
		default:
			return c, nil // browsers stop here too
		}
	}
	return c, nil
}

// colors is how long a color table is.
func colors(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// blocks returns where a chain of blocks ends.
func blocks(raw []byte, at int) int {
	for at < len(raw) && raw[at] != 0 {
		at += int(raw[at]) + 1
	}
	return at + 1
}
