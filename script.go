package parley

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Flow is the path of a new contact to a queue: named objects, each with exits
// that name the next object. One flow may serve many entry points of its kind.
//
// Source: SCR-01, SCR-02.
type Flow struct {
	Start   string       `json:"start"` // the label of the first object
	Objects []FlowObject `json:"objects"`
}

// Object returns the object of a label.
func (f Flow) Object(label string) (FlowObject, bool) {
	k := slices.IndexFunc(f.Objects, func(o FlowObject) bool { return o.Label == label })
	if k < 0 || label == "" {
		return FlowObject{}, false
	}
	return f.Objects[k], true
}

// ObjectKind says what an object of a flow does.
//
// Source: SCR-02.
type ObjectKind string

// The kinds of objects.
const (
	ObjectSchedule ObjectKind = "schedule" // exits open, closed, exception1 to exception6
	ObjectOnline   ObjectKind = "online"   // the web's form before the chat; elsewhere it is passed; exit next
	ObjectOffline  ObjectKind = "offline"  // says that nobody is there, and takes a message; no exit
	ObjectSay      ObjectKind = "say"      // exit next
	ObjectMenu     ObjectKind = "menu"     // exits 1 to 10, invalid, no_answer
	ObjectTest     ObjectKind = "test"     // exits yes, no
	ObjectCRM      ObjectKind = "crm"      // exits case, customer, new
	ObjectSet      ObjectKind = "set"      // skills and priority; exit next
	ObjectLanguage ObjectKind = "language" // exit next
	ObjectForward  ObjectKind = "forward"  // into a queue, for good; exit skip, for who asks to, is optional
	ObjectSkip     ObjectKind = "skip"     // leaves the line for a message; no exit
	ObjectEnd      ObjectKind = "end"      // no exit
)

// The exits of objects. A menu's options leave by their number from 1.
const (
	ExitNext     = "next"
	ExitOpen     = "open"
	ExitClosed   = "closed"
	ExitInvalid  = "invalid"
	ExitNoAnswer = "no_answer"
	ExitYes      = "yes"
	ExitNo       = "no"
	ExitCase     = "case"
	ExitCustomer = "customer"
	ExitNew      = "new"
	ExitSkip     = "skip"
)

// FlowObject is one object of a flow. Only the fields of its kind count.
//
// Source: SCR-02.
type FlowObject struct {
	Label string            `json:"label"` // unique in its flow, 21 characters at most
	Kind  ObjectKind        `json:"kind"`
	Exits map[string]string `json:"exits,omitempty"` // the label each exit leads to

	Text     Text        `json:"text,omitzero" required:"false"`     // say, menu, offline, skip, end
	Calendar *Calendar   `json:"calendar,omitempty"`                 // schedule
	Options  []Option    `json:"options,omitempty"`                  // menu
	Wait     int         `json:"wait,omitempty"`                     // menu: seconds until no_answer
	Tries    int         `json:"tries,omitempty"`                    // menu: answers that fit nothing before invalid
	Tests    []Condition `json:"tests,omitempty"`                    // test: all must hold for yes
	Skills   []SkillNeed `json:"skills,omitempty"`                   // set
	Priority int         `json:"priority,omitempty"`                 // set: 1 to 1000, 0 leaves it
	Language string      `json:"language,omitempty"`                 // language: en or fr-CA
	Queue    QueueID     `json:"queue,omitempty"`                    // forward
	Messages Waiting     `json:"messages,omitzero" required:"false"` // forward
	Form     bool        `json:"form,omitempty"`                     // skip, offline: the web asks for a message
	Mail     string      `json:"mail,omitempty"`                     // skip: the colleagues who are written to about it
}

// ExitNames returns the exits an object must have, in their order.
//
// Source: SCR-02.
func (o FlowObject) ExitNames() []string {
	switch o.Kind {
	case ObjectSchedule:
		names := []string{ExitOpen, ExitClosed}
		if o.Calendar != nil {
			for _, s := range o.Calendar.Special {
				if !slices.Contains(names, s.Exit) {
					names = append(names, s.Exit)
				}
			}
		}
		return names
	case ObjectMenu:
		var names []string
		for k := range o.Options {
			names = append(names, OptionExit(k))
		}
		return append(names, ExitInvalid, ExitNoAnswer)
	case ObjectTest:
		return []string{ExitYes, ExitNo}
	case ObjectCRM:
		return []string{ExitCase, ExitCustomer, ExitNew}
	case ObjectSay, ObjectOnline, ObjectSet, ObjectLanguage:
		return []string{ExitNext}
	}
	return nil
}

// OptionExit is the exit of the option at an index of a menu.
func OptionExit(k int) string {
	if k == 9 {
		return "10"
	}
	return string(rune('1' + k))
}

// Option is one answer of a menu. The number before it and its text always
// choose it; so do its words.
type Option struct {
	Text  Text     `json:"text"`
	Words []string `json:"words,omitempty"` // other answers that mean it: bill, facture
}

// SkillNeed is a skill at a level or more (RTE-11).
type SkillNeed struct {
	Skill SkillID `json:"skill"`
	Level int     `json:"level"`
}

