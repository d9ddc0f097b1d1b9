package routing

import (
	"time"

	"parley"
)

// Snapshot is everything the router remembers, as plain data: what store saves
// from the events and loads at a start. Slices are ordered by id.
type Snapshot struct {
	Config       int64 // version of the configuration
	Number       int64 // the last interaction number given
	Settings     Settings
	Agents       []AgentState
	Queues       []QueueState
	Memberships  []parley.Membership
	Interactions []InteractionState // not final, or final and unviewed
	Offers       []OfferState       // of those interactions, all attempts
}

// AgentState is the presence tuple and its timers.
//
// Source: behaviour.md 5.1.
type AgentState struct {
	AgentConfig
	EverLoggedIn bool
	Base         parley.Presence
	Sub          parley.Sub
	Next         parley.Presence // "" = none
	NextByMiss   bool            // next was set by P7 or P8 while busy (P11 clears it)
	Conn         parley.Conn
	Since        time.Time // of Base
	Reason       parley.StatusReason
	Code         parley.StatusCodeID
	By           parley.AgentID
	IdleSince    time.Time
	ReturnAt     time.Time // T_auto_return
	GraceUntil   time.Time // T_agent_grace
	OfferUntil   time.Time // T_offer_grace
}

// QueueState is a queue and when it last made an offer (RTE-06).
type QueueState struct {
	QueueConfig
	LastOffer    time.Time
	LastOfferSeq int64 // orders offers within one millisecond; 0 = none yet
}

// InteractionState is one interaction routing still has to do with.
type InteractionState struct {
	ID            parley.InteractionID
	Number        int64
	Conversation  parley.ConversationID
	Journey       parley.InteractionID
	Origin        parley.InteractionID
	From          parley.AgentID
	To            parley.AgentID // addressed to (I20b); kept after it is accepted, so that RTE-03 knows
	Queue         parley.QueueID
	Agent         parley.AgentID
	State         parley.InteractionState
	Priority      int
	Required      []Requirement
	Web           bool
	Addressed     bool                 // to To, who has yet to accept
	Pending       parley.InteractionID // the addressed one this active one is being transferred as, "" if none
	QueueGrace    time.Duration
	CustomerGrace time.Duration
	Prefer        parley.AgentID
	PreferUntil   time.Time
	Entry         time.Time
	Until         time.Time // T_queue_max
	Attempts      int       // offers made so far
	Round         int       // OFR-08
	Away          bool
	AwayUntil     time.Time // T_queue_grace or T_customer_grace
	WrapUpFrom    time.Time
	WrapUpUntil   time.Time
	CodeRequired  bool // frozen at the end (E28)
	Complete      bool // every required list is answered
	Overdue       bool
	AwaitAck      bool
	Unviewed      bool
}

// OfferState is one presentation.
type OfferState struct {
	ID    parley.OfferID
	Agent parley.AgentID
	Queue parley.QueueID
	Round int
	State parley.OfferState
	Made  time.Time
	Until time.Time
}
