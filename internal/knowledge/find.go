package knowledge

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"parley"
	"parley/internal/identity"
	"parley/internal/rich"
	"parley/internal/search"
)

// Query narrows a list of answers; zero fields do not.
type Query struct {
	Text     string
	Language string // answers that are not in it come last
	Category string
}

// Answer is a published FAQ in one language, as agents find it.
type Answer struct {
	ID       parley.FAQID `json:"id"`
	Category string       `json:"category_id"`
	Language string       `json:"language"`
	Question string       `json:"question"`
	Text     string       `json:"text" doc:"as plain text"`
	Rich     string       `json:"rich" doc:"as it was written, with its marks"`
	Blocks   []rich.Block `json:"blocks"`
	TextOnly bool         `json:"text_only" doc:"it has no pictures, also not among its letters"`
	Uses     int64        `json:"uses"`
}

// shelf is what is published, ready to be searched.
type shelf struct {
	age        int64 // of the center's knowledge when this was read
	categories []parley.FAQCategory
	faqs       []shelved
}

// shelved is a FAQ with its texts made ready.
type shelved struct {
	id       parley.FAQID
	category string
	texts    []prepared
}

// prepared is a text and the words it is found by.
type prepared struct {
	Answer
	question, answer []string
}

// answersMax bounds what one search answers.
//
// Unit: rows.
const answersMax = 50

// follow forgets what is ready when it has changed.
func (k *Knowledge) follow(batch []parley.Entry) {
	for _, e := range batch {
		if e.Kind == parley.KindConfigChanged && (strings.HasPrefix(e.Subject, "faq_") || strings.HasPrefix(e.Subject, "fqc_")) {
			k.age.Add(1)
			return
		}
	}
}

// ready returns what is published.
func (k *Knowledge) ready(ctx context.Context) (*shelf, error) {
	age := k.age.Load()
	if s := k.shelf.Load(); s != nil && s.age == age {
		return s, nil
	}
	v := k.Store.View()
	s := &shelf{age: age}
	var err error
	if s.categories, err = v.FAQCategories(ctx); err != nil {
		return nil, err
	}
	all, err := v.FAQs(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if !f.Active || f.Published == 0 {
			continue
		}
		entry := shelved{id: f.ID, category: f.Category}
		for _, t := range f.Texts {
			entry.texts = append(entry.texts, prepare(f, t))
		}
		s.faqs = append(s.faqs, entry)
	}
	k.shelf.Store(s)
	return s, nil
}

func prepare(f parley.FAQ, t parley.FAQText) prepared {
	a := Answer{
		ID: f.ID, Category: f.Category, Language: t.Language, Question: t.Question, Text: t.Plain, Rich: t.Rich,
		Blocks: rich.Parse(t.Rich), Uses: f.Uses,
	}
	if a.Text == "" {
		a.Text = rich.Plain(t.Rich)
	}
	a.TextOnly = len(rich.Images(t.Rich)) == 0 && !rich.Pictured(a.Text)
	return prepared{a, words(t.Question), words(a.Text)}
}

// words are the words of a text, as they are compared.
func words(text string) []string {
	return strings.FieldsFunc(identity.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// in returns the text in a language, else the first there is.
func (s shelved) in(language string) (prepared, bool) {
	for _, t := range s.texts {
		if language == "" || base(t.Language) == base(language) {
			return t, true
		}
	}
	if len(s.texts) == 0 {
		return prepared{}, false
	}
	return s.texts[0], true
}

func base(language string) string {
	tag, _, _ := strings.Cut(language, "-")
	return tag
}

// Find returns the published answers that fit, the best first; without words, by
// category. A word may be begun only, and one slip in five letters is forgiven; it
// may be of another language the answer has, too: an agent asks in their own.
// If no answer has all words, those that have most of them are found.
//
// Errors: parley.ErrForbidden.
// Source: FAQ-02, A-099.
func (k *Knowledge) Find(ctx context.Context, me parley.Actor, q Query) ([]Answer, error) {
	if err := may(me, parley.MayServe); err != nil {
		return nil, err
	}
	s, err := k.ready(ctx)
	if err != nil {
		return nil, err
	}
	return s.find(q, answersMax), nil
}

// hit is an answer and how well it fits.
type hit struct {
	Answer
	foreign bool
	found   int // words it has
	score   int
}

func (s *shelf) find(q Query, limit int) []Answer {
	asked := words(q.Text)
	most := 0
	hits := []hit{}
	for _, f := range s.faqs {
		t, ok := f.in(q.Language)
		if !ok || q.Category != "" && f.category != q.Category {
			continue
		}
		h := hit{Answer: t.Answer, foreign: q.Language != "" && base(t.Language) != base(q.Language)}
		h.found, h.score = f.fit(asked, t)
		if h.score > 0 || len(asked) == 0 {
			hits = append(hits, h)
			most = max(most, h.found)
		}
	}
	hits = slices.DeleteFunc(hits, func(h hit) bool { return h.found < most || 2*h.found < len(asked) })
	order := map[string]int{}
	for i, c := range s.categories {
		order[c.ID] = i
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(side(a.foreign)-side(b.foreign), b.score-a.score, order[a.Category]-order[b.Category], strings.Compare(a.Question, b.Question))
	})
	found := []Answer{}
	for _, h := range hits[:min(len(hits), limit)] {
		found = append(found, h.Answer)
	}
	return found
}

func side(foreign bool) int {
	if foreign {
		return 1
	}
	return 0
}

// fit says how many of some words the text that is shown has, or another of its
// texts, which counts half, and how well.
func (s shelved) fit(asked []string, shown prepared) (found, score int) {
	found, score = shown.fit(asked)
	for _, t := range s.texts {
		if n, well := t.fit(asked); n > found {
			found, score = n, (well+1)/2
		}
	}
	return found, score
}

// fit says how many of some words a text has, and how well.
func (t prepared) fit(asked []string) (found, score int) {
	for _, w := range asked {
		best := max(4*rank(w, t.question), rank(w, t.answer))
		if best > 0 {
			found++
		}
		score += best
	}
	return found, score
}

// rank says how well a word is among others: 4 as it is, 3 begun, 2 but for one
// slip, 1 within another, 0 not.
func rank(w string, among []string) int {
	best := 0
	for _, other := range among {
		switch {
		case other == w:
			return 4
		case strings.HasPrefix(other, w):
			best = max(best, 3)
		case search.Near(w, other):
			best = max(best, 2)
		case len(w) >= 3 && strings.Contains(other, w):
			best = max(best, 1)
		}
	}
	return best
}

// slugMax is the longest part of an address a question makes.
//
// Unit: bytes.
const slugMax = 80

// Slug is the answer's question as part of an address.
func (a Answer) Slug() string {
	parts := strings.FieldsFunc(identity.Fold(a.Question), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	out := strings.Join(parts, "-")
	if out == "" {
		return "answer"
	}
	return strings.TrimRight(out[:min(len(out), slugMax)], "-")
}
