package parley

import "time"

// Case is a record under a customer. The chat log of an interaction is a case
// that names it; an interaction has at most one.
//
// Source: CRM-03, CRM-08, CRM-12.
type Case struct {
	ID          CaseID
	Number      int64
	Customer    CustomerID // "" while unlinked
	Interaction InteractionID
	Status      CaseStatus
	Draft       bool
	Subject     string
	Notes       string
	Channel     Channel
	Queue       QueueID
	Agent       AgentID // who made it
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Rev         int64
}

// CaseStatus is open or closed.
type CaseStatus string

// The two.
const (
	CaseOpen   CaseStatus = "open"
	CaseClosed CaseStatus = "closed"
)
