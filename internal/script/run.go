package script

import (
	"slices"
	"strings"
	"time"

	"parley"
)

// Contact is what a script can know of somebody.
type Contact struct {
	parley.Visitor
	Channel  parley.Channel
	Text     string         // what they wrote; of a run that waits, the answer
	Choice   string         // the quick reply they pressed, "" if none
	Silent   bool           // they did not answer in time
	Known    bool           // they are a customer of ours
	OpenCase bool           // one of their cases is not closed
	Before   bool           // they were here before
	Form     []parley.Field // asked for before a chat on the web
}

// State is where a run stands between two messages; it is kept as JSON.
type State struct {
	At       string             `json:"at,omitempty"`    // the object that waits for an answer, or the last one
	Since    time.Time          `json:"since,omitzero"`  // when the contact arrived: a schedule counts as it was then (SCR-03)
	First    string             `json:"first,omitempty"` // a contact's first words are what a condition tests
	Tries    int                `json:"tries,omitempty"` // answers that fitted nothing, at this menu
	Language string             `json:"language,omitempty"`
	Priority int                `json:"priority,omitempty"`
	Skills   []parley.SkillNeed `json:"skills,omitempty"`
	Path     []Step             `json:"path,omitempty"`
}

// Step is one object a contact came by, and the exit they left it by.
type Step struct {
	Object string            `json:"object"`
	Kind   parley.ObjectKind `json:"kind"`
	Exit   string            `json:"exit,omitempty"`
}

// Line is one text that a script says.
type Line struct {
	Text    string   `json:"text"`
	Options []string `json:"options,omitempty"` // quick replies, by number from 1
}

// stepsMax ends a run that goes in circles; publishing finds those before.
const stepsMax = 100

// pathMax is how many steps a state remembers: somebody may answer a menu for
// ever.
const pathMax = 200

// walk is one run on its way.
type walk struct {
	flow parley.Flow
	who  Contact
	now  time.Time
	Outcome
}

// Run leads a contact through a flow, from its start or from where it waits, to
// where it waits or leaves. An exit to nowhere ends it.
//
// Source: SCR-01, SCR-02, SCR-03, SCR-04.
func Run(f parley.Flow, who Contact, s State, now time.Time) Outcome {
	w := walk{flow: f, who: who, now: now, Outcome: Outcome{State: s}}
	w.State.Path = slices.Clone(s.Path)
	next := f.Start
	if s.Since.IsZero() {
		w.State.Since, w.State.First = now, who.Text
		if w.State.Language == "" {
			w.State.Language = who.Language
		}
	} else {
		next = w.answered()
	}
	for range stepsMax {
		if w.Exit != "" {
			break
		}
		o, ok := f.Object(next)
		if !ok {
			break
		}
		next = w.step(o)
	}
	if w.Exit == "" {
		w.Exit = ToEnd
	}
	w.Language = w.State.Language
	return w.Outcome
}

// step does what an object says and returns the label that follows.
func (w *walk) step(o parley.FlowObject) string {
	w.State.At, w.State.Tries = o.Label, 0
	switch o.Kind {
	case parley.ObjectSchedule:
		exit := parley.ExitOpen
		if o.Calendar != nil {
			exit = o.Calendar.Exit(w.State.Since)
		}
		return w.leave(o, exit)
	case parley.ObjectOnline:
		if w.Faults = missing(w.who.Form, w.who.Visitor); len(w.Faults) > 0 {
			return w.stop(o, ToForm)
		}
	case parley.ObjectSay:
		w.say(o.Text)
	case parley.ObjectMenu:
		return w.ask(o)
	case parley.ObjectTest:
		if w.holds(o.Tests) {
			return w.leave(o, parley.ExitYes)
		}
		return w.leave(o, parley.ExitNo)
	case parley.ObjectCRM:
		return w.leave(o, w.crm())
	case parley.ObjectSet:
		w.set(o)
	case parley.ObjectLanguage:
		w.State.Language = o.Language
	default:
		return w.last(o)
	}
	return w.leave(o, parley.ExitNext)
}

