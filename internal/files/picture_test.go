package files

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"parley"
)

// photo is a JPEG of a size, its left half black and its right half white.
func photo(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := w / 2; x < w; x++ {
			m.SetGray(x, y, color.Gray{255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment is one of a JPEG.
func segment(marker byte, body string) string {
	return string([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}) + body
}

// exif is one with an orientation and a place.
func exif(turn byte, order binary.ByteOrder, head string) string {
	tiff := []byte(head + "\x00\x00\x00\x00\x00\x00")
	order.PutUint32(tiff[4:], 8)
	entry := func(tag, kind uint16, count, value uint32) []byte {
		e := make([]byte, 12)
		order.PutUint16(e, tag)
		order.PutUint16(e[2:], kind)
		order.PutUint32(e[4:], count)
		order.PutUint32(e[8:], value)
		if kind == 3 {
			order.PutUint16(e[8:], uint16(value))
		}
		return e
	}
	order.PutUint16(tiff[8:], 2)
	tiff = append(tiff, entry(0x0112, 3, 1, uint32(turn))...)
	tiff = append(tiff, entry(0x8825, 4, 1, 38)...)
	return segment(0xe1, "Exif\x00\x00"+string(tiff)+"\x00\x00\x00\x00GPSLatitude 48.8584 Canon EOS 5D serial 4711")
}

var secrets = []string{"GPSLatitude", "4711", "Canon", "hidden", "adobe:ns", "8BIM"}

// TestGPS A-077: what a photo tells of its maker is gone; what it looks like is
// not, nor which way is up.
func TestGPS(t *testing.T) {
	c := newCabinet(t)
	plain := photo(t, 64, 32)
	tells := segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta adobe:ns hidden/>") + segment(0xfe, "hidden comment") +
		segment(0xed, "Photoshop 3.0\x008BIM hidden") + segment(0xe2, "MPF\x00hidden")
	for _, e := range []struct {
		name string
		exif string
		turn byte
	}{
		{"upright", exif(1, binary.BigEndian, "MM\x00*"), 1},
		{"on its side", exif(6, binary.BigEndian, "MM\x00*"), 6},
		{"on its head, the other order", exif(3, binary.LittleEndian, "II*\x00"), 3},
		{"nonsense", segment(0xe1, "Exif\x00\x00MM\x00*\xff\xff\xff\xff Canon"), 1},
	} {
		raw := string(plain[:2]) + e.exif + tells + string(plain[2:]) + "\xff\xd8 hidden motion photo"
		k, body, err := c.kept(t.Context(), []byte(raw))
		if err != nil {
			t.Fatalf("A-077: %s: %v", e.name, err)
		}
		for _, s := range secrets {
			if bytes.Contains(body, []byte(s)) {
				t.Errorf("A-077: %s: %q is still there", e.name, s)
			}
		}
		if k.Came != sumOf(raw) || k.Sum == k.Came || k.Type != "image/jpeg" || k.Kind != parley.ContentImage || k.Size != int64(len(body)) {
			t.Errorf("A-077: %s: %+v", e.name, k)
		}
		if again, err := cleanJPEG(body); err != nil || again.turn != int(e.turn) || !bytes.Equal(again.raw, body) {
			t.Errorf("A-077: %s: turned by %d, want %d, %v", e.name, again.turn, e.turn, err)
		}
		if wide := e.turn < 5; wide != (k.Width == 64) {
			t.Errorf("A-077: %s: %d x %d", e.name, k.Width, k.Height)
		}
		was, _ := jpeg.Decode(bytes.NewReader(plain))
		is, err := jpeg.Decode(bytes.NewReader(body))
		if err != nil || !same(was, is) {
			t.Errorf("A-077: %s: it looks different, %v", e.name, err)
		}
	}
}

func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// TestProgressive A-077: a photo in several scans, with restart marks, stays whole.
func TestProgressive(t *testing.T) {
	plain := photo(t, 48, 48)
	c, err := cleanJPEG(plain)
	if err != nil || !bytes.Equal(c.raw, plain) {
		t.Errorf("A-077: a photo that tells nothing is changed: %v", err)
	}
	if c, err = cleanJPEG(plain[:len(plain)-2]); err != nil || !bytes.Equal(c.raw, plain) {
		t.Errorf("A-077: a photo without its end: %v", err)
	}
	for _, bad := range [][]byte{nil, plain[:3], append([]byte{0xff, 0xd8}, "nonsense"...), {0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 0}, {0xff, 0xd8, 0xff, 0xe1, 0, 1, 0}} {
		if _, err := cleanJPEG(bad); err == nil {
			t.Errorf("A-077: %x is taken", bad)
		}
	}
}

// pngChunk is one of a PNG.
func pngChunk(name, body string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, name...), body...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

// TestOtherPictures A-077: PNG and WebP tell nothing either.
func TestOtherPictures(t *testing.T) {
	c := newCabinet(t)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 5, 4))); err != nil {
		t.Fatal(err)
	}
	raw := b.String()
	_, body, err := c.kept(t.Context(), []byte(raw[:33]+pngChunk("eXIf", "GPSLatitude")+pngChunk("tEXt", "Author\x00Canon 4711")+raw[33:]+"hidden"))
	if err != nil || string(body) != raw {
		t.Errorf("A-077: PNG: %v", err)
	}
	simple, err := os.ReadFile("testdata/dot.webp")
	if err != nil {
		t.Fatal(err)
	}
	riff := func(name, body string) string {
		out := name + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
		if len(body)%2 == 1 {
			out += "\x00"
		}
		return out
	}
	all := "WEBP" + riff("VP8X", "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00") + string(simple[12:]) + riff("EXIF", "GPSLatitude 4711") + riff("XMP ", "hidden!")
	k, body, err := c.kept(t.Context(), []byte(riff("RIFF", all)))
	if err != nil || k.Type != "image/webp" || k.Width != 1 || k.Height != 1 {
		t.Fatalf("A-077: WebP: %+v, %v", k, err)
	}
	for _, s := range secrets {
		if bytes.Contains(body, []byte(s)) {
			t.Errorf("A-077: WebP: %q is still there", s)
		}
	}
	if body[20]&0x0c != 0 || int(binary.LittleEndian.Uint32(body[4:]))+8 != len(body) {
		t.Errorf("A-077: WebP: % x", body[:30])
	}
}

// TestThumbnails says that a small picture is upright and at most 320 wide.
func TestThumbnails(t *testing.T) {
	c := newCabinet(t)
	plain := photo(t, 1000, 500)
	turned := string(plain[:2]) + exif(6, binary.BigEndian, "MM\x00*") + string(plain[2:])
	k, _, err := c.kept(t.Context(), []byte(turned))
	if err != nil || k.Thumb == "" || k.Width != 500 || k.Height != 1000 {
		t.Fatalf("%+v, %v", k, err)
	}
	f, err := c.Open(t.Context(), k.Thumb)
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	top, _, _, _ := m.At(80, 20).RGBA()
	bottom, _, _, _ := m.At(80, 300).RGBA()
	if m.Bounds().Dx() != 160 || m.Bounds().Dy() != 320 || top > 0x2000 || bottom < 0xe000 {
		t.Errorf("%v, %x above %x", m.Bounds(), top, bottom)
	}
	seen := image.NewNRGBA(image.Rect(0, 0, 400, 400))
	var b bytes.Buffer
	if err := png.Encode(&b, seen); err != nil {
		t.Fatal(err)
	}
	p, err := look("image/png", b.Bytes())
	if err != nil || !bytes.HasPrefix(p.thumb, []byte("\x89PNG")) {
		t.Errorf("one sees through it: %v", err)
	}
	if p, err = look("image/jpeg", photo(t, 320, 20)); err != nil || p.thumb != nil {
		t.Errorf("a small one has a smaller one: %v", err)
	}
}

// TestBombs A-072: pictures that would fill the memory are refused by what they
// say of themselves, before anything is unpacked.
func TestBombs(t *testing.T) {
	c := newCabinet(t)
	frames := &gif.GIF{}
	for range 10_000 {
		frames.Image = append(frames.Image, image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Black, color.White}))
		frames.Delay = append(frames.Delay, 1)
	}
	var many bytes.Buffer
	if err := gif.EncodeAll(&many, frames); err != nil {
		t.Fatal(err)
	}
	head := pngChunk("IHDR", "\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00")
	wide := photo(t, 8, 8)
	at := bytes.Index(wide, []byte{0xff, 0xc0})
	copy(wide[at+5:], []byte{0xff, 0xff, 0xff, 0xff})
	bombs := map[string][]byte{
		"a GIF of 65535 x 65535":    []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00;"),
		"a WebP of 16384 x 16384":   []byte("RIFF\x16\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00\x2f\xff\xff\xff\x0f\x00\x00\x00\x00\x00"),
		"a PNG of 65535 x 65535":    []byte("\x89PNG\r\n\x1a\n" + head + pngChunk("IDAT", "x") + pngChunk("IEND", "")),
		"a JPEG of 65535 x 65535":   wide,
		"a GIF of ten thousand":     many.Bytes(),
		"a GIF that says it is one": []byte("GIF89a"),
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var all sync.WaitGroup
	for name, raw := range bombs {
		for range 20 {
			all.Go(func() {
				var refusal *Refusal
				if _, err := c.Look(t.Context(), bytes.NewReader(raw), testMax); !errors.As(err, &refusal) || refusal.Why != WhyTooManyPixels && refusal.Why != WhyBroken {
					t.Errorf("A-072: %s: %v", name, err)
				}
			})
		}
	}
	all.Wait()
	runtime.ReadMemStats(&after)
	if grew := after.Sys - before.Sys; grew > 50<<20 {
		t.Errorf("A-072: %d MiB more", grew>>20)
	}
	if left, err := os.ReadDir(c.Desk); err != nil || len(left) != 0 {
		t.Errorf("A-072: %d files stay on the desk, %v", len(left), err)
	}
}

