package crm

import (
	"regexp"
	"strings"

	"parley/internal/identity"
)

// LastDigits is how many digits at a number's end are looked for: enough that few
// others share them, few enough that no country's way to begin a number counts.
//
// Source: networks.md 9.
const LastDigits = 8

// Last returns the digits at the end of a number that every way to write it has,
// one by one.
func Last(e164 string) []string {
	digits := identity.Digits(e164)
	return strings.Split(digits[max(0, len(digits)-LastDigits):], "")
}

// extension is where a number inside a company begins, or a word after a number.
var extension = regexp.MustCompile(`(?i)\s*(?:#|;|,|\(?\s*(?:ext|extension|poste|p\.|x[\s.:]*\d+|mobile|cell|home|work|fax)\b).*$`)

// label is a word before a number: "tel:", "Cell -".
var label = regexp.MustCompile(`^[\p{L}\s.:-]+`)

// Is reports whether what somebody typed into a CRM is that number. What is not
// typed internationally is of country (ISO 3166-1 alpha-2). Several in one field
// are told apart.
//
// Source: DYN-09.
func Is(e164, typed, country string) bool {
	for _, one := range append([]string{typed}, strings.FieldsFunc(typed, func(r rune) bool { return r == '/' || r == ';' || r == ',' || r == '|' || r == '\n' })...) {
		one = extension.ReplaceAllString(label.ReplaceAllString(one, ""), "")
		if got, ok := identity.Phone(one, country); ok && got == e164 {
			return true
		}
	}
	return false
}

// IsCountry reports whether a country (ISO 3166-1 alpha-2) has numbers.
func IsCountry(code string) bool { return identity.IsCountry(code) }
