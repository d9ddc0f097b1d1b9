package center

import (
	"bytes"
	"strings"
	"testing"

	"parley"
	"parley/internal/records"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// known makes bea a customer and an interaction hers.
func (x *town) known(id parley.InteractionID) parley.CustomerID {
	x.t.Helper()
	x.do("customer", func(r *store.Rows) {
		r.SaveCustomer(parley.Customer{
			ID: "cus_bea", AccountNumber: "1001", FirstName: "Bea", LastName: "Baker", Emails: []string{"bea@example.com"}, Rev: 1,
			CreatedAt: storetest.Day, UpdatedAt: storetest.Day,
		}, store.CustomerKeys{Folded: "bea baker", FoldedLast: "baker bea"})
	})
	x.must(x.records.LinkCustomer(x.t.Context(), amy, id, "cus_bea"))
	return "cus_bea"
}

// letters returns the letters that wait.
func (x *town) letters() []store.Letter {
	x.t.Helper()
	due, err := x.s.View().OutboxDue(x.t.Context(), store.MailKind, x.clock.Now(), 10)
	x.must(err)
	var out []store.Letter
	for _, o := range due {
		l, err := x.s.View().Letter(x.t.Context(), o.Subject)
		x.must(err)
		out = append(out, l)
	}
	return out
}

func TestMailTranscript(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		_, err := x.Send(ctx, amy, id, x.words("It is on its way."))
		x.must(err)
		_, err = x.Note(ctx, amy, id, x.words("Impatient"))
		x.must(err)
		reader := Reader{Language: "en", Zone: "America/Toronto"}
		x.refuses(x.MailTranscript(ctx, bob, id, reader), parley.ErrNotFound)
		x.refuses(x.MailTranscript(ctx, amy, id, reader), parley.ErrConflict)
		x.must(x.End(ctx, amy, id))
		x.refuses(x.MailTranscript(ctx, amy, id, reader), parley.ErrCustomerRequired)
		bea := x.known(id)
		x.refuses(x.MailTranscript(ctx, amy, id, reader), parley.ErrEmailNotVerified)
		x.refuses(x.MailOwnTranscript(ctx, v, reader), parley.ErrEmailNotVerified)
		x.must(x.records.VerifyEmail(ctx, amy, bea, "bea@example.com", true))
		x.must(x.MailTranscript(ctx, amy, id, reader))
		sent := x.letters()
		if len(sent) != 1 || sent[0].Email != "bea@example.com" || sent[0].Kind != "transcript" || sent[0].Agent != amy.Agent {
			t.Fatalf("CRM-08: one letter to the address that was checked: %+v", sent)
		}
		if !strings.Contains(sent[0].Text, "It is on its way.") || strings.Contains(sent[0].Text, "Impatient") || !strings.HasPrefix(sent[0].Subject, "Town #") {
			t.Errorf("XFR-08, A-106: what was said, no note, our subject: %+v", sent[0])
		}
		x.must(x.MailOwnTranscript(ctx, v, reader)) // they have it
		if again := x.letters(); len(again) != 1 {
			t.Errorf("a visitor gets it once: %+v", again)
		}
	})
}

func TestMailOwnTranscript(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		bea := x.known(id)
		x.must(x.records.VerifyEmail(ctx, amy, bea, "bea@example.com", true))
		x.refuses(x.MailOwnTranscript(ctx, amy, Reader{}), parley.ErrForbidden)
		x.refuses(x.MailOwnTranscript(ctx, v, Reader{}), parley.ErrNotFound) // it goes on
		x.must(x.End(ctx, amy, id))
		x.set("ent_support", "transcript.to_visitor", "false")
		x.refuses(x.MailOwnTranscript(ctx, v, Reader{}), parley.ErrForbidden)
		x.set("ent_support", "transcript.to_visitor", "true")
		seen, err := x.VisitorSnapshot(ctx, v)
		x.must(err)
		if !seen.Conversation.MayMail {
			t.Error("ux 12: the window offers it")
		}
		x.must(x.MailOwnTranscript(ctx, v, Reader{Language: "fr-CA", Zone: "nowhere"}))
		sent := x.letters()
		if len(sent) != 1 || sent[0].Agent != "" || !strings.HasPrefix(sent[0].Text, "Transcription") {
			t.Errorf("ux 12: the visitor asked, in French: %+v", sent)
		}
	})
}

func TestCasePaper(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.works(amy)
		_, id := x.served(amy, "ent_support")
		x.known(id)
		logged, err := x.records.SaveToCRM(ctx, amy, id)
		x.must(err)
		paper, err := x.CasePaper(ctx, bob, logged.Case, Reader{Language: "en"})
		x.must(err)
		if !bytes.HasPrefix(paper, []byte("%PDF-")) {
			t.Errorf("CRM-08: a PDF: %.20q", paper)
		}
		none, err := x.records.CreateCase(ctx, amy, records.CaseInput{Customer: "cus_bea", Status: parley.CaseOpen})
		x.must(err)
		_, err = x.CasePaper(ctx, amy, none, Reader{})
		x.refuses(err, parley.ErrNotFound)
	})
}

// TestBotOnPaper API-01: what a bot said has an author, which no agent is.
func TestBotOnPaper(t *testing.T) {
	b := &book{names: map[string]store.Name{"agt_amy": {Name: "Amy Chen"}}}
	if l := lineOf(parley.Message{Sender: parley.FromAgent, Text: "How can I help?"}, "Ada King", b); !l.Elsewhere {
		t.Errorf("API-01: a bot's line is %+v", l)
	}
	if l := lineOf(parley.Message{Sender: parley.FromAgent, Agent: "agt_amy", Text: "Hi"}, "Ada King", b); l.Elsewhere || l.Who != "Amy Chen" {
		t.Errorf("API-01: amy's line is %+v", l)
	}
}
