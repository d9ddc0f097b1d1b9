package channel

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Split cuts a text into parts of at most limit of unit, in order and without
// losing anything: the parts joined are the text. It cuts after a blank line if
// it can, else after a line, a sentence, a space, and only then between two
// characters as people see them; one that is too long by itself is cut between
// code points.
//
// Source: CNV-05.
func Split(text string, limit int, unit Unit) []string {
	var parts []string
	for {
		head := fitting(text, limit, unit)
		if head == len(text) {
			return append(parts, text)
		}
		at := cutAt(text[:head], text)
		parts = append(parts, text[:at])
		text = text[at:]
	}
}

// Size counts a text in a unit.
func Size(text string, unit Unit) int {
	switch unit {
	case Bytes:
		return len(text)
	case UTF16:
		n := 0
		for _, r := range text {
			n += sizeOf(r, UTF16)
		}
		return n
	default:
		return utf8.RuneCountInString(text)
	}
}

func sizeOf(r rune, unit Unit) int {
	switch {
	case unit == Bytes:
		return utf8.RuneLen(r)
	case unit == UTF16 && r > 0xffff:
		return 2
	}
	return 1
}

// fitting returns how many bytes of a text fit into the limit, at least one code
// point, and whole characters wherever one fits.
func fitting(text string, limit int, unit Unit) int {
	size, whole, state := 0, 0, -1
	for rest := text; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		size += Size(cluster, unit)
		if size > limit {
			break
		}
		whole += len(cluster)
	}
	if whole > 0 || text == "" {
		return whole
	}
	size = 0
	for i, r := range text {
		if size += sizeOf(r, unit); size > limit && i > 0 {
			return i
		}
	}
	return len(text)
}

// cutAt returns where the best place to cut is in head, the beginning of text.
// A cut so early that most of the part would be empty is not worth it.
func cutAt(head, text string) int {
	least := len(head) / 4
	for _, end := range []func(head, text string) int{blankLine, line, sentence, space} {
		if at := end(head, text); at > least && boundary(text, at) {
			return at
		}
	}
	return len(head)
}

func blankLine(head, _ string) int { return after(head, "\n\n") }
func line(head, _ string) int      { return after(head, "\n") }

func after(head, mark string) int {
	if i := strings.LastIndex(head, mark); i >= 0 {
		return i + len(mark)
	}
	return 0
}

// sentence returns the end of the last sentence that is whole, with the spaces
// behind it.
func sentence(head, text string) int {
	at, state := 0, -1
	for rest := text; rest != ""; {
		var one string
		one, rest, state = uniseg.FirstSentenceInString(rest, state)
		if at+len(one) > len(head) {
			break
		}
		at += len(one)
	}
	return at
}

func space(head, _ string) int { return strings.LastIndexByte(head, ' ') + 1 }

// boundary reports whether no character as people see it lies across a place: a
// mark after a space belongs to the space.
func boundary(text string, at int) bool {
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(text[before(text, at):], -1)
	return before(text, at)+len(cluster) <= at
}

// before returns where the code point before a place begins.
func before(text string, at int) int {
	_, n := utf8.DecodeLastRuneInString(text[:at])
	return at - n
}
