package records

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestLog(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		i := w.talk("one", parley.Visitor{Question: "Where is my parcel?\nIt is late."})
		if err := w.LinkCustomer(ctx, w.amy, i, marie); err != nil {
			t.Fatal(err)
		}
		if c := w.log(i); c.ID != "" {
			t.Errorf("CRM-09: there is no log before the end: %+v", c)
		}
		w.end(i)
		c := w.log(i)
		if c.Customer != marie || c.Status != parley.CaseClosed || c.Agent != "agt_amy" || c.Queue != "que_support" ||
			c.Channel != parley.WebChat || c.Subject != "Where is my parcel?" || c.Draft {
			t.Errorf("CRM-08, CRM-13: the chat log: %+v", c)
		}
		talk := get(w.store.View().Interaction(ctx, i))(t)
		if talk.Case != c.ID {
			t.Errorf("CRM-08: the interaction knows its case: %q", talk.Case)
		}
		shown := get(w.Case(ctx, w.bob, c.ID))(t)
		if shown.Customer.Name != "Marie Tremblay" || shown.Interaction.Number != talk.Number || shown.Interaction.Queue.Name != "que_support" ||
			shown.Interaction.AcceptedAt == 0 || shown.Interaction.EndedAt == 0 || shown.Agent.Name != "agt_amy" {
			t.Errorf("CRM-08: channel, times, queue, agent, transaction id: %+v", shown)
		}
		past := get(w.Interactions(ctx, w.bob, marie, "", 10))(t)
		if len(past.Items) != 1 || past.Items[0].Case != c.ID {
			t.Errorf("CRM-14: earlier interactions of a customer: %+v", past)
		}
	})
}

func TestLogSettings(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.set("autolog.case_status", `"open"`)
		first := w.talk("first", parley.Visitor{})
		w.do(func(r *store.Rows) {
			for n, line := range []string{"", "Is it blue?\nI hope so.", "Hello?"} {
				r.Message(&parley.Message{
					ID: parley.MessageID(fmt.Sprint("msg_", n)), Conversation: "con_first", Interaction: first,
					Sender: parley.FromCustomer, ClientID: fmt.Sprint("blue", n), Text: line, At: r.Now(),
				})
			}
		})
		w.end(first)
		if c := w.log(first); c.Subject != "Is it blue?" {
			t.Errorf("CRM-08: without a form the log is about what was written first: %q", c.Subject)
		}
		if c := w.log(first); c.Status != parley.CaseOpen || c.Customer != "" {
			t.Errorf("CRM-13: autolog.case_status; unlinked while nobody knows whose: %+v", c)
		}
		w.set("autolog.enabled", "false")
		second := w.talk("second", parley.Visitor{})
		w.end(second)
		if c := w.log(second); c.ID != "" {
			t.Errorf("CRM-09: a log only if auto-log is set: %+v", c)
		}
		if m := get(w.store.View().Interaction(ctx, second))(t); m.State != parley.Logged {
			t.Errorf("CRM-07: the interaction itself is kept: %s", m.State)
		}
		third := w.talk("third", parley.Visitor{})
		marie := w.add("Marie", "Tremblay", "1001")
		w.do(func(r *store.Rows) {
			r.SaveMatch(third, store.Match{Count: 1, Rule: "account", Customers: []parley.CustomerID{marie}})
		})
		saved := get(w.SaveToCRM(ctx, w.amy, third))(t)
		again := get(w.SaveToCRM(ctx, w.amy, third))(t)
		if !saved.Created || again.Created || saved.Case != again.Case || saved.Number != again.Number || saved.Number < 1001 {
			t.Errorf("CRM-12: again updates the same case: %+v %+v", saved, again)
		}
		w.end(third)
		if c := w.log(third); c.ID != saved.Case || c.Customer != marie {
			t.Errorf("CRM-12: the end brings that case up to date, linked to the matched customer: %+v", c)
		}
	})
}

func TestSaveToCRMRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		i := w.talk("one", parley.Visitor{})
		_, err := w.SaveToCRM(ctx, w.bob, i)
		refused(t, "A-022: another agent's", err, parley.ErrNotFound)
		_, err = w.SaveToCRM(ctx, w.amy, "int_x")
		refused(t, "A-018: unknown", err, parley.ErrNotFound)
		_, err = w.SaveToCRM(ctx, parley.Actor{Visitor: "con_one"}, i)
		refused(t, "A-029: a visitor", err, parley.ErrForbidden)
		get(w.SaveToCRM(ctx, w.sam, i))(t)
	})
}

