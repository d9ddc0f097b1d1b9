package identity

import (
	"regexp"
	"strings"
)

// cardLike is 13 to 19 digits, alone or with one space, dot or hyphen between
// them. What stands before and after is no digit, letter or other part of an
// address.
var cardLike = regexp.MustCompile(`[0-9](?:[ .\-\x{00a0}]?[0-9]){12,18}`)

// Cards returns the numbers of payment cards in a text, as they are written
// there: of a length and with a beginning that cards have, and a right check
// digit.
//
// Source: ISO/IEC 7812.
func Cards(text string) []string {
	if !digitsEnough(text) {
		return nil
	}
	var out []string
	for _, at := range cardLike.FindAllStringIndex(text, -1) {
		if part(text[:at[0]], true) || part(text[at[1]:], false) {
			continue
		}
		if found := text[at[0]:at[1]]; isCard(plainDigits(found)) {
			out = append(out, found)
		}
	}
	return out
}

// digitsEnough is a look that costs a fiftieth of the expression: every message
// comes by here, and hardly one has a card's number.
func digitsEnough(text string) bool {
	n := 0
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			n++
		}
	}
	return n >= 13
}

// MaskCards returns a text in which of a card's number only the last four digits
// stand: "**** **** **** 1111".
func MaskCards(text string) string {
	for _, card := range Cards(text) {
		text = strings.ReplaceAll(text, card, masked(card))
	}
	return text
}

func masked(card string) string {
	digits := plainDigits(card)
	return "**** **** **** " + digits[len(digits)-4:]
}

// part reports whether a neighbor of a number shows that it is part of something
// longer: a digit, a letter, a plus before it.
func part(text string, before bool) bool {
	if text == "" {
		return false
	}
	c := text[0]
	if before {
		c = text[len(text)-1]
	}
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || before && c == '+'
}

func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// isCard reports whether digits can be a card's number.
func isCard(digits string) bool {
	n := len(digits)
	switch digits[0] {
	case '4': // Visa
		if n != 13 && n != 16 && n != 19 {
			return false
		}
	case '3': // American Express, Diners, JCB
		if n < 14 || n > 19 {
			return false
		}
	case '2', '5', '6': // Mastercard, Maestro, Discover, UnionPay
		if n < 16 {
			return false
		}
	default:
		return false
	}
	return luhn(digits)
}

// luhn reports whether the check digit is right.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// unseen is what may stand between two digits of a card in the body of a
// request: what people write there, also as forms and JSON write it.
const unseen = `(?:[ .+\-]|%20|%C2%A0|\xc2\xa0|\\u00a0)?`

// HideCards takes the numbers that Cards found in what somebody wrote out of the
// request it came in.
//
// Source: A-118.
func HideCards(body []byte, cards []string) []byte {
	for _, card := range cards {
		var digits []string
		for _, r := range card {
			if r >= '0' && r <= '9' {
				digits = append(digits, string(r))
			}
		}
		number := regexp.MustCompile(strings.Join(digits, unseen))
		body = number.ReplaceAllLiteral(body, []byte(MaskCards(card)))
	}
	return body
}
