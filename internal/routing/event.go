package routing

import (
	"time"

	"parley"
)

// Event is one thing that happened. Events are decided in decide.go, remembered
// in evolve.go, saved by store, told by center and mirrored by the browser.
type Event interface {
	// Kind is the name in the log: offer_made.
	Kind() string
	// When it happened.
	When() time.Time
}

// At is the time of an event; every event embeds it.
type At struct {
	At time.Time `json:"at"`
}

// When returns the time.
func (a At) When() time.Time { return a.At }

// The events. They carry ids, states, numbers and times; never words.
type (
	AgentChanged struct { // an agent was added or their configuration replaced
		At
		Config int64       `json:"config"` // version of the configuration from here on
		Agent  AgentConfig `json:"agent"`
	}
	QueueChanged struct {
		At
		Config int64       `json:"config"`
		Queue  QueueConfig `json:"queue"`
	}
	QueueRemoved struct {
		At
		Config int64          `json:"config"`
		Queue  parley.QueueID `json:"queue"`
	}
	MembershipChanged struct {
		At
		Config     int64             `json:"config"`
		Membership parley.Membership `json:"membership"`
	}
	SettingPublished struct {
		At
		Config   int64    `json:"config"`
		Settings Settings `json:"settings"`
	}

	// InteractionCreated begins an interaction (I1). A transfer names its origin.
	InteractionCreated struct {
		At
		Interaction   parley.InteractionID  `json:"interaction"`
		Number        int64                 `json:"number"`
		Conversation  parley.ConversationID `json:"conversation"`
		Journey       parley.InteractionID  `json:"journey"`
		Origin        parley.InteractionID  `json:"origin,omitempty"`
		From          parley.AgentID        `json:"from,omitempty"`  // who transferred it
		To            parley.AgentID        `json:"to,omitempty"`    // I20b: addressed to
		Queue         parley.QueueID        `json:"queue,omitempty"` // with To: whose timers and codes hold
		Required      []Requirement         `json:"required,omitempty"`
		Web           bool                  `json:"web,omitempty"`
		QueueGrace    time.Duration         `json:"queue_grace,omitempty"`
		CustomerGrace time.Duration         `json:"customer_grace,omitempty"`
		Prefer        parley.AgentID        `json:"prefer,omitempty"`
		PreferUntil   time.Time             `json:"prefer_until,omitzero"`
		Script        bool                  `json:"script,omitempty"` // it stays created while its script runs
		Silence       Silence               `json:"silence,omitzero"`
		Window        Window                `json:"window,omitzero"`
	}

	// ScriptWaits says that the script asked something, and until when it waits.
	ScriptWaits struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Until       time.Time            `json:"until"`
	}
	// AnswerDue says that nobody answered the script in time.
	AnswerDue struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
	}
	// WaitMessageDue says that somebody in the line is due a word; Left more follow.
	WaitMessageDue struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Left        int                  `json:"left"`
		Next        time.Time            `json:"next,omitzero"`
	}

	// Queued puts an interaction into a queue, or back where it was. Agent is who
	// had it, if it came back from an agent who was lost (I21); then the
	// interaction is the same and its segment of that agent has ended.
	Queued struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Queue       parley.QueueID       `json:"queue"`
		Priority    int                  `json:"priority"`
		Entry       time.Time            `json:"entry"`
		Until       time.Time            `json:"until,omitzero"` // T_queue_max
		Agent       parley.AgentID       `json:"agent,omitempty"`
		Required    []Requirement        `json:"required,omitempty"` // what the script added on its way
		Prefer      parley.AgentID       `json:"prefer,omitempty"`
		PreferUntil time.Time            `json:"prefer_until,omitzero"`
		Every       time.Duration        `json:"every,omitempty"`  // between messages to who waits
		Left        int                  `json:"left,omitempty"`   // of those messages
		Message     time.Time            `json:"message,omitzero"` // when the next one is due
		Why         string               `json:"why"`              // arrived, rejected, timed_out, withdrawn, agent_lost, overflow, transferred, unparked
	}

	OfferMade struct {
		At
		Offer   parley.OfferID `json:"offer"`
		Agent   parley.AgentID `json:"agent"`
		Queue   parley.QueueID `json:"queue"`
		Round   int            `json:"round"` // OFR-08: 1 until everybody eligible has had it, then 2 ...
		Until   time.Time      `json:"until"`
		Receipt Receipt        `json:"why"`
	}
	OfferEnded struct {
		At
		Offer parley.OfferID      `json:"offer"`
		Agent parley.AgentID      `json:"agent"`
		How   parley.OfferState   `json:"how"`
		Code  parley.StatusCodeID `json:"code,omitempty"`
		Why   string              `json:"why,omitempty"` // of a withdrawal: link_lost, membership, supervisor, restart, status, transfer_ended
	}

	// Accepted follows OfferEnded{accepted}: the interaction is the agent's.
	Accepted struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
		Again       bool                 `json:"again,omitempty"` // it was accepted before: how soon it was answered stands
	}

	// Parked lays an interaction aside: its agent keeps it in their list, but has
	// the slot free.
	Parked struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
		Until       time.Time            `json:"until"`          // T_park
		Open        bool                 `json:"open,omitempty"` // until the next message; Until is the longest allowed
		PreferFor   time.Duration        `json:"prefer_for,omitempty"`
	}
	// Heard says that the silence of an active interaction counts anew.
	Heard struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
	}
	// InactivityWarned says that nobody has said anything for long (I22).
	InactivityWarned struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
	}

	// WindowMoved says until when the network now lets an agent answer, where the
	// talk ends with it; zero: it was over before anybody took the talk.
	WindowMoved struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Until       time.Time            `json:"until,omitzero"`
	}
	// WindowWarned says that it soon will not (I23).
	WindowWarned struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
	}

	CustomerLinkChanged struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent,omitempty"`
		Away        bool                 `json:"away"`
		Until       time.Time            `json:"until,omitzero"`
	}

	// ConversationEnded closes the talk (I16, I17); Why is left, closed,
	// blocked, transferred, agent_lost, inactivity, window or "".
	ConversationEnded struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
		By          parley.EndedBy       `json:"by"`
		Why         string               `json:"why,omitempty"`
	}
	WrapUpStarted struct {
		At
		Interaction  parley.InteractionID `json:"interaction"`
		Agent        parley.AgentID       `json:"agent"`
		Until        time.Time            `json:"until,omitzero"` // zero: no timer, only a code is open (overdue at once)
		AwaitAck     bool                 `json:"await_ack,omitempty"`
		CodeRequired bool                 `json:"code_required,omitempty"`
	}
	WrapUpExtended struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
		Until       time.Time            `json:"until"`
	}
	WrapUpOverdue struct { // I25c
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
	}
	DispositionSet struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent,omitempty"`
		Complete    bool                 `json:"complete"`
	}
	// Viewed is the agent opening a row the customer ended: AwaitAck is over. A
	// final row stays Unviewed, which is in the list, until it is dismissed.
	Viewed struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
	}
	// Dismissed takes a final row out of the agent's list.
	Dismissed struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
	}

	// InteractionClosed is the last event of every interaction (I26 and the ends
	// without an agent).
	InteractionClosed struct {
		At
		Interaction parley.InteractionID    `json:"interaction"`
		State       parley.InteractionState `json:"state"` // a final one
		Agent       parley.AgentID          `json:"agent,omitempty"`
		Why         string                  `json:"why,omitempty"`          // wrapup_expired, agent_lost, supervisor, queue_full, no_agents, max_wait, overflow, closed, transfer_ended ...
		Form        bool                    `json:"form,omitempty"`         // the customer is asked for a message (offline_form)
		Unviewed    bool                    `json:"unviewed,omitempty"`     // the row stays in the agent's list, to be viewed (AwaitAck) and dismissed
		CodeMissing bool                    `json:"code_missing,omitempty"` // closed as expired over a required code
		Idle        bool                    `json:"idle,omitempty"`         // idle_since of Agent moves to now (RTE-03)
	}
	InteractionTransferred struct {
		At
		Interaction parley.InteractionID `json:"interaction"`
		Agent       parley.AgentID       `json:"agent"`
		New         parley.InteractionID `json:"new"`
		Queue       parley.QueueID       `json:"queue,omitempty"`
		To          parley.AgentID       `json:"to,omitempty"`
		Done        bool                 `json:"done"` // false: offered to To, the sender still has it
	}

	PresenceChanged struct {
		At
		Agent  parley.AgentID      `json:"agent"`
		To     parley.Presence     `json:"to"` // a base status
		Reason parley.StatusReason `json:"reason,omitempty"`
		Code   parley.StatusCodeID `json:"code,omitempty"`
		By     parley.AgentID      `json:"by,omitempty"`
		Return time.Time           `json:"return,omitzero"` // T_auto_return
		Idle   bool                `json:"idle,omitempty"`
	}
	// NextSet stores the status to take after the last wrap-up; "" clears it.
	NextSet struct {
		At
		Agent parley.AgentID  `json:"agent"`
		Next  parley.Presence `json:"next"`
		By    parley.AgentID  `json:"by,omitempty"`
	}
	// StopNewSet blocks new queued work. Next is set when a reject or a lapse did it (PRE-10).
	StopNewSet struct {
		At
		Agent  parley.AgentID      `json:"agent"`
		Next   parley.Presence     `json:"next,omitempty"`
		Reason parley.StatusReason `json:"reason,omitempty"`
	}
	StopNewCleared struct {
		At
		Agent parley.AgentID `json:"agent"`
	}
	LinkChanged struct {
		At
		Agent      parley.AgentID `json:"agent"`
		Conn       parley.Conn    `json:"conn"`
		Until      time.Time      `json:"until,omitzero"`       // T_agent_grace
		OfferUntil time.Time      `json:"offer_until,omitzero"` // T_offer_grace
	}
	// Restarted says that a server started or took over. Every web customer who
	// waits, or is being offered, is away from here on, with T_queue_grace: one
	// event, because 100,000 may wait. Whatever else follows has events of its own.
	Restarted struct{ At }
)

