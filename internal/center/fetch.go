package center

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// How files are brought from networks.
const (
	fetchWithin = 50 * time.Second // one try; the outbox gives a minute
	fetchFor    = 20 * time.Hour   // a file is asked for again; addresses of networks live no longer
)

// Why a file of a network is not here, besides what files says.
const (
	whyExpired      = "expired"
	whyHashMismatch = "hash_mismatch"
	whyUnreachable  = "unreachable"
)

// fetch brings a file that a customer sent from its network, looks at it and
// keeps it. What can change is tried again while the network may still have it.
//
// Source: networks.md 2, media.
func (c *Center) fetch(ctx context.Context, o store.Outbox) error {
	var row fetchRow
	if err := json.Unmarshal([]byte(o.Data), &row); err != nil {
		return fmt.Errorf("%w: %w", ledger.ErrGiveUp, err)
	}
	f, err := c.store.View().File(ctx, row.Attachment)
	if errors.Is(err, parley.ErrNotFound) || err == nil && f.State != parley.AttachmentFetching {
		return nil
	}
	if err != nil {
		return err
	}
	draft, err := c.bring(ctx, f)
	if err != nil {
		return c.unfetched(ctx, o, f, err)
	}
	defer func() { _ = draft.Close() }() // the sweep finds what stays
	c.shelf.RLock()
	defer c.shelf.RUnlock()
	kept, err := draft.Keep(ctx)
	if err != nil {
		return err
	}
	return c.arrived(ctx, f.ID, func(now *store.File) {
		claimed := now.Kind
		found(now, kept)
		now.Kind = shownAs(claimed, kept.Kind)
	})
}

// shownAs is how a file is shown: as the network meant it, if it is of that sort
// at all.
func shownAs(claimed, really parley.ContentKind) parley.ContentKind {
	switch {
	case claimed == parley.ContentSticker && really == parley.ContentImage,
		claimed == parley.ContentVoice && (really == parley.ContentAudio || really == parley.ContentVideo),
		claimed == parley.ContentAudio && really == parley.ContentVideo, // sound alone in a film's box
		claimed == parley.ContentDocument, (claimed == parley.ContentStory || claimed == parley.ContentMention) && really != parley.ContentDocument:
		return claimed
	}
	return really
}

// bring gets a file from its network and looks at it. Errors: *channel.SendError,
// *files.Refusal, and others that may pass.
func (c *Center) bring(ctx context.Context, f store.File) (*files.Draft, error) {
	if c.cabinet == nil {
		return nil, &files.Refusal{Why: files.WhyNotAllowed}
	}
	e, err := c.composing(ctx, f.Conversation)
	if err != nil {
		return nil, err
	}
	open, err := c.courier.Unsealed(e.arrivals.EntryPoint)
	if err != nil {
		return nil, err
	}
	fetcher, ok := e.network.(channel.Fetcher)
	if !ok {
		return nil, &files.Refusal{Why: files.WhyNotAllowed}
	}
	ctx, cancel := context.WithTimeout(ctx, fetchWithin)
	defer cancel()
	got, err := fetcher.Fetch(ctx, open, f.Attachment)
	if err != nil {
		return nil, err
	}
	defer func() { _ = got.Body.Close() }()
	if got.Size > FileBytesMax {
		return nil, &files.Refusal{Why: files.WhyTooLarge}
	}
	draft, err := c.cabinet.Look(ctx, got.Body, FileBytesMax)
	if err != nil {
		return nil, err
	}
	if claimed := channel.SHA256(got.SHA256); claimed != "" && claimed != draft.Came {
		return nil, errors.Join(errMismatch, draft.Close())
	}
	return draft, nil
}

var errMismatch = errors.New("not the file that the network announced")

