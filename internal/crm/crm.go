// Package crm holds the words of outside CRMs: what one can do, what it knows
// of a customer, what it says when it refuses. One folder each speaks a CRM's own
// wire format; all/ lists them.
package crm

import (
	"context"
	"time"
)

// CRM is one kind of outside CRM.
//
// Source: DYN-01 to DYN-09.
type CRM interface {
	// Spec says what the CRM can do. No other code may ask its name.
	Spec() Spec
	// Search finds the active records that fit one identity, the best first, at
	// most SearchMax. Errors: *Error.
	Search(ctx context.Context, to Connection, q Query) ([]Record, error)
	// Create makes a contact. Errors: *Error; Duplicate if the CRM's own rules
	// find one that is there.
	Create(ctx context.Context, to Connection, p Prefill) (Record, error)
	// Log writes a finished conversation. Written again with the same ID it is the
	// same activity, brought up to date: nothing is doubled when an answer was
	// lost, and a new Regarding is a re-link. Errors: *Error.
	Log(ctx context.Context, to Connection, l Log) (Ref, error)
	// User returns the id of the one active user there with that e-mail address (lower
	// case), "" if there is none, or more than one: whose a log is is not guessed.
	// Errors: *Error.
	User(ctx context.Context, to Connection, email string) (string, error)
	// URL is the page of a record; of the zero Ref, the form for a new contact,
	// filled with p as far as the CRM allows. It does no I/O.
	URL(to Connection, r Ref, p Prefill) string
	// Check asks whether address, credentials and rights work. Errors: *Error.
	Check(ctx context.Context, to Connection) (Health, error)
}

// SearchMax is how many records one search lists.
const SearchMax = 50

// Spec is what a CRM can do, and its settings form.
type Spec struct {
	Kind    string   // the folder's name
	Name    string   // as people know it: "Microsoft Dynamics 365"
	Docs    string   // where an administrator finds the credentials
	Fields  []Field  // the form, in order
	Objects []string // the kinds of records that can be searched, the preferred first: contact, account, lead
	Logs    string   // the kind of record a log is there: phonecall
	NoteMax int      // the longest text of a log's note; longer goes as a file
	Frame   string   // the framework that can hold our panel and pop records itself: cif, opencti; "" = none
	BaseURL string   // of the API where it is the same for all; "" = a field
}

// Field is one line of a settings form.
type Field struct {
	Name     string // client_secret; the label's key is crms.field.<name>
	Secret   bool   // sealed, never shown again
	Required bool
	Lines    bool // many lines: a key or certificate
	Default  string
	Example  string                  // what it may look like, shown where it is empty
	Options  []string                // a choice
	Pattern  string                  // an anchored regular expression, "" = any line
	Fits     func(value string) bool // what a pattern cannot say; nil = nothing
	Instead  string                  // another secret that does as well: one of the two is needed
	Max      int                     // code points; 0 = 512
}

// Address is the pattern of a CRM's own address: over TLS, or on this very machine,
// and without a name or password in it.
const Address = `^(?:https://[^/?#@\s]+|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?)(?:/[^?#\s]*)?$`

// Connection is one organisation in a CRM, as an administrator set it up.
type Connection struct {
	ID       string            // crm_
	Settings map[string]string // Spec.Fields that are not secret
	Secrets  map[string]string
	Objects  []string // those of Spec.Objects to search, in this order
	Now      func() time.Time
}

// Query is one identity; exactly one field is set.
type Query struct {
	Phone  string // E.164
	Email  string // lower case
	Social Social
}

// Social is who somebody is on a network.
type Social struct {
	Channel string // messenger, x, whatsapp ...
	Handle  string
}

// Ref names a record of the CRM.
type Ref struct {
	Object string `json:"object"` // contact, account, lead, phonecall
	ID     string `json:"id"`
}

// Record is somebody or something the CRM knows.
type Record struct {
	Ref
	Name    string   `json:"name"`
	Company string   `json:"company"`
	Emails  []string `json:"emails"`
	Phones  []string `json:"phones"` // as the organisation typed them
	Detail  string   `json:"detail"` // one line more that tells two apart: a city, a title
}

// Prefill is what is known of somebody new.
type Prefill struct {
	FirstName string
	LastName  string
	Email     string
	Phone     string // E.164
	Social    Social
}

// Log is a finished conversation as the CRM files it.
//
// Source: DYN-06, CRM-08.
type Log struct {
	ID          string // a UUID of ours, the same at every try
	Was         Ref    // where it went before, which it stays; the zero Ref: nowhere yet
	Regarding   Ref    // the zero Ref: nobody was found
	Owner       string // the id of the user whose it is there; "" = as it is, at first the one we act as
	Language    string // in which it is written: en or fr-CA; "" = en
	Subject     string
	Transaction string // the interaction's id, and the first one's after a transfer
	Origin      string
	Channel     string // as people call it
	Queue       string
	Agent       string
	Phone       string // E.164 of the customer, "" = unknown
	Initiated   time.Time
	Accepted    time.Time
	Ended       time.Time
	Codes       []string
	Notes       string
	Transcript  string // plain text, whole
}

// Health is what a CRM says of our set-up.
type Health struct {
	Account string // the organisation, as the CRM calls it
	User    string // as whom we act
	Detail  string
	Until   time.Time // when what proves us ends; zero = it does not, or nobody knows
}

// Code is a class of failure; there is one set for all CRMs.
type Code string

// The classes. Only the first two are tried again by themselves.
const (
	Throttled  Code = "throttled"
	Transient  Code = "transient"
	Auth       Code = "auth"      // pauses the connection until it is set up anew
	Forbidden  Code = "forbidden" // a right is missing
	NotFound   Code = "not_found" // deleted or merged away
	Duplicate  Code = "duplicate" // the CRM's own rules found one that is there
	TooLong    Code = "too_long"
	BadRequest Code = "bad_request"
	Config     Code = "config" // the address, the table or the column does not exist
)

// Error is a CRM's verdict.
type Error struct {
	Code   Code
	After  time.Duration // with Throttled: when to try again; 0 = we choose
	Detail string        // a word of ours (NoHost ...), or the CRM's number and words, without what identifies a person
}

// Error returns class and detail.
func (e *Error) Error() string { return string(e.Code) + ": " + e.Detail }
