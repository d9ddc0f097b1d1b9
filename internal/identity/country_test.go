package identity

import "testing"

func TestCountry(t *testing.T) {
	for number, want := range map[string]string{
		"+15145550100":   "CA", // a number of films still has its area
		"+12125550100":   "US",
		"+442079460000":  "GB",
		"+33612345678":   "FR",
		"+881612345678":  "", // Iridium
		"12345":          "",
		"+9991234567890": "",
	} {
		if got := Country(number); got != want {
			t.Errorf("SMS-01: %s is of %q, not %q", number, got, want)
		}
	}
	if IsCountry("ZZ") || IsCountry("ca") || IsCountry("001") || !IsCountry("CA") {
		t.Error("SMS-01: countries have two capital letters")
	}
}