func (AgentChanged) Kind() string           { return "agent_changed" }
func (QueueChanged) Kind() string           { return "queue_changed" }
func (QueueRemoved) Kind() string           { return "queue_removed" }
func (MembershipChanged) Kind() string      { return "membership_changed" }
func (SettingPublished) Kind() string       { return "setting_published" }
func (InteractionCreated) Kind() string     { return "interaction_created" }
func (ScriptWaits) Kind() string            { return "script_waits" }
func (AnswerDue) Kind() string              { return "answer_due" }
func (WaitMessageDue) Kind() string         { return "wait_message_due" }
func (Queued) Kind() string                 { return "queued" }
func (OfferMade) Kind() string              { return "offer_made" }
func (OfferEnded) Kind() string             { return "offer_ended" }
func (Accepted) Kind() string               { return "accepted" }
func (Parked) Kind() string                 { return "parked" }
func (Heard) Kind() string                  { return "heard" }
func (InactivityWarned) Kind() string       { return "inactivity_warned" }
func (WindowMoved) Kind() string            { return "window_moved" }
func (WindowWarned) Kind() string           { return "window_warned" }
func (CustomerLinkChanged) Kind() string    { return "customer_link_changed" }
func (ConversationEnded) Kind() string      { return "conversation_ended" }
func (WrapUpStarted) Kind() string          { return "wrapup_started" }
func (WrapUpExtended) Kind() string         { return "wrapup_extended" }
func (WrapUpOverdue) Kind() string          { return "wrapup_overdue" }
func (DispositionSet) Kind() string         { return "disposition_set" }
func (Viewed) Kind() string                 { return "viewed" }
func (Dismissed) Kind() string              { return "dismissed" }
func (InteractionClosed) Kind() string      { return "interaction_closed" }
func (InteractionTransferred) Kind() string { return "interaction_transferred" }
func (PresenceChanged) Kind() string        { return "presence_changed" }
func (NextSet) Kind() string                { return "next_set" }
func (StopNewSet) Kind() string             { return "stop_new_set" }
func (StopNewCleared) Kind() string         { return "stop_new_cleared" }
func (LinkChanged) Kind() string            { return "link_changed" }
func (Restarted) Kind() string              { return "restarted" }