// Waiting is what is said to somebody in the line, every so often.
//
// Source: SCR-02: forward to queue with in-queue loop and interval.
type Waiting struct {
	Every int    `json:"every"` // seconds; 0 = nothing is said
	Times int    `json:"times"` // at most so often
	Texts []Text `json:"texts"` // in turn; the last one repeats
}

// Condition is one test of what is known of a contact.
type Condition struct {
	Field string `json:"field"` // one of ConditionFields, or the name of a variable: $plan
	Op    string `json:"op"`    // one of ConditionOps
	Value string `json:"value"`
}

// ConditionFields are what a condition may look at.
var ConditionFields = []string{
	"channel", "language", "text", "name", "email", "phone", "account_number", "case_number", "question",
	"customer", "open_case", "previous_interaction",
}

// ConditionOps are the ways to compare, without regard to case.
var ConditionOps = []string{"is", "is_not", "contains", "starts_with", "empty", "not_empty"}

// Calendar is weekly hours in a time zone with the days that are different.
//
// Source: SCR-06.
type Calendar struct {
	Schedule
	Special []Special `json:"special"` // the first that fits counts
}

// Special is a holiday or another day unlike its weekday, whole or in part.
type Special struct {
	Name   string `json:"name"`
	First  string `json:"first"` // 2026-12-24, in the calendar's zone
	Last   string `json:"last"`  // 2026-12-26, "" = the first
	Yearly bool   `json:"yearly,omitempty"`
	From   int    `json:"from"` // minutes from midnight, inclusive
	To     int    `json:"to"`   // minutes from midnight, exclusive; 0 = the whole day
	Exit   string `json:"exit"` // open, closed, exception1 to exception6
}

// Exit returns where a calendar leads at t: a special day's exit, else open or
// closed by the hours of the week.
//
// Source: SCR-02, SCR-06.
func (c Calendar) Exit(t time.Time) string {
	local := t.In(c.zone())
	minute := local.Hour()*60 + local.Minute()
	for _, s := range c.Special {
		if s.covers(local) && s.From <= minute && (s.To == 0 || minute < s.To) {
			return s.Exit
		}
	}
	if c.Open(t) {
		return ExitOpen
	}
	return ExitClosed
}

// covers reports whether a day is one of s.
func (s Special) covers(local time.Time) bool {
	first, last, day := s.First, s.Last, local.Format(time.DateOnly)
	if last == "" {
		last = first
	}
	if len(first) != len(day) || len(last) != len(day) {
		return false
	}
	if !s.Yearly {
		return first <= day && day <= last
	}
	first, last, day = first[5:], last[5:], day[5:]
	if first <= last {
		return first <= day && day <= last
	}
	return first <= day || day <= last // over the turn of the year
}

// Opens returns when a calendar opens next after t, the zero time if not within
// a year: the first minute that leads to open.
func (c Calendar) Opens(t time.Time) time.Time {
	zone := c.zone()
	local := t.In(zone)
	for day := range 366 {
		var marks []int
		at := time.Date(local.Year(), local.Month(), local.Day()+day, 0, 0, 0, 0, zone)
		for _, h := range c.Hours {
			if h.Day == at.Weekday() {
				marks = append(marks, h.From)
			}
		}
		if len(c.Hours) == 0 {
			marks = append(marks, 0)
		}
		for _, s := range c.Special {
			marks = append(marks, s.From, s.To)
		}
		slices.Sort(marks)
		for _, m := range marks {
			start := time.Date(at.Year(), at.Month(), at.Day(), m/60, m%60, 0, 0, zone)
			if start.After(t) && c.Exit(start) == ExitOpen {
				return start.UTC()
			}
		}
	}
	return time.Time{}
}

// LabelMax is how long an object's label is at most.
//
// Unit: code points.
// Source: SCR-02.
const LabelMax = 21

// LabelFits reports whether a label can be one.
func LabelFits(label string) bool {
	n := utf8.RuneCountInString(label)
	return n > 0 && n <= LabelMax && strings.TrimSpace(label) == label && !strings.ContainsAny(label, "\r\n\t")
}

// ScriptKind is the family of channels a script serves.
//
// Source: SCR-01: chat, SMS, social.
type ScriptKind string

// The kinds of scripts.
const (
	ScriptChat   ScriptKind = "chat"
	ScriptSMS    ScriptKind = "sms"
	ScriptSocial ScriptKind = "social"
)

// ScriptKind is the kind of script that serves a channel.
func (c Channel) ScriptKind() ScriptKind {
	switch c {
	case WebChat, SupportCenter, Open:
		return ScriptChat
	case SMS:
		return ScriptSMS
	}
	return ScriptSocial
}

// FlowScript is a script an administrator draws: a draft, and what is published.
type FlowScript struct {
	ID        ScriptID
	Name      string
	Kind      ScriptKind
	Draft     Flow
	Published int // the version in force, 0 = none yet
	Rev       int64
}

// FlowVersion is one published version of a script.
type FlowVersion struct {
	Script  ScriptID
	Version int // 1, 2, 3 ...
	Flow    Flow
	By      AgentID
	Why     string
	At      time.Time
}

// ScriptRun is where somebody stands in the script of their journey.
type ScriptRun struct {
	Journey InteractionID
	Script  ScriptID // "" = the entry point's own
	Version int
	At      string // the label of the object that waits, or that sent them on
	Data    []byte // internal/script's State, as JSON
}
