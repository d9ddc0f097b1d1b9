// Package script says what happens to a new contact. In this version its shape
// is fixed: weekly hours, greeting, pre-chat form, one queue, skip the queue,
// offline form. It does no I/O and is told the time.
package script

import (
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
)

// Exit is where the script leads a contact.
type Exit string

// The exits.
const (
	ToQueue  Exit = "queue"  // it waits for an agent (I2)
	ToClosed Exit = "closed" // out of hours: leave a message instead (I3, SCR-07)
	ToForm   Exit = "form"   // the pre-chat form misses something
)

// Outcome is what follows from a contact.
type Outcome struct {
	Exit     Exit
	Queue    parley.QueueID // with ToQueue
	Language string         // the contact's, else the script's (LOC-02)
	Greeting string         // in that language
	Closed   string         // with ToClosed: what is shown
	Opens    time.Time      // with ToClosed: when it opens next, zero if never
	Faults   []parley.FieldError
}

// Run leads a contact through an entry point's script. The schedule counts as
// it is now; whoever already waits is not sent away when hours end.
//
// Source: SCR-01, SCR-03, SCR-05, SCR-07.
func Run(e parley.EntryPoint, who parley.Visitor, now time.Time) Outcome {
	out := Outcome{Language: Language(e.Script, who.Language)}
	out.Greeting = e.Script.Greeting.In(out.Language)
	if !e.Enabled || !e.Script.Schedule.Open(now) {
		out.Exit, out.Closed = ToClosed, e.Script.Closed.In(out.Language)
		if e.Enabled {
			out.Opens = e.Script.Schedule.Opens(now)
		}
		return out
	}
	if out.Faults = missing(e.Script.Form, who); len(out.Faults) > 0 {
		out.Exit = ToForm
		return out
	}
	out.Exit, out.Queue = ToQueue, e.Queue
	return out
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
