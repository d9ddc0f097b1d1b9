// Package rich reads texts with marks: answers, and messages in which an agent
// inserted one. What it returns holds no markup, whatever anybody wrote.
package rich

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parley"
)

// Block and Span are what Parse returns.
type (
	Block = parley.RichBlock
	Span  = parley.RichSpan
)

// ImagePath is where pictures of answers are.
const ImagePath = "/support/images/"

var (
	bullet  = regexp.MustCompile(`^[-*] +`)
	number  = regexp.MustCompile(`^[0-9]{1,3}[.)] +`)
	picture = regexp.MustCompile(`^!\[([^\]\n]{0,200})\]\(` + ImagePath + `([0-9a-f]{64})\)`)
	link    = regexp.MustCompile(`^\[([^\]\n]{1,300})\]\(([^()\s]+)\)`)
	strong  = regexp.MustCompile(`^\*\*([^\s*](?:[^*\n]*[^\s*])?)\*\*`)
	slanted = regexp.MustCompile(`^[*_]([^\s*_](?:[^*_\n]*[^\s*_])?)[*_]`)
)

// Parse reads an answer. Whatever is no mark is text, and so is a number that does
// not go on counting from one: a list shows the numbers that were typed.
func Parse(rich string) []Block {
	blocks := []Block{}
	open := false // the last block goes on with the next line
	for line := range strings.Lines(strings.ReplaceAll(rich, "\r\n", "\n")) {
		line = strings.TrimRight(line, "\n ")
		if line == "" {
			open = false
			continue
		}
		kind, mark := "text", ""
		switch {
		case bullet.MatchString(line):
			kind, mark = "bullets", bullet.FindString(line)
		case counts(line, blocks):
			kind, mark = "numbers", number.FindString(line)
		}
		spans := inline(line[len(mark):])
		last := len(blocks) - 1
		switch {
		case last >= 0 && kind != "text" && blocks[last].Kind == kind && countOf(mark) != 1: // also behind an empty line
			blocks[last].Items = append(blocks[last].Items, spans)
		case open && kind == "text" && blocks[last].Kind == "text":
			blocks[last].Items[0] = append(append(blocks[last].Items[0], Span{Text: "\n"}), spans...)
		default:
			blocks = append(blocks, Block{Kind: kind, Items: [][]Span{spans}})
		}
		open = true
	}
	return blocks
}

// counts reports whether a line begins with the number that comes next, or with one.
func counts(line string, before []Block) bool {
	switch n := countOf(number.FindString(line)); {
	case n <= 1:
		return n == 1
	case len(before) == 0:
		return false
	default:
		last := before[len(before)-1]
		return last.Kind == "numbers" && len(last.Items) == n-1
	}
}

// countOf is the number of a mark, 0 for another mark.
func countOf(mark string) int {
	n, err := strconv.Atoi(strings.TrimRight(mark, ".) "))
	if err != nil {
		return 0
	}
	return n
}

// inline reads the marks of one line.
func inline(line string) []Span {
	spans := []Span{}
	text := func(s Span) {
		if n := len(spans); n > 0 && plainSpan(s) && plainSpan(spans[n-1]) {
			spans[n-1].Text += s.Text
			return
		}
		spans = append(spans, s)
	}
	for before := rune(' '); line != ""; {
		s, length := mark(line, before)
		text(s)
		for _, r := range line[:length] {
			before = r
		}
		line = line[length:]
	}
	return spans
}

func plainSpan(s Span) bool { return !s.Bold && !s.Italic && s.Link == "" && s.Image == "" }

// mark reads what stands first in a line, and how many bytes of it that is.
func mark(line string, before rune) (Span, int) {
	switch {
	case line[0] == '!':
		if m := picture.FindStringSubmatch(line); m != nil {
			return Span{Text: m[1], Image: m[2]}, len(m[0])
		}
	case line[0] == '[':
		if m := link.FindStringSubmatch(line); m != nil && parley.SafeLink(m[2]) {
			return Span{Text: m[1], Link: m[2]}, len(m[0])
		}
	case strings.HasPrefix(line, "**"):
		if m := strong.FindStringSubmatch(line); m != nil {
			return Span{Text: m[1], Bold: true}, len(m[0])
		}
	case line[0] == '*' || line[0] == '_' && !unicode.IsLetter(before) && !unicode.IsDigit(before): // snake_case is no mark
		if m := slanted.FindStringSubmatch(line); m != nil && m[0][0] == m[0][len(m[0])-1] {
			return Span{Text: m[1], Italic: true}, len(m[0])
		}
	}
	next := strings.IndexAny(line[1:], "![*_")
	if next < 0 {
		return Span{Text: line}, len(line)
	}
	return Span{Text: line[:next+1]}, next + 1
}

// Marked reports whether a text shows more with its marks than without: a list
// alone reads the same.
func Marked(blocks []Block) bool {
	for _, b := range blocks {
		for _, item := range b.Items {
			if slices.ContainsFunc(item, func(s Span) bool { return !plainSpan(s) }) {
				return true
			}
		}
	}
	return false
}

// Plain returns an answer as plain text: what a network gets that knows no marks.
// A link's address follows its words, a picture is left out.
//
// Source: FAQ-04.
func Plain(rich string) string {
	parts := []string{}
	for _, b := range Parse(rich) {
		lines := []string{}
		for i, item := range b.Items {
			lines = append(lines, bulletOf(b.Kind, i)+plainLine(item))
		}
		if part := strings.TrimSpace(strings.Join(lines, "\n")); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n\n")
}

func bulletOf(kind string, i int) string {
	switch kind {
	case "bullets":
		return "- "
	case "numbers":
		return strconv.Itoa(i+1) + ". "
	}
	return ""
}

func plainLine(spans []Span) string {
	var out strings.Builder
	for _, s := range spans {
		switch {
		case s.Image != "":
		case s.Link == "" || s.Link == s.Text || s.Link == "mailto:"+s.Text || s.Link == "tel:"+s.Text:
			out.WriteString(s.Text)
		default:
			out.WriteString(s.Text + " (" + strings.TrimPrefix(strings.TrimPrefix(s.Link, "mailto:"), "tel:") + ")")
		}
	}
	return out.String()
}

// Images returns the pictures an answer shows.
func Images(rich string) []string {
	sums := []string{}
	for _, b := range Parse(rich) {
		for _, item := range b.Items {
			for _, s := range item {
				if s.Image != "" {
					sums = append(sums, s.Image)
				}
			}
		}
	}
	return sums
}

// Pictured reports whether a text has pictures among its letters.
//
// Source: FAQ-05, CNV-07.
func Pictured(text string) bool {
	return strings.ContainsFunc(norm.NFC.String(text), func(r rune) bool {
		return r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf && !dingbat(r) || r == 0xfe0f || r == 0x20e3
	})
}

// dingbat reports whether a sign of the old rows is shown as a letter.
func dingbat(r rune) bool {
	return r == 0x2713 || r == 0x2717 || r == 0x2715 || r == 0x27a4 || r == 0x2022
}

// Spoken is Plain; of a text that is nothing but pictures, what they show.
func Spoken(rich string) string {
	if plain := Plain(rich); plain != "" {
		return plain
	}
	var words []string
	for _, b := range Parse(rich) {
		for _, item := range b.Items {
			for _, s := range item {
				words = append(words, s.Text)
			}
		}
	}
	return strings.TrimSpace(strings.Join(words, " "))
}
