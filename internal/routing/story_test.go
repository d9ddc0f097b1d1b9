package routing

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley"
)

var update = flag.Bool("update", false, "write what happens into the stories")

// TestStories tells every testdata/*.story: its flush lines are what people do,
// its indented lines what follows. A file may hold several days, each under a
// line "== title". The rules a day names in its title or its heading are held by
// it.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.story")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, day := range days(string(text)) {
			name := strings.TrimSuffix(filepath.Base(file), ".story") + ": " + heading(day)
			t.Run(name, func(t *testing.T) {
				now := tell(t, day)
				told += now
				if now != day && !*update {
					t.Fatalf("%s is told differently now; -update writes this:\n%s", file, now)
				}
			})
		}
		if *update && told != string(text) {
			if err := os.WriteFile(file, []byte(told), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// days cuts a file into its days.
func days(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if len(all) == 0 || strings.HasPrefix(line, "== ") {
			all = append(all, "")
		}
		all[len(all)-1] += line
	}
	return all
}

var ruleWord = regexp.MustCompile(`\b([A-Z]{3}-\d+|[PIE]\d+[a-e]?)\b`)

// heading returns a day's title, or the rules it names.
func heading(day string) string {
	if title, ok := strings.CutPrefix(day, "== "); ok {
		title, _, _ = strings.Cut(title, "\n")
		return title
	}
	var rules []string
	for line := range strings.Lines(day) {
		if strings.HasPrefix(line, "#") {
			rules = append(rules, ruleWord.FindAllString(line, -1)...)
		}
	}
	return strings.Join(rules, " ")
}

// story is a day as it is told.
type story struct {
	t   *testing.T
	s   *State
	now time.Time
	out strings.Builder
}

// tell returns text with its indented lines as they come true.
func tell(t *testing.T, text string) string {
	st := &story{t: t, s: New(), now: eight}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "  ") {
			continue
		}
		fmt.Fprintln(&st.out, line)
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#" || words[0] == "==":
		case words[0] == "queue" || words[0] == "agent" || words[0] == "center":
			for _, cmd := range st.scene(words) {
				if _, err := st.s.Apply(st.now, cmd); err != nil {
					t.Fatalf("%s: %v", line, err)
				}
			}
		default:
			st.happen(words)
		}
	}
	return st.out.String()
}

// happen tells one flush line: a time, and what somebody does.
func (st *story) happen(words []string) {
	at, err := time.Parse("15:04:05.000", words[0])
	if err != nil {
		st.t.Fatalf("%v: %v", words, err)
	}
	st.now = time.Date(2026, 3, 2, at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), time.UTC)
	cmd := st.command(words[1:])
	if _, restart := cmd.(Restart); !restart {
		if next := st.s.Next(); !next.IsZero() && next.Before(st.now) {
			st.apply(Tick{})
		}
	}
	st.apply(cmd)
}

func (st *story) apply(cmd Command) {
	events, err := st.s.Apply(st.now, cmd)
	if err != nil {
		fmt.Fprintf(&st.out, "  refused: %s\n", err.Error()[strings.Index(err.Error(), ": ")+2:])
	}
	for _, e := range events {
		if said := say(e); said != "" {
			fmt.Fprintln(&st.out, "  "+said)
		}
	}
	if err := st.s.Check(); err != nil {
		st.t.Fatal(err)
	}
}

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

// does are the sentences of a story. A %s is one word.
var does = []struct {
	says string
	cmd  func(st *story, w []string) Command
}{
	{"tick", func(*story, []string) Command { return Tick{} }},
	{"the server restarts", func(*story, []string) Command { return Restart{} }},
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
	{"%s accepts %s", func(st *story, w []string) Command { return Accept{parley.AgentID(w[0]), st.offer(w[1])} }},
	{"%s rejects %s", func(st *story, w []string) Command {
		return Reject{Agent: parley.AgentID(w[0]), Offer: st.offer(w[1])}
	}},
	{"%s ends %s", func(_ *story, w []string) Command { return End{parley.AgentID(w[0]), parley.InteractionID(w[1])} }},
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
	{"%s skips the queue", func(_ *story, w []string) Command { return SkipQueue{parley.InteractionID(w[0])} }},
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
	id, err := parley.ParseOfferID(word)
	if err != nil {
		st.t.Fatalf("%s: %v", word, err)
	}
	return id
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
