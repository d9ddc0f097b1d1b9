package files

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"parley"
)

// Kept is a file that was looked at and kept.
type Kept struct {
	Came   string // SHA-256 of what came, before anything was taken out
	Sum    string // as it is kept
	Size   int64
	Type   string // as found, never as claimed
	Kind   parley.ContentKind
	Width  int
	Height int
	Thumb  string // SHA-256 of the small picture, "" = none
}

// Refusal says why a file is not kept.
type Refusal struct{ Why string }

// Error returns why.
func (r *Refusal) Error() string { return "refused: " + r.Why }

// Why a file is not kept; parley.Attachment.Why says the same.
const (
	WhyTooLarge      = "too_large"
	WhyTooManyPixels = "too_many_pixels"
	WhyNotAllowed    = "not_allowed"
	WhyBroken        = "broken"
)

// pictureBytesMax bounds a picture that is looked into: it is held in memory.
const pictureBytesMax = 25 << 20

// looking lets so many pictures be looked into at the same time: one of 16
// megapixels takes some 100 MB for a moment.
var looking = make(chan struct{}, 2)

// Cabinet is files, and a desk to look at what comes before it is kept.
type Cabinet struct {
	Files
	Desk string // a folder
}

// Draft is a file that came and was looked at, not yet kept. Close forgets it.
type Draft struct {
	Kept
	in    Files
	body  *os.File
	thumb []byte
}

// Look takes in a file of at most limit bytes: it finds out what it is, takes out
// what a photo tells of its maker and makes a small picture of it. Nothing is
// unpacked.
//
// Errors: *Refusal.
// Source.
func (c *Cabinet) Look(ctx context.Context, r io.Reader, limit int64) (_ *Draft, err error) {
	f, sum, size, err := spool(c.Desk, r, limit)
	if errors.Is(err, ErrTooLarge) {
		return nil, &Refusal{WhyTooLarge}
	}
	if err != nil {
		return nil, err
	}
	d := &Draft{in: c.Files, body: f, Kept: Kept{Came: sum, Sum: sum, Size: size}}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	if size == 0 {
		return nil, &Refusal{WhyBroken}
	}
	if d.Type, err = sniff(f); err != nil {
		return nil, err
	}
	if d.Kind = KindOf(d.Type); slices.Contains(active, d.Type) {
		return nil, &Refusal{WhyNotAllowed}
	}
	if d.Kind != parley.ContentImage {
		return d, nil
	}
	if size > pictureBytesMax {
		return nil, &Refusal{WhyTooLarge}
	}
	select {
	case looking <- struct{}{}:
		defer func() { <-looking }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return d, d.picture()
}

// picture looks into a picture and keeps it without what it tells of its maker.
func (d *Draft) picture() error {
	if _, err := d.body.Seek(0, io.SeekStart); err != nil {
		return err
	}
	raw, err := io.ReadAll(d.body)
	if err != nil {
		return err
	}
	p, err := look(d.Type, raw)
	if err != nil {
		return err
	}
	d.Width, d.Height, d.thumb = p.width, p.height, p.thumb
	if err := d.body.Truncate(0); err != nil {
		return err
	}
	if _, err := d.body.WriteAt(p.clean, 0); err != nil {
		return err
	}
	d.Size = int64(len(p.clean))
	return nil
}

// Keep keeps the draft and its small picture.
func (d *Draft) Keep(ctx context.Context) (Kept, error) {
	if _, err := d.body.Seek(0, io.SeekStart); err != nil {
		return Kept{}, err
	}
	var err error
	if d.Sum, d.Size, err = d.in.Put(ctx, d.body, d.Size); err != nil || d.thumb == nil {
		return d.Kept, err
	}
	d.Thumb, _, err = d.in.Put(ctx, bytes.NewReader(d.thumb), int64(len(d.thumb)))
	return d.Kept, err
}

// Close forgets what is not kept.
func (d *Draft) Close() error { return drop(d.body) }
