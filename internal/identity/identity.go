// Package identity says whose an address is: the keys customers are found by,
// and how what people type becomes one.
package identity

import (
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parley"
)

// The longest keys.
//
// Unit: bytes of an e-mail address (RFC 5321), digits of a phone number (E.164),
// code points of an account number.
const (
	EmailMax   = 254
	DigitsMax  = 15
	AccountMax = 40
)

// DigitsMin is the fewest digits by which a phone is looked up: fewer would
// find strangers.
const DigitsMin = 5

// Email returns an address as it is kept and compared: trimmed, lower case.
func Email(s string) string { return strings.ToLower(norm.NFC.String(strings.TrimSpace(s))) }

// IsEmail reports whether a kept address can be one: a bare address with a
// domain, and no display name.
func IsEmail(s string) bool {
	if len(s) > EmailMax || strings.ContainsFunc(s, unicode.IsControl) {
		return false
	}
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && a.Name == ""
}

// CheckEmail refuses a text that can be no address of anybody's; "" is none.
func CheckEmail(f *parley.Faults, field, text string) {
	if email := Email(text); email != "" && !IsEmail(email) {
		f.Add(field, "not_an_email")
	}
}

// Digits returns the digits of a phone number without the international
// prefix: "+1 (206) 555-1234" and "001 206 555 1234" are the same phone.
func Digits(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(s) {
		if r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return strings.TrimPrefix(b.String(), "00")
}

// Account returns an account number as it is kept and compared.
func Account(s string) string { return norm.NFC.String(strings.TrimSpace(s)) }

// Text returns a text as it is kept: in NFC, without blanks around it.
func Text(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }

// Fold returns a text as names are searched and ordered by: without accents,
// without case, one space between words. "Zoe  LEGER" finds Zo\u00eb L\u00e9ger.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsControl(r):
			b.WriteRune(' ')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// After returns the end of the range of texts that begin with prefix: they are
// at least prefix and before After(prefix), byte by byte.
func After(prefix string) string { return prefix + "\U0010ffff" }
