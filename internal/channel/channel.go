// Package channel holds the words of networks: what one can do, what it sends
// us, what it says when it refuses. One folder each speaks a network's own wire
// format; all/ lists them.
package channel

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parley"
)

// Channel is one network, or one provider of it.
type Channel interface {
	// Spec says what the network can do. No other code may ask its name.
	Spec() Spec
	// Receive checks a request's signature and turns it into our words. It does
	// no I/O. Errors: parley.ErrBadSignature; parley.ErrBadRequest where there is
	// no signature and the body cannot be read.
	Receive(in parley.EntryPoint, r Request) (Received, error)
	// Send delivers one message of the network and returns the network's id for
	// it. Errors: *SendError.
	Send(ctx context.Context, from parley.EntryPoint, m parley.Outbound) (externalID string, err error)
}

// Request is an HTTP request at an entry point's door, whole and unchanged.
type Request struct {
	Method string
	URL    string // the public address as configured, with the query as it came
	Query  url.Values
	Header http.Header
	Body   []byte // raw
	Now    time.Time
}

// Received is what a request says.
type Received struct {
	Messages []parley.Inbound
	Statuses []parley.Status
	News     []News
	Reply    *Reply   // nil: 200 without a body
	Odd      string   // signed, but this we could not read: kept raw and shown to administrators
	Others   []string // accounts besides ours that it is about, by their ids there: some networks call one address for all of an app's
}

// Keepable gives its ids a form that every database holds. One that has it stays
// as it is.
func (r *Received) Keepable() {
	for n := range r.Messages {
		m := &r.Messages[n]
		m.ExternalID, m.Target = keepable(m.ExternalID), keepable(m.Target)
		for k := range m.From {
			m.From[k].Value = parley.Address(keepable(string(m.From[k].Value)))
		}
	}
	for n := range r.Statuses {
		s := &r.Statuses[n]
		s.ExternalID, s.Ref, s.Code = keepable(s.ExternalID), keepable(s.Ref), keepable(s.Code)
	}
}

func keepable(id string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(id, "\uFFFD"), "\x00", "\uFFFD")
}

// Unreadable keeps the first thing that could not be read, by a word of ours; the
// request is kept whole anyway.
func (r *Received) Unreadable(what string) {
	if r.Odd == "" {
		r.Odd = what
	}
}

// Reply is an answer the network wants: a handshake's.
type Reply struct {
	Status int
	Type   string
	Body   []byte
	Stale  bool // our word: nothing in the request was new
}

// News is what a network tells of our account rather than of a customer.
type News struct {
	Code   Code // auth, blocked, config, restricted ...
	Detail string
}

// Code is a class of failure; there is one set for all networks.
//
// Source: networks.md 12.
type Code string

// The classes. Only the first two are tried again by themselves.
const (
	Throttled            Code = "throttled"
	Transient            Code = "transient"
	WindowClosed         Code = "window_closed"
	OptedOut             Code = "opted_out"
	RecipientUnavailable Code = "recipient_unavailable"
	BadNumber            Code = "bad_number"
	TemplateFault        Code = "template"
	MediaFault           Code = "media"
	Auth                 Code = "auth" // pauses the entry point
	Config               Code = "config"
	Blocked              Code = "blocked"
	TooLong              Code = "too_long"
	Undeliverable        Code = "undeliverable"
	Refused              Code = "refused"
	Elsewhere            Code = "elsewhere" // another app of ours has the conversation now
	Restricted           Code = "restricted"
	BadRequest           Code = "bad_request"
	Identity             Code = "identity"
	UnknownOutcome       Code = "unknown_outcome" // it may have arrived: never sent again by itself
)

// SendError is a network's verdict on a message.
type SendError struct {
	Code   Code
	After  time.Duration // with Throttled: when to try again; 0 = we choose
	Whom   Whom          // with Throttled: who must wait
	Detail string        // the network's number and words, without addresses, or a word of ours
}

// Whom is how far a limit reaches.
type Whom string

// The reaches of a limit.
const (
	WholeAccount Whom = "" // everything of the entry point
	OneRecipient Whom = "recipient"
)

// Error returns class and detail.
func (e *SendError) Error() string { return string(e.Code) + ": " + e.Detail }

// Spec is what a network can do, its settings form and its limits.
type Spec struct {
	Provider    string           // the folder's name
	Channels    []parley.Channel // what it carries; most carry one
	Name        string           // as people know it: "WhatsApp (Cloud API)"
	Docs        string           // where an administrator finds the credentials
	Fields      []Field          // the form, in order
	Address     Field            // our end: what to call it and how it must look
	Webhook     bool             // the network calls us: there is an address to copy
	Limit       int              // the longest text of one message of the network
	Unit        Unit             // of Limit
	PlainText   bool             // no files, no emoji (CNV-07, SMS-05)
	Files       Files            // what may go out
	Typing      bool             // we may show that somebody types
	Receipts    bool             // it tells of delivered
	Reads       bool             // it tells of read
	Window      time.Duration    // to answer after a customer's message, 0 = always
	AdWindow    time.Duration    // after an advertisement
	HumanWindow time.Duration    // in which a person, not a system, may still answer
	Templates   bool             // approved templates may open a closed window
	CustomerEnd bool             // the customer can end
	NewCustomer string           // crm.new_customer_mode where nobody chose: form or auto_create
	Buttons     bool             // quick replies can be pressed
	Reactions   []string         // emojis an agent may put under a customer's message; none = it shows none of ours
	Segments    bool             // counted and paid by SMS segments
	PerSecond   float64          // messages per second and entry point; 0 = no limit known
	PerPerson   time.Duration    // least time between two messages to one customer
	Burst       int              // of PerPerson
	MediaHosts  []string         // hosts files may be fetched from; a leading dot = and below
	Key         parley.KeyKind   // what a customer is known by
	KeyScope    bool             // the key counts per entry point's address, not everywhere
	BaseURL     string           // of the network's API; setting base_url overrides it
	APIVersion  string           // default of the setting api_version, "" = none
}

