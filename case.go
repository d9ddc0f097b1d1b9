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
	Description string
	Visibility  Visibility
	Group       GroupID // of its owner, when it was saved
	Severity    Severity
	Priority    Urgency
	Assignee    AgentID // whose it is now, "" = nobody's
	Follows     CaseID  // of a log: the case it was about
	Channel     Channel
	Queue       QueueID
	Agent       AgentID // who made it
	CreatedAt   time.Time
	UpdatedAt   time.Time
	ClosedAt    time.Time          // zero while open
	Fields      map[FieldID]string // of the center's own; lists of cases leave them out
	Rev         int64
}

// CaseStatus is open or closed.
type CaseStatus string

// The two.
const (
	CaseOpen   CaseStatus = "open"
	CaseClosed CaseStatus = "closed"
)

// Visibility is who may see a case: everyone with the records, the group of
// its owner, or its owner alone. Supervisors see all.
type Visibility string

// The three.
const (
	VisibleToEveryone Visibility = "everyone"
	VisibleToGroup    Visibility = "group"
	VisibleToOwner    Visibility = "owner"
)

// Severity is how bad what a case is about is for the customer.
type Severity string

// The severities.
const (
	SeverityMinor    Severity = "minor"
	SeverityNormal   Severity = "normal"
	SeverityMajor    Severity = "major"
	SeverityCritical Severity = "critical"
)

// Urgency is how soon a case is to be dealt with.
type Urgency string

// The urgencies.
const (
	UrgencyLow    Urgency = "low"
	UrgencyNormal Urgency = "normal"
	UrgencyHigh   Urgency = "high"
	UrgencyUrgent Urgency = "urgent"
)

// Owner is whose case it is: its assignee, else who made it.
func (c Case) Owner() AgentID {
	if c.Assignee != "" {
		return c.Assignee
	}
	return c.Agent
}

// SeenBy reports whether somebody may see the case.
//
// Source: CRM-03.
func (c Case) SeenBy(me Actor) bool {
	switch {
	case c.Visibility == VisibleToEveryone || c.Visibility == "" || me.Has(MaySupervise):
		return true
	case me.Agent == "":
		return false
	case c.Agent == me.Agent || c.Assignee == me.Agent:
		return true
	}
	return c.Visibility == VisibleToGroup && me.Group != "" && c.Group == me.Group
}

// FollowUp is what was done about a case after it was opened.
//
// Source: CRM-04.
type FollowUp struct {
	ID        string // fup_
	Case      CaseID
	Kind      FollowUpKind
	At        time.Time // the day it is about
	Text      string
	Log       CaseID  // of a contact: its chat log
	Letter    string  // of an e-mail: the letter
	Agent     AgentID // "" = the system
	CreatedAt time.Time
}

// FollowUpKind is what a follow-up is.
type FollowUpKind string

// A note, an e-mail to the customer, or a new contact of theirs.
const (
	FollowUpNote    FollowUpKind = "note"
	FollowUpEmail   FollowUpKind = "email"
	FollowUpContact FollowUpKind = "contact"
)

// Task is what somebody has to do by a day.
//
// Source: CRM-04.
type Task struct {
	ID        string // tsk_
	Kind      TaskKind
	Subject   string
	Notes     string
	Case      CaseID     // "" = of no case
	Customer  CustomerID // "" = of no customer
	Owner     AgentID
	DueAt     time.Time
	DoneAt    time.Time // zero = to do
	CreatedBy AgentID
	CreatedAt time.Time
	UpdatedAt time.Time
	Rev       int64
}

// TaskKind is the kind of contact a task is.
type TaskKind string

// The kinds.
const (
	TaskCall    TaskKind = "call"
	TaskEmail   TaskKind = "email"
	TaskMeeting TaskKind = "meeting"
	TaskChat    TaskKind = "chat"
	TaskOther   TaskKind = "other"
)

// Social reports whether a channel is a social network: what came by one is a
// closed case.
//
// Source: CRM-13.
func (c Channel) Social() bool { return c == Facebook || c == Instagram || c == X }
