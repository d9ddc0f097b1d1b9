package center

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/files"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// shelf is where the town keeps files, also after a restart.
func (x *town) shelf() *files.Cabinet {
	x.t.Helper()
	if x.shelves == nil {
		dir := x.t.TempDir()
		disk, err := files.NewDisk(dir)
		x.must(err)
		x.shelves = &files.Cabinet{Files: disk, Desk: dir}
	}
	return x.shelves
}

// onShelf counts the files there are, and makes each look as if it was kept at a
// time.
func (x *town) onShelf(kept time.Time) (n int) {
	x.t.Helper()
	x.must(filepath.WalkDir(x.shelf().Desk, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
			err = os.Chtimes(path, kept, kept)
		}
		return err
	}))
	return n
}

func pngOf(w, h int) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)))
	return b.Bytes()
}

func hashOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// gallery is a wire that carries files.
type gallery struct {
	*wire
	mu   sync.Mutex // guards the rest
	has  func(ref string) (channel.File, error)
	asks int
	out  []parley.OutFile
}

func (g *gallery) Spec() channel.Spec {
	s := g.wire.Spec()
	s.Files = channel.Files{Kinds: []parley.ContentKind{parley.ContentImage}, Max: 1 << 20, Types: []string{"image/png"}, Text: 20}
	return s
}

func (g *gallery) Fetch(_ context.Context, _ parley.EntryPoint, a parley.Attachment) (channel.File, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asks++
	return g.has(a.Ref)
}

func (g *gallery) Send(ctx context.Context, in parley.EntryPoint, m parley.Outbound) (string, error) {
	g.mu.Lock()
	if m.File != nil {
		g.out = append(g.out, *m.File)
	}
	g.mu.Unlock()
	return g.wire.Send(ctx, in, m)
}

// gives makes the network give a file, or say why not.
func (g *gallery) gives(raw []byte, sum string, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.has = func(string) (channel.File, error) {
		return channel.File{Body: io.NopCloser(bytes.NewReader(raw)), Size: -1, SHA256: sum}, err
	}
}

// galleries is a town with amy serving a customer on a wire that carries files.
func galleries(t *testing.T, f func(t *testing.T, x *town, g *gallery, id parley.InteractionID)) {
	t.Helper()
	g := &gallery{wire: newWire(t)}
	wiredBy(t, g.wire, g, func(t *testing.T, x *town, _ *wire, id parley.InteractionID) {
		g.mu.Lock()
		g.asks, g.out = 0, nil
		g.mu.Unlock()
		f(t, x, g, id)
	})
}

// shows brings a picture from the customer and returns the file's row.
func (x *town) shows(ext string) parley.AttachmentID {
	x.t.Helper()
	m := says(zoes, ext, "Look")
	m.Content = &parley.Content{Kind: parley.ContentImage, Files: []parley.Attachment{{Kind: parley.ContentImage, Name: "a.png", Ref: "media-" + ext, Caption: "Look"}}}
	x.must(x.Keep(x.t.Context(), "ent_wire", channel.Received{Messages: []parley.Inbound{m}}, []byte("{}")))
	x.news(0)
	visitor := x.talkOf("ent_wire", phone(zoes))
	last, err := x.s.View().Messages(x.t.Context(), visitor.Visitor, 1<<40, 1)
	x.must(err)
	return last[0].Content.Files[0].ID
}

// becomes waits until a file is in a state, and returns it as its message shows it.
func (x *town) becomes(id parley.AttachmentID, want parley.AttachmentState, why string) parley.Attachment {
	x.t.Helper()
	late, cancel := context.WithTimeout(x.t.Context(), patience)
	defer cancel()
	defer context.AfterFunc(late, x.arrived.Broadcast)()
	x.mu.Lock()
	defer x.mu.Unlock()
	for {
		f, err := x.s.View().File(x.t.Context(), id)
		x.must(err)
		if f.State == want && f.Why == why {
			m, err := x.s.View().Message(x.t.Context(), f.Message)
			x.must(err)
			if got := m.Content.Files[0]; got.State != want || got.Why != why || got.ID != id {
				x.t.Errorf("the message shows %+v", got)
			}
			return m.Content.Files[0]
		}
		if late.Err() != nil {
			x.t.Fatalf("it is %s %s, not %s %s", f.State, f.Why, want, why)
		}
		x.arrived.Wait()
	}
}

