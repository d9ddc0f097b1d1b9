package routing

import (
	"fmt"

	"parley"
)

// configure decides what a change of the configuration does to the day.
func (t *turn) configure(cmd Command) error {
	switch cmd := cmd.(type) {
	case SaveAgent:
		return t.saveAgent(cmd.Agent)
	case SaveQueue:
		return t.saveQueue(cmd.Queue)
	case RemoveQueue:
		return t.removeQueue(cmd.Queue)
	case SaveMemberships:
		return t.saveMemberships(cmd.Memberships)
	case SaveSettings:
		if cmd.Settings.MaxParallel < 1 {
			return parley.ErrInvalid(parley.FieldError{Field: "max_parallel", Code: "out_of_range"})
		}
		t.emit(SettingPublished{At: t.at(), Config: t.config + 1, Settings: cmd.Settings})
	}
	return nil
}

// saveAgent adds an agent or replaces their configuration. A disabled one is
// logged out; a higher capacity may free a slot; a lower one drops nothing.
//
// Source: P22, P24, CAP-08.
func (t *turn) saveAgent(c AgentConfig) error {
	if c.ID == "" {
		return parley.ErrInvalid(parley.FieldError{Field: "id", Code: "required"})
	}
	if c.Capacity < 1 || c.Capacity > parley.CapacityMax {
		return parley.ErrInvalid(parley.FieldError{Field: "capacity", Code: "out_of_range"})
	}
	c.CreatedAt = millis(c.CreatedAt)
	if len(c.Skills) == 0 {
		c.Skills = nil
	}
	t.emit(AgentChanged{At: t.at(), Config: t.config + 1, Agent: c})
	if a := t.agents[c.ID]; !a.Enabled && a.loggedIn() {
		t.signOff(a, parley.ReasonSupervisor, "")
	}
	return nil
}

// saveQueue adds a queue or replaces its configuration. One that no longer
// serves takes its ringing offers back without penalty.
//
// Source: QUE-03, E12.
func (t *turn) saveQueue(c QueueConfig) error {
	if c.ID == "" {
		return parley.ErrInvalid(parley.FieldError{Field: "id", Code: "required"})
	}
	if c.AcceptInterval <= 0 {
		return parley.ErrInvalid(parley.FieldError{Field: "accept_interval", Code: "out_of_range"})
	}
	c.Required = merged(c.Required, nil)
	t.emit(QueueChanged{At: t.at(), Config: t.config + 1, Queue: c})
	if q := t.queues[c.ID]; !q.serves() {
		for _, a := range t.roster {
			t.withdrawFrom(a, q)
		}
	}
	return nil
}

// withdrawFrom takes a's ringing offers of q back.
func (t *turn) withdrawFrom(a *agent, q *queue) {
	for _, i := range a.ringing() {
		if i.Queue == q.ID && !i.Addressed {
			t.withdraw(i, whyMembership)
		}
	}
}

// removeQueue refuses while anything is waiting in q, or still needs its timers
// and codes.
//
// Source: E11, E12.
func (t *turn) removeQueue(id parley.QueueID) error {
	if t.queues[id] == nil {
		return parley.ErrNotFound
	}
	n := 0
	for _, i := range t.interactions {
		if i.Queue == id && !i.State.Final() {
			n++
		}
	}
	if n > 0 {
		return parley.ErrQueueNotEmpty.With(map[string]any{"count": n})
	}
	t.emit(QueueRemoved{At: t.at(), Config: t.config + 1, Queue: id})
	return nil
}

// saveMemberships sets memberships; a ringing offer of a queue its agent no
// longer serves is withdrawn.
//
// Source: P21, QUE-01, QUE-03.
func (t *turn) saveMemberships(all []parley.Membership) error {
	for k, m := range all {
		if err := t.checkMembership(k, m); err != nil {
			return err
		}
	}
	config := t.config + 1
	for _, m := range all {
		t.emit(MembershipChanged{At: t.at(), Config: config, Membership: m})
		if !m.Assigned || !m.Enabled {
			t.withdrawFrom(t.agents[m.Agent], t.queues[m.Queue])
		}
	}
	return nil
}

// checkMembership returns what is wrong with the k-th membership.
func (t *turn) checkMembership(k int, m parley.Membership) error {
	field := func(name, code string) error {
		return parley.ErrInvalid(parley.FieldError{Field: fmt.Sprintf("members[%d].%s", k, name), Code: code})
	}
	switch {
	case t.agents[m.Agent] == nil:
		return field("agent", "unknown")
	case t.queues[m.Queue] == nil:
		return field("queue", "unknown")
	case m.Level < parley.LevelMin || m.Level > parley.LevelMax || m.Level%parley.LevelStep != 0:
		return field("level", "out_of_range")
	}
	return nil
}
