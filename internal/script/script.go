// Package script says what happens to a new contact: it leads them along a flow
// of objects to a queue, to a question, or out. It does no I/O and is told the
// time.
package script

import (
	"cmp"
	"strings"
	"time"

	"parley"
)

// The fields of a pre-chat form.
//
// Source: SCR-05.
const (
	FieldName          = "name"
	FieldEmail         = "email"
	FieldPhone         = "phone"
	FieldAccountNumber = "account_number"
	FieldCaseNumber    = "case_number"
	FieldQuestion      = "question"
	FieldConsent       = "consent" // takes the version of the words agreed to
)

// Exit is where the script leads a contact.
type Exit string

// The exits.
const (
	ToQueue  Exit = "queue"  // it waits for an agent (I2)
	ToClosed Exit = "closed" // out of hours: leave a message instead (I3, SCR-07)
	ToForm   Exit = "form"   // the pre-chat form misses something
	ToAnswer Exit = "answer" // a menu waits for an answer
	ToSkip   Exit = "skip"   // out of the line, for a message (I8)
	ToEnd    Exit = "end"    // it is over (SCR-04)
	ToStay   Exit = "stay"   // what was written changes nothing
)

// Outcome is what follows from a contact.
type Outcome struct {
	Exit     Exit
	Queue    parley.QueueID // with ToQueue
	Skills   []parley.SkillNeed
	Priority int                 // 0 = the usual one
	Messages parley.Waiting      // with ToQueue: what is said to who waits
	Language string              // the contact's, else the script's (LOC-02)
	Greeting string              // in that language
	Says     []Line              // what is said on the way
	Wait     time.Duration       // with ToAnswer: for how long
	Closed   string              // with ToClosed: what is shown
	Opens    time.Time           // with ToClosed: when it opens next, zero if never
	Form     bool                // with ToClosed and ToSkip: a message may be left
	Mail     string              // with ToSkip: the colleagues who are written to about it
	Faults   []parley.FieldError // with ToForm
	State    State               // where the run stands
}

// Enter leads a contact through an entry point's flow, nil for the one its own
// script is. The schedule counts as it is now; whoever already waits is not sent
// away when hours end.
//
// Source: SCR-01, SCR-03, SCR-05, SCR-07.
func Enter(e parley.EntryPoint, f *parley.Flow, who Contact, now time.Time) Outcome {
	own := Own(e)
	if f == nil {
		f = &own
	}
	language := Language(e.Script, who.Language)
	out := Outcome{Exit: ToClosed}
	if e.Enabled {
		who.Channel, who.Form = e.Channel, e.Script.Form
		out = Run(*f, who, State{Language: language}, now)
	}
	if out.Exit == ToClosed && out.Closed == "" {
		out.Closed = e.Script.Closed.In(language)
	}
	if out.Language == "" {
		out.Language = language
	}
	out.Greeting = e.Script.Greeting.In(language)
	return out
}

// The labels of the objects that an entry point's own script becomes.
const (
	ownHours    = "Hours"
	ownGreeting = "Greeting"
	ownForm     = "Form"
	ownQueue    = "Queue"
	ownClosed   = "Closed"
)

// Own is the flow of an entry point that has no other: its hours, its form and
// its queue. On the web the greeting is the window's; a network is told it.
//
// Source: SCR-01.
func Own(e parley.EntryPoint) parley.Flow {
	s := e.Script
	open := ownForm
	if e.Channel.ScriptKind() != parley.ScriptChat && s.Greeting.EN != "" {
		open = ownGreeting
	}
	return parley.Flow{Start: ownHours, Objects: []parley.FlowObject{
		{
			Label: ownHours, Kind: parley.ObjectSchedule, Calendar: &parley.Calendar{Schedule: s.Schedule},
			Exits: map[string]string{parley.ExitOpen: open, parley.ExitClosed: ownClosed},
		},
		{Label: ownGreeting, Kind: parley.ObjectSay, Text: s.Greeting, Exits: map[string]string{parley.ExitNext: ownForm}},
		{Label: ownForm, Kind: parley.ObjectOnline, Exits: map[string]string{parley.ExitNext: ownQueue}},
		{Label: ownQueue, Kind: parley.ObjectForward, Queue: e.Queue},
		{Label: ownClosed, Kind: parley.ObjectOffline, Text: s.Closed, Form: s.OfflineForm},
	}}
}

// helpText answers HELP where nobody wrote another text. Its letters are all in
// GSM 03.38, so that it is one segment.
var helpText = parley.Text{
	EN: "{center}. Write to us here and a person will answer. Reply STOP to end messages.",
	FR: "{center}. \u00c9crivez-nous ici, une personne vous r\u00e9pondra. R\u00e9pondez STOP pour ne plus recevoir de messages.",
}

// Help returns what HELP is answered with, {center} being the center's name.
//
// Source: SMS-09.
func Help(s parley.Script) parley.Text {
	if s.Texts.Help == nil {
		return helpText
	}
	return *s.Texts.Help
}

// Helps returns what HELP is answered with in the first language that is known; "" if
// it is not answered by itself.
//
// Source: SMS-09.
func Helps(s parley.Script, center string, languages ...string) string {
	return strings.ReplaceAll(Help(s).In(Language(s, cmp.Or(languages...))), "{center}", center)
}

// Language returns the language a contact is spoken to in: English or Canadian
// French, whatever is asked for.
//
// Source: LOC-02.
func Language(s parley.Script, asked string) string {
	for _, tag := range []string{asked, s.Language} {
		switch {
		case strings.HasPrefix(strings.ToLower(tag), "fr"):
			return "fr-CA"
		case strings.HasPrefix(strings.ToLower(tag), "en"):
			return "en"
		}
	}
	return "en"
}

// missing returns the required fields that are empty, in the form's order.
func missing(form []parley.Field, who parley.Visitor) []parley.FieldError {
	var faults []parley.FieldError
	for _, f := range form {
		if f.Required && strings.TrimSpace(answer(f.Name, who)) == "" {
			faults = append(faults, parley.FieldError{Field: f.Name, Code: "required"})
		}
	}
	return faults
}

func answer(field string, who parley.Visitor) string {
	switch field {
	case FieldName:
		return who.Name
	case FieldEmail:
		return who.Email
	case FieldPhone:
		return who.Phone
	case FieldAccountNumber:
		return who.AccountNumber
	case FieldCaseNumber:
		return who.CaseNumber
	case FieldQuestion:
		return who.Question
	}
	return "" // a field nobody knows cannot be answered
}
