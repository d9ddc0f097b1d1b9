package records

import (
	"errors"
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func ptr[T any](v T) *T { return &v }

func TestCaseWhole(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		id := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen, Subject: "Blanket"}))(t)
		made := get(w.Case(ctx, w.bob, id))(t)
		if made.Visibility != parley.VisibleToEveryone || made.Severity != parley.SeverityNormal || made.Priority != parley.UrgencyNormal || made.Assignee != nil {
			t.Errorf("CRM-03: what a case begins with: %+v", made)
		}
		in := CaseInput{
			Customer: marie, Status: parley.CaseClosed, Subject: "Blanket", Rev: 1, Description: ptr("Torn"), Severity: parley.SeverityMajor,
			Priority: parley.UrgencyHigh, Visibility: parley.VisibleToOwner, Assignee: ptr(parley.AgentID("agt_bob")),
			Fields: map[string]string{"fld_product": "Blanket, blue"},
		}
		if err := w.SaveCase(ctx, w.amy, id, in); err != nil {
			t.Fatal(err)
		}
		saved := get(w.Case(ctx, w.bob, id))(t)
		if saved.Description != "Torn" || saved.Severity != parley.SeverityMajor || saved.Priority != parley.UrgencyHigh ||
			saved.Assignee.ID != "agt_bob" || saved.ClosedAt == 0 || saved.Fields["fld_product"] != "Blanket, blue" {
			t.Errorf("CRM-03: description, severity, priority, assignee, the center's own fields: %+v", saved)
		}
		if err := w.SaveCase(ctx, w.amy, id, CaseInput{Customer: marie, Status: parley.CaseClosed, Subject: "Blanket", Rev: 2}); err != nil {
			t.Fatal(err)
		}
		if kept := get(w.Case(ctx, w.bob, id))(t); kept.Description != "Torn" || kept.Assignee == nil || kept.Fields["fld_product"] == "" {
			t.Errorf("CRM-03: what is left out stays: %+v", kept)
		}
		history := get(w.CaseHistory(ctx, w.amy, id, "", 50))(t).Items
		before := map[string]string{}
		for _, c := range history {
			before[c.Field] = c.Before + " > " + c.After
		}
		if before["assignee"] != " > agt_bob" || before["status"] != "open > closed" || before["severity"] != "normal > major" || history[0].By != "agt_amy" {
			t.Errorf("CRM-02: the history of a case, with people by name: %+v", before)
		}
	})
}

func TestCaseRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie, john := w.add("Marie", "Tremblay", "1001"), w.add("John", "Smith", "1002")
		other := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: john, Status: parley.CaseOpen}))(t)
		_, err := w.CreateCase(ctx, w.amy, CaseInput{
			Customer: marie, Status: parley.CaseOpen, Severity: "worst", Priority: "soon", Visibility: "nobody",
			Assignee: ptr(parley.AgentID("agt_x")), Follows: &other, Fields: map[string]string{"fld_x": "y"},
		})
		var e *parley.Error
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		var fields []string
		for _, f := range e.Fields {
			fields = append(fields, f.Field+" "+f.Code)
		}
		slices.Sort(fields)
		want := []string{"assignee_id unknown", "fields unknown", "follows_id other_customer", "priority unknown", "severity unknown", "visibility unknown"}
		if !slices.Equal(fields, want) {
			t.Errorf("CRM-03: all that is wrong, at once: %v", fields)
		}
	})
}

