package routing

import (
	"time"

	"parley"
)

// AgentConfig is what routing knows of a person. Every setting in it is already
// resolved (CFG-01); nobody here asks which value counts.
type AgentConfig struct {
	ID           parley.AgentID         `json:"id"`
	CreatedAt    time.Time              `json:"created_at"` // idle_since at first (RTE-03)
	Enabled      bool                   `json:"enabled"`
	Capacity     int                    `json:"capacity"`
	MayReject    bool                   `json:"may_reject"`
	OnReject     parley.Presence        `json:"on_reject"`
	OnTimeout    parley.Presence        `json:"on_timeout"`
	AutoReturn   time.Duration          `json:"auto_return"`   // 0 = never (PRE-11)
	CodeRequired bool                   `json:"code_required"` // a required list applies to the agent's group
	Skills       map[parley.SkillID]int `json:"skills,omitempty"`
}

// QueueConfig is what routing knows of a queue.
type QueueConfig struct {
	ID             parley.QueueID     `json:"id"`
	Enabled        bool               `json:"enabled"`
	Priority       int                `json:"priority"`
	Policy         parley.Policy      `json:"policy"`
	AcceptInterval time.Duration      `json:"accept_interval"`
	WrapUp         time.Duration      `json:"wrapup"`
	MaxWait        time.Duration      `json:"max_wait"`
	MaxSize        int                `json:"max_size"`
	OnMaxWait      parley.QueueAction `json:"on_max_wait"`
	OnFull         parley.QueueAction `json:"on_full"`
	NoAgents       parley.QueueAction `json:"no_agents"`
	OnClose        parley.QueueAction `json:"on_close"`
	Overflow       parley.QueueID     `json:"overflow,omitempty"`
	Required       []Requirement      `json:"required,omitempty"` // ordered by skill
	CodeRequired   bool               `json:"code_required"`      // a required list applies to the queue
}

// Requirement is a skill at a level or more (RTE-11).
type Requirement struct {
	Skill parley.SkillID `json:"skill"`
	Level int            `json:"level"`
}

// Settings are the center's, resolved.
type Settings struct {
	LoginStatus       parley.Presence `json:"login_status"`
	AfterWrapUp       parley.Presence `json:"after_wrapup"`
	AfterStopNew      parley.Presence `json:"after_stop_new"`
	BusyMenuDeferred  bool            `json:"busy_menu_deferred"` // presence.busy_menu = deferred
	MaxParallel       int             `json:"max_parallel"`       // offer.max_parallel_per_agent
	WrapUpCounts      bool            `json:"wrapup_counts"`      // cap.wrapup_counts
	AgentGrace        time.Duration   `json:"agent_grace"`
	OfferGrace        time.Duration   `json:"offer_grace"`
	RequeueBoost      int             `json:"requeue_boost"`
	TransferToAgent   bool            `json:"transfer_to_agent"`
	TransferUnstaffed string          `json:"transfer_unstaffed"` // refuse or warn
	TransferBoost     int             `json:"transfer_boost"`
	ExcludeRejecter   bool            `json:"exclude_rejecter"`     // offer.exclude_rejecter = until_others_tried
	IdleResetOnStatus bool            `json:"idle_reset_on_status"` // idle.reset_on has the status transitions ticked
}

// DefaultSettings returns the product's defaults.
func DefaultSettings() Settings {
	return Settings{
		LoginStatus:       parley.OnBreak,
		AfterWrapUp:       parley.Available,
		AfterStopNew:      parley.WorkOffline,
		MaxParallel:       1,
		WrapUpCounts:      true,
		AgentGrace:        120 * time.Second,
		OfferGrace:        20 * time.Second,
		RequeueBoost:      50,
		TransferToAgent:   true,
		TransferUnstaffed: "refuse",
		ExcludeRejecter:   true,
	}
}
