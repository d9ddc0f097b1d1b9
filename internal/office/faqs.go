package office

import (
	"context"
	"slices"
	"strings"

	"parley"
	"parley/internal/identity"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
)

// FAQCategoryInput and FAQInput are what an administrator fills in.
//
// Source: FAQ-01.
type (
	FAQCategoryInput struct {
		Name   string `json:"name"`
		NameFR string `json:"name_fr" required:"false"`
		Order  int    `json:"order" required:"false"`
		Rev    int64  `json:"rev" required:"false"`
	}
	FAQInput struct {
		Category string `json:"category_id"`
		Language string `json:"language" enum:"en,fr-CA"`
		Question string `json:"question"`
		Answer   string `json:"answer"`
		Active   bool   `json:"active"`
		Rev      int64  `json:"rev" required:"false"`
	}
)

// FAQCategory and FAQ are as people see them.
type (
	FAQCategory struct {
		ID string `json:"id"`
		FAQCategoryInput
	}
	FAQ struct {
		ID parley.FAQID `json:"id"`
		FAQInput
		Uses int64 `json:"uses"`
	}
)

// The bounds of FAQs. An answer may be as long as the longest message.
//
// Unit: code points; rows.
// Source: FAQ-03.
const (
	questionMax = 300
	answerMax   = 5000
	faqsFound   = 100
)

// FAQCategories returns all categories, in their order.
func (o *Office) FAQCategories(ctx context.Context, me parley.Actor) ([]FAQCategory, error) {
	if may(me, parley.MayServe) != nil && may(me, parley.MayAdminister) != nil {
		return nil, parley.ErrForbidden
	}
	all, err := o.store.View().FAQCategories(ctx)
	list := make([]FAQCategory, len(all))
	for i, c := range all {
		list[i] = shownCategory(c)
	}
	return list, err
}

func shownCategory(c parley.FAQCategory) FAQCategory {
	return FAQCategory{ID: c.ID, FAQCategoryInput: FAQCategoryInput{Name: c.Name, NameFR: c.NameFR, Order: c.Order, Rev: c.Rev}}
}

// FAQQuery narrows a list of FAQs; zero fields do not.
type FAQQuery struct {
	Text     string // words that question or answer hold, in any order
	Language string
	Category string
	All      bool // also inactive ones: for administrators
}

// FAQs returns the FAQs that fit, by category and question.
//
// Errors: parley.ErrForbidden.
// Source: FAQ-02.
func (o *Office) FAQs(ctx context.Context, me parley.Actor, q FAQQuery) ([]FAQ, error) {
	right := parley.MayServe
	if q.All {
		right = parley.MayAdminister
	}
	if err := may(me, right); err != nil {
		return nil, err
	}
	all, err := o.store.View().FAQs(ctx)
	words := strings.Fields(identity.Fold(q.Text))
	list := []FAQ{}
	for _, f := range all {
		if q.fits(f, words) && (q.All || len(list) < faqsFound) {
			list = append(list, shownFAQ(f))
		}
	}
	return list, err
}

func (q FAQQuery) fits(f parley.FAQ, words []string) bool {
	if !f.Active && !q.All || q.Language != "" && f.Language != q.Language || q.Category != "" && f.Category != q.Category {
		return false
	}
	text := identity.Fold(f.Question + " " + f.Answer)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

func shownFAQ(f parley.FAQ) FAQ {
	return FAQ{ID: f.ID, Uses: f.Uses, FAQInput: FAQInput{
		Category: f.Category, Language: f.Language, Question: f.Question, Answer: f.Answer, Active: f.Active, Rev: f.Rev,
	}}
}

// UseFAQ counts an insertion.
//
// Errors: parley.ErrForbidden, ErrNotFound.
// Source: FAQ-06.
func (o *Office) UseFAQ(ctx context.Context, me parley.Actor, id parley.FAQID) error {
	if err := may(me, parley.MayServe); err != nil {
		return err
	}
	return o.ledger.Do(ctx, ledger.Command{
		Name:  "use_faq",
		Touch: []string{string(id)},
		Plan: func(ctx context.Context, v ledger.View) (ledger.Plan, error) {
			_, err := v.FAQ(ctx, id)
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { r.UseFAQ(id) }}, err
		},
	})
}

// CreateFAQCategory adds a category.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateFAQCategory(ctx context.Context, me parley.Actor, in FAQCategoryInput) (string, error) {
	id := o.id("fqc")
	return id, o.change(ctx, me, "create_faq_category", func(context.Context, ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return in.save(parley.FAQCategory{ID: id})
	})
}

