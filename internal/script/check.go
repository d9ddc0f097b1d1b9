package script

import (
	"slices"
	"strings"
	"time"

	"parley"
)

// Fault is one thing that keeps a flow from being published, and where.
type Fault struct {
	Object string `json:"object"` // its label, "" = the flow
	Exit   string `json:"exit,omitempty"`
	Field  string `json:"field,omitempty"`
	Code   string `json:"code"`
}

// Known is what a flow may refer to.
type Known struct {
	Queues []parley.QueueID
	Skills []parley.SkillID
}

// The bounds of a flow.
//
// Unit: objects; code points; rows.
const (
	objectsMax = 200
	textMax    = 2000
	optionMax  = 40
	nameMax    = 80  // of a special day
	valueMax   = 200 // what a condition compares with
	optionsMax = 10
	rowsMax    = 100
	minutesDay = 1440
	everyMin   = 15
)

// checks collects the faults of a flow.
type checks struct {
	flow   parley.Flow
	known  Known
	faults []Fault
}

// Check returns everything that keeps a flow from being published: an exit to
// nowhere, a circle nobody gets out of, a queue that is gone.
//
// Source: SCR-02, SCR-04, SCR-06.
func Check(f parley.Flow, known Known) []Fault {
	c := checks{flow: f, known: known, faults: []Fault{}}
	if _, ok := f.Object(f.Start); !ok {
		c.add(Fault{Field: "start", Code: "exit_nowhere"})
	}
	if len(f.Objects) > objectsMax {
		c.add(Fault{Code: "too_many"})
	}
	seen := map[string]bool{}
	for _, o := range f.Objects {
		switch {
		case !parley.LabelFits(o.Label):
			c.add(Fault{Object: o.Label, Field: "label", Code: "bad_label"})
		case seen[o.Label]:
			c.add(Fault{Object: o.Label, Field: "label", Code: "repeated"})
		}
		seen[o.Label] = true
		c.exits(o)
		c.object(o)
	}
	c.circles()
	return c.faults
}

func (c *checks) add(f Fault) { c.faults = append(c.faults, f) }

func (c *checks) fault(o parley.FlowObject, field, code string) {
	c.add(Fault{Object: o.Label, Field: field, Code: code})
}

// exits refuses those that lead nowhere.
//
// Source: SCR-04.
func (c *checks) exits(o parley.FlowObject) {
	names := o.ExitNames()
	if o.Kind == parley.ObjectForward && o.Exits[parley.ExitSkip] != "" {
		names = append(names, parley.ExitSkip)
	}
	for _, exit := range names {
		if _, ok := c.flow.Object(o.Exits[exit]); !ok {
			c.add(Fault{Object: o.Label, Exit: exit, Code: "exit_nowhere"})
		}
	}
}

// object checks what an object's kind needs.
func (c *checks) object(o parley.FlowObject) {
	switch o.Kind {
	case parley.ObjectSchedule:
		c.calendar(o)
	case parley.ObjectSay:
		c.text(o, "text", o.Text, 1, textMax)
	case parley.ObjectMenu:
		c.menu(o)
	case parley.ObjectTest:
		c.tests(o)
	case parley.ObjectSet:
		c.set(o)
	case parley.ObjectLanguage:
		if o.Language != "en" && o.Language != "fr-CA" {
			c.fault(o, "language", "unknown")
		}
	case parley.ObjectForward:
		c.forward(o)
	case parley.ObjectOnline, parley.ObjectCRM:
	case parley.ObjectOffline, parley.ObjectSkip, parley.ObjectEnd:
		c.text(o, "text", o.Text, 0, textMax)
		if o.Mail != "" && !mailable(o.Mail) {
			c.fault(o, "mail", "not_an_email")
		}
	default:
		c.fault(o, "kind", "unknown")
	}
}

// mailMax is how long an address may be (RFC 5321, 4.5.3.1).
const mailMax = 254

// mailable reports whether a letter can go to an address: one, of plain letters.
func mailable(address string) bool {
	local, domain, ok := strings.Cut(address, "@")
	odd := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>,;:\"\\()[]@", r) }
	return ok && local != "" && len(address) <= mailMax && strings.Contains(domain, ".") && !strings.ContainsFunc(local+domain, odd)
}

// text checks a text in both languages; French may be left out.
func (c *checks) text(o parley.FlowObject, field string, t parley.Text, least, most int) {
	c.line(o, field+".en", t.EN, least, most)
	c.line(o, field+".fr", t.FR, 0, most)
}

// line is a text of one language.
func (c *checks) line(o parley.FlowObject, field, s string, least, most int) {
	var f parley.Faults
	f.Text(field, s, least, most)
	for _, one := range f {
		c.fault(o, one.Field, one.Code)
	}
}

func (c *checks) menu(o parley.FlowObject) {
	c.text(o, "text", o.Text, 1, textMax)
	if len(o.Options) == 0 {
		c.fault(o, "options", "required")
	}
	if len(o.Options) > optionsMax {
		c.fault(o, "options", "too_many")
	}
	for k, option := range o.Options {
		c.text(o, parley.Index("options", k, "text"), option.Text, 1, optionMax)
	}
	if o.Wait < WaitMin || o.Wait > WaitMax {
		c.fault(o, "wait", "out_of_range")
	}
	if o.Tries < 0 || o.Tries > optionsMax {
		c.fault(o, "tries", "out_of_range")
	}
}

