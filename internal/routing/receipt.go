package routing

import (
	"time"

	"parley"
)

// Receipt is why an offer went to its agent: small enough to keep with every
// offer, and enough for parley verify to evaluate the decision again.
type Receipt struct {
	Config   int64          `json:"config"`             // version of the configuration it was decided under
	Rule     string         `json:"rule"`               // what set the first above the second: level, load, idle, id, only; addressed, preferred
	Chosen   Score          `json:"chosen"`             // all that RTE-01 compares
	Next     *Score         `json:"next,omitempty"`     // who would have been; nil if nobody else was eligible
	Eligible int            `json:"eligible"`           // agents
	Excluded map[Reason]int `json:"excluded,omitempty"` // agents, each counted once, under the first rule that kept them out
}

// Score is what RTE-01 compares of one agent.
type Score struct {
	Agent     parley.AgentID `json:"agent"`
	Level     int            `json:"level"`
	Load      int            `json:"load"`
	IdleSince time.Time      `json:"idle_since"`
}

// Reason is the first rule, in the order of docs/routing.md, that keeps an
// agent from being offered an interaction.
type Reason string

// The reasons, in that order.
const (
	ReasonNotMember     Reason = "not_member"     // QUE-01: not assigned
	ReasonDisabled      Reason = "disabled"       // the account
	ReasonNoLink        Reason = "no_link"        // conn
	ReasonNotAvailable  Reason = "not_available"  // base, PRE-04
	ReasonStopNew       Reason = "stop_new"       // sub, CAP-04
	ReasonNextSet       Reason = "next_set"       // next
	ReasonSwitchedOff   Reason = "switched_off"   // QUE-01: not enabled by the agent
	ReasonQueueDisabled Reason = "queue_disabled" // QUE-01
	ReasonSkill         Reason = "skill"          // RTE-11
	ReasonOffered       Reason = "offered"        // offer.max_parallel_per_agent
	ReasonFull          Reason = "full"           // CAP-02
	ReasonWrappingUp    Reason = "wrapping_up"    // post processing
	ReasonHadIt         Reason = "had_it"         // OFR-08
)

// Why is a receipt with names: every agent of the center that was kept out, with
// the smallest change that would have let them in.
type Why struct {
	Receipt
	Agents []Kept `json:"agents"`
}

// Kept is one agent kept out.
type Kept struct {
	Agent  parley.AgentID `json:"agent"`
	Reason Reason         `json:"reason"`
	Source string         `json:"source"` // the rule: CAP-02
	Has    string         `json:"has"`    // what the agent had: 6, on_break
	Needs  string         `json:"needs"`  // the smallest change: 5, available
}

// Rules that set the first above the second.
const (
	ruleLevel     = "level"
	ruleLoad      = "load"
	ruleIdle      = "idle"
	ruleID        = "id"
	ruleOnly      = "only"
	rulePreferred = "preferred"
	ruleAddressed = "addressed"
)

// rule returns what sets one seat above another of the same class.
//
// Source: RTE-01.
func rule(a, b *seat, wrapUpCounts bool) string {
	switch {
	case b == nil:
		return ruleOnly
	case a.member.Level != b.member.Level:
		return ruleLevel
	case a.class.queue.Policy != parley.PolicyIdle && a.agent.load(wrapUpCounts) != b.agent.load(wrapUpCounts):
		return ruleLoad
	case parley.Millis(a.agent.IdleSince) != parley.Millis(b.agent.IdleSince):
		return ruleIdle
	}
	return ruleID
}

// receipt writes a choice down.
func (s *State) receipt(ch *choice) Receipt {
	c := ch.class
	r := Receipt{
		Config:   s.config,
		Rule:     ch.rule,
		Chosen:   s.score(ch.seat),
		Eligible: len(c.ranking) - ch.had,
	}
	if ch.second != nil {
		next := s.score(ch.second)
		r.Next = &next
	}
	kept := c.kept
	kept[notMember] = len(s.roster) - len(c.ranking)
	for _, n := range c.kept {
		kept[notMember] -= n
	}
	kept[hadIt] = ch.had
	for why, n := range &kept {
		if n > 0 {
			if r.Excluded == nil {
				r.Excluded = make(map[Reason]int, 8)
			}
			r.Excluded[reasons[why]] = n
		}
	}
	return r
}

// score is what RTE-01 compares of a seat.
func (s *State) score(st *seat) Score {
	return Score{
		Agent:     st.agent.ID,
		Level:     st.member.Level,
		Load:      st.agent.load(s.settings.WrapUpCounts),
		IdleSince: st.agent.IdleSince,
	}
}