func TestLink(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie, john := w.add("Marie", "Tremblay", "1001"), w.add("John", "Smith", "1002")
		i := w.talk("one", parley.Visitor{})
		faulty(t, "A-018: an unknown customer", w.LinkCustomer(ctx, w.amy, i, "cus_x"), parley.FieldError{Field: "customer_id", Code: "unknown"})
		refused(t, "A-022: another agent's", w.LinkCustomer(ctx, w.bob, i, marie), parley.ErrNotFound)
		saved := get(w.SaveToCRM(ctx, w.amy, i))(t)
		if c := w.log(i); c.Customer != "" {
			t.Errorf("5.5: unlinked: %+v", c)
		}
		if err := w.LinkCustomer(ctx, w.amy, i, marie); err != nil {
			t.Fatal(err)
		}
		before := get(w.store.View().AuditLast(ctx))(t)
		if before.ID != 0 {
			t.Errorf("5.5: a first link is no re-link: %+v", before)
		}
		if err := w.LinkCustomer(ctx, w.amy, i, john); err != nil {
			t.Fatal(err)
		}
		row := get(w.store.View().AuditLast(ctx))(t)
		if row.Action != "record_relinked" || !strings.Contains(row.Before, string(marie)) || !strings.Contains(row.After, string(john)) {
			t.Errorf("5.5: a re-link is audited: %+v", row)
		}
		if c := w.log(i); c.Customer != john || c.ID != saved.Case {
			t.Errorf("CRM-10: the log moves with the link: %+v", c)
		}

		in := CustomerInput{FirstName: "Eve", LastName: "New"}
		_, err := w.CreateCustomer(ctx, w.bob, in, i)
		refused(t, "A-022: create and link another's", err, parley.ErrNotFound)
		if found := looked(t, w, CustomerQuery{Text: "eve", Limit: 10}); len(found) != 0 {
			t.Errorf("A-018: a refusal writes nothing: %v", found)
		}
		eve := get(w.CreateCustomer(ctx, w.amy, in, i))(t)
		talk := get(w.store.View().Conversation(ctx, "con_one"))(t)
		if c := w.log(i); c.Customer != eve || talk.Customer != eve {
			t.Errorf("POP-03: create and link are one commit: %+v %s", c, talk.Customer)
		}
		row = get(w.store.View().AuditLast(ctx))(t)
		if row.Action != "record_relinked" || row.Subject != string(i) || !strings.Contains(row.Before, string(john)) || !strings.Contains(row.After, string(eve)) {
			t.Errorf("5.5: so is a re-link to a new customer: %+v", row)
		}
	})
}

func TestCases(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie, john := w.add("Marie", "Tremblay", "1001"), w.add("John", "Smith", "1002")
		_, err := w.CreateCase(ctx, w.amy, CaseInput{Status: parley.CaseOpen})
		refused(t, "CRM-11: saved for good it has a customer", err, parley.ErrCustomerRequired)
		_, err = w.CreateCase(ctx, w.amy, CaseInput{Status: "lost", Customer: "cus_x", Subject: strings.Repeat("x", subjectMax+1)})
		faulty(t, "CRM-03, A-018: every fault at once", err, parley.FieldError{Field: "subject", Code: "too_long"},
			parley.FieldError{Field: "status", Code: "unknown"}, parley.FieldError{Field: "customer_id", Code: "unknown"})
		open := get(w.CreateCase(ctx, w.amy, CaseInput{Status: parley.CaseOpen, Customer: marie, Subject: "One"}))(t)
		draft := get(w.CreateCase(ctx, w.amy, CaseInput{Status: parley.CaseOpen, Draft: true, Subject: "Two"}))(t)
		closed := get(w.CreateCase(ctx, w.bob, CaseInput{Status: parley.CaseClosed, Customer: john, Subject: "Three"}))(t)
		theirs := get(w.CreateCase(ctx, w.bob, CaseInput{Status: parley.CaseClosed, Customer: marie, Draft: true}))(t)
		if c := get(w.Customer(ctx, w.bob, marie))(t); c.OpenCases != 1 {
			t.Errorf("CRM-01: a customer has cases: %+v", c)
		}
		tests := []struct {
			name string
			q    CaseQuery
			want []parley.CaseID
		}{
			{"CRM-03: all, the newest first", CaseQuery{}, []parley.CaseID{theirs, closed, draft, open}},
			{"CRM-03: by status", CaseQuery{Status: parley.CaseOpen}, []parley.CaseID{draft, open}},
			{"CRM-11: my drafts", CaseQuery{Draft: "mine"}, []parley.CaseID{draft}},
			{"CRM-11: unlinked", CaseQuery{Unlinked: true}, []parley.CaseID{draft}},
			{"CRM-03: of a customer", CaseQuery{Customer: marie}, []parley.CaseID{theirs, open}},
			{"CRM-03: by number", CaseQuery{Text: "#1003"}, []parley.CaseID{closed}},
			{"CRM-03: by number and status", CaseQuery{Text: "1003", Status: parley.CaseOpen}, nil},
			{"CRM-03: by the customer's name", CaseQuery{Text: "mari"}, []parley.CaseID{open, theirs}},
			{"CRM-11: drafts by the customer's name", CaseQuery{Text: "mar", Draft: "all"}, []parley.CaseID{theirs}},
			{"CRM-11: unlinked by a name", CaseQuery{Text: "mar", Unlinked: true}, nil},
			{"A-099: SQL finds nothing", CaseQuery{Text: "' OR ''='"}, nil},
		}
		for _, tt := range tests {
			for _, limit := range []int{1, 50} {
				tt.q.Limit = limit
				if got := listCases(t, w, tt.q); !slices.Equal(got, tt.want) {
					t.Errorf("%s, %d a page: got %v, want %v", tt.name, limit, got, tt.want)
				}
			}
		}
		_, err = w.Cases(ctx, w.amy, CaseQuery{Status: "x", Draft: "yours"})
		faulty(t, "A-099: filters are ours", err, parley.FieldError{Field: "status", Code: "unknown"}, parley.FieldError{Field: "draft", Code: "unknown"})
	})
}