// TestFetch: a customer's file is brought from its network, told to
// whoever serves them, and seen by them alone.
func TestFetch(t *testing.T) {
	galleries(t, func(t *testing.T, x *town, g *gallery, _ parley.InteractionID) {
		raw := pngOf(400, 300)
		g.gives(raw, hashOf(raw), nil)
		from := x.l.Head()
		id := x.shows("p1")
		a := x.becomes(id, parley.AttachmentReady, "")
		if a.Type != "image/png" || a.Width != 400 || a.Size != int64(len(raw)) || a.Caption != "Look" || a.Kind != parley.ContentImage {
			t.Errorf("A-057: %+v", a)
		}
		told, err := x.Events(t.Context(), amy, x.kinds(from, parley.KindMessageChanged))
		x.must(err)
		if len(told) == 0 || told[0].Message == nil || told[0].Message.Content.Files[0].State != parley.AttachmentReady {
			t.Errorf("A-057: amy is told %+v", told)
		}
		f, err := x.OpenFile(t.Context(), amy, id, true)
		x.must(err)
		if x.must(f.Body.Close()); f.Type != "image/jpeg" || !f.Inline {
			t.Errorf("CNV-07: the small picture is %+v", f)
		}
		for who, me := range map[string]parley.Actor{"bob": bob, "a visitor": {Visitor: "con_none"}} {
			if _, err := x.OpenFile(t.Context(), me, id, false); !errors.Is(err, parley.ErrNotFound) {
				t.Errorf("A-021: %s opens it: %v", who, err)
			}
		}
		x.reopen()
		x.nudge()
		if g.mu.Lock(); g.asks != 1 {
			t.Errorf("R-46: it was asked for %d times", g.asks)
		}
		g.mu.Unlock()
	})
}

// TestFetchRefused: what a network's file may not be, and what
// becomes of one that cannot be had.
func TestFetchRefused(t *testing.T) {
	bomb := []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00;")
	galleries(t, func(t *testing.T, x *town, g *gallery, _ parley.InteractionID) {
		for i, c := range []struct {
			raw   []byte
			err   error
			state parley.AttachmentState
			why   string
		}{
			{nil, &channel.SendError{Code: channel.MediaFault, Detail: "expired"}, parley.AttachmentFailed, "expired"},
			{nil, &channel.SendError{Code: channel.MediaFault, Detail: "not_allowed"}, parley.AttachmentRefused, "not_allowed"},
			{nil, &channel.SendError{Code: channel.MediaFault, Detail: "131052: odd"}, parley.AttachmentFailed, "unreachable"},
			{make([]byte, FileBytesMax+1), nil, parley.AttachmentRefused, "too_large"},
			{bomb, nil, parley.AttachmentRefused, "too_many_pixels"},
			{[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), nil, parley.AttachmentRefused, "not_allowed"},
		} {
			g.gives(c.raw, "", c.err)
			id := x.shows(fmt.Sprint("p", i))
			x.becomes(id, c.state, c.why)
			if _, err := x.OpenFile(t.Context(), amy, id, false); !errors.Is(err, parley.ErrNotFound) {
				t.Errorf("A-057: a refused file opens: %v", err)
			}
		}
	})
}

// TestFetchAgain A-057: what can pass is tried again, for as long as a network
// keeps a file; then a person may.
func TestFetchAgain(t *testing.T) {
	galleries(t, func(t *testing.T, x *town, g *gallery, _ parley.InteractionID) {
		g.gives(nil, "", &channel.SendError{Code: channel.Transient, Detail: "503"})
		id := x.shows("p1")
		x.refuses(x.FetchAgain(t.Context(), amy, id), parley.ErrConflict)
		x.clock.pass(fetchFor)
		x.nudge()
		x.becomes(id, parley.AttachmentFailed, "unreachable")
		x.refuses(x.FetchAgain(t.Context(), bob, id), parley.ErrNotFound)
		raw := pngOf(3, 3)
		g.gives(raw, hashOf(raw), nil)
		x.must(x.FetchAgain(t.Context(), amy, id))
		x.becomes(id, parley.AttachmentReady, "")
		x.refuses(x.FetchAgain(t.Context(), amy, id), parley.ErrConflict)
		g.gives(raw, hashOf([]byte("another")), nil)
		other := x.shows("p2")
		for range 500 { // as often as it takes until it was tried again
			f, err := x.s.View().File(t.Context(), other)
			if x.must(err); f.State != parley.AttachmentFetching {
				break
			}
			x.clock.pass(time.Minute)
			x.nudge()
		}
		x.becomes(other, parley.AttachmentFailed, "hash_mismatch")
	})
}

