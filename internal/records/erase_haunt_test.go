package records

import (
	"path/filepath"
	"strings"
	"testing"

	"parley"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// work puts the canary into what colleagues do about a customer: the log, a case
// of theirs, follow-ups, tasks and letters that wait or went.
func (w *town) work(id parley.CustomerID, i parley.InteractionID) {
	w.t.Helper()
	ctx := w.t.Context()
	w.do(func(r *store.Rows) {
		r.SaveCenter(store.Center{ID: "cen_1", Name: "Acme", Zone: "UTC", CreatedAt: r.Now()})
	})
	if err := w.VerifyEmail(ctx, w.amy, id, canary+"@example.com", true); err != nil {
		w.t.Fatal(err)
	}
	about := "of " + canary
	in := CaseInput{Customer: id, Status: parley.CaseOpen, Subject: about, Notes: about, Description: &about}
	c := get(w.CreateCase(ctx, w.amy, in))(w.t)
	in.Subject, in.Rev = about+" again", 1
	if err := w.SaveCase(ctx, w.amy, c, in); err != nil {
		w.t.Fatal(err)
	}
	get(w.AddFollowUp(ctx, w.amy, c, FollowUpInput{Kind: parley.FollowUpNote, Text: "called " + canary}))(w.t)
	get(w.AddFollowUp(ctx, w.amy, c, FollowUpInput{Kind: parley.FollowUpEmail, Text: "dear " + canary}))(w.t)
	get(w.CreateTask(ctx, w.amy, TaskInput{Kind: parley.TaskCall, Subject: "call " + canary, Notes: canary, Case: c, DueAt: parley.Millis(storetest.Day)}))(w.t)
	w.do(func(r *store.Rows) {
		for _, l := range []store.Letter{
			{ID: "let_log", Kind: "transcript", Interaction: i, Email: canary + "@example.com", Subject: canary, Text: canary},
			{ID: "let_own", Kind: "case", Customer: id, Email: canary + "@example.com", Subject: canary, Text: canary},
		} {
			r.AddLetter(l)
		}
		r.Exec(`UPDATE outbox SET error = $1 WHERE subject_id = 'let_own'`, "550 no such user: "+canary)
	})
}

// outside puts the canary into what CRMs outside and networks said, and into a
// message that was left with nothing but a mail address.
func (w *town) outside(i parley.InteractionID) {
	w.t.Helper()
	who := store.CRMRecord{CRMRef: store.CRMRef{Object: "contact", ID: canary + "-7"}, Name: canary, Emails: []string{canary + "@example.com"}}
	w.do(func(r *store.Rows) {
		for _, id := range []string{"crm_1", "crm_2"} {
			r.SaveConnection(store.Connection{ID: id, Kind: "dynamics", Name: "ours", CreatedAt: storetest.Day, Rev: 1})
			r.SaveCRMMatch(store.CRMMatch{Interaction: i, Connection: id, State: store.CRMFound, Records: []store.CRMRecord{who}, Chosen: who.CRMRef, Rev: 1})
		}
		r.SaveCRMLog(store.CRMLog{
			ID: "log_1", Connection: "crm_1", Interaction: i, State: store.CRMPosted, Regarding: who.CRMRef,
			Ref: store.CRMRef{Object: "phonecall", ID: "9"}, CreatedAt: storetest.Day, Rev: 1,
		})
		r.SaveCRMLog(store.CRMLog{
			ID: "log_2", Connection: "crm_2", Interaction: i, State: store.CRMPending, Regarding: who.CRMRef,
			Error: "busy", Detail: "not now, " + canary, CreatedAt: storetest.Day, Rev: 1,
		})
		r.SaveTrouble("ent_site", "refused", "no such recipient: "+canary+"@example.com")
		r.AddMissed(parley.Missed{ID: "mis_2", Kind: "offline_form", EntryPoint: "ent_site", Name: canary, Email: canary + "@example.com",
			Text: "call " + canary, State: "new", ClientID: "left", CreatedAt: storetest.Day})
		r.AddMissedReply(store.MissedReply{ID: "mrp_1", Missed: "mis_2", Agent: "agt_amy", Text: "dear " + canary, State: "queued", At: storetest.Day})
		r.Outbox(store.Outbox{Kind: store.MailKind, Subject: "mrp_1", Data: `{"reply":"mrp_1","was":"` + canary + `"}`})
	})
}

// lists keeps lists that name the customer, and returns one that does not.
func (w *town) lists() (innocent string) {
	w.t.Helper()
	kept := []store.SavedList{
		{ID: "lst_1", List: "customers", Name: "Called back", Query: "q=" + canary + "&sort=name"},
		{ID: "lst_2", List: "cases", Name: "Of Quetzalcoatl Tremblay", Query: "status=open"},
		{ID: "lst_3", List: "interactions", Name: "By mail", Query: "q=" + canary + "%40example.com"},
		{ID: "lst_4", List: "interactions", Name: "By phone", Query: "q=%2B1+514+555-0177"},
		{ID: "lst_5", List: "cases", Name: "Tremblay, all of them", Query: "q=tremblay+marie&status=open", Shared: true},
	}
	w.do(func(r *store.Rows) {
		for _, s := range kept {
			s.Columns, s.Agent, s.CreatedAt, s.Rev = []string{}, "agt_amy", storetest.Day, 1
			r.SaveList(s)
		}
	})
	return "lst_5"
}

// planted returns where grep must find the canary before the erasure.
func (w *town) planted(dsn string) []string {
	if !strings.HasPrefix(dsn, "postgres") {
		return []string{filepath.Base(dsn) + "-wal"}
	}
	return []string{
		"attachments", "case_followups", "cases", "channel_health", "conversation_keys", "conversations", "crm_logs", "crm_matches",
		"customer_emails", "customer_keys", "customer_phones", "customer_texts", "customers", "drafts", "external_ids", "field_values",
		"letters", "merges", "messages", "missed", "missed_replies", "notes", "outbox", "raw_events", "record_changes", "retired_customers",
		"saved_lists", "spellings", "spoken_texts", "tasks", "verified_emails", "webhook_events",
	}
}

// stayed checks what an erasure must not have taken.
func (w *town) stayed(id parley.CustomerID, innocent string) {
	w.t.Helper()
	ctx, v := w.t.Context(), w.store.View()
	if s := get(v.SavedList(ctx, innocent))(w.t); s.Rev != 1 || s.Query != "q=tremblay+marie&status=open" {
		w.t.Errorf("A-118: a list about others stays: %+v", s)
	}
	for _, s := range get(v.AllSavedLists(ctx))(w.t) {
		if s.Name == "Called back" && s.Query != "sort=name" {
			w.t.Errorf("A-118: of a list only what names them goes: %+v", s)
		}
	}
	for log, want := range map[string][2]string{"log_1": {store.CRMPosted, ""}, "log_2": {store.CRMFailed, store.CRMErased}} {
		if l := get(v.CRMLog(ctx, log))(w.t); l.State != want[0] || l.Error != want[1] {
			w.t.Errorf("A-118: nothing is pushed to a CRM any more, and what is there is known: %+v", l)
		}
	}
	if open := get(v.CRMLogsOpen(ctx))(w.t); len(open) != 0 {
		w.t.Errorf("A-118: nobody is told of logs that will never be: %+v", open)
	}
	if l := get(v.Letter(ctx, "let_own"))(w.t); l.State != "failed" || l.Customer != id {
		w.t.Errorf("A-118: a letter that waited is not sent: %+v", l)
	}
}

// TestMentions tells who a text is about from who has the same name.
func TestMentions(t *testing.T) {
	m := mentions{names: []string{"Marie Tremblay", "Ang\u00e9 "}, traces: []string{"marie@example.com", "+15145550177", "A-1001", "x"}}
	for text, want := range map[string]bool{
		"marie": true, "TREMBLAY  Marie": true, "cases of marie tremblay": true, "marie@example.com": true, "514 555-0177": false,
		"+1 (514) 555-0177": true, "a-1001": true, "ange": true, "": false, "open": false, "tremblay, all": false, "angels": false, "x": false,
	} {
		if got := m.in(text); got != want {
			t.Errorf("A-118: %q names them: %v", text, got)
		}
	}
}
