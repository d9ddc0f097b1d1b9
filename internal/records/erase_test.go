package records

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // looks behind the store

	"parley"
	"parley/internal/files"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/internal/verify"
)

// canary is in everything that the person to be erased said or was called. It
// is one word, so that folding and indexing keep it whole.
const canary = "quetzalcoatl"

// haunt puts the canary wherever a customer's words can be.
func (w *town) haunt() parley.CustomerID {
	w.t.Helper()
	ctx := w.t.Context()
	cap := strings.ToUpper(canary[:1]) + canary[1:]
	id := w.add(cap, "Tremblay", "A-"+canary, email(canary+"@example.com"), phone("+15145550177"), func(in *CustomerInput) {
		in.Notes, in.Fields = "knows "+canary, map[string]string{"fld_company": cap}
		in.Home = parley.PostalAddress{Lines: "1 " + cap + " Street"}
	})
	twin := w.add(cap, "Tremblai", "", email("2"+canary+"@example.com"))
	c := get(w.Customer(ctx, w.amy, id))(w.t)
	in := CustomerInput{FirstName: cap + "2", LastName: "Tremblay", Emails: c.Emails, Phones: c.Phones, Rev: c.Rev, Notes: canary + " again"}
	if err := w.SaveCustomer(ctx, w.amy, id, in); err != nil {
		w.t.Fatal(err)
	}
	w.merge(id, twin)
	i := w.talk("canary", parley.Visitor{
		Name: cap, Email: canary + "@example.com", Phone: "+15145550177", AccountNumber: canary, Question: "where is " + canary,
		Page: "https://example.com/" + canary, UserAgent: canary, Handle: canary,
	})
	bystander := w.talk("other", parley.Visitor{Name: "Anne"})
	if err := w.LinkCustomer(ctx, w.amy, i, id); err != nil {
		w.t.Fatal(err)
	}
	sum, _, err := w.files.Put(ctx, strings.NewReader("a file of "+canary), 1<<20)
	if err != nil {
		w.t.Fatal(err)
	}
	for n := range 300 { // so many that pages split, with another's words between them
		w.do(func(r *store.Rows) {
			r.Message(w.said("canary", n, i, "I am "+canary+" "+strings.Repeat("x", n)))
			r.Message(w.said("other", n, bystander, fmt.Sprintf("nothing happened %d", n)))
		})
	}
	w.do(func(r *store.Rows) {
		w.leave(r, id, i, sum)
	})
	w.end(i)
	w.end(bystander)
	log := w.log(i)
	log.Subject, log.Notes, log.Rev = canary, "about "+canary, log.Rev+1
	w.do(func(r *store.Rows) { r.SaveCase(log) })
	w.work(id, i)
	w.outside(i)
	return id
}

func (w *town) said(talk string, n int, i parley.InteractionID, text string) *parley.Message {
	m := &parley.Message{
		ID: parley.MessageID(fmt.Sprintf("msg_%s%d", talk, n)), Conversation: parley.ConversationID("con_" + talk), Interaction: i,
		Sender: parley.FromCustomer, ClientID: fmt.Sprintf("%s%d", talk, n), Text: text, At: storetest.Day,
	}
	if n%3 == 0 {
		m.Sender, m.Agent = parley.FromAgent, "agt_amy"
		m.Content = &parley.Content{Kind: parley.ContentForm, Fields: []parley.Pair{{Name: "name", Value: text}}}
		m.Delivery = &parley.Delivery{State: "failed", Detail: text, At: 1}
	}
	return m
}

// leave puts the canary into the other rows of an interaction.
func (w *town) leave(r *store.Rows, id parley.CustomerID, i parley.InteractionID, sum string) {
	key := parley.Key{Kind: parley.KeyTelegram, Value: "tg" + canary}
	r.SaveCustomerKey(store.CustomerKey{Key: key, Customer: id, Handle: canary})
	r.AddKey("ent_site", store.Keyed{Key: key, Conversation: "con_canary"})
	r.AddNote(parley.Note{ID: "nte_1", Interaction: i, Agent: "agt_amy", ClientID: "n1", Text: canary, At: storetest.Day})
	r.SaveDraft(i, "agt_amy", "dear "+canary, storetest.Day)
	r.AddMissed(parley.Missed{ID: "mis_1", Kind: "skipped", Conversation: "con_canary", Interaction: i, EntryPoint: "ent_site",
		Name: canary, Email: canary + "@example.com", Text: canary, State: "new", CreatedAt: storetest.Day})
	r.AddExternal(store.External{ID: "wamid." + canary, EntryPoint: "ent_site", Direction: store.In, Message: "msg_canary1", At: storetest.Day})
	r.SaveFile(store.File{Attachment: parley.Attachment{ID: "att_1", Name: canary + ".pdf", Type: "application/pdf", State: "ready", SHA256: sum},
		Message: "msg_canary1", Conversation: "con_canary", CreatedAt: storetest.Day})
	r.AddRaw(store.Raw{ID: "raw_1", EntryPoint: "ent_site", Body: []byte("From=tg" + canary + "&Body=hi")})
	r.AddRaw(store.Raw{ID: "raw_2", EntryPoint: "ent_site", Body: []byte(`{"phone":"+15145550177","name":"` + canary + `"}`)})
	r.AddRaw(store.Raw{ID: "raw_3", EntryPoint: "ent_site", Body: []byte(`{"phone":"+15145550100"}`)})
	r.SaveTask(parley.Task{ID: "tsk_1", Kind: "call", Subject: "call " + canary, Notes: canary, Customer: id, Owner: "agt_amy", CreatedAt: storetest.Day})
	r.Exec(`
		INSERT INTO webhook_events (id, webhook_id, type, n, conversation_id, data, state, attempt, status, error, created_at, tried_at)
		SELECT 'evt_1', id, 'message_added', 0, 'con_canary', $1, 'failed', 1, 500, $1, 0, 0
		FROM webhooks`, canary)
}

