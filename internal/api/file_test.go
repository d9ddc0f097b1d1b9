package api

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"parley"
	"parley/internal/center"
)

// sends uploads a file.
func (c *client) sends(path, name string, body []byte) answer {
	c.h.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}, "Content-Type": {"image/png"},
	})
	if err != nil {
		c.h.t.Fatal(err)
	}
	_, _ = part.Write(body)
	_ = w.Close()
	with := &client{h: c.h, cookie: c.cookie, bearer: c.bearer, header: http.Header{"Content-Type": {w.FormDataContentType()}}}
	return with.call("POST", path, form.String())
}

const ownFiles = "/api/public/conversation/attachments"

// pngOf is a PNG of a size.
func pngOf(w, h int) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)))
	return b.Bytes()
}

// TestFiles CNV-07, CNV-08, A-079: a file is uploaded, sent once with a message,
// and seen by both sides.
func TestFiles(t *testing.T) { eachDatabase(t, filesBothWays) }

func filesBothWays(t *testing.T, h *here) {
	t.Helper()
	it := h.served("c1")
	up := it.amy.sends("/api/interactions/"+it.interaction+"/attachments", "map.png", pngOf(640, 20))
	if up.status != http.StatusCreated {
		t.Fatalf("CNV-07: %d %s", up.status, up.body)
	}
	var a parley.Attachment
	up.into(t, &a)
	if a.ID == "" || a.Kind != parley.ContentImage || a.Type != "image/png" || a.Name != "map.png" || a.Width != 640 || a.Height != 20 || a.State != parley.AttachmentReady {
		t.Errorf("CNV-07: %+v", a)
	}
	if got := it.vera.call("GET", ownFiles+"/"+string(a.ID)+"/link", nil); got.status != http.StatusNotFound {
		t.Errorf("A-079: a visitor sees what is not sent: %d %s", got.status, got.body)
	}
	say := utterance{ClientID: uid("m1"), Text: "", Files: []parley.AttachmentID{a.ID}}
	path := "/api/interactions/" + it.interaction + "/messages"
	first := it.amy.call("POST", path, say)
	if first.status != http.StatusCreated {
		t.Fatalf("CNV-07: %d %s", first.status, first.body)
	}
	if again := it.amy.call("POST", path, say); again.status != http.StatusOK || again.text("id") != first.text("id") {
		t.Errorf("I15: a repeat: %d %s", again.status, again.body)
	}
	say.ClientID = uid("m2")
	if again := it.amy.call("POST", path, say); again.status != http.StatusUnprocessableEntity {
		t.Errorf("A-079: a file goes twice: %d %s", again.status, again.body)
	}
	var said list[center.VisitorMessage]
	it.vera.call("GET", "/api/public/conversation/messages", nil).into(t, &said)
	last := said.Items[len(said.Items)-1]
	if last.Content == nil || len(last.Content.Files) != 1 || last.Content.Files[0].ID != a.ID {
		t.Fatalf("CNV-07: the visitor sees %+v", last)
	}
	var link center.Link
	it.vera.call("GET", ownFiles+"/"+string(a.ID)+"/link", nil).into(t, &link)
	if got := h.nobody().call("GET", link.URL, nil); got.status != http.StatusOK || got.body != string(pngOf(640, 20)) {
		t.Errorf("CNV-07: the visitor's link: %d, %d bytes", got.status, len(got.body))
	}
	if got := h.nobody().call("GET", link.Thumb, nil); got.status != http.StatusOK || got.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("CNV-07: the small picture: %d %s", got.status, got.header.Get("Content-Type"))
	}
	h.fromVisitor(it)
}

