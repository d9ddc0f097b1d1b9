package conformance

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"parley/internal/crm"
)

// pages follows the links an agent is given.
func pages(d *desk) {
	ref := d.keep(d.crm.Spec().Objects[0], Person{First: "Marie", Last: "Tremblay", Phone: "514 555 0101"})
	p := crm.Prefill{FirstName: "Ren\u00e9e & Co", LastName: "O'Brien=1", Phone: phone, Email: "a+b@example.com"}
	record, fresh := d.crm.URL(d.to, ref, p), d.crm.URL(d.to, crm.Ref{}, p)
	for _, address := range []string{record, fresh, d.crm.URL(d.to, d.file(call()), crm.Prefill{})} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || strings.ContainsAny(address, " '\"<>") {
			d.t.Errorf("%q is no address: %v", address, err)
		}
	}
	if !strings.Contains(record, ref.ID) {
		d.t.Errorf("%s does not lead to %s", record, ref.ID)
	}
	if fresh == record || strings.Contains(fresh, ref.ID) {
		d.t.Errorf("%s is no form for a new contact", fresh)
	}
	once, _ := url.QueryUnescape(fresh)
	twice, _ := url.QueryUnescape(once)
	for _, want := range []string{"Ren\u00e9e", "O'Brien", "15145550101", "a+b@example.com"} {
		if !strings.Contains(once+twice+strings.ReplaceAll(once, "%2B", "+"), want) {
			d.t.Errorf("%q is not in %s", want, fresh)
		}
	}
}

var anchored = regexp.MustCompile(`^\^.*\$$`)

// form checks what a CRM says of itself: its settings form can be shown, and the
// connection of this test would pass it.
func form(d *desk) {
	s := d.crm.Spec()
	if s.Kind == "" || s.Name == "" || s.Logs == "" || s.NoteMax <= 0 || len(s.Objects) == 0 || !strings.HasPrefix(s.Docs, "https://") {
		d.t.Errorf("something is missing: %+v", s)
	}
	seen := map[string]bool{}
	for _, f := range s.Fields {
		if f.Name == "" || seen[f.Name] {
			d.t.Errorf("the field %q stands twice", f.Name)
		}
		seen[f.Name] = true
		pattern, err := regexp.Compile(f.Pattern)
		if err != nil || f.Pattern != "" && !anchored.MatchString(f.Pattern) {
			d.t.Errorf("the pattern of %s: %q, %v", f.Name, f.Pattern, err)
			continue
		}
		if f.Default != "" && (!pattern.MatchString(f.Default) || len(f.Options) > 0 && !slices.Contains(f.Options, f.Default)) {
			d.t.Errorf("%s may not be its own default", f.Name)
		}
		given := d.to.Settings[f.Name]
		if f.Secret {
			given = d.to.Secrets[f.Name]
		}
		if given != "" && !pattern.MatchString(given) || given == "" && f.Required && f.Default == "" {
			d.t.Errorf("%s is %q, which its form refuses", f.Name, given)
		}
	}
	for name := range d.to.Settings {
		if !seen[name] {
			d.t.Errorf("there is no field %s", name)
		}
	}
	for name := range d.to.Secrets {
		if !slices.ContainsFunc(s.Fields, func(f crm.Field) bool { return f.Name == name && f.Secret }) {
			d.t.Errorf("there is no secret field %s", name)
		}
	}
}

// countIn counts a text in another, whatever stands around it.
func countIn(text, part string) int { return strings.Count(text, strings.TrimSpace(part)) }
