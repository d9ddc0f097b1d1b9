package sheet

import (
	"encoding/binary"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The ways a file can be written.
const (
	UTF8   = "utf-8"
	UTF16  = "utf-16"
	Latin1 = "windows-1252"
)

// Table is a file that was read.
type Table struct {
	Encoding  string
	Separator string
	Head      []string
	Rows      []Row
}

// Row is one row, and on which line of the file it begins.
type Row struct {
	Line  int
	Cells []string
}

// Error is a file that is no table, and the line from which on it is none.
type Error struct{ Line int }

// Error says so.
func (*Error) Error() string { return "the file is no table" }

// Read reads a table. Which encoding it is in and what separates its cells it says
// itself: spreadsheets of different countries write differently.
//
// Errors: *Error.
func Read(file []byte) (Table, error) {
	text, encoding := decode(file)
	t := Table{Encoding: encoding, Separator: separator(text)}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = rune(t.Separator[0]), -1
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return t, &Error{wrong.Line}
		}
		if err != nil || strings.ContainsRune(strings.Join(cells, ""), 0) {
			return t, &Error{1}
		}
		line, _ := r.FieldPos(0)
		for i, c := range cells {
			cells[i] = strings.TrimSpace(Plain(c))
		}
		switch {
		case strings.Join(cells, "") == "": // a row of blanks
		case t.Head == nil:
			t.Head = cells
		default:
			t.Rows = append(t.Rows, Row{line, cells})
		}
	}
	if len(t.Head) == 0 {
		return t, &Error{1}
	}
	return t, nil
}

// decode returns a file as text.
func decode(file []byte) (text, encoding string) {
	switch {
	case strings.HasPrefix(string(file), Mark):
		return strings.TrimPrefix(string(file), Mark), UTF8
	case strings.HasPrefix(string(file), "\xff\xfe"):
		return wide(file[2:], binary.LittleEndian), UTF16
	case strings.HasPrefix(string(file), "\xfe\xff"):
		return wide(file[2:], binary.BigEndian), UTF16
	case utf8.Valid(file):
		return string(file), UTF8
	}
	var b strings.Builder
	for _, c := range file {
		if c >= 0x80 && c < 0xa0 {
			b.WriteRune(western[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String(), Latin1
}

func wide(file []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(file)/2)
	for i := range units {
		units[i] = order.Uint16(file[2*i:])
	}
	return string(utf16.Decode(units))
}

// western are the letters of Windows where Latin-1 has none.
var western = []rune("\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd" +
	"\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178")

// separator is what stands most often between the cells of the first line.
func separator(text string) string {
	counts, quoted := map[rune]int{}, false
	for _, r := range text {
		if r == '"' {
			quoted = !quoted
		}
		if r == '\n' && !quoted {
			break
		}
		if !quoted {
			counts[r]++
		}
	}
	best := ","
	for _, s := range []string{";", "\t", "|"} {
		if counts[rune(s[0])] > counts[rune(best[0])] {
			best = s
		}
	}
	return best
}
