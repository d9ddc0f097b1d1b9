package parley

import "time"

// DefaultCapacity is how many interactions an agent may hold at once, counting
// those offered, active and, if cap.wrapup_counts is set, in wrap-up.
//
// Unit: interactions, 1 to cap.hard_max.
// Source: CAP-01.
const DefaultCapacity = 6

// CapacityMax is the highest value an operator may give cap.hard_max, and how many
// interactions anybody holds at once: a wrap-up that does not count is held too.
//
// Unit: interactions.
// Source: CAP-01, CAP-03.
const CapacityMax = 20

// Agent is a person who signs in: an agent, a supervisor (an agent with extra
// rights) or an administrator.
//
// Source: SEC-01.
type Agent struct {
	ID          AgentID
	Group       GroupID
	Login       string // the sign-in name, unique ignoring case
	DisplayName string // what customers see
	Email       string
	Role        Role
	Enabled     bool
	Capacity    int // cap.chats
	Language    string
	Signature   string // below what they write where an entry point asks for it, "" = none (SCR-02)
	CreatedAt   time.Time
	Rev         int64
}

// Shortcuts are the keys somebody chose for what they do, on every machine.
type Shortcuts struct {
	Letters bool              `json:"letters" required:"false" doc:"whether keys without Ctrl or Alt do anything"`
	Keys    map[string]string `json:"keys" required:"false" doc:"what is done, and its key; what is not named has the usual one"`
}

// SignatureMax is how long a signature may be.
//
// Unit: code points after NFC.
const SignatureMax = 160

// Role is the set of rights a person starts with.
type Role string

// The roles of one center.
const (
	RoleAgent      Role = "agent"
	RoleSupervisor Role = "supervisor"
	RoleAdmin      Role = "admin"
)

// Presence is an agent's base status, or one shown in its place.
//
// Source: PRE-01.
type Presence string

// The four base statuses, then those only shown.
const (
	Available      Presence = "available"
	OnBreak        Presence = "on_break"
	WorkOffline    Presence = "work_offline"
	LoggedOut      Presence = "logged_out"
	Busy           Presence = "busy"
	PostProcessing Presence = "post_processing"
	Offered        Presence = "offered"
)

// Sub refines a status.
type Sub string

// The sub-statuses: none, or no new queued interactions.
const (
	SubNone    Sub = "none"
	SubStopNew Sub = "stopnew"
)

// Conn is the state of an agent's link: all sockets of their session.
type Conn string

// A link is up, in grace after its last socket went, or down.
const (
	ConnUp    Conn = "up"
	ConnGrace Conn = "grace"
	ConnDown  Conn = "down"
)

// StatusReason says why the system changed a status.
//
// Source: PRE-14.
type StatusReason string

// The system's reasons; ReasonAgent is a person's own choice.
const (
	ReasonAgent          StatusReason = ""
	ReasonRejected       StatusReason = "rejected"
	ReasonOfferTimeout   StatusReason = "offer_timeout"
	ReasonLogin          StatusReason = "login"
	ReasonSupervisor     StatusReason = "supervisor"
	ReasonConnectionLost StatusReason = "connection_lost"
	ReasonWrapUpExpired  StatusReason = "wrapup_expired"
	ReasonAutoReturn     StatusReason = "auto_return"
)

// Group is the one group an agent belongs to: presence, permissions and
// settings go by group.
//
// Source: SEC-03.
type Group struct {
	ID      GroupID
	Name    string
	Preset  Preset // ui.preset
	Default bool   // the group "ungroup", which always exists
	Rev     int64
}

// Preset is a surface an agent works in.
//
// Source: CFG-05.
type Preset string

// The three presets.
const (
	PresetWorkspace Preset = "workspace"
	PresetConsole   Preset = "console"
	PresetCRMPanel  Preset = "crm_panel"
)

// Skill is a named ability. Agents have it at a level; queues may require it.
//
// Source: RTE-11.
type Skill struct {
	ID   SkillID
	Name string
	Rev  int64
}

// LevelMin, LevelMax and LevelStep bound the levels of skills and memberships.
//
// Source: RTE-01.
const (
	LevelMin  = 10
	LevelMax  = 100
	LevelStep = 10
)

// StatusCode is a coded reason an agent gives with a status.
//
// Source: PRE-13.
type StatusCode struct {
	ID      StatusCodeID
	Applies string // on_break, work_offline, logged_out or reject
	Name    string
	NameFR  string
	Short   string
	Active  bool
	Order   int
	Rev     int64
}