// TestPacked A-073: a file that unpacks to more is kept as it came.
func TestPacked(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err == nil {
		_, err = io.Copy(w, io.LimitReader(zeros{}, 64<<20))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	c := newCabinet(t)
	k, body, err := c.kept(t.Context(), b.Bytes())
	if err != nil || k.Size != int64(b.Len()) || !bytes.Equal(body, b.Bytes()) || k.Kind != parley.ContentDocument {
		t.Errorf("A-073: %+v, %v", k, err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// TestSniffed: a file is what it is, not what it says.
func TestSniffed(t *testing.T) {
	c := newCabinet(t)
	for _, f := range []struct {
		name, raw, kind string
		inline          bool
	}{
		{"a page", "<!DOCTYPE html><script>alert(1)</script>", "text/html", false},
		{"words", "hello, world", "text/plain", false},
		{"a PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</JS(app.alert(1))>>", "application/pdf", false},
		{"a program", "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "application/vnd.microsoft.portable-executable", false},
		{"a song", "\xff\xfb\x90\x64" + strings.Repeat("\x00", 413) + "\xff\xfb\x90\x64" + strings.Repeat("\x00", 413), "audio/mpeg", true},
		{"a film", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "video/mp4", true},
		{"a note spoken", "OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x13OpusHead", "audio/ogg", true},
	} {
		k, _, err := c.kept(t.Context(), []byte(f.raw))
		if err != nil || k.Type != f.kind || Inline(k.Type) != f.inline {
			t.Errorf("A-080: %s is %s, %v", f.name, k.Type, err)
		}
	}
	for name, raw := range map[string]string{
		"a drawing that runs": `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"nothing":             "",
		"no picture":          "\x89PNG\r\n\x1a\nnonsense",
	} {
		var refusal *Refusal
		if _, _, err := c.kept(t.Context(), []byte(raw)); !errors.As(err, &refusal) {
			t.Errorf("A-006: %s: %v", name, err)
		}
	}
	polyglot := string(photo(t, 8, 8)) + "<script>alert(1)</script>"
	if _, body, err := c.kept(t.Context(), []byte(polyglot)); err != nil || strings.Contains(string(body), "script") {
		t.Errorf("A-007: a picture that is a page too: %v", err)
	}
}

// FuzzLook A-072: no picture, however odd, ends the server or stays on the desk.
func FuzzLook(f *testing.F) {
	f.Add("image/gif", []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Add("image/jpeg", []byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xd9"))
	f.Add("image/png", []byte("\x89PNG\r\n\x1a\n"+pngChunk("IHDR", "\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")+pngChunk("IEND", "")))
	f.Add("image/webp", []byte("RIFF\x16\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00\x2f\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, kind string, raw []byte) {
		d, ok := decoders[kind]
		if !ok {
			return
		}
		if c, err := d.clean(raw); err == nil && len(c.raw) > len(raw)+64 {
			t.Errorf("A-077: it grew from %d to %d", len(raw), len(c.raw))
		}
	})
}