// opens returns when the first of the schedules on the way that were not open
// opens: one that is closed may lead to the hours of another place, or to a menu.
// Zero if none ever does.
func (w *walk) opens() time.Time {
	var first time.Time
	for _, step := range w.State.Path {
		o, _ := w.flow.Object(step.Object)
		if o.Calendar == nil || step.Exit == parley.ExitOpen {
			continue
		}
		if at := o.Calendar.Opens(w.State.Since); first.IsZero() || !at.IsZero() && at.Before(first) {
			first = at
		}
	}
	return first
}

// last ends the way at an object without an exit.
func (w *walk) last(o parley.FlowObject) string {
	switch o.Kind {
	case parley.ObjectForward:
		w.Queue, w.Messages = o.Queue, o.Messages
		w.Skills, w.Priority = w.State.Skills, w.State.Priority
		return w.stop(o, ToQueue)
	case parley.ObjectOffline:
		w.Closed, w.Form, w.Opens = w.words(o.Text), o.Form, w.opens()
		return w.stop(o, ToClosed)
	case parley.ObjectSkip:
		w.say(o.Text)
		w.Form, w.Mail = o.Form, o.Mail
		return w.stop(o, ToSkip)
	}
	w.say(o.Text)
	return w.stop(o, ToEnd)
}

// leave notes by which exit an object was left, and returns where that leads.
func (w *walk) leave(o parley.FlowObject, exit string) string {
	w.trace(Step{o.Label, o.Kind, exit})
	return o.Exits[exit]
}

// stop notes that the way ends at an object, or waits there.
func (w *walk) stop(o parley.FlowObject, exit Exit) string {
	w.trace(Step{Object: o.Label, Kind: o.Kind})
	w.Exit = exit
	return ""
}

func (w *walk) trace(s Step) {
	if len(w.State.Path) < pathMax {
		w.State.Path = append(w.State.Path, s)
	}
}

// say adds a text in the contact's language; an empty one says nothing.
func (w *walk) say(t parley.Text) {
	if text := w.words(t); text != "" {
		w.Says = append(w.Says, Line{Text: text})
	}
}

// words is a text with its placeholders filled in: {name}, and {skip}, which is
// the word that leaves the line. Who has no name leaves no gap: "Hello {name}."
// says "Hello.".
//
// Source: SCR-02.
func (w *walk) words(t parley.Text) string {
	name := strings.TrimSpace(w.who.Name)
	pairs := []string{"{name}", name, "{skip}", SkipWord(w.State.Language)}
	if name == "" {
		pairs = append([]string{", {name}", "", " {name}", "", "{name}, ", ""}, pairs...)
	}
	return strings.NewReplacer(pairs...).Replace(t.In(w.State.Language))
}

// SkipWord is what a customer writes to leave the line for a message.
func SkipWord(language string) string {
	if strings.HasPrefix(language, "fr") {
		return "PASSER"
	}
	return "SKIP"
}

// Leaves reports whether a word asks to leave the line, in either language.
func Leaves(text string) bool {
	word := strings.TrimSpace(text)
	return strings.EqualFold(word, SkipWord("en")) || strings.EqualFold(word, SkipWord("fr"))
}

// set adds skills, each at its highest level, and sets the priority.
func (w *walk) set(o parley.FlowObject) {
	for _, s := range o.Skills {
		k := slices.IndexFunc(w.State.Skills, func(had parley.SkillNeed) bool { return had.Skill == s.Skill })
		if k < 0 {
			w.State.Skills = append(slices.Clone(w.State.Skills), s)
			continue
		}
		w.State.Skills = slices.Clone(w.State.Skills)
		w.State.Skills[k].Level = max(w.State.Skills[k].Level, s.Level)
	}
	if o.Priority > 0 {
		w.State.Priority = o.Priority
	}
}

// crm is the exit by what our records say.
func (w *walk) crm() string {
	switch {
	case w.who.OpenCase:
		return parley.ExitCase
	case w.who.Known:
		return parley.ExitCustomer
	}
	return parley.ExitNew
}
