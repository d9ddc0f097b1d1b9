package office

import (
	"cmp"
	"maps"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"parley"
	"parley/internal/channel"
	"parley/internal/identity"
	"parley/internal/seal"
)

// account is what an administrator fills in about an entry point's account at
// its network, while it is checked: the network's Spec says all there is to know.
type account struct {
	*parley.Faults
	spec    channel.Spec
	in      EntryPointInput
	old     parley.EntryPoint // with its secrets open
	others  []parley.EntryPoint
	country string // of numbers that name none

	countries []string // in which a number for texts may be
}

// shortCode is a number that only networks of one country know.
//
// Source: SMS-04.
var shortCode = regexp.MustCompile(`^\+?[0-9]{3,8}$`)

// version is how networks number their APIs.
var version = regexp.MustCompile(`^[A-Za-z0-9._/-]{1,32}$`)

// address returns our end as it is kept. Each has one entry point.
//
// Source: SMS-01, SMS-04.
func (a account) address() parley.Address {
	text := identity.Text(string(a.in.Address))
	field := a.spec.Address
	if text == "" {
		if field.Required {
			a.Add("address", "required")
		}
		return ""
	}
	if a.spec.Key == parley.KeyPhone {
		plain := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || strings.ContainsRune("-.()", r) {
				return -1
			}
			return r
		}, text)
		phone, ok := identity.Phone(text, cmp.Or(a.in.Country, a.country))
		switch {
		case shortCode.MatchString(plain):
			a.Add("address", "short_code")
			return ""
		case !ok:
			a.Add("address", "not_a_phone")
			return ""
		}
		text = phone
		a.inCountry(phone)
	}
	if !fits(field, text) {
		a.Add("address", "wrong_form")
		return ""
	}
	if slices.ContainsFunc(a.others, func(e parley.EntryPoint) bool {
		return e.ID != a.old.ID && e.Provider == a.spec.Provider && string(e.Address) == text
	}) {
		a.Add("address", "taken")
	}
	return parley.Address(text)
}

// inCountry checks where a number is. One that is there already stays, whatever
// the list has become.
//
// Source: SMS-01.
func (a account) inCountry(phone string) {
	switch {
	case !a.spec.Segments || phone == string(a.old.Address):
	case a.in.Country != "" && !identity.InCountry(phone, a.in.Country):
		a.Add("address", "other_country")
	case !slices.Contains(a.countries, cmp.Or(a.in.Country, identity.Country(phone))):
		a.Add("country", "not_listed")
	}
}

// settings returns what is no secret, as it is kept.
func (a account) settings() map[string]string {
	out := map[string]string{}
	known := []string{baseURL, apiVersion}
	for _, field := range a.spec.Fields {
		if field.Secret || field.Name == baseURL {
			continue
		}
		known = append(known, field.Name)
		value := cmp.Or(strings.TrimSpace(a.in.Settings[field.Name]), field.Default)
		field.Required = field.Required && field.Asked(a.chosen())
		a.line("settings."+field.Name, field, value)
		if value != "" {
			out[field.Name] = value
		}
	}
	a.unknown("settings", a.in.Settings, known)
	if at := strings.TrimSpace(a.in.Settings[baseURL]); at != "" && at != a.spec.BaseURL {
		if at != a.old.Settings[baseURL] && !plainURL(at) {
			a.Add("settings."+baseURL, "not_a_url")
		}
		out[baseURL] = strings.TrimSuffix(at, "/")
	}
	if v := strings.TrimSpace(a.in.Settings[apiVersion]); v != "" && v != a.spec.APIVersion {
		if !version.MatchString(v) {
			a.Add("settings."+apiVersion, "wrong_form")
		}
		out[apiVersion] = v
	}
	return out
}

// secrets returns all secrets as they are from now on, and the names of the new
// ones. What is left empty stays as it is.
//
// Source: A-095.
func (a account) secrets() (all map[string]string, renewed []string) {
	all = map[string]string{}
	var known []string
	for _, field := range a.spec.Fields {
		if !field.Secret {
			continue
		}
		known = append(known, field.Name)
		value := strings.TrimSpace(a.in.Secrets[field.Name])
		if value == "" {
			value = a.old.Secrets[field.Name]
		} else {
			renewed = append(renewed, field.Name)
		}
		field.Required = field.Required && field.Asked(a.chosen())
		a.line("secrets."+field.Name, field, value)
		if value != "" {
			all[field.Name] = value
		}
	}
	a.unknown("secrets", a.in.Secrets, known)
	return all, renewed
}

// chosen is what stands in the form's choices.
func (a account) chosen() map[string]string {
	out := map[string]string{}
	for _, field := range a.spec.Fields {
		if len(field.Options) > 0 {
			out[field.Name] = cmp.Or(strings.TrimSpace(a.in.Settings[field.Name]), field.Default)
		}
	}
	return out
}

// line checks one line of the form.
func (a account) line(name string, field channel.Field, value string) {
	switch {
	case value == "" && field.Required:
		a.Add(name, "required")
	case value == "":
	case len(field.Options) > 0 && !slices.Contains(field.Options, value):
		a.Add(name, "unknown")
	case len([]rune(value)) > cmp.Or(field.Max, fieldMax):
		a.Add(name, "too_long")
	case !fits(field, value):
		a.Add(name, "wrong_form")
	}
}

// unknown notes what the network's form does not have: a slip in a script must
// not go unnoticed.
func (a account) unknown(where string, given map[string]string, known []string) {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(known, name) {
			a.Add(where+"."+name, "unknown")
		}
	}
}

// fits reports whether a value has a field's form: one line without controls.
func fits(field channel.Field, value string) bool {
	if strings.ContainsFunc(value, unicode.IsControl) {
		return false
	}
	if field.Pattern == "" {
		return true
	}
	form, err := regexp.Compile(field.Pattern)
	return err == nil && form.MatchString(value)
}

// plainURL reports whether secrets may go to an address: over TLS, or on this
// machine.
func plainURL(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || !parley.PlainHost(strings.ToLower(u.Host)) {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && ourMachine(u.Hostname())
}

// ourMachine reports whether a host is this machine itself.
func ourMachine(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// fill puts an account, once checked, into an entry point, and returns the names
// of its new secrets.
func (o *Office) fill(a account, e *parley.EntryPoint) (renewed []string) {
	parley.OneOf(a.Faults, "channel", e.Channel, a.spec.Channels...)
	e.Address, e.Settings = a.address(), a.settings()
	all, renewed := a.secrets()
	if fitter, ok := o.networks[e.Provider].(channel.Fitter); ok && len(*a.Faults) == 0 {
		whole := *e
		whole.Secrets = all
		fitter.Fits(whole, a.Faults)
	}
	if len(renewed) > 0 || len(all) != len(seal.Names(a.old.Sealed)) {
		e.Sealed = o.seal.Secrets(string(e.ID), all)
	}
	return renewed
}
