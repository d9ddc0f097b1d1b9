package routing

import (
	"strconv"
	"strings"
	"time"

	"parley"
)

// options reads pairs of words: level 80 cap 3.
func (st *story) options(words []string, take func(key, value string) bool) {
	for k := 0; k < len(words); k += 2 {
		value := ""
		if k+1 < len(words) {
			value = words[k+1]
		}
		if !take(words[k], value) {
			st.t.Fatalf("%v: what is %q?", words, words[k])
		}
	}
}

func (st *story) number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		st.t.Fatal(err)
	}
	return n
}

func (st *story) span(s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		st.t.Fatal(err)
	}
	return d
}

// scene reads a line that says who and what there is.
func (st *story) scene(words []string) []Command {
	switch words[0] {
	case "queue":
		return []Command{SaveQueue{st.queue(words[1:])}}
	case "agent":
		return st.agent(words[1:])
	}
	set := st.s.Settings()
	st.options(words[1:], func(key, value string) bool {
		switch key {
		case "parallel":
			set.MaxParallel = st.number(value)
		case "busy_menu":
			set.BusyMenuDeferred = value == "deferred"
		case "wrapup_counts":
			set.WrapUpCounts = value == "yes"
		case "after_wrapup":
			set.AfterWrapUp = parley.Presence(value)
		case "unstaffed":
			set.TransferUnstaffed = value
		default:
			return false
		}
		return true
	})
	return []Command{SaveSettings{set}}
}

// queue reads: support accept 30s wrapup 60s priority 5 ...
func (st *story) queue(words []string) QueueConfig {
	q := QueueConfig{ID: parley.QueueID(words[0]), Enabled: true, Priority: 5, AcceptInterval: 30 * time.Second}
	st.options(words[1:], func(key, value string) bool {
		switch key {
		case "accept":
			q.AcceptInterval = st.span(value)
		case "wrapup":
			q.WrapUp = st.span(value)
		case "priority":
			q.Priority = st.number(value)
		case "policy":
			q.Policy = parley.Policy(value)
		case "max_wait":
			q.MaxWait = st.span(value)
		case "max_size":
			q.MaxSize = st.number(value)
		case "on_max_wait":
			q.OnMaxWait = parley.QueueAction(value)
		case "on_full":
			q.OnFull = parley.QueueAction(value)
		case "no_agents":
			q.NoAgents = parley.QueueAction(value)
		case "on_close":
			q.OnClose = parley.QueueAction(value)
		case "overflow":
			q.Overflow = parley.QueueID(value)
		case "needs":
			q.Required = append(q.Required, st.requirement(value))
		case "code":
			q.CodeRequired = value == "required"
		default:
			return false
		}
		return true
	})
	return q
}

// requirement reads french=50.
func (st *story) requirement(s string) Requirement {
	name, level, _ := strings.Cut(s, "=")
	return Requirement{Skill: parley.SkillID(name), Level: st.number(level)}
}

// agent reads: amy support level 80 cap 6 reject yes ... They are logged in, on
// break, unless "day off".
func (st *story) agent(words []string) []Command {
	a := AgentConfig{
		ID: parley.AgentID(words[0]), CreatedAt: eight.Add(-time.Hour), Enabled: true, Capacity: parley.DefaultCapacity,
		OnReject: parley.OnBreak, OnTimeout: parley.OnBreak, Skills: map[parley.SkillID]int{},
	}
	level, in := 50, true
	var queues []parley.QueueID
	rest := words[1:]
	for len(rest) > 0 && st.isQueue(rest[0]) {
		queues = append(queues, parley.QueueID(rest[0]))
		rest = rest[1:]
	}
	st.options(rest, func(key, value string) bool {
		switch key {
		case "level":
			level = st.number(value)
		case "cap":
			a.Capacity = st.number(value)
		case "reject":
			a.MayReject = value == "yes"
		case "on_reject":
			a.OnReject = parley.Presence(value)
		case "on_timeout":
			a.OnTimeout = parley.Presence(value)
		case "back":
			a.AutoReturn = st.span(value)
		case "skill":
			r := st.requirement(value)
			a.Skills[r.Skill] = r.Level
		case "code":
			a.CodeRequired = value == "required"
		case "day":
			in = value != "off"
		default:
			return false
		}
		return true
	})
	cmds := []Command{SaveAgent{a}}
	for _, q := range queues {
		cmds = append(cmds, SaveMemberships{[]parley.Membership{{Agent: a.ID, Queue: q, Level: level, Assigned: true, Enabled: true}}})
	}
	if in {
		cmds = append(cmds, Login{a.ID})
	}
	return cmds
}

func (st *story) isQueue(word string) bool {
	_, ok := st.s.Queue(parley.QueueID(word))
	return ok
}
