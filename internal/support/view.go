package support

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"parley"
	"parley/internal/center"
	"parley/internal/knowledge"
)

// view is one page of the Support Center on its way out.
type view struct {
	tongue
	Kind     string // home, faq, chat, contact, missing
	Name     string
	Center   string // whose page it is, "" before anybody named it
	Heading  string
	About    string
	Path     string // behind the language: "/faqs/..."
	Hidden   bool   // kept out of search engines
	Preview  bool   // only administrators see it yet
	Nonce    string
	Accent   template.CSS
	OnAccent template.CSS
	Data     any // for search engines
	T        map[string]string
	Page     parley.SupportPage
	Others   []otherView // the page in every language it has
	Switch   []otherView

	Query   string
	Found   string
	Answers []knowledge.Answer
	Shelves []knowledge.Shelf
	Answer  knowledge.Answer
	More    []knowledge.Answer

	Door    center.Door // where a message is left
	Form    center.Left
	Faults  map[string]string
	Fault   string
	Sent    string
	TextMax int

	public  string
	site    *Site
	status  int
	forward string // another address of the same page
}

// otherView is a page in one language.
type otherView struct{ Tag, Name, URL string }

// Link is the address of an answer.
func (v *view) Link(a knowledge.Answer) string { return answerPath(v.Lang, a) }

// Canonical is the one address of the page.
func (v *view) Canonical() string { return v.public + "/support/" + v.Lang + v.Path }

func answerPath(lang string, a knowledge.Answer) string {
	return "/support/" + lang + "/faqs/" + string(a.ID) + "/" + a.Slug()
}

// send sends a page, or says what was wrong with it.
func (s *Site) send(w http.ResponseWriter, r *http.Request, v *view, err error) {
	switch {
	case errors.Is(err, parley.ErrNotFound):
		v.Kind, v.Heading, v.Hidden, v.status = "missing", v.T["missing"], true, http.StatusNotFound
	case err != nil:
		s.Refuse(w, r, err)
		return
	case v.forward != "":
		http.Redirect(w, r, v.forward, http.StatusMovedPermanently)
		return
	}
	if v.Switch == nil {
		for _, t := range tongues {
			other := otherView{t.Tag, t.Name, "/support/" + t.Lang + v.Path}
			if v.Query != "" {
				other.URL += "?" + url.Values{"q": {v.Query}}.Encode()
			}
			v.Switch = append(v.Switch, other)
		}
	}
	if v.Others == nil {
		for _, o := range v.Switch {
			v.Others = append(v.Others, otherView{o.Tag, o.Name, v.public + o.URL})
		}
	}
	var body bytes.Buffer
	if err := v.site.page.ExecuteTemplate(&body, "page", v); err != nil {
		s.Refuse(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.Tag)
	h.Set("Cache-Control", "no-cache")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Content-Security-Policy", strings.ReplaceAll(policy, "{nonce}", v.Nonce))
	if v.Hidden {
		h.Set("X-Robots-Tag", "noindex")
	}
	w.WriteHeader(v.status)
	_, _ = w.Write(body.Bytes())
}

// blame says what is wrong with what somebody left.
func (v *view) blame(err error) error {
	var e *parley.Error
	if !errors.As(err, &e) {
		return err
	}
	v.status, v.Faults = http.StatusUnprocessableEntity, map[string]string{}
	say := func(code string) string {
		if text, ok := v.T["fault_"+code]; ok {
			return text
		}
		return v.T["fault_other"]
	}
	switch {
	case errors.Is(err, parley.ErrRateLimited):
		v.status, v.Fault = http.StatusTooManyRequests, say("busy")
	case errors.Is(err, parley.ErrConsentRequired): // said beside the box
	case errors.Is(err, parley.ErrTextTooLong):
		v.Faults["text"] = say("too_long")
	case len(e.Fields) > 0:
		for _, f := range e.Fields {
			if v.Faults[f.Field] = say(f.Code); f.Field == "client_id" {
				v.Form.ClientID, v.Fault = newUUID(), say("other")
			}
		}
	default:
		v.Fault = say("other")
	}
	if ask := v.Door.Consent; ask != nil && v.Form.Consent != ask.Version {
		v.Faults["consent"] = say("consent")
	}
	return nil
}

// webAddress is one in a text that nobody marked.
var webAddress = regexp.MustCompile(`https?://[^\s<>"]*[\w/#=&-]`)

// stretch is a part of a plain text: an address that can be followed, or not.
type stretch struct{ Text, Link string }

// Terms is what must be agreed to before a message is left, with its web addresses
// as links.
func (v *view) Terms() (out []stretch) {
	text, from := v.Door.Consent.Text, 0
	for _, at := range webAddress.FindAllStringIndex(text, -1) {
		link := text[at[0]:at[1]]
		out, from = append(out, stretch{Text: text[from:at[0]]}, stretch{link, link}), at[1]
	}
	return append(out, stretch{Text: text[from:]})
}

// newUUID makes a version 4 UUID, by which a form that is sent twice is known.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