func TestCaseVisibility(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.amy.Group, w.bob.Group = "grp_all", "grp_all"
		marie := w.add("Marie", "Tremblay", "1001")
		mine := func(v parley.Visibility) parley.CaseID {
			return get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen, Visibility: v}))(t)
		}
		everyone, group, owner := mine(parley.VisibleToEveryone), mine(parley.VisibleToGroup), mine(parley.VisibleToOwner)
		stranger := w.bob
		stranger.Group = "grp_other"
		key := parley.Actor{Key: "key_1", Scopes: []parley.Permission{parley.MayRecords}}
		for _, one := range []struct {
			name string
			who  parley.Actor
			sees []parley.CaseID
		}{
			{"who made it", w.amy, []parley.CaseID{owner, group, everyone}},
			{"their group", w.bob, []parley.CaseID{group, everyone}},
			{"another group", stranger, []parley.CaseID{everyone}},
			{"a program", key, []parley.CaseID{everyone}},
			{"a supervisor", w.sam, []parley.CaseID{owner, group, everyone}},
		} {
			var seen []parley.CaseID
			for _, c := range get(w.Cases(ctx, one.who, CaseQuery{}))(t).Items {
				seen = append(seen, c.ID)
			}
			if !slices.Equal(seen, one.sees) {
				t.Errorf("CRM-03: %s lists %v, should %v", one.name, seen, one.sees)
			}
			for _, id := range []parley.CaseID{everyone, group, owner} {
				_, err := w.Case(ctx, one.who, id)
				if slices.Contains(one.sees, id) != (err == nil) {
					t.Errorf("CRM-03: %s opens %s: %v", one.name, id, err)
				}
				if err != nil {
					refused(t, "CRM-03: not seen", err, parley.ErrNotFound)
					refused(t, "A-022: nor saved", w.SaveCase(ctx, one.who, id, CaseInput{Customer: marie, Rev: 1}), parley.ErrNotFound)
					_, err = w.FollowUps(ctx, one.who, id)
					refused(t, "A-022: nor its follow-ups", err, parley.ErrNotFound)
					_, err = w.CaseHistory(ctx, one.who, id, "", 10)
					refused(t, "A-022: nor its history", err, parley.ErrNotFound)
				}
			}
			if c := get(w.Customer(ctx, one.who, marie))(t); c.OpenCases != len(one.sees) {
				t.Errorf("CRM-03: %s counts %d", one.name, c.OpenCases)
			}
			found := get(w.Cases(ctx, one.who, CaseQuery{Text: "#" + number64(get(w.Case(ctx, w.sam, owner))(t).Number)}))(t)
			if slices.Contains(one.sees, owner) != (len(found.Items) == 1) {
				t.Errorf("CRM-03: %s finds it by its number: %v", one.name, found.Items)
			}
		}
	})
}

// TestOpenUnseen CRM-03: of whom an agent sees no open case has none for them, in each
// list.
func TestOpenUnseen(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen, Visibility: parley.VisibleToOwner}))(t)
		for _, one := range []struct {
			who  parley.Actor
			open int
		}{{w.amy, 1}, {w.sam, 1}, {w.bob, 0}} {
			for _, text := range []string{"", "marie"} {
				if list := get(w.Customers(ctx, one.who, CustomerQuery{Text: text, Open: true}))(t).Items; len(list) != one.open {
					t.Errorf("CRM-03: %s lists with %q: %+v", one.who.Agent, text, list)
				}
			}
			all := get(w.Customers(ctx, one.who, CustomerQuery{}))(t).Items
			found := get(w.Search(ctx, one.who, "tremblay", 0))(t).Customers
			if len(all) != 1 || len(found) != 1 || all[0].OpenCases != one.open || found[0].OpenCases != one.open {
				t.Errorf("CRM-03: %s counts %+v, finds %+v", one.who.Agent, all, found)
			}
		}
	})
}

func TestReopen(t *testing.T) {
	for _, one := range []struct {
		name, mode, to string
		closed         time.Duration // ago
		status         parley.CaseStatus
		assignee       parley.AgentID
	}{
		{"never", "never", "former", time.Hour, parley.CaseClosed, "agt_bob"},
		{"always", "always", "former", 900 * 24 * time.Hour, parley.CaseOpen, "agt_bob"},
		{"within its days", "within", "former", 30 * 24 * time.Hour, parley.CaseOpen, "agt_bob"},
		{"after its days", "within", "former", 30*24*time.Hour + time.Millisecond, parley.CaseClosed, "agt_bob"},
		{"to who handles it now", "always", "handling", time.Hour, parley.CaseOpen, "agt_amy"},
	} {
		t.Run(one.name, func(t *testing.T) {
			each(t, func(t *testing.T, w *town) {
				ctx := t.Context()
				w.set("case.reopen", `"`+one.mode+`"`)
				w.set("case.reopen_to", `"`+one.to+`"`)
				marie := w.add("Marie", "Tremblay", "1001")
				old := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseClosed, Assignee: ptr(parley.AgentID("agt_bob"))}))(t)
				kept := get(w.store.View().Case(ctx, old))(t)
				kept.ClosedAt = storetest.Day.Add(-one.closed)
				w.do(func(r *store.Rows) { r.SaveCaseWork(kept) })
				i := w.talk("one", parley.Visitor{CaseNumber: "#1001"})
				if err := w.LinkCustomer(ctx, w.amy, i, marie); err != nil {
					t.Fatal(err)
				}
				w.do(func(r *store.Rows) {
					r.SaveMatch(i, store.Match{Count: 1, Rule: "case", Customers: []parley.CustomerID{marie}, Case: old})
				})
				w.end(i)
				log, about := w.log(i), get(w.Case(ctx, w.bob, old))(t)
				if log.Follows != old || about.Status != one.status || about.Assignee.ID != one.assignee {
					t.Errorf("CRM-06: %s: log %+v, case %+v", one.name, log, about)
				}
				done := get(w.FollowUps(ctx, w.bob, old))(t)
				if len(done) != 1 || done[0].Kind != parley.FollowUpContact || done[0].Log.Number != log.Number {
					t.Errorf("CRM-06: a new contact is a follow-up, reopened or not: %+v", done)
				}
				if _, err := w.SaveToCRM(ctx, w.amy, i); err != nil {
					t.Fatal(err)
				}
				if again := get(w.FollowUps(ctx, w.bob, old))(t); len(again) != 1 {
					t.Errorf("CRM-12: once: %+v", again)
				}
			})
		})
	}
}