// uploads keeps a file of amy's.
func (x *town) uploads(id parley.InteractionID, raw []byte) parley.Attachment {
	x.t.Helper()
	a, err := x.Upload(x.t.Context(), amy, id, Upload{Name: "map.png", Body: bytes.NewReader(raw)})
	x.must(err)
	return a
}

// TestFileGoesOut CNV-07: an agent's file goes to the network, with its text where
// that fits, and what the network does not take is refused at the composer.
func TestFileGoesOut(t *testing.T) {
	galleries(t, func(t *testing.T, x *town, g *gallery, id parley.InteractionID) {
		raw := pngOf(5, 5)
		a := x.uploads(id, raw)
		sent, err := x.Send(t.Context(), amy, id, Words{ClientID: x.client(), Text: "Here", Files: []parley.AttachmentID{a.ID}})
		x.must(err)
		m := x.stands(sent.ID, parley.DeliverySent, "")
		g.mu.Lock()
		defer g.mu.Unlock()
		if m.Delivery.Parts != 1 || len(g.out) != 1 || !bytes.Equal(g.out[0].Data, raw) || g.out[0].Name != "map.png" || g.out[0].Type != "image/png" {
			t.Errorf("CNV-07: %+v, %d files", m.Delivery, len(g.out))
		}
		if got := g.read(); !slices.Equal(got, []string{"Here"}) {
			t.Errorf("CNV-07: the phone shows %q", got)
		}
		for name, raw := range map[string][]byte{"a document": []byte("hello"), "a GIF": []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")} {
			if _, err := x.Upload(t.Context(), amy, id, Upload{Body: bytes.NewReader(raw)}); !errors.Is(err, parley.ErrFileNotAllowed) {
				t.Errorf("CNV-07: %s: %v", name, err)
			}
		}
		var e *parley.Error
		if _, err := x.Upload(t.Context(), amy, id, Upload{Name: "map.png", Body: bytes.NewReader(raw[:30])}); !errors.As(err, &e) || e.Code != "file_not_allowed" || e.Data["why"] != files.WhyBroken {
			t.Errorf("CNV-07: a picture that cannot be read: %v", err)
		}
		if _, err := x.Upload(t.Context(), amy, id, Upload{Name: "setup.exe", Body: strings.NewReader("MZ\x90\x00\x03")}); !errors.As(err, &e) || e.Code != "file_not_allowed" || e.Data["why"] != "type" {
			t.Errorf("CNV-07: a program: %v", err)
		}
		_, err = x.Upload(t.Context(), amy, id, Upload{Body: bytes.NewReader(make([]byte, 1<<20+1))})
		x.refuses(err, parley.ErrTooLarge)
	})
}

// TestUploadPlain SMS-05: a network of plain text takes no file at all.
func TestUploadPlain(t *testing.T) {
	wired(t, func(t *testing.T, x *town, _ *wire, id parley.InteractionID) {
		_, err := x.Upload(t.Context(), amy, id, Upload{Body: strings.NewReader("hello")})
		x.refuses(err, parley.ErrPlainTextOnly)
	})
}

// TestVisitorFiles CNV-08: a visitor sends files where the entry point takes them.
func TestVisitorFiles(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.works(amy)
		v, id := x.served(amy, "ent_support")
		up := func() (parley.Attachment, error) {
			return x.VisitorUpload(t.Context(), v, Upload{Name: "x.png", Body: bytes.NewReader(pngOf(2, 2))})
		}
		_, err := up()
		x.refuses(err, parley.ErrFileNotAllowed)
		x.do("switch", func(r *store.Rows) {
			e, err := x.s.View().EntryPoint(t.Context(), "ent_support")
			x.must(err)
			e.Script.Attachments = true
			r.SaveEntryPoint(e)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "ent_support"})
		})
		a, err := up()
		x.must(err)
		say := Words{ClientID: x.client(), Files: []parley.AttachmentID{a.ID}}
		first, err := x.VisitorSend(t.Context(), v, say)
		x.must(err)
		again, err := x.VisitorSend(t.Context(), v, say)
		if x.must(err); again.ID != first.ID {
			t.Errorf("I15: a repeat is %s, not %s", again.ID, first.ID)
		}
		say.ClientID = x.client()
		_, err = x.VisitorSend(t.Context(), v, say)
		x.refuses(err, parley.ErrInvalid())
		w, _ := x.served(amy, "ent_support")
		b, err := x.VisitorUpload(t.Context(), w, Upload{Body: bytes.NewReader(pngOf(2, 2))})
		x.must(err)
		_, err = x.VisitorSend(t.Context(), v, Words{ClientID: x.client(), Files: []parley.AttachmentID{b.ID}})
		x.refuses(err, parley.ErrInvalid())
		x.refuses(x.DropUpload(t.Context(), v, b.ID), parley.ErrNotFound)
		if text := x.takes(v); !strings.Contains(text, "[x.png]") {
			t.Errorf("WEB-08: %q", text)
		}
		x.must(x.End(t.Context(), amy, id))
		_, err = up()
		x.refuses(err, parley.ErrInteractionEnded)
	})
}

