package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"parley"
	"parley/web"
)

// pages serves the built front end: assets as they are, immutable and
// compressed; pages rendered per request, with the nonce of their policy.
type pages struct {
	files fs.FS
	mu    sync.Mutex // owns kept
	kept  map[string]*file
}

// file is one asset, read and compressed when it is first asked for.
type file struct {
	kind string // Content-Type
	etag string
	body []byte
	gzip []byte // nil if compressing gains nothing
}

// nonceMark is what a built page has in the place of the nonce.
const nonceMark = "__NONCE__"

func newPages() *pages { return &pages{files: web.Files(), kept: map[string]*file{}} }

// kinds are the content types we serve, so that no machine's registry decides.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".ico": "image/x-icon",
	".js": "text/javascript; charset=utf-8", ".json": "application/json", ".mp3": "audio/mpeg", ".ogg": "audio/ogg",
	".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".wav": "audio/wav",
	".webmanifest": "application/manifest+json", ".webp": "image/webp", ".woff2": "font/woff2",
}

// get returns a file of the build. Errors: parley.ErrNotFound; source maps and
// hidden files are not there.
func (p *pages) get(name string) (*file, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f, ok := p.kept[name]; ok {
		return f, nil
	}
	kind, ok := kinds[path.Ext(name)]
	if !ok || !fs.ValidPath(name) || strings.HasPrefix(path.Base(name), ".") {
		return nil, parley.ErrNotFound
	}
	body, err := fs.ReadFile(p.files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, parley.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	f := &file{kind: kind, body: body, etag: `"` + hex.EncodeToString(sum[:8]) + `"`}
	if packed, err := fs.ReadFile(p.files, name+".gz"); err == nil {
		f.gzip = packed
	} else if packed := compress(body); len(packed) < len(body) && mime.TypeByExtension(".png") != kind {
		f.gzip = packed
	}
	p.kept[name] = f
	return f, nil
}

func compress(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level exists
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

// serveFile sends a file. Names with a hash in them never change; the others are
// asked for again each time and answered 304.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, name string, immutable bool) {
	f, err := s.pages.get(name)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Content-Type", f.kind)
	h.Set("ETag", f.etag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	if r.Header.Get("If-None-Match") == f.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.body
	if f.gzip != nil && headerHas(r.Header, "Accept-Encoding", "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.gzip
	}
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body)
}

// servePage renders a page with the nonce of this answer. Ancestors are the
// sites that may frame it.
func (s *Server) servePage(w http.ResponseWriter, r *http.Request, name string, ancestors []string) {
	body := web.Stub
	if f, err := s.pages.get(name); err == nil {
		body = f.body
	}
	nonce := newNonce()
	h := w.Header()
	h.Set("Content-Type", kinds[".html"])
	types := "default"
	if strings.HasPrefix(name, "widget/") { // it is shown on others' sites, and makes none
		types = "'none'"
	}
	if strings.HasPrefix(r.URL.Path, panelAt) { // it loads the library of the CRM that frames it
		types += " crm"
	}
	h.Set("Content-Security-Policy", s.policy(r, nonce, types, ancestors))
	if len(ancestors) > 0 {
		h.Del("X-Frame-Options")
		h.Del("Cross-Origin-Opener-Policy")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	_, _ = w.Write(bytes.ReplaceAll(body, []byte(nonceMark), []byte(nonce)))
}

// assets serves the hashed files of one part of the build.
func (s *Server) assets(part string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.serveFile(w, r, part+"/assets/"+r.PathValue("file"), true)
	}
}

// app serves the one application: its routes are the browser's, so every path
// that is no file of ours gets the same page.
func (s *Server) app(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead, strings.Contains(r.URL.Path, "/."):
		s.refuse(w, r, parley.ErrNotFound)
	case isFile(name):
		s.serveFile(w, r, "app/"+name, false)
	default:
		s.servePage(w, r, "app/index.html", s.besidePhones())
	}
}

// isFile tells a file's name from a page's address, whose last part may be an
// offer's id and end in .1, or a field's key as customer.email.
func isFile(name string) bool {
	ext := path.Ext(name)
	return len(ext) > 1 && (ext[1] < '0' || ext[1] > '9') && !strings.HasPrefix(name, "admin/fields/")
}

// loader serves the widget's loader, which any site may include.
func (s *Server) loader(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	s.serveFile(w, r, "w.js", false)
}

// frame serves the widget's page, framed by ourselves and the sites its entry
// point allows.
func (s *Server) frame(w http.ResponseWriter, r *http.Request) {
	e, err := s.at.Center.EntryPoint(r.Context(), parley.EntryPointID(r.PathValue("entry_point")))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.servePage(w, r, "widget/index.html", append([]string{ourselves}, e.AllowedOrigins...))
}

// shop serves the demo pages; only a demo center has them.
func (s *Server) shop(w http.ResponseWriter, r *http.Request) {
	if !s.demo {
		s.refuse(w, r, parley.ErrNotFound)
		return
	}
	switch name := r.PathValue("file"); {
	case name == "" || path.Ext(name) == "":
		if name == "" {
			name = "index"
		}
		s.servePage(w, r, "demo/"+name+".html", nil)
	case strings.HasPrefix(name, "assets/"):
		s.serveFile(w, r, "demo/"+name, true)
	default:
		s.serveFile(w, r, "demo/"+name, false)
	}
}
