package identity

import (
	"strings"
	"testing"
)

func TestKeys(t *testing.T) {
	tests := []struct {
		name string
		key  func(string) string
		in   string
		want string
	}{
		{"POP-04: an e-mail without case or blanks", Email, "  Amy@Example.COM ", "amy@example.com"},
		{"POP-04: the digits of a phone", Digits, "+1 (206) 555-1234", "12065551234"},
		{"POP-04: 00 and + are the same", Digits, "001 206 555 1234", "12065551234"},
		{"POP-04: wide digits are digits", Digits, "\uff11\uff12\uff13", "123"},
		{"POP-04: an account number is trimmed", Account, " 1001\t", "1001"},
		{"CRM-02: names are found without accents", Fold, " Zo\u00eb  L\u00c9GER ", "zoe leger"},
		{"CRM-02: composed and decomposed are one", Fold, "Zoe\u0308", "zoe"},
		{"A-099: no line can hide in a name", Fold, "amy\nbob", "amy bob"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.key(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestIsEmail(t *testing.T) {
	for _, s := range []string{"amy@example.com", "a.b+c@mail.example.org"} {
		if !IsEmail(s) {
			t.Errorf("CRM-02: %q is an address", s)
		}
	}
	long := strings.Repeat("a", EmailMax) + "@example.com"
	for _, s := range []string{"", "amy", "amy@", "Amy <amy@example.com>", "a@b\r\nBcc: c@d", long} {
		if IsEmail(s) {
			t.Errorf("A-106: %q is no address", s)
		}
	}
}

func TestAfter(t *testing.T) {
	for _, s := range []string{"am", "amy", "am\u00e9", "am\U0001f600"} {
		if s < "am" || s >= After("am") {
			t.Errorf("CRM-02: %q begins with am", s)
		}
	}
	if "an" < After("am") {
		t.Error("CRM-02: an does not begin with am")
	}
}
