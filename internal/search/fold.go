package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters are those that people type in another way and that have no accent to
// take off.
var letters = strings.NewReplacer(
	"\u0153", "oe", "\u00e6", "ae", "\u00df", "ss", "\u00f8", "o", "\u0142", "l", "\u0111", "d", "\u00f0", "d",
	"\u00fe", "th", "\u0131", "i", "\u2019", "'", "\u2018", "'", "\u02bc", "'")

// Fold returns a text as it is searched: without accents, without case. A letter
// that is written as two becomes two: "C\u0153ur" is "coeur".
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsControl(r), unicode.IsSpace(r):
			b.WriteRune(' ')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return letters.Replace(b.String())
}

// Words returns the runs of letters and digits of a text, folded.
func Words(s string) []string {
	return strings.FieldsFunc(Fold(s), func(r rune) bool { return !wordly(r) })
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Spoken returns what was said as it is indexed: words with a blank between.
func Spoken(texts ...string) string {
	var words []string
	for _, t := range texts {
		words = append(words, Words(t)...)
	}
	return strings.Join(words, " ")
}

// digits returns the digits of a text, and whether it holds nothing but them and
// what people put between them.
func digits(s string) (found string, only bool) {
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.IsLetter(r), r == '@', r == '#':
			return "", false
		}
	}
	return b.String(), b.Len() > 0
}
