package records

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/internal/files"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestDossier(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		disk, err := files.NewDisk(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		w.Keep(disk)
		id := w.haunt()
		talks := get(w.store.View().ConversationsOf(ctx, id))(t)
		chats := get(w.store.View().InteractionsOf(ctx, talks[0], 1))(t)
		w.do(func(r *store.Rows) {
			r.SaveConsent(chats[0].ID, talks[0], parley.Consent{Version: parley.ConsentVersion("I agree."), Text: "I agree.", At: storetest.Day})
		})
		_, err = w.Export(ctx, w.amy, id)
		refused(t, "SEC-07: an agent carries nothing out", err, parley.ErrForbidden)
		_, err = w.Export(ctx, w.sam, "cus_none")
		refused(t, "A-018: unknown", err, parley.ErrNotFound)
		var out bytes.Buffer
		if err := get(w.Export(ctx, w.sam, id))(t)(ctx, &out); err != nil {
			t.Fatal(err)
		}
		z := get(zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len())))(t)
		for _, f := range z.File {
			if f.Modified.Year() != 2026 {
				t.Errorf("%s is of %s", f.Name, f.Modified)
			}
		}
		held := []string{"verified_emails.json", "notes.json", "drafts.json", "case_followups.json", "tasks.json", "letters.json", "missed.json",
			"missed_replies.json", "crm_matches.json"}
		got := map[string]bool{}
		for _, f := range z.File {
			name, _, _ := strings.Cut(f.Name, "/cas_")
			got[name] = true
			if slices.Contains(held, name) {
				in := get(f.Open())(t)
				if body := get(io.ReadAll(in))(t); !bytes.Contains(bytes.ToLower(body), []byte(canary)) || bytes.Contains(body, []byte("_at\": 1")) {
					t.Errorf("A-118: in %s is not what is known of them: %s", name, body)
				}
			}
			if name == "conversations/con_canary/consents.json" {
				in := get(f.Open())(t)
				var given []parley.Consent
				if err := json.NewDecoder(in).Decode(&given); err != nil || len(given) != 1 || given[0].Text != "I agree." {
					t.Errorf("A-118: what they agreed to: %+v %v", given, err)
				}
			}
		}
		for _, want := range append(held, "interactions.json", "customer.json", "history.json", "cases", "conversations/con_canary/messages.json", "conversations/con_canary/consents.json",
			"conversations/con_canary/transcript.txt", "conversations/con_canary/files/att_1.pdf") {
			if !got[want] {
				t.Errorf("A-118: %s is not in it: %v", want, got)
			}
		}
		last := get(w.store.View().AuditLast(ctx))(t)
		if last.Action != "export_customer" || last.Subject != string(id) || last.Actor != "agt_sam" {
			t.Errorf("A-117: who carried it out: %+v", last)
		}
		for range exportsMax - 1 {
			get(w.Export(ctx, w.sam, id))(t)
		}
		_, err = w.Export(ctx, w.sam, id)
		refused(t, "A-118: not many in an hour", err, parley.ErrRateLimited)
	})
}
