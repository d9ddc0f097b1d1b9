package records

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"parley"
	"parley/internal/ledger"
	"parley/internal/store"
)

// exportsMax is how many customers somebody may export in an hour: an account
// that fell into wrong hands does not carry everything out.
const (
	exportsMax  = 20
	exportsRead = 500 // rows of the audit log that are looked at
)

// Export writes all that is held about a customer, as a ZIP: the record and its
// history, cases, tasks and letters, every conversation as data and as text, and
// the files; drafts of colleagues and messages that were left too. It is audited
// before the first byte goes out.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrRateLimited.
func (r *Records) Export(ctx context.Context, me parley.Actor, id parley.CustomerID) (write func(context.Context, io.Writer) error, err error) {
	if err := r.Allowed(ctx, me, ToExport); err != nil {
		return nil, err
	}
	err = r.ledger.Do(ctx, ledger.Command{
		Name:  "export_customer",
		Touch: []string{string(id), store.AuditTouch},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if _, err := v.Customer(ctx, id); err != nil {
				return ledger.Plan{}, err
			}
			past, err := v.AuditPage(ctx, 0, exportsRead)
			if err != nil {
				return ledger.Plan{}, err
			}
			if exportsOf(past, me.By(), v.Now) >= exportsMax {
				return ledger.Plan{}, parley.ErrRateLimited
			}
			last, err := v.AuditLast(ctx)
			return rows(func(r *store.Rows) { Audit(r, last, me, "export_customer", id) }), err
		},
	})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, w io.Writer) error { return r.export(ctx, id, w) }, nil
}

// exportsOf counts somebody's exports of the last hour.
func exportsOf(past []store.Audit, who string, now time.Time) (n int) {
	for _, a := range past {
		if a.Action == "export_customer" && a.Actor == who && now.Sub(a.At) < time.Hour {
			n++
		}
	}
	return n
}

// export writes the ZIP.
func (r *Records) export(ctx context.Context, id parley.CustomerID, w io.Writer) error {
	z, v := &bundle{zip.NewWriter(w), r.clock.Now()}, r.store.View()
	kept, err := v.KeepCustomer(ctx, id)
	if err != nil {
		return err
	}
	history, err := v.RecordChanges(ctx, string(id), 0, 100_000)
	if err != nil {
		return err
	}
	if err := errors.Join(put(z, "customer.json", kept), put(z, "history.json", history)); err != nil {
		return err
	}
	held, err := v.Dossier(ctx, id)
	if err != nil {
		return err
	}
	for _, h := range held {
		if err := put(z, h.Name+".json", h.Rows); err != nil {
			return err
		}
	}
	mine, err := v.Belongings(ctx, id)
	if err != nil {
		return err
	}
	for _, one := range mine["cases"] {
		c, err := v.Case(ctx, parley.CaseID(one))
		if err != nil {
			return err
		}
		if err := put(z, "cases/"+one+".json", c); err != nil {
			return err
		}
	}
	for _, one := range mine["conversations"] {
		if err := r.exportTalk(ctx, z, parley.ConversationID(one)); err != nil {
			return err
		}
	}
	return z.Close()
}

// bundle is a ZIP whose parts are of the moment it is written.
type bundle struct {
	*zip.Writer
	at time.Time
}

func (z *bundle) part(name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.at})
}

// put writes a part of the ZIP as JSON.
func put(z *bundle, name string, what any) error {
	f, err := z.part(name)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	lines := json.NewEncoder(f)
	lines.SetIndent("", "  ")
	return lines.Encode(what)
}

// exportPage is how many messages are held at a time.
const exportPage = 500

// exportTalk writes a conversation: what is known of the visitor, what they
// agreed to, all messages as data and as text, and files.
func (r *Records) exportTalk(ctx context.Context, z *bundle, id parley.ConversationID) error {
	v, at := r.store.View(), "conversations/"+string(id)+"/"
	talk, err := v.Conversation(ctx, id)
	if err != nil {
		return err
	}
	if err := put(z, at+"conversation.json", talk); err != nil {
		return err
	}
	given, err := v.Consents(ctx, id)
	if err != nil {
		return err
	}
	if err := put(z, at+"consents.json", given); err != nil {
		return err
	}
	var all []parley.Message
	for before := talk.LastSeq + 1; before > 1; {
		some, err := v.Messages(ctx, id, before, exportPage)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			break
		}
		all, before = append(some, all...), some[0].Seq
	}
	if err := put(z, at+"messages.json", all); err != nil {
		return err
	}
	f, err := z.part(at + "transcript.txt")
	if err != nil {
		return err
	}
	for _, m := range all {
		text := strings.ReplaceAll(m.Text, "\n", "\r\n\t")
		if _, err := fmt.Fprintf(f, "%s %s: %s\r\n", m.At.UTC().Format(time.RFC3339), m.Sender, text); err != nil {
			return err
		}
	}
	for _, m := range all {
		if err := r.exportFiles(ctx, z, at, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// exportFiles writes the files of a message.
func (r *Records) exportFiles(ctx context.Context, z *bundle, at string, id parley.MessageID) error {
	if r.files == nil {
		return nil
	}
	some, err := r.store.View().FilesOf(ctx, id)
	if err != nil {
		return err
	}
	for _, a := range some {
		if a.State != parley.AttachmentReady || a.SHA256 == "" {
			continue
		}
		if err := r.exportFile(ctx, z, at+"files/"+string(a.ID)+path.Ext(path.Base(a.Name)), a.SHA256); err != nil {
			return err
		}
	}
	return nil
}

func (r *Records) exportFile(ctx context.Context, z *bundle, name, sum string) (err error) {
	in, err := r.files.Open(ctx, sum)
	if err != nil {
		return fmt.Errorf("open a file: %w", err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	f, err := z.part(name)
	if err == nil {
		_, err = io.Copy(f, in)
	}
	return err
}
