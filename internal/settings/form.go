package settings

import (
	"net/mail"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// form gives a text a form it must have.
func (d Def) form(check func(text string) string) Def {
	d.Form = check
	return d
}

var hostForm = regexp.MustCompile(`^[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?$`)

// host says what is wrong with the name or address of a machine: it is no URL and
// has no port.
func host(text string) string {
	if _, err := netip.ParseAddr(text); err != nil && !hostForm.MatchString(text) {
		return "not_a_host"
	}
	return ""
}

// sender says what is wrong with an address that may have a name before it.
func sender(text string) string {
	if _, err := mail.ParseAddress(text); err != nil {
		return "not_an_email"
	}
	return ""
}

// addresses says what is wrong with bare addresses, parted by spaces.
func addresses(text string) string {
	if slices.ContainsFunc(strings.Fields(text), func(s string) bool {
		a, err := mail.ParseAddress(s)
		return err != nil || a.Address != s
	}) {
		return "not_an_email"
	}
	return ""
}