// Unit is how a network counts a text.
type Unit string

// The units.
const (
	CodePoints Unit = "code_points"
	UTF16      Unit = "utf16"
	Bytes      Unit = "bytes"
)

// Field is one line of a settings form.
type Field struct {
	Name     string // auth_token; the label's key is channel.field.<name>
	Secret   bool   // sealed, never shown again
	Ours     bool   // we choose it and tell the network: the form offers a random one
	Required bool
	Default  string
	Options  []string // a choice
	Pattern  string   // an anchored regular expression, "" = any line
	Max      int      // code points; 0 = 512
	When     string   // "auth=oauth2": asked for, and required, only where that is chosen; "" = always
}

// Asked reports whether a line is asked for, given what is chosen.
func (f Field) Asked(chosen map[string]string) bool {
	name, value, conditional := strings.Cut(f.When, "=")
	return !conditional || chosen[name] == value
}

// What only some networks do; asked for by type.
type (
	// Runner keeps a connection or a token alive while the entry point is on. Run
	// ends with ctx; an error is tried again with growing pauses.
	Runner interface {
		Run(ctx context.Context, in parley.EntryPoint, host Host) error
	}

	// Fetcher gets a file a customer sent. The reader is closed by the caller, who
	// bounds it.
	Fetcher interface {
		Fetch(ctx context.Context, in parley.EntryPoint, a parley.Attachment) (File, error)
	}

	// Profiler looks up who somebody is.
	Profiler interface {
		Profile(ctx context.Context, in parley.EntryPoint, who parley.Keys) (Profile, error)
	}

	// Marker tells the customer that we read or type. newest is the external id of
	// their newest message.
	Marker interface {
		Mark(ctx context.Context, in parley.EntryPoint, to parley.Keys, newest string, what Mark) error
	}

	// Reactor shows our emoji under a customer's message, or (none) takes it away.
	// What it did already changes nothing. Errors: *SendError.
	Reactor interface {
		React(ctx context.Context, in parley.EntryPoint, r Reaction) error
	}

	// Checker asks the network whether the set-up works, for the live checklist.
	Checker interface {
		Check(ctx context.Context, in parley.EntryPoint) (Health, error)
	}

	// Fitter refuses a form, each line of which is good, where two contradict each
	// other. It asks nobody. f names fields as the form does.
	Fitter interface {
		Fits(in parley.EntryPoint, f *parley.Faults)
	}

	// Resolver finds out what became of a message whose answer was lost.
	// found = false: the network does not know it (yet).
	Resolver interface {
		Resolve(ctx context.Context, in parley.EntryPoint, m parley.Outbound) (s parley.Status, found bool, err error)
	}

	// Templater lists the approved templates.
	Templater interface {
		ListTemplates(ctx context.Context, in parley.EntryPoint) ([]parley.Template, error)
	}

	// Registrar tells the network our webhook's address.
	Registrar interface {
		Register(ctx context.Context, in parley.EntryPoint, webhook string) error
	}
)

// Host is what a Runner may ask of the house.
type Host interface {
	// Receive keeps what came; when it returns nil it is on the disk.
	Receive(ctx context.Context, r Received, raw []byte) error
	// Save keeps refreshed secrets (a token) sealed, over what was there.
	Save(ctx context.Context, secrets map[string]string) error
	// Trouble tells administrators that the entry point needs attention; nil: it works again.
	Trouble(ctx context.Context, news *News)
	// Sessions shares what Run holds with Send, which may need the same connection.
	Now() time.Time
}

// Reaction is our emoji under a customer's message.
type Reaction struct {
	To     parley.Keys
	Target string // the message's external id
	Emoji  string // "" = none any more
	Ref    string // what the network is given to tell it by, where it gives that back
}

// Mark is what a customer is shown.
type Mark string

// The marks.
const (
	MarkRead      Mark = "read"
	MarkTyping    Mark = "typing"
	MarkNotTyping Mark = "not_typing"
)

// File is a fetched file.
type File struct {
	Body   io.ReadCloser
	Type   string // as the network says
	Name   string
	Size   int64  // -1 = unknown
	SHA256 string // as the network says, "" = it does not
}

// Profile is who somebody is on a network.
type Profile struct {
	Name     string
	Handle   string
	Language string
	Picture  string // URL
}

// Health is what a network says of our set-up.
type Health struct {
	Account      string    // as the network calls it
	TokenExpires time.Time // zero = it does not
	Subscribed   bool      // it calls our webhook
	Detail       string
}
