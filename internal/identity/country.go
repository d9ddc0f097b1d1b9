package identity

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Country returns the country of a number in E.164 (ISO 3166-1 alpha-2), "" if it
// is of none: of a satellite, or of nobody.
//
// Source: SMS-01.
func Country(e164 string) string {
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return ""
	}
	region := phonenumbers.GetRegionCodeForNumber(n)
	if region == "" { // a number nobody has yet: the country's code still tells
		region = phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode()))
	}
	if !IsCountry(region) {
		return ""
	}
	return region
}

// IsCountry reports whether a code is of a country with numbers of its own.
func IsCountry(code string) bool {
	return len(code) == 2 && code == strings.ToUpper(code) && code != "ZZ" && phonenumbers.GetSupportedRegions()[code]
}

// InCountry reports whether a number in E.164 has a country's code. Those who
// share one, as Canada and the United States do, share numbers too: a toll-free
// one is of both.
//
// Source: SMS-01.
func InCountry(e164, country string) bool {
	n, err := phonenumbers.Parse(e164, "")
	return err == nil && int(n.GetCountryCode()) == phonenumbers.GetCountryCodeForRegion(country)
}