func listCases(t *testing.T, w *town, q CaseQuery) (ids []parley.CaseID) {
	t.Helper()
	for {
		page := get(w.Cases(t.Context(), w.amy, q))(t)
		for _, c := range page.Items {
			ids = append(ids, c.ID)
		}
		if q.After = page.Next; q.After == "" {
			return ids
		}
	}
}

func TestSaveCase(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie, john := w.add("Marie", "Tremblay", "1001"), w.add("John", "Smith", "1002")
		i := w.talk("one", parley.Visitor{})
		w.end(i)
		log := w.log(i)
		in := CaseInput{Status: parley.CaseOpen, Subject: "Late parcel", Notes: "Sent again.", Rev: log.Rev}
		refused(t, "CRM-11: an unlinked log is not saved without a customer", w.SaveCase(ctx, w.amy, log.ID, in), parley.ErrCustomerRequired)
		in.Draft = true
		if err := w.SaveCase(ctx, w.amy, log.ID, in); err != nil {
			t.Fatal(err)
		}
		if got := listCases(t, w, CaseQuery{Draft: "mine"}); !slices.Equal(got, []parley.CaseID{log.ID}) {
			t.Errorf("CRM-11: it appears in my drafts: %v", got)
		}
		in.Draft, in.Customer = false, marie
		refused(t, "two at once", w.SaveCase(ctx, w.amy, log.ID, in), parley.ErrConflict)
		in.Rev++
		if err := w.SaveCase(ctx, w.amy, log.ID, in); err != nil {
			t.Fatal(err)
		}
		talk := get(w.store.View().Conversation(ctx, "con_one"))(t)
		if c := w.log(i); c.Customer != marie || c.Draft || c.Notes != "Sent again." || talk.Customer != marie {
			t.Errorf("CRM-10, CRM-11: saved and linked: %+v %s", c, talk.Customer)
		}
		in.Customer, in.Rev = john, in.Rev+1
		if err := w.SaveCase(ctx, w.amy, log.ID, in); err != nil {
			t.Fatal(err)
		}
		if row := get(w.store.View().AuditLast(ctx))(t); row.Action != "record_relinked" || row.Subject != string(log.ID) {
			t.Errorf("5.5: a re-link is audited: %+v", row)
		}
		refused(t, "A-018: unknown", w.SaveCase(ctx, w.amy, "cas_x", in), parley.ErrNotFound)

		tr := get(w.Transcript(ctx, w.bob, log.ID))(t)
		if tr.Interaction.ID != i {
			t.Errorf("CRM-08: the transcript's interaction: %+v", tr.Interaction)
		}
		own := get(w.CreateCase(ctx, w.amy, CaseInput{Status: parley.CaseOpen, Customer: marie}))(t)
		_, err := w.Transcript(ctx, w.bob, own)
		refused(t, "CRM-08: a case that is no chat log", err, parley.ErrNotFound)
	})
}

