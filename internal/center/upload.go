package center

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parley"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// FileBytesMax is the largest file anybody may send.
//
// Unit: bytes.
// Source.
const FileBytesMax = 25 << 20

// How much may be uploaded.
//
// Source: A-076.
const (
	looseMost      = 20              // files of one uploader that wait to be sent
	recentMost     = 200             // files of one uploader in recentIn
	recentIn       = time.Hour       //
	allLooseMost   = 5000            // files of everybody that wait to be sent
	looseBytesMost = int64(10) << 30 // of everybody that wait to be sent
	uploadsEach    = 4               // at the same time
	uploadsAll     = 64              // at the same time
	looseKept      = 24 * time.Hour  // a file that is not sent
	sweptAfter     = 24 * time.Hour  // a file no row speaks of, since it was kept last
)

// Upload is a file on its way in.
type Upload struct {
	Name string
	Body io.Reader
}

// uploader is who uploads, where and within what bounds.
type uploader struct {
	id           string // an agent or a conversation
	conversation parley.ConversationID
	limit        int64
	fits         func([]store.File) error
}

// Upload keeps a file that an agent is about to send with a message of an
// interaction of theirs.
//
// Errors: parley.ErrNotFound if it is not theirs, ErrInteractionEnded,
// ErrPlainTextOnly, ErrFileNotAllowed with why, ErrTooLarge with limit,
// ErrTooManyFiles.
// Source: CNV-07, A-072 to A-080.
func (c *Center) Upload(ctx context.Context, me parley.Actor, id parley.InteractionID, up Upload) (parley.Attachment, error) {
	if err := may(me, parley.MayServe, nil); err != nil {
		return parley.Attachment{}, err
	}
	w, err := c.work(ctx, id)
	if err != nil {
		return parley.Attachment{}, err
	}
	switch {
	case !handled(me, &w.Interaction):
		return parley.Attachment{}, parley.ErrNotFound
	case w.State != parley.Active:
		return parley.Attachment{}, parley.ErrInteractionEnded
	}
	e, err := c.composing(ctx, w.Conversation)
	if err != nil {
		return parley.Attachment{}, err
	}
	limit := int64(FileBytesMax)
	if e.network != nil {
		if len(e.spec.Files.Kinds) == 0 || e.spec.PlainText {
			return parley.Attachment{}, parley.ErrPlainTextOnly
		}
		if e.spec.Files.Max > 0 {
			limit = min(limit, e.spec.Files.Max)
		}
	}
	return c.upload(ctx, uploader{string(me.Agent), w.Conversation, limit, e.fits}, up)
}

// VisitorUpload keeps a file that a visitor is about to send, if their entry point
// takes files.
//
// Errors: parley.ErrInteractionEnded, ErrFileNotAllowed with why, ErrTooLarge with
// limit, ErrTooManyFiles.
// Source: CNV-08, A-072 to A-080.
func (c *Center) VisitorUpload(ctx context.Context, me parley.Actor, up Upload) (parley.Attachment, error) {
	e, err := c.entranceOf(ctx, me)
	if err != nil {
		return parley.Attachment{}, err
	}
	if !e.Script.Attachments {
		return parley.Attachment{}, notAllowed(files.WhyNotAllowed)
	}
	var open bool
	if err := c.ledger.Ask(ctx, func(s *routing.State) { _, open = s.OpenOf(me.Visitor) }); err != nil {
		return parley.Attachment{}, err
	}
	if !open {
		return parley.Attachment{}, parley.ErrInteractionEnded
	}
	anything := func([]store.File) error { return nil }
	return c.upload(ctx, uploader{string(me.Visitor), me.Visitor, FileBytesMax, anything}, up)
}

func notAllowed(why string) error {
	return parley.ErrFileNotAllowed.With(map[string]any{"why": why})
}

