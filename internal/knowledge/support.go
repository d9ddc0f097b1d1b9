package knowledge

import (
	"context"
	"regexp"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/store"
)

var color = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// SupportPage returns the public page's settings, for the form of administrators.
//
// Errors: parley.ErrForbidden.
// Source: SUP-01.
func (k *Knowledge) SupportPage(ctx context.Context, me parley.Actor) (parley.SupportPage, error) {
	if err := may(me, parley.MayAdminister); err != nil {
		return parley.SupportPage{}, err
	}
	return k.Page(ctx)
}

// Page returns the public page's settings, for the page itself.
func (k *Knowledge) Page(ctx context.Context) (parley.SupportPage, error) {
	p, err := k.Store.View().SupportPage(ctx)
	if p.Accent == "" {
		p.Accent = "#0c6577"
	}
	return p, err
}

// supportSubject is what the audit log calls the page.
const supportSubject = "support_page"

// SaveSupportPage replaces the public page's settings.
//
// Errors: parley.ErrForbidden, ErrConflict, an Invalid one naming every field at
// fault.
// Source: SUP-01, SUP-03.
func (k *Knowledge) SaveSupportPage(ctx context.Context, me parley.Actor, in parley.SupportPage) error {
	return k.administer(ctx, me, "save_support_page", func(ctx context.Context, v ledger.View) (ledger.Change, error) {
		old, err := v.SupportPage(ctx)
		if err != nil {
			return ledger.Change{}, err
		}
		if err := ledger.Current(ctx, v, supportSubject, old.Rev, in.Rev); err != nil {
			return ledger.Change{}, err
		}
		now := in
		now.Rev = old.Rev + 1
		now.SharingURL, now.Accent = strings.TrimSpace(in.SharingURL), strings.ToLower(in.Accent)
		now.Title = parley.Text{EN: identity.Text(in.Title.EN), FR: identity.Text(in.Title.FR)}
		now.Intro = parley.Text{EN: identity.Text(in.Intro.EN), FR: identity.Text(in.Intro.FR)}
		var f parley.Faults
		if err := checkPage(ctx, v, now, &f); err != nil {
			return ledger.Change{}, err
		}
		return ledger.Change{Subject: supportSubject, Before: old, After: now, Rows: func(r *store.Rows) { r.SaveSupportPage(now) }}, f.Err()
	})
}

func checkPage(ctx context.Context, v ledger.View, p parley.SupportPage, f *parley.Faults) error {
	for field, text := range map[string]parley.Text{"title": p.Title, "intro": p.Intro} {
		most := nameMax
		if field == "intro" {
			most = introMax
		}
		f.Text(field+".en", text.EN, 0, most)
		f.Text(field+".fr", text.FR, 0, most)
	}
	if p.Accent != "" && !color.MatchString(p.Accent) {
		f.Add("accent", "not_a_color")
	}
	f.Text("sharing_url", p.SharingURL, 0, addressMax)
	if p.SharingURL != "" && (!parley.SafeLink(p.SharingURL) || !strings.HasPrefix(p.SharingURL, "https://")) {
		f.Add("sharing_url", "not_a_url")
	}
	if p.Sharing && p.SharingURL == "" {
		f.Add("sharing_url", "required")
	}
	if p.EntryPoint == "" {
		if p.Chat || p.Email {
			f.Add("entry_point_id", "required")
		}
		return nil
	}
	e, err := v.EntryPoint(ctx, p.EntryPoint)
	switch {
	case absent(err):
		f.Add("entry_point_id", "unknown")
		return nil
	case err != nil:
		return err
	case e.Channel != parley.SupportCenter:
		f.Add("entry_point_id", "wrong_channel")
	case p.Email && !e.Script.OfflineForm:
		f.Add("entry_point_id", "no_offline_form")
	}
	return nil
}

// Shelf is a category with its answers, as a visitor sees it.
type Shelf struct {
	ID      string
	Name    string
	Answers []Answer
}

// Shelves returns the published answers in a language, by category; only those
// that have a text in it.
//
// Source: SUP-01.
func (k *Knowledge) Shelves(ctx context.Context, language string) ([]Shelf, error) {
	s, err := k.ready(ctx)
	if err != nil {
		return nil, err
	}
	shelves := []Shelf{}
	for _, c := range s.categories {
		name := parley.Text{EN: c.Name, FR: c.NameFR}
		one := Shelf{ID: c.ID, Name: name.In(language)}
		for _, a := range s.find(Query{Language: language, Category: c.ID}, len(s.faqs)) {
			if base(a.Language) == base(language) {
				one.Answers = append(one.Answers, a)
			}
		}
		if len(one.Answers) > 0 {
			shelves = append(shelves, one)
		}
	}
	return shelves, nil
}

// Center returns the center's name, as its public pages bear it.
func (k *Knowledge) Center(ctx context.Context) (string, error) {
	c, err := k.Store.View().Center(ctx)
	return c.Name, err
}

// Search returns the published answers that fit, as a visitor may see them.
func (k *Knowledge) Search(ctx context.Context, language, text string) ([]Answer, error) {
	s, err := k.ready(ctx)
	if err != nil {
		return nil, err
	}
	return s.find(Query{Text: text, Language: language}, answersMax), nil
}

// Published returns one published answer in every language it has.
//
// Errors: parley.ErrNotFound.
func (k *Knowledge) Published(ctx context.Context, id parley.FAQID) ([]Answer, error) {
	s, err := k.ready(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range s.faqs {
		if f.id != id {
			continue
		}
		all := []Answer{}
		for _, t := range f.texts {
			all = append(all, t.Answer)
		}
		return all, nil
	}
	return nil, parley.ErrNotFound
}
