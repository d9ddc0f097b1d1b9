package parley

import "time"

// InteractionState is where an interaction stands.
type InteractionState string

// The states; those after WrapUp are final.
const (
	Created        InteractionState = "created"
	Queued         InteractionState = "queued"
	Offering       InteractionState = "offered"
	Active         InteractionState = "active"
	Parked         InteractionState = "parked"
	WrapUp         InteractionState = "wrapup"
	Logged         InteractionState = "logged"
	Abandoned      InteractionState = "abandoned"
	ShortAbandoned InteractionState = "short_abandoned"
	Skipped        InteractionState = "skipped"
	Offline        InteractionState = "offline"
	QueueTimeout   InteractionState = "queue_timeout"
	Diverted       InteractionState = "diverted"
	Cancelled      InteractionState = "cancelled"
)

// Final reports whether nothing more can happen to an interaction in s.
func (s InteractionState) Final() bool {
	switch s {
	case Created, Queued, Offering, Active, Parked, WrapUp:
		return false
	}
	return true
}

// Open reports whether s counts as the conversation's open interaction. One
// addressed to an agent (I20b) does not count until that agent accepts.
func (s InteractionState) Open() bool { return !s.Final() && s != WrapUp }

// ShortAbandon is how soon a customer must leave to count as a short abandon.
//
// Unit: time since the interaction entered its queue.
// Source: T_short_abandon.
const ShortAbandon = 5 * time.Second

// PriorityDefault is an interaction's priority inside its queue.
//
// Unit: 0 to 1000, higher first.
// Source: RTE-06.
const PriorityDefault = 50

// EndedBy says who ended a conversation.
type EndedBy string

// Who can end a conversation.
const (
	EndedByAgent    EndedBy = "agent"
	EndedByCustomer EndedBy = "customer"
	EndedBySystem   EndedBy = "system"
)

// Interaction is one routed unit of work inside a conversation, from entering
// until logged.
type Interaction struct {
	ID           InteractionID
	Number       int64 // the short transaction number
	Conversation ConversationID
	Journey      InteractionID // the first interaction of the journey
	Origin       InteractionID // the one it was transferred from, "" if none
	Queue        QueueID
	Agent        AgentID // who handles or handled it, "" before
	State        InteractionState
	Priority     int
	Addressed    bool // I20b: to one agent who has yet to accept
	CustomerAway bool
	AgentAway    bool
	Overdue      bool
	AwaitAck     bool
	Unviewed     bool // I25d: final, but the agent has not opened the row
	CreatedAt    time.Time
	EntryAt      time.Time // entered the queue; kept on requeue and transfer
	AcceptedAt   time.Time
	EndedAt      time.Time
	EndedBy      EndedBy
	EndedWhy     string // left, transferred, agent_lost, closed, inactivity or ""
	WrapUpUntil  time.Time
	ClosedAt     time.Time
}

// OfferState is how an offer stands or ended.
//
// Source: docs/routing.md.
type OfferState string

// Pending, then exactly one of the others.
const (
	OfferPending   OfferState = "pending"
	OfferAccepted  OfferState = "accepted"
	OfferRejected  OfferState = "rejected"
	OfferTimedOut  OfferState = "timed_out"
	OfferWithdrawn OfferState = "withdrawn"
	OfferAbandoned OfferState = "abandoned"
)

// StatusReason is why an agent's status changes when an offer ends as s.
func (s OfferState) StatusReason() StatusReason {
	switch s {
	case OfferRejected:
		return ReasonRejected
	case OfferTimedOut:
		return ReasonOfferTimeout
	}
	return ReasonAgent
}
