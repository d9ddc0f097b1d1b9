package identity

import (
	"strings"
	"testing"

	"parley"
)

func TestPhone(t *testing.T) {
	tests := []struct{ name, in, country, want string }{
		{"SMS-08: international", "+12065551234", "US", "+12065551234"},
		{"SMS-08: as people write it", "(206) 555-1234", "US", "+12065551234"},
		{"SMS-08: in another country", "020 7946 0018", "GB", "+442079460018"},
		{"SMS-08: 00 is a plus", "0044 20 7946 0018", "US", "+442079460018"},
		{"SMS-08: Canada", "514-555-0199", "CA", "+15145550199"},
		{"SMS-04: a short code is nobody", "72345", "US", ""},
		{"SMS-04: letters are nobody", "PARLEY", "US", ""},
		{"SMS-04: nothing is nobody", "  ", "US", ""},
		{"SMS-04: too long", "+12065551234999999999", "US", ""},
		{"WAP-01: Brazil without the ninth digit", "+551187654321", "", "+5511987654321"},
		{"WAP-01: Brazil with it", "+5511987654321", "", "+5511987654321"},
		{"WAP-01: Brazil, a line at home", "+551133334444", "", "+551133334444"},
		{"WAP-01: Mexico with the 1", "+5215512345678", "", "+525512345678"},
		{"WAP-01: Mexico without it", "+525512345678", "", "+525512345678"},
		{"WAP-01: Argentina without the 9", "+541123456789", "", "+5491123456789"},
		{"WAP-01: Argentina with it", "+5491123456789", "", "+5491123456789"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, ok := Phone(tt.in, tt.country); got != tt.want || ok != (tt.want != "") {
				t.Errorf("got %q, %v, want %q", got, ok, tt.want)
			}
		})
	}
}

func TestForms(t *testing.T) {
	for _, tt := range []struct{ e164, country, want string }{
		{"+12065551234", "US", "12065551234 2065551234"},
		{"+15145550199", "ca", "15145550199 5145550199"},
		{"+442079460018", "GB", "442079460018 2079460018 02079460018"},
		{"+442079460018", "US", "442079460018"},
	} {
		if got := strings.Join(Forms(tt.e164, tt.country), " "); got != tt.want {
			t.Errorf("SMS-08: in %s %s may be kept as %q, want %q", tt.country, tt.e164, got, tt.want)
		}
	}
}

func TestScope(t *testing.T) {
	page := parley.EntryPoint{ID: "ent_1", Address: "1001"}
	for kind, want := range map[parley.KeyKind]parley.Address{
		parley.KeyPhone: "", parley.KeyWhatsApp: "", parley.KeyX: "", parley.KeyTelegram: "",
		parley.KeyFacebook: "1001", parley.KeyInstagram: "1001", parley.KeyOpen: "1001",
	} {
		if got := Scope(kind, page); got != want {
			t.Errorf("networks.md 11: %s counts at %q, want %q", kind, got, want)
		}
	}
	if got := Scope(parley.KeyOpen, parley.EntryPoint{ID: "ent_1"}); got != "ent_1" {
		t.Errorf("API-01: without an address it counts at %q", got)
	}
}
