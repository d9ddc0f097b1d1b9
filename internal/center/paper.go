package center

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/records"
	"parley/internal/routing"
	"parley/internal/script"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/transcript"
)

// Reader is for whom a transcript is written down.
type Reader struct {
	Language string // en or fr-CA
	Zone     string // of the time zone database; what is not there is UTC
}

func (r Reader) style() transcript.Style {
	zone, err := time.LoadLocation(r.Zone)
	if err != nil || r.Zone == "" {
		zone = time.UTC
	}
	return transcript.Style{Language: r.Language, Zone: zone}
}

// CasePaper returns the transcript of a case as a PDF, with codes and notes.
//
// Errors: parley.ErrForbidden; ErrNotFound, also for a case that is no chat log.
// Source: CRM-08.
func (c *Center) CasePaper(ctx context.Context, me parley.Actor, id parley.CaseID, r Reader) ([]byte, error) {
	kept, err := c.records.Transcript(ctx, me, id)
	if err != nil {
		return nil, err
	}
	return c.paper(ctx, kept, r)
}

// InteractionPaper returns the transcript of an interaction as a PDF, with codes
// and notes, also of one that has no case.
//
// Errors: parley.ErrNotFound.
// Source: CRM-07, CRM-14.
func (c *Center) InteractionPaper(ctx context.Context, me parley.Actor, id parley.InteractionID, r Reader) ([]byte, error) {
	if _, err := c.readable(ctx, me, id); err != nil {
		return nil, err
	}
	kept, err := records.TranscriptOf(ctx, c.store.View(), id)
	if err != nil {
		return nil, err
	}
	return c.paper(ctx, kept, r)
}

// paper is a transcript for colleagues.
func (c *Center) paper(ctx context.Context, kept records.Transcript, r Reader) ([]byte, error) {
	d, err := c.document(ctx, kept, r.Language)
	if err != nil {
		return nil, err
	}
	style := r.style()
	style.Internal = true
	return d.PDF(style)
}

// document is a transcript as it is written down.
func (c *Center) document(ctx context.Context, kept records.Transcript, language string) (transcript.Document, error) {
	v := c.store.View()
	b, err := c.config(ctx)
	if err != nil {
		return transcript.Document{}, err
	}
	place, err := v.Center(ctx)
	if err != nil {
		return transcript.Document{}, err
	}
	t, err := v.Conversation(ctx, kept.Interaction.Conversation)
	if err != nil {
		return transcript.Document{}, err
	}
	origin, err := originOf(ctx, v, kept.Interaction)
	if err != nil {
		return transcript.Document{}, err
	}
	i := kept.Interaction
	d := transcript.Document{
		Center: place.Name, Case: kept.Case, Number: i.Number, Origin: origin, Channel: i.Channel,
		Queue: b.names[string(i.Queue)].Name, Agent: b.names[string(i.Agent)].Name, Customer: t.Visitor.Name,
		Initiated: i.CreatedAt, Accepted: i.AcceptedAt, Ended: i.EndedAt, Hash: i.Hash,
	}
	if d.Case == 0 && i.Log != nil {
		d.Case = i.Log.Number
	}
	for _, code := range kept.Dispositions {
		name := code.Name
		if strings.HasPrefix(language, "fr") && code.NameFR != "" {
			name = code.NameFR
		}
		d.Codes = append(d.Codes, name)
	}
	d.Lines = linesOf(kept.Messages, t.Visitor.Name, language, b)
	for _, n := range kept.Notes {
		d.Lines = append(d.Lines, transcript.Line{At: n.At, Who: b.names[string(n.Agent)].Name, Text: n.Text, Note: true})
	}
	slices.SortStableFunc(d.Lines, func(x, y transcript.Line) int { return x.At.Compare(y.At) })
	return d, nil
}

// linesOf are messages as they are written down; a visitor without a name is called
// what a customer is.
func linesOf(said []parley.Message, visitor, language string, b *book) []transcript.Line {
	var out []transcript.Line
	for _, m := range said {
		out = append(out, lineOf(m, cmp.Or(visitor, transcript.Customer(language)), b))
	}
	return out
}

// lineOf is a message as it is written down. A visitor goes by the name they gave:
// they only claimed to be a customer.
func lineOf(m parley.Message, visitor string, b *book) transcript.Line {
	l := transcript.Line{ID: m.ID, At: m.At, Who: b.names[string(m.Agent)].Name, Text: m.Text, Content: m.Content, Delivery: m.Delivery}
	switch {
	case m.Sender == parley.FromCustomer:
		l.Who = visitor
	case m.Sender == parley.FromSystem && !spoken(m):
		l.Code, l.Text = m.Text, ""
	case m.Sender == parley.FromSystem:
		l.Who = b.center.Name
	case m.Sender == parley.FromAgent && m.Agent == "":
		l.Elsewhere = true
	}
	return l
}

// spoken reports whether a message of the center's is a text, and no code.
func spoken(m parley.Message) bool { return m.Content != nil && m.Content.Note == noteAutoReply }

// How much of a conversation its visitor takes along, the last of it, and how much of
// that is held at a time; how many of one household and of all do so at a time.
//
// Unit: messages; visitors.
// Source: A-105.
const copyMost, copyPart, copiesEach, copiesAll = 10_000, 100, 4, 16

