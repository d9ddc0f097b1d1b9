package knowledge

import (
	"context"
	"errors"
	"io"

	"parley"
	"parley/internal/files"
	"parley/internal/ledger"
	"parley/internal/rich"
	"parley/internal/store"
)

// ImageBytesMax is the largest picture of an answer.
//
// Unit: bytes.
const ImageBytesMax = 2 << 20

// Image is a picture of an answer as people see it.
type Image struct {
	Sum    string `json:"sha256"`
	URL    string `json:"url" doc:"as an answer writes it"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// AddImage keeps a picture for answers. What it tells of its maker is taken out;
// anybody may see it. Twice is once.
//
// Errors: parley.ErrForbidden, ErrFileNotAllowed with why, ErrTooLarge with limit.
// Source.
func (k *Knowledge) AddImage(ctx context.Context, me parley.Actor, body io.Reader) (Image, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return Image{}, err
	}
	if k.Files == nil {
		return Image{}, parley.ErrFileNotAllowed.With(map[string]any{"why": files.WhyNotAllowed})
	}
	draft, err := k.Files.Look(ctx, body, ImageBytesMax)
	if err != nil {
		return Image{}, refusedImage(err)
	}
	defer func() { _ = draft.Close() }()
	if draft.Kind != parley.ContentImage {
		return Image{}, parley.ErrFileNotAllowed.With(map[string]any{"why": files.WhyNotAllowed})
	}
	got, err := draft.Keep(ctx)
	if err != nil {
		return Image{}, err
	}
	image := parley.FAQImage{Sum: got.Sum, Type: got.Type, Size: got.Size, Width: got.Width, Height: got.Height, By: me.Agent}
	shown := Image{Sum: image.Sum, URL: rich.ImagePath + image.Sum, Width: image.Width, Height: image.Height}
	return shown, k.administer(ctx, me, "add_faq_image", func(_ context.Context, v ledger.View) (ledger.Change, error) {
		image.At = v.Now
		return ledger.Change{Subject: "faq_image", After: shown, Rows: func(r *store.Rows) { r.AddFAQImage(image) }}, nil
	})
}

func refusedImage(err error) error {
	var refusal *files.Refusal
	switch {
	case !errors.As(err, &refusal):
		return err
	case refusal.Why == files.WhyTooLarge:
		return parley.ErrTooLarge.With(map[string]any{"limit": ImageBytesMax})
	}
	return parley.ErrFileNotAllowed.With(map[string]any{"why": refusal.Why})
}

// OpenImage opens a picture of an answer; the caller closes it.
//
// Errors: parley.ErrNotFound.
func (k *Knowledge) OpenImage(ctx context.Context, sum string) (parley.FAQImage, io.ReadSeekCloser, error) {
	if k.Files == nil {
		return parley.FAQImage{}, nil, parley.ErrNotFound
	}
	row, err := k.Store.View().FAQImage(ctx, sum)
	if err != nil {
		return row, nil, err
	}
	body, err := k.Files.Open(ctx, sum)
	if errors.Is(err, files.ErrNotFound) {
		err = parley.ErrNotFound
	}
	return row, body, err
}