// fromVisitor sends a file the other way.
func (h *here) fromVisitor(it talk) {
	t := h.t
	t.Helper()
	var a parley.Attachment
	up := it.vera.sends(ownFiles, "note.txt", []byte("<script>alert(1)</script> hello"))
	up.into(t, &a)
	if up.status != http.StatusCreated || a.Kind != parley.ContentDocument {
		t.Fatalf("CNV-08: %d %s", up.status, up.body)
	}
	say := map[string]any{"client_id": uid("v1"), "text": "look", "files": []parley.AttachmentID{a.ID}}
	if got := it.vera.call("POST", "/api/public/conversation/messages", say); got.status != http.StatusCreated {
		t.Fatalf("CNV-08: %d %s", got.status, got.body)
	}
	got := it.amy.call("GET", "/files/"+string(a.ID), nil)
	if got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment;") ||
		got.header.Get("X-Content-Type-Options") != "nosniff" || strings.Contains(got.header.Get("Content-Type"), "html") ||
		!strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("A-007, A-080: %d %v", got.status, got.header)
	}
	part := &client{h: h, cookie: it.amy.cookie, header: http.Header{"Range": {"bytes=0-3"}}}
	if got := part.call("GET", "/files/"+string(a.ID), nil); got.status != http.StatusPartialContent || got.body != "<scr" {
		t.Errorf("A-021: a range: %d %q", got.status, got.body)
	}
	for who, c := range map[string]*client{"bob": h.as("bob"), "nobody": h.nobody(), "another visitor": h.visitor("c9")} {
		for _, path := range []string{"/files/" + string(a.ID), "/api/attachments/" + string(a.ID) + "/link", ownFiles + "/" + string(a.ID) + "/link"} {
			if got := c.call("GET", path, nil); got.status != http.StatusNotFound && got.status != http.StatusUnauthorized {
				t.Errorf("A-021, A-022, A-028: %s gets %s: %d", who, path, got.status)
			}
		}
	}
	if got := h.as("sam").call("GET", "/files/"+string(a.ID), nil); got.status != http.StatusOK {
		t.Errorf("A-021: a supervisor: %d", got.status)
	}
}

// TestFileLinks A-021: an address opens one file for a while, and no other.
func TestFileLinks(t *testing.T) {
	h := open(t)
	it := h.served("c1")
	var a, b parley.Attachment
	it.vera.sends(ownFiles, "a.png", pngOf(10, 10)).into(t, &a)
	it.vera.sends(ownFiles, "b.png", pngOf(20, 10)).into(t, &b)
	var link center.Link
	it.vera.call("GET", ownFiles+"/"+string(a.ID)+"/link", nil).into(t, &link)
	if got := h.nobody().call("GET", link.URL, nil); got.status != http.StatusOK {
		t.Errorf("A-021: %d", got.status)
	}
	until := fmt.Sprint(link.Until)
	for _, bad := range []string{
		strings.Replace(link.URL, string(a.ID), string(b.ID), 1),
		strings.Replace(link.URL, "until="+until, "until="+fmt.Sprint(link.Until+1), 1),
		strings.Replace(link.URL, "until="+until, "until=1", 1),
		link.URL[:len(link.URL)-2] + "00", strings.Split(link.URL, "&sig=")[0] + "&sig=x",
	} {
		if got := h.nobody().call("GET", bad, nil); got.status != http.StatusNotFound {
			t.Errorf("A-021: %s: %d", bad, got.status)
		}
	}
}

