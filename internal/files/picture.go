package files

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

// What a picture may be, and how small the small one is.
//
// Unit: pixels; frames.
// Source: A-072.
const (
	pixelsMax = 16_000_000
	framesMax = 1000
	thumbSide = 320
)

// picture is what was found in one.
type picture struct {
	width, height int
	clean         []byte // without what it tells of its maker
	thumb         []byte // nil: it is small itself, or cannot be shown small
}

// decoder is how a type of picture is read.
type decoder struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	clean  func([]byte) (cleaned, error)
}

// cleaned is a picture without what it tells of its maker.
type cleaned struct {
	raw    []byte
	turn   int // how it is to be turned before it is shown: EXIF's orientation, 1 to 8
	frames int
}

var decoders = map[string]decoder{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode, cleanJPEG},
	"image/png":  {png.DecodeConfig, png.Decode, cleanPNG},
	"image/gif":  {gif.DecodeConfig, gif.Decode, countGIF},
	"image/webp": {webp.DecodeConfig, webp.Decode, cleanWebP},
}

// look looks into a picture: its measures first, so that one that would fill the
// memory is refused before it is unpacked.
//
// Errors: *Refusal.
// Source.
func look(kind string, raw []byte) (picture, error) {
	d := decoders[kind]
	size, err := d.config(bytes.NewReader(raw))
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		return picture{}, &Refusal{WhyBroken}
	}
	if int64(size.Width)*int64(size.Height) > pixelsMax {
		return picture{}, &Refusal{WhyTooManyPixels}
	}
	c, err := d.clean(raw)
	if err != nil {
		return picture{}, &Refusal{WhyBroken}
	}
	if c.frames > framesMax {
		return picture{}, &Refusal{WhyTooManyPixels}
	}
	p := picture{width: size.Width, height: size.Height, clean: c.raw}
	if c.turn > 4 {
		p.width, p.height = p.height, p.width
	}
	if max(p.width, p.height) <= thumbSide {
		return p, nil
	}
	whole, err := d.decode(bytes.NewReader(raw))
	if err != nil {
		return p, nil // a kind we cannot show small: an animated WebP
	}
	p.thumb, err = small(whole, c.turn)
	return p, err
}

// small returns a picture of at most thumbSide, upright: as PNG if one sees
// through it, else as JPEG.
func small(whole image.Image, turn int) ([]byte, error) {
	b := whole.Bounds()
	longest := max(b.Dx(), b.Dy())
	w, h := max(1, b.Dx()*thumbSide/longest), max(1, b.Dy()*thumbSide/longest)
	if longest <= thumbSide {
		w, h = b.Dx(), b.Dy()
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.BiLinear.Scale(out, out.Bounds(), whole, b, draw.Src, nil)
	out = upright(out, turn)
	var file bytes.Buffer
	if out.Opaque() {
		err := jpeg.Encode(&file, out, &jpeg.Options{Quality: 80})
		return file.Bytes(), err
	}
	err := png.Encode(&file, out)
	return file.Bytes(), err
}

// upright turns a picture as its EXIF orientation asks for.
func upright(in *image.RGBA, turn int) *image.RGBA {
	w, h := in.Rect.Dx(), in.Rect.Dy()
	if turn < 2 || turn > 8 {
		return in
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if turn > 4 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch turn {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.SetRGBA(tx, ty, in.RGBAAt(x, y))
		}
	}
	return out
}
