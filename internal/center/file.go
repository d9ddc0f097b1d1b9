package center

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"parley"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// How long an address of a file opens it: for somebody's browser, and for a
// network that fetches it.
//
// Source: A-021.
const (
	linkFor        = 5 * time.Minute
	networkLinkFor = time.Hour
)

// File is an open file. Whoever gets one closes Body.
type File struct {
	ID     parley.AttachmentID
	Name   string
	Type   string
	Inline bool // a browser may show it in its place
	Sum    string
	Body   io.ReadSeekCloser
}

// Link is an address that opens a file for a while.
type Link struct {
	URL   string `json:"url"`
	Thumb string `json:"thumb_url" doc:"of the small picture, or of the file if it has none"`
	Until int64  `json:"until" doc:"Unix milliseconds"`
}

// OpenFile opens a file for somebody who may see it: its message, or, while it is
// not sent, for whoever uploaded it.
//
// Errors: parley.ErrNotFound.
// Source.
func (c *Center) OpenFile(ctx context.Context, me parley.Actor, id parley.AttachmentID, thumb bool) (*File, error) {
	f, err := c.seenFile(ctx, me, id)
	if err != nil {
		return nil, err
	}
	return c.opened(ctx, f, thumb)
}

// OpenLink opens a file for whoever has an address that Link made.
//
// Errors: parley.ErrNotFound, whatever is wrong with it.
// Source: A-021.
func (c *Center) OpenLink(ctx context.Context, id parley.AttachmentID, until int64, signature string, thumb bool) (*File, error) {
	if c.seal == nil || parley.Millis(c.clock.Now()) > until || !c.seal.Signed(linkText(id, until), signature) {
		return nil, parley.ErrNotFound
	}
	f, err := c.store.View().File(ctx, id)
	if err != nil {
		return nil, err
	}
	return c.opened(ctx, f, thumb)
}

// Link returns an address of a file for somebody who may see it: a picture on a
// page cannot say who asks for it.
//
// Errors: parley.ErrNotFound.
// Source: A-021.
func (c *Center) Link(ctx context.Context, me parley.Actor, id parley.AttachmentID) (Link, error) {
	f, err := c.seenFile(ctx, me, id)
	if err != nil {
		return Link{}, err
	}
	if c.seal == nil || f.State != parley.AttachmentReady {
		return Link{}, parley.ErrNotFound
	}
	return c.link(id, linkFor), nil
}

func (c *Center) link(id parley.AttachmentID, long time.Duration) Link {
	until := parley.Millis(c.clock.Now().Add(long))
	query := fmt.Sprintf("?until=%d&sig=%s", until, c.seal.Sign(linkText(id, until)))
	at := c.fileOrigin + "/files/" + string(id)
	return Link{URL: at + query, Thumb: at + "/thumb" + query, Until: until}
}

func linkText(id parley.AttachmentID, until int64) string {
	return "file " + string(id) + " " + strconv.FormatInt(until, 10)
}

// seenFile returns a file's row for somebody who may see it.
//
// Errors: parley.ErrNotFound.
// Source.
func (c *Center) seenFile(ctx context.Context, me parley.Actor, id parley.AttachmentID) (store.File, error) {
	f, err := c.store.View().File(ctx, id)
	if err != nil {
		return f, err
	}
	if f.Message == "" {
		if f.Uploader == "" || f.Uploader != uploads(me) {
			return f, parley.ErrNotFound
		}
		return f, nil
	}
	if me.Visitor != "" {
		if me.Visitor != f.Conversation {
			return f, parley.ErrNotFound
		}
		return f, nil
	}
	m, err := c.store.View().Message(ctx, f.Message)
	if err != nil {
		return f, err
	}
	if _, err := c.readable(ctx, me, m.Interaction); !errors.Is(err, parley.ErrNotFound) {
		return f, err
	}
	until, _, err := c.mayHear(ctx, me, f.Conversation)
	if err == nil && m.Seq > until {
		err = parley.ErrNotFound
	}
	return f, err
}

