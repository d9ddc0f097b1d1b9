package identity

import (
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Phone returns a number in E.164, with its plus. What is not written
// internationally is of country (ISO 3166-1 alpha-2). Not ok: it is no number a
// person can be reached at, but a short code, letters, or nonsense.
//
// Source: SMS-04, SMS-08, networks.md 2, 11.
func Phone(s, country string) (e164 string, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsFunc(s, isLetter) {
		return "", false
	}
	if international, found := strings.CutPrefix(s, "00"); found {
		s = "+" + international
	}
	if strings.HasPrefix(s, "+") {
		s = one("+" + Digits(s)) // before it is judged: the old ways are no possible numbers any more
	}
	n, err := phonenumbers.Parse(s, country)
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	return one(phonenumbers.Format(n, phonenumbers.E164)), true
}

// Forms returns the digits under which people may have kept a number: with its
// country and, if that is the one they write from, without.
//
// Source: SMS-08.
func Forms(e164, country string) []string {
	forms := []string{Digits(e164)}
	n, err := phonenumbers.Parse(e164, country)
	if err != nil || !strings.EqualFold(phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode())), mainOf(country)) {
		return forms
	}
	for _, form := range []string{phonenumbers.GetNationalSignificantNumber(n), Digits(phonenumbers.Format(n, phonenumbers.NATIONAL))} {
		if !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return forms
}

// mainOf returns the first of the countries that share a country's code: Canada
// writes as the United States do.
func mainOf(country string) string {
	return phonenumbers.GetRegionCodeForCountryCode(phonenumbers.GetCountryCodeForRegion(strings.ToUpper(country)))
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// The numbers that networks write in two ways, without their plus: WhatsApp keeps
// how they were when somebody signed up.
const (
	brazil    = "55"
	mexico    = "52"
	argentina = "54"
)

// one returns the one way we write a number that networks write in two: a mobile
// in Brazil with its ninth digit, one in Mexico without the 1, one in Argentina
// with the 9.
//
// Source: networks.md 2, phone quirks.
func one(e164 string) string {
	digits := strings.TrimPrefix(e164, "+")
	switch {
	case strings.HasPrefix(digits, brazil) && len(digits) == 12 && digits[4] >= '6':
		return "+" + digits[:4] + "9" + digits[4:]
	case strings.HasPrefix(digits, mexico+"1") && len(digits) == 13:
		return "+" + mexico + digits[3:]
	case strings.HasPrefix(digits, argentina) && !strings.HasPrefix(digits, argentina+"9") && len(digits) == 12:
		return "+" + argentina + "9" + digits[2:]
	}
	return e164
}
