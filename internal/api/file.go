package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley"
	"parley/internal/center"
)

// How long a file may take on a slow line.
const (
	uploadWithin   = 5 * time.Minute
	downloadWithin = 10 * time.Minute
)

// uploadBytesMax is the largest body with a file: the file, and what stands around
// it.
const uploadBytesMax = center.FileBytesMax + 64<<10

// fileOperations are sending and getting files; files.go of center says who may.
func (s *Server) fileOperations() {
	a := s.api
	takeFile(a, "/api/interactions/{id}/attachments", "add-attachment", parley.MayServe, s.addAttachment)
	del(a, "/api/attachments/{id}", "drop-attachment", parley.MayServe, dropAttachment)
	put(a, "/api/attachments/{id}/retry", "retry-attachment", "", retryAttachment)
	get(a, "/api/attachments/{id}/link", "get-attachment-link", "", getAttachmentLink)
	const own = "/api/public/conversation/attachments"
	takeFile(a, own, "add-own-attachment", "", s.addOwnAttachment)
	del(a, own+"/{id}", "drop-own-attachment", "", dropOwnAttachment)
	get(a, own+"/{id}/link", "get-own-attachment-link", "", getOwnAttachmentLink)
}

// takeFile registers an operation whose body is a form with one file. It is not
// read before it is known whose it is.
func takeFile[I, O any](a huma.API, path, id string, p parley.Permission, h handler[I, O]) {
	op := operation(http.MethodPost, path, id, p)
	op.DefaultStatus = http.StatusCreated
	register(a, op, h)
	// Said only now: huma would read whatever it knows of.
	a.OpenAPI().Paths[path].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: &huma.Schema{
			Type: "object", Required: []string{"file"},
			Properties: map[string]*huma.Schema{"file": {Type: "string", Format: "binary", Description: "the file, with its name; 25 MiB at most"}},
		}},
	}}
}

// Form is a form that is still to be read.
type Form struct {
	w    http.ResponseWriter
	r    *http.Request
	kind string
}

// Resolve takes the form at hand, and reads nothing of it.
func (f *Form) Resolve(ctx huma.Context) []error {
	f.r, f.w = humago.Unwrap(ctx)
	f.kind = ctx.Header("Content-Type")
	return nil
}

// file finds the file in a form and lets keep read it as it comes.
//
// Errors: parley.ErrBadRequest, ErrTooLarge, and what keep says.
func (f *Form) file(now time.Time, keep func(center.Upload) (parley.Attachment, error)) (*out[parley.Attachment], error) {
	kind, params, err := mime.ParseMediaType(f.kind)
	if err != nil || kind != "multipart/form-data" {
		return nil, &Problem{Status: http.StatusUnsupportedMediaType, Code: "unsupported_media_type"}
	}
	control, until := http.NewResponseController(f.w), now.Add(uploadWithin)
	_ = control.SetReadDeadline(until) // where it cannot be set, the server's own counts
	_ = control.SetWriteDeadline(until.Add(writeAfter))
	form := multipart.NewReader(f.r.Body, params["boundary"])
	part, err := form.NextPart()
	if err != nil {
		return nil, problem(broken(err))
	}
	if part.FormName() != "file" {
		return nil, problem(parley.ErrInvalid(parley.FieldError{Field: "file", Code: "required"}))
	}
	body := &watched{Reader: part}
	kept, err := keep(center.Upload{Name: partName(part), Body: body})
	if err != nil && body.err != nil {
		err = broken(body.err)
	}
	return reply(kept, err)
}

// writeAfter is what is left to answer in.
const writeAfter = 30 * time.Second

// watched remembers what went wrong with reading: the other end's fault, not ours.
type watched struct {
	io.Reader
	err error
}

// Read reads.
func (r *watched) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

// broken says what is wrong with a form that cannot be read to its end.
func broken(err error) error {
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		return parley.ErrTooLarge.With(map[string]any{"limit": center.FileBytesMax})
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errSlow
	}
	return parley.ErrBadRequest
}

// partName is a file's name as the browser says, in whatever way.
func partName(p *multipart.Part) string {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}

type attachmentUpload struct {
	InteractionInput
	Form Form
}

func (s *Server) addAttachment(ctx context.Context, in *attachmentUpload) (*out[parley.Attachment], error) {
	if down := s.at.Ledger.Down(); down != nil { // a file would fill what is kept for drafts
		return nil, problem(down)
	}
	return in.Form.file(s.clock.Now(), func(up center.Upload) (parley.Attachment, error) {
		return in.Me.at.Center.Upload(ctx, in.Me.Actor, in.ID, up)
	})
}

type ownUpload struct {
	Guest Guest
	Form  Form
}

// addOwnAttachment takes a visitor's file. One address sends only so many.
func (s *Server) addOwnAttachment(ctx context.Context, in *ownUpload) (*out[parley.Attachment], error) {
	if down := s.at.Ledger.Down(); down != nil {
		return nil, problem(down)
	}
	if err := s.guards.uploads.take(in.Guest.IP); err != nil {
		return nil, problem(err)
	}
	return in.Form.file(s.clock.Now(), func(up center.Upload) (parley.Attachment, error) {
		return in.Guest.at.Center.VisitorUpload(ctx, in.Guest.Actor, up)
	})
}

