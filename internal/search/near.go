package search

import (
	"slices"
	"unicode"
)

// nearMax is the longest word that is kept for the forgiving of a slip.
//
// Unit: letters.
const nearMax = 24

// Forgivable reports whether a slip in a word is forgiven: it is long enough and
// all letters. A number with one digit wrong is another number.
func Forgivable(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.IsLetter(r) {
			return false
		}
		n++
	}
	return n >= NearMin && n <= nearMax
}

// Variants returns a word and the word without each of its letters. Two words
// that one slip parts have a variant in common, so variants are what the
// database looks words up by.
func Variants(word string) []string {
	runes := []rune(word)
	out := []string{word}
	for i := range runes {
		shorter := string(runes[:i]) + string(runes[i+1:])
		if !slices.Contains(out, shorter) {
			out = append(out, shorter)
		}
	}
	return out
}