// SaveFAQCategory replaces a category.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveFAQCategory(ctx context.Context, me parley.Actor, id string, in FAQCategoryInput) error {
	return o.change(ctx, me, "save_faq_category", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.FAQCategory(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := current(old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(old)
	})
}

func (in FAQCategoryInput) save(old parley.FAQCategory) (change, error) {
	var f parley.Faults
	now := parley.FAQCategory{
		ID: old.ID, Name: identity.Text(in.Name), NameFR: identity.Text(in.NameFR), Order: in.Order, Rev: old.Rev + 1,
	}
	f.Text("name", now.Name, 1, nameMax)
	f.Text("name_fr", now.NameFR, 0, nameMax)
	f.Between("order", int64(now.Order), 0, orderMax)
	c := change{subject: now.ID, after: shownCategory(now), rows: func(r *store.Rows) { r.SaveFAQCategory(now) }}
	if old.Rev > 0 {
		c.before = shownCategory(old)
	}
	return c, f.Err()
}

// RemoveFAQCategory removes a category without FAQs.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrInUse.
func (o *Office) RemoveFAQCategory(ctx context.Context, me parley.Actor, id string) error {
	return o.change(ctx, me, "remove_faq_category", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.FAQCategory(ctx, id)
		if err != nil {
			return change{}, err
		}
		faqs, err := v.FAQs(ctx)
		if err != nil {
			return change{}, err
		}
		uses := 0
		for _, f := range faqs {
			if f.Category == id {
				uses++
			}
		}
		return change{subject: id, before: shownCategory(old), rows: func(r *store.Rows) { r.RemoveFAQCategory(id) }}, inUse(uses)
	})
}

// CreateFAQ adds a FAQ.
//
// Errors: parley.ErrForbidden, an Invalid one naming every field at fault.
func (o *Office) CreateFAQ(ctx context.Context, me parley.Actor, in FAQInput) (parley.FAQID, error) {
	id := parley.FAQID(o.id("faq"))
	return id, o.change(ctx, me, "create_faq", func(ctx context.Context, v ledger.View) (change, error) {
		if in.Rev != 0 {
			return change{}, parley.ErrConflict
		}
		return in.save(ctx, v, parley.FAQ{ID: id})
	})
}

// SaveFAQ replaces a FAQ.
//
// Errors: parley.ErrForbidden, ErrNotFound, ErrConflict, an Invalid one.
func (o *Office) SaveFAQ(ctx context.Context, me parley.Actor, id parley.FAQID, in FAQInput) error {
	return o.change(ctx, me, "save_faq", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.FAQ(ctx, id)
		if err != nil {
			return change{}, err
		}
		if err := current(old.Rev, in.Rev); err != nil {
			return change{}, err
		}
		return in.save(ctx, v, old)
	})
}

func (in FAQInput) save(ctx context.Context, v ledger.View, old parley.FAQ) (change, error) {
	var f parley.Faults
	now := parley.FAQ{
		ID: old.ID, Category: in.Category, Language: in.Language, Question: identity.Text(in.Question),
		Answer: identity.Text(in.Answer), Active: in.Active, Uses: old.Uses, Rev: old.Rev + 1,
	}
	f.Text("question", now.Question, 1, questionMax)
	f.Text("answer", now.Answer, 1, answerMax)
	parley.OneOf(&f, "language", now.Language, languages...)
	if _, err := v.FAQCategory(ctx, in.Category); absent(err) {
		f.Add("category_id", "unknown")
	} else if err != nil {
		return change{}, err
	}
	c := change{subject: string(now.ID), after: shownFAQ(now), rows: func(r *store.Rows) { r.SaveFAQ(now) }}
	if old.Rev > 0 {
		c.before = shownFAQ(old)
	}
	return c, f.Err()
}

// RemoveFAQ removes a FAQ.
//
// Errors: parley.ErrForbidden, ErrNotFound.
func (o *Office) RemoveFAQ(ctx context.Context, me parley.Actor, id parley.FAQID) error {
	return o.change(ctx, me, "remove_faq", func(ctx context.Context, v ledger.View) (change, error) {
		old, err := v.FAQ(ctx, id)
		return change{subject: string(id), before: shownFAQ(old), rows: func(r *store.Rows) { r.RemoveFAQ(id) }}, err
	})
}
