package records

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"parley"
	"parley/internal/files"
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
		_, err = w.Export(ctx, w.amy, id)
		refused(t, "SEC-07: an agent carries nothing out", err, parley.ErrForbidden)
		_, err = w.Export(ctx, w.sam, "cus_none")
		refused(t, "A-018: unknown", err, parley.ErrNotFound)
		var out bytes.Buffer
		if err := get(w.Export(ctx, w.sam, id))(t)(ctx, &out); err != nil {
			t.Fatal(err)
		}
		z := get(zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len())))(t)
		got := map[string]bool{}
		for _, f := range z.File {
			name, _, _ := strings.Cut(f.Name, "/cas_")
			got[name] = true
		}
		for _, want := range []string{"customer.json", "history.json", "cases", "conversations/con_canary/messages.json",
			"conversations/con_canary/transcript.txt", "conversations/con_canary/files/att_1.pdf"} {
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