// TestFiledByHand files a log under a case of its customer, in the form.
func TestFiledByHand(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		old := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseClosed}))(t)
		i := w.talk("one", parley.Visitor{})
		w.end(i)
		log := w.log(i)
		refused(t, "CRM-11: an unlinked log wants a customer", w.SaveCase(ctx, w.amy, log.ID, CaseInput{Status: parley.CaseClosed, Rev: log.Rev}), parley.ErrCustomerRequired)
		if err := w.SaveCase(ctx, w.amy, log.ID, CaseInput{Customer: marie, Status: parley.CaseClosed, Rev: log.Rev, Follows: &old}); err != nil {
			t.Fatal(err)
		}
		if about := get(w.Case(ctx, w.bob, old))(t); about.Status != parley.CaseOpen {
			t.Errorf("CRM-06: filed under it, the case is open again: %+v", about)
		}
		if shown := get(w.Case(ctx, w.bob, log.ID))(t); shown.Follows == nil || shown.Follows.ID != old {
			t.Errorf("CRM-06: the log says what it was about: %+v", shown)
		}
		faulty(t, "CRM-06: not in a circle", w.SaveCase(ctx, w.amy, old, CaseInput{
			Customer: marie, Status: parley.CaseOpen, Rev: get(w.Case(ctx, w.amy, old))(t).Rev, Follows: &log.ID,
		}), parley.FieldError{Field: "follows_id", Code: "unknown"})
	})
}

// TestFiledUnseen CRM-03, A-022: nobody files under a case that they may not see. What
// is filed there stays.
func TestFiledUnseen(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		hidden := get(w.CreateCase(ctx, w.bob, CaseInput{Customer: marie, Status: parley.CaseClosed, Visibility: parley.VisibleToOwner}))(t)
		own := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen}))(t)
		under := func(rev int64) CaseInput {
			return CaseInput{Customer: marie, Status: parley.CaseOpen, Rev: rev, Follows: &hidden}
		}
		unknown := parley.FieldError{Field: "follows_id", Code: "unknown"}
		_, err := w.CreateCase(ctx, w.amy, under(0))
		faulty(t, "A-022: a new one", err, unknown)
		faulty(t, "A-022: one of theirs", w.SaveCase(ctx, w.amy, own, under(1)), unknown)
		about := get(w.Case(ctx, w.bob, hidden))(t)
		if done := get(w.FollowUps(ctx, w.bob, hidden))(t); len(done) != 0 || about.Status != parley.CaseClosed {
			t.Errorf("A-022: %s is written into it: %+v", about.Status, done)
		}
		if err := w.SaveCase(ctx, w.sam, own, under(1)); err != nil {
			t.Fatal(err)
		}
		if err := w.SaveCase(ctx, w.amy, own, under(2)); err != nil {
			t.Errorf("CRM-06: what a supervisor filed stays: %v", err)
		}
	})
}

// TestLogUnseen CRM-03: an interaction is not said to be logged by a case that
// somebody may not see.
func TestLogUnseen(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		i := w.talk("one", parley.Visitor{})
		if err := w.LinkCustomer(ctx, w.amy, i, marie); err != nil {
			t.Fatal(err)
		}
		w.end(i)
		log := w.log(i)
		in := CaseInput{Customer: marie, Status: parley.CaseClosed, Visibility: parley.VisibleToOwner, Rev: log.Rev}
		if err := w.SaveCase(ctx, w.amy, log.ID, in); err != nil {
			t.Fatal(err)
		}
		for _, one := range []struct {
			who  parley.Actor
			sees parley.CaseID
		}{{w.amy, log.ID}, {w.sam, log.ID}, {w.bob, ""}} {
			talks := get(w.Interactions(ctx, one.who, marie, "", 0))(t).Items
			if len(talks) != 1 || talks[0].Case != one.sees {
				t.Errorf("CRM-03: %s lists %+v", one.who.Agent, talks)
			}
			for _, h := range get(w.Timeline(ctx, one.who, marie, TimelineQuery{}))(t).Items {
				if h.Interaction != nil && h.Interaction.Case != one.sees {
					t.Errorf("CRM-03: %s in the timeline: %+v", one.who.Agent, h.Interaction)
				}
			}
		}
	})
}

