package center

import (
	"testing"

	"parley"
)

// TestWebPage CNV-09: only a page of the web is kept as the visitor's.
func TestWebPage(t *testing.T) {
	for page, want := range map[string]string{
		"https://shop.example/cart?a=%zz#b": "https://shop.example/cart?a=%zz#b",
		" HTTP://shop.example ":             "HTTP://shop.example",
		"":                                  "",
		"javascript:alert(1)":               "",
		"javascript:alert('http://x')":      "",
		"data:text/html,x":                  "",
		"file:///etc/passwd":                "",
		"shop.example":                      "",
	} {
		if got := parley.WebPage(page); got != want {
			t.Errorf("%q is kept as %q, want %q", page, got, want)
		}
	}
}
