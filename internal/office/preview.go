package office

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley"
	"parley/internal/ledger"
	"parley/internal/script"
)

// PreviewInput is a contact who might come.
type PreviewInput struct {
	Channel  parley.Channel   `json:"channel"`
	Language string           `json:"language" required:"false"`
	At       int64            `json:"at" doc:"when they come, Unix milliseconds"`
	Text     string           `json:"text" required:"false" maxLength:"5000"`
	Name     string           `json:"name" required:"false" maxLength:"200"`
	Customer string           `json:"customer" required:"false" enum:"new,known,case,"`
	Values   parley.Variables `json:"values" required:"false" doc:"what conditions read of them, by the name they read it by: name, email, phone, account_number, case_number, question, previous_interaction (yes, no), $plan"`
	Answers  []string         `json:"answers" required:"false" maxItems:"20" doc:"to menus, in turn; an empty one is silence"`
	Draft    *parley.Flow     `json:"draft,omitempty" doc:"what is being drawn; without it what is published"`
}

// Preview is what would happen: the way they take and where it ends.
type Preview struct {
	Path     []script.Step      `json:"path"`
	Turns    []PreviewTurn      `json:"turns"`
	Exit     script.Exit        `json:"exit"`
	Queue    parley.QueueID     `json:"queue_id"`
	Skills   []parley.SkillNeed `json:"skills"`
	Priority int                `json:"priority"`
	Language string             `json:"language"`
	Wait     int                `json:"wait" doc:"seconds it waits for an answer"`
	Messages parley.Waiting     `json:"messages"`
	OpensAt  int64              `json:"opens_at"`
}

// PreviewTurn is what is said between two words of the customer.
type PreviewTurn struct {
	Answer string        `json:"answer"` // what they said, "" at first
	Says   []script.Line `json:"says"`
}

// PreviewScript runs the engine for a contact who might come; nothing is kept.
//
// Errors: parley.ErrForbidden, ErrNotFound where nothing is published.
// Source: SCR-01; the engine is the one that runs.
func (o *Office) PreviewScript(ctx context.Context, me parley.Actor, id parley.ScriptID, in PreviewInput) (Preview, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return Preview{}, err
	}
	who, err := in.contact()
	if err != nil {
		return Preview{}, err
	}
	v := ledger.View{View: o.store.View()}
	s, err := v.Script(ctx, id)
	if err != nil {
		return Preview{}, err
	}
	flow := in.Draft
	if flow == nil {
		f, err := v.ScriptVersion(ctx, id, s.Published)
		if err != nil {
			return Preview{}, err
		}
		flow = &f.Flow
	}
	return in.run(*flow, who), nil
}

// previewValuesMax is how many values a contact may bring: one of each field of a
// form, and the variables.
const previewValuesMax = parley.VariablesMax + 7

// contact is who might come, with what conditions read of them.
//
// Errors: parley.ErrInvalid for a value that no condition reads, or one that is
// too long.
func (in PreviewInput) contact() (script.Contact, error) {
	who := script.Contact{
		Visitor: parley.Visitor{Name: in.Name, Language: in.Language, Question: in.Text, Variables: parley.Variables{}}, Text: in.Text,
		Known: in.Customer == "known" || in.Customer == "case", OpenCase: in.Customer == "case",
	}
	fields := map[string]*string{
		script.FieldName: &who.Name, script.FieldEmail: &who.Email, script.FieldPhone: &who.Phone, script.FieldQuestion: &who.Question,
		script.FieldAccountNumber: &who.AccountNumber, script.FieldCaseNumber: &who.CaseNumber,
	}
	var faults []parley.FieldError
	for _, name := range slices.Sorted(maps.Keys(in.Values)) {
		value := in.Values[name]
		variable, marked := strings.CutPrefix(name, "$")
		switch {
		case utf8.RuneCountInString(value) > parley.VariableMax:
			faults = append(faults, parley.FieldError{Field: "values." + name, Code: "too_long"})
		case fields[name] != nil:
			*fields[name] = value
		case name == "previous_interaction":
			who.Before = value == "yes"
		case marked && parley.VariableNamed(variable):
			who.Variables[variable] = value
		default:
			faults = append(faults, parley.FieldError{Field: "values." + name, Code: "unknown"})
		}
	}
	if len(in.Values) > previewValuesMax {
		faults = append(faults, parley.FieldError{Field: "values", Code: "too_many"})
	}
	if len(faults) > 0 {
		return who, parley.ErrInvalid(faults...)
	}
	return who, nil
}

// run leads the contact through a flow, answer by answer.
func (in PreviewInput) run(flow parley.Flow, who script.Contact) Preview {
	now := parley.FromMillis(in.At)
	e := parley.EntryPoint{Enabled: true, Channel: in.Channel, Script: parley.Script{Language: languages[0]}}
	out := script.Enter(e, &flow, who, now)
	turns := []PreviewTurn{{Says: spoken(out)}}
	for _, answer := range in.Answers {
		if out.Exit != script.ToAnswer {
			break
		}
		who.Text, who.Silent = answer, answer == ""
		who.Channel = in.Channel
		now = now.Add(time.Second)
		out = script.Run(flow, who, out.State, now)
		turns = append(turns, PreviewTurn{Answer: answer, Says: spoken(out)})
	}
	p := Preview{
		Path: out.State.Path, Turns: turns, Exit: out.Exit, Queue: out.Queue, Skills: out.Skills, Priority: out.Priority,
		Language: out.Language, Wait: int(out.Wait / time.Second), Messages: out.Messages, OpensAt: parley.Millis(out.Opens),
	}
	if p.Path == nil {
		p.Path = []script.Step{}
	}
	return p
}

// spoken is all that is said in one turn.
func spoken(out script.Outcome) []script.Line {
	says := append([]script.Line{}, out.Says...)
	if out.Closed != "" {
		says = append(says, script.Line{Text: out.Closed})
	}
	return says
}
