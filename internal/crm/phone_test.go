package crm

import "testing"

// TestIs DYN-09: a number is the same however it was typed.
func TestIs(t *testing.T) {
	const marie = "+15145550101"
	same := []string{
		"+15145550101", "5145550101", "(514) 555-0101", "514-555-0101", "514.555.0101", "1 514 555 0101", "+1 (514) 555-0101", "011 1 514 555 0101",
		"514 555 0101 ext. 22", "514-555-0101 x22", "514-555-0101 #22", "514 555-0101, poste 4", "tel: 514-555-0101", "Cell - (514) 555-0101", "514-555-0101 (mobile)",
		"514\u00a0555\u00a00101", "438-555-0199 / 514-555-0101", "514/555-0101", "438 555 0199; 514 555 0101", "514-5550101",
	}
	for _, typed := range same {
		if !Is(marie, typed, "CA") {
			t.Errorf("%q is not taken for %s", typed, marie)
		}
	}
	for _, typed := range []string{"", "555-0101", "514-555-0102", "438-555-0101", "0101", "n/a", "+44 20 5145 550101", "15145550101 15145550101", "+33 5 14 55 50 10 1"} {
		if Is(marie, typed, "CA") {
			t.Errorf("%q is taken for %s", typed, marie)
		}
	}
	abroad := []struct{ e164, typed, country string }{
		{"+442079460958", "+44 (0)20 7946 0958", "CA"}, {"+442079460958", "020 7946 0958", "GB"}, {"+33142685300", "01 42 68 53 00", "FR"}, {"+33142685300", "0033 1 42 68 53 00", "CA"},
		{"+493012345678", "030/12345678", "DE"}, {"+5511987654321", "+55 11 8765-4321", "CA"},
	}
	for _, a := range abroad {
		if !Is(a.e164, a.typed, a.country) {
			t.Errorf("%q of %s is not taken for %s", a.typed, a.country, a.e164)
		}
	}
}

// TestLast: the digits looked for are in every way to write a number.
func TestLast(t *testing.T) {
	if got := Last("+15145550101"); len(got) != 8 || got[0] != "4" || got[7] != "1" {
		t.Errorf("%v", got)
	}
	if got := Last("+1234"); len(got) != 4 {
		t.Errorf("%v", got)
	}
}

// TestWords: what a CRM says of a person stays out of an error.
func TestWords(t *testing.T) {
	got := Words("A record 'Marie Tremblay' with marie@example.com\nand (514) 555-0101 or +15145550101 exists, 0x80040333")
	if want := "A record *** with *** and (*** or +*** exists, 0x80040333"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
