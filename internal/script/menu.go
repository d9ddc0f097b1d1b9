package script

import (
	"fmt"
	"strings"
	"time"

	"parley"
)

// The bounds of how long a menu waits.
//
// Unit: seconds.
const (
	WaitMin     = 10
	WaitMax     = 7 * 24 * 3600
	waitDefault = 3600
)

// Numbered is a line with its options below it, each with its number: for
// networks without quick replies.
func (l Line) Numbered() string {
	text := l.Text
	for k, option := range l.Options {
		text += fmt.Sprintf("\n%d. %s", k+1, option)
	}
	return strings.TrimSpace(text)
}

// ask says a menu and waits for the answer.
func (w *walk) ask(o parley.FlowObject) string {
	l := Line{Text: w.words(o.Text)}
	for _, option := range o.Options {
		l.Options = append(l.Options, option.Text.In(w.State.Language))
	}
	w.Says = append(w.Says, l)
	wait := o.Wait
	if wait <= 0 {
		wait = waitDefault
	}
	w.Wait = time.Duration(wait) * time.Second
	w.State.At = o.Label
	w.Exit = ToAnswer
	return ""
}

// answered returns where an answer leads: a menu's option, or the way out of the
// line for who writes the word. Another word in the line changes nothing.
func (w *walk) answered() string {
	o, _ := w.flow.Object(w.State.At)
	switch o.Kind {
	case parley.ObjectMenu:
		return w.chosen(o)
	case parley.ObjectForward:
		if o.Exits[parley.ExitSkip] != "" && !w.who.Silent && fold(w.who.Text) == fold(SkipWord(w.State.Language)) {
			return w.leave(o, parley.ExitSkip)
		}
		w.Exit = ToStay
	case parley.ObjectOffline: // kept until it opens
		w.Exit = ToStay
	}
	return ""
}

// chosen returns where an answer to a menu leads. One that fits nothing is asked
// for again, so often as the menu says.
func (w *walk) chosen(o parley.FlowObject) string {
	if w.who.Silent {
		return w.leave(o, parley.ExitNoAnswer)
	}
	for k, option := range o.Options {
		if picks(option, parley.OptionExit(k), w.who) {
			return w.leave(o, parley.OptionExit(k))
		}
	}
	if w.State.Tries < o.Tries {
		tries := w.State.Tries + 1
		w.ask(o)
		w.State.Tries = tries
		return ""
	}
	return w.leave(o, parley.ExitInvalid)
}

// picks reports whether an answer means an option: its quick reply, its number,
// its text in either language, or one of its words.
func picks(o parley.Option, number string, who Contact) bool {
	if who.Choice != "" && who.Choice == number {
		return true
	}
	said := strings.TrimRight(fold(who.Text), ".!)")
	if said == "" {
		return false
	}
	for _, means := range append([]string{number, o.Text.EN, o.Text.FR}, o.Words...) {
		if said == strings.TrimRight(fold(means), ".!)") {
			return true
		}
	}
	return false
}

// fold makes texts comparable: case and spaces around do not count.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// holds reports whether all conditions do.
func (w *walk) holds(tests []parley.Condition) bool {
	for _, c := range tests {
		if !compare(fold(w.value(c.Field)), c.Op, fold(c.Value)) {
			return false
		}
	}
	return true
}

func compare(has, op, want string) bool {
	switch op {
	case "is":
		return has == want
	case "is_not":
		return has != want
	case "contains":
		return strings.Contains(has, want)
	case "starts_with":
		return strings.HasPrefix(has, want)
	case "empty":
		return has == ""
	case "not_empty":
		return has != ""
	}
	return false
}

// value is what a condition looks at.
func (w *walk) value(field string) string {
	yesNo := map[bool]string{true: "yes", false: "no"}
	switch field {
	case "channel":
		return string(w.who.Channel)
	case "language":
		return w.State.Language
	case "text":
		if w.State.First != "" {
			return w.State.First
		}
		return w.who.Question
	case "customer":
		return map[bool]string{true: "known", false: "new"}[w.who.Known]
	case "open_case":
		return yesNo[w.who.OpenCase]
	case "previous_interaction":
		return yesNo[w.who.Before]
	}
	name, variable := strings.CutPrefix(field, "$")
	if told, ok := w.who.Variables[name]; ok && variable {
		return told
	}
	return answer(name, w.who.Visitor) // $name is also what the form before the chat asked for
}

// Waiting is what somebody in the line is told, left messages before the last;
// "" is nothing.
//
// Source: SCR-02.
func Waiting(f parley.Flow, s State, left int) string {
	o, _ := f.Object(s.At)
	m := o.Messages
	if len(m.Texts) == 0 {
		return ""
	}
	w := walk{Outcome: Outcome{State: s}}
	return w.words(m.Texts[max(0, min(m.Times-left-1, len(m.Texts)-1))])
}
