package integration

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley"
	"parley/internal/crm"
	"parley/internal/store"
	"parley/internal/transcript"
)

// bodyOf makes a log's text of what is kept: it is not stored a second time.
//
// Source: CRM-08, DYN-06.
func bodyOf(ctx context.Context, v store.View, l store.CRMLog, language string) (crm.Log, error) {
	i, err := v.Interaction(ctx, l.Interaction)
	if err != nil {
		return crm.Log{}, err
	}
	p, err := whoOf(ctx, v, l.Interaction)
	if err != nil {
		return crm.Log{}, err
	}
	out := crm.Log{
		ID: l.ID, Language: language, Transaction: string(i.ID), Origin: string(i.Journey), Channel: transcript.ChannelName(i.Channel, language), Phone: p.Phone,
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
	out.Subject = fmt.Sprintf("%s #%d", out.Channel, i.Number)
	if customer != "" {
		out.Subject += transcript.Colon(language) + customer
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
		name := d.Name
		if french(out.Language) && d.NameFR != "" {
			name = d.NameFR
		}
		out.Codes = append(out.Codes, name)
	}
	notes, err := v.Notes(ctx, i.ID)
	if err != nil {
		return err
	}
	for n, note := range notes {
		if n > 0 {
			out.Notes += "\n"
		}
		out.Notes += "[" + stamp(note.At) + "] " + names[note.Agent] + transcript.Colon(out.Language) + note.Text
	}
	messages, err := v.Transcript(ctx, i.Conversation, i.ID)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, m := range messages {
		fmt.Fprintf(&b, "[%s] %s\n", stamp(m.At), said(m, names[m.Agent], out.Language))
	}
	out.Transcript = b.String()
	return nil
}

// stamp is a time as a CRM's reader sees it, wherever they are.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func french(language string) bool { return strings.HasPrefix(language, "fr") }

// said is one message as a line of the transcript; agent is the name of whose it is.
func said(m parley.Message, agent, language string) string {
	text := transcript.Words(m, transcript.Style{Language: language})
	switch m.Sender {
	case parley.FromAgent:
		return cmp.Or(agent, transcript.Elsewhere(language)) + transcript.Colon(language) + text
	case parley.FromCustomer:
		return transcript.Customer(language) + transcript.Colon(language) + text
	}
	if m.Content != nil { // what the center said by itself, and no code
		return "(" + text + ")"
	}
	return "(" + transcript.Noted(m.Text, cmp.Or(agent, "Agent"), language) + ")"
}

func namesOf(ctx context.Context, v store.View) (map[parley.AgentID]string, error) {
	all, err := v.Agents(ctx)
	names := make(map[parley.AgentID]string, len(all))
	for _, a := range all {
		names[a.ID] = a.DisplayName
	}
	return names, err
}