func (c *checks) tests(o parley.FlowObject) {
	if len(o.Tests) == 0 {
		c.fault(o, "tests", "required")
	}
	for k, t := range o.Tests {
		name, dollar := strings.CutPrefix(t.Field, "$")
		variable := dollar && parley.VariableNamed(name)
		if !variable && !slices.Contains(parley.ConditionFields, t.Field) {
			c.fault(o, parley.Index("tests", k, "field"), "unknown")
		}
		if !slices.Contains(parley.ConditionOps, t.Op) {
			c.fault(o, parley.Index("tests", k, "op"), "unknown")
		}
		least := 1
		if t.Op == "empty" || t.Op == "not_empty" {
			least = 0
		}
		c.line(o, parley.Index("tests", k, "value"), t.Value, least, valueMax)
	}
}

func (c *checks) set(o parley.FlowObject) {
	if len(o.Skills) == 0 && o.Priority == 0 {
		c.fault(o, "skills", "required")
	}
	for k, s := range o.Skills {
		var f parley.Faults
		if !slices.Contains(c.known.Skills, s.Skill) {
			f.Add(parley.Index("skills", k, "skill"), "unknown")
		}
		f.Level(parley.Index("skills", k, "level"), s.Level)
		for _, one := range f {
			c.fault(o, one.Field, one.Code)
		}
	}
	if o.Priority < 0 || o.Priority > 1000 {
		c.fault(o, "priority", "out_of_range")
	}
}

func (c *checks) forward(o parley.FlowObject) {
	if o.Queue == "" {
		c.fault(o, "queue", "required")
	} else if !slices.Contains(c.known.Queues, o.Queue) {
		c.fault(o, "queue", "unknown")
	}
	m := o.Messages
	if m.Every == 0 {
		return
	}
	if m.Every < everyMin || m.Every > WaitMax {
		c.fault(o, "messages.every", "out_of_range")
	}
	if m.Times < 1 || m.Times > rowsMax {
		c.fault(o, "messages.times", "out_of_range")
	}
	if len(m.Texts) == 0 {
		c.fault(o, "messages.texts", "required")
	}
	for k, t := range m.Texts {
		c.text(o, parley.Index("messages.texts", k, ""), t, 1, textMax)
	}
}

// calendar checks zone, hours and special days.
//
// Source: SCR-06.
func (c *checks) calendar(o parley.FlowObject) {
	if o.Calendar == nil {
		c.fault(o, "calendar", "required")
		return
	}
	if _, err := time.LoadLocation(o.Calendar.Zone); err != nil || o.Calendar.Zone == "" || o.Calendar.Zone == "Local" {
		c.fault(o, "calendar.zone", "unknown")
	}
	if len(o.Calendar.Hours) > rowsMax || len(o.Calendar.Special) > rowsMax {
		c.fault(o, "calendar.hours", "too_many")
	}
	for k, h := range o.Calendar.Hours {
		if h.Day < time.Sunday || h.Day > time.Saturday || h.From < 0 || h.To > minutesDay || h.From >= h.To {
			c.fault(o, parley.Index("calendar.hours", k, ""), "out_of_range")
		}
	}
	for k, s := range o.Calendar.Special {
		c.special(o, k, s)
	}
}

func (c *checks) special(o parley.FlowObject, k int, s parley.Special) {
	field := parley.Index("calendar.special", k, "")
	c.line(o, field+".name", strings.TrimSpace(s.Name), 1, nameMax)
	first, err := time.Parse(time.DateOnly, s.First)
	if err != nil {
		c.fault(o, field+".first", "not_a_date")
	}
	switch last, bad := time.Parse(time.DateOnly, s.Last); {
	case s.Last == "":
	case bad != nil:
		c.fault(o, field+".last", "not_a_date")
	case err == nil && last.Before(first):
		c.fault(o, field+".last", "before_first")
	}
	if s.From < 0 || s.To > minutesDay || s.To < 0 || s.To != 0 && s.From >= s.To || s.To == 0 && s.From != 0 {
		c.fault(o, field+".from", "out_of_range")
	}
	exits := []string{parley.ExitOpen, parley.ExitClosed, "exception1", "exception2", "exception3", "exception4", "exception5", "exception6"}
	if !slices.Contains(exits, s.Exit) {
		c.fault(o, field+".exit", "unknown")
	}
}

// circles finds objects that lead back to themselves without ever waiting for an
// answer: at run time nobody would get out.
func (c *checks) circles() {
	state := map[string]int{} // 1 = on the way, 2 = done
	var visit func(label string) bool
	visit = func(label string) bool {
		o, ok := c.flow.Object(label)
		if !ok || o.Kind == parley.ObjectMenu || state[label] == 2 {
			return false
		}
		if state[label] == 1 {
			return true
		}
		state[label] = 1
		for _, exit := range o.ExitNames() {
			if visit(o.Exits[exit]) {
				c.add(Fault{Object: label, Exit: exit, Code: "loop"})
			}
		}
		state[label] = 2
		return false
	}
	for _, o := range c.flow.Objects {
		visit(o.Label)
	}
}

// Path names where a fault is, as other inputs do: What.exits.2, Hello.text.en.
func (f Fault) Path() string {
	path := f.Field
	if f.Exit != "" {
		path = "exits." + f.Exit
	}
	if f.Object == "" {
		return path
	}
	return f.Object + "." + path
}
