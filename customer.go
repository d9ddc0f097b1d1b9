package parley

import "time"

// Customer is a record of the local CRM. In this version: names, e-mails,
// phones and the account number.
//
// Source: CRM-02.
type Customer struct {
	ID            CustomerID
	AccountNumber string // unique; made by the center when left empty
	FirstName     string
	LastName      string
	Emails        []string // lower case, each unique in the center
	Phones        []string // as typed; matched by their digits
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
