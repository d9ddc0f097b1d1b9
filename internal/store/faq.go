package store

import (
	"context"
	"database/sql"

	"parley"
)

// FAQCategories returns all categories, in their order.
func (v View) FAQCategories(ctx context.Context) ([]parley.FAQCategory, error) {
	return list(ctx, v, scanFAQCategory, `
		SELECT id, name, name_fr, sort_order, rev
		FROM faq_categories
		ORDER BY sort_order, name, id`)
}

// FAQCategory returns one. Errors: parley.ErrNotFound.
func (v View) FAQCategory(ctx context.Context, id string) (parley.FAQCategory, error) {
	return one(ctx, v, scanFAQCategory, `
		SELECT id, name, name_fr, sort_order, rev
		FROM faq_categories
		WHERE id = $1`, id)
}

func scanFAQCategory(rows *sql.Rows) (parley.FAQCategory, error) {
	var c parley.FAQCategory
	err := rows.Scan(&c.ID, &c.Name, &c.NameFR, &c.Order, &c.Rev)
	return c, err
}

// SaveFAQCategory adds a category or replaces it.
func (r *Rows) SaveFAQCategory(c parley.FAQCategory) {
	r.Exec(`
		INSERT INTO faq_categories (id, name, name_fr, sort_order, rev)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, name_fr = excluded.name_fr, sort_order = excluded.sort_order, rev = excluded.rev`,
		c.ID, c.Name, c.NameFR, c.Order, c.Rev)
}

// RemoveFAQCategory removes a category that holds no FAQ.
func (r *Rows) RemoveFAQCategory(id string) {
	r.Exec(`
		DELETE FROM faq_categories
		WHERE id = $1`, id)
}

const faqColumns = `
		SELECT id, category_id, language, question, answer, active, uses, rev
		FROM faqs`

// FAQs returns all FAQs, by category and question.
func (v View) FAQs(ctx context.Context) ([]parley.FAQ, error) {
	return list(ctx, v, scanFAQ, faqColumns+`
		ORDER BY category_id, question, id`)
}

// FAQ returns one. Errors: parley.ErrNotFound.
func (v View) FAQ(ctx context.Context, id parley.FAQID) (parley.FAQ, error) {
	return one(ctx, v, scanFAQ, faqColumns+`
		WHERE id = $1`, id)
}

func scanFAQ(rows *sql.Rows) (parley.FAQ, error) {
	var f parley.FAQ
	err := rows.Scan(&f.ID, &f.Category, &f.Language, &f.Question, &f.Answer, &f.Active, &f.Uses, &f.Rev)
	return f, err
}

// SaveFAQ adds a FAQ or replaces it; its uses stay.
func (r *Rows) SaveFAQ(f parley.FAQ) {
	r.Exec(`
		INSERT INTO faqs (id, category_id, language, question, answer, active, uses, rev)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
		ON CONFLICT (id) DO UPDATE
		SET category_id = excluded.category_id, language = excluded.language, question = excluded.question,
			answer = excluded.answer, active = excluded.active, rev = excluded.rev`,
		f.ID, f.Category, f.Language, f.Question, f.Answer, f.Active, f.Rev)
}

// RemoveFAQ removes a FAQ.
func (r *Rows) RemoveFAQ(id parley.FAQID) {
	r.Exec(`
		DELETE FROM faqs
		WHERE id = $1`, id)
}

// UseFAQ counts an insertion.
//
// Source: FAQ-06.
func (r *Rows) UseFAQ(id parley.FAQID) {
	r.Exec(`
		UPDATE faqs
		SET uses = uses + 1
		WHERE id = $1`, id)
}