func TestLetters(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001", email("marie@example.com", "m@example.com"))
		id := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen, Subject: "x"}))(t)
		w.do(func(r *store.Rows) {
			r.SaveCenter(store.Center{ID: "cen_1", Name: "Acme", Zone: "UTC", CreatedAt: r.Now()})
		})
		tell := NotifyInput{Text: "Your blanket is on its way."}
		refused(t, "CRM-03: nothing is mailed to an address nobody made sure of", w.Notify(ctx, w.amy, id, tell), parley.ErrEmailNotVerified)
		refused(t, "A-022: not an address of theirs", w.VerifyEmail(ctx, w.amy, marie, "eve@example.com", true), parley.ErrNotFound)
		if err := w.VerifyEmail(ctx, w.amy, marie, "M@Example.com", true); err != nil {
			t.Fatal(err)
		}
		if row := get(w.store.View().AuditLast(ctx))(t); row.Action != "email_verified" || row.Actor != "agt_amy" {
			t.Errorf("CRM-03: who made sure is audited: %+v", row)
		}
		if err := w.Notify(ctx, w.amy, id, tell); err != nil {
			t.Fatal(err)
		}
		tell.Email = "marie@example.com"
		refused(t, "CRM-03: the other is still not", w.Notify(ctx, w.amy, id, tell), parley.ErrEmailNotVerified)
		due := get(w.store.View().OutboxDue(ctx, store.MailKind, storetest.Day, 10))(t)
		if len(due) != 1 {
			t.Fatalf("CRM-03: one letter waits: %+v", due)
		}
		letter := get(w.store.View().Letter(ctx, due[0].Subject))(t)
		if letter.Email != "m@example.com" || letter.Text != tell.Text || letter.Customer != marie || letter.Subject != "Acme #1001" || letter.State != "queued" {
			t.Errorf("CRM-03: the letter: %+v", letter)
		}
		done := get(w.FollowUps(ctx, w.bob, id))(t)
		if len(done) != 1 || done[0].Kind != parley.FollowUpEmail || done[0].Text != tell.Text || done[0].Letter.State != "queued" || done[0].Agent.ID != "agt_amy" {
			t.Errorf("CRM-04: what was mailed is a follow-up: %+v", done)
		}
		w.do(func(r *store.Rows) { r.SettleLetter(letter.ID, "sent") })
		if sent := get(w.store.View().Letter(ctx, letter.ID))(t); sent.Text != "" || sent.State != "sent" {
			t.Errorf("the text goes when it is sent: %+v", sent)
		}
		if err := w.VerifyEmail(ctx, w.amy, marie, "m@example.com", false); err != nil {
			t.Fatal(err)
		}
		if list := get(w.VerifiedEmails(ctx, w.amy, marie))(t); len(list) != 0 {
			t.Errorf("CRM-03: taken back: %v", list)
		}
	})
}

func TestFollowUps(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		marie := w.add("Marie", "Tremblay", "1001")
		id := get(w.CreateCase(ctx, w.amy, CaseInput{Customer: marie, Status: parley.CaseOpen}))(t)
		_, err := w.AddFollowUp(ctx, w.amy, id, FollowUpInput{Kind: "call"})
		faulty(t, "CRM-04", err, parley.FieldError{Field: "kind", Code: "unknown"}, parley.FieldError{Field: "text", Code: "required"})
		for _, f := range []FollowUpInput{
			{Kind: parley.FollowUpNote, Text: "later"},
			{Kind: parley.FollowUpNote, Text: "earlier", At: storetest.Day.Add(-24 * time.Hour).UnixMilli()},
		} {
			if _, err := w.AddFollowUp(ctx, w.amy, id, f); err != nil {
				t.Fatal(err)
			}
		}
		done := get(w.FollowUps(ctx, w.bob, id))(t)
		if len(done) != 2 || done[0].Text != "earlier" || done[1].Text != "later" {
			t.Errorf("CRM-04: by their day: %+v", done)
		}
	})
}
