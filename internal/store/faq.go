package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

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
		SELECT id, category_id, active, draft, texts, published, uses, rev
		FROM faqs`

// FAQs returns all FAQs, by category and age.
func (v View) FAQs(ctx context.Context) ([]parley.FAQ, error) {
	return list(ctx, v, scanFAQ, faqColumns+`
		ORDER BY category_id, id`)
}

// FAQ returns one. Errors: parley.ErrNotFound.
func (v View) FAQ(ctx context.Context, id parley.FAQID) (parley.FAQ, error) {
	return one(ctx, v, scanFAQ, faqColumns+`
		WHERE id = $1`, id)
}

func scanFAQ(rows *sql.Rows) (f parley.FAQ, err error) {
	var draft, texts string
	if err := rows.Scan(&f.ID, &f.Category, &f.Active, &draft, &texts, &f.Published, &f.Uses, &f.Rev); err != nil {
		return f, err
	}
	if err := errors.Join(json.Unmarshal([]byte(draft), &f.Draft), json.Unmarshal([]byte(texts), &f.Texts)); err != nil {
		return f, fmt.Errorf("texts of %s: %w", f.ID, err)
	}
	return f, nil
}

// SaveFAQ adds a FAQ or replaces it; its uses stay.
func (r *Rows) SaveFAQ(f parley.FAQ) {
	r.Exec(`
		INSERT INTO faqs (id, category_id, active, draft, texts, published, uses, rev)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
		ON CONFLICT (id) DO UPDATE
		SET category_id = excluded.category_id, active = excluded.active, draft = excluded.draft, texts = excluded.texts,
			published = excluded.published, rev = excluded.rev`,
		f.ID, f.Category, f.Active, jsonList(f.Draft), jsonList(f.Texts), f.Published, f.Rev)
}

// jsonList encodes a list, none as an empty one.
func jsonList[T any](items []T) string {
	if items == nil {
		items = []T{}
	}
	return string(mustJSON(items))
}

// RemoveFAQ removes a FAQ with its versions.
func (r *Rows) RemoveFAQ(id parley.FAQID) {
	r.Exec(`
		DELETE FROM faq_versions
		WHERE faq_id = $1`, id)
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

// FAQVersions returns what was published of a FAQ, the newest first.
func (v View) FAQVersions(ctx context.Context, id parley.FAQID) ([]parley.FAQVersion, error) {
	return list(ctx, v, func(rows *sql.Rows) (f parley.FAQVersion, err error) {
		var texts string
		var at int64
		if err := rows.Scan(&f.FAQ, &f.Version, &texts, &f.By, &at); err != nil {
			return f, err
		}
		f.At = parley.FromMillis(at)
		if err := json.Unmarshal([]byte(texts), &f.Texts); err != nil {
			return f, fmt.Errorf("version %d of %s: %w", f.Version, f.FAQ, err)
		}
		return f, nil
	}, `
		SELECT faq_id, version, texts, by_id, at
		FROM faq_versions
		WHERE faq_id = $1
		ORDER BY version DESC`, id)
}

// AddFAQVersion keeps what was published, as long as there is the FAQ.
func (r *Rows) AddFAQVersion(f parley.FAQVersion) {
	r.Exec(`
		INSERT INTO faq_versions (faq_id, version, texts, by_id, at)
		VALUES ($1, $2, $3, $4, $5)`,
		f.FAQ, f.Version, jsonList(f.Texts), f.By, ms(f.At))
}

// FAQImage returns a picture's row. Errors: parley.ErrNotFound.
func (v View) FAQImage(ctx context.Context, sum string) (parley.FAQImage, error) {
	return one(ctx, v, func(rows *sql.Rows) (i parley.FAQImage, err error) {
		var at int64
		err = rows.Scan(&i.Sum, &i.Type, &i.Size, &i.Width, &i.Height, &i.By, &at)
		i.At = parley.FromMillis(at)
		return i, err
	}, `
		SELECT sha256, type, size, width, height, by_id, at
		FROM faq_images
		WHERE sha256 = $1`, sum)
}

// AddFAQImage keeps a picture's row; twice is once.
func (r *Rows) AddFAQImage(i parley.FAQImage) {
	r.Exec(`
		INSERT INTO faq_images (sha256, type, size, width, height, by_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (sha256) DO NOTHING`,
		i.Sum, i.Type, i.Size, i.Width, i.Height, i.By, ms(i.At))
}