// unfetched saves why a file is not here, or asks for another try.
func (c *Center) unfetched(ctx context.Context, o store.Outbox, f store.File, why error) error {
	var refusal *files.Refusal
	var said *channel.SendError
	state, code := parley.AttachmentFailed, ""
	switch {
	case errors.As(why, &refusal):
		state, code = parley.AttachmentRefused, refusal.Why
	case errors.As(why, &said) && said.Code == channel.MediaFault:
		code = said.Detail
		switch code {
		case whyExpired:
		case files.WhyTooLarge, files.WhyNotAllowed:
			state = parley.AttachmentRefused
		default:
			code = whyUnreachable
		}
	case errors.Is(why, errMismatch) && o.Attempt >= mismatchTries-1:
		code = whyHashMismatch
	case c.clock.Now().Sub(o.CreatedAt) >= fetchFor:
		code = whyUnreachable
	case said != nil && said.After > 0:
		return &ledger.Retry{After: said.After, Err: said}
	case said != nil:
		return said
	case errors.Is(why, io.ErrUnexpectedEOF), errors.Is(why, context.DeadlineExceeded):
		return errors.New("it broke off")
	default:
		return why
	}
	return c.arrived(ctx, f.ID, func(now *store.File) { now.State, now.Why = state, code })
}

// mismatchTries is how often a file is asked for that is not what was announced:
// a download may have broken off.
const mismatchTries = 3

// arrived saves what became of a file, with the message that shows it.
func (c *Center) arrived(ctx context.Context, id parley.AttachmentID, change func(*store.File)) error {
	f, err := c.store.View().File(ctx, id)
	if err != nil {
		return err
	}
	return c.ledger.Insist(ctx, ledger.Command{
		Name:  "fetched",
		Touch: []string{string(id), string(f.Message)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			now, err := v.File(ctx, id)
			if err != nil || now.State != parley.AttachmentFetching {
				return ledger.Plan{}, err
			}
			change(&now)
			return planFile(ctx, v, now, nil)
		},
	})
}

// planFile saves a file and shows it in its message.
func planFile(ctx context.Context, v ledger.View, f store.File, more func(*store.Rows)) (ledger.Plan, error) {
	m, err := v.Message(ctx, f.Message)
	if err != nil {
		return ledger.Plan{}, err
	}
	if m.Content == nil {
		return ledger.Plan{}, fmt.Errorf("message of %s: it carries nothing", f.ID)
	}
	content := *m.Content
	content.Files = nil
	for _, shown := range m.Content.Files {
		if shown.ID == f.ID {
			caption := shown.Caption
			shown = f.Attachment
			shown.Caption = caption
		}
		content.Files = append(content.Files, shown)
	}
	return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
		r.SaveFile(f)
		r.SaveContent(m.ID, &content)
		r.Entry(parley.Entry{
			Kind: parley.KindMessageChanged, Conversation: m.Conversation, Interaction: m.Interaction, Message: m.ID,
		})
		if more != nil {
			more(r)
		}
	}}, nil
}

// FetchAgain asks a network once more for a file that did not come.
//
// Errors: parley.ErrNotFound if it is not theirs to see, ErrConflict if it did
// not fail.
// Source: networks.md 2, media.
func (c *Center) FetchAgain(ctx context.Context, me parley.Actor, id parley.AttachmentID) error {
	f, err := c.seenFile(ctx, me, id)
	if err != nil {
		return err
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name:  "fetch_again",
		Touch: []string{string(id), string(f.Message)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			now, err := v.File(ctx, id)
			if err != nil {
				return ledger.Plan{}, err
			}
			if now.State != parley.AttachmentFailed || now.Ref == "" || now.Message == "" {
				return ledger.Plan{}, parley.ErrConflict
			}
			now.State, now.Why = parley.AttachmentFetching, ""
			return planFile(ctx, v, now, func(r *store.Rows) { r.Outbox(fetches(id)) })
		},
	})
}

// fetches asks for a file.
func fetches(id parley.AttachmentID) store.Outbox {
	data, _ := json.Marshal(fetchRow{id}) // plain data always can
	return store.Outbox{Kind: FetchKind, Subject: string(id), Data: string(data)}
}