// opened opens a file, or its small picture if it has one.
func (c *Center) opened(ctx context.Context, f store.File, thumb bool) (*File, error) {
	if c.cabinet == nil || f.State != parley.AttachmentReady {
		return nil, parley.ErrNotFound
	}
	out := &File{ID: f.ID, Name: f.Name, Type: f.Type, Inline: files.Inline(f.Type), Sum: f.SHA256}
	if thumb && f.Thumb != "" {
		out.Sum, out.Type = f.Thumb, "" // JPEG or PNG: whoever serves it looks
	}
	body, err := c.cabinet.Open(ctx, out.Sum)
	if err != nil {
		return nil, fmt.Errorf("file of %s: %w", f.ID, err)
	}
	out.Body = body
	if out.Type == "" {
		out.Type, err = thumbType(body)
	}
	return out, err
}

// thumbType tells the two kinds of small pictures apart.
func thumbType(body io.ReadSeeker) (string, error) {
	var first [1]byte
	if _, err := io.ReadFull(body, first[:]); err != nil {
		return "", err
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	if first[0] == 0x89 {
		return "image/png", nil
	}
	return "image/jpeg", nil
}

// outFile reads a file that goes to a network.
func (c *Center) outFile(ctx context.Context, a parley.Attachment) (*parley.OutFile, error) {
	f, err := c.store.View().File(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	open, err := c.opened(ctx, f, false)
	if err != nil {
		return nil, err
	}
	defer func() { _ = open.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(open.Body, FileBytesMax+1))
	out := &parley.OutFile{Kind: f.Kind, Name: f.Name, Type: f.Type, Data: data}
	if c.seal != nil && c.fileOrigin != "" {
		out.URL = c.link(f.ID, networkLinkFor).URL
	}
	return out, err
}

// sweepFiles drops the rows of files that were never sent, and then the files that
// no row speaks of.
//
// Source: A-076.
func (c *Center) sweepFiles(ctx context.Context) error {
	if c.cabinet == nil {
		return nil
	}
	before := c.clock.Now().Add(-looseKept)
	err := c.ledger.Bulk(ctx, func(ctx context.Context, v ledger.View) (ledger.Plan, bool, error) {
		old, err := v.LooseFiles(ctx, before, sweepPiece)
		if err != nil || len(old) == 0 {
			return ledger.Plan{}, false, err
		}
		rows := func(r *store.Rows, _ []routing.Event) {
			for _, f := range old {
				r.DropFile(f.ID)
			}
		}
		return ledger.Plan{Rows: rows}, len(old) == sweepPiece, nil
	})
	if err != nil {
		return fmt.Errorf("sweep uploads: %w", err)
	}
	for after := ""; ; {
		last, err := c.sweepShelf(ctx, after)
		if err != nil || last == "" {
			return err
		}
		after = last
	}
}

// sweepShelf drops files that no row speaks of, among the next ones behind one. It
// returns the last one it looked at, "" if there are no more.
func (c *Center) sweepShelf(ctx context.Context, after string) (string, error) {
	next, err := c.cabinet.List(ctx, after, sweepPiece)
	if err != nil || len(next) == 0 {
		return "", err
	}
	var old []string
	for _, s := range next {
		if c.clock.Now().Sub(s.Kept) > sweptAfter {
			old = append(old, s.Sum)
		}
	}
	c.shelf.Lock() // nobody keeps the same file again meanwhile
	defer c.shelf.Unlock()
	used, err := c.store.View().InUse(ctx, old)
	if err != nil {
		return "", err
	}
	for _, sum := range old {
		if !used[sum] {
			if err := c.cabinet.Delete(ctx, sum); err != nil {
				return "", fmt.Errorf("sweep files: %w", err)
			}
		}
	}
	return next[len(next)-1].Sum, nil
}
