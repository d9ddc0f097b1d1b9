package identity

import "testing"

func TestMaskCards(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"4111111111111111", "**** **** **** 1111"},
		{"my card: 4111 1111 1111 1111, thanks", "my card: **** **** **** 1111, thanks"},
		{"5500-0000-0000-0004 and 3782 822463 10005", "**** **** **** 0004 and **** **** **** 0005"},
		{"4111.1111.1111.1111.", "**** **** **** 1111."},
		{"4111111111111112", "4111111111111112"},               // the check digit is wrong
		{"+4111111111111111", "+4111111111111111"},             // a phone
		{"order A4111111111111111", "order A4111111111111111"}, // part of a word
		{"1772442000000", "1772442000000"},                     // a time
		{"411111111111", "411111111111"},                       // too short
		{"41111111111111110000", "41111111111111110000"},       // part of a longer number
		{"+1 514 555 0101", "+1 514 555 0101"},
		{"", ""},
	} {
		if got := MaskCards(x.text); got != x.want {
			t.Errorf("A-118: %q is %q, want %q", x.text, got, x.want)
		}
	}
}

func FuzzMaskCards(f *testing.F) {
	f.Add("4111 1111 1111 1111 4111111111111111")
	f.Fuzz(func(t *testing.T, text string) {
		if left := Cards(MaskCards(text)); len(left) > 0 && left[0] == text {
			t.Errorf("A-118: %q is left", left)
		}
	})
}
