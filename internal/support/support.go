// Package support is the Support Center: the center's public page, with what it
// can say and the ways to reach it. Its pages are made here, whole, and need no
// script.
//
// Begin with support.go; view.go is what a page is made of.
package support

import (
	"bytes"
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"parley"
	"parley/internal/center"
	"parley/internal/knowledge"
)

// Doors are what the pages ask of the server that shows them.
type Doors struct {
	Knowledge *knowledge.Knowledge
	// Leave keeps a message. Errors: those of center.Leave.
	Leave func(ctx context.Context, at parley.EntryPointID, left center.Left) error
	// Door is an entry point as its visitors see it. Errors: those of center.Door.
	Door func(ctx context.Context, at parley.EntryPointID, language string) (center.Door, error)
	// Guard lets somebody ask; contact: leave a message. Errors: parley.ErrRateLimited.
	Guard func(r *http.Request, contact bool) error
	// Origin is where the page's addresses begin: https://host.
	Origin func(r *http.Request) string
	// Administers reports whether an administrator is looking.
	Administers func(r *http.Request) bool
	Refuse      func(w http.ResponseWriter, r *http.Request, err error)
}

//go:embed files
var files embed.FS

// supportPolicy lets a page of the Support Center show our styles, our pictures
// and the widget, and nothing else.
//
// Source: A-120.
const policy = "default-src 'none'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; frame-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'"

// tongue is a language the page speaks: as an address says it, and as browsers do.
type tongue struct{ Lang, Tag, Name string }

var (
	tongues  = []tongue{{"en", "en", "English"}, {"fr", "fr-CA", "Fran\u00e7ais"}}
	speaking = language.NewMatcher([]language.Tag{language.English, language.CanadianFrench})
)

// Site is the Support Center of one server.
type Site struct {
	Doors
	page  *template.Template
	texts map[string]map[string]string // by tongue
}

// New makes its pages ready.
func New(d Doors) *Site {
	site := &Site{Doors: d, page: template.Must(template.New("").Funcs(template.FuncMap{
		"trusted": func(link string) template.URL { return template.URL(link) }, // Parse lets only some kinds through
	}).ParseFS(files, "files/page.html"))}
	raw, err := files.ReadFile("files/texts.json")
	if err == nil {
		err = json.Unmarshal(raw, &site.texts)
	}
	if err != nil {
		panic(fmt.Sprintf("texts of the support center: %v", err)) // a broken file of ours
	}
	return site
}

// Pages adds them.
//
// Source: SUP-01 to SUP-04.
func (s *Site) Pages(mux *http.ServeMux) {
	mux.HandleFunc("GET /support", s.door)
	mux.HandleFunc("GET /support/style.css", s.style)
	mux.HandleFunc("GET /support/sitemap.xml", s.sitemap)
	mux.HandleFunc("GET /support/images/{sum}", s.image)
	mux.HandleFunc("GET /robots.txt", s.robots)
	for _, t := range tongues {
		base := " /support/" + t.Lang
		mux.HandleFunc("GET"+base, s.serve(t, s.home))
		mux.HandleFunc("GET"+base+"/faqs/{id}/{slug}", s.serve(t, s.faq))
		mux.HandleFunc("GET"+base+"/faqs/{id}", s.serve(t, s.faq))
		mux.HandleFunc("GET"+base+"/chat", s.serve(t, s.chat))
		mux.HandleFunc("GET"+base+"/contact", s.serve(t, s.contact))
		mux.HandleFunc("POST"+base+"/contact", s.serve(t, s.contact))
		mux.HandleFunc(base[1:]+"/", s.serve(t, func(*view, *http.Request) error { return parley.ErrNotFound }))
	}
}

// serve serves one page: make fills it in.
func (s *Site) serve(t tongue, make func(*view, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := s.Guard(r, false); err != nil {
			s.Refuse(w, r, err)
			return
		}
		page, err := s.Knowledge.Page(r.Context())
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		whose, err := s.Knowledge.Center(r.Context())
		if err != nil {
			s.Refuse(w, r, err)
			return
		}
		v := &view{
			tongue: t, Page: page, T: s.texts[t.Lang], Nonce: rand.Text(), public: s.Origin(r), site: s, status: http.StatusOK,
			Accent: template.CSS(page.Accent), OnAccent: template.CSS(onColor(page.Accent)),
		}
		v.Name, v.Center = v.T["title"], whose
		v.Preview = !page.Enabled && s.Administers(r)
		v.Hidden = v.Preview
		if !page.Enabled && !v.Preview {
			err = parley.ErrNotFound
		} else {
			err = make(v, r)
		}
		s.send(w, r, v, err)
	}
}

// door leads to the page in the visitor's language.
func (s *Site) door(w http.ResponseWriter, r *http.Request) {
	_, i := language.MatchStrings(speaking, r.Header.Get("Accept-Language"))
	w.Header().Set("Vary", "Accept-Language")
	http.Redirect(w, r, "/support/"+tongues[i].Lang, http.StatusFound)
}

