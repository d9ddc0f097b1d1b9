package routing

import (
	"fmt"
	"strings"
	"time"

	"parley"
)

// say tells an event in words, "" if the others of its command say it all.
func say(e Event) string {
	switch e := e.(type) {
	case InteractionCreated:
		return sayCreated(e)
	case ScriptWaits:
		return fmt.Sprintf("%s is asked, until %s", e.Interaction, clock(e.Until))
	case AnswerDue:
		return fmt.Sprintf("%s did not answer", e.Interaction)
	case WaitMessageDue:
		return fmt.Sprintf("%s is told something, %d left", e.Interaction, e.Left)
	case Queued:
		return sayQueued(e)
	case OfferMade:
		return fmt.Sprintf("%s is offered to %s until %s (%s)", e.Offer, e.Agent, clock(e.Until), sayReceipt(e.Receipt))
	case OfferEnded:
		return fmt.Sprintf("%s is %s (%s)", e.Offer, e.How, list(string(e.Agent), e.Why))
	case Parked:
		return sayParked(e)
	case Heard:
		return fmt.Sprintf("the silence of %s counts anew", e.Interaction)
	case InactivityWarned:
		return fmt.Sprintf("%s is silent: both are warned", e.Interaction)
	case WindowMoved:
		if e.Until.IsZero() {
			return fmt.Sprintf("the window of %s was shut before", e.Interaction)
		}
		return fmt.Sprintf("the window of %s is open until %s", e.Interaction, clock(e.Until))
	case WindowWarned:
		return fmt.Sprintf("the window of %s is about to close: its agent is warned", e.Interaction)
	case CustomerLinkChanged:
		if e.Away {
			return fmt.Sprintf("%s is away until %s", e.Interaction, clock(e.Until))
		}
		return fmt.Sprintf("%s is here again", e.Interaction)
	case ConversationEnded:
		return fmt.Sprintf("%s ends by the %s%s", e.Interaction, e.By, paren(e.Why))
	case WrapUpStarted:
		until := "until a code is chosen"
		if !e.Until.IsZero() {
			until = "until " + clock(e.Until)
		}
		return fmt.Sprintf("%s is wrapped up by %s %s", e.Interaction, e.Agent, until)
	case WrapUpExtended:
		return fmt.Sprintf("%s may be wrapped up until %s", e.Interaction, clock(e.Until))
	case WrapUpOverdue:
		return fmt.Sprintf("%s is overdue: %s must choose a code", e.Interaction, e.Agent)
	case DispositionSet:
		return fmt.Sprintf("%s is coded", e.Interaction)
	case Viewed:
		return fmt.Sprintf("%s was opened by %s", e.Interaction, e.Agent)
	case Dismissed:
		return fmt.Sprintf("%s is gone from %s's list", e.Interaction, e.Agent)
	case InteractionClosed:
		return sayClosed(e)
	case InteractionTransferred:
		return sayTransferred(e)
	case Restarted:
		return "everybody who waits on the web is away"
	}
	return sayAgent(e)
}

func sayCreated(e InteractionCreated) string {
	if e.Origin == "" {
		return ""
	}
	from := ""
	if e.From != "" {
		from = " from " + string(e.From)
	}
	return fmt.Sprintf("%s follows %s%s", e.Interaction, e.Origin, from)
}

func sayQueued(e Queued) string {
	said := fmt.Sprintf("%s waits in %s since %s", e.Interaction, e.Queue, clock(e.Entry))
	if e.Priority != parley.PriorityDefault {
		said += fmt.Sprintf(" at priority %d", e.Priority)
	}
	if !e.Until.IsZero() {
		said += ", at most until " + clock(e.Until)
	}
	if e.Prefer != "" {
		said += fmt.Sprintf(", first for %s until %s", e.Prefer, clock(e.PreferUntil))
	}
	if e.Why == whyAgentLost {
		said += fmt.Sprintf(" (%s is gone)", e.Agent)
	}
	return said
}

func sayParked(e Parked) string {
	if e.Open {
		return fmt.Sprintf("%s is parked by %s until the next message, at most until %s", e.Interaction, e.Agent, clock(e.Until))
	}
	return fmt.Sprintf("%s is parked by %s until %s", e.Interaction, e.Agent, clock(e.Until))
}

func sayReceipt(r Receipt) string {
	switch r.Rule {
	case ruleOnly, ruleAddressed, rulePreferred:
		return r.Rule
	case ruleLevel:
		return fmt.Sprintf("level %d, before %s %d", r.Chosen.Level, r.Next.Agent, r.Next.Level)
	case ruleLoad:
		return fmt.Sprintf("load %d, before %s %d", r.Chosen.Load, r.Next.Agent, r.Next.Load)
	case ruleIdle:
		return fmt.Sprintf("idle since %s, before %s %s", clock(r.Chosen.IdleSince), r.Next.Agent, clock(r.Next.IdleSince))
	}
	return fmt.Sprintf("%s, before %s", r.Rule, r.Next.Agent)
}

func sayClosed(e InteractionClosed) string {
	var more []string
	if e.Form {
		more = append(more, "asked for a message")
	}
	if e.Unviewed {
		more = append(more, "not yet viewed")
	}
	if e.CodeMissing {
		more = append(more, "code missing")
	}
	return fmt.Sprintf("%s is %s%s", e.Interaction, e.State, paren(append([]string{e.Why}, more...)...))
}

func sayTransferred(e InteractionTransferred) string {
	to := string(e.Queue) + string(e.To)
	if e.Done {
		return fmt.Sprintf("%s goes from %s to %s as %s", e.Interaction, e.Agent, to, e.New)
	}
	return fmt.Sprintf("%s stays with %s until %s takes %s", e.Interaction, e.Agent, to, e.New)
}

// sayAgent tells what became of an agent.
func sayAgent(e Event) string {
	switch e := e.(type) {
	case PresenceChanged:
		by := ""
		if e.By != "" {
			by = "by " + string(e.By)
		}
		back := ""
		if !e.Return.IsZero() {
			back = "until " + clock(e.Return)
		}
		return fmt.Sprintf("%s is %s%s", e.Agent, e.To, paren(string(e.Reason), by, back))
	case NextSet:
		if e.Next == "" {
			return fmt.Sprintf("%s has no next status", e.Agent)
		}
		return fmt.Sprintf("%s will be %s", e.Agent, e.Next)
	case StopNewSet:
		if e.Next != "" {
			return fmt.Sprintf("%s takes nothing new, then %s", e.Agent, e.Next)
		}
		return fmt.Sprintf("%s takes nothing new", e.Agent)
	case StopNewCleared:
		return fmt.Sprintf("%s takes new work", e.Agent)
	case LinkChanged:
		said := fmt.Sprintf("%s's link is %s", e.Agent, e.Conn)
		if !e.Until.IsZero() {
			said += " until " + clock(e.Until)
		}
		if !e.OfferUntil.IsZero() {
			said += ", to answer until " + clock(e.OfferUntil)
		}
		return said
	}
	return ""
}

func clock(t time.Time) string { return t.Format("15:04:05.000") }

// list joins what there is.
func list(words ...string) string {
	var all []string
	for _, w := range words {
		if w != "" {
			all = append(all, w)
		}
	}
	return strings.Join(all, ", ")
}

func paren(words ...string) string {
	if said := list(words...); said != "" {
		return " (" + said + ")"
	}
	return ""
}
