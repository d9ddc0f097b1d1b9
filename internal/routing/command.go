package routing

import (
	"time"

	"parley"
)

// Command is one thing somebody asked for. It is refused whole or obeyed whole.
type Command interface{ isCommand() }

// Who does what. Fields named By are the supervisor or administrator who asked,
// "" if the agent did.
type (
	// SaveAgent adds an agent or replaces their configuration. Disabling one
	// logs them out (P24); a new capacity may free a slot (P22).
	SaveAgent struct{ Agent AgentConfig }

	// SaveQueue adds a queue or replaces its configuration. Disabling one
	// applies its OnClose (E12).
	SaveQueue struct{ Queue QueueConfig }

	// RemoveQueue refuses with parley.ErrQueueNotEmpty while anything waits (E12).
	RemoveQueue struct{ Queue parley.QueueID }

	// SaveMemberships sets memberships; those not named stay (P21, QUE-03).
	SaveMemberships struct{ Memberships []parley.Membership }

	// SaveSettings replaces the center's settings.
	SaveSettings struct{ Settings Settings }

	// Login starts a working session (P1). A take-over of one's own session
	// keeps everything as it is (SEC-08).
	Login struct{ Agent parley.AgentID }

	// Logout ends it (P23). Errors: parley.ErrInteractionsOpen with their ids.
	Logout struct {
		Agent parley.AgentID
		Code  parley.StatusCodeID
	}

	// SetStatus is a person's choice (P2, P3, P3b, P3c, P4) or, with By, a
	// supervisor's (P15).
	// Errors: ErrAnswerOfferFirst, ErrBusy, ErrPresenceNotAllowed.
	SetStatus struct {
		Agent  parley.AgentID
		Status parley.Presence // available, on_break or work_offline
		Code   parley.StatusCodeID
		By     parley.AgentID
	}

	// StopNew blocks further queued chats (P10); Resume lifts it (P11).
	StopNew struct{ Agent parley.AgentID }
	Resume  struct{ Agent parley.AgentID }

	// ForceLogout is a supervisor's or administrator's log-out (P16).
	ForceLogout struct{ Agent, By parley.AgentID }

	// LinkLost and LinkUp tell of all sockets of the agent's session (P17, P18).
	LinkLost struct{ Agent parley.AgentID }
	LinkUp   struct{ Agent parley.AgentID }

	// Arrive puts a contact the script sent to a queue into it (I1, I2), or
	// records one that came out of hours (I3, Offline).
	Arrive struct {
		Interaction   parley.InteractionID
		Conversation  parley.ConversationID
		Queue         parley.QueueID // "" with Offline
		Priority      int            // 0 means parley.PriorityDefault
		Required      []Requirement  // the script's, beside the queue's
		Web           bool           // the customer can leave, and has a link to lose
		Offline       bool           // I3: closed
		QueueGrace    time.Duration  // resume.queue_grace_s
		CustomerGrace time.Duration  // resume.customer_grace_s
		Prefer        parley.AgentID // reply.prefer_last_agent, "" if nobody
		PreferFor     time.Duration
		Script        bool          // I1 alone: the script waits for an answer, or says what follows in this commit
		AnswerFor     time.Duration // with Script: how long it waits
		Messages      Messages      // said while they wait
		Silence       Silence       // how long it may be silent while it is active
		Window        Window        // until when the network lets us answer, if the talk ends with it
	}

	// Ask lets the script wait anew for an answer.
	Ask struct {
		Interaction parley.InteractionID
		For         time.Duration
	}

	// Forward puts an interaction whose script has come to its end into a queue (I2).
	// Errors: ErrConflict if it is in its script no more, ErrNotFound.
	Forward struct {
		Interaction parley.InteractionID
		Queue       parley.QueueID
		Priority    int           // 0 means parley.PriorityDefault
		Required    []Requirement // the script's, beside the queue's
		Prefer      parley.AgentID
		PreferFor   time.Duration
		Messages    Messages
	}

	// EndScript ends an interaction where its script does (I3, SCR-04), or out of
	// the line, where the script let them out (I8).
	EndScript struct {
		Interaction parley.InteractionID
		State       parley.InteractionState // offline, skipped or cancelled
		Form        bool
	}

	// Park lays an active interaction aside until a time; Open: until the next
	// message, and Until is the longest allowed (I29).
	// Errors: ErrConflict on the web and while it is being transferred,
	// ErrInteractionEnded, ErrNotFound (not this agent's).
	Park struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
		Until       time.Time
		Open        bool
		PreferFor   time.Duration // how long it is offered to Agent first when it comes back
	}

	// Unpark is its agent taking it up again, or with no Agent a message of the
	// customer, which is never refused (I30).
	// Errors: ErrAtCapacity and ErrAgentUnavailable if Agent could not be offered it.
	Unpark struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
	}

	// Hear says that somebody said something (I15). It is never refused.
	Hear struct{ Interaction parley.InteractionID }

	// MoveWindow says until when the network lets an agent answer now. It is never
	// refused, and means nothing where the talk does not end with it.
	MoveWindow struct {
		Interaction parley.InteractionID
		Until       time.Time
	}

	// Accept makes the offered interaction the agent's (P6, I10). Twice is once (E4).
	// Errors: ErrOfferExpired, ErrCustomerLeft, ErrNotFound (another agent's).
	Accept struct {
		Agent parley.AgentID
		Offer parley.OfferID
	}

	// Reject needs the right (P7, I11). Errors: ErrRejectNotPermitted, ErrOfferExpired, ErrNotFound.
	Reject struct {
		Agent parley.AgentID
		Offer parley.OfferID
		Code  parley.StatusCodeID
	}

	// CustomerLeave is an explicit end by the customer, in any state (I4, I7, I13, I17).
	CustomerLeave struct{ Interaction parley.InteractionID }

	// CustomerEnds is CustomerLeave off the web, where a program says so (API-01).
	CustomerEnds struct{ Interaction parley.InteractionID }

	// SkipQueue leaves the line for a message instead (I8).
	SkipQueue struct{ Interaction parley.InteractionID }

	// CustomerLost and CustomerBack tell of a web customer's link (I18, I19; grace in the queue).
	CustomerLost struct{ Interaction parley.InteractionID }
	CustomerBack struct{ Interaction parley.InteractionID }

	// End is the agent's (I16). Focus and disposition are known by then.
	// Errors: ErrInteractionEnded, ErrNotFound (not this agent's).
	End struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
		Blocked     bool // because its sender was blocked
	}

	// SetComplete says whether every required disposition list is answered.
	// Allowed while active or in wrap-up, and on an unviewed row (I24, I25e).
	SetComplete struct {
		Interaction parley.InteractionID
		Complete    bool
	}

	// View is the agent opening a row the customer ended (I25d, I25e); it clears
	// AwaitAck. A row in focus when the customer ends is viewed at once. Dismiss
	// takes a final row away; parley.ErrConflict before it was viewed (RES-03).
	View struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
	}
	Dismiss struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
	}

	// Finish is Wrap up (I25). Errors: ErrDispositionRequired. Twice is once.
	Finish struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
	}

	// ExtendWrapUp adds to a wrap-up's deadline (WRP-11), up to Max from its start.
	ExtendWrapUp struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
		By, Max     time.Duration
	}

	// TransferToQueue is I20, TransferToAgent I20b. New is the id of the new interaction.
	// Errors: ErrQueueUnstaffed, ErrInteractionEnded, ErrAtCapacity, ErrAgentUnavailable, ErrForbidden (setting), ErrConflict (one is pending).
	TransferToQueue struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
		New         parley.InteractionID
		Queue       parley.QueueID
		Anyway      bool // the agent has seen the warning (transfer.to_unstaffed = warn)
		Messages    Messages
	}
	TransferToAgent struct {
		Agent       parley.AgentID
		Interaction parley.InteractionID
		New         parley.InteractionID
		To          parley.AgentID
	}

	// Close is a supervisor's or administrator's (I28).
	Close struct {
		Interaction parley.InteractionID
		By          parley.AgentID
		Blocked     bool // because its sender was blocked
	}

	// Restart is given once, when a server starts or takes over, before any Tick:
	// offers that fell due meanwhile are withdrawn, not timed out (P17b).
	Restart struct{}

	// Tick handles the deadlines that lie before now, in order: Most of them, all
	// if it is 0. What is left is late and waits for the next one. Until Deaf nobody
	// could say that they are back: a grace that ended earlier begins again.
	Tick struct {
		Most int
		Deaf time.Time
	}
)

