package parley

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// EntryPoint is one address of ours on a channel: a widget on a site, a number,
// a page, an account.
type EntryPoint struct {
	ID             EntryPointID
	Channel        Channel
	Provider       string // the folder that carries it: webchat, twilio, whatsapp ...
	Name           string
	Enabled        bool
	Queue          QueueID
	AllowedOrigins []string          // sites that may show the widget; none = only our own pages
	Address        Address           // our end on the network, "" on the web
	Settings       map[string]string // by the provider's Spec, without its secrets
	Secrets        map[string]string `json:"-"` // opened only where a request is made or checked; never shown
	Sealed         []byte            `json:"-"` // the secrets as stored
	Paused         string            // why nothing is sent for now: admin, auth, blocked; "" = it works
	Script         Script
	ScriptID       ScriptID // the flow it runs, "" = its own script is all
	Rev            int64
}

// Setting returns what an administrator filled in, secret or not.
func (e EntryPoint) Setting(name string) string {
	if v, ok := e.Secrets[name]; ok {
		return v
	}
	return e.Settings[name]
}

// Script is what happens to a new contact. In this version its shape is fixed:
// weekly hours, greeting, pre-chat form, one queue, skip the queue, offline form.
//
// Source: SCR-01 to SCR-07.
type Script struct {
	Schedule    Schedule `json:"schedule"`
	Greeting    Text     `json:"greeting"`
	Closed      Text     `json:"closed"`
	Title       Text     `json:"title"` // of the window, 30 characters at most
	Form        []Field  `json:"form"`  // the pre-chat form, in order
	SkipQueue   bool     `json:"skip_queue"`
	OfflineForm bool     `json:"offline_form"`
	Position    bool     `json:"position"` // show the place in the line
	CustomerEnd bool     `json:"customer_end"`
	Attachments bool     `json:"attachments,omitempty"` // customers may send files (CNV-08)
	Language    string   `json:"language"`              // default: en or fr-CA
	Texts       Texts    `json:"texts,omitzero" required:"false"`
	Consent     Text     `json:"consent,omitzero" required:"false" doc:"what a visitor must agree to before a chat; empty = nothing"`
	Accent      string   `json:"accent"` // #rrggbb
}

// Texts are what is said to customers by itself, {agent} being who serves them;
// an empty one is not said, as all are where nobody wrote them, but for Help.
//
// Source: SCR-02, XFR-06, SMS-09.
type Texts struct {
	Joined      Text  `json:"joined,omitzero" required:"false"`      // an agent took the conversation
	Transferred Text  `json:"transferred,omitzero" required:"false"` // it goes on with a colleague
	Away        Text  `json:"away,omitzero" required:"false"`        // the agent was lost: they wait again
	Ended       Text  `json:"ended,omitzero" required:"false"`       // the agent or the center ended it
	Help        *Text `json:"help,omitempty" doc:"texts: the answer to HELP; absent = the product's own, empty = the network answers, or an agent"`
}

// Text is a text in the two languages of the product.
type Text struct {
	EN string `json:"en"`
	FR string `json:"fr"`
}

// In returns the text in a language, English if it has none.
func (t Text) In(language string) string {
	if len(language) >= 2 && language[:2] == "fr" && t.FR != "" {
		return t.FR
	}
	return t.EN
}

// Field is one field of a pre-chat form.
//
// Source: SCR-05.
type Field struct {
	Name     string `json:"name"` // name, email, account_number, case_number, question
	Required bool   `json:"required"`
}

// Origin returns a web origin as browsers write it (https://shop.example), and
// whether text is one: no path, no query, no wildcard, nothing that means more in
// a header.
//
// Source.
func Origin(text string) (string, bool) {
	u, err := url.Parse(strings.ToLower(strings.TrimSpace(text)))
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || !PlainHost(u.Host) ||
		strings.TrimSuffix(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", false
	}
	return u.Scheme + "://" + u.Host, true
}

// SafeOrigin is Origin where what is shown there must not be read or changed on
// the way: over TLS, or on this very machine.
//
// Source: A-110.
func SafeOrigin(text string) (string, bool) {
	origin, ok := Origin(text)
	host, plain := strings.CutPrefix(origin, "http://")
	return origin, ok && (!plain || LoopbackHost(host))
}

// LoopbackHost reports whether a host, with its port or without, names this
// machine.
func LoopbackHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(strings.TrimSuffix(strings.ToLower(host), "."), "[]")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// PlainHost reports whether a host, in lower case, holds nothing that means more
// in a header.
func PlainHost(host string) bool {
	return !strings.ContainsFunc(host, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune(".-:[]", r)
	})
}