// VisitorTranscript returns what writes the conversation as plain text, for the
// customer to keep: in the language and by the clock of their window, and part by
// part, for it may be long and read slowly. It is to be called, once.
//
// Errors: parley.ErrRateLimited while too many are being written.
// Source: WEB-08, LOC-02, A-105.
func (c *Center) VisitorTranscript(ctx context.Context, me parley.Actor) (func(context.Context, io.Writer) error, error) {
	b, err := c.config(ctx)
	if err != nil {
		return nil, err
	}
	t, err := c.memory.talk(ctx, me.Visitor)
	if err != nil {
		return nil, err
	}
	leave, err := c.copying.Enter(parley.Household(me.IP))
	if err != nil {
		return nil, parley.ErrRateLimited
	}
	d := transcript.Document{Center: b.center.Name, Customer: t.Visitor.Name}
	language, zone := script.Language(b.entrance[t.EntryPoint].Script, t.Visitor.Language), time.FixedZone("", t.Visitor.ZoneOffset*60)
	style := transcript.Style{Language: language, Zone: zone}
	return func(ctx context.Context, to io.Writer) error {
		defer leave()
		text, day := d.Head(style), ""
		for after := max(0, t.LastSeq-copyMost); ; after += copyPart {
			if _, err := io.WriteString(to, text); err != nil {
				return err
			}
			said, err := c.store.View().Messages(ctx, me.Visitor, after+copyPart+1, copyPart)
			said = slices.DeleteFunc(said, func(m parley.Message) bool { return m.Seq <= after })
			if err != nil || len(said) == 0 { // no number is left out
				return err
			}
			d.Lines = linesOf(said, t.Visitor.Name, language, b)
			text, day = d.Part(style, day)
		}
	}, nil
}

// originOf returns the number of the interaction that one was transferred from, 0
// if it was not.
//
// Source: CRM-08.
func originOf(ctx context.Context, v store.View, i store.Interaction) (int64, error) {
	if i.Origin == "" || i.Origin == i.ID {
		return 0, nil
	}
	from, err := v.Interaction(ctx, i.Origin)
	return from.Number, err
}

// MailTranscript mails the customer what was said, without codes and notes: the
// agent asks for it when the conversation has ended, or who reads it later. Nothing
// goes to an address that nobody made sure of.
//
// Errors: parley.ErrNotFound if they may not read it, ErrConflict while it goes on,
// ErrCustomerRequired, ErrEmailNotVerified.
func (c *Center) MailTranscript(ctx context.Context, me parley.Actor, id parley.InteractionID, r Reader) error {
	w, err := c.readable(ctx, me, id)
	if err != nil {
		return err
	}
	switch {
	case w.Agent == "": // nobody served them: there is nothing to send
		return parley.ErrNotFound
	case !me.Has(parley.MayServe):
		return parley.ErrForbidden
	case w.EndedAt.IsZero():
		return parley.ErrConflict
	}
	return c.mailTranscript(ctx, id, me.Agent, r)
}

// MailOwnTranscript mails visitors the last of their conversation that has ended,
// once, if the entry point allows it and somebody made sure of their address.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrEmailNotVerified.
func (c *Center) MailOwnTranscript(ctx context.Context, me parley.Actor, r Reader) error {
	if me.Visitor == "" {
		return parley.ErrForbidden
	}
	t, err := c.memory.talk(ctx, me.Visitor)
	if err != nil {
		return err
	}
	b, err := c.config(ctx)
	if err != nil {
		return err
	}
	if !b.values.Bool("transcript.to_visitor", settings.At{EntryPoint: t.EntryPoint}) {
		return parley.ErrForbidden
	}
	v := c.store.View()
	last, err := v.InteractionsOf(ctx, me.Visitor, 1)
	if err != nil {
		return err
	}
	if len(last) == 0 || last[0].EndedAt.IsZero() {
		return parley.ErrNotFound
	}
	sent, err := v.LettersOf(ctx, last[0].ID)
	if err != nil || sent > 0 {
		return err
	}
	return c.mailTranscript(ctx, last[0].ID, "", r)
}

func (c *Center) mailTranscript(ctx context.Context, id parley.InteractionID, by parley.AgentID, r Reader) error {
	kept, err := records.TranscriptOf(ctx, c.store.View(), id)
	if err != nil {
		return err
	}
	d, err := c.document(ctx, kept, r.Language)
	if err != nil {
		return err
	}
	text := d.Text(r.style())
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "mail_transcript",
		Touch: []string{string(id), string(kept.Interaction.Conversation)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			t, err := v.Conversation(ctx, kept.Interaction.Conversation)
			if err != nil {
				return ledger.Plan{}, err
			}
			if t.Customer == "" {
				return ledger.Plan{}, parley.ErrCustomerRequired
			}
			to, err := records.Verified(ctx, v.View, t.Customer, "")
			if err != nil {
				return ledger.Plan{}, err
			}
			letter := store.Letter{
				ID: parley.NewID("let", v.Now), Kind: "transcript", Case: kept.Interaction.Case, Interaction: id, Customer: t.Customer,
				Email: to, Subject: fmt.Sprintf("%s #%d", d.Center, d.Number), Text: text, Agent: by,
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				r.AddLetter(letter)
				r.Entry(parley.Entry{Kind: parley.KindRecordChanged, Interaction: id, Subject: string(t.Customer), Agent: by})
			}}, nil
		},
	})
}

// mayMail reports whether a visitor may have what was said mailed: it has ended,
// the entry point allows it, and somebody made sure of their address.
func mayMail(ctx context.Context, m *memory, f frame) (bool, error) {
	if f.work.EndedAt.IsZero() || !f.book.values.Bool("transcript.to_visitor", settings.At{EntryPoint: f.entrance.ID}) {
		return false, nil
	}
	t, err := m.view().Conversation(ctx, f.work.Conversation)
	if err != nil || t.Customer == "" {
		return false, err
	}
	list, err := m.view().VerifiedEmails(ctx, t.Customer)
	return len(list) > 0, err
}