func (SaveAgent) isCommand()       {}
func (SaveQueue) isCommand()       {}
func (RemoveQueue) isCommand()     {}
func (SaveMemberships) isCommand() {}
func (SaveSettings) isCommand()    {}
func (Login) isCommand()           {}
func (Logout) isCommand()          {}
func (SetStatus) isCommand()       {}
func (StopNew) isCommand()         {}
func (Resume) isCommand()          {}
func (ForceLogout) isCommand()     {}
func (LinkLost) isCommand()        {}
func (LinkUp) isCommand()          {}
func (Arrive) isCommand()          {}
func (Ask) isCommand()             {}
func (Forward) isCommand()         {}
func (EndScript) isCommand()       {}
func (Park) isCommand()            {}
func (Unpark) isCommand()          {}
func (Hear) isCommand()            {}
func (MoveWindow) isCommand()      {}
func (Accept) isCommand()          {}
func (Reject) isCommand()          {}
func (CustomerLeave) isCommand()   {}
func (CustomerEnds) isCommand()    {}
func (SkipQueue) isCommand()       {}
func (CustomerLost) isCommand()    {}
func (CustomerBack) isCommand()    {}
func (End) isCommand()             {}
func (SetComplete) isCommand()     {}
func (View) isCommand()            {}
func (Dismiss) isCommand()         {}
func (Finish) isCommand()          {}
func (ExtendWrapUp) isCommand()    {}
func (TransferToQueue) isCommand() {}
func (TransferToAgent) isCommand() {}
func (Close) isCommand()           {}
func (Restart) isCommand()         {}
func (Tick) isCommand()            {}

// Messages is how often somebody who waits is told something.
//
// Source: SCR-02: the in-queue loop and its interval.
type Messages struct {
	Every time.Duration // 0 = never
	Times int
}
