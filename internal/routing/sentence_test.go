package routing

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parley"
)

// does are the sentences of a story. A %s is one word.
var does = []struct {
	says string
	cmd  func(st *story, w []string) Command
}{
	{"tick", func(*story, []string) Command { return Tick{} }},
	{"the server restarts", func(*story, []string) Command { return Restart{} }},
	{"saving goes on", func(st *story, _ []string) Command { return Tick{Deaf: st.now} }},
	{"%s logs in", func(_ *story, w []string) Command { return Login{parley.AgentID(w[0])} }},
	{"%s logs out", func(_ *story, w []string) Command { return Logout{Agent: parley.AgentID(w[0])} }},
	{"%s is back", func(st *story, w []string) Command {
		if st.isAgent(w[0]) {
			return LinkUp{parley.AgentID(w[0])}
		}
		return CustomerBack{parley.InteractionID(w[0])}
	}},
	{"%s is disabled", func(st *story, w []string) Command {
		a, _ := st.s.Agent(parley.AgentID(w[0]))
		a.Enabled = false
		return SaveAgent{a.AgentConfig}
	}},
	{"%s is removed", func(_ *story, w []string) Command { return RemoveQueue{parley.QueueID(w[0])} }},
	{"%s is %s", func(_ *story, w []string) Command {
		return SetStatus{Agent: parley.AgentID(w[0]), Status: parley.Presence(w[1])}
	}},
	{"%s may hold %s", func(st *story, w []string) Command {
		a, _ := st.s.Agent(parley.AgentID(w[0]))
		a.Capacity = st.number(w[1])
		return SaveAgent{a.AgentConfig}
	}},
	{"%s requires a code", func(st *story, w []string) Command {
		q, _ := st.s.Queue(parley.QueueID(w[0]))
		q.CodeRequired = true
		return SaveQueue{q.QueueConfig}
	}},
	{"%s extends %s", func(_ *story, w []string) Command {
		return ExtendWrapUp{parley.AgentID(w[0]), parley.InteractionID(w[1]), 30 * time.Second, 90 * time.Second}
	}},
	{"%s makes %s %s", func(_ *story, w []string) Command {
		return SetStatus{Agent: parley.AgentID(w[1]), Status: parley.Presence(w[2]), By: parley.AgentID(w[0])}
	}},
	{"%s sends %s home", func(_ *story, w []string) Command {
		return ForceLogout{Agent: parley.AgentID(w[1]), By: parley.AgentID(w[0])}
	}},
	{"%s stops new", func(_ *story, w []string) Command { return StopNew{parley.AgentID(w[0])} }},
	{"%s resumes", func(_ *story, w []string) Command { return Resume{parley.AgentID(w[0])} }},
	{"%s loses the link", func(st *story, w []string) Command {
		if st.isAgent(w[0]) {
			return LinkLost{parley.AgentID(w[0])}
		}
		return CustomerLost{parley.InteractionID(w[0])}
	}},
	{"%s joins %s", func(_ *story, w []string) Command { return joins(w, true) }},
	{"%s quits %s", func(_ *story, w []string) Command { return joins(w, false) }},
	{"%s parks %s for %s", func(st *story, w []string) Command {
		return Park{
			Agent: parley.AgentID(w[0]), Interaction: parley.InteractionID(w[1]), Until: st.now.Add(st.span(w[2])), PreferFor: time.Minute,
		}
	}},
	{"%s parks %s", func(st *story, w []string) Command {
		return Park{
			Agent: parley.AgentID(w[0]), Interaction: parley.InteractionID(w[1]), Until: st.now.Add(8 * time.Hour), Open: true,
			PreferFor: time.Minute,
		}
	}},
	{"%s takes %s back", func(_ *story, w []string) Command {
		return Unpark{parley.AgentID(w[0]), parley.InteractionID(w[1])}
	}},
	{"%s writes again", func(_ *story, w []string) Command { return Unpark{Interaction: parley.InteractionID(w[0])} }},
	{"something is said in %s", func(_ *story, w []string) Command { return Hear{parley.InteractionID(w[0])} }},
	{"the window of %s is open for %s", func(st *story, w []string) Command {
		return MoveWindow{parley.InteractionID(w[0]), st.now.Add(st.span(w[1]))}
	}},
	{"%s accepts %s", func(st *story, w []string) Command { return Accept{parley.AgentID(w[0]), st.offer(w[1])} }},
	{"%s rejects %s", func(st *story, w []string) Command {
		return Reject{Agent: parley.AgentID(w[0]), Offer: st.offer(w[1])}
	}},
	{"%s ends %s", func(_ *story, w []string) Command {
		return End{Agent: parley.AgentID(w[0]), Interaction: parley.InteractionID(w[1])}
	}},
	{"%s codes %s", func(_ *story, w []string) Command { return SetComplete{parley.InteractionID(w[1]), true} }},
	{"%s opens %s", func(_ *story, w []string) Command { return View{parley.AgentID(w[0]), parley.InteractionID(w[1])} }},
	{"%s dismisses %s", func(_ *story, w []string) Command {
		return Dismiss{parley.AgentID(w[0]), parley.InteractionID(w[1])}
	}},
	{"%s wraps up %s", func(_ *story, w []string) Command { return Finish{parley.AgentID(w[0]), parley.InteractionID(w[1])} }},
	{"%s closes %s", func(st *story, w []string) Command {
		return Close{By: parley.AgentID(w[0]), Interaction: parley.InteractionID(w[1])}
	}},
	{"%s leaves", func(_ *story, w []string) Command { return CustomerLeave{parley.InteractionID(w[0])} }},
	{"%s ends by a program", func(_ *story, w []string) Command { return CustomerEnds{parley.InteractionID(w[0])} }},
	{"%s skips the queue", func(_ *story, w []string) Command { return SkipQueue{parley.InteractionID(w[0])} }},
	{"%s is in a script for %s", func(st *story, w []string) Command {
		return Arrive{
			Interaction: parley.InteractionID(w[0]), Conversation: conversation(w[0]), Script: true, AnswerFor: st.span(w[1]),
			Web: true, QueueGrace: 2 * time.Minute, CustomerGrace: 2 * time.Minute,
		}
	}},
	{"%s is asked again for %s", func(st *story, w []string) Command {
		return Ask{Interaction: parley.InteractionID(w[0]), For: st.span(w[1])}
	}},
	{"%s is forwarded to %s", func(st *story, w []string) Command {
		return Forward{
			Interaction: parley.InteractionID(w[0]), Queue: parley.QueueID(w[1]), Messages: Messages{Every: 30 * time.Second, Times: 2},
			Required: []Requirement{st.requirement("french=50")},
		}
	}},
	{"%s ends in the script as %s", func(_ *story, w []string) Command {
		return EndScript{Interaction: parley.InteractionID(w[0]), State: parley.InteractionState(w[1])}
	}},
	{"%s comes out of hours", func(_ *story, w []string) Command {
		return Arrive{Interaction: parley.InteractionID(w[0]), Conversation: conversation(w[0]), Offline: true}
	}},
	{"%s transfers %s to %s as %s", func(st *story, w []string) Command { return st.transfer(w, false) }},
	{"%s transfers %s to %s as %s anyway", func(st *story, w []string) Command { return st.transfer(w, true) }},
	{"%s shuts", func(st *story, w []string) Command {
		q, _ := st.s.Queue(parley.QueueID(w[0]))
		q.Enabled = false
		return SaveQueue{q.QueueConfig}
	}},
}

