package center

import (
	"bytes"
	"testing"

	"parley"
	"parley/internal/records"
	"parley/internal/store"
)

// TestPastIsReadable lets colleagues read what is over with a customer: those of
// its queue where it has no log, else those who may see the log.
func TestPastIsReadable(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		ctx := t.Context()
		x.do("set", func(r *store.Rows) {
			r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "autolog.enabled", Value: "false"})
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
		})
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		_, err := x.Send(ctx, amy, id, x.words("It is on its way."))
		x.must(err)
		dave := parley.Actor{Agent: "agt_dave", Role: parley.RoleAgent}
		reads := func(rule string, want map[*parley.Actor]bool) {
			t.Helper()
			for me, may := range want {
				page, err := x.Interaction(ctx, *me, id)
				paper, err2 := x.InteractionPaper(ctx, *me, id, Reader{Language: "en"})
				if may {
					x.must(err)
					x.must(err2)
					if len(page.Messages) == 0 || !bytes.HasPrefix(paper, []byte("%PDF-")) {
						t.Errorf("%s: %s reads %d messages, %.20q", rule, me.Agent, len(page.Messages), paper)
					}
					continue
				}
				x.refuses(err, parley.ErrNotFound)
				x.refuses(err2, parley.ErrNotFound)
			}
		}
		reads("A-022: while it goes on", map[*parley.Actor]bool{&amy: true, &sam: true, &bob: false, &dave: false, &v: false})
		x.must(x.End(ctx, amy, id))
		x.must(x.Finish(ctx, amy, id))
		reads("A-022: of nobody known", map[*parley.Actor]bool{&amy: true, &sam: true, &bob: false})
		bea := x.known(id)
		reads("CRM-14: of their queue", map[*parley.Actor]bool{&amy: true, &bob: true, &sam: true, &dave: false, &v: false})
		x.refuses(x.MailTranscript(ctx, bob, id, Reader{}), parley.ErrEmailNotVerified)
		x.must(x.records.VerifyEmail(ctx, bob, bea, "bea@example.com", true))
		x.must(x.MailTranscript(ctx, bob, id, Reader{Language: "en"}))
		x.refuses(x.MailTranscript(ctx, dave, id, Reader{}), parley.ErrNotFound)
		if sent := x.letters(); len(sent) != 1 || sent[0].Email != "bea@example.com" || sent[0].Case != "" || sent[0].Agent != bob.Agent {
			t.Errorf("CRM-14: mailed without a case: %+v", sent)
		}

		logged, err := x.records.SaveToCRM(ctx, amy, id)
		x.must(err)
		reads("CRM-14: of a log for everyone", map[*parley.Actor]bool{&bob: true, &dave: true, &v: false})
		kept, err := x.records.Case(ctx, amy, logged.Case)
		x.must(err)
		x.must(x.records.SaveCase(ctx, amy, logged.Case, records.CaseInput{
			Customer: bea, Status: parley.CaseClosed, Visibility: parley.VisibleToOwner, Rev: kept.Rev,
		}))
		reads("A-022: of a log of its owner", map[*parley.Actor]bool{&amy: true, &sam: true, &bob: false, &dave: false})
	})
}
