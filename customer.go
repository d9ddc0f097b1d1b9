package parley

import (
	"strings"
	"time"
)

// Customer is a record of the local CRM.
//
// Source: CRM-02.
type Customer struct {
	ID            CustomerID
	AccountNumber string // unique; made by the center when left empty
	FirstName     string
	LastName      string
	Emails        []string // lower case, each unique in the center
	Phones        []string // E.164, or as typed where it is none; matched by their digits
	Home          PostalAddress
	Other         PostalAddress
	Language      string // en, fr ..., "" = not known
	Zone          string // IANA name, "" = not known
	Notes         string
	Fields        map[FieldID]string // what the center's own fields say; an empty value is none
	Draft         bool
	CreatedBy     AgentID
	CreatedAt     time.Time
	UpdatedAt     time.Time
	Rev           int64
}

// Name returns the customer's full name.
func (c Customer) Name() string {
	if c.FirstName == "" || c.LastName == "" {
		return c.FirstName + c.LastName
	}
	return c.FirstName + " " + c.LastName
}

// PostalAddress is where a customer lives or works.
type PostalAddress struct {
	Lines      string `json:"lines,omitempty"` // street, number, floor
	City       string `json:"city,omitempty"`
	Region     string `json:"region,omitempty"` // state or province
	PostalCode string `json:"postal_code,omitempty"`
	Country    string `json:"country,omitempty"` // ISO 3166-1 alpha-2
}

// Erased is what a message says whose words were erased.
//
// Source: A-118.
const Erased = "[erased]"

// IsEmail reports whether a text can be an address: one @ with something on
// both sides, and no blank. Whether anybody reads there only a mail can tell.
func IsEmail(text string) bool {
	local, domain, ok := strings.Cut(text, "@")
	return ok && local != "" && domain != "" && !strings.ContainsAny(text, " \t<>,;\"") && !strings.Contains(domain, "@")
}