func TestErase(t *testing.T) {
	eachDSN(t, func(t *testing.T, w *town, dsn string) {
		ctx := t.Context()
		folder := t.TempDir()
		disk, err := files.NewDisk(folder)
		if err != nil {
			t.Fatal(err)
		}
		w.Keep(disk)
		w.do(func(r *store.Rows) {
			r.Exec(`INSERT INTO webhooks (id, name, url, events, enabled, off_why, sealed, failing_since, verified_at, created_at, rev)
				VALUES ('hook_1', 'ours', 'https://example.com', '[]', $1, '', '', 0, 0, 0, 1)`, true)
		})
		id := w.haunt()
		innocent := w.lists()
		before := w.grep(dsn, folder)
		for _, place := range w.planted(dsn) {
			if !slices.Contains(before, place) {
				t.Fatalf("A-118: the test must see what it looks for, in %s too: %v", place, before)
			}
		}
		w.do(func(r *store.Rows) {
			chats := get(w.store.View().InteractionsOf(ctx, "con_canary", 1))(t)
			r.SaveConsent(chats[0].ID, "con_canary", parley.Consent{Version: parley.ConsentVersion("I agree."), Text: "I agree.", At: storetest.Day})
			r.AddMissed(parley.Missed{ID: "mis_agreed", Kind: "offline_form", EntryPoint: "ent_site", Conversation: "con_canary", State: "new", ClientID: "agreed", CreatedAt: storetest.Day})
			r.Exec(`UPDATE missed SET consent = 'v', consent_at = 5 WHERE id = 'mis_agreed'`)
		})
		seals := get(w.store.View().Check(ctx))(t)
		_, err = w.EraseCustomer(ctx, w.sam, id)
		refused(t, "SEC-07: a supervisor erases nobody", err, parley.ErrForbidden)
		proof := get(w.EraseCustomer(ctx, w.ada, id))(t)
		if proof.DoneAt == 0 || proof.Files != 1 || proof.Requests != 2 || proof.Stays.Messages != 300 || proof.Stays.Cases != 2 || proof.Lists != 4 || proof.Stays.Consents != 2 {
			t.Errorf("A-118: the receipt: %+v", proof)
		}
		if found := w.grep(dsn, folder); len(found) > 0 {
			t.Errorf("A-118: still there: %v", found)
		}
		if now := get(w.store.View().Check(ctx))(t); len(now) != len(seals) {
			t.Errorf("A-118: what is checked of the books holds: %v, before %v", now, seals)
		}
		for _, wrong := range get(verify.Verify(ctx, w.store))(t) {
			t.Errorf("A-118: the books hold: %v", wrong)
		}
		w.stayed(id, innocent)
		lines := get(w.store.View().Messages(ctx, "con_canary", 1000, 1000))(t)
		if len(lines) != 300 || lines[0].Text != parley.Erased || lines[299].Seq != 300 {
			t.Errorf("A-118: numbers stay, words go: %d, %+v", len(lines), lines[0])
		}
		gone := get(w.Customer(ctx, w.amy, id))(t)
		if gone.Retired == nil || gone.Retired.Why != "erased" || gone.Retired.Proof == nil || gone.FirstName != "" {
			t.Errorf("A-118: who it was is not said: %+v", gone)
		}
		_, err = w.EraseCustomer(ctx, w.ada, id)
		refused(t, "A-118: once", err, parley.ErrNotFound)
	})
}

