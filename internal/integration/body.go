package integration

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley"
	"parley/internal/crm"
	"parley/internal/store"
)

// bodyOf makes a log's text of what is kept: it is not stored a second time.
//
// Source: CRM-08, DYN-06.
func bodyOf(ctx context.Context, v store.View, l store.CRMLog) (crm.Log, error) {
	i, err := v.Interaction(ctx, l.Interaction)
	if err != nil {
		return crm.Log{}, err
	}
	p, err := whoOf(ctx, v, l.Interaction)
	if err != nil {
		return crm.Log{}, err
	}
	out := crm.Log{
		ID: l.ID, Transaction: string(i.ID), Origin: string(i.Journey), Channel: string(i.Channel), Phone: p.Phone,
		Initiated: i.CreatedAt, Accepted: i.AcceptedAt, Ended: i.EndedAt,
	}
	if out.Ended.IsZero() { // closed while it was parked
		out.Ended = i.ClosedAt
	}
	names, err := namesOf(ctx, v)
	if err != nil {
		return out, err
	}
	out.Agent = names[i.Agent]
	if q, err := v.Queue(ctx, i.Queue); err == nil {
		out.Queue = q.Name
	} else if !errors.Is(err, parley.ErrNotFound) {
		return out, err
	}
	customer := strings.TrimSpace(p.FirstName + " " + p.LastName)
	out.Subject = fmt.Sprintf("%s #%d", channelName(i.Channel), i.Number)
	if customer != "" {
		out.Subject += ": " + customer
	}
	return out, words(ctx, v, i, &out, names)
}

// words fills in what was said, noted and chosen.
func words(ctx context.Context, v store.View, i store.Interaction, out *crm.Log, names map[parley.AgentID]string) error {
	codes, err := v.ChosenNames(ctx, i.ID)
	if err != nil {
		return err
	}
	for _, d := range codes {
		out.Codes = append(out.Codes, d.Name)
	}
	notes, err := v.Notes(ctx, i.ID)
	if err != nil {
		return err
	}
	for n, note := range notes {
		if n > 0 {
			out.Notes += "\n"
		}
		out.Notes += fmt.Sprintf("[%s] %s: %s", stamp(note.At), names[note.Agent], note.Text)
	}
	messages, err := v.Transcript(ctx, i.Conversation, i.ID)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, m := range messages {
		fmt.Fprintf(&b, "[%s] %s\n", stamp(m.At), said(m, names))
	}
	out.Transcript = b.String()
	return nil
}

// stamp is a time as a CRM's reader sees it, wherever they are.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// said is one message as a line of the transcript.
func said(m parley.Message, names map[parley.AgentID]string) string {
	text := m.Text
	if m.Content != nil {
		if m.Content.Edited != "" {
			text = m.Content.Edited
		}
		for _, f := range m.Content.Files {
			text = strings.TrimSpace(fmt.Sprintf("%s [file %s] %s", text, f.Name, f.Caption))
		}
	}
	switch m.Sender {
	case parley.FromAgent:
		return names[m.Agent] + ": " + text
	case parley.FromCustomer:
		return "Customer: " + text
	}
	return "(" + system(m, names) + ")"
}

// lines are the system's lines as the transcript has them. One that is not here
// is named by its code.
var lines = map[string]string{
	"agent_joined": "%s joined", "customer_left": "the customer left", "conversation_ended": "%s ended the conversation",
	"transferred": "transferred", "agent_lost": "the connection to %s was lost", "closed_by_supervisor": "closed by a supervisor",
}

func system(m parley.Message, names map[parley.AgentID]string) string {
	line, ok := lines[m.Text]
	if !ok {
		return strings.ReplaceAll(m.Text, "_", " ")
	}
	if !strings.Contains(line, "%s") {
		return line
	}
	name := names[m.Agent]
	if name == "" {
		name = "Agent"
	}
	return fmt.Sprintf(line, name)
}

func namesOf(ctx context.Context, v store.View) (map[parley.AgentID]string, error) {
	all, err := v.Agents(ctx)
	names := make(map[parley.AgentID]string, len(all))
	for _, a := range all {
		names[a.ID] = a.DisplayName
	}
	return names, err
}

// channelName is what people call a channel.
func channelName(c parley.Channel) string {
	switch c {
	case parley.WebChat:
		return "Web chat"
	case parley.SupportCenter:
		return "Support Center"
	case parley.SMS:
		return "SMS"
	case parley.WhatsApp:
		return "WhatsApp"
	}
	name := string(c)
	if name == "" {
		return "Conversation"
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