// TestQuota A-076: one uploader, and all together, may leave only so much lying
// about; the others are still served.
func TestQuota(t *testing.T) {
	galleries(t, func(t *testing.T, x *town, g *gallery, id parley.InteractionID) {
		for range looseMost {
			x.uploads(id, pngOf(2, 2))
		}
		_, err := x.Upload(t.Context(), amy, id, Upload{Body: bytes.NewReader(pngOf(2, 2))})
		x.refuses(err, parley.ErrTooManyFiles)
		other := x.serves("+12065550000")
		if _, err := x.Upload(t.Context(), amy, other, Upload{Body: bytes.NewReader(pngOf(2, 2))}); !errors.Is(err, parley.ErrTooManyFiles) {
			t.Errorf("A-076: %v", err)
		}
		if n := x.onShelf(storetest.Day); n != 1 {
			t.Errorf("A-076: the same picture is kept %d times", n)
		}
		x.do("much", func(r *store.Rows) {
			r.SaveFile(store.File{Attachment: parley.Attachment{ID: "att_much", State: parley.AttachmentReady, Size: looseBytesMost}, Uploader: "agt_bob", CreatedAt: x.clock.Now()})
		})
		x.clock.pass(2 * recentIn)
		if err := x.DropUpload(t.Context(), bob, "att_much"); err != nil {
			t.Errorf("A-079: %v", err)
		}
	})
	gate := files.Turnstile{Each: uploadsEach, Most: uploadsAll}
	var leave []func()
	for range uploadsEach {
		out, err := gate.Enter("amy")
		if err != nil {
			t.Fatal(err)
		}
		leave = append(leave, out)
	}
	if _, err := gate.Enter("amy"); !errors.Is(err, parley.ErrTooManyFiles) {
		t.Errorf("A-076: a fifth at the same time: %v", err)
	}
	for i := range uploadsAll - uploadsEach {
		if _, err := gate.Enter(fmt.Sprint(i)); err != nil {
			t.Errorf("A-076: another: %v", err)
		}
	}
	if _, err := gate.Enter("bob"); !errors.Is(err, parley.ErrTooManyFiles) {
		t.Errorf("A-076: one too many: %v", err)
	}
	leave[0]()
	if _, err := gate.Enter("bob"); err != nil {
		t.Errorf("A-076: when one left: %v", err)
	}
}

// TestSweepFiles A-076: what was never sent goes after a day; what somebody sent
// stays, also if it is the same file.
func TestSweepFiles(t *testing.T) {
	galleries(t, func(t *testing.T, x *town, g *gallery, id parley.InteractionID) {
		sent, twin, loose := x.uploads(id, pngOf(400, 1)), x.uploads(id, pngOf(400, 1)), x.uploads(id, pngOf(500, 1))
		m, err := x.Send(t.Context(), amy, id, Words{ClientID: x.client(), Files: []parley.AttachmentID{sent.ID}})
		x.must(err)
		x.stands(m.ID, parley.DeliverySent, "")
		x.must(x.sweepFiles(t.Context()))
		if n := x.onShelf(x.clock.Now()); n != 3 { // two pictures, one small one of both
			t.Fatalf("A-076: %d files", n)
		}
		x.clock.pass(looseKept + time.Minute)
		late := x.uploads(id, pngOf(600, 1))
		x.must(x.sweepFiles(t.Context()))
		for _, gone := range []parley.AttachmentID{twin.ID, loose.ID} {
			if _, err := x.s.View().File(t.Context(), gone); !errors.Is(err, parley.ErrNotFound) {
				t.Errorf("A-076: the row of %s stays: %v", gone, err)
			}
		}
		for _, stays := range []parley.AttachmentID{sent.ID, late.ID} {
			f, err := x.OpenFile(t.Context(), amy, stays, false)
			if err != nil {
				t.Fatalf("A-076: %s is gone: %v", stays, err)
			}
			x.must(f.Body.Close())
		}
		if n := x.onShelf(x.clock.Now()); n != 3 {
			t.Errorf("A-076: %d files stay", n)
		}
	})
}