// home is the first page: what can be asked, and the ways to get help.
func (s *Site) home(v *view, r *http.Request) (err error) {
	v.Kind = "home"
	v.Heading, v.About = v.Page.Title.In(v.Lang), v.Page.Intro.In(v.Lang)
	if v.Heading == "" {
		v.Heading = v.Name
	}
	if !v.Page.FAQs {
		return nil
	}
	if v.Query = strings.TrimSpace(r.URL.Query().Get("q")); len(v.Query) > 200 {
		v.Query = strings.ToValidUTF8(v.Query[:200], "")
	}
	if v.Query == "" {
		v.Shelves, err = s.Knowledge.Shelves(r.Context(), v.Tag)
		return err
	}
	v.Hidden = true
	v.Answers, err = s.Knowledge.Search(r.Context(), v.Tag, v.Query)
	text := v.T["found"]
	if len(v.Answers) == 0 {
		text = v.T["none"]
	}
	v.Found = fmt.Sprintf(text, v.Query)
	return err
}

// faq is one answer, at its one address.
func (s *Site) faq(v *view, r *http.Request) error {
	if !v.Page.FAQs {
		return parley.ErrNotFound
	}
	all, err := s.Knowledge.Published(r.Context(), parley.FAQID(r.PathValue("id")))
	if err != nil {
		return err
	}
	found := false
	v.Switch = []otherView{}
	for _, a := range all {
		for _, t := range tongues {
			if a.Language != t.Tag {
				continue
			}
			v.Switch = append(v.Switch, otherView{t.Tag, t.Name, answerPath(t.Lang, a)})
			if t == v.tongue {
				v.Answer, found = a, true
			}
		}
	}
	if !found {
		v.Switch = nil
		return parley.ErrNotFound
	}
	v.Kind, v.Heading, v.Path = "faq", v.Answer.Question, strings.TrimPrefix(v.Link(v.Answer), "/support/"+v.Lang)
	if r.PathValue("slug") != v.Answer.Slug() {
		v.forward = v.Link(v.Answer)
		return nil
	}
	if v.About = strings.Join(strings.Fields(v.Answer.Text), " "); len(v.About) > 160 {
		v.About = strings.ToValidUTF8(v.About[:157], "") + "..."
	}
	v.Data = map[string]any{
		"@context": "https://schema.org", "@type": "FAQPage", "inLanguage": v.Tag,
		"mainEntity": []any{map[string]any{
			"@type": "Question", "name": v.Answer.Question,
			"acceptedAnswer": map[string]any{"@type": "Answer", "text": v.Answer.Text},
		}},
	}
	shelves, err := s.Knowledge.Shelves(r.Context(), v.Tag)
	for _, shelf := range shelves {
		for _, a := range shelf.Answers {
			if shelf.ID == v.Answer.Category && a.ID != v.Answer.ID && len(v.More) < 5 {
				v.More = append(v.More, a)
			}
		}
	}
	return err
}

// chat shows the widget of the Support Center's entry point, whose customers
// write 500 characters at a time.
//
// Source: SUP-02.
func (s *Site) chat(v *view, _ *http.Request) error {
	if !v.Page.Chat || v.Page.EntryPoint == "" {
		return parley.ErrNotFound
	}
	v.Kind, v.Heading, v.Path = "chat", v.T["chat_title"], "/chat"
	return nil
}

// contact takes a message that is answered by e-mail. It is kept as a
// missed contact, as one that is left out of hours.
//
// Source: SUP-01, SCR-07, A-105.
func (s *Site) contact(v *view, r *http.Request) (err error) {
	if !v.Page.Email || v.Page.EntryPoint == "" {
		return parley.ErrNotFound
	}
	v.Kind, v.Heading, v.Path, v.TextMax = "contact", v.T["email_title"], "/contact", center.QuestionMax
	v.Form.ClientID = newUUID()
	if v.Door, err = s.Door(r.Context(), v.Page.EntryPoint, v.Tag); err != nil {
		return err
	}
	if r.Method != http.MethodPost {
		return nil
	}
	v.Hidden = true
	if err := r.ParseForm(); err != nil {
		return parley.ErrBadRequest
	}
	v.Form = center.Left{
		ClientID: r.PostFormValue("client_id"), Name: r.PostFormValue("name"), Email: r.PostFormValue("email"), Text: r.PostFormValue("text"),
		Consent: r.PostFormValue("consent"),
	}
	thanks := fmt.Sprintf(v.T["sent_text"], v.Form.Email)
	if r.PostFormValue("website") != "" { // no person sees that field
		v.Sent = thanks
		return nil
	}
	err = s.Guard(r, true)
	if err == nil {
		err = s.Leave(r.Context(), v.Page.EntryPoint, v.Form)
	}
	if err == nil {
		v.Sent = thanks
		return nil
	}
	return v.blame(err)
}

// style serves the page's style.
func (s *Site) style(w http.ResponseWriter, r *http.Request) {
	body, err := files.ReadFile("files/style.css")
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/css; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=3600")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// image serves a picture of an answer. Its name is its content, so it
// never changes.
func (s *Site) image(w http.ResponseWriter, r *http.Request) {
	row, body, err := s.Knowledge.OpenImage(r.Context(), r.PathValue("sum"))
	if err != nil {
		s.Refuse(w, r, err)
		return
	}
	defer func() { _ = body.Close() }()
	h := w.Header()
	h.Set("Content-Type", row.Type)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", `"`+row.Sum[:32]+`"`)
	http.ServeContent(w, r, "", time.Time{}, body)
}