type attachmentInput struct {
	Me Me
	ID parley.AttachmentID `path:"id" maxLength:"64"`
}

func dropAttachment(ctx context.Context, in *attachmentInput) (*struct{}, error) {
	return done(in.Me.at.Center.DropUpload(ctx, in.Me.Actor, in.ID))
}

func retryAttachment(ctx context.Context, in *attachmentInput) (*struct{}, error) {
	return done(in.Me.at.Center.FetchAgain(ctx, in.Me.Actor, in.ID))
}

func getAttachmentLink(ctx context.Context, in *attachmentInput) (*out[center.Link], error) {
	return reply(in.Me.at.Center.Link(ctx, in.Me.Actor, in.ID))
}

type ownAttachmentInput struct {
	Guest Guest
	ID    parley.AttachmentID `path:"id" maxLength:"64"`
}

func dropOwnAttachment(ctx context.Context, in *ownAttachmentInput) (*struct{}, error) {
	return done(in.Guest.at.Center.DropUpload(ctx, in.Guest.Actor, in.ID))
}

func getOwnAttachmentLink(ctx context.Context, in *ownAttachmentInput) (*out[center.Link], error) {
	return reply(in.Guest.at.Center.Link(ctx, in.Guest.Actor, in.ID))
}

// download serves a file: to people by their session, to everybody else by an
// address that opens it for a while. If files have an origin of their own, people
// are sent there.
//
// Source.
func (s *Server) download(thumb bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, query := parley.AttachmentID(r.PathValue("id")), r.URL.Query()
		if signature := query.Get("sig"); signature != "" {
			until, _ := strconv.ParseInt(query.Get("until"), 10, 64) // 0 is long ago
			f, err := s.at.Center.OpenLink(r.Context(), id, until, signature, thumb)
			s.sendFile(w, r, f, err)
			return
		}
		me, _, err := s.identify(r.Context(), r.Header.Get("Authorization"), r.Header.Get("Cookie"))
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		if s.files == "" {
			f, err := s.at.Center.OpenFile(r.Context(), me, id, thumb)
			s.sendFile(w, r, f, err)
			return
		}
		link, err := s.at.Center.Link(r.Context(), me, id)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		if thumb {
			link.URL = link.Thumb
		}
		http.Redirect(w, r, link.URL, http.StatusFound)
	}
}

// sendFile sends an open file, so that nothing in it can do anything where it is
// shown, and no part of it is guessed to be something else.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, f *center.File, err error) {
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	defer func() { _ = f.Body.Close() }()
	_ = http.NewResponseController(w).SetWriteDeadline(s.clock.Now().Add(downloadWithin)) // a slow line is no fault
	kind, how := "application/octet-stream", "attachment"
	if f.Inline {
		kind, how = f.Type, "inline"
	} else if strings.HasPrefix(f.Type, "text/") {
		kind = "text/plain; charset=utf-8"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition(how, f))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, max-age=300, no-transform")
	h.Set("ETag", `"`+f.Sum[:32]+`"`)
	if s.files != "" {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin") // our pages are of another origin
	}
	http.ServeContent(w, r, "", time.Time{}, f.Body)
}

// disposition is how a browser treats a file and what it calls it: in ASCII for
// old ones, and as it is.
//
// Source: A-075, RFC 6266, RFC 8187.
func disposition(how string, f *center.File) string {
	name := f.Name
	if name == "" {
		name = string(f.ID)
	}
	plain := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || r < ' ' || strings.ContainsRune(`"\%/:*?<>|`, r) {
			return '_'
		}
		return r
	}, name)
	if reserved[strings.ToUpper(strings.TrimSuffix(plain, path.Ext(plain)))] || strings.HasPrefix(plain, ".") {
		plain = "_" + plain
		name = "_" + name
	}
	return how + `; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// reserved are names that are devices somewhere.
var reserved = map[string]bool{
	"CON": true, "PRN": true, "AUX": true, "NUL": true, "COM1": true, "COM2": true, "COM3": true, "COM4": true, "COM5": true,
	"COM6": true, "COM7": true, "COM8": true, "COM9": true, "LPT1": true, "LPT2": true, "LPT3": true, "LPT4": true,
	"LPT5": true, "LPT6": true, "LPT7": true, "LPT8": true, "LPT9": true,
}

// apart lets nothing but files be asked for at their own origin.
//
// Source: A-007.
func (s *Server) apart(next http.Handler) http.Handler {
	own, err := url.Parse(s.files)
	if s.files == "" || err != nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.EqualFold(r.Host, own.Host) && (!strings.HasPrefix(r.URL.Path, "/files/") || r.URL.Query().Get("sig") == "") {
			s.refuse(w, r, parley.ErrNotFound)
			return
		}
		next.ServeHTTP(w, r)
	})
}
