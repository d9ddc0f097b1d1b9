package parley

import "time"

// Queue is a waiting line with members, required skills and timers.
//
// Source: QUE-05.
type Queue struct {
	ID             QueueID
	Name           string
	Description    string
	Enabled        bool
	Priority       int             // 1 to 10, 10 highest; 8 is one pool (RTE-06)
	Language       string          // of the conversations, "" if any
	Policy         Policy          // routing.policy
	Requeue        string          // offer.requeue_position: original_time
	AcceptInterval time.Duration   // offer.accept_interval_s, 5 s to 600 s
	WrapUp         time.Duration   // queue.wrapup_s, 0 = none
	MaxWait        time.Duration   // queue.max_wait_s, 0 = off
	MaxSize        int             // queue.max_size, 0 = off
	OnMaxWait      QueueAction     // QUE-09
	OnFull         QueueAction     // QUE-09
	NoAgents       QueueAction     // queue.no_agents
	OnClose        QueueAction     // queue.on_close
	Overflow       QueueID         // where QueueOverflow goes
	Required       map[SkillID]int // queue.required_skills: skill at level or more
	SLAPercent     int             // queue.sla_pct
	SLATime        time.Duration   // queue.sla_s
	ReplyTarget    time.Duration   // alert.reply_target_s
	WaitText       string
	WaitTextFR     string
	Rev            int64
}

// Policy orders equally skilled agents.
//
// Source: RTE-05, routing.policy.
type Policy string

// The two policies; skill in both names is the level of the membership.
const (
	PolicyLoadThenIdle Policy = "skill_then_load_then_idle"
	PolicyIdle         Policy = "skill_then_idle"
)

// QueueAction is what happens to an interaction a queue cannot serve.
//
// Source: QUE-08, QUE-09, E12.
type QueueAction string

// The actions of a queue's policies.
const (
	QueueWait        QueueAction = "wait"
	QueueDrain       QueueAction = "drain" // on_close: keep offering to members
	QueueOfflineForm QueueAction = "offline_form"
	QueueOverflow    QueueAction = "overflow"
	QueueMessageEnd  QueueAction = "message_end"
)

// Membership is an agent in a queue. The level orders (RTE-01); assigned is the
// administrator's word, enabled the agent's (QUE-01).
type Membership struct {
	Agent    AgentID
	Queue    QueueID
	Level    int
	Assigned bool
	Enabled  bool
}