func TestWrapUp(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.do(nil, routing.SaveQueue{Queue: storetest.QueueConfig("que_support")}) // with a minute of wrap-up
		i := w.talk("one", parley.Visitor{})
		w.end(i)
		if state := get(w.store.View().Interaction(ctx, i))(t).State; state != parley.WrapUp {
			t.Fatalf("WRP-02: wrap-up: %s", state)
		}
		eve := get(w.CreateCustomer(ctx, w.amy, CustomerInput{FirstName: "Eve", LastName: "New"}, i))(t)
		saved := get(w.SaveToCRM(ctx, w.amy, i))(t)
		c := get(w.Case(ctx, w.amy, saved.Case))(t)
		in := CaseInput{Customer: eve, Status: parley.CaseOpen, Notes: "Call back.", Rev: c.Rev}
		if err := w.SaveCase(ctx, w.amy, saved.Case, in); err != nil {
			t.Errorf("WRP-03: records are edited and saved during wrap-up: %v", err)
		}
		w.do(nil, routing.Finish{Agent: "agt_amy", Interaction: i})
		if log := w.log(i); log.ID != saved.Case || log.Notes != "Call back." || log.Status != parley.CaseOpen || log.Customer != eve {
			t.Errorf("CRM-12: the end keeps what was edited: %+v", log)
		}
	})
}

// TestSocialLog is CRM-13: what came by a social network is a closed case, what
// came by another channel is as set.
func TestSocialLog(t *testing.T) {
	for channel, want := range map[parley.Channel]parley.CaseStatus{
		parley.Facebook: parley.CaseClosed, parley.Instagram: parley.CaseClosed, parley.X: parley.CaseClosed,
		parley.WebChat: parley.CaseOpen, parley.SMS: parley.CaseOpen, parley.WhatsApp: parley.CaseOpen,
	} {
		i := handled{id: "int_1", agent: "agt_amy", Facts: store.Facts{Origin: store.Origin{Channel: channel, Visitor: parley.Visitor{Question: "Late"}}}}
		values := settings.New([]parley.Setting{{Scope: parley.ScopeTenant, Key: "autolog.case_status", Value: `"open"`}})
		l, err := logOf(t.Context(), store.View{}, i, values)
		if err != nil || l.Status != want {
			t.Errorf("CRM-13, F012: the log of %s is %s: %v", channel, l.Status, err)
		}
	}
}

// TestFailedSave is R-69: a save that fails for a known and for an unknown
// customer leaves the log as it was, and the list of unlinked logs shows it.
func TestFailedSave(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		i := w.talk("one", parley.Visitor{Question: "Late"})
		w.end(i)
		before := w.log(i)
		refused(t, "R-69: nobody chosen", w.SaveCase(ctx, w.amy, before.ID, CaseInput{Status: parley.CaseClosed, Rev: before.Rev}), parley.ErrCustomerRequired)
		faulty(t, "R-69: a customer that is gone", w.SaveCase(ctx, w.amy, before.ID, CaseInput{Customer: "cus_x", Status: parley.CaseClosed, Rev: before.Rev}),
			parley.FieldError{Field: "customer_id", Code: "unknown"})
		stopped, cancel := context.WithCancel(ctx)
		cancel()
		marie := w.add("Marie", "Tremblay", "1001")
		if err := w.SaveCase(stopped, w.amy, before.ID, CaseInput{Customer: marie, Status: parley.CaseClosed, Rev: before.Rev + 7}); err == nil {
			t.Error("R-69: a save that cannot be is refused")
		}
		if after := w.log(i); after.Rev != before.Rev || after.Subject != "Late" || after.Customer != "" {
			t.Errorf("R-69, INV-13: the log is as it was: %+v", after)
		}
		if list := get(w.Cases(ctx, w.amy, CaseQuery{Unlinked: true}))(t); len(list.Items) != 1 || list.Items[0].ID != before.ID {
			t.Errorf("R-69: the unlinked logs show it: %+v", list)
		}
		if err := w.SaveCase(ctx, w.amy, before.ID, CaseInput{Status: parley.CaseClosed, Draft: true, Notes: "later", Rev: before.Rev}); err != nil {
			t.Fatal(err)
		}
		if list := get(w.Cases(ctx, w.amy, CaseQuery{Draft: "mine"}))(t); len(list.Items) != 1 || list.Items[0].Notes != "later" {
			t.Errorf("CRM-11: kept as a draft without a customer: %+v", list)
		}
	})
}
