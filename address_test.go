package parley_test

import (
	"testing"

	"parley"
)

// TestHousehold A-105: a line at home is one, however many addresses it has.
func TestHousehold(t *testing.T) {
	for ip, want := range map[string]string{
		"203.0.113.9":                  "203.0.113.9",
		"::ffff:203.0.113.9":           "203.0.113.9",
		"2001:db8:1:2::9":              "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff:1:2:3":      "2001:db8:1:2::/64",
		"2001:db8:1:3::9":              "2001:db8:1:3::/64",
		"fe80::1%eth0":                 "fe80::/64",
		"::1":                          "::/64",
		"invalid IP":                   "invalid IP",
		"":                             "",
		"2001:0DB8:0001:0002:0:0:0:10": "2001:db8:1:2::/64",
	} {
		if got := parley.Household(ip); got != want {
			t.Errorf("A-105: %q counts as %q, want %q", ip, got, want)
		}
	}
}