func joins(w []string, enabled bool) Command {
	return SaveMemberships{[]parley.Membership{{
		Agent: parley.AgentID(w[0]), Queue: parley.QueueID(w[1]), Level: 50, Assigned: true, Enabled: enabled,
	}}}
}

func conversation(interaction string) parley.ConversationID {
	return parley.ConversationID("c" + strings.TrimPrefix(interaction, "i"))
}

func (st *story) isAgent(word string) bool {
	_, ok := st.s.Agent(parley.AgentID(word))
	return ok
}

func (st *story) offer(word string) parley.OfferID {
	interaction, attempt, _ := strings.Cut(word, ".")
	n, err := strconv.Atoi(attempt)
	if err != nil {
		st.t.Fatalf("%s: %v", word, err)
	}
	return parley.OfferID{Interaction: parley.InteractionID(interaction), Attempt: n}
}

func (st *story) transfer(w []string, anyway bool) Command {
	a, i, next := parley.AgentID(w[0]), parley.InteractionID(w[1]), parley.InteractionID(w[3])
	if st.isAgent(w[2]) {
		return TransferToAgent{Agent: a, Interaction: i, New: next, To: parley.AgentID(w[2])}
	}
	return TransferToQueue{Agent: a, Interaction: i, New: next, Queue: parley.QueueID(w[2]), Anyway: anyway}
}

// command reads what somebody does.
func (st *story) command(words []string) Command {
	if len(words) > 2 && words[1] == "arrives" {
		return st.arrival(words)
	}
	for _, d := range does {
		pattern := strings.Fields(d.says)
		if !slices.EqualFunc(pattern, words, func(p, w string) bool { return p == "%s" || p == w }) {
			continue
		}
		var holes []string
		for k, p := range pattern {
			if p == "%s" {
				holes = append(holes, words[k])
			}
		}
		return d.cmd(st, holes)
	}
	st.t.Fatalf("nobody knows how to %q", strings.Join(words, " "))
	return nil
}

// arrival reads: i1 arrives support priority 80 needs french=50.
func (st *story) arrival(words []string) Command {
	c := Arrive{
		Interaction: parley.InteractionID(words[0]), Conversation: conversation(words[0]), Queue: parley.QueueID(words[2]),
		Web: true, QueueGrace: 2 * time.Minute, CustomerGrace: 2 * time.Minute,
	}
	st.options(words[3:], func(key, value string) bool {
		switch key {
		case "priority":
			c.Priority = st.number(value)
		case "needs":
			c.Required = append(c.Required, st.requirement(value))
		case "over":
			c.Web = false
		case "warned":
			c.Silence.Warn = st.span(value)
		case "silent":
			c.Silence.Close = st.span(value)
		case "window":
			c.Window.Until = st.now.Add(st.span(value))
		case "near":
			c.Window.Warn = st.span(value)
		case "in":
			c.Conversation = parley.ConversationID(value)
		case "prefers":
			c.Prefer, c.PreferFor = parley.AgentID(value), time.Minute
		default:
			return false
		}
		return true
	})
	return c
}