// TestEraseAgain: commits that did not take place are done again,
// and nothing is passed over or counted twice.
func TestEraseAgain(t *testing.T) {
	eachDSN(t, func(t *testing.T, w *town, dsn string) {
		folder := t.TempDir()
		disk, err := files.NewDisk(folder)
		if err != nil {
			t.Fatal(err)
		}
		w.Keep(disk)
		id := w.haunt()
		w.stumbles.Store(true)
		proof := get(w.EraseCustomer(t.Context(), w.ada, id))(t)
		w.stumbles.Store(false)
		if proof.DoneAt == 0 || proof.Files != 1 || proof.Requests != 2 || proof.Stays.Messages != 300 {
			t.Errorf("A-118: the receipt: %+v", proof)
		}
		if found := w.grep(dsn, folder); len(found) > 0 {
			t.Errorf("A-118: still there: %v", found)
		}
	})
}

// grep returns where the canary is: in which file, or in which table.
func (w *town) grep(dsn, folder string) (found []string) {
	w.t.Helper()
	folders := []string{folder}
	if !strings.HasPrefix(dsn, "postgres") {
		folders = append(folders, filepath.Dir(dsn))
	} else {
		found = w.dump(dsn)
	}
	for _, dir := range folders {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			body, err := os.ReadFile(path)
			if bytes.Contains(bytes.ToLower(body), []byte(canary)) || bytes.Contains(body, []byte("5145550177")) {
				found = append(found, filepath.Base(path))
			}
			return err
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return found
}

// dump returns the tables of a PostgreSQL schema that have the canary in a row.
func (w *town) dump(dsn string) (found []string) {
	w.t.Helper()
	ctx := w.t.Context()
	address, query, _ := strings.Cut(dsn, "?")
	schema := ""
	for part := range strings.SplitSeq(query, "&") {
		if name, ok := strings.CutPrefix(part, "schema="); ok {
			schema = name
		}
	}
	others := strings.ReplaceAll(strings.ReplaceAll(query, "schema="+schema, ""), "&&", "&")
	db, err := sql.Open("pgx", address+"?"+strings.Trim(others, "&"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(ctx, `SELECT tablename FROM pg_tables WHERE schemaname = $1`, schema)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			w.t.Fatal(err)
		}
		tables = append(tables, name)
	}
	if err := rows.Err(); err != nil || len(tables) < 40 {
		w.t.Fatalf("the tables of %s: %v %v", schema, tables, err)
	}
	for _, name := range tables {
		var n int
		text := fmt.Sprintf(`SELECT COUNT(*) FROM %s.%s x WHERE LOWER(x::text) LIKE '%%%s%%' OR x::text LIKE '%%5145550177%%'`, schema, name, canary)
		if err := db.QueryRowContext(ctx, text).Scan(&n); err != nil {
			w.t.Fatal(err)
		}
		if n > 0 {
			found = append(found, name)
		}
	}
	return found
}

// TestEraseGoesOn lets a process die in the middle of an erasure, and a customer
// stay deleted for too long.
func TestEraseGoesOn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		a, b := w.pairOfMarie()
		if _, err := w.beginErasure(ctx, w.ada, a); err != nil {
			t.Fatal(err)
		}
		if c := get(w.Customer(ctx, w.amy, a))(t); c.Retired.Proof.DoneAt != 0 {
			t.Errorf("A-118: it is under way: %+v", c.Retired.Proof)
		}
		if err := w.DeleteCustomer(ctx, w.sam, b, 0); err != nil {
			t.Fatal(err)
		}
		w.do(func(r *store.Rows) { r.Exec(`UPDATE retired_customers SET until = 1 WHERE id = $1`, string(b)) })
		if err := w.sweep(ctx); err != nil {
			t.Fatal(err)
		}
		for _, id := range []parley.CustomerID{a, b} {
			if c := get(w.Customer(ctx, w.amy, id))(t); c.Retired == nil || c.Retired.Why != "erased" || c.Retired.Proof.DoneAt == 0 {
				t.Errorf("A-118: it ends after a crash, and when the time is over: %+v", c.Retired)
			}
		}
	})
}

// TestEraseWaits does not take the words of somebody who is being served.
func TestEraseWaits(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := context.WithoutCancel(t.Context())
		a := w.add("Marie", "Tremblay", "")
		i := w.talk("open", parley.Visitor{Name: "Marie"})
		if err := w.LinkCustomer(ctx, w.amy, i, a); err != nil {
			t.Fatal(err)
		}
		_, err := w.EraseCustomer(ctx, w.ada, a)
		refused(t, "A-118: while they are served", err, parley.ErrConversationOpen)
		refused(t, "CRM-02: while they are served", w.DeleteCustomer(ctx, w.sam, a, 0), parley.ErrConversationOpen)
		w.end(i)
		if _, err := w.EraseCustomer(ctx, w.ada, a); err != nil {
			t.Fatal(err)
		}
	})
}