// TestUploads: what is too large, does something or is
// somebody else's is refused.
func TestUploads(t *testing.T) {
	h := open(t)
	it := h.served("c1")
	path := "/api/interactions/" + it.interaction + "/attachments"
	big := append(pngOf(2, 2), make([]byte, center.FileBytesMax)...)
	for _, c := range []struct {
		name string
		got  answer
		want int
	}{
		{"A-006: a picture that runs", it.amy.sends(path, "x.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`)), 422},
		{"A-072: an empty one", it.amy.sends(path, "x.png", nil), 422},
		{"A-060: a large one", it.amy.sends(path, "x.png", big), 413},
		{"A-079: by another agent", h.as("bob").sends(path, "x.png", pngOf(2, 2)), 404},
		{"A-079: by nobody", h.nobody().sends(path, "x.png", pngOf(2, 2)), 401},
		{"A-079: by a visitor", it.vera.sends(path, "x.png", pngOf(2, 2)), 401},
		{"no form", it.amy.call("POST", path, map[string]any{}), 415},
		{"a form without a file", it.amy.sends("/api/public/conversation/attachments", "x.png", nil), 401},
	} {
		if c.got.status != c.want {
			t.Errorf("%s: %d %s, want %d", c.name, c.got.status, c.got.body, c.want)
		}
	}
	var a parley.Attachment
	it.amy.sends(path, "x.png", pngOf(2, 2)).into(t, &a)
	say := map[string]any{"client_id": uid("v1"), "text": "", "files": []parley.AttachmentID{a.ID}}
	if got := it.vera.call("POST", "/api/public/conversation/messages", say); got.status != http.StatusUnprocessableEntity {
		t.Errorf("A-079: a visitor sends an agent's file: %d %s", got.status, got.body)
	}
	if got := it.vera.call("DELETE", ownFiles+"/"+string(a.ID), nil); got.status != http.StatusNotFound {
		t.Errorf("A-079: a visitor drops an agent's file: %d", got.status)
	}
	if got := it.amy.call("DELETE", "/api/attachments/"+string(a.ID), nil); got.status != http.StatusNoContent {
		t.Errorf("A-079: %d %s", got.status, got.body)
	}
	if got := it.amy.call("GET", "/files/"+string(a.ID), nil); got.status != http.StatusNotFound {
		t.Errorf("A-079: a dropped file is there: %d", got.status)
	}
	last := 0
	for range 30 {
		last = it.vera.sends(ownFiles, "x.png", pngOf(2, 2)).status
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("A-076: thirty files that are not sent: %d", last)
	}
}

// TestFileNames: a name is never part of a path, and a browser is
// told it safely.
func TestFileNames(t *testing.T) {
	h := open(t)
	it := h.served("c1")
	for name, want := range map[string]string{
		"../../x": "x", `C:\secret\x.txt`: "x.txt", "CON": "CON", ".htaccess": "htaccess", "a%2f..": "a%2f",
		"invoice\u202egnp.exe": "invoicegnp.exe", "a%0D%0ASet-Cookie: x.png": "a%0D%0ASet-Cookie: x.png", strings.Repeat("n", 4096) + ".pdf": strings.Repeat("n", 196) + ".pdf",
		"caf\u00e9.txt": "caf\u00e9.txt",
	} {
		var a parley.Attachment
		up := it.amy.sends("/api/interactions/"+it.interaction+"/attachments", name, []byte("hello"))
		if up.into(t, &a); a.Name != want {
			t.Errorf("A-075: %.40q is %.40q, want %.40q", name, a.Name, want)
		}
		got := it.amy.call("GET", "/files/"+string(a.ID), nil)
		how := got.header.Get("Content-Disposition")
		if got.status != http.StatusOK || strings.ContainsAny(how, "\r\n\\") || strings.Contains(how, `="..`) || strings.Contains(how, `="CON"`) || got.header.Get("Set-Cookie") != "" {
			t.Errorf("A-075: %.40q: %d %.80s", name, got.status, how)
		}
		it.amy.call("DELETE", "/api/attachments/"+string(a.ID), nil)
	}
}

// TestFileOrigin A-007: files have an origin of their own, where nothing else is.
func TestFileOrigin(t *testing.T) {
	h := open(t, func(o *Options) { o.Files = "http://files.example" })
	it := h.served("c1")
	var a parley.Attachment
	it.amy.sends("/api/interactions/"+it.interaction+"/attachments", "x.png", pngOf(2, 2)).into(t, &a)
	got := it.amy.call("GET", "/files/"+string(a.ID), nil)
	to := got.header.Get("Location")
	if got.status != http.StatusFound || !strings.Contains(to, "sig=") {
		t.Fatalf("A-007: %d %s", got.status, to)
	}
	there := &client{h: h, cookie: it.amy.cookie, header: http.Header{"Host": {"files.example"}}}
	link := to[strings.Index(to, "/files/"):]
	if got := there.call("GET", link, nil); got.status != http.StatusOK || got.header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("A-007: %d %v", got.status, got.header)
	}
	for _, path := range []string{"/", "/api/session", "/files/" + string(a.ID), "/w.js"} {
		if got := there.call("GET", path, nil); got.status != http.StatusNotFound {
			t.Errorf("A-007: %s is there too: %d", path, got.status)
		}
	}
	if got := it.amy.call("GET", "/", nil); !strings.Contains(got.header.Get("Content-Security-Policy"), "img-src 'self' data: http://files.example;") {
		t.Errorf("A-007: %s", got.header.Get("Content-Security-Policy"))
	}
}
