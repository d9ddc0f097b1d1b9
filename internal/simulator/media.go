package simulator

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // of the sticker
	"encoding/base64"
	"encoding/hex"
	"image"
	"image/color"
	"image/png"
	"sync"
)

// Media is a file somebody sends.
type Media struct {
	ID       string `json:"id,omitempty"`
	MIME     string `json:"mime,omitempty"`
	Filename string `json:"filename,omitempty"`
	Caption  string `json:"caption,omitempty"`
	Data     []byte `json:"data,omitempty"` // base64 in JSON; not shown in threads
	URL      string `json:"url,omitempty"`  // where the phone found it
	Size     int    `json:"size,omitempty"` // Unit: bytes
}

// SHA256 is the file's hash in lower-case hex.
func (m Media) SHA256() string {
	sum := sha256.Sum256(m.Data)
	return hex.EncodeToString(sum[:])
}

// Shown is the media as a thread keeps it: without its bytes.
func (m Media) Shown() *Media {
	m.Size, m.Data = len(m.Data), nil
	return &m
}

// Bounds of one account's files; the oldest go first.
const (
	filesMax     = 500
	fileBytesMax = 64 << 20
)

// shelf keeps an account's files by id.
type shelf struct {
	mu    sync.Mutex
	order []string
	files map[string]Media
	bytes int
}

func (s *shelf) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.order, s.files, s.bytes = nil, map[string]Media{}, 0
}

// Keep puts a file on the account's shelf, under its id.
func (l *Line) Keep(m Media) {
	s := &l.shelf
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.files[m.ID]; ok {
		s.bytes -= len(old.Data)
	} else {
		s.order = append(s.order, m.ID)
	}
	s.files[m.ID] = m
	s.bytes += len(m.Data)
	for len(s.order) > 1 && (len(s.order) > filesMax || s.bytes > fileBytesMax) {
		s.bytes -= len(s.files[s.order[0]].Data)
		delete(s.files, s.order[0])
		s.order = s.order[1:]
	}
}

// File returns a kept file.
func (l *Line) File(id string) (Media, bool) {
	l.shelf.mu.Lock()
	defer l.shelf.mu.Unlock()
	m, ok := l.shelf.files[id]
	return m, ok
}

// Sent returns the media of in, or a sample of its kind, under the given id.
func (in In) Sent(id string) Media {
	m := sample(in.Kind)
	if in.Media != nil {
		if len(in.Media.Data) > 0 {
			m.Data = in.Media.Data
		}
		m.MIME = first(in.Media.MIME, m.MIME)
		m.Filename = first(in.Media.Filename, m.Filename)
		m.Caption = in.Media.Caption
	}
	m.Caption = first(m.Caption, in.Text)
	m.ID = id
	m.Size = len(m.Data)
	return m
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// sticker is a face on a transparent ground, as large as WhatsApp wants one: 512
// pixels, under 100 KB.
//
//go:embed sticker.webp
var sticker []byte

// voice is three notes in a second and a half: Opus in Ogg, as WhatsApp wants a
// voice message, so that whoever gets it can play it.
//
//go:embed voice.ogg
var voice []byte

// sample is the smallest honest file of a kind.
func sample(kind string) Media {
	switch kind {
	case "video":
		return Media{MIME: "video/mp4", Filename: "video.mp4", Data: decoded(
			"AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAAAIZnJlZQAAAAhtZGF0")}
	case "audio":
		return Media{MIME: "audio/ogg; codecs=opus", Filename: "voice.ogg", Data: voice}
	case "document":
		return Media{MIME: "application/pdf", Filename: "invoice.pdf", Data: []byte(
			"%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
				"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")}
	case "sticker":
		return Media{MIME: "image/webp", Filename: "sticker.webp", Data: sticker}
	}
	return Media{MIME: "image/png", Filename: "photo.png", Data: picture()}
}

func decoded(s string) []byte {
	b, _ := base64.StdEncoding.DecodeString(s) // a constant above
	return b
}

// picture is a small one with something to see.
func picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 160, 120))
	for y := range 120 {
		for x := range 160 {
			c := color.RGBA{R: uint8(x), G: uint8(2 * y), B: 160, A: 255}
			if (x/20+y/20)%2 == 0 {
				c.B = 90
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // a buffer takes everything
	return b.Bytes()
}