// upload takes a file in, looks at it and keeps it until it is sent.
func (c *Center) upload(ctx context.Context, who uploader, up Upload) (parley.Attachment, error) {
	if c.cabinet == nil {
		return parley.Attachment{}, notAllowed(files.WhyNotAllowed)
	}
	leave, err := c.uploading.Enter(who.id)
	if err != nil {
		return parley.Attachment{}, err
	}
	defer leave()
	draft, err := c.cabinet.Look(ctx, up.Body, who.limit)
	if err != nil {
		return parley.Attachment{}, refusedFile(err, who.limit)
	}
	defer func() { _ = draft.Close() }() // the sweep finds what stays
	f := store.File{Conversation: who.conversation, Uploader: who.id, Attachment: parley.Attachment{Name: fileName(up.Name)}}
	found(&f, draft.Kept)
	if err := who.fits([]store.File{f}); err != nil {
		return parley.Attachment{}, err
	}
	c.shelf.RLock() // the sweep drops nothing between the file and its row
	defer c.shelf.RUnlock()
	kept, err := draft.Keep(ctx)
	if err != nil {
		return parley.Attachment{}, err
	}
	found(&f, kept)
	err = c.ledger.Do(ctx, ledger.Command{
		Name:  "upload",
		Touch: []string{who.id},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			if err := tooMany(ctx, v, who.id, f.Size); err != nil {
				return ledger.Plan{}, err
			}
			f.ID, f.CreatedAt = parley.AttachmentID(parley.NewID("att", v.Now)), v.Now
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.SaveFile(f) }}, nil
		},
	})
	return f.Attachment, err
}

// found takes over what was found in a file.
func found(f *store.File, k files.Kept) {
	f.Type, f.Size, f.Width, f.Height, f.SHA256, f.Thumb = k.Type, k.Size, k.Width, k.Height, k.Sum, k.Thumb
	f.State, f.Why = parley.AttachmentReady, ""
	if f.Kind == "" {
		f.Kind = k.Kind
	}
}

// refusedFile says why a file was not taken.
func refusedFile(err error, limit int64) error {
	var refusal *files.Refusal
	switch {
	case !errors.As(err, &refusal):
		return err
	case refusal.Why == files.WhyTooLarge:
		return parley.ErrTooLarge.With(map[string]any{"limit": limit})
	}
	return notAllowed(refusal.Why)
}

// tooMany refuses what goes beyond somebody's share, or beyond everybody's.
//
// Source: A-076.
func tooMany(ctx context.Context, v ledger.View, who string, size int64) error {
	u, err := v.Uploads(ctx, who, v.Now.Add(-recentIn))
	if err != nil {
		return err
	}
	if u.Loose >= looseMost || u.Recent >= recentMost || u.AllLoose >= allLooseMost || u.LooseSize+size > looseBytesMost {
		return parley.ErrTooManyFiles
	}
	return nil
}

// DropUpload forgets a file that somebody uploaded and will not send.
//
// Errors: parley.ErrNotFound, if it is not theirs or was sent.
// Source: A-079.
func (c *Center) DropUpload(ctx context.Context, me parley.Actor, id parley.AttachmentID) error {
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "drop_upload",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			f, err := v.File(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if f.Message != "" || f.Uploader == "" || f.Uploader != uploads(me) {
				return ledger.Plan{}, parley.ErrNotFound
			}
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.DropFile(id) }}, nil
		},
	})
}

// uploads is by what the files of somebody are known.
func uploads(me parley.Actor) string {
	if me.Visitor != "" {
		return string(me.Visitor)
	}
	return string(me.Agent)
}

// fileName is a file's name as it is shown and offered: the last part of a path,
// on one line, without marks that would turn it around. It is never part of a
// path of ours.
//
// Source.
func fileName(name string) string {
	name = norm.NFC.String(whole(name))
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if length(name) <= NameMax {
		return strings.TrimPrefix(name, "/")
	}
	ext := path.Ext(name)
	if length(ext) > extensionMax {
		ext = ""
	}
	return cut(name, NameMax-length(ext)) + ext
}

// extensionMax is the longest end of a name that is kept when the name is cut.
//
// Unit: code points.
const extensionMax = 16

// composing finds where a message to a conversation would go.
func (c *Center) composing(ctx context.Context, id parley.ConversationID) (*outlet, error) {
	b, err := c.memory.book(ctx)
	if err != nil {
		return nil, err
	}
	t, err := c.memory.talk(ctx, id)
	if err != nil {
		return nil, err
	}
	e := &outlet{Center: c, talk: t.Conversation, arrivals: arrivals{EntryPoint: b.entrance[t.EntryPoint], book: b}}
	if e.network = c.channels[e.Provider]; e.network != nil {
		e.spec = e.network.Spec()
	}
	return e, nil
}
